"""Calendars: events as RFC 5545 has them."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from briefing.model.frozen import frozen

# No line is longer in octets, without its end (RFC 5545, 3.1).
LINE = 75
_ESCAPED = re.compile(r"[\\;,\n]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@frozen
class CalendarEvent:
    """Something from a day to another, both of them whole and part of it, or from one moment to another.

    `stamp` is the day on which it was written down as it is; `status` is TENTATIVE, CONFIRMED or CANCELLED.
    """

    uid: str
    stamp: date
    start: date | datetime
    end: date | datetime | None
    summary: str
    description: str | None = None
    location: str | None = None
    url: str | None = None
    status: str = "CONFIRMED"


def calendar(name: str, language: str, events: Iterable[CalendarEvent]) -> bytes:
    """A calendar with a name, in UTF-8."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//briefing-desk//briefing//EN", "CALSCALE:GREGORIAN"]
    lines += [f"NAME;LANGUAGE={language}:{_text(name)}", f"X-WR-CALNAME:{_text(name)}"]
    # How often those who subscribe look again (RFC 7986, 5.7), and as Outlook knows it: else it may be once a week.
    lines += ["REFRESH-INTERVAL;VALUE=DURATION:P1D", "X-PUBLISHED-TTL:P1D"]
    for event in events:
        lines += _lines(event)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _lines(event: CalendarEvent) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{event.stamp:%Y%m%d}T000000Z"
    yield f"DTSTART{_when(event.start)}"
    if isinstance(event.end, datetime):
        yield f"DTEND{_when(event.end)}"
    elif event.end is not None and event.end < date.max:
        # The end of whole days is the day after the last (RFC 5545, 3.6.1), which the last of all has none of.
        yield f"DTEND{_when(event.end + timedelta(days=1))}"
    yield f"SUMMARY:{_text(event.summary)}"
    for key, value in (("DESCRIPTION", event.description), ("LOCATION", event.location)):
        if value:
            yield f"{key}:{_text(value)}"
    if event.url:
        yield f"URL:{event.url}"
    yield f"STATUS:{event.status}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _when(when: date | datetime) -> str:
    if isinstance(when, datetime):
        return f":{when.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f";VALUE=DATE:{when:%Y%m%d}"


def _text(text: str) -> str:
    r"""The text in one line, with `\n` for ends of lines."""
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _ESCAPED.sub(lambda found: "\\n" if found[0] == "\n" else f"\\{found[0]}", text)


def _folded(line: str) -> bytes:
    """The line, in pieces of at most 75 octets which never part a character, each but the first after a space."""
    whole = line.encode()
    if len(whole) <= LINE:
        return whole + b"\r\n"
    pieces: list[bytes] = []
    piece = b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > LINE - bool(pieces):
            pieces.append(piece)
            piece = b""
        piece += octets
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"
