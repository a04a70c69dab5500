"""The calendars of the demonstration, read by icalendar: meetings and the days of open claims, as the YAML has them."""

import calendar
from collections import Counter
from datetime import date
from pathlib import Path

import icalendar
import pytest

from tests.demo.reading import Claim, claims, front_matter
from tests.markup import parsed

SUMMITS = front_matter("summits")


def last_day(day: str) -> date:
    """Of a year, a month or a day."""
    year, month, of_month = [*map(int, day.split("-")), *[12, 0][day.count("-") :]]
    return date(year, month, of_month or calendar.monthrange(year, month)[1])


def events_in(file: Path) -> dict[str, icalendar.Component]:
    """The events by their names."""
    read = list(icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT"))
    events = {str(event["UID"]).partition("@")[0]: event for event in read}
    assert len(events) == len(read)
    return events


def days_of(claim: Claim) -> dict[str, str]:
    """The names of its events, with their days."""
    days = {}
    if claim.is_open and (due := claim.fields.get("due")):
        days[f"due/{claim.ref}"] = due
    if claim.is_open and (look := claim.fields.get("review_by")) and look != claim.fields.get("due"):
        days[f"review/{claim.ref}"] = look
    return days


def test_the_calendar_has_every_meeting_and_every_day_of_an_open_claim(site: Path) -> None:
    events = events_in(site / "calendar.ics")
    expected = {name: day for claim in claims().values() for name, day in days_of(claim).items()}
    assert events.keys() == expected.keys() | {f"meeting/{id}" for id in SUMMITS}
    assert Counter(name.partition("/")[0] for name in events)["due"] > 10
    for name, day in expected.items():
        event, claim = events[name], claims()[name.partition("/")[2]]
        assert event.decoded("DTSTART") == last_day(day)
        assert (event.decoded("DTEND") - event.decoded("DTSTART")).days == 1
        assert claim.fields["label"] in str(event["SUMMARY"])
        newest = max([str(entry["on"]) for entry in claim.history] or [claim.fields.get("recorded", claim.published)])
        assert event.decoded("DTSTAMP").date() >= date.fromisoformat(newest[:10])


@pytest.mark.parametrize("page", ["index.html", "summits/index.html"])
def test_who_comes_to_the_site_finds_its_calendar(site: Path, page: str) -> None:
    heads = [one for one in parsed(site / page).iter("link") if one.get("type") == "text/calendar"]
    links = [str(one.get("href")) for one in parsed(site / page).iter("a")]
    [found] = {str(one.get("href")) for one in heads}
    assert (site / page).parent.joinpath(found).resolve() == (site / "calendar.ics").resolve()
    assert found in links


@pytest.mark.parametrize("id", SUMMITS)
def test_a_meeting_has_a_calendar_of_its_own(site: Path, id: str) -> None:
    events, record = events_in(site / f"calendars/{id}.ics"), SUMMITS[id]
    mine = [claim for claim in claims().values() if claim.summit == id and claim.ref not in record.get("exclude", [])]
    assert events.keys() == {f"meeting/{id}"} | {name for claim in mine for name in days_of(claim)}
    meeting = events[f"meeting/{id}"]
    assert str(meeting["SUMMARY"]) == record["title"]
    assert meeting.decoded("DTSTART") == date.fromisoformat(record["start"])
    last = date.fromisoformat(str(record.get("end", record["start"])))
    assert (meeting.decoded("DTEND") - last).days == 1
    assert str(meeting["STATUS"]) == {"held": "CONFIRMED", "planned": "TENTATIVE"}[record["status"]]
