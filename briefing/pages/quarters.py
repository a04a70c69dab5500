"""The ledger through time: how many claims were open, settled and not to be rated at the end of each quarter."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date

from briefing.link.ledger import UNRATED
from briefing.link.site import LinkedClaim
from briefing.model.claim import OPEN_STATUSES
from briefing.model.frozen import frozen

# The newest so many are drawn; the picture is so high, in pixels.
MOST = 12
HEIGHT = 80
_KINDS = ("settled", "open", "unrated")


@frozen
class QuarterView:
    """The end of a quarter: its year, which of the four it is, how many claims stood where, and the bar of each kind
    from the bottom: where it stands in percent, and its top and height in pixels."""

    year: int
    number: int
    settled: int
    open: int
    unrated: int
    x: str
    center: str
    width: str
    bars: tuple[tuple[str, int, int], ...]


def quarters(claims: Iterable[LinkedClaim], today: date | None) -> tuple[QuarterView, ...]:
    """The quarters since the first claim of the ledger, the present one last; none before there are two."""
    known = [claim for claim in claims if claim.claim.weight == "major"]
    if not known or today is None:
        return ()
    first = min(claim.published for claim in known)
    ends = [(year, number) for year in range(first.year, today.year + 1) for number in (1, 2, 3, 4)]
    ends = [end for end in ends if _quarter(first) <= end <= _quarter(today)][-MOST:]
    if len(ends) < 2:
        return ()
    counts = _counts(known, [min(_last_day(*end), today) for end in ends])
    most = max(*(sum(of.values()) for of in counts), 1)
    step = 100 / len(ends)
    found = []
    for place, (end, of) in enumerate(zip(ends, counts, strict=True)):
        bars, top = [], HEIGHT
        for kind in _KINDS:
            height = round(HEIGHT * of[kind] / most)
            top -= height
            if height:
                bars.append((kind, top, height))
        x, center = f"{place * step + step * 0.15:.2f}", f"{(place + 0.5) * step:.2f}"
        found.append(
            QuarterView(*end, of["settled"], of["open"], of["unrated"], x, center, f"{step * 0.7:.2f}", tuple(bars))
        )
    return tuple(found)


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month + 2) // 3


def _last_day(year: int, number: int) -> date:
    month = number * 3
    return date(year, month, 31 if month in (3, 12) else 30)


def _counts(claims: Iterable[LinkedClaim], days: Sequence[date]) -> list[dict[str, int]]:
    """How the claims stood on each of some days, in their order, of which anything was known by then."""
    found = [dict.fromkeys(_KINDS, 0) for _ in days]
    for linked in claims:
        # Each status holds from its day on until that of any later one; before all of them nothing has come of it.
        end = len(days)
        steps = [(step.came_about.latest, step.status) for step in reversed(linked.claim.history)]
        for day, status in (*steps, (date.min, "pending")):
            kind = "open" if status in OPEN_STATUSES else "unrated" if status == UNRATED else "settled"
            start = bisect_left(days, max(day, linked.published))
            for at in range(start, end):
                found[at][kind] += 1
            end = min(start, end)
    return found
