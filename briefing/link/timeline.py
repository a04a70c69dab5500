"""The timeline: what happened, and what changed in what is known of it, in one order. It tells no fact twice."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import Literal, NamedTuple

from briefing.link.changes import Change, ClaimsAdded, changes_of
from briefing.link.site import Headline, LinkedClaim, LinkedSummit
from briefing.model.dates import PartialDate

Kind = Literal["meeting", "publication", "due"]
# How the entries of one day follow each other: what happened, then what changed.
_PLACES: dict[Kind, int] = {"meeting": 0, "publication": 1, "due": 2}
_CHANGED = 3
_COMING = frozenset(["meeting", "due"])


class Event(NamedTuple):
    """Something that happens on a day, with what it is about: a meeting, an article that comes out, or a claim that is
    due. The `digest` is of all that it is about, which has the dates of its own."""

    kind: Kind
    on: PartialDate
    about: LinkedSummit | Headline | LinkedClaim
    name: bytes  # what tells it from other events of what it is about
    digest: bytes

    @classmethod
    def of(cls, kind: Kind, on: PartialDate, about: LinkedSummit | Headline | LinkedClaim) -> "Event":
        name = kind.encode()
        return cls(kind, on, about, name, about.digest + name)


Entry = Event | Change


def events_of(
    articles: Iterable[Headline], claims: Iterable[LinkedClaim], meetings: Iterable[LinkedSummit] = ()
) -> list[Event]:
    """The events of some articles, claims and meetings, by kind."""
    events = [Event.of("meeting", summit.record.start.day, summit) for summit in meetings]
    events += [Event.of("publication", article.published.day, article) for article in articles]
    due = ((linked, linked.claim.due) for linked in claims if linked.is_open)
    return events + [Event.of("due", on, linked) for linked, on in due if on]


def timeline_of(
    articles: Iterable[Headline], claims: Iterable[LinkedClaim], meetings: Iterable[LinkedSummit] = ()
) -> list[Entry]:
    """The events and the changes of some articles, claims and meetings, the newest first. Those of one day are in the
    order of kinds: what happened, then what changed.

    That an article came out and that its claims were added on the same day is one entry, the latter.
    """
    claims, articles = tuple(claims), tuple(articles)
    changes = changes_of(claims, articles)
    with_claims = {change.article.id for change in changes if isinstance(change, ClaimsAdded) and change.is_publication}
    events = events_of((one for one in articles if one.id not in with_claims), claims, meetings)
    # By date, and of one date by kind: sorting keeps the order of what is equal.
    entries = sorted([*events, *changes], key=_by_kind)
    return sorted(entries, key=_by_date, reverse=True)


_by_date = attrgetter("on.latest", "on.earliest")


def _by_kind(entry: Entry) -> tuple[str, int]:
    return entry.on.qualification, _place(entry)


def _place(entry: Entry) -> int:
    if isinstance(entry, Event):
        return _PLACES[entry.kind]
    return _PLACES["publication"] if isinstance(entry, ClaimsAdded) and entry.is_publication else _CHANGED


def has_happened(entry: Entry) -> bool:
    """Whether it is something that happened in the world, not in what is known of it."""
    return _place(entry) < _CHANGED


def topics_of(summit: LinkedSummit, claims: Iterable[LinkedClaim]) -> dict[str, None]:
    """The topics of a summit: those of its agenda and of its claims."""
    topics: dict[str, None] = {item.topic: None for item in summit.record.agenda}
    for linked in claims:
        topics.update(dict.fromkeys(linked.claim.topics))
    return topics


def parted(entries: Sequence[Entry], is_to_come: Callable[[date], bool]) -> tuple[list[Entry], list[Entry]]:
    """Of entries, newest first, those still to come, the soonest first; and the others, newest first.

    To come are meetings and due dates of which no day has begun that could be their last.
    """
    ahead: list[Entry] = []
    others: list[Entry] = []
    for entry in entries:
        is_ahead = isinstance(entry, Event) and entry.kind in _COMING and is_to_come(entry.on.latest)
        (ahead if is_ahead else others).append(entry)
    return sorted(ahead, key=_by_date), others
