"""The records' own clock: it stands at the newest day on which the desk is known to have recorded anything."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

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


# Asked for twice in a build: for the pages, and for figures that have grown old.
@lru_cache(maxsize=1)
def last_recorded(site: Site) -> date | None:
    """The day of an edition, else the newest of an article, a claim, a correction or a status.

    It stands for "now" where pages need one, so that a build is the same on every machine and day. Of a month or
    a year it is the first day, so that nothing is called late before it must be.
    """
    return site.as_of or max(_recorded(site), default=None)


def _recorded(site: Site) -> Iterator[date]:
    for article in site.articles:
        record = article.record
        yield record.published.day.earliest
        if record.updated:
            yield record.updated.day.earliest
        yield from (correction.on.earliest for correction in record.corrections)
    for linked in site.claims.values():
        yield linked.recorded
        yield from (entry.on.earliest for entry in linked.claim.history)
