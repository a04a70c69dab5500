"""When a meeting takes place: its days are those of its venue, wherever else a text about it was published."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from briefing.diagnostics import Diagnostic, Pointer
from briefing.model.dates import PartialDate, When
from briefing.model.entity import Place
from briefing.model.summit import Summit
from briefing.model.zones import zone
from briefing.read.content import Content


def venue_of(summit: Summit, places: Mapping[str, Place]) -> Place | None:
    """The place that gives the meeting its time zone: the city, else the country."""
    named = [summit.venue.city, summit.venue.country] if summit.venue else []
    return next((places[id] for id in named if id and id in places and places[id].timezone), None)


def day_there(when: When, venue: Place | None) -> PartialDate:
    """The day at the venue; of a time whose venue is not known, and of a date, the day as it is written."""
    if when.instant is None or venue is None or venue.timezone is None:
        return when.day
    return PartialDate.of(when.instant.astimezone(zone(venue.timezone)).date())


def is_before_meeting(when: When, summit: Summit, venue: Place | None) -> bool:
    """Whether it was before the meeting began, or on its first day where nobody knows the hours."""
    start = summit.start
    if when.instant and start.instant:
        return when.instant <= start.instant
    return day_there(when, venue).earliest <= day_there(start, venue).latest


def last_day(summit: Summit) -> PartialDate:
    """The day after which the meeting is over."""
    return (summit.end or summit.start).day


def check_offsets(content: Content) -> Iterator[Diagnostic]:
    """A warning for each time of a meeting that the clocks of its venue do not show."""
    for summit in content.summits.values():
        venue = venue_of(summit.record, content.places)
        if venue is None or venue.timezone is None:
            continue
        for key, when in (("start", summit.record.start), ("end", summit.record.end)):
            if when and when.instant:
                yield from _offset(when.instant, venue.name, venue.timezone, Pointer(summit.path, (key,)))


def _offset(written: datetime, place: str, name: str, where: Pointer) -> Iterator[Diagnostic]:
    there = written.astimezone(zone(name))
    if there.utcoffset() == written.utcoffset():
        return
    clock = written.replace(tzinfo=zone(name))
    help = f"write `{_iso(clock)}` if the clocks there show that time, or `{_iso(there)}` for the same moment"
    message = f"{_iso(written)[-6:]} is not the offset of {place} ({name}) on that day"
    if clock.astimezone(UTC).astimezone(zone(name)).replace(tzinfo=None) != written.replace(tzinfo=None):
        message = f"the clocks of {place} ({name}) leave out {written:%H:%M} on that day"
        help = f"write `{_iso(there)}` for the same moment, or the time that was meant"
    yield Diagnostic("wrong-offset", message, where, help, severity="warning")


def _iso(when: datetime) -> str:
    return when.isoformat(timespec="seconds" if when.second else "minutes")
