"""Dates as sources give them: ISO 8601, perhaps only a year or a month, perhaps uncertain or approximate; times always
with their offset."""

import calendar
import re
from abc import abstractmethod
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta
from functools import lru_cache, total_ordering
from typing import Any, ClassVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from briefing.model.frozen import RECURRING, frozen

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)", re.ASCII)
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,12})?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)
_DATE_PATTERN = "[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?[?~%]?"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = _EPOCH.toordinal()
_SPAN = re.compile(r"P(?=\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})D)?", re.ASCII)


class Typed:
    """A value that pydantic makes from its text by the class method `parse`."""

    __slots__ = ()

    # What JSON Schemas say of it: what no text breaks that `parse` takes, and how it may look.
    pattern = ""
    form = ""
    examples: ClassVar[tuple[str, ...]] = ()

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
        # A year is a number to other readers of YAML.
        year = {"minimum": 1, "maximum": 9999, "multipleOf": 1}
        form = {"pattern": cls.pattern, "patternErrorMessage": cls.form, "examples": list(cls.examples)}
        return {"type": "string", **form, **year}


def _impossible(text: str) -> PydanticCustomError:
    return PydanticCustomError("bad_date", "`{value}` is not a possible date", {"value": text})


@total_ordering
@frozen
class PartialDate(Typed):
    """A day, a month or a year of the proleptic Gregorian calendar (ISO 8601, reduced precision).

    A `qualification` says how far to trust the whole date, as the Extended Date/Time Format does (EDTF level 1, Library
    of Congress; ISO 8601-2): `?` uncertain, `~` approximate, `%` both. It stands where it stood without one.
    """

    # The first and the last day it can mean: of a year, a month or a day, so that they say which of these it is.
    earliest: date
    latest: date
    qualification: str = ""

    pattern = f"^{_DATE_PATTERN}$"
    form = "write YYYY-MM-DD, YYYY-MM or YYYY"
    examples = ("2025-02-07", "2025-02", "2025~")

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
        year, month, day, qualification = match.groups()
        try:
            earliest = date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            raise _impossible(text) from None
        if day:
            return cls(earliest, earliest, qualification)
        last = earliest.month if month else 12
        return cls(earliest, date(earliest.year, last, calendar.monthrange(earliest.year, last)[1]), qualification)

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        return cls(day, day)

    @property
    def year(self) -> int:
        return self.earliest.year

    @property
    def month(self) -> int | None:
        """None for a year."""
        return self.earliest.month if self.earliest.month == self.latest.month else None

    @property
    def day(self) -> int | None:
        """None for a year or a month."""
        return self.earliest.day if self.earliest == self.latest else None

    @property
    def is_approximate(self) -> bool:
        return self.qualification in ("~", "%")

    @property
    def is_uncertain(self) -> bool:
        return self.qualification in ("?", "%")

    @property
    def iso(self) -> str:
        """The date without its qualification: ISO 8601, as HTML has it."""
        text = self.earliest.isoformat()
        return text if self.earliest == self.latest else text[: 7 if self.month else 4]

    def is_before(self, other: "PartialDate") -> bool:
        """Whether it is certainly earlier. Of a date that is approximate or uncertain nobody can tell."""
        return not (self.qualification or other.qualification) and self.latest < other.earliest

    def __lt__(self, other: "PartialDate") -> bool:
        return (self.earliest, self.latest, self.qualification) < (other.earliest, other.latest, other.qualification)

    def __str__(self) -> str:
        return self.iso + self.qualification


RECURRING.add(PartialDate)


@total_ordering
@frozen
class When(Typed):
    """A `PartialDate`, or an instant: a date and time with its UTC offset. Ordered by the date as written.

    An instant counts in whole seconds; a fraction is read and dropped.
    """

    day: PartialDate
    instant: datetime | None = None

    pattern = (
        f"^(?:{_DATE_PATTERN}|"
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,12})?)?(?:Z|[+-][0-9]{2}:[0-9]{2}))$"
    )
    form = "write YYYY-MM-DD, or a time with its offset, as in 2025-02-07T11:55-05:00"
    examples = ("2025-02-07", "2025-02-07T11:55-05:00")

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


@frozen
class Span(Typed):
    """A length of time in calendar years, months and days (ISO 8601 duration: `P1Y6M`)."""

    years: int = 0
    months: int = 0
    days: int = 0

    pattern = "^P(?=[0-9])(?:[0-9]{1,4}Y)?(?:[0-9]{1,4}M)?(?:[0-9]{1,5}D)?$"
    form = "write an ISO 8601 duration, such as P1Y or P6M"
    examples = ("P1Y", "P6M")

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
