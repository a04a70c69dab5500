"""The ledger: every expectation, proposal and commitment, and whether its outcome came late."""

from collections.abc import Iterable
from datetime import date

from briefing.link.site import LinkedClaim
from briefing.model.claim import OPEN_STATUSES, Claim, StatusEntry
from briefing.model.dates import PartialDate
from briefing.model.frozen import frozen

CAME_TRUE = frozenset(["fulfilled", "partly"])
UNRATED = "unratable"
# What is settled first, then what is open, and always what cannot be rated.
ORDER = (
    "fulfilled",
    "partly",
    "not-fulfilled",
    "overtaken",
    "superseded",
    "stalled",
    "in-progress",
    "pending",
    UNRATED,
)

# From one day to a later one.
Delay = tuple[date, date]


@frozen
class Entry:
    """A claim in the ledger. `settled` is when its last status was recorded, for those that are not open.

    `late`: it came true, in full or in part, after the day on which it was due: from that day to when it did.
    `deadline`: it is open, and overdue after that day.
    """

    linked: LinkedClaim
    status: str
    settled: PartialDate | None = None
    late: Delay | None = None
    deadline: date | None = None

    @property
    def claim(self) -> Claim:
        return self.linked.claim

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES

    @property
    def is_unrated(self) -> bool:
        return self.status == UNRATED


def entry_of(linked: LinkedClaim) -> Entry | None:
    """The entry of a claim that looks ahead; None for any other. It comes from the claim alone."""
    if not linked.is_forward:
        return None
    claim, due = linked.claim, linked.claim.due.latest if linked.claim.due else None
    status = linked.status or "pending"
    if status in OPEN_STATUSES:
        return Entry(linked, status, deadline=due)
    first = first_of_status(claim.history)
    came = first.came_about.earliest
    is_late = status in CAME_TRUE and due is not None and due < came
    return Entry(linked, status, first.on, late=(due, came) if due and is_late else None)


def entries_of(claims: Iterable[LinkedClaim]) -> list[Entry]:
    """The entries of those claims that have one, in their order."""
    return [entry for linked in claims if (entry := entry_of(linked))]


def open_first(entries: Iterable[Entry]) -> list[Entry]:
    """The open entries: the oldest due first, then those without a due date, the oldest first."""
    return sorted((entry for entry in entries if entry.is_open), key=_by_due)


def settled_last(entries: Iterable[Entry]) -> list[Entry]:
    """The entries with an outcome, the last to be settled first; what cannot be rated has none."""
    settled = [entry for entry in entries if entry.settled and not entry.is_unrated]
    return sorted(settled, key=_by_settled)


def unrated(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that cannot be rated, the last to be found so first."""
    return sorted((entry for entry in entries if entry.is_unrated), key=_by_settled)


def first_of_status(history: tuple[StatusEntry, ...]) -> StatusEntry:
    """The entry that brought the present status; later ones of the same status only add to it."""
    first = history[-1]
    for entry in reversed(history):
        if entry.status != first.status:
            break
        first = entry
    return first


def _by_due(entry: Entry) -> tuple[bool, date, date, str]:
    due, said = entry.claim.due, entry.linked.published
    return due is None, due.latest if due else said, said, entry.linked.ref


def _by_settled(entry: Entry) -> tuple[int, str]:
    assert entry.settled is not None
    return -entry.settled.latest.toordinal(), entry.linked.ref
