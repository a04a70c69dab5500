"""When a meeting is: before and after it by the clocks of its venue, offsets that these do not show, meetings past."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from briefing.build import Request, check
from briefing.diagnostics import Diagnostic
from tests.samples import first_of
from tests.sites.desks import Paper, built, write_desk

PLACES = (
    "dc: {name: Washington, kind: city, timezone: America/New_York}\n"
    "harbor: {name: Harbor, kind: city}\n"
    "japan: {name: Japan, kind: country, timezone: Asia/Tokyo}\n"
)
BEFORE, AFTER = "Said before", "Promised"


def meeting(start: str, venue: str = "{city: dc}", more: str = "status: held") -> dict[str, str]:
    head = f"---\ntitle: The meeting\nstart: {start}\nvenue: {venue}\n{more}\n---\n"
    return {"content/summits/meeting.md": head, "content/places.yaml": PLACES}


def said(published: str) -> dict[str, Paper]:
    return {"talks": Paper(published, {"one": {"modality": "expectation", "summit": "meeting"}})}


# When and where a meeting is, when something was said, and whether that was before it or on its day.
SIDES: dict[str, tuple[str, str, str, bool]] = {
    "the next day there, the same at the venue": ("2026-03-06", "{city: dc}", "2026-03-07T09:00+09:00", True),
    "the next day at the venue too": ("2026-03-06", "{city: dc}", "2026-03-07T15:00+09:00", False),
    "the same day there, the next at the venue": ("2026-03-06", "{city: dc}", "2026-03-06T23:30-08:00", False),
    "the venue's country has the zone": (
        "2026-03-06",
        "{city: harbor, country: japan}",
        "2026-03-06T12:00-05:00",
        False,
    ),
    "no zone is known": ("2026-03-06", "{city: harbor}", "2026-03-07T09:00+09:00", False),
    "both hours are known": ("2026-03-06T19:30-05:00", "{city: dc}", "2026-03-07T09:00+09:00", True),
    "both hours are known, and it was later": ("2026-03-06T18:30-05:00", "{city: dc}", "2026-03-07T09:00+09:00", False),
    "a day and an hour of the next day in another zone": (
        "2026-03-07T01:00+01:00",
        "{city: dc}",
        "2026-03-07",
        False,
    ),
    "two days": ("2026-03-06", "{city: dc}", "2026-03-06", True),
    "a month": ("2026-03", "{city: dc}", "2026-04-01T03:00+09:00", True),
}


@pytest.mark.parametrize("case", first_of(3, SIDES))
def test_before_and_after_are_told_by_the_clocks_of_the_venue(case: str, tmp_path: Path) -> None:
    start, venue, published, is_before = SIDES[case]
    output = built(tmp_path, said(published), meeting(start, venue))
    headings = re.findall(r"<h3>([^<]+)</h3>", (output / "summits/meeting.html").read_text(encoding="utf-8"))
    assert (BEFORE in headings, AFTER in headings) == (is_before, not is_before)


def told(folder: Path, files: Mapping[str, str], on: date | None = None) -> list[Diagnostic]:
    return list(check(Request(write_desk(folder, {"talks": Paper("2026-01-01")}, files)), on=on).outcome().problems)


# A time at a venue, and what is said of it.
OFFSETS: dict[str, tuple[str, str, str | None, str | None]] = {
    "the offset of summer": ("2026-07-06T12:00-04:00", "{city: dc}", None, None),
    "that of winter, in summer": (
        "2026-07-06T12:00-05:00",
        "{city: dc}",
        "-05:00 is not the offset of Washington (America/New_York) on that day",
        "write `2026-07-06T12:00-04:00` if the clocks there show that time, or `2026-07-06T13:00-04:00` for the same "
        "moment",
    ),
    "that of summer, in winter": (
        "2026-01-06T12:00-04:00",
        "{city: dc}",
        "-04:00 is not the offset of Washington (America/New_York) on that day",
        "write `2026-01-06T12:00-05:00` if the clocks there show that time, or `2026-01-06T11:00-05:00` for the same "
        "moment",
    ),
    "an hour that is left out": (
        "2026-03-08T02:30-05:00",
        "{city: dc}",
        "the clocks of Washington (America/New_York) leave out 02:30 on that day",
        "write `2026-03-08T03:30-04:00` for the same moment, or the time that was meant",
    ),
    "an hour that is left out, with the other offset": (
        "2026-03-08T02:30-04:00",
        "{city: dc}",
        "the clocks of Washington (America/New_York) leave out 02:30 on that day",
        "write `2026-03-08T01:30-05:00` for the same moment, or the time that was meant",
    ),
    "the hour that comes twice, first": ("2026-11-01T01:30-04:00", "{city: dc}", None, None),
    "the hour that comes twice, then": ("2026-11-01T01:30-05:00", "{city: dc}", None, None),
    "the time of somewhere else": (
        "2026-07-07T02:00+09:00",
        "{city: dc}",
        "+09:00 is not the offset of Washington (America/New_York) on that day",
        "write `2026-07-07T02:00-04:00` if the clocks there show that time, or `2026-07-06T13:00-04:00` for the same "
        "moment",
    ),
    "the country's, where the city has none": (
        "2026-07-07T02:00+08:00",
        "{city: harbor, country: japan}",
        "+08:00 is not the offset of Japan (Asia/Tokyo) on that day",
        "write `2026-07-07T02:00+09:00` if the clocks there show that time, or `2026-07-07T03:00+09:00` for the same "
        "moment",
    ),
    "no zone to hold it against": ("2026-07-07T02:00+08:00", "{city: harbor}", None, None),
    "a day": ("2026-07-07", "{city: dc}", None, None),
}


@pytest.mark.parametrize("key", ["start", "end"])
@pytest.mark.parametrize("case", first_of(4, OFFSETS))
def test_an_offset_that_the_clocks_of_the_venue_do_not_show_is_told(case: str, key: str, tmp_path: Path) -> None:
    when, venue, message, help = OFFSETS[case]
    files = meeting(when, venue, "status: planned") if key == "start" else meeting("2025", venue, f"end: {when}")
    found = told(tmp_path, files)
    assert [(one.message, one.help, one.severity) for one in found] == ([(message, help, "warning")] if message else [])
    assert all(one.code == "wrong-offset" and one.place.path == "content/summits/meeting.md" for one in found)


# A meeting's days and status; whether it is still to come on 2026-03-05, and what `check` says of it on that day.
COMING: dict[str, tuple[str, str, bool, list[str]]] = {
    "planned, long ago": ("2016-03-06", "", False, ["`meeting` is planned, and its day, 2016-03-06, is over"]),
    "planned, yesterday": ("2026-03-04", "", False, ["`meeting` is planned, and its day, 2026-03-04, is over"]),
    "planned, today": ("2026-03-05", "", True, []),
    "planned, some day of this month": ("2026-03", "", True, []),
    "planned, going on": ("2026-03-01", "end: 2026-03-06", True, []),
    "planned, at an end": (
        "2026-03-01",
        "end: 2026-03-04",
        False,
        ["`meeting` is planned, and its day, 2026-03-04, is over"],
    ),
    "postponed from a past day": (
        "2026-02-01",
        "status: postponed",
        False,
        ["`meeting` is postponed, and its day, 2026-02-01, is over"],
    ),
    "postponed to a day to come": ("2026-06-01", "status: postponed", True, []),
    "held": ("2026-02-01", "status: held", False, []),
    "cancelled": ("2026-02-01", "status: cancelled", False, []),
}


@pytest.mark.parametrize("case", first_of(3, COMING))
def test_a_meeting_whose_day_is_over_is_not_to_come_but_to_be_looked_at(case: str, tmp_path: Path) -> None:
    start, more, is_coming, messages = COMING[case]
    files = meeting(start, "{city: dc}", more)
    found = told(tmp_path / "checked", files, date(2026, 3, 5))
    assert [(one.code, one.message) for one in found] == [("review-due", message) for message in messages]
    output = built(tmp_path / "built", {"talks": Paper("2026-03-05")}, files)
    page = (output / "index.html").read_text(encoding="utf-8")
    assert ("<h2>What is coming</h2>" in page) is is_coming
    assert ("<h2>What came of each meeting</h2>" in page) is not is_coming


def test_meetings_and_claims_to_be_looked_at_stand_in_one_order(tmp_path: Path) -> None:
    papers = {"talks": Paper("2026-01-01", {"one": {"modality": "expectation", "due": "2026-02-15"}})}
    files = meeting("2026-02-20", "{city: dc}", "")
    files["content/summits/first.md"] = "---\ntitle: First\nstart: 2026-02-01\nstatus: postponed\n---\n"
    run = check(Request(write_desk(tmp_path, papers, files)), on=date(2026, 3, 5))
    assert [one.message.split()[0] for one in run.outcome().problems] == ["`first`", "`one`", "`meeting`"]
