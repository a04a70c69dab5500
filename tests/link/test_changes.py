"""What changed: statuses moved, figures revised, claims added, texts corrected."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.link.changes import Change, ClaimsAdded, FigureRevised, StatusMoved, changes_of
from briefing.link.site import Site
from tests.markup import having, links_in, parsed, refs_in, section, text_of
from tests.pages.dated import lines_in, tally
from tests.sites.desks import Paper, built, linked

Fields = dict[str, Any]


def entry(status: str, on: str) -> Fields:
    evidence = [] if status in ("pending", "unratable", "unverified") else ["seen#it"]
    return {"status": status, "on": on, "why": "So it is.", "evidence": evidence}


def papers(**fields: Fields) -> dict[str, Paper]:
    return {"talks": Paper("2025-02-05", fields), "seen": Paper("2025-02-05", {"it": {}})}


def all_changes(site: Site) -> list[Change]:
    return changes_of(site.claims.values(), site.headlines)


def moves(folder: Path, modality: str, *history: tuple[str, str]) -> list[str]:
    claim = {"modality": modality, "history": [entry(*one) for one in history]}
    changes = all_changes(linked(folder, papers(gas=claim)))
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
    changes = all_changes(linked(tmp_path, papers(**claims)))
    found = [change.id for change in changes if isinstance(change, FigureRevised)]
    assert found == ["talks#new/revises/talks#old"] * is_revised


def article(id: str, published: str, more: str = "") -> Mapping[str, str]:
    return {
        f"content/articles/{id}.md": f"---\ntitle: {id}\nsource: gazette\npublished: {published}\n{more}---\n"
        "Here the claim gas ends. Here the claim oil ends.\n"
    }


def test_claims_are_added_with_their_article_or_when_they_were_recorded(tmp_path: Path) -> None:
    claims: dict[str, Fields] = {"gas": {}, "oil": {"recorded": "2025-03"}, "coal": {"recorded": "2025-02"}}
    changes = all_changes(linked(tmp_path, {"talks": Paper("2025-02-05T23:30-05:00", claims)}))
    found = [
        (change.id, [one.anchored.id for one in change.claims]) for change in changes if isinstance(change, ClaimsAdded)
    ]
    assert found == [("talks/added/2025-03", ["oil"]), ("talks/added/2025-02-05", ["gas", "coal"])]


def test_corrections_are_changes_of_all_that_the_article_is_about(tmp_path: Path) -> None:
    claims: dict[str, Fields] = {"gas": {"topics": ["energy"]}}
    claims |= {
        f"c{number}": {"modality": "expectation", "history": [entry("fulfilled", "2025-02-05")]} for number in range(8)
    }
    corrections = "summits: [port-sel]\ncorrections:\n" + "".join(
        f"  - {{on: {on}, text: Not {what}.}}\n"
        for on, what in (("2025-02-06", "gas"), ("2025-02-06", "oil"), ("2025-03", "coal"))
    )
    more = {
        **article("talks", "2025-02-05", corrections),
        "content/summits/port-sel.md": "---\ntitle: Port Sel\nstart: 2025-02-07\n---\n",
    }
    more["content/articles/talks.md"] += " ".join(f"Here the claim c{number} ends." for number in range(8)) + "\n"
    output = built(tmp_path, papers(**claims), more)
    for path in ("timeline.html", "timelines/summit-port-sel.html", "topics/energy.html"):
        here = [text_of(line.item) for line in lines_in(parsed(output / path))]
        assert [item for item in here if "Corrected" in item] == [
            f"Corrected: talks Not {what}." for what in ("coal", "gas", "oil")
        ]
    topic = parsed(output / "topics/energy.html")
    assert "Not gas" in text_of(topic)
    assert not any("Not gas" in text_of(one) for one in having(topic, "ul", "rows"))


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
    for path in ("index.html", "topics/energy.html"):
        here = section(parsed(output / path), "What changed")
        assert [line.about for line in lines_in(here)][:1] == ["talks#gas"]
        assert "talks#oil" not in refs_in(here)
        assert "1 claim, 1 looking ahead" in text_of(here)
    assert refs_in(section(parsed(output / "summits/port-sel.html"), "Timeline")) == ["talks#gas"]
    assert "talks#oil" in refs_in(parsed(output / "timeline.html"))


def test_a_site_without_claims_has_no_section_of_changes(tmp_path: Path) -> None:
    output = built(tmp_path, {"talks": Paper("2025-02-05")})
    assert tally(parsed(output / "timeline.html")) == "1 entry"
    assert not [one for one in parsed(output / "index.html").iter("h2") if text_of(one) == "What changed"]


def test_claims_that_cannot_be_rated_hide_nothing(tmp_path: Path) -> None:
    unrated: dict[str, Fields] = {
        f"u{number}": {"modality": "expectation", "history": [entry("unratable", "2025-03-01")]} for number in range(9)
    }
    decided: Fields = {"modality": "expectation", "history": [entry("fulfilled", "2025-03-01")]}
    output = built(tmp_path, papers(**unrated, decided=decided))
    rows = lines_in(section(parsed(output / "index.html"), "What changed"))
    assert [text_of(line.item) for line in rows] == [
        "the claim decided ends pending →, now fulfilled",
        "9 claims found that cannot be rated",
        "Article: About seen Gazette · 1 claim",
        "Article: About talks Gazette · 10 claims, 10 looking ahead",
    ]


def test_days_on_which_nothing_else_is_found_than_what_cannot_be_rated_leave_room_for_others(tmp_path: Path) -> None:
    def on(status: str, day: int) -> Fields:
        return {"modality": "expectation", "history": [entry(status, f"2025-03-{day:02}")]}

    claims = {f"u{day}": on("unratable", day) for day in range(11, 14)}
    claims |= {f"d{day}": on("fulfilled", day) for day in range(1, 11)}
    output = built(tmp_path, papers(**claims))
    items = [text_of(line.item) for line in lines_in(section(parsed(output / "index.html"), "What changed"))]
    assert items[:3] == ["1 claim found that cannot be rated"] * 3
    assert items[3:] == [f"the claim d{day} ends pending →, now fulfilled" for day in range(10, 3, -1)]
    [whole] = [one for one in parsed(output / "index.html").iter("a") if text_of(one) == "The whole timeline"]
    assert whole.get("href") == "timeline.html"


def test_a_change_leads_to_the_words_of_the_claim_beside_which_its_evidence_stands(tmp_path: Path) -> None:
    claims: dict[str, Fields] = {"gas": {"modality": "expectation", "history": [entry("fulfilled", "2025-03-01")]}}
    output = built(tmp_path, papers(**claims))
    for path, up in (("index.html", ""), ("timeline.html", ""), ("topics/trade.html", "../")):
        [row] = [line.item for line in lines_in(parsed(output / path)) if line.about == "talks#gas"]
        assert links_in(row) == [f"{up}articles/talks.html#gas"]
    article = parsed(output / "articles/talks.html")
    assert [text_of(one) for one in article.iter("mark") if one.get("id") == "gas"] == ["the claim gas ends"]
    [note] = [one for one in article.iter("li") if one.get("id") == "claim_gas"]
    told = [text_of(line) for line in note.iter("p")]
    assert "fulfilled So it is. Mar 1, 2025" in told
    assert "Shown by it1" in told
    assert "seen.html#it" in links_in(note)
    [source] = [text_of(one) for one in section(article, "Sources").iter("li")]
    assert source == "About seen, Gazette, Feb 5, 2025"


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
        ids = [change.id for change in all_changes(desk)]
        assert len(set(ids)) == len(ids)
        assert earlier <= set(ids)
        earlier = set(ids)
