"""Calendars, read back by icalendar: events have the dates and the words that they were given, in lines that fit."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from briefing.machines.icalendar import CalendarEvent, calendar
from tests.sites.desks import Paper, built

# What a file of content can hold: no control characters but the end of a line.
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=300)


def read(data: bytes) -> list[icalendar.Component]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


@given(TEXTS, TEXTS, TEXTS)
def test_texts_come_back_as_they_were_in_lines_that_fit(name: str, summary: str, place: str) -> None:
    event = CalendarEvent("a@b", date(2025, 2, 7), date(2025, 2, 7), None, summary, place, place)
    data = calendar(name, "en", [event])
    lines = data.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in b"".join(lines)
    data.decode()  # no piece parts a character
    [found] = read(data)
    assert str(found["SUMMARY"]) == summary
    assert str(found.get("LOCATION", "")) == place
    assert str(icalendar.Calendar.from_ical(data)["X-WR-CALNAME"]) == name


def test_whole_days_end_on_the_day_after_and_moments_are_in_utc() -> None:
    tokyo = timezone(timedelta(hours=9))
    days = CalendarEvent("days", date(2025, 2, 7), date(2025, 10, 27), date(2025, 10, 29), "Three days")
    hour = CalendarEvent(
        "hour",
        date(2025, 2, 7),
        datetime(2025, 10, 28, 8, 30, tzinfo=tokyo),
        datetime(2025, 10, 28, 9, 30, tzinfo=tokyo),
        "An hour",
    )
    first, second = read(calendar("Meetings", "en", [days, hour]))
    assert (first.decoded("DTSTART"), first.decoded("DTEND")) == (date(2025, 10, 27), date(2025, 10, 30))
    assert second.decoded("DTSTART") == datetime(2025, 10, 27, 23, 30, tzinfo=UTC)
    assert second.decoded("DTEND") - second.decoded("DTSTART") == timedelta(hours=1)
    assert b"DTSTART:20251027T233000Z" in calendar("Meetings", "en", [hour])


def test_those_who_subscribe_look_again_every_day() -> None:
    read_back = icalendar.Calendar.from_ical(calendar("Meetings", "en", []))
    assert read_back.decoded("REFRESH-INTERVAL") == timedelta(days=1)
    assert str(read_back["X-PUBLISHED-TTL"]) == "P1D"


def test_an_event_tells_on_whose_word_it_is_and_where_to_read_more(tmp_path: Path) -> None:
    claim = {"text": "They will sign it.", "modality": "commitment", "due": "2025-03-01"}
    papers = {"a": Paper("2025-02-05", {"x": claim})}
    for address, more in (("", ""), ("https://desk.example/b/", "\nhttps://desk.example/b/articles/a.html#x")):
        config = f"title: Desk\n{f'base_url: {address}' if address else ''}\n"
        [event] = read((built(tmp_path, papers, {"config.yaml": config}) / "calendar.ics").read_bytes())
        assert str(event["DESCRIPTION"]) == f"They will sign it.\nGazette{more}"
