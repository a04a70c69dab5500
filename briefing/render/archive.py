"""Long lists: the newest items on one page, the older ones on pages by year and month."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from briefing.model.dates import PartialDate
from briefing.render.views import LinkView

# More than these on one page and the older ones move to pages by year, then by month.
NEWEST = 100
PER_YEAR = 300

T = TypeVar("T")
Periods = tuple[tuple[LinkView, int], ...]


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """A page of older items: the items, or links to the pages of its months with their counts."""

    path: str
    label: str
    items: tuple[T, ...]
    periods: Periods


@dataclass(frozen=True, slots=True)
class Archive(Generic[T]):
    """The newest items, links to the pages by year with their counts, and those pages."""

    newest: tuple[T, ...]
    years: Periods = ()
    parts: tuple[Part[T], ...] = ()


def archived(items: tuple[T, ...], date_of: Callable[[T], PartialDate], stem: str) -> Archive[T]:
    """The items, newest first, cut into pages whose addresses begin with `stem`.

    Addresses are stable: a year's page stays where it is when it grows so long that it lists months instead.
    """
    if len(items) <= NEWEST:
        return Archive(items)
    years: list[tuple[LinkView, int]] = []
    parts: list[Part[T]] = []
    for year, of_year in _grouped(items, lambda item: f"{date_of(item).year:04}"):
        path = f"{stem}-{year}.html"
        years.append((LinkView(year, path), len(of_year)))
        if len(of_year) <= PER_YEAR:
            parts.append(Part(path, year, of_year, ()))
            continue
        months = _grouped(of_year, lambda item: str(PartialDate(date_of(item).year, date_of(item).month)))
        parts += [Part(f"{stem}-{month}.html", month, of_month, ()) for month, of_month in months if month != year]
        links = tuple((LinkView(month, f"{stem}-{month}.html"), len(of)) for month, of in months if month != year)
        undated = tuple(item for month, of_month in months if month == year for item in of_month)
        parts.append(Part(path, year, undated, links))
    return Archive(items[:NEWEST], tuple(years), tuple(parts))


def _grouped(items: Iterable[T], key: Callable[[T], str]) -> list[tuple[str, tuple[T, ...]]]:
    groups: dict[str, list[T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return [(name, tuple(group)) for name, group in groups.items()]
