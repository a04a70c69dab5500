"""The demonstration's timeline against an independent reading of its files."""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import pairwise
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

import pytest

from tests.demo.reading import Claim, annotations, claims, front_matter, registry
from tests.demo.shown import Event, by_id, changes_in, days_of, events_in, statuses_in, subject_of
from tests.markup import having, links_in, text_of


@dataclass(frozen=True)
class Entry:
    """An event as the files have it: its kind, its date, and what it is about."""

    kind: str
    date: str
    about: str
    summits: tuple[str, ...]
    topics: frozenset[str]
    when: str = ""

    @property
    def shown(self) -> tuple[str, str, str]:
        return self.kind, self.date, self.about

    @property
    def last_day(self) -> str:
        return self.day_in(None)

    def day_in(self, zone: str | None) -> str:
        """Its last day; of a time, that on the clocks of a place."""
        if zone and "T" in self.when:
            return datetime.fromisoformat(self.when).astimezone(ZoneInfo(zone)).date().isoformat()
        year, month, day = [*(int(part) for part in self.date.split("-")), 12, 0][:3]
        return f"{year:04}-{month:02}-{day or monthrange(year, month)[1]:02}"


@cache
def entries() -> list[Entry]:
    return [*of_records(), *(event for claim in claims().values() for event in of_claim(claim))]


def of_records() -> Iterator[Entry]:
    """Articles, their corrections, and meetings."""
    summits = front_matter("summits")
    of_summits = {id: {item["topic"] for item in summit.get("agenda", [])} for id, summit in summits.items()}
    for id, article in front_matter("articles").items():
        on = tuple(article.get("summits", []))
        topics = frozenset(topic for fields in annotations()[id]["claims"] for topic in fields["topics"])
        yield Entry("publication", article["published"][:10], f"articles/{id}.html", on, topics, article["published"])
        for correction in article.get("corrections", []):
            yield Entry("correction", correction["on"], f"articles/{id}.html", on, topics)
    for claim in claims().values():
        if claim.summit:
            of_summits[claim.summit] |= set(claim.fields["topics"])
    for id, summit in summits.items():
        yield Entry("meeting", summit["start"][:10], f"summits/{id}.html", (id,), frozenset(of_summits[id]))


def of_claim(claim: Claim) -> Iterator[Entry]:
    where = (claim.summit,) if claim.summit else (), frozenset(claim.fields["topics"])
    for number, step in enumerate(claim.history):
        if step["status"] != "unratable" and (number or step["status"] not in ("pending", "unverified")):
            yield Entry("status", str(step.get("since", step["on"])), claim.ref, *where)
    if "due" in claim.fields and claim.is_open:
        yield Entry("due", claim.fields["due"], claim.ref, *where)


@cache
def newest_day() -> str:
    """The newest day on which anything is recorded."""
    days = [
        article[key][:10]
        for article in front_matter("articles").values()
        for key in ("published", "updated")
        if key in article
    ]
    for claim in claims().values():
        days += [claim.fields["recorded"]] if "recorded" in claim.fields else []
        days += [f"{step['on']}-01-01"[:10] for step in claim.history]
    return str(max(days))


def told(page: Element) -> str:
    """The line that counts the events of a page."""
    return text_of(having(page, "p", "u")[0])


def shown_in(pages: dict[str, Element], path: str) -> list[Event]:
    return events_in(pages[path], path.rpartition("/")[0])


def test_the_timeline_and_its_years_have_every_event_once(pages: dict[str, Element]) -> None:
    expected = sorted(entry.shown for entry in entries())
    by_year = sorted(event for path in pages if path.startswith("archive/timeline-") for event in shown_in(pages, path))
    whole = shown_in(pages, "timeline.html")
    assert by_year == expected
    assert set(whole) <= set(expected)
    assert len(whole) == len(set(whole))
    assert {kind for kind, _, _ in expected} >= {"meeting", "publication", "status", "due"}
    part = f"{len(whole)} of {len(expected)} events are shown here."
    assert told(pages["timeline.html"]) == (part if len(whole) < len(expected) else f"{len(expected)} events")


def test_each_event_of_a_claim_tells_how_the_claim_stands_since(pages: dict[str, Element]) -> None:
    expected = Counter(
        (claim.ref, str(step.get("since", step["on"])), step["status"])
        for claim in claims().values()
        for number, step in enumerate(claim.history)
        if step["status"] != "unratable" and (number or step["status"] not in ("pending", "unverified"))
    )
    shown: Counter[tuple[str, str, str]] = Counter()
    for path in (one for one in pages if one.startswith("archive/timeline-")):
        for date, day in days_of(pages[path]):
            for item in (one for one in having(day, "li", "event") if one.get("data-claim")):
                if not text_of(item).startswith("Due: "):
                    [status] = statuses_in(item)
                    shown[str(item.get("data-claim")), date, status] += 1
    assert shown == expected


def test_what_is_to_come_stands_first_the_soonest_on_top(pages: dict[str, Element]) -> None:
    ahead = [e for e in entries() if e.kind in ("due", "meeting") and e.last_day > newest_day()]
    part = section_of(pages["timeline.html"], "Still to come")
    first = events_in(part)
    assert first == shown_in(pages, "timeline.html")[: len(first)]
    assert sorted(first) == sorted(entry.shown for entry in ahead)
    order = {entry.shown: entry.last_day for entry in ahead}
    assert [order[event] for event in first] == sorted(order[event] for event in first)


def section_of(page: Element, heading: str) -> Element:
    """The section whose heading begins with these words."""
    return next(
        one for one in page.iter("section") if any(text_of(head).startswith(heading) for head in one.findall("h2"))
    )


def test_what_happened_follows_the_newest_first(pages: dict[str, Element]) -> None:
    past = sorted(
        (e for e in entries() if e.kind not in ("due", "meeting") or e.last_day <= newest_day()),
        key=lambda e: e.last_day,
    )
    ahead = events_in(section_of(pages["timeline.html"], "Still to come"))
    shown = shown_in(pages, "timeline.html")[len(ahead) :]
    last_days = {entry.shown: entry.last_day for entry in past}
    assert [last_days[event] for event in shown] == [entry.last_day for entry in reversed(past)][: len(shown)]
    assert len(shown) == min(100, len(past))


def moved(summit: str) -> Iterator[tuple[str, str, str]]:
    """When each status of the claims of a meeting became another one: the day, the claim and the status."""
    for claim in claims().values():
        before = {"fact": "unverified", "background": "unverified", "opinion": "unratable"}.get(
            claim.modality, "pending"
        )
        for step in claim.history if claim.summit == summit else []:
            if step["status"] != before:
                yield str(step.get("since", step["on"])), claim.ref, step["status"]
            before = step["status"]


@pytest.mark.parametrize("summit", sorted(front_matter("summits")))
def test_a_summit_has_a_line_for_each_day_on_which_statuses_changed(summit: str, pages: dict[str, Element]) -> None:
    """With those that changed, but of claims found not to be ratable only how many they are."""
    parts = [one for one in pages[f"summits/{summit}.html"].iter("section") if one.get("id") == "page_timeline"]
    shown, unrated, days = [], {}, []
    for date, day in (one for part in parts for one in days_of(part)):
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


@pytest.mark.parametrize("summit", sorted(front_matter("summits")))
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


@pytest.mark.parametrize("summit", sorted(front_matter("summits")))
def test_a_summit_with_many_events_has_a_page_of_them_all(summit: str, pages: dict[str, Element]) -> None:
    record = front_matter("summits")[summit]
    zone = registry("places")[record["venue"]["city"]]["timezone"]
    start, end = record["start"][:10], str(record.get("end", record["start"]))[:10]
    expected = [entry for entry in entries() if summit in entry.summits]
    days = Counter("before" if (on := e.day_in(zone)) < start else "on" if on <= end else "after" for e in expected)
    path, linked = f"timelines/summit-{summit}.html", links_in(pages[f"summits/{summit}.html"])
    is_whole = max(days.values()) <= 15
    assert (path in pages) is not is_whole
    assert (f"../{path}" in linked) is not is_whole
    if not is_whole:
        assert f"All {len(expected)} events" in text_of(pages[f"summits/{summit}.html"])
        assert f"{len(expected)} events" in told(pages[path])


@pytest.mark.parametrize("topic", ["defense", "energy", "trade", "investment"])
def test_a_topic_shows_the_newest_events_and_has_a_page_with_all(topic: str, pages: dict[str, Element]) -> None:
    """The last one of each claim and article, but those that it tells among what changed."""
    page = pages[f"topics/{topic}.html"]
    expected = [entry for entry in entries() if topic in entry.topics]
    told_above = {subject_of(item) for _, kind, item in changes_in(by_id(page, "topic_changes")) if kind != "unrated"}
    past = [e for e in expected if e.kind not in ("due", "meeting") or e.last_day <= newest_day()]
    past = [e for e in past if e.about.removeprefix("articles/").removesuffix(".html") not in told_above]
    newest: dict[str, str] = {}
    for entry in past:
        newest[entry.about] = max(newest.get(entry.about, ""), entry.last_day)
    [part] = [one for one in having(page, "details", "more") if text_of(one).startswith("What happened")]
    shown, days = events_in(part, "topics"), {entry.shown: entry.last_day for entry in past}
    assert [days[event] for event in shown] == sorted(newest.values(), reverse=True)[:12]
    assert len({about for _, _, about in shown}) == len(shown)
    whole = f"timelines/topic-{topic}.html"
    files = [whole, *(path for path in pages if path.startswith(f"archive/timelines/topic-{topic}-"))]
    assert {event for path in files for event in shown_in(pages, path)} == {entry.shown for entry in expected}
    assert f"{len(expected)} events" in told(pages[whole])
    assert f"../{whole}" in links_in(part)


def test_the_years_are_linked_with_their_numbers(pages: dict[str, Element]) -> None:
    [nav] = having(pages["timeline.html"], "nav", "periods")
    linked = re.findall(r"(\d{4}) (\d+)", text_of(nav))
    years = [entry.date[:4] for entry in entries()]
    assert linked == [(year, str(years.count(year))) for year in sorted(set(years), reverse=True)]
    assert links_in(nav) == [f"archive/timeline-{year}.html" for year, _ in linked]
