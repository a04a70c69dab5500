"""Long lists: the newest items on one page, all of them on pages by year, month or day."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Generic, TypeVar

from briefing.model.dates import PartialDate
from briefing.model.frozen import frozen
from briefing.pages.page import Context, Page
from briefing.views.listed import Kind, Listed
from briefing.views.phrases import Phrase
from briefing.views.values import LinkView
from briefing.views.views import Views
from briefing.views.words import date_words

# More than these on one page and the older ones move to pages by year, a long year's by month, a long month's by day.
NEWEST = 100
PER_PART = 300

# How much of an ISO date names a year, a month and a day.
_YEAR, _MONTH, _DAY = 4, 7, 10

T = TypeVar("T")
Periods = tuple[tuple[LinkView, int], ...]


@frozen
class Part(Generic[T]):
    """A page of a period's items, or links to the pages of its months or days with their counts."""

    path: str
    label: str
    items: tuple[T, ...]
    periods: Periods

    @property
    def is_by_day(self) -> bool:
        """Whether the shorter periods are days, and not months."""
        return len(self.label) == _MONTH


@frozen
class Archive(Generic[T]):
    """The newest items, links to the pages by year with their counts, and those pages."""

    newest: tuple[T, ...]
    years: Periods = ()
    parts: tuple[Part[T], ...] = ()


def archived(
    items: tuple[T, ...], date_of: Callable[[T], PartialDate], stem: str, views: Views, per_part: int = PER_PART
) -> Archive[T]:
    """The items, newest first, cut into pages of up to `per_part` whose addresses begin with `stem`.

    Addresses are stable: a period's page stays where it is when it grows so long that it lists shorter ones instead.
    """
    if len(items) <= NEWEST:
        return Archive(items)
    dated = list(_dated(items, date_of))
    years: list[tuple[LinkView, int]] = []
    parts: list[Part[T]] = []
    for year, of_year in _grouped(dated, _YEAR).items():
        years.append((LinkView(_period(year, views), f"{stem}-{year}.html"), len(of_year)))
        parts += _parts(of_year, stem, year, views, per_part)
    return Archive(items[:NEWEST], tuple(years), tuple(parts))


def _dated(items: Iterable[T], date_of: Callable[[T], PartialDate]) -> Iterator[tuple[str, T]]:
    """The items with their dates as ISO 8601 has them; items of one date mostly follow each other."""
    last, text = None, ""
    for item in items:
        date = date_of(item)
        if date is not last:
            last, text = date, str(date)
        yield text, item


def _parts(dated: Sequence[tuple[str, T]], stem: str, label: str, views: Views, per_part: int) -> Iterator[Part[T]]:
    """The page of a period, before it those of its shorter periods if it is too long for one."""
    path, precision = f"{stem}-{label}.html", _MONTH if len(label) == _YEAR else _DAY
    if len(dated) <= per_part or len(label) == _DAY:
        yield Part(path, label, tuple(item for _, item in dated), ())
        return
    groups = _grouped(dated, precision)
    # Dates of no more precision than the period itself stay on its own page.
    rest = groups.pop(label, [])
    for shorter, of_shorter in groups.items():
        yield from _parts(of_shorter, stem, shorter, views, per_part)
    links = tuple(
        (LinkView(_period(shorter, views), f"{stem}-{shorter}.html"), len(of)) for shorter, of in groups.items()
    )
    yield Part(path, label, tuple(item for _, item in rest), links)


def _grouped(dated: Iterable[tuple[str, T]], precision: int) -> dict[str, list[tuple[str, T]]]:
    """Items with their ISO dates, by as much of the date as names a period."""
    groups: dict[str, list[tuple[str, T]]] = {}
    for entry in dated:
        groups.setdefault(entry[0][:precision], []).append(entry)
    return groups


def part_title(title: Phrase, part: Part[T], views: Views) -> Phrase:
    """What the page of a period is called."""
    return views.say("archive.part", title=title, period=_period(part.label, views))


def _period(label: str, views: Views) -> Phrase:
    return date_words(PartialDate.parse(label), views.wording, "medium")


def part_page(part: Part[T], title: Phrase, up: LinkView, name: str, kind: Kind, source: str) -> Page:
    """The page of a period, under the name of what it lists."""
    context = partial(_part_context, part, up, name, kind)
    return Page(part.path, "archive.html", title, context, source)


def _part_context(part: Part[T], up: LinkView, name: str, kind: Kind) -> Context:
    shown = {name: Listed(kind, part.items), "periods": part.periods, "is_by_day": part.is_by_day}
    return {"up": up, "kind": name, **shown}
