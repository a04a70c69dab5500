"""The timeline: the demonstration's against an independent reading of its files, and the rules on small sites."""

import posixpath
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

import html5lib
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefing.build import Request, build
from briefing.link.clock import Clock, last_recorded
from briefing.link.timeline import Event, around, parted, timeline
from briefing.model.dates import PartialDate
from tests.sites.desks import Paper, built, linked

ROOT = Path(__file__).parents[2]
OPEN = ("pending", "in-progress", "stalled")
KINDS = ("meeting", "publication", "correction", "status", "due")


# --- The demonstration site -----------------------------------------------------------------------------------


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


def read(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


def front_matter(folder: str) -> dict[str, dict[str, Any]]:
    files = sorted((ROOT / "content" / folder).glob("*.md"))
    return {file.stem: read(file.read_text(encoding="utf-8").split("---\n")[1]) for file in files}


def entries() -> Iterator[Entry]:
    articles, summits = front_matter("articles"), front_matter("summits")
    of_summits = {id: {item["topic"] for item in summit.get("agenda", [])} for id, summit in summits.items()}
    for id, article in articles.items():
        data = read((ROOT / f"content/annotations/{id}.yaml").read_text(encoding="utf-8"))
        on = tuple(article.get("summits", []))
        topics = frozenset(topic for claim in data["claims"] for topic in claim["topics"])
        yield Entry("publication", article["published"][:10], f"articles/{id}.html", on, topics, article["published"])
        for correction in article.get("corrections", []):
            yield Entry("correction", correction["on"], f"articles/{id}.html", on, topics)
        default = data.get("summit") or (on[0] if len(on) == 1 else None)
        for claim in data["claims"]:
            summit = claim.get("summit") or default
            if summit:
                of_summits[summit] |= set(claim["topics"])
            yield from of_claim(f"{id}#{claim['id']}", claim, summit)
    for id, summit in summits.items():
        yield Entry("meeting", summit["start"][:10], f"summits/{id}.html", (id,), frozenset(of_summits[id]))


def of_claim(ref: str, claim: dict[str, Any], summit: str | None) -> Iterator[Entry]:
    where = (summit,) if summit else (), frozenset(claim["topics"])
    history = claim.get("history", [])
    for number, step in enumerate(history):
        if number or step["status"] not in ("pending", "unverified"):
            yield Entry("status", step.get("since", step["on"]), ref, *where)
    is_forward = claim.get("modality") in ("expectation", "proposal", "commitment")
    if "due" in claim and is_forward and (history[-1]["status"] if history else "pending") in OPEN:
        yield Entry("due", claim["due"], ref, *where)


ENTRIES = list(entries())


@cache
def newest_day() -> str:
    """The newest day on which anything is recorded."""
    days = [
        article[key][:10]
        for article in front_matter("articles").values()
        for key in ("published", "updated")
        if key in article
    ]
    for file in (ROOT / "content/annotations").glob("*.yaml"):
        for claim in read(file.read_text(encoding="utf-8"))["claims"]:
            days += [claim["recorded"]] if "recorded" in claim else []
            days += [f"{step['on']}-01-01"[:10] for step in claim.get("history", [])]
    return str(max(days))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("timeline") / "site"
    assert build(Request(ROOT), output).written
    return output


def lists_of(file: Path) -> list[list[tuple[str, str, str]]]:
    """Each list of days on a page: its events in order."""
    text = file.read_text(encoding="utf-8")
    found = re.findall(r'<ol class="timeline">.*?</ol>', text, re.DOTALL)
    return [list(events_in(html5lib.parse(part, namespaceHTMLElements=False), file.parent.name)) for part in found]


def events_in(root: Element, folder: str) -> Iterator[tuple[str, str, str]]:
    """The events of a list on a page of that folder."""
    for day in (item for item in root.iter("li") if item.get("class") == "day"):
        date = str(next(iter(day.iter("time"))).get("datetime"))
        for event in day.iter("li"):
            kind = str(event.get("class")).removeprefix("event ")
            if kind in KINDS:
                link = next(iter(event.iter("a")))
                path = posixpath.normpath(posixpath.join("site", folder, str(link.get("href"))))
                about = event.get("data-claim") or "/".join(path.split("/")[-2:])
                assert not event.get("data-claim") or link.get("class") == "words"
                yield kind, date, about


def all_of(file: Path) -> list[tuple[str, str, str]]:
    return [event for part in lists_of(file) for event in part]


def tally(file: Path) -> str:
    found = re.search(r'<p class="tally">(.*?)</p>', file.read_text(encoding="utf-8"))
    assert found
    return found[1]


def test_the_timeline_and_its_years_have_every_event_once(site: Path) -> None:
    expected = sorted(entry.shown for entry in ENTRIES)
    by_year = sorted(event for file in site.glob("archive/timeline-*.html") for event in all_of(file))
    whole = all_of(site / "timeline.html")
    assert by_year == expected
    assert set(whole) <= set(expected)
    assert len(whole) == len(set(whole))
    assert {kind for kind, _, _ in expected} >= {"meeting", "publication", "status", "due"}
    assert tally(site / "timeline.html") == f"{len(expected)} events; {len(whole)} are shown here."


def test_what_is_to_come_stands_first_the_soonest_on_top(site: Path) -> None:
    ahead = [e for e in ENTRIES if e.kind in ("due", "meeting") and e.last_day > newest_day()]
    first = lists_of(site / "timeline.html")[0]
    assert sorted(first) == sorted(entry.shown for entry in ahead)
    order = {entry.shown: entry.last_day for entry in ahead}
    assert [order[event] for event in first] == sorted(order[event] for event in first)


def test_what_happened_follows_the_newest_first(site: Path) -> None:
    past = sorted(
        (e for e in ENTRIES if e.kind not in ("due", "meeting") or e.last_day <= newest_day()), key=lambda e: e.last_day
    )
    shown = [event for part in lists_of(site / "timeline.html")[1:] for event in part]
    last_days = {entry.shown: entry.last_day for entry in past}
    assert [last_days[event] for event in shown] == [entry.last_day for entry in reversed(past)][: len(shown)]
    assert len(shown) == min(100, len(past))


SUMMITS = sorted(path.stem for path in (ROOT / "content/summits").glob("*.md"))


@pytest.mark.parametrize("summit", SUMMITS)
def test_a_summit_tells_what_was_before_on_and_after_its_day(summit: str, site: Path) -> None:
    record = front_matter("summits")[summit]
    places = read((ROOT / "content/places.yaml").read_text(encoding="utf-8"))
    zone = places[record["venue"]["city"]]["timezone"]
    start, end = record["start"][:10], record.get("end", record["start"])[:10]
    expected = [entry for entry in ENTRIES if summit in entry.summits]
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
    expected = [entry for entry in ENTRIES if topic in entry.topics]
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
    years = [entry.date[:4] for entry in ENTRIES]
    assert linked_years == [(year, str(years.count(year))) for year in sorted(set(years), reverse=True)]


# --- What is an event -----------------------------------------------------------------------------------------


def claim(**fields: Any) -> dict[str, Any]:
    return {"modality": "expectation", **fields}


def steps(*entries: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"status": status, "on": on, "why": "So it is.", "evidence": ["seen#it"]} for status, on in entries]


SEEN = {"seen": Paper("2025-02-05", {"it": {}})}
EVENTS: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "a claim without history has none": (claim(), []),
    "that it is pending at first is none": (claim(history=steps(("pending", "2025-02"))), []),
    "that it is unverified at first is none": ({"history": steps(("unverified", "2025-02"))}, []),
    "that it was settled at first is one": (claim(history=steps(("fulfilled", "2025-03"))), [("status", "2025-03")]),
    "every later step is one, back to pending too": (
        claim(history=steps(("pending", "2025-02"), ("stalled", "2025-03"), ("pending", "2025-04"))),
        [("status", "2025-04"), ("status", "2025-03")],
    ),
    "a step stands where it came about": (
        claim(history=[{**steps(("fulfilled", "2025-03"))[0], "since": "2025-02-20"}]),
        [("status", "2025-02-20")],
    ),
    "the due date of an open claim is one": (claim(due="2026"), [("due", "2026")]),
    "that of a settled claim is none": (
        claim(due="2026", history=steps(("fulfilled", "2025-03"))),
        [("status", "2025-03")],
    ),
    "that of a fact is none": ({"due": "2026"}, []),
}


@pytest.mark.parametrize("case", EVENTS)
def test_events_of_a_claim(case: str, tmp_path: Path) -> None:
    fields, expected = EVENTS[case]
    site = linked(tmp_path, {"talks": Paper("2025-02-05", {"said": fields}), **SEEN})
    events = [event for event in timeline(site).events if event.claim]
    assert [(event.kind, str(event.date)) for event in events] == expected


def test_corrections_are_events_of_their_own_day(tmp_path: Path) -> None:
    head = "---\ntitle: Talks\nsource: wire\npublished: 2025-02-05\ncorrections:\n"
    article = head + "  - {on: 2025-02-09, text: The tariff is 15 percent.}\n---\n\nThey met.\n"
    folder = built(tmp_path, {}, {"content/articles/talks.md": article})
    assert all_of(folder / "timeline.html") == [
        ("correction", "2025-02-09", "articles/talks.html"),
        ("publication", "2025-02-05", "articles/talks.html"),
    ]
    assert "The tariff is 15 percent." in (folder / "timeline.html").read_text(encoding="utf-8")


def test_the_events_of_one_day_begin_with_the_meeting(tmp_path: Path) -> None:
    summit = "---\ntitle: Meeting\nstart: 2025-02-05\nstatus: held\n---\n"
    papers = {"talks": Paper("2025-02-05", {"said": claim(history=steps(("fulfilled", "2025-02-05")))}), **SEEN}
    site = linked(tmp_path, papers, {"content/summits/meeting.md": summit})
    assert [event.kind for event in timeline(site).events] == ["meeting", "publication", "publication", "status"]


def test_dates_of_less_precision_are_shown_as_such_and_stand_under_their_month_or_year(tmp_path: Path) -> None:
    papers = {
        "a": Paper("2024"),
        "b": Paper("2024-03"),
        "c": Paper("2024-03-31"),
        "d": Paper("2024-12-31"),
        "e": Paper("2025-01-01"),
    }
    page = (built(tmp_path, papers) / "timeline.html").read_text(encoding="utf-8")
    headings = re.findall(r"<h[23]>(.*?)</h", page)
    assert headings == ["2025", "January 2025", "2024", "Some time in 2024", "December 2024", "March 2024"]
    dates = re.findall(r'<p class="date"><time datetime="([^"]+)">(.*?)</time>', page)
    assert dates == [
        ("2025-01-01", "January 1, 2025"),
        ("2024", "2024"),
        ("2024-12-31", "December 31, 2024"),
        ("2024-03-31", "March 31, 2024"),
        ("2024-03", "March 2024"),
    ]


def test_an_open_claim_that_was_due_stands_in_the_past(tmp_path: Path) -> None:
    papers = {"a": Paper("2024-01-01", {"x": claim(due="2024-06"), "y": claim(due="2026")}), "b": Paper("2025-01-01")}
    site = linked(tmp_path, papers)
    ahead, past = parted(timeline(site).events, Clock(last_recorded(site)).is_to_come)
    assert [str(event.date) for event in ahead] == ["2026"]
    assert [str(event.date) for event in past if event.kind == "due"] == ["2024-06"]
    lists = lists_of(built(tmp_path, papers) / "timeline.html")
    assert lists[0] == [("due", "2026", "a#y")]
    assert ("due", "2024-06", "a#x") in [event for part in lists[1:] for event in part]


def test_a_page_leaves_out_the_claims_kept_off_it(tmp_path: Path) -> None:
    papers = {
        "a": Paper("2024-01-01", {"x": claim(due="2024-02"), "y": claim(due="2024-01-01")}),
        "b": Paper("2025-01-01"),
    }
    more = {"content/topics/trade.md": "---\nexclude: [a#x]\n---\n"}
    site = built(tmp_path, papers, more)
    assert [about for _, _, about in all_of(site / "topics/trade.html")] == ["articles/a.html", "a#y"]
    assert ("due", "2024-02", "a#x") in all_of(site / "timeline.html")


AROUND = {
    "2025-02-06": 0,
    "2025-02-07": 1,
    "2025-02-08": 1,
    "2025-02-09": 2,
    "2025-01": 0,
    "2025-02": 2,
    "2025": 2,
    "2024": 0,
}


AS_WRITTEN = attrgetter("day")


@pytest.mark.parametrize("date", AROUND)
def test_before_on_and_after_a_meeting_of_two_days(date: str) -> None:
    event = Event("publication", PartialDate.parse(date))
    parts = around([event], PartialDate.parse("2025-02-07"), PartialDate.parse("2025-02-08"), AS_WRITTEN)
    assert [len(part) for part in parts].index(1) == AROUND[date]


def test_the_meeting_itself_is_always_on_its_day() -> None:
    day = PartialDate.parse("2025-02")
    before, during, after = around([Event("meeting", day, summit="x")], day, day, AS_WRITTEN)
    assert (len(before), len(during), len(after)) == (0, 1, 0)


DATES = st.one_of(
    st.dates().map(str),
    st.dates().map(lambda day: f"{day.year:04}-{day.month:02}"),
    st.dates().map(lambda d: f"{d.year:04}"),
)


@given(st.lists(DATES, max_size=12), DATES, DATES)
def test_no_event_around_a_meeting_is_lost_and_each_part_is_in_order(dates: list[str], one: str, other: str) -> None:
    events = [Event("publication", PartialDate.parse(date)) for date in dates]
    start, end = sorted((PartialDate.parse(one), PartialDate.parse(other)))
    parts = around(events, start, end, AS_WRITTEN)
    assert sorted(str(event.date) for part in parts for event in part) == sorted(dates)
    for part in parts:
        assert [event.date.latest for event in part] == sorted(event.date.latest for event in part)


# --- Long timelines -------------------------------------------------------------------------------------------


def published(*days: str) -> dict[str, Paper]:
    return {f"p{number:04}": Paper(day) for number, day in enumerate(days)}


def test_a_timeline_of_a_hundred_events_is_one_page(tmp_path: Path) -> None:
    site = built(tmp_path, published(*["2024-01-01"] * 100))
    assert len(all_of(site / "timeline.html")) == 100
    assert not (site / "archive").exists() or not list(site.glob("archive/timeline*"))


def test_a_longer_one_is_cut_by_year_and_a_long_year_by_month_and_a_long_month_by_day(tmp_path: Path) -> None:
    days = [*["2023-05-01"] * 30, *["2024"] * 3, *["2024-01"] * 2, *["2024-01-07"] * 300, *["2024-01-08"] * 101]
    site = built(tmp_path, published(*days))
    counts = {file.stem.removeprefix("timeline-"): len(all_of(file)) for file in site.glob("archive/timeline-*.html")}
    assert counts == {"2023": 30, "2024": 3, "2024-01": 2, "2024-01-07": 300, "2024-01-08": 101}
    assert len(all_of(site / "timeline.html")) == 100
    year = (site / "archive/timeline-2024.html").read_text(encoding="utf-8")
    assert 'href="timeline-2024-01.html">2024-01</a> (403)' in year
    assert tally(site / "archive/timeline-2024.html") == "406 events; 3 are shown here."


def test_no_page_of_a_year_changes_its_address_when_the_site_grows(tmp_path: Path) -> None:
    small = built(tmp_path / "small", published(*["2023-05-01"] * 101))
    large = built(tmp_path / "large", published(*["2023-05-01"] * 401, *["2024-02-01"] * 5))
    addresses = {file.name for file in small.glob("archive/timeline-*.html")}
    assert addresses == {"timeline-2023.html"}
    assert addresses <= {file.name for file in large.glob("archive/timeline-*.html")}
