"""The page of all figures, the pages of measures that do not fit on it, and the figures of other pages' claims."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from briefing.link.figures import MeasureValues, Value, in_order, values_of
from briefing.link.site import LinkedClaim
from briefing.model.addresses import FIGURES, measure_page, measure_path
from briefing.model.claim import SCALES
from briefing.model.dates import PartialDate
from briefing.read.content import CONFIG
from briefing.render import words
from briefing.render.archive import Periods, archived
from briefing.render.charts import MOST_BARS, ChartView, Datum, bar_chart
from briefing.render.maker import Maker
from briefing.render.numbers import amount_words, unit_of_measure
from briefing.render.page import Context, Page
from briefing.render.tongues import THEME, Phrase, english, listed, phrase
from briefing.render.views import AttributionView, CitationView, DateView, LinkView

# A measure shows this many values on the page of all figures; with more it has a page of its own.
SHOWN = 10
# With more values than this to show, the page lists the measures only, and each has a page of its own.
LONGEST = 200
# A summit or a topic shows the figures of so many claims, the newest.
IN_SLICE = 40


@dataclass(frozen=True, slots=True)
class FigureView:
    """A value that a claim gives for a measure. `time` is how the value stands to its date: `as of`, `for` a time
    that was ahead, or `published` where only the article's date is known. `modality` is the claim's: only facts and
    background are measurements."""

    ref: str
    value: Phrase
    time: str
    date: DateView
    stage: str | None
    rank: str
    modality: str
    is_target: bool
    due: DateView | None
    attribution: AttributionView
    citation: CitationView


@dataclass(frozen=True, slots=True)
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
    values: tuple[FigureView, ...]
    count: int
    all_values: LinkView | None


@dataclass(frozen=True, slots=True)
class MeasureGroupView:
    """The measures whose first topic it is; those without a topic come last, under a title of their own."""

    title: Phrase
    measures: tuple[MeasureView, ...]


@dataclass(frozen=True, slots=True)
class MeasureFiguresView:
    """A measure, and the values that the claims of a page give for it."""

    measure: LinkView
    values: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True)
class FiguresView:
    """The figures of a page's claims by measure; how many of them are shown, and how many there are."""

    groups: tuple[MeasureFiguresView, ...]
    shown: int
    count: int


def figure_pages(maker: Maker) -> Iterator[Page]:
    """The page of all figures, and pages of the measures that have more values than it shows."""
    shown = sum(min(len(measure.values), SHOWN) for measure in maker.figures.values())
    is_short = shown > LONGEST
    yield maker.page(FIGURES, "figures.html", english("Figures"), partial(_context, maker, is_short), CONFIG)
    for measure in maker.figures.values():
        has_page = is_short or len(measure.values) > SHOWN
        if has_page:
            yield from _measure_pages(maker, measure)
        yield from _former_pages(maker, measure, measure_page(measure.id) if has_page else measure_path(measure.id))


def _former_pages(maker: Maker, measure: MeasureValues, target: str) -> Iterator[Page]:
    """Pages at those addresses that a measure had, or could have had, under other ids."""
    record = measure.measure
    if record.former_ids:
        source = maker.site.content.file_of("measures", measure.id)
        for former in record.former_ids:
            yield maker.redirect(measure_page(former), target, source, maker.views.own(record.label))


def _context(maker: Maker, is_short: bool) -> Context:
    groups = tuple(_groups(maker, is_short))
    return {
        "groups": groups,
        "is_short": is_short,
        "count": sum(len(measure.values) for measure in maker.figures.values()),
    }


def _groups(maker: Maker, is_short: bool) -> Iterator[MeasureGroupView]:
    by_topic: dict[str | None, list[MeasureView]] = {id: [] for id in (*maker.config.topics, None)}
    for measure in maker.figures.values():
        topics = measure.measure.topics
        shown = () if is_short else measure.values[:SHOWN]
        by_topic[topics[0] if topics else None].append(_measure(maker, measure, shown))
    for id, measures in by_topic.items():
        if measures:
            yield MeasureGroupView(maker.views.topic_link(id).title if id else english("Other"), tuple(measures))


def _measure_pages(maker: Maker, measure: MeasureValues) -> Iterator[Page]:
    path, label = measure_page(measure.id), maker.views.own(measure.measure.label)
    by_date = tuple(sorted(measure.values, key=lambda value: value.date, reverse=True))
    listing = archived(by_date, lambda value: value.date, f"archive/figures/{measure.id}")
    newest = in_order(listing.newest)
    context = partial(_measure_context, maker, measure, newest, LinkView(english("Figures"), FIGURES), listing.years)
    source = maker.site.content.file_of("measures", measure.id)
    yield maker.page(path, "measure.html", label, context, source)
    for part in listing.parts:
        values, up = in_order(part.items), LinkView(label, path)
        context = partial(_measure_context, maker, measure, values, up, part.periods)
        title = phrase(label, english(f", {part.label}"))
        yield maker.page(part.path, "measure.html", title, context, source, day=part.label)


def _measure_context(
    maker: Maker, measure: MeasureValues, values: tuple[Value, ...], up: LinkView, periods: Periods
) -> Context:
    return {"up": up, "measure": _measure(maker, measure, values), "periods": periods}


def _measure(maker: Maker, of: MeasureValues, shown: tuple[Value, ...]) -> MeasureView:
    """The measure with the values to be shown; the values to go by are always given."""
    measure, content = of.measure, maker.site.content
    label = maker.views.own(measure.label)
    own_page = LinkView(label, measure_page(of.id))
    return MeasureView(
        id=of.id,
        former_ids=measure.former_ids,
        label=label,
        path=measure_path(of.id),
        unit=unit_of_measure(measure, maker.views.locale),
        about=tuple(maker.views.entity_link(id) for id in measure.about if content.entity(id)),
        topics=tuple(maker.views.topic_link(id) for id in measure.topics),
        summary=maker.views.own(measure.summary),
        headline=_figure(maker, of.headline),
        actual=_figure(maker, of.actual) if of.actual else None,
        target=_figure(maker, of.target) if of.target else None,
        outlook=_figure(maker, of.outlook) if of.outlook else None,
        old_since=_old_since(maker, of),
        chart=_chart(maker, of, shown),
        values=tuple(_figure(maker, value) for value in shown),
        count=len(of.values),
        all_values=own_page if len(shown) < len(of.values) else None,
    )


def _old_since(maker: Maker, of: MeasureValues) -> DateView | None:
    until = of.fresh_until
    return maker.views.date(PartialDate.of(until)) if until and maker.views.has_passed(until) else None


def _figure(maker: Maker, value: Value) -> FigureView:
    linked, figure, views = value.linked, value.figure, maker.views
    claim = views.claim(linked)
    time = "for" if value.is_ahead and figure.as_of else "as of" if figure.as_of else "published"
    return FigureView(
        ref=linked.ref,
        value=words.figure_words(figure, maker.site.content.measures[figure.measure], views.locale),
        time=time,
        date=views.date(value.date),
        stage=figure.stage,
        rank=figure.rank,
        modality=linked.claim.modality,
        is_target=figure.target,
        due=views.date(linked.claim.due) if linked.claim.due and figure.target else None,
        attribution=claim.attribution,
        citation=claim.citation,
    )


def _chart(maker: Maker, of: MeasureValues, shown: Sequence[Value]) -> ChartView | None:
    """The comparable ones of the values shown, where there is more than one."""
    comparable = set(of.comparable)
    values = [value for value in shown if value in comparable][:MOST_BARS]
    if len(values) < 2:
        return None
    data = [_datum(value, maker.views.locale) for value in values]
    # The description is a sentence of the theme, and in its language to the last word.
    told = "; ".join(f"{datum.label}: {datum.words}" for datum in (_datum(value, THEME) for value in values))
    title = phrase(maker.views.own(of.measure.label), english(", in "), unit_of_measure(of.measure, maker.views.locale))
    return bar_chart(of.id, title, english(f"A bar for each of {len(data)} values. {told}."), data)


def _datum(value: Value, locale: str) -> Datum:
    figure = value.figure
    kinds = [value.kind] if value.kind != "fact" else []
    kinds += ["target"] if figure.target else []
    is_range = figure.high is not None
    high = figure.amount if figure.high is None else figure.high * SCALES[figure.scale]
    return Datum(
        label=listed([words.date_words(value.date, locale), *map(english, kinds)]),
        words=amount_words(figure, locale),
        low=figure.amount if is_range else Decimal(0),
        high=high,
        kinds=(*kinds, figure.qualifier),
    )


def figures_among(maker: Maker, claims: Iterable[LinkedClaim]) -> FiguresView:
    """What the newest claims with figures say of each measure, in the order of the registry."""
    values = list(values_of(claims))
    by_measure: dict[str, list[Value]] = {}
    for value in values[:IN_SLICE]:
        by_measure.setdefault(value.figure.measure, []).append(value)
    groups = []
    for id in maker.measures:
        if id in by_measure:
            figures = tuple(_figure(maker, value) for value in in_order(by_measure[id]))
            label = maker.views.own(maker.site.content.measures[id].label)
            groups.append(MeasureFiguresView(LinkView(label, measure_path(id)), figures))
    return FiguresView(tuple(groups), min(len(values), IN_SLICE), len(values))
