"""The demonstration's timeline against an independent reading of its files."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

import pytest

from tests.demo.reading import claims, front_matter
from tests.demo.recorded import (
    FIRST,
    LISTS,
    SUMMITS,
    Entry,
    changes,
    day_of,
    entries,
    known_since,
    last_day,
    newest_day,
)
from tests.demo.shown import statuses_in
from tests.markup import having, links_in, text_of
from tests.pages.dated import HAPPENED, Line, days_in, lines_in, tally


def shown(lines: list[Line]) -> Counter[Entry]:
    """What lines tell of, and of how many claims they only tell the number."""
    found = Counter(line.entry for line in lines if line.kind != "unrated")
    for line in lines:
        if line.kind == "unrated":
            found[line.entry] += int(text_of(line.item).split()[0])
    return found


def years_of(pages: dict[str, Element]) -> list[str]:
    return [path for path in pages if path.startswith("archive/timeline-")]


def page_of(which: str) -> str:
    kind, _, id = which.partition(" ")
    return f"timelines/{kind}-{id}.html" if id else "timeline.html"


def section_of(page: Element, heading: str) -> Element:
    """The section whose heading begins with these words."""
    return next(
        one for one in page.iter("section") if any(text_of(head).startswith(heading) for head in one.findall("h2"))
    )


@pytest.mark.parametrize("which", LISTS)
def test_a_timeline_has_every_entry_once(which: str, pages: dict[str, Element]) -> None:
    """That of the site with its years. A summit or a topic of which more than ten are known has a page of its own."""
    wanted, path, (kind, _, id) = entries(which), page_of(which), which.partition(" ")
    if which != "site":
        links = [text_of(one) for one in pages[f"{kind}s/{id}.html"].iter("a") if one.get("href") == f"../{path}"]
        is_long = wanted.total() > 10
        assert (path in pages) is is_long
        assert links == [f"The timeline: all {wanted.total()} entries"] * is_long
        if is_long:
            assert shown(lines_in(pages[path])) == wanted
            assert tally(pages[path]) == f"{wanted.total()} entries"
        return
    found = shown(lines_in(pages[path]))
    assert shown([line for year in years_of(pages) for line in lines_in(pages[year])]) == wanted
    assert found <= wanted
    assert {kind for _, kind, _ in found} >= {*HAPPENED, "status", "figure", "added", "unrated"}
    part = f"{found.total()} of {wanted.total()} entries are shown here."
    assert tally(pages[path]) == (part if found != wanted else f"{wanted.total()} entries")


def timelines(pages: dict[str, Element]) -> Iterator[tuple[str, list[Line]]]:
    """All pages that are timelines, and the lines of each."""
    for path, page in pages.items():
        if re.match(r"(archive/)?timelines?\b", path):
            yield path, lines_in(page)


def test_no_timeline_tells_a_fact_twice(pages: dict[str, Element]) -> None:
    checked = 0
    for path, lines in timelines(pages):
        told = Counter((line.date, text_of(line.item)) for line in lines)
        assert [one for one, count in told.items() if count > 1] == [], path
        came = {(line.date, line.about) for line in lines if line.kind == "publication"}
        assert not came & {(line.date, line.about) for line in lines if line.kind == "added"}, path
        checked += len(lines)
    assert checked > 400


def test_an_article_tells_how_many_claims_came_with_it(pages: dict[str, Element]) -> None:
    """And a line of its own does so for those that came later."""
    of_day = Counter((one.of, day_of(known_since(one))) for one in claims().values())
    ahead = Counter((one.of, day_of(known_since(one))) for one in claims().values() if one.is_forward)
    checked = Counter[str]()
    for line in (line for year in years_of(pages) for line in lines_in(pages[year])):
        if line.kind in ("publication", "added"):
            count, forward = of_day[line.about, line.date], ahead[line.about, line.date]
            told = re.search(r"· (\d+) claims?(?:, (\d+) looking ahead)?$", text_of(line.item))
            assert (int(told[1]), int(told[2] or 0)) == (count, forward) if told else count == 0, line
            checked[line.kind] += 1
    assert checked["publication"] == len(front_matter("articles"))
    assert checked["added"]


def test_what_is_to_come_stands_first_the_soonest_on_top(pages: dict[str, Element]) -> None:
    first = lines_in(section_of(pages["timeline.html"], "Still to come"))
    assert first == lines_in(pages["timeline.html"])[: len(first)]
    wanted = [one for one in entries("site") if one[1] in ("due", "meeting") and last_day(one[0]) > newest_day()]
    assert sorted(line.entry for line in first) == sorted(wanted)
    days = [last_day(line.date) for line in first]
    assert days == sorted(days)


def test_what_has_been_follows_the_newest_first_and_what_happened_before_what_changed(
    pages: dict[str, Element],
) -> None:
    order = ["meeting", "publication", "due", "status", "figure", "correction", "added", "unrated"]
    for path, lines in timelines(pages):
        ahead = [line for line in lines if line.kind in ("due", "meeting") and last_day(line.date) > newest_day()]
        past = lines if path.startswith("archive/") else lines[len(ahead) :]
        assert past == lines or lines[: len(ahead)] == ahead
        days = [last_day(line.date) for line in past]
        assert days == sorted(days, reverse=True), path
        for one, next in pairwise(past):
            if one.date == next.date:
                assert order.index(one.kind) <= order.index(next.kind), path


def test_a_status_tells_from_what_to_what(pages: dict[str, Element]) -> None:
    wanted = {one for one in changes("site") if one[0] == "status"}
    moved = [line for _, lines in timelines(pages) for line in lines if line.kind == "status"]
    for line in moved:
        [after] = statuses_in(line.item)
        [move] = having(line.item, "span", "move")
        before = text_of(move).partition(" →, now ")[0].replace("cannot be rated", "unratable").replace(" ", "-")
        assert ("status", line.about, line.date, before, after) in wanted
    assert len(moved) > 100


def test_a_due_claim_tells_how_it_stands(pages: dict[str, Element]) -> None:
    due = [line for line in lines_in(pages["timeline.html"]) if line.kind == "due"]
    assert due
    for line in due:
        assert statuses_in(line.item) == [claims()[line.about].status]


def test_a_figure_tells_both_values(pages: dict[str, Element]) -> None:
    revised = [line for _, lines in timelines(pages) for line in lines if line.kind == "figure"]
    assert revised
    for line in revised:
        assert re.search(r": (.+)\. Before: (.+)\.$", text_of(line.item))


def test_the_former_page_of_changes_leads_to_the_timeline(pages: dict[str, Element]) -> None:
    assert links_in(pages["changes.html"]) == ["timeline.html"]
    assert not [path for path in pages if re.match(r"(archive/)?changes[/-]", path)]


def moved(summit: str) -> Iterator[tuple[str, str, str]]:
    """When each status of the claims of a meeting became another one: the day, the claim and the status."""
    for claim in claims().values():
        before = FIRST.get(claim.modality, "pending")
        for step in claim.history if claim.summit == summit else []:
            if step["status"] != before:
                yield str(step.get("since", step["on"])), claim.ref, step["status"]
            before = step["status"]


@pytest.mark.parametrize("summit", SUMMITS)
def test_a_summit_has_a_line_for_each_day_on_which_statuses_changed(summit: str, pages: dict[str, Element]) -> None:
    """With those that changed, but of claims found not to be ratable only how many they are."""
    parts = [one for one in pages[f"summits/{summit}.html"].iter("section") if one.get("id") == "page_timeline"]
    shown, unrated, days = [], {}, []
    for date, day in (one for part in parts for one in days_in(part)):
        days.append(date)
        for item in (one for one in day.iter("span") if one.get("data-claim")):
            ref = str(item.get("data-claim"))
            assert links_in(item) == ["../articles/{}.html#{}".format(*ref.split("#"))]
            shown += [(date, ref, status) for status in statuses_in(item)]
        for count in (re.fullmatch(r"(\d+) cannot be rated", text_of(one)) for one in having(day, "span", "u")):
            assert count
            unrated[date] = int(count[1])
    wanted = list(moved(summit))
    assert sorted(shown) == sorted(one for one in wanted if one[2] != "unratable")
    assert unrated == Counter(date for date, _, status in wanted if status == "unratable")
    assert days == sorted(set(days), reverse=True)


@pytest.mark.parametrize("summit", SUMMITS)
def test_the_axis_of_a_summit_counts_what_changed_and_what_is_looked_at_again(
    summit: str, pages: dict[str, Element]
) -> None:
    record, svg = front_matter("summits")[summit], "{http://www.w3.org/2000/svg}"
    mine = [c for c in claims().values() if c.summit == summit and c.ref not in record.get("exclude", [])]
    changed = [day for day, _, status in moved(summit) if status != "unratable"]
    ahead = [claim.fields["review_by"] for claim in mine if claim.is_open and "review_by" in claim.fields]
    [axis] = having(pages[f"summits/{summit}.html"], f"{svg}svg", "axis")
    places = [(one.tag.removeprefix(svg), one) for one in axis if one.tag in (f"{svg}circle", f"{svg}text")]
    counts = {"": 0, "ahead": 0}
    for (tag, point), (_, number) in pairwise(places):
        if tag == "circle":
            assert point.get("cx") == number.get("x")
            counts[str(point.get("class", ""))] += int(text_of(number))
    assert counts == {"": len(changed), "ahead": len(ahead)}
    years = [int(text_of(one)) for tag, one in places if tag == "text" and one.get("y") == "61"]
    days = [record["start"], *changed, *ahead]
    assert years[0] == int(min(days)[:4])
    assert years[-1] <= int(max(days)[:4])


def test_the_years_are_linked_with_their_numbers(pages: dict[str, Element]) -> None:
    [nav] = having(pages["timeline.html"], "nav", "periods")
    linked = re.findall(r"(\d{4}) (\d+)", text_of(nav))
    years = Counter(day[:4] for day, *_ in entries("site").elements())
    assert linked == [(year, str(years[year])) for year in sorted(years, reverse=True)]
    assert links_in(nav) == [f"archive/timeline-{year}.html" for year, _ in linked]
