"""Axes: where the days of a summit's timeline stand in a line, in percent, so that its words keep their size."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from briefing.link.changes import StatusMoved, is_unrated
from briefing.link.site import LinkedClaim
from briefing.model.frozen import frozen

# The largest and the least radius of a point.
MOST, LEAST = 11, 4
# Points nearer to each other than this, in percent, are one: their numbers would run into each other.
APART = 6.0
# Years are named where they stand as far as this from each other.
YEARS_APART = 12.0
# At the ends there is room for half a year's four figures on the narrowest phone.
_BEGIN, _WIDTH = 6.0, 88.0


# Where something stands, and how many.
Mark = tuple[float, int]


@frozen
class PointView:
    """A point of an axis: where it stands in percent, how many it stands for, its radius, and whether it is to come."""

    x: str
    count: int
    radius: int
    is_ahead: bool


@frozen
class AxisView:
    """A line of time: the years with their places, and the points on it."""

    years: tuple[tuple[int, str], ...]
    points: tuple[PointView, ...]


def axis(start: date, moved: Iterable[StatusMoved], claims: Iterable[LinkedClaim]) -> AxisView | None:
    """When statuses changed since a meeting, and when its open claims are to be looked at again; None if neither."""
    changes = [change.entry.came_about.latest for change in moved if not is_unrated(change)]
    reviews = [claim.claim.review_by.latest for claim in claims if claim.is_open and claim.claim.review_by]
    days = [start, *changes, *reviews]
    if len(days) < 2 or min(days) == max(days):
        return None
    first, last = min(days), max(days)

    def place(day: date) -> float:
        return _BEGIN + _WIDTH * (day - first).days / (last - first).days

    marks = [[(place(day), count) for day, count in sorted(Counter(found).items())] for found in (changes, reviews)]
    years: list[tuple[int, float]] = []
    for year in range(first.year, last.year + 1):
        x = place(max(date(year, 1, 1), first))
        if not years or x - years[-1][1] >= YEARS_APART:
            years.append((year, x))
    shown = _without_crowding(*marks)
    return AxisView(
        tuple((year, f"{x:.1f}") for year, x in years),
        tuple(PointView(f"{x:.1f}", count, _radius(count), is_ahead) for x, count, is_ahead in shown),
    )


def _without_crowding(changes: Sequence[Mark], reviews: Sequence[Mark]) -> list[tuple[float, int, bool]]:
    """Points in their order, none of which covers the number of another. Near ones of a kind are one; of two kinds they
    make room for each other."""
    apart = APART
    while len(points := [*_joined(changes, apart, False), *_joined(reviews, apart, True)]) > _WIDTH // APART:
        apart += APART
    points.sort()
    places = [x for x, _, _ in points]
    for number in range(1, len(places)):
        places[number] = max(places[number], places[number - 1] + APART)
    most = _BEGIN + _WIDTH
    for number in reversed(range(len(places))):
        places[number] = most = min(places[number], most)
        most -= APART
    return [(x, count, is_ahead) for x, (_, count, is_ahead) in zip(places, points, strict=True)]


def _joined(marks: Iterable[Mark], apart: float, is_ahead: bool) -> Iterator[tuple[float, int, bool]]:
    """Points of one kind, those that are nearer to each other than so much as one."""
    place, count = 0.0, 0
    for x, more in marks:
        if count and x - place >= apart:
            yield place, count, is_ahead
            count = 0
        if not count:
            place = x
        count += more
    if count:
        yield place, count, is_ahead


def _radius(count: int) -> int:
    return min(MOST, LEAST + count // 2)
