"""The timeline of the site, and the shorter ones of summits and topics."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from briefing.link.meetings import day_there, venue_of
from briefing.link.timeline import Event, around, oldest_first, parted
from briefing.model.addresses import TIMELINE, page_path
from briefing.model.dates import PartialDate
from briefing.model.summit import Summit
from briefing.read.content import CONFIG
from briefing.render import words
from briefing.render.archive import NEWEST, Periods, archived
from briefing.render.maker import Maker
from briefing.render.page import Context, Page
from briefing.render.tongues import Phrase, english, phrase
from briefing.render.views import CitationView, DateView, LinkView

# An event takes about a kilobyte of a page.
PER_PART = 400
# What is to come is at most so much of a page; the pages by year have the rest.
AHEAD = 30
# A topic shows so many events, the newest; a summit so many before, on and after its days, those nearest to it.
OF_TOPIC = 12
OF_SUMMIT = 15


@dataclass(frozen=True, slots=True, eq=False)
class EventView:
    """An event. `text` says what it is about and `path` leads there; a claim's has its words and its status, and
    `before` is the status that it left. Of a claim there is a text only where an editor gave one."""

    kind: str
    text: Phrase | None
    path: str
    status: str | None
    before: str | None
    note: Phrase | None
    ref: str | None
    citation: CitationView | None


@dataclass(frozen=True, slots=True)
class DayView:
    """The events of one date: a day, or a month or year where no more is known."""

    date: DateView
    events: tuple[EventView, ...]


@dataclass(frozen=True, slots=True)
class MonthView:
    """The days of a month; what is only known to be of the year comes under a title that says so."""

    title: Phrase
    days: tuple[DayView, ...]


@dataclass(frozen=True, slots=True)
class YearView:
    """The months of a year."""

    title: Phrase
    months: tuple[MonthView, ...]


@dataclass(frozen=True, slots=True)
class SliceView:
    """A short timeline: groups of days under a title, and the page that has all events where not all are given."""

    groups: tuple[MonthView, ...]
    count: int
    whole: LinkView | None


def timeline_pages(maker: Maker) -> Iterator[Page]:
    """The timeline of the site, and its older parts."""
    return _pages(maker, TIMELINE, english("Timeline"), "archive/timeline", maker.timeline.events, None)


def topic_timeline_pages(maker: Maker, id: str) -> Iterator[Page]:
    """The timeline of a topic whose page shows only a part of it, and its older parts."""
    events = topic_events(maker, id)
    if len(events) > OF_TOPIC:
        yield from _pages_of(maker, "topic", id, maker.views.topic_link(id), events)


def summit_timeline_pages(maker: Maker, id: str) -> Iterator[Page]:
    """The timeline of a summit whose page shows only a part of it, and its older parts."""
    events = summit_events(maker, id)
    if any(len(part) > OF_SUMMIT for part in _parts_of_summit(maker, id, events)):
        yield from _pages_of(maker, "summit", id, maker.views.summit_link(id), events)


def _pages_of(maker: Maker, kind: str, id: str, up: LinkView, events: Sequence[Event]) -> Iterator[Page]:
    title, stem = phrase(english("Timeline: "), up.title), f"archive/timelines/{kind}-{id}"
    return _pages(maker, _path(kind, id), title, stem, events, up)


def _path(kind: str, id: str) -> str:
    return f"timelines/{kind}-{id}.html"


def _pages(
    maker: Maker, path: str, title: Phrase, stem: str, events: Sequence[Event], up: LinkView | None
) -> Iterator[Page]:
    """A timeline with what is to come and the newest events, and pages of all events by year if it has more."""
    listing = archived(tuple(events), lambda event: event.date, stem, PER_PART)
    context = partial(_context, maker, tuple(events), listing.years, up)
    yield maker.page(path, "timeline.html", title, context, CONFIG)
    for part in listing.parts:
        context = partial(_part_context, maker, part.items, part.periods, LinkView(title, path))
        of_part = phrase(title, english(f", {part.label}"))
        yield maker.page(part.path, "timeline.html", of_part, context, CONFIG, day=part.label)


def _context(maker: Maker, events: tuple[Event, ...], years: Periods, up: LinkView | None) -> Context:
    ahead, past = parted(events, maker.views.is_to_come)
    soonest = oldest_first(ahead)
    if years:
        soonest, past = soonest[:AHEAD], past[:NEWEST]
    return {
        "up": up,
        "ahead": tuple(_days(maker, soonest)),
        "ahead_count": len(ahead),
        "ahead_shown": len(soonest),
        "years": tuple(_years(maker, past)),
        "count": len(events),
        "shown": len(soonest) + len(past),
        "periods": years,
    }


def _part_context(maker: Maker, events: tuple[Event, ...], periods: Periods, up: LinkView) -> Context:
    count = len(events) + sum(count for _, count in periods)
    return {
        "up": up,
        "ahead": (),
        "ahead_count": 0,
        "ahead_shown": 0,
        "years": tuple(_years(maker, events)),
        "count": count,
        "shown": len(events),
        "periods": periods,
    }


def _years(maker: Maker, events: Iterable[Event]) -> Iterator[YearView]:
    for year, of_year in groupby(events, lambda event: event.date.year):
        yield YearView(english(str(year)), tuple(_months(maker, year, of_year)))


def _months(maker: Maker, year: int, events: Iterable[Event]) -> Iterator[MonthView]:
    """The months of a year, before them what is only known to be of the year."""
    by_month: dict[int | None, list[Event]] = {None: []}
    for event in events:
        by_month.setdefault(event.date.month, []).append(event)
    for month, of_month in by_month.items():
        of = words.date_words(PartialDate.parse(f"{year:04}-{month:02}"), maker.views.locale) if month else None
        title = of or english(f"Some time in {year}")
        if of_month:
            yield MonthView(title, tuple(_days(maker, of_month)))


def _days(maker: Maker, events: Iterable[Event]) -> Iterator[DayView]:
    make = partial(_event, maker)
    for date, of_date in groupby(events, lambda event: event.date):
        yield DayView(maker.views.date(date), tuple(maker.views.once(event, make) for event in of_date))


def _event(maker: Maker, event: Event) -> EventView:
    if event.claim:
        return _claim_event(maker, event)
    if event.article:
        return _article_event(maker, event)
    assert event.summit is not None
    summit = maker.site.content.summits[event.summit]
    return EventView(
        kind=event.kind,
        text=maker.views.own(summit.record.title),
        path=page_path("summits", event.summit),
        status=summit.record.status,
        before=None,
        note=maker.views.summit(summit).venue,
        ref=None,
        citation=None,
    )


def _article_event(maker: Maker, event: Event) -> EventView:
    assert event.article is not None
    record = event.article.record
    is_correction = event.kind == "correction"
    return EventView(
        kind=event.kind,
        text=maker.views.title(record),
        path=page_path("articles", event.article.id),
        status=None,
        before=None,
        note=maker.views.own(record.corrections[event.index].text)
        if is_correction
        else maker.views.source_name(record.source),
        ref=None,
        citation=None,
    )


def _claim_event(maker: Maker, event: Event) -> EventView:
    assert event.claim is not None
    citation = maker.views.citation(event.claim)
    is_change = event.kind == "status"
    return EventView(
        kind=event.kind,
        text=maker.views.own(event.claim.claim.text),
        path=citation.path,
        status=event.entry.status if is_change else event.claim.status,
        before=event.status_before if is_change else None,
        note=maker.views.own(event.entry.why) if is_change else None,
        ref=event.claim.ref,
        citation=citation,
    )


def topic_events(maker: Maker, id: str) -> list[Event]:
    """The events of a topic without those of claims kept off its page, the newest first."""
    file = maker.site.content.topics.get(id)
    return _kept(maker.timeline.by_topic.get(id, []), file.record.exclude if file else ())


def summit_events(maker: Maker, id: str) -> list[Event]:
    """The events of a summit without those of claims kept off its page, the newest first."""
    return _kept(maker.timeline.by_summit.get(id, []), maker.site.content.summits[id].record.exclude)


def _kept(events: list[Event], exclude: Sequence[str]) -> list[Event]:
    left_out = set(exclude)
    return [event for event in events if event.claim is None or event.claim.ref not in left_out]


def topic_timeline(maker: Maker, id: str) -> SliceView:
    """The newest events of a topic that are not still to come."""
    events = topic_events(maker, id)
    _, past = parted(events, maker.views.is_to_come)
    groups = (MonthView(english(""), tuple(_days(maker, past[:OF_TOPIC]))),) if past else ()
    whole = LinkView(maker.views.topic_link(id).title, _path("topic", id)) if len(events) > OF_TOPIC else None
    return SliceView(groups, len(events), whole)


def summit_timeline(maker: Maker, id: str) -> SliceView:
    """The events before, on and after the days of a meeting, the oldest first; of many those nearest to it."""
    events = summit_events(maker, id)
    before, during, after = _parts_of_summit(maker, id, events)
    is_cut = any(len(part) > OF_SUMMIT for part in (before, during, after))
    record = maker.site.content.summits[id].record
    on = "On the day" if record.end is None or record.end.day == record.start.day else "On its days"
    parts = (("Before", before[-OF_SUMMIT:]), (on, during[:OF_SUMMIT]), ("After", after[:OF_SUMMIT]))
    groups = tuple(MonthView(english(title), tuple(_days(maker, part))) for title, part in parts if part)
    whole = LinkView(maker.views.own(record.title), _path("summit", id)) if is_cut else None
    return SliceView(groups, len(events), whole)


def _parts_of_summit(maker: Maker, id: str, events: Sequence[Event]) -> tuple[list[Event], ...]:
    record: Summit = maker.site.content.summits[id].record
    there = partial(day_there, venue=venue_of(record, maker.site.content.places))
    return around(events, there(record.start), there(record.end or record.start), there)
