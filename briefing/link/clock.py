"""The records' own clock: it stands at the newest day on which the desk is known to have recorded anything."""

from dataclasses import dataclass
from datetime import date

from briefing.link.site import Site


@dataclass(frozen=True, slots=True)
class Clock:
    """What can be asked of the clock. It has no `day` in a site without records."""

    day: date | None

    def has_passed(self, day: date) -> bool:
        """Whether that day is over."""
        return self.day is not None and day < self.day

    def is_to_come(self, day: date) -> bool:
        """Whether that day has not begun."""
        return self.day is not None and day > self.day


def last_recorded(site: Site) -> date | None:
    """The day of an edition, else the newest of an article, a claim, a correction or a status.

    It stands for "now" where pages need one, so that a build is the same on every machine and day. Of a month or
    a year it is the first day, so that nothing is called late before it must be.
    """
    return site.as_of or max((article.recorded for article in site.articles), default=None)
