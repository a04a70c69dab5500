"""Axes: where the days of a summit's timeline stand in a line, in percent, so that its words keep their size."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from briefing.link.changes import StatusMoved, is_unrated
from briefing.link.site import LinkedClaim

# The largest and the least radius of a point.
MOST, LEAST = 11, 4
# Points nearer to each other than this, in percent, are one: their numbers would run into each other.
APART = 6.0
# Years are named where they stand as far as this from each other.
YEARS_APART = 12.0
# At the ends there is room for half a year's four figures on the narrowest phone.
_BEGIN, _WIDTH = 6.0, 88.0


@dataclass(frozen=True, slots=True)
class PointView:
    """A point of an axis: where it stands in percent, how many it stands for, its radius, and whether it is to come."""

    x: str
    count: int
    radius: int
    is_ahead: bool


@dataclass(frozen=True, slots=True)
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

    points: list[tuple[float, int, bool]] = []
    for found, is_ahead in ((Counter(changes), False), (Counter(reviews), True)):
        for day in sorted(found):
            x = place(day)
            if points and points[-1][2] == is_ahead and x - points[-1][0] < APART:
                points[-1] = (points[-1][0], points[-1][1] + found[day], is_ahead)
            else:
                points.append((x, found[day], is_ahead))
    years: list[tuple[int, float]] = []
    for year in range(first.year, last.year + 1):
        x = place(max(date(year, 1, 1), first))
        if not years or x - years[-1][1] >= YEARS_APART:
            years.append((year, x))
    shown = _without_crowding(points)
    return AxisView(
        tuple((year, f"{x:.1f}") for year, x in years),
        tuple(PointView(f"{x:.1f}", count, _radius(count), is_ahead) for x, count, is_ahead in shown),
    )


def _without_crowding(points: list[tuple[float, int, bool]]) -> list[tuple[float, int, bool]]:
    """Points in their order, none of which covers the number of another."""
    found: list[tuple[float, int, bool]] = []
    for x, count, is_ahead in sorted(points):
        moved = max(x, found[-1][0] + APART) if found else x
        found.append((min(moved, 100 - APART / 2), count, is_ahead))
    return found


def _radius(count: int) -> int:
    return min(MOST, LEAST + count // 2)
