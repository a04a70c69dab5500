"""The ledger page, and the slice of the ledger that other pages show."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from briefing.link.ledger import ORDER, UNRATED, Entry, open_first, settled_last, unrated
from briefing.link.site import LinkedClaim
from briefing.model.claim import Modality
from briefing.model.dates import PartialDate
from briefing.read.content import CONFIG
from briefing.render.archive import Periods, archived
from briefing.render.maker import Maker
from briefing.render.page import Context, Page
from briefing.render.tongues import english
from briefing.render.views import ClaimView, LinkView

PATH = "ledger.html"
KINDS: tuple[Modality, ...] = ("expectation", "proposal", "commitment")
# How many entries of each group the page shows; the pages by year have them all.
SHOWN = 60
PER_PART = 150


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims stand at each status, and how many there are.

    What cannot be rated is always among the statuses; `late` of those that came true, and `overdue` of those open.
    """

    statuses: tuple[tuple[str, int], ...]
    total: int
    late: int
    overdue: int


@dataclass(frozen=True, slots=True)
class LedgerView:
    """Claims by what became of them; of each group as many as the page shows, and how many there are in all."""

    counts: Tally
    open: tuple[ClaimView, ...]
    open_count: int
    settled: tuple[ClaimView, ...]
    settled_count: int
    unrated: tuple[ClaimView, ...]
    unrated_count: int


@dataclass(frozen=True, slots=True)
class StatusView:
    """A status and how many claims stand at it: of each kind, and in all."""

    status: str
    of_kinds: tuple[int, ...]
    total: int


def tally(maker: Maker, claims: Iterable[LinkedClaim]) -> Tally:
    """The counts of those of the claims that are in the ledger."""
    return _tally(maker, maker.views.ledger(claims))


def ledger_slice(maker: Maker, claims: Iterable[LinkedClaim], shown: int | None = SHOWN) -> LedgerView:
    """The ledger of some claims: of each group the first `shown`, or all."""
    entries = maker.views.ledger(claims)
    open, settled, undecided = open_first(entries), settled_last(entries), unrated(entries)
    views = (maker.views.claims(entry.linked for entry in group[:shown]) for group in (open, settled, undecided))
    of_open, of_settled, of_undecided = views
    counts = _tally(maker, entries)
    return LedgerView(counts, of_open, len(open), of_settled, len(settled), of_undecided, len(undecided))


def ledger_pages(maker: Maker) -> Iterator[Page]:
    """The ledger, and all its entries on pages by the year in which they were said."""
    claims = tuple(maker.in_ledger)
    listing = archived(claims, lambda claim: claim.article.record.published.day, "archive/ledger", PER_PART)
    yield maker.page(PATH, "ledger.html", english("Ledger"), partial(_context, maker, claims, listing.years), CONFIG)
    for part in listing.parts:
        context = partial(_part, maker, part.items, part.periods)
        title = english(f"Ledger, {part.label}")
        yield maker.page(part.path, "archive.html", title, context, CONFIG, day=part.label)


def _context(maker: Maker, claims: tuple[LinkedClaim, ...], years: Periods) -> Context:
    day = maker.views.today
    shown = ledger_slice(maker, claims, SHOWN if years else None)
    counts = Counter((entry.claim.modality, entry.status) for entry in maker.views.ledger(claims))
    kinds = Counter(claim.claim.modality for claim in claims)
    return {
        "ledger": shown,
        "kinds": tuple((kind, kinds[kind]) for kind in KINDS),
        "statuses": tuple(
            StatusView(status, tuple(counts[kind, status] for kind in KINDS), total)
            for status, total in shown.counts.statuses
        ),
        "day": maker.views.date(PartialDate.of(day)) if day else None,
        "years": years,
    }


def _part(maker: Maker, claims: tuple[LinkedClaim, ...], periods: Periods) -> Context:
    return {
        "up": LinkView(english("Ledger"), PATH),
        "kind": "ledger",
        "ledger": ledger_slice(maker, claims, None),
        "periods": periods,
    }


def _tally(maker: Maker, entries: list[Entry]) -> Tally:
    counts = Counter(entry.status for entry in entries)
    statuses = tuple((status, counts[status]) for status in ORDER if counts[status] or status == UNRATED)
    late = sum(entry.late is not None for entry in entries)
    deadlines = Counter(entry.deadline for entry in entries if entry.deadline)
    overdue = sum(count for deadline, count in deadlines.items() if maker.views.has_passed(deadline))
    return Tally(statuses, len(entries), late, overdue)
