"""What changed, on the demonstration's pages, against an independent reading of its YAML."""

import re
from collections import Counter
from datetime import date
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
from tests.demo.shown import changes_in, note_of, statuses_in, subject_of
from tests.markup import having, links_in, section, text_of

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


def shown(element: Element) -> Counter[tuple[str, str, str]]:
    """What an element shows of changes: the kind, the claim or the article, and the date."""
    return Counter((kind, subject_of(item), on) for on, kind, item in changes_in(element))


def test_the_page_and_its_years_show_every_change(pages: dict[str, Element]) -> None:
    page, wanted = pages["changes.html"], expected("site")
    newest = shown(page)
    assert newest.total() == min(100, wanted.total())
    assert f"{newest.total()} of {wanted.total()} changes are shown here." in text_of(page)
    years = [href for href in links_in(page) if "archive/" in href]
    older: Counter[tuple[str, str, str]] = sum((shown(pages[path]) for path in years), Counter())
    assert older == Counter((*change[:2], change[2].removesuffix("~")) for change in wanted.elements())
    assert newest <= older


@pytest.mark.parametrize("which", ["site", *(f"topic {id}" for id in TOPICS)])
def test_a_page_shows_the_newest_ten_and_where_the_rest_is(pages: dict[str, Element], which: str) -> None:
    """How many claims were found on a day that cannot be rated is told, and no more of them."""
    id = which.partition(" ")[2]
    page, wanted = pages[f"topics/{id}.html" if id else "index.html"], expected(which)
    here = section(page, "What changed")
    by_day: dict[str, list[str]] = {}
    for change in sorted(wanted.elements(), key=lambda change: last_day(change[2]), reverse=True):
        is_unrated = change[0] == "status" and change[4] == "unratable"
        by_day.setdefault(change[2], []).append("unrated" if is_unrated else change[0])
    left, lines = 10, []
    for day, kinds in by_day.items():
        told = [kind for kind in kinds if kind != "unrated"][: max(left, 0)]
        if left > 0:
            lines.append((day, len(told), kinds.count("unrated")))
        left -= len(told) or 1
    seen: dict[str, list[int]] = {}
    for day, what, item in changes_in(here):
        counts = seen.setdefault(day, [0, 0])
        if what == "unrated":
            counts[1] += int(text_of(item).split()[0])
        else:
            counts[0] += 1
            assert (what, subject_of(item), day) in {change[:3] for change in wanted}
    assert [(day, *counts) for day, counts in seen.items()] == lines
    if not id:
        assert links_in(here)[-1] == "changes.html"
    elif wanted.total() > 10:
        whole = f"changes/topic-{id}.html"
        assert links_in(here)[-1] == f"../{whole}"
        assert text_of(list(here.iter("a"))[-1]) == f"All {wanted.total()} changes"
        assert f"{wanted.total()} change" in text_of(pages[whole])
        assert shown(pages[whole]).total() == min(100, wanted.total())


def last_day(day: str) -> str:
    return {4: f"{day}-12-31", 7: f"{day}-31"}.get(len(day), day)


@pytest.mark.parametrize("summit", SUMMITS)
def test_a_summit_leads_to_a_page_of_all_its_changes(pages: dict[str, Element], summit: str) -> None:
    wanted, path = expected(f"summit {summit}"), f"changes/summit-{summit}.html"
    [part] = [one for one in pages[f"summits/{summit}.html"].iter("section") if one.get("id") == "page_timeline"]
    assert (path in pages) == (wanted.total() > 10) == (f"../{path}" in links_in(part))
    if path in pages:
        assert f"All {wanted.total()} changes" in text_of(part)
        assert shown(pages[path]).total() == min(100, wanted.total())


def test_a_moved_status_tells_from_what_to_what_and_leads_to_its_words(pages: dict[str, Element]) -> None:
    [item] = [
        item
        for _, _, item in changes_in(pages["archive/changes-2025.html"])
        if item.get("data-claim") == "2025-10-29-korea-state-visit#state-visit"
    ]
    assert text_of(item).endswith("unverified →, now confirmed")
    assert links_in(item) == ["../articles/2025-10-29-korea-state-visit.html#state-visit"]
    every = expected("site")
    moved = [(on, item) for on, kind, item in changes_in(pages["changes.html"]) if kind == "status"]
    for on, item in moved:
        [after] = statuses_in(item)
        before = str(having(item, "span", "u")[0].text).strip().replace("cannot be rated", "unratable")
        assert ("status", item.get("data-claim"), on, before.replace(" ", "-"), after) in every
    assert len(moved) > 10


def test_the_words_on_which_a_moved_status_rests_are_on_the_page_of_the_article(pages: dict[str, Element]) -> None:
    """With the reasons, the last one first; a line that tells of the change leads there."""
    moved = 0
    for _, kind, item in changes_in(pages["changes.html"]):
        if kind == "status":
            article, _, id = str(item.get("data-claim")).partition("#")
            assert links_in(item) == [f"articles/{article}.html#{id}"]
            note, history = note_of(pages[f"articles/{article}.html"], id), claims()[f"{article}#{id}"].history
            places = [text_of(note).index(" ".join(entry["why"].split())) for entry in reversed(history)]
            assert places == sorted(places)
            lines = [one for one in note.iter("p") if text_of(one).startswith("Shown by ")]
            evidence = [entry["evidence"] for entry in reversed(history) if entry.get("evidence")]
            for line, refs in zip(lines, evidence, strict=True):
                split = [ref.partition("#") for ref in refs]
                assert links_in(line) == [f"{'' if of == article else f'{of}.html'}#{claim}" for of, _, claim in split]
            moved += 1
    assert moved > 10


def test_a_revised_figure_tells_both_values(pages: dict[str, Element]) -> None:
    revised = [item for _, kind, item in changes_in(pages["changes.html"]) if kind == "figure"]
    assert revised
    for item in revised:
        assert re.search(r": (.+)\. Before: (.+)\.$", text_of(item))


@pytest.mark.parametrize("day", [date(2025, 2, 6), date(2025, 11, 1), date(2026, 3, 31)], ids=str)
def test_the_changes_as_of_a_day_are_those_up_to_it(desk: Site, day: date) -> None:
    content, config, problems = as_known_on(desk.content, desk.config, day)
    assert not problems
    past, now = list_of(link(content, config), "site"), list_of(desk, "site")
    assert [change.id for change in past] == [change.id for change in now if change.on.latest <= day]
