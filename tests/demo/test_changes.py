"""What changed, on the demonstration's pages, against an independent reading of its YAML."""

import re
from collections import Counter
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from briefing.link.as_of import as_known_on
from briefing.link.changes import Change, ClaimsAdded, FigureRevised, StatusMoved, changes_of
from briefing.link.lists import Lists
from briefing.link.site import Site, link
from briefing.pages.changes import change_arguments, summit_change_arguments, topic_change_arguments
from briefing.read.content import read_content
from tests.commands import REPOSITORY
from tests.demo.reading import Claim, claims, config, front_matter
from tests.markup import having, parsed, section, text_of
from tests.pages.dated import changes_in

# The status that a claim has before anything is recorded of it.
FIRST = {"fact": "unverified", "background": "unverified", "opinion": "unratable"}
SUMMITS = sorted(front_matter("summits"))
TOPICS = list(config()["topics"])
LISTS = ["site", *(f"summit {id}" for id in SUMMITS), *(f"topic {id}" for id in TOPICS)]


def moves(claim: Claim) -> list[tuple[str, str, str]]:
    """Date, status before and status of every entry that is not what the one before it was."""
    before, found = FIRST.get(claim.modality, "pending"), []
    for entry in claim.history:
        if entry["status"] != before:
            found.append((entry["on"], before, entry["status"]))
        before = entry["status"]
    return found


def known_since(claim: Claim) -> str:
    """The words of a version that was revised can have been read since that day."""
    days = [claim.article["published"], claim.article.get("revised", ""), claim.fields.get("recorded", "")]
    return str(max(day.partition("T")[0] for day in days))


def claims_of(which: str) -> list[Claim]:
    """The claims of the site, a summit or a topic, without those an editor keeps off its page."""
    kind, _, id = which.partition(" ")
    if kind == "site":
        return list(claims().values())
    excluded = front_matter(f"{kind}s").get(id, {}).get("exclude", [])
    kept = [one for one in claims().values() if one.ref not in excluded]
    if kind == "summit":
        return [one for one in kept if one.summit == id]
    return [one for one in kept if id in one.fields["topics"]]


def expected(which: str) -> Counter[tuple[str, ...]]:
    """Every change of a list: what it is, about what, when, and from what to what or how many."""
    here = claims_of(which)
    found: Counter[tuple[str, ...]] = Counter(("status", one.ref, *move) for one in here for move in moves(one))
    found.update(
        ("claims", article, day, str(count))
        for (article, day), count in Counter((one.of, known_since(one)) for one in here).items()
    )
    for one in here:
        for type, to in one.relations:
            new, old = one.fields.get("figure"), claims()[to].fields.get("figure")
            if type in ("updates", "corrects") and new and old and new["measure"] == old["measure"]:
                values = [
                    [figure.get(key, "") for key in ("value", "high", "scale", "target")] for figure in (old, new)
                ]
                if values[0][:3] != values[1][:3] and values[0][3] == values[1][3]:
                    found[("figure", one.ref, known_since(one), to)] += 1
    return found


def told(change: Change) -> tuple[str, ...]:
    match change:
        case StatusMoved():
            return "status", change.claim.ref, str(change.on), change.before, change.entry.status
        case FigureRevised():
            return "figure", change.claim.ref, str(change.on), change.earlier.anchored.ref
        case ClaimsAdded():
            return "claims", change.article.id, str(change.on), str(len(change.claims))
    return "correction", change.article.id, str(change.on)


@pytest.fixture(scope="module")
def desk() -> Site:
    content, problems = read_content(REPOSITORY)
    assert not problems.errors
    assert content.config is not None
    return link(content, content.config)


def list_of(desk: Site, which: str) -> list[Change]:
    lists, (kind, _, id) = Lists(desk), which.partition(" ")
    of_part = {"summit": summit_change_arguments, "topic": topic_change_arguments}
    given = of_part[kind](lists, id) if id else change_arguments(lists)
    return changes_of(given.claims, given.articles)


@pytest.mark.parametrize("which", LISTS)
def test_the_changes_are_those_that_the_records_date(desk: Site, which: str) -> None:
    changes = list_of(desk, which)
    assert Counter(map(told, changes)) == expected(which)
    assert [change.on for change in changes] == sorted((change.on for change in changes), reverse=True)
    assert len({change.id for change in changes}) == len(changes)


def shown(element: Element) -> Counter[tuple[str, str]]:
    """What an element shows of changes: the kind, and the claim or the page of the article."""
    return Counter(
        (item.get("class", "").split()[1], item.get("data-claim") or str(next(item.iter("a")).get("href")))
        for item in changes_in(element)
    )


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
    items = [item for item in changes_in(here) if "unrated" not in item.get("class", "")]
    counts = [int(text_of(item).split()[1]) for item in changes_in(here) if "unrated" in item.get("class", "")]
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


def test_a_moved_status_tells_from_what_to_what_and_why_and_leads_to_its_words(site: Path) -> None:
    item = next(
        item
        for item in changes_in(section(parsed(site / "summits/trump-lee-2025-10.html"), "What changed"))
        if item.get("data-claim") == "2025-10-29-korea-state-visit#state-visit"
    )
    assert "unverified →, now confirmed" in text_of(item)
    assert "The joint fact sheet records the state visit" in text_of(item)
    [said] = having(item, "a", "said")
    assert said.get("href") == "../articles/2025-10-29-korea-state-visit.html#state-visit"


def test_the_words_on_which_a_moved_status_rests_are_on_the_page_of_the_article(site: Path) -> None:
    """With the reason; a row that tells of the change has the reason alone, and leads there."""
    moved = 0
    for item in changes_in(parsed(site / "changes.html")):
        if "status" in str(item.get("class")).split():
            article, _, id = str(item.get("data-claim")).partition("#")
            [link] = having(item, "a", "said")
            assert link.get("href") == f"articles/{article}.html#{id}"
            page = parsed(site / f"articles/{article}.html")
            [beside] = [one for one in page.iter("li") if one.get("id") == f"claim_{id}"]
            [steps] = having(beside, "ol", "steps")
            for step, entry in zip(steps, reversed(claims()[f"{article}#{id}"].history), strict=True):
                assert " ".join(entry["why"].split()) in text_of(step)
                words = [str(one.get("href")) for one in having(step, "a", "words")]
                evidence = [ref.partition("#") for ref in entry.get("evidence", [])]
                assert words == [f"{'' if of == article else f'{of}.html'}#{claim}" for of, _, claim in evidence]
            moved += 1
    assert moved > 10


def test_a_revised_figure_tells_both_values(site: Path) -> None:
    item = next(item for item in changes_in(parsed(site / "changes.html")) if "figure" in item.get("class", ""))
    assert re.search(r": (.+)\. Before: (.+)\.$", text_of(item))


@pytest.mark.parametrize("day", [date(2025, 2, 6), date(2025, 11, 1), date(2026, 3, 31)], ids=str)
def test_the_changes_as_of_a_day_are_those_up_to_it(desk: Site, day: date) -> None:
    content, config, problems = as_known_on(desk.content, desk.config, day)
    assert not problems
    past, now = list_of(link(content, config), "site"), list_of(desk, "site")
    assert [change.id for change in past] == [change.id for change in now if change.on.latest <= day]
