"""Dates as pages, mails, feeds and other programs write them, to dates of ISO 8601; what could be two days is none."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from pydantic_core import PydanticCustomError

from briefing.model.dates import When

_ISO = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})(?:[T ]+(?P<time>\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?"
    r"\s*(?P<offset>Z|z|UTC|GMT|[+\-−]\d{2}:?\d{2}|[+-]\d{2})?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z)?)?")
_PARTIAL = re.compile(r"\d{4}(?:-\d{2})?")
_SLASHES = re.compile(r"(\d{4})[/.] ?(\d{1,2})[/.] ?(\d{1,2})\b")
_EAST = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
_WORDS = re.compile(
    r"(?:[A-Za-z]+day,?\s+)?"
    r"(?:(?P<first>[A-Za-z]{3,9})\.?\s+(?P<d1>\d{1,2})(?:st|nd|rd|th)?,?"
    r"|(?P<d2>\d{1,2})(?:st|nd|rd|th)?\s+(?P<second>[A-Za-z]{3,9})\.?,?)\s+(?P<year>\d{4})"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as an article has it (`When`), and whether a time was given of which nobody knows the offset."""

    text: str
    lacks_offset: bool = False

    @property
    def day(self) -> str:
        return self.text[:10]

    @property
    def has_time(self) -> bool:
        return "T" in self.text


def dated(text: str) -> Dated | None:
    """The date that a text is, in the place and with the offset that it gives; None for what is none, or could be two.

    A time without an offset is left out: nobody can tell which day it is elsewhere, so only its day is known.
    """
    text = " ".join(text.split())[:80]
    for read in (_iso, _compact, _numbers, _in_words, _of_mail):
        found = read(text)
        if found is not None and _is_possible(found.text):
            return found
    return None


def _is_possible(text: str) -> bool:
    try:
        when = When.parse(text)
    except PydanticCustomError:
        return False
    return 1000 < when.day.year < 9000


def _iso(text: str) -> Dated | None:
    found = _ISO.fullmatch(text)
    if found is None:
        return Dated(text) if _PARTIAL.fullmatch(text) else None
    if not found["time"]:
        return Dated(found["day"])
    if not found["offset"]:
        return Dated(found["day"], lacks_offset=True)
    return Dated(f"{found['day']}T{found['time'].zfill(5 if len(found['time']) < 6 else 8)}{_offset(found['offset'])}")


def _offset(text: str) -> str:
    if text in ("Z", "z", "UTC", "GMT"):
        return "Z"
    sign, digits = text[0].replace("−", "-"), text[1:].replace(":", "").ljust(4, "0")
    return f"{sign}{digits[:2]}:{digits[2:]}"


def _compact(text: str) -> Dated | None:
    found = _COMPACT.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    if zone:
        return Dated(f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}Z")
    return Dated(f"{year}-{month}-{day}", lacks_offset=bool(hour))


def _numbers(text: str) -> Dated | None:
    """Days that begin with their year, which nobody orders otherwise."""
    found = _SLASHES.match(text) or _EAST.search(text)
    if found is None:
        return None
    year, month, day = found.groups()
    return Dated(f"{year}-{month:0>2}-{day:0>2}", lacks_offset=":" in text or "時" in text)


def _in_words(text: str) -> Dated | None:
    found = _WORDS.fullmatch(text)
    name = (found["first"] or found["second"]).lower() if found else ""
    month = next((at for at, month in enumerate(_MONTHS, 1) if name in (month, month[:3], month[:4])), 0)
    if found is None or not month:
        return None
    return Dated(f"{found['year']}-{month:02}-{int(found['d1'] or found['d2']):02}")


def _of_mail(text: str) -> Dated | None:
    """As mails and RSS have it (RFC 5322): `-0000` is a time whose place is not told, which is that of UTC."""
    if not re.search(r"\d{1,2}:\d{2}", text):
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        if not text.endswith("-0000"):
            return Dated(moment.date().isoformat(), lacks_offset=True)
        moment = moment.replace(tzinfo=UTC)
    return Dated(in_iso(moment))


def in_iso(moment: datetime) -> str:
    """An instant, with its offset; UTC as `Z`."""
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def is_later(one: Dated, other: Dated) -> bool:
    """Whether a date is certainly later than another."""
    later, earlier = When.parse(one.text), When.parse(other.text)
    return earlier.is_before(later)


def chosen(given: "list[Dated]") -> Dated | None:
    """The first of several dates, or a later one that says the same more exactly.

    That is a time with its offset on the same day, or the same moment told by the clocks of its place instead of UTC.
    """
    if not given:
        return None
    first = given[0]
    if not first.has_time:
        return next((one for one in given if one.has_time and one.day == first.day), first)
    if first.text.endswith("Z"):
        moment = datetime.fromisoformat(first.text)
        same = (one for one in given if one.has_time and datetime.fromisoformat(one.text) == moment)
        return next((one for one in same if not one.text.endswith("Z")), first)
    return first
