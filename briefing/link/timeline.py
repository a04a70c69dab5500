"""The timeline: meetings, publications, corrections, changes of status and due dates, in one order."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from briefing.link.site import LinkedArticle, LinkedClaim, LinkedSummit, Site
from briefing.model.claim import StatusEntry
from briefing.model.dates import PartialDate, When

Kind = Literal["meeting", "publication", "correction", "status", "due"]
# How the events of one day follow each other.
KINDS: tuple[Kind, ...] = ("meeting", "publication", "correction", "status", "due")
_PLACES = {kind: place for place, kind in enumerate(KINDS)}
COMING = frozenset(["meeting", "due"])
# A claim's first entry says that it was recorded, not that anything happened.
FIRST_STATUSES = frozenset(["pending", "unverified"])


@dataclass(frozen=True, slots=True, eq=False)
class Event:
    """Something on a date. It is about a summit, an article or a claim; `index` is the correction or the
    history entry it comes from."""

    kind: Kind
    date: PartialDate
    summit: LinkedSummit | None = None
    article: LinkedArticle | None = None
    claim: LinkedClaim | None = None
    index: int = 0

    @property
    def about(self) -> LinkedClaim | LinkedArticle | LinkedSummit:
        """What it is about."""
        of = self.claim or self.article or self.summit
        assert of is not None
        return of

    @property
    def name(self) -> bytes:
        """What tells it from other events of what it is about."""
        return b"%b%d" % (self.kind.encode(), self.index)

    @property
    def digest(self) -> bytes:
        """Of all that it is about; an article or a claim has the dates of its own."""
        return self.about.digest + self.name

    @property
    def entry(self) -> StatusEntry:
        """The history entry of a change of status."""
        assert self.claim is not None
        return self.claim.claim.history[self.index]

    @property
    def status_before(self) -> str | None:
        """What the claim's status was before a change of it."""
        assert self.claim is not None
        if self.index:
            return self.claim.claim.history[self.index - 1].status
        return "pending" if self.claim.is_forward else None


@dataclass(slots=True)
class Timeline:
    """All events, the newest first, and those of each summit and topic in the same order."""

    events: Sequence[Event] = ()
    by_summit: dict[str, list[Event]] = field(default_factory=dict)
    by_topic: dict[str, list[Event]] = field(default_factory=dict)


def timeline(site: Site) -> Timeline:
    """The events of the site. Those with equal dates keep the order of kinds, then that of articles and claims."""
    events = sorted(_events(site), key=_newest_first)
    found = Timeline(tuple(events))
    topics_of_summits = _topics_of_summits(site)
    for event in events:
        for summit in _summits_of(event):
            found.by_summit.setdefault(summit, []).append(event)
        for topic in _topics_of(event, topics_of_summits):
            found.by_topic.setdefault(topic, []).append(event)
    return found


def _events(site: Site) -> Iterator[Event]:
    for id in site.summits:
        summit = site.meetings[id]
        yield Event("meeting", summit.record.start.day, summit=summit)
    for article in site.articles:
        yield from events_of(article)


def events_of(article: LinkedArticle) -> Iterator[Event]:
    """What comes of one article: that it was published and corrected, and what became of its claims."""
    yield Event("publication", article.published.day, article=article)
    for index, correction in enumerate(article.record.corrections):
        yield Event("correction", correction.on, article=article, index=index)
    for linked in article.claims:
        claim = linked.claim
        for index, entry in enumerate(claim.history):
            if index or entry.status not in FIRST_STATUSES:
                yield Event("status", entry.came_about, claim=linked, index=index)
        if claim.due and linked.is_open:
            yield Event("due", claim.due, claim=linked)


def _newest_first(event: Event) -> tuple[int, int, str, int]:
    latest, earliest = event.date.latest, event.date.earliest
    return -latest.toordinal(), -earliest.toordinal(), event.date.qualification, _PLACES[event.kind]


def _topics_of_summits(site: Site) -> dict[str, dict[str, None]]:
    """The topics of each summit: those of its agenda and of its claims."""
    topics: dict[str, dict[str, None]] = {
        id: {item.topic: None for item in summit.record.agenda} for id, summit in site.content.summits.items()
    }
    for id, claims in site.by_summit.items():
        for linked in claims:
            topics.setdefault(id, {}).update(dict.fromkeys(linked.claim.topics))
    return topics


def _summits_of(event: Event) -> Iterable[str]:
    if event.article:
        return dict.fromkeys(event.article.record.summits)
    summit = event.claim.summit if event.claim else event.summit.id if event.summit else None
    return (summit,) if summit else ()


def _topics_of(event: Event, of_summits: dict[str, dict[str, None]]) -> Iterable[str]:
    if event.article:
        return dict.fromkeys(topic for anchored in event.article.claims for topic in anchored.claim.topics)
    if event.claim:
        return dict.fromkeys(event.claim.claim.topics)
    return of_summits.get(event.summit.id, ()) if event.summit else ()


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
