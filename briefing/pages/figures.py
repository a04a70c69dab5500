"""The page of all figures, the pages of measures that do not fit on it, and the figures of other pages' claims."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from briefing.link.figures import MeasureValues, Value, in_order, values_of
from briefing.link.lists import Lists
from briefing.link.scope import Key, Scope
from briefing.link.site import LinkedClaim
from briefing.model.addresses import FIGURES, measure_page, measure_path
from briefing.model.dates import PartialDate
from briefing.model.frozen import frozen
from briefing.pages.archive import Periods, archived, part_title
from briefing.pages.page import Context, Page, Section, redirect
from briefing.read.content import CONFIG
from briefing.views.charts import ChartView
from briefing.views.figures import FigureView, chart_view, figure_view
from briefing.views.listed import FIGURE, VALUE, Listed
from briefing.views.numbers import unit_of_measure
from briefing.views.phrases import Phrase
from briefing.views.values import DateView, LinkView
from briefing.views.views import Views

# A measure shows this many values on the page of all figures; with more it has a page of its own.
VALUES_SHOWN = 10
# With more values than this to show, the page lists the measures only, and each has a page of its own.
LONGEST = 200
# A summit or a topic shows the figures of so many claims, the newest.
IN_SLICE = 24


# Where its sections stand in the plan, and the addresses that are no record's.
WEIGHT = 50
PATHS = (FIGURES, "figures/")


def sections(lists: Lists) -> Iterator[Section[Any]]:
    """All figures in one."""
    paths = (*PATHS, "archive/figures/")
    yield Section("figures", figure_pages, partial(figures_arguments, lists), paths=paths)


@frozen
class MeasureView:
    """A measure with its values. `headline` is the value to go by, `actual` that value where one has been measured,
    and `outlook` what is said of a later time: expected, promised, demanded or thought.

    `all_values` is the page that has them all where not all are given, `old_since` the last day on which its newest
    value was still good, where that is over."""

    id: str
    former_ids: tuple[str, ...]
    label: Phrase
    path: str
    unit: Phrase
    about: tuple[LinkView, ...]
    topics: tuple[LinkView, ...]
    summary: Phrase | None
    headline: FigureView
    actual: FigureView | None
    target: FigureView | None
    outlook: FigureView | None
    old_since: DateView | None
    chart: ChartView | None
    values: Listed
    count: int
    all_values: LinkView | None


@frozen
class MeasureGroupView:
    """The measures whose first topic it is; those without a topic come last, under a title of their own."""

    title: Phrase
    measures: tuple[MeasureView, ...]


@frozen
class MeasureFiguresView:
    """A measure, and the values that the claims of a page give for it."""

    measure: LinkView
    values: Listed


@frozen
class FiguresView:
    """The figures of a page's claims by measure; how many of them are shown, and how many there are."""

    groups: tuple[MeasureFiguresView, ...]
    shown: int
    count: int


@frozen
class FiguresArguments:
    """All measures that have a value, the files they are in, and the days until which those were good that have grown
    old since; the topics in their order."""

    measures: Sequence[MeasureValues]
    files: Mapping[str, str]
    old_since: Mapping[str, date]
    topics: Sequence[str]
    scope: Scope


def figures_arguments(lists: Lists) -> FiguresArguments:
    """What the pages of figures are made from."""
    measures, site = tuple(lists.figures.values()), lists.site
    until = {of.id: of.fresh_until for of in measures}
    old = {id: day for id, day in until.items() if day and site.clock.has_passed(day)}
    files = {of.id: site.content.file_of("measures", of.id) for of in measures}
    topics = tuple(site.config.topics)
    scope = site.scope([*(("topic", id) for id in topics), *_keys(measures)])
    return FiguresArguments(measures, files, old, topics, scope)


def _keys(measures: Iterable[MeasureValues]) -> Iterator[Key]:
    for of in measures:
        yield from (("entity", id) for id in of.measure.about)


def figure_pages(given: FiguresArguments) -> Iterator[Page]:
    """The page of all figures, and pages of the measures that have more values than it shows."""
    shown = sum(min(len(measure.values), VALUES_SHOWN) for measure in given.measures)
    is_short = shown > LONGEST
    views = Views(given.scope)
    lede = views.say("figures.lede")
    yield Page(
        FIGURES, "figures.html", views.say("figures.title"), partial(_context, given, is_short), CONFIG, (), lede
    )
    for measure in given.measures:
        has_page = is_short or len(measure.values) > VALUES_SHOWN
        if has_page:
            yield from _measure_pages(given, measure, views)
        # Pages at those addresses that a measure had, or could have had, under other ids.
        target = measure_page(measure.id) if has_page else measure_path(measure.id)
        source, label = given.files[measure.id], views.own(measure.measure.label)
        for number, former in enumerate(measure.measure.former_ids):
            yield redirect(measure_page(former), target, source, label, (measure.id, "former_ids", number))


def _context(given: FiguresArguments, is_short: bool) -> Context:
    groups = tuple(_groups(given, is_short))
    return {"groups": groups, "is_short": is_short, "count": sum(len(measure.values) for measure in given.measures)}


def _groups(given: FiguresArguments, is_short: bool) -> Iterator[MeasureGroupView]:
    views = Views(given.scope)
    by_topic: dict[str | None, list[MeasureView]] = {id: [] for id in (*given.topics, None)}
    for measure in given.measures:
        topics = measure.measure.topics
        shown = () if is_short else measure.values[:VALUES_SHOWN]
        view = _measure(measure, shown, given.old_since.get(measure.id), views)
        by_topic[topics[0] if topics else None].append(view)
    for id, measures in by_topic.items():
        if measures:
            yield MeasureGroupView(views.topic_link(id).title if id else views.say("figures.other"), tuple(measures))


def _measure_pages(given: FiguresArguments, measure: MeasureValues, views: Views) -> Iterator[Page]:
    path, label, source = measure_page(measure.id), views.own(measure.measure.label), given.files[measure.id]
    by_date = tuple(sorted(measure.values, key=lambda value: value.date, reverse=True))
    listing = archived(by_date, lambda value: value.date, f"archive/figures/{measure.id}", views)

    old, up = given.old_since.get(measure.id), LinkView(views.say("figures.title"), FIGURES)
    context = partial(_measure_context, measure, listing.newest, listing.years, up, old, given.scope)
    yield Page(path, "measure.html", label, context, source)
    for part in listing.parts:
        up = LinkView(label, path)
        context = partial(_measure_context, measure, part.items, part.periods, up, old, given.scope)
        yield Page(part.path, "measure.html", part_title(label, part, views), context, source)


def _measure_context(
    measure: MeasureValues, values: tuple[Value, ...], periods: Periods, up: LinkView, old: date | None, scope: Scope
) -> Context:
    return {"up": up, "measure": _measure(measure, in_order(values), old, Views(scope)), "periods": periods}


def _measure(of: MeasureValues, shown: tuple[Value, ...], old: date | None, views: Views) -> MeasureView:
    """The measure with the values to be shown; the values to go by are always given."""
    measure, label = of.measure, views.own(of.measure.label)
    return MeasureView(
        id=of.id,
        former_ids=measure.former_ids,
        label=label,
        path=measure_path(of.id),
        unit=unit_of_measure(measure, views.wording),
        about=tuple(views.entity_link(id) for id in measure.about if views.scope.named(id)),
        topics=tuple(views.topic_link(id) for id in measure.topics),
        summary=views.own(measure.summary),
        headline=figure_view(of.headline),
        actual=figure_view(of.actual) if of.actual else None,
        target=figure_view(of.target) if of.target else None,
        outlook=figure_view(of.outlook) if of.outlook else None,
        old_since=views.date(PartialDate.of(old)) if old else None,
        chart=chart_view(of, shown, views),
        values=Listed(VALUE, shown),
        count=len(of.values),
        all_values=LinkView(label, measure_page(of.id)) if len(shown) < len(of.values) else None,
    )


def measures_among(lists: Lists, claims: Iterable[LinkedClaim]) -> tuple[str, ...]:
    """The measures that claims give figures for, in the order of the registry."""
    found = {linked.claim.figure.measure for linked in claims if linked.claim.figure}
    return tuple(id for id in lists.figures if id in found)


def figures_among(claims: Iterable[LinkedClaim], measures: Iterable[str], views: Views) -> FiguresView:
    """What the newest claims with figures say of each measure, in the order of these."""
    values = list(values_of(claims))
    by_measure: dict[str, list[Value]] = {}
    for value in values[:IN_SLICE]:
        by_measure.setdefault(value.figure.measure, []).append(value)
    groups = []
    for id in measures:
        if id in by_measure:
            label = views.own(views.scope.measure(id).label)
            groups.append(
                MeasureFiguresView(LinkView(label, measure_path(id)), Listed(FIGURE, in_order(by_measure[id])))
            )
    return FiguresView(tuple(groups), min(len(values), IN_SLICE), len(values))
