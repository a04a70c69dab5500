"""The demonstration's timeline against an independent reading of its files."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.demo.reading import Claim, annotations, claims, front_matter, registry
from tests.pages.dated import all_of, lists_of, tally


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
        if number or step["status"] not in ("pending", "unverified"):
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


def test_the_timeline_and_its_years_have_every_event_once(site: Path) -> None:
    expected = sorted(entry.shown for entry in entries())
    by_year = sorted(event for file in site.glob("archive/timeline-*.html") for event in all_of(file))
    whole = all_of(site / "timeline.html")
    assert by_year == expected
    assert set(whole) <= set(expected)
    assert len(whole) == len(set(whole))
    assert {kind for kind, _, _ in expected} >= {"meeting", "publication", "status", "due"}
    assert tally(site / "timeline.html") == f"{len(expected)} events; {len(whole)} are shown here."


def test_what_is_to_come_stands_first_the_soonest_on_top(site: Path) -> None:
    ahead = [e for e in entries() if e.kind in ("due", "meeting") and e.last_day > newest_day()]
    first = lists_of(site / "timeline.html")[0]
    assert sorted(first) == sorted(entry.shown for entry in ahead)
    order = {entry.shown: entry.last_day for entry in ahead}
    assert [order[event] for event in first] == sorted(order[event] for event in first)


def test_what_happened_follows_the_newest_first(site: Path) -> None:
    past = sorted(
        (e for e in entries() if e.kind not in ("due", "meeting") or e.last_day <= newest_day()),
        key=lambda e: e.last_day,
    )
    shown = [event for part in lists_of(site / "timeline.html")[1:] for event in part]
    last_days = {entry.shown: entry.last_day for entry in past}
    assert [last_days[event] for event in shown] == [entry.last_day for entry in reversed(past)][: len(shown)]
    assert len(shown) == min(100, len(past))


@pytest.mark.parametrize("summit", sorted(front_matter("summits")))
def test_a_summit_tells_what_was_before_on_and_after_its_day(summit: str, site: Path) -> None:
    record = front_matter("summits")[summit]
    zone = registry("places")[record["venue"]["city"]]["timezone"]
    start, end = record["start"][:10], str(record.get("end", record["start"]))[:10]
    expected = [entry for entry in entries() if summit in entry.summits]
    parts: dict[str, list[Entry]] = {"Before": [], "On": [], "After": []}
    for entry in expected:
        on = entry.day_in(zone)
        parts["Before" if on < start else "On" if on <= end else "After"].append(entry)
    page = (site / f"summits/{summit}.html").read_text(encoding="utf-8").partition("<h2>Timeline</h2>")[2]
    titles = re.findall(r"<h3>(.*?)</h3>\n<ol class=\"timeline\">", page)
    assert [title.split()[0] for title in titles] == [title for title, part in parts.items() if part]
    lists = lists_of(site / f"summits/{summit}.html")
    for title, shown in zip(titles, lists, strict=True):
        days = {entry.shown: entry.last_day for entry in parts[title.split()[0]]}
        assert set(shown) <= set(days)
        assert len(shown) == min(15, len(days))
        assert [days[event] for event in shown] == sorted(days[event] for event in shown)
    is_whole = all(len(part) <= 15 for part in parts.values())
    assert (site / f"timelines/summit-{summit}.html").exists() is not is_whole
    assert (f"All {len(expected)} events" in page) is not is_whole
    if not is_whole:
        assert tally(site / f"timelines/summit-{summit}.html").startswith(f"{len(expected)} events")


@pytest.mark.parametrize("topic", ["defense", "energy", "trade", "investment"])
def test_a_topic_shows_the_newest_events_and_has_a_page_with_all(topic: str, site: Path) -> None:
    expected = [entry for entry in entries() if topic in entry.topics]
    past = [e for e in expected if e.kind not in ("due", "meeting") or e.last_day <= newest_day()]
    shown = all_of(site / f"topics/{topic}.html")
    days = {entry.shown: entry.last_day for entry in past}
    assert [days[event] for event in shown] == sorted(days.values(), reverse=True)[:12]
    whole = site / f"timelines/topic-{topic}.html"
    files = [whole, *site.glob(f"archive/timelines/topic-{topic}-*.html")]
    assert {event for file in files for event in all_of(file)} == {entry.shown for entry in expected}
    assert tally(whole).startswith(f"{len(expected)} events")


def test_the_years_are_linked_with_their_numbers(site: Path) -> None:
    text = (site / "timeline.html").read_text(encoding="utf-8")
    linked_years = re.findall(r'<a href="archive/timeline-(\d{4})\.html">\1</a> \((\d+)\)', text)
    years = [entry.date[:4] for entry in entries()]
    assert linked_years == [(year, str(years.count(year))) for year in sorted(set(years), reverse=True)]
