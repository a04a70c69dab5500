"""What changed: the demonstration's changes against an independent reading of its YAML; the rules on small sites."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.build import Request, build
from briefing.link.as_of import as_known_on
from briefing.link.changes import Change, ClaimsAdded, FigureRevised, StatusMoved, changes_of
from briefing.link.site import Site, link
from briefing.read.content import read_content
from tests.sites.desks import Paper, built, linked

ROOT = Path(__file__).parents[2]
FORWARD = ("expectation", "proposal", "commitment")
# The status that a claim has before anything is recorded of it.
FIRST = {"fact": "unverified", "background": "unverified", "opinion": "unratable"}
SPACED = {"unratable": "cannot be rated"}


# --- The demonstration site -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Known:
    """A claim as the YAML has it, with its article and the summit after the defaults."""

    ref: str
    claim: dict[str, Any]
    article: str
    day: str
    summit: str | None

    @property
    def moves(self) -> list[tuple[str, str, str]]:
        """Date, status before and status of every entry that is not what the one before it was."""
        before, found = FIRST.get(self.claim.get("modality", "fact"), "pending"), []
        for entry in self.claim.get("history", []):
            if entry["status"] != before:
                found.append((entry["on"], before, entry["status"]))
            before = entry["status"]
        return found


def read(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


def front(folder: str, id: str) -> dict[str, Any]:
    return dict(read((ROOT / "content" / folder / f"{id}.md").read_text(encoding="utf-8").split("---\n")[1]))


def _day(when: str) -> str:
    """The date of a date or time, with what it says of how sure it is."""
    return when.partition("T")[0]


@cache
def known() -> list[Known]:
    found = []
    for file in sorted((ROOT / "content/annotations").glob("*.yaml")):
        data, article = read(file.read_text(encoding="utf-8")), front("articles", file.stem)
        named = article.get("summits", [])
        summit = data.get("summit") or (named[0] if len(named) == 1 else None)
        for claim in data["claims"]:
            # The words of a version that was revised can have been read since that day.
            day = max(_day(article["published"]), _day(article.get("revised", "")), claim.get("recorded", ""))
            ref = f"{file.stem}#{claim['id']}"
            found.append(Known(ref, claim, file.stem, day, claim.get("summit") or summit))
    return found


SUMMITS = sorted(file.stem for file in (ROOT / "content/summits").glob("*.md"))
TOPICS = list(read((ROOT / "config.yaml").read_text(encoding="utf-8"))["topics"])
LISTS = ["site", *(f"summit {id}" for id in SUMMITS), *(f"topic {id}" for id in TOPICS)]


def claims_of(which: str) -> list[Known]:
    """The claims of the site, a summit or a topic, without those an editor keeps off its page."""
    kind, _, id = which.partition(" ")
    if kind == "site":
        return known()
    excluded = front(f"{kind}s", id).get("exclude", [])
    kept = [one for one in known() if one.ref not in excluded]
    if kind == "summit":
        return [one for one in kept if one.summit == id]
    return [one for one in kept if id in one.claim["topics"]]


def expected(which: str) -> Counter[tuple[str, ...]]:
    """Every change of a list: what it is, about what, when, and from what to what or how many."""
    claims = claims_of(which)
    found: Counter[tuple[str, ...]] = Counter(("status", one.ref, *move) for one in claims for move in one.moves)
    found.update(
        ("claims", article, day, str(count))
        for (article, day), count in Counter((one.article, one.day) for one in claims).items()
    )
    figures = {one.ref: one.claim.get("figure") for one in known()}
    for one in claims:
        for relation in one.claim.get("relations", []):
            new, old = one.claim.get("figure"), figures[relation["to"]]
            if relation["type"] in ("updates", "corrects") and new and old and new["measure"] == old["measure"]:
                values = [
                    [figure.get(key, "") for key in ("value", "high", "scale", "target")] for figure in (old, new)
                ]
                if values[0][:3] != values[1][:3] and values[0][3] == values[1][3]:
                    found[("figure", one.ref, one.day, relation["to"])] += 1
    return found


def told(change: Change) -> tuple[str, ...]:
    match change:
        case StatusMoved():
            return "status", change.claim.ref, str(change.on), change.before, change.entry.status
        case FigureRevised():
            return "figure", change.claim.ref, str(change.on), change.earlier.ref
        case ClaimsAdded():
            return "claims", change.article.id, str(change.on), str(len(change.claims))
    return "correction", change.article.id, str(change.on)


@pytest.fixture(scope="module")
def desk() -> Site:
    content, problems = read_content(ROOT)
    assert not problems.errors
    assert content.config is not None
    return link(content, content.config)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("changes") / "site"
    assert not build(Request(ROOT), output).failed
    return output


def list_of(desk: Site, which: str) -> list[Change]:
    changes = changes_of(desk)
    kind, _, id = which.partition(" ")
    return changes.site if kind == "site" else (changes.by_summit if kind == "summit" else changes.by_topic)[id]


@pytest.mark.parametrize("which", LISTS)
def test_the_changes_are_those_that_the_records_date(desk: Site, which: str) -> None:
    changes = list_of(desk, which)
    assert Counter(map(told, changes)) == expected(which)
    assert [change.on for change in changes] == sorted((change.on for change in changes), reverse=True)
    assert len({change.id for change in changes}) == len(changes)


def parsed(file: Path) -> Element:
    root: Element = html5lib.parse(file.read_text(encoding="utf-8"), namespaceHTMLElements=False)
    return root


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def items_in(element: Element) -> list[Element]:
    """The changes that an element shows."""
    lists = [one for one in element.iter("ul") if "changes" in one.get("class", "").split()]
    return [item for one in lists for item in one.findall("li")]


def shown(element: Element) -> Counter[tuple[str, str]]:
    """What an element shows of changes: the kind, and the claim or the page of the article."""
    return Counter(
        (item.get("class", "").split()[1], item.get("data-claim") or str(next(item.iter("a")).get("href")))
        for item in items_in(element)
    )


def section(page: Element, heading: str) -> Element:
    return next(one for one in page.iter("section") if text_of(one).startswith(heading))


def test_the_page_and_its_years_show_every_change(site: Path) -> None:
    page, wanted = parsed(site / "changes.html"), expected("site")
    assert f"{wanted.total()} changes" in text_of(page)
    newest = shown(page)
    assert newest.total() == min(100, wanted.total())
    years = [str(one.get("href")) for one in page.iter("a") if "archive/" in str(one.get("href"))]
    older: Counter[tuple[str, str]] = sum((shown(parsed(site / path)) for path in years), Counter())
    assert older.total() == (wanted.total() if years else 0)
    assert Counter(kind for kind, _ in older) == Counter(change[0] for change in wanted.elements())
    moved = Counter(change[1] for change in wanted.elements() if change[0] == "status")
    assert Counter({ref: n for (kind, ref), n in older.items() if kind == "status"}) == moved


@pytest.mark.parametrize("which", LISTS)
def test_a_page_shows_the_newest_ten_and_where_the_rest_is(site: Path, which: str) -> None:
    """Of several claims found on one day not to be ratable only two are shown, and the others counted."""
    kind, _, id = which.partition(" ")
    path = "index.html" if kind == "site" else f"{kind}s/{id}.html"
    wanted = expected(which)
    here = section(parsed(site / path), "What changed")
    items = [item for item in items_in(here) if "unrated" not in item.get("class", "")]
    counts = [int(text_of(item).split()[1]) for item in items_in(here) if "unrated" in item.get("class", "")]
    days = Counter(change[2] for change in wanted if change[0] == "status" and change[4] == "unratable")
    newest = max(change[2] for change in wanted)
    many = wanted.total() > 10
    assert len(items) == min(10, wanted.total())
    assert [days[newest] - 2][: many and days[newest] > 2] == counts[: many and days[newest] > 2]
    links = [str(one.get("href")) for one in here.iter("a")]
    if kind == "site":
        assert links[-1] == "changes.html"
    elif many:
        assert links[-1] == f"../changes/{kind}-{id}.html"
        whole = parsed(site / f"changes/{kind}-{id}.html")
        assert f"{wanted.total()} change" in text_of(whole)
        assert shown(whole).total() == min(100, wanted.total())


def test_a_moved_status_tells_from_what_to_what_why_and_on_which_words(site: Path) -> None:
    item = next(
        item
        for item in items_in(section(parsed(site / "summits/trump-lee-2025-10.html"), "What changed"))
        if item.get("data-claim") == "2025-10-29-korea-state-visit#state-visit"
    )
    assert "unverified →, now confirmed" in text_of(item)
    assert "The joint fact sheet records the state visit" in text_of(item)
    words = next(one for one in item.iter("a") if one.get("class") == "words")
    assert words.get("href") == "../articles/2025-10-29-korea-state-visit.html#state-visit"


def test_a_revised_figure_tells_both_values(site: Path) -> None:
    item = next(item for item in items_in(parsed(site / "changes.html")) if "figure" in item.get("class", ""))
    assert re.search(r": (.+)\. Before: (.+)\.$", text_of(item))


@pytest.mark.parametrize("day", [date(2025, 2, 6), date(2025, 11, 1), date(2026, 3, 31)], ids=str)
def test_the_changes_as_of_a_day_are_those_up_to_it(desk: Site, day: date) -> None:
    content, config, problems = as_known_on(desk.content, desk.config, day)
    assert not problems
    past = changes_of(link(content, config)).site
    now = changes_of(desk).site
    assert [change.id for change in past] == [change.id for change in now if change.on.latest <= day]


# --- The rules ------------------------------------------------------------------------------------------------

Fields = dict[str, Any]


def entry(status: str, on: str) -> Fields:
    evidence = [] if status in ("pending", "unratable", "unverified") else ["seen#it"]
    return {"status": status, "on": on, "why": "So it is.", "evidence": evidence}


def papers(**fields: Fields) -> dict[str, Paper]:
    return {"talks": Paper("2025-02-05", fields), "seen": Paper("2025-02-05", {"it": {}})}


def moves(folder: Path, modality: str, *history: tuple[str, str]) -> list[str]:
    claim = {"modality": modality, "history": [entry(*one) for one in history]}
    changes = changes_of(linked(folder, papers(gas=claim))).site
    return [f"{one.before} to {one.entry.status}, {one.on}" for one in changes if isinstance(one, StatusMoved)]


HISTORIES: dict[str, tuple[str, list[tuple[str, str]], list[str]]] = {
    "no history": ("expectation", [], []),
    "pending from the first": ("expectation", [("pending", "2025-02-05")], []),
    "came true": ("expectation", [("fulfilled", "2025-02-07")], ["pending to fulfilled, 2025-02-07"]),
    "looked at again, and nothing new": (
        "commitment",
        [("in-progress", "2025-03-01"), ("in-progress", "2025-04-01")],
        ["pending to in-progress, 2025-03-01"],
    ),
    "back and forth": (
        "commitment",
        [("stalled", "2025-03"), ("in-progress", "2025-04-01"), ("stalled", "2025-04-01")],
        [
            "in-progress to stalled, 2025-04-01",
            "stalled to in-progress, 2025-04-01",
            "pending to stalled, 2025-03",
        ],
    ),
    "cannot be rated": ("proposal", [("unratable", "2026-01-01")], ["pending to unratable, 2026-01-01"]),
    "a fact that nobody confirms": ("fact", [("unverified", "2025-02-05")], []),
    "a fact that is confirmed": ("background", [("confirmed", "2025-02-07")], ["unverified to confirmed, 2025-02-07"]),
    "an opinion": ("opinion", [("unratable", "2025-02-05")], []),
}


@pytest.mark.parametrize("case", HISTORIES)
def test_a_status_moves_where_an_entry_differs_from_the_one_before(case: str, tmp_path: Path) -> None:
    modality, history, told = HISTORIES[case]
    assert sorted(moves(tmp_path, modality, *history)) == sorted(told)


def figure(value: object, measure: str = "gas", **more: object) -> Fields:
    return {"figure": {"measure": measure, "value": value, **more}}


# The figure before, the one after, the relation, and whether that revises it.
FIGURES: dict[str, tuple[Fields, Fields, str, bool]] = {
    "another value": (figure(12), figure(13), "updates", True),
    "a corrected value": (figure(12), figure(13), "corrects", True),
    "another value that confirms": (figure(12), figure(13), "confirms", False),
    "the same value": (figure(12), figure(12, qualifier="about"), "updates", False),
    "the same value in another scale": (
        figure("0.5", scale="trillion"),
        figure(500, scale="billion"),
        "updates",
        False,
    ),
    "another end of the range": (
        figure(10, qualifier="range", high=12),
        figure(10, qualifier="range", high=13),
        "updates",
        True,
    ),
    "another measure": (figure(12), figure(13, "money"), "updates", False),
    "no figure before": ({}, figure(13), "updates", False),
    "no figure after": (figure(12), {}, "updates", False),
}


@pytest.mark.parametrize("case", FIGURES)
def test_a_figure_is_revised_by_another_value_of_its_measure(case: str, tmp_path: Path) -> None:
    before, after, relation, is_revised = FIGURES[case]
    claims = {"old": before, "new": {**after, "origin": "x", "relations": [{"type": relation, "to": "talks#old"}]}}
    changes = changes_of(linked(tmp_path, papers(**claims))).site
    found = [change.id for change in changes if isinstance(change, FigureRevised)]
    assert found == ["talks#new/revises/talks#old"] * is_revised


def article(id: str, published: str, more: str = "") -> Mapping[str, str]:
    return {
        f"content/articles/{id}.md": f"---\ntitle: {id}\nsource: gazette\npublished: {published}\n{more}---\n"
        "Here the claim gas ends. Here the claim oil ends.\n"
    }


def test_claims_are_added_with_their_article_or_when_they_were_recorded(tmp_path: Path) -> None:
    claims: dict[str, Fields] = {"gas": {}, "oil": {"recorded": "2025-03"}, "coal": {"recorded": "2025-02"}}
    changes = changes_of(linked(tmp_path, {"talks": Paper("2025-02-05T23:30-05:00", claims)})).site
    found = [
        (change.id, [one.anchored.id for one in change.claims]) for change in changes if isinstance(change, ClaimsAdded)
    ]
    assert found == [("talks/added/2025-03", ["oil"]), ("talks/added/2025-02-05", ["gas", "coal"])]


def test_corrections_are_changes_of_all_that_the_article_is_about(tmp_path: Path) -> None:
    corrections = "summits: [port-sel]\ncorrections:\n" + "".join(
        f"  - {{on: {on}, text: Not {what}.}}\n"
        for on, what in (("2025-02-06", "gas"), ("2025-02-06", "oil"), ("2025-03", "coal"))
    )
    more = {
        **article("talks", "2025-02-05", corrections),
        "content/summits/port-sel.md": "---\ntitle: Port Sel\nstart: 2025-02-07\n---\n",
    }
    output = built(tmp_path, {"talks": Paper("2025-02-05", {"gas": {"topics": ["energy"]}})}, more)
    for path in ("changes.html", "summits/port-sel.html", "topics/energy.html"):
        here = [text_of(item) for item in items_in(parsed(output / path)) if "correction" in item.get("class", "")]
        assert here == [f"Corrected: talks Not {what}." for what in ("coal", "gas", "oil")]
    assert "Not gas" not in text_of(section(parsed(output / "topics/energy.html"), "Claims, newest first"))


def test_a_claim_that_an_editor_keeps_off_a_page_is_not_among_its_changes(tmp_path: Path) -> None:
    gone = "exclude: [talks#oil]"
    claims: dict[str, Fields] = {
        id: {
            "topics": ["energy"],
            "summit": "port-sel",
            "modality": "expectation",
            "history": [entry("fulfilled", "2025-02-07")],
        }
        for id in ("gas", "oil")
    }
    more = {
        "config.yaml": f"title: Desk\n{gone}\n",
        "content/topics/energy.md": f"---\n{gone}\n---\n",
        "content/summits/port-sel.md": f"---\ntitle: Port Sel\nstart: 2025-02-07\n{gone}\n---\n",
    }
    output = built(tmp_path, papers(**claims), more)
    for path in ("index.html", "summits/port-sel.html", "topics/energy.html"):
        here = section(parsed(output / path), "What changed")
        assert [item.get("data-claim") for item in items_in(here)][:1] == ["talks#gas"]
        assert "talks#oil" not in [item.get("data-claim") for item in items_in(here)]
        assert "1 claim, 1 looking ahead" in text_of(here)
    assert "talks#oil" in [item.get("data-claim") for item in items_in(parsed(output / "changes.html"))]


def test_a_site_without_claims_has_no_section_and_an_empty_page(tmp_path: Path) -> None:
    output = built(tmp_path, {"talks": Paper("2025-02-05")})
    assert "0 changes." in text_of(parsed(output / "changes.html"))
    assert not [one for one in parsed(output / "index.html").iter("h2") if text_of(one) == "What changed"]


def test_claims_that_cannot_be_rated_hide_nothing(tmp_path: Path) -> None:
    unrated: dict[str, Fields] = {
        f"u{number}": {"modality": "expectation", "history": [entry("unratable", "2025-03-01")]} for number in range(9)
    }
    decided: Fields = {"modality": "expectation", "history": [entry("fulfilled", "2025-03-01")]}
    output = built(tmp_path, papers(**unrated, decided=decided))
    items = [text_of(item) for item in items_in(section(parsed(output / "index.html"), "What changed"))]
    assert items[0].endswith(
        "pending →, now fulfilled So it is. the claim it ends About seen, Gazette, February 5, 2025"
    )
    assert items[3:] == [
        "and 7 more claims that cannot be rated",
        "New: About seen Gazette · 1 claim",
        "New: About talks Gazette · 10 claims, 10 looking ahead",
    ]


STATUS = st.sampled_from(["pending", "in-progress", "stalled", "fulfilled", "partly", "unratable"])
DAYS = st.lists(st.dates(date(2025, 2, 5), date(2027, 1, 1)), min_size=1, max_size=6).map(sorted)


@pytest.mark.slow
@settings(max_examples=25)
@given(days=DAYS, statuses=st.lists(STATUS, min_size=6, max_size=6))
def test_ids_are_unique_and_stay_when_more_is_recorded(
    days: list[date], statuses: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    history = [
        entry(status, str(day)) | {"why": f"Reason {number}."}
        for number, (status, day) in enumerate(zip(statuses, days, strict=False))
    ]
    earlier: set[str] = set()
    for length in range(len(history) + 1):
        folder = tmp_path_factory.mktemp("ids")
        desk = linked(folder, papers(gas={"modality": "commitment", "history": history[:length]}))
        ids = [change.id for change in changes_of(desk).site]
        assert len(set(ids)) == len(ids)
        assert earlier <= set(ids)
        earlier = set(ids)
