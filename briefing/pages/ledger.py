"""The ledger page, and the slice of the ledger that other pages show."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from briefing.link.ledger import ORDER, UNRATED, Entry, entries_of, open_first, settled_last, unrated
from briefing.link.lists import Lists
from briefing.link.scope import Scope
from briefing.link.site import LinkedClaim
from briefing.model.claim import Modality
from briefing.model.dates import PartialDate
from briefing.model.frozen import frozen
from briefing.pages.archive import Part, Periods, archived, part_title
from briefing.pages.page import Context, Page, Section
from briefing.pages.quarters import quarters
from briefing.read.content import CONFIG
from briefing.views.listed import LEDGER_ROW, Listed
from briefing.views.values import LinkView
from briefing.views.views import Views

PATH = "ledger.html"
KINDS: tuple[Modality, ...] = ("expectation", "proposal", "commitment")
# How many entries of each group the page shows; the pages by year have them all.
ENTRIES_SHOWN = 60
PER_PART = 150


# Where its sections stand in the plan, and the addresses that are no record's.
WEIGHT = 40
PATHS = (PATH,)


def sections(lists: Lists) -> Iterator[Section[Any]]:
    """The ledger of the site."""
    yield Section("ledger", ledger_pages, partial(ledger_arguments, lists), paths=(PATH, "archive/ledger-"))


@frozen
class Tally:
    """How many claims stand at each status, and how many there are; minor ones are not counted, but `minor` says how
    many they are.

    What cannot be rated is always among the statuses; `late` of those that came true, and `overdue` of those open.
    """

    statuses: tuple[tuple[str, int], ...]
    total: int
    late: int
    overdue: int
    minor: int

    def of(self, status: str) -> int:
        """How many stand at a status."""
        return dict(self.statuses).get(status, 0)

    @property
    def ratable(self) -> int:
        """How many can be rated."""
        return self.total - self.of(UNRATED)


@frozen
class LedgerView:
    """Claims by what became of them; of each group as many as the page shows, and how many there are in all."""

    counts: Tally
    open: Listed
    open_count: int
    settled: Listed
    settled_count: int
    unrated: Listed
    unrated_count: int


@frozen
class StatusView:
    """A status and how many claims stand at it: of each kind, and in all; the width of its bar in percent."""

    status: str
    of_kinds: tuple[int, ...]
    total: int
    width: int


@frozen
class LedgerArguments:
    """All claims that look ahead, newest first, and the day to which ages are counted."""

    claims: Sequence[LinkedClaim]
    day: PartialDate | None
    scope: Scope


def ledger_arguments(lists: Lists) -> LedgerArguments:
    """What the ledger is made from."""
    day = lists.site.clock.day
    return LedgerArguments(lists.ledger, PartialDate.of(day) if day else None, lists.site.scope(()))


def tally(claims: Iterable[LinkedClaim]) -> Tally:
    """The counts of those of the claims that are in the ledger."""
    return _tally(entries_of(claims))


def ledger_slice(claims: Iterable[LinkedClaim], shown: int | None = ENTRIES_SHOWN) -> LedgerView:
    """The ledger of some claims: of each group the first `shown`, or all."""
    entries = entries_of(claims)
    open, settled, undecided = open_first(entries), settled_last(entries), unrated(entries)
    groups = [Listed(LEDGER_ROW, [entry.linked for entry in group[:shown]]) for group in (open, settled, undecided)]
    counts = _tally(entries)
    return LedgerView(counts, groups[0], len(open), groups[1], len(settled), groups[2], len(undecided))


def ledger_pages(given: LedgerArguments) -> Iterator[Page]:
    """The ledger, and all its entries on pages by the year in which they were said."""
    claims, views = tuple(given.claims), Views(given.scope)
    title = views.say("ledger.title")
    listing = archived(claims, lambda claim: claim.article.published.day, "archive/ledger", views, PER_PART)
    lede = views.say("ledger.lede")
    yield Page(PATH, "ledger.html", title, partial(_context, given, listing.years), CONFIG, (), lede)
    for part in listing.parts:
        context = partial(_part_context, part, LinkView(title, PATH))
        yield Page(part.path, "archive.html", part_title(title, part, views), context, CONFIG)


def _context(given: LedgerArguments, years: Periods) -> Context:
    shown = ledger_slice(given.claims, ENTRIES_SHOWN if years else None)
    major = [entry for entry in entries_of(given.claims) if entry.claim.weight == "major"]
    counts = Counter((entry.claim.modality, entry.status) for entry in major)
    kinds = Counter(entry.claim.modality for entry in major)
    return {
        "ledger": shown,
        "kinds": tuple((kind, kinds[kind]) for kind in KINDS),
        "statuses": tuple(
            StatusView(status, tuple(counts[kind, status] for kind in KINDS), total, 100 * total // shown.counts.total)
            for status, total in shown.counts.statuses
            if total
        ),
        "quarters": quarters(given.claims, given.day.latest if given.day else None),
        "day": Views(given.scope).date(given.day) if given.day else None,
        "years": years,
    }


def _part_context(part: Part[LinkedClaim], up: LinkView) -> Context:
    shown = {"ledger": ledger_slice(part.items, None), "periods": part.periods, "is_by_day": part.is_by_day}
    return {"up": up, "kind": "ledger", **shown}


def _tally(entries: Sequence[Entry]) -> Tally:
    major = [entry for entry in entries if entry.claim.weight == "major"]
    counts = Counter(entry.status for entry in major)
    statuses = tuple((status, counts[status]) for status in ORDER if counts[status] or status == UNRATED)
    late = sum(entry.late is not None for entry in major)
    overdue = sum(entry.linked.is_overdue for entry in major)
    return Tally(statuses, len(major), late, overdue, len(entries) - len(major))
