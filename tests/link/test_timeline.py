"""The timeline: what is an event, in which order they stand, and how long ones are cut."""

import re
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.link.site import LinkedArticle, Site
from briefing.link.timeline import Event, around, events_of, parted
from briefing.model.dates import PartialDate
from tests.pages.dated import all_of, lists_of, tally
from tests.sites.desks import Paper, built, linked

# --- What is an event -----------------------------------------------------------------------------------------


def claim(**fields: Any) -> dict[str, Any]:
    return {"modality": "expectation", **fields}


def steps(*entries: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"status": status, "on": on, "why": "So it is.", "evidence": ["seen#it"]} for status, on in entries]


def all_events(site: Site) -> list[Event]:
    return events_of(site.headlines, site.claims.values(), site.meetings.values())


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
    events = [event for event in all_events(site) if event.claim]
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
    assert [event.kind for event in all_events(site)] == ["meeting", "publication", "publication", "status"]


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
    dates = re.findall(r'<li><time datetime="([^"]+)">(.*?)</time><ul>', page)
    assert dates == [
        ("2025-01-01", "Jan 1, 2025"),
        ("2024", "2024"),
        ("2024-12-31", "Dec 31, 2024"),
        ("2024-03-31", "Mar 31, 2024"),
        ("2024-03", "Mar 2024"),
    ]


def test_an_open_claim_that_was_due_stands_in_the_past(tmp_path: Path) -> None:
    papers = {"a": Paper("2024-01-01", {"x": claim(due="2024-06"), "y": claim(due="2026")}), "b": Paper("2025-01-01")}
    site = linked(tmp_path, papers)
    ahead, past = parted(all_events(site), site.clock.is_to_come)
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
    assert [about for _, _, about in all_of(site / "topics/trade.html")] == ["a#y"]
    assert "a#x" not in (site / "topics/trade.html").read_text(encoding="utf-8").replace("a#xy", "")
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
def test_before_on_and_after_a_meeting_of_two_days(date: str, tmp_path: Path) -> None:
    events = all_events(linked(tmp_path, {"a": Paper(date)}))
    assert [event.kind for event in events] == ["publication"]
    parts = around(events, PartialDate.parse("2025-02-07"), PartialDate.parse("2025-02-08"), AS_WRITTEN)
    assert [len(part) for part in parts].index(1) == AROUND[date]


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> LinkedArticle:
    """An article to have events of."""
    return linked(tmp_path_factory.mktemp("article"), {"a": Paper("2025-02-05")}).article("a")


def test_the_meeting_itself_is_always_on_its_day(article: LinkedArticle) -> None:
    day = PartialDate.parse("2025-02")
    before, during, after = around([Event.of("meeting", day, article.headline)], day, day, AS_WRITTEN)
    assert (len(before), len(during), len(after)) == (0, 1, 0)


DATES = st.one_of(
    st.dates().map(str),
    st.dates().map(lambda day: f"{day.year:04}-{day.month:02}"),
    st.dates().map(lambda d: f"{d.year:04}"),
)


@given(dates=st.lists(DATES, max_size=12), one=DATES, other=DATES)
def test_no_event_around_a_meeting_is_lost_and_each_part_is_in_order(
    article: LinkedArticle, dates: list[str], one: str, other: str
) -> None:
    events = [Event.of("correction", PartialDate.parse(date), article.headline) for date in dates]
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
    assert 'href="timeline-2024-01.html">2024-01</a> <span class="u">403</span>' in year
    assert tally(site / "archive/timeline-2024.html") == "3 of 406 events are shown here."


def test_no_page_of_a_year_changes_its_address_when_the_site_grows(tmp_path: Path) -> None:
    small = built(tmp_path / "small", published(*["2023-05-01"] * 101))
    large = built(tmp_path / "large", published(*["2023-05-01"] * 401, *["2024-02-01"] * 5))
    addresses = {file.name for file in small.glob("archive/timeline-*.html")}
    assert addresses == {"timeline-2023.html"}
    assert addresses <= {file.name for file in large.glob("archive/timeline-*.html")}
