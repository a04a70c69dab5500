"""The records' own clock: it stands at the newest day on which the desk is known to have recorded anything."""

from collections.abc import Iterable
from datetime import date

from briefing.model.dates import PartialDate
from briefing.model.frozen import frozen
from briefing.read.articles import ArticleFile

# A length of time in words: how many, and of what.
Length = tuple[int, str]


@frozen
class Clock:
    """What can be asked of the clock. It has no `day` in a site without records."""

    day: date | None

    def has_passed(self, day: date) -> bool:
        """Whether that day is over."""
        return self.day is not None and day < self.day

    def is_to_come(self, day: date) -> bool:
        """Whether that day has not begun."""
        return self.day is not None and day > self.day

    def since(self, day: date) -> Length | None:
        """How long ago a day was."""
        return length(day, self.day) if self.day else None


def clock_of(articles: Iterable[ArticleFile], as_of: date | None) -> Clock:
    """The clock at the day of an edition, else at the newest of an article, a claim, a correction or a status.

    It stands for "now" where pages need one, so that a build is the same on every machine and day. Of a month or
    a year it is the first day, so that nothing is called late before it must be.
    """
    return Clock(as_of or max((article.recorded for article in articles), default=None))


def newest(days: Iterable[date | None], written: Iterable[PartialDate | None]) -> date | None:
    """The newest of days and of those on which texts were written, as far as they are known; of a month or a year the
    first day, as the clock has it."""
    known = [*days, *(day.earliest for day in written if day)]
    return max((day for day in known if day), default=None)


def length(start: date, end: date) -> Length:
    """The time from one day to a later one, coarser the longer it is: 9 days, 14 months, 3 years."""
    days = (end - start).days
    if days <= 60:
        return days, "day"
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    return (months, "month") if months < 36 else (months // 12, "year")
