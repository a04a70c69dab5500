"""Dates as sources give them: ISO 8601, perhaps only a year or a month, perhaps uncertain or approximate; times always
with their offset."""

import calendar
import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta
from functools import lru_cache, total_ordering
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from briefing.model.frozen import Frozen

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)", re.ASCII)
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,12})?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = _EPOCH.toordinal()
_SPAN = re.compile(r"P(?=\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})D)?", re.ASCII)


class Typed(Frozen, ABC):
    """A value that pydantic makes from its text by the class method `parse`."""

    __slots__ = ()

    pattern = ""

    @classmethod
    @abstractmethod
    def parse(cls, text: str) -> Any:
        """The value that the text stands for; PydanticCustomError where it stands for none."""

    @classmethod
    def _validate(cls, value: Any) -> Any:
        if isinstance(value, cls):
            return value
        if not isinstance(value, str):
            raise PydanticCustomError("string_type", "Input should be a valid string")
        return cls.parse(value)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._validate, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "pattern": cls.pattern}


def _impossible(text: str) -> PydanticCustomError:
    return PydanticCustomError("bad_date", "`{value}` is not a possible date", {"value": text})


# The same few dates are asked for again and again.
@lru_cache(maxsize=65536)
def _days(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    """The first and the last day that a date of that precision can mean."""
    last = month or 12
    return date(year, month or 1, day or 1), date(year, last, day or calendar.monthrange(year, last)[1])


@lru_cache(maxsize=65536)
def _written(year: int, month: int | None, day: int | None) -> str:
    parts = (f"{year:04}", f"{month:02}" if month else None, f"{day:02}" if day else None)
    return "-".join(part for part in parts if part)


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate(Typed):
    """A day, a month or a year of the proleptic Gregorian calendar (ISO 8601, reduced precision).

    A `qualification` says how far to trust the whole date, as the Extended Date/Time Format does (EDTF level 1, Library
    of Congress; ISO 8601-2): `?` uncertain, `~` approximate, `%` both. It stands where it stood without one.
    """

    year: int
    month: int | None = None
    day: int | None = None
    qualification: str = ""

    pattern = r"^\d{4}(-\d{2}(-\d{2})?)?[?~%]?$"

    @classmethod
    @lru_cache(maxsize=65536)
    def parse(cls, text: str) -> "PartialDate":
        match = _DATE.fullmatch(text)
        if match is None:
            if _TIME.fullmatch(text):
                raise PydanticCustomError(
                    "time_for_day", "`{value}` is a time where a day is expected", {"value": text}
                )
            raise _impossible(text)
        year, month, day = (int(part) if part else None for part in match.groups()[:3])
        assert year is not None
        try:
            date(year, 1 if month is None else month, 1 if day is None else day)
        except ValueError:
            raise _impossible(text) from None
        return cls(year, month, day, match.group(4))

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        return cls(day.year, day.month, day.day)

    @property
    def earliest(self) -> date:
        """The first day it can mean."""
        return _days(self.year, self.month, self.day)[0]

    @property
    def latest(self) -> date:
        """The last day it can mean."""
        return _days(self.year, self.month, self.day)[1]

    @property
    def is_approximate(self) -> bool:
        return self.qualification in ("~", "%")

    @property
    def is_uncertain(self) -> bool:
        return self.qualification in ("?", "%")

    @property
    def iso(self) -> str:
        """The date without its qualification: ISO 8601, as HTML has it."""
        return _written(self.year, self.month, self.day)

    def is_before(self, other: "PartialDate") -> bool:
        """Whether it is certainly earlier. Of a date that is approximate or uncertain nobody can tell."""
        return not (self.qualification or other.qualification) and self.latest < other.earliest

    def __lt__(self, other: "PartialDate") -> bool:
        return (self.earliest, self.latest, self.qualification) < (other.earliest, other.latest, other.qualification)

    def __str__(self) -> str:
        return self.iso + self.qualification


@total_ordering
@dataclass(frozen=True, slots=True)
class When(Typed):
    """A `PartialDate`, or an instant: a date and time with its UTC offset. Ordered by the date as written.

    An instant counts in whole seconds; a fraction is read and dropped.
    """

    day: PartialDate
    instant: datetime | None = None

    pattern = (
        r"^\d{4}(-\d{2}(-\d{2})?)?[?~%]?$|"
        r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}([.,]\d{1,12})?)?(Z|[+-]\d{2}:\d{2})$"
    )

    @classmethod
    def parse(cls, text: str) -> "When":
        match = _TIME.fullmatch(text)
        if match is None:
            if "T" in text or ":" in text:
                raise PydanticCustomError("bad_time", "`{value}` is not a time of ISO 8601", {"value": text})
            return cls(PartialDate.parse(text))
        if match.group(1) is None:
            raise PydanticCustomError("no_offset", "`{value}` has no UTC offset", {"value": text})
        try:
            instant = datetime.fromisoformat(text).replace(microsecond=0)
        except ValueError:
            raise _impossible(text) from None
        if abs(instant.utcoffset() or timedelta()) > timedelta(hours=14):
            raise _impossible(text)
        # In other zones the first and the last year of the calendar lie partly outside it, and nobody means them:
        # other programs write them for "no date" and "for ever".
        if instant.year in (MINYEAR, MAXYEAR):
            raise PydanticCustomError("empty_time", "`{value}` stands for no date in other programs", {"value": text})
        return cls(PartialDate.of(instant.date()), instant)

    @property
    def _days_anywhere(self) -> tuple[int, int]:
        """The first and the last day that it can be somewhere on Earth, as ordinals; of a date the days it can mean."""
        if self.instant is None:
            return self.day.earliest.toordinal(), self.day.latest.toordinal()
        hours = (self.instant - _EPOCH) // timedelta(hours=1)
        return _EPOCH_DAY + (hours - 12) // 24, _EPOCH_DAY + (hours + 14) // 24

    def is_before(self, other: "When") -> bool:
        """Whether it is certainly earlier. Where only one of the two is an instant, wherever that may be."""
        if self.instant and other.instant:
            return self.instant < other.instant
        if self.day.qualification or other.day.qualification:
            return False
        return self._days_anywhere[1] < other._days_anywhere[0]

    def _key(self) -> tuple[date, date, float]:
        return self.day.earliest, self.day.latest, self.instant.timestamp() if self.instant else 0.0

    def __lt__(self, other: "When") -> bool:
        return self._key() < other._key()

    def __str__(self) -> str:
        return self.instant.isoformat() if self.instant else str(self.day)


@dataclass(frozen=True, slots=True)
class Span(Typed):
    """A length of time in calendar years, months and days (ISO 8601 duration: `P1Y6M`)."""

    years: int = 0
    months: int = 0
    days: int = 0

    pattern = r"^P(\d+Y)?(\d+M)?(\d+D)?$"

    @classmethod
    def parse(cls, text: str) -> "Span":
        match = _SPAN.fullmatch(text)
        if match is None:
            raise PydanticCustomError("bad_span", "`{value}` is not a duration", {"value": text})
        return cls(*(int(part or 0) for part in match.groups()))

    def after(self, day: date) -> date:
        """The day that lies this span after `day`; the last of the month where the day does not exist."""
        months = day.year * 12 + day.month - 1 + self.years * 12 + self.months
        year, month = min(months // 12, 9999), months % 12 + 1
        start = date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
        return date.fromordinal(min(start.toordinal() + self.days, date.max.toordinal()))

    def __str__(self) -> str:
        parts = ((self.years, "Y"), (self.months, "M"), (self.days, "D"))
        return "P" + ("".join(f"{count}{unit}" for count, unit in parts if count) or "0D")
