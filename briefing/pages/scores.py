"""Scores: what became of the claims of a meeting, as chips or bars by topic, and when somebody looks again."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from briefing.link.ledger import ORDER
from briefing.link.meetings import is_before_meeting
from briefing.link.site import LinkedClaim, LinkedSummit
from briefing.model.dates import PartialDate
from briefing.model.frozen import frozen
from briefing.pages.ledger import Tally, tally
from briefing.views.listed import CHIP, OPEN, Listed
from briefing.views.summits import summit_view, venue_of
from briefing.views.values import DateView, LinkView, SummitView
from briefing.views.views import Views

# More chips than these in one place are no picture any more: there are bars then.
MOST_CHIPS = 60
# A whole bar, in its own units.
WHOLE = 1000


@frozen
class PartView:
    """A part of a bar: a status, how many claims stand at it, and from where to where it reaches, in thousandths."""

    status: str
    count: int
    x: int
    width: int


@frozen
class ScoreRowView:
    """What was said before and promised on a topic: as chips, or as the parts of bars where they are many."""

    topic: LinkView
    section: str
    before: Listed
    after: Listed
    before_bar: tuple[PartView, ...]
    after_bar: tuple[PartView, ...]


@frozen
class OpenView:
    """Open claims that are to be looked at again by a day, or of which no day is set."""

    by: DateView | None
    claims: Listed


class Counted(NamedTuple):
    """A summit with how many claims it has, how many of them are open, and what became of those said before it and of
    those made there and after."""

    summit: LinkedSummit
    claims: int
    open: int
    before: Tally
    after: Tally


@frozen
class BoardView:
    """A line of a board of meetings: a summit, its two bars, and what became of its claims."""

    summit: SummitView
    before: Tally
    before_bar: tuple[PartView, ...]
    after: Tally
    after_bar: tuple[PartView, ...]


class Parted(NamedTuple):
    """The claims of a meeting that look ahead: those from before it, and those made there and after."""

    before: list[LinkedClaim]
    after: list[LinkedClaim]


def parted(summit: LinkedSummit, claims: Iterable[LinkedClaim]) -> Parted:
    """The claims of a meeting by when they were made."""
    found = Parted([], [])
    # Of a meeting that has not been held everything is expected, and nothing promised there.
    is_held = summit.record.status == "held"
    for claim in claims:
        if claim.is_forward:
            found[int(is_held and not said_before(summit, claim))].append(claim)
    return found


def said_before(summit: LinkedSummit, claim: LinkedClaim) -> bool:
    """Whether it was said before the meeting. What the meeting's own documents say was not, whatever their date."""
    is_document = claim.article.id in summit.record.documents
    venue = venue_of(summit.record, summit.scope)
    return not is_document and is_before_meeting(claim.article.published, summit.record, venue)


def counted(summit: LinkedSummit, claims: Sequence[LinkedClaim]) -> Counted:
    """A summit with its counts."""
    before, after = parted(summit, claims)
    open = sum(linked.is_open and linked.claim.weight == "major" for linked in claims)
    return Counted(summit, len(claims), open, tally(before), tally(after))


def board_view(of: Counted) -> BoardView:
    """A line of a board."""
    view = summit_view(of.summit, of.claims, of.open)
    return BoardView(view, of.before, parts_of(of.before), of.after, parts_of(of.after))


def parts_of(counts: Tally) -> tuple[PartView, ...]:
    """The bar of some counts: its parts in the order of statuses."""
    found: list[PartView] = []
    before = 0
    for status, count in counts.statuses:
        start, end = (WHOLE * part // counts.total if counts.total else 0 for part in (before, before + count))
        if count:
            found.append(PartView(status, count, start, end - start))
        before += count
    return tuple(found)


def score_row(
    topic: LinkView, section: str, before: Sequence[LinkedClaim], after: Sequence[LinkedClaim], with_chips: bool
) -> ScoreRowView:
    """The score of a topic."""
    chips = [_in_order(claims) if with_chips else [] for claims in (before, after)]
    bars = [() if with_chips else parts_of(tally(claims)) for claims in (before, after)]
    return ScoreRowView(topic, section, Listed(CHIP, chips[0]), Listed(CHIP, chips[1]), bars[0], bars[1])


def _in_order(claims: Iterable[LinkedClaim]) -> list[LinkedClaim]:
    return sorted((claim for claim in claims if claim.claim.weight == "major"), key=lambda claim: _place(claim.status))


def _place(status: str | None) -> int:
    return ORDER.index(status) if status in ORDER else len(ORDER)


def open_by_day(claims: Iterable[LinkedClaim], views: Views) -> tuple[OpenView, ...]:
    """The open ones of some claims by the day when they are to be looked at again, the soonest first."""
    by_day: dict[PartialDate | None, list[LinkedClaim]] = {}
    for claim in claims:
        if claim.is_open:
            by_day.setdefault(claim.claim.review_by, []).append(claim)
    days = sorted((day for day in by_day if day), key=lambda day: (day.latest, day.earliest))
    return tuple(
        OpenView(views.date(day) if day else None, Listed(OPEN, by_day[day]))
        for day in [*days, *([None] if None in by_day else [])]
    )
