"""The timeline: meetings, publications, corrections, changes of status and due dates, in one order."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import Literal, NamedTuple

from briefing.link.site import Headline, LinkedClaim, LinkedSummit
from briefing.model.claim import StatusEntry
from briefing.model.dates import PartialDate, When

Kind = Literal["meeting", "publication", "correction", "status", "due"]
# How the events of one day follow each other.
KINDS: tuple[Kind, ...] = ("meeting", "publication", "correction", "status", "due")
_PLACES = {kind: place for place, kind in enumerate(KINDS)}
COMING = frozenset(["meeting", "due"])
# A claim's first entry says that it was recorded, not that anything happened; nor did it where nothing can be known.
FIRST_STATUSES = frozenset(["pending", "unverified"])
NEVER_HAPPENED = "unratable"


class Event(NamedTuple):
    """Something on a date. What it is about: a summit, an article or a claim; `number` is that of the correction
    or of the history entry it comes from. The `digest` is of all that it is about, which has the dates of its own."""

    kind: Kind
    date: PartialDate
    about: LinkedSummit | Headline | LinkedClaim
    name: bytes  # what tells it from other events of what it is about
    digest: bytes
    number: int = 0

    @classmethod
    def of(
        cls, kind: Kind, date: PartialDate, about: LinkedSummit | Headline | LinkedClaim, number: int = 0
    ) -> "Event":
        name = b"%b%d" % (kind.encode(), number)
        return cls(kind, date, about, name, about.digest + name, number)

    @property
    def claim(self) -> LinkedClaim | None:
        """The claim that it is about, if it is about one."""
        return self.about if isinstance(self.about, LinkedClaim) else None

    @property
    def article(self) -> Headline | None:
        """The article that it is about, if it is about one."""
        return self.about if isinstance(self.about, Headline) else None

    @property
    def entry(self) -> StatusEntry:
        """The history entry of a change of status."""
        assert self.claim is not None
        return self.claim.claim.history[self.number]

    @property
    def status_before(self) -> str | None:
        """What the claim's status was before a change of it."""
        assert self.claim is not None
        if self.number:
            return self.claim.claim.history[self.number - 1].status
        return "pending" if self.claim.is_forward else None


def events_of(
    articles: Iterable[Headline], claims: Iterable[LinkedClaim], meetings: Iterable[LinkedSummit] = ()
) -> list[Event]:
    """The events of some articles, claims and summits, the newest first. Those with equal dates are in the order of
    kinds, then in that of what they are about."""
    events = [Event.of("meeting", summit.record.start.day, summit) for summit in meetings]
    for article in articles:
        events.append(Event.of("publication", article.published.day, article))
        for number, correction in enumerate(article.record.corrections):
            events.append(Event.of("correction", correction.on, article, number))
    for linked in claims:
        claim = linked.claim
        for number, entry in enumerate(claim.history):
            if entry.status != NEVER_HAPPENED and (number or entry.status not in FIRST_STATUSES):
                events.append(Event.of("status", entry.came_about, linked, number))
        if claim.due and linked.is_open:
            events.append(Event.of("due", claim.due, linked))
    # By date, and of one date by kind: sorting keeps the order of what is equal.
    events.sort(key=_by_kind)
    events.sort(key=_by_date, reverse=True)
    return events


_by_date = attrgetter("date.latest", "date.earliest")


def _by_kind(event: Event) -> tuple[str, int]:
    return event.date.qualification, _PLACES[event.kind]


def topics_of(summit: LinkedSummit, claims: Iterable[LinkedClaim]) -> dict[str, None]:
    """The topics of a summit: those of its agenda and of its claims."""
    topics: dict[str, None] = {item.topic: None for item in summit.record.agenda}
    for linked in claims:
        topics.update(dict.fromkeys(linked.claim.topics))
    return topics


def parted(events: Sequence[Event], is_to_come: Callable[[date], bool]) -> tuple[list[Event], list[Event]]:
    """Of events, newest first, those still to come and the others.

    To come are meetings and due dates of which no day has begun that could be their last.
    """
    begun = next((number for number, event in enumerate(events) if not is_to_come(event.date.latest)), len(events))
    ahead = [event for event in events[:begun] if event.kind in COMING]
    return ahead, [event for event in events[:begun] if event.kind not in COMING] + list(events[begun:])


def around(
    events: Iterable[Event], start: PartialDate, end: PartialDate, day_there: Callable[[When], PartialDate]
) -> tuple[list[Event], ...]:
    """The events before, on and after the days of a meeting, each the oldest first.

    `day_there` tells which day it was at the venue when an article was published.

    A date of less precision belongs before if it is over when the meeting starts, else after, unless it can only
    mean the meeting's days.
    """
    before: list[Event] = []
    during: list[Event] = []
    after: list[Event] = []
    for event in events:
        is_published = event.article and event.kind == "publication"
        day = day_there(event.article.record.published) if event.article and is_published else event.date
        if day.latest < start.earliest:
            before.append(event)
        elif event.kind == "meeting" or (day.earliest >= start.earliest and day.latest <= end.latest):
            during.append(event)
        else:
            after.append(event)
    return tuple(oldest_first(part) for part in (before, during, after))


def oldest_first(events: Iterable[Event]) -> list[Event]:
    """The events from the oldest on; those of equal dates in the order of kinds."""
    return sorted(events, key=_oldest_first)


def _oldest_first(event: Event) -> tuple[date, date, str, int]:
    return event.date.latest, event.date.earliest, event.date.qualification, _PLACES[event.kind]
