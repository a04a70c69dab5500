"""Calendars, read back by icalendar: events have the dates and the words that they were given, in lines that fit."""

from datetime import UTC, date, datetime, timedelta, timezone

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from briefing.machines.icalendar import CalendarEvent, calendar

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
