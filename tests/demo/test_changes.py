"""What changed, on the demonstration's pages, against an independent reading of its YAML."""

from collections import Counter
from datetime import date
from xml.etree.ElementTree import Element

import pytest

from briefing.link.as_of import as_known_on
from briefing.link.changes import Change, ClaimsAdded, FigureRevised, StatusMoved, changes_of
from briefing.link.lists import Lists
from briefing.link.site import Site, link
from briefing.pages.timeline import summit_timeline_arguments, timeline_arguments, topic_timeline_arguments
from briefing.read.content import read_content
from tests.commands import REPOSITORY
from tests.demo.reading import claims
from tests.demo.recorded import LISTS, TOPICS, day_of, last_day
from tests.demo.recorded import changes as expected
from tests.demo.shown import note_of
from tests.markup import links_in, section, text_of
from tests.pages.dated import lines_in


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
    of_part = {"summit": summit_timeline_arguments, "topic": topic_timeline_arguments}
    given = of_part[kind](lists, id) if id else timeline_arguments(lists)
    return changes_of(given.claims, given.articles)


@pytest.mark.parametrize("which", LISTS)
def test_the_changes_are_those_that_the_records_date(desk: Site, which: str) -> None:
    changes = list_of(desk, which)
    assert Counter(map(told, changes)) == expected(which)
    assert [change.on for change in changes] == sorted((change.on for change in changes), reverse=True)
    assert len({change.id for change in changes}) == len(changes)


@pytest.mark.parametrize("which", ["site", *(f"topic {id}" for id in TOPICS)])
def test_a_page_shows_the_newest_ten_and_where_the_rest_is(pages: dict[str, Element], which: str) -> None:
    """How many claims were found on a day that cannot be rated is told, and no more of them."""
    id = which.partition(" ")[2]
    page, wanted = pages[f"topics/{id}.html" if id else "index.html"], expected(which)
    here = section(page, "What changed")
    by_day: dict[str, list[str]] = {}
    for change in sorted(wanted.elements(), key=lambda change: last_day(change[2]), reverse=True):
        is_unrated = change[0] == "status" and change[4] == "unratable"
        by_day.setdefault(day_of(change[2]), []).append("unrated" if is_unrated else change[0])
    left, lines = 10, []
    for day, kinds in by_day.items():
        told = [kind for kind in kinds if kind != "unrated"][: max(left, 0)]
        if left > 0:
            lines.append((day, len(told), kinds.count("unrated")))
        left -= len(told) or 1
    seen: dict[str, list[int]] = {}
    for line in lines_in(here):
        counts = seen.setdefault(line.date, [0, 0])
        if line.kind == "unrated":
            counts[1] += int(text_of(line.item).split()[0])
        else:
            counts[0] += 1
            kind = "claims" if line.kind in ("publication", "added") else line.kind
            assert (kind, line.about, line.date) in {(*change[:2], day_of(change[2])) for change in wanted}
    assert [(day, *counts) for day, counts in seen.items()] == lines
    assert links_in(here)[-1] == (f"../timelines/topic-{id}.html" if id else "timeline.html")


def test_the_words_on_which_a_moved_status_rests_are_on_the_page_of_the_article(pages: dict[str, Element]) -> None:
    """With the reasons, the last one first; a line that tells of the change leads there."""
    moved = 0
    for line in lines_in(pages["timeline.html"]):
        if line.kind == "status":
            article, _, id = line.about.partition("#")
            assert links_in(line.item) == [f"articles/{article}.html#{id}"]
            note, history = note_of(pages[f"articles/{article}.html"], id), claims()[line.about].history
            places = [text_of(note).index(" ".join(entry["why"].split())) for entry in reversed(history)]
            assert places == sorted(places)
            lines = [one for one in note.iter("p") if text_of(one).startswith("Shown by ")]
            evidence = [entry["evidence"] for entry in reversed(history) if entry.get("evidence")]
            for shown, refs in zip(lines, evidence, strict=True):
                split = [ref.partition("#") for ref in refs]
                assert links_in(shown) == [f"{'' if of == article else f'{of}.html'}#{claim}" for of, _, claim in split]
            moved += 1
    assert moved > 10


@pytest.mark.parametrize("day", [date(2025, 2, 6), date(2025, 11, 1), date(2026, 3, 31)], ids=str)
def test_the_changes_as_of_a_day_are_those_up_to_it(desk: Site, day: date) -> None:
    content, config, problems = as_known_on(desk.content, desk.config, day)
    assert not problems
    past, now = list_of(link(content, config), "site"), list_of(desk, "site")
    assert [change.id for change in past] == [change.id for change in now if change.on.latest <= day]
