"""The timeline of the site, and the shorter ones of summits and topics."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from briefing.link.clock import Clock
from briefing.link.lists import Lists
from briefing.link.meetings import day_there
from briefing.link.scope import Scope
from briefing.link.site import Headline, LinkedClaim, LinkedSummit, curated, headlines
from briefing.link.timeline import Event, around, events_of, oldest_first, parted
from briefing.model.addresses import TIMELINE
from briefing.model.dates import PartialDate
from briefing.pages.archive import NEWEST, Periods, archived, part_title
from briefing.pages.page import Context, Page, Section
from briefing.read.content import CONFIG
from briefing.views import words
from briefing.views.listed import EVENT, Item, Listed, about
from briefing.views.phrases import Phrase, english
from briefing.views.summits import venue_of
from briefing.views.values import DateView, LinkView
from briefing.views.views import Views

PER_PART = 400
# The timeline of a topic or a summit has so many events, the newest.
OF_ONE = 200
# What is to come is at most so much of a page; the pages by year have the rest.
AHEAD = 30
# A topic shows so many events, the newest. A summit with more than so many before, on or after its days has a page of
# all.
OF_TOPIC = 12
OF_SUMMIT = 15


# Where its sections stand in the plan, and the addresses that are no record's.
WEIGHT = 60
PATHS = (TIMELINE, "timelines/")


def sections(lists: Lists) -> Iterator[Section[Any]]:
    """One for the site, and one for each topic and each summit."""
    yield Section("timeline", timeline_pages, partial(timeline_arguments, lists))
    for id in lists.site.config.topics:
        yield Section(f"timeline of topic {id}", timeline_pages, partial(topic_timeline_arguments, lists, id))
    for id in lists.site.summits:
        yield Section(f"timeline of summit {id}", timeline_pages, partial(summit_timeline_arguments, lists, id))


@dataclass(frozen=True, slots=True)
class DayView:
    """The events of one date: a day, or a month or year where no more is known."""

    date: DateView
    events: Listed


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


@dataclass(frozen=True, slots=True)
class TimelineArguments:
    """Articles, claims and meetings: of the site, of a `topic` or of a `summit`."""

    articles: Sequence[Headline]
    claims: Sequence[LinkedClaim]
    meetings: Sequence[LinkedSummit]
    clock: Clock
    scope: Scope
    topic: str | None = None
    summit: LinkedSummit | None = None


def timeline_arguments(lists: Lists) -> TimelineArguments:
    """All of the site."""
    site = lists.site
    meetings = [site.meetings[id] for id in site.summits]
    return TimelineArguments(site.headlines, tuple(site.claims.values()), meetings, site.clock, site.scope(()))


def topic_timeline_arguments(lists: Lists, id: str) -> TimelineArguments:
    """Those of a topic, without the claims that are kept off its page."""
    site, file = lists.site, lists.site.content.topics.get(id)
    claims = curated(site.by_topic.get(id, ()), file.record.exclude if file else ())
    articles, meetings = headlines(lists.articles_by_topic.get(id, ())), lists.summits_by_topic.get(id, ())
    return TimelineArguments(articles, claims, meetings, site.clock, site.scope([("topic", id)]), topic=id)


def summit_timeline_arguments(lists: Lists, id: str) -> TimelineArguments:
    """Those of a summit, without the claims that are kept off its page."""
    site, summit = lists.site, lists.site.meetings[id]
    claims, articles = (
        curated(site.by_summit.get(id, ()), summit.record.exclude),
        headlines(site.articles_by_summit.get(id, ())),
    )
    return TimelineArguments(articles, claims, [summit], site.clock, site.scope([("summit", id)]), summit=summit)


def timeline_pages(given: TimelineArguments) -> Iterator[Page]:
    """The timeline of the site and its older parts; of a topic or a summit where its own page shows only a part."""
    views, events = Views(given.scope), events_of(given.articles, given.claims, given.meetings)
    if given.topic is not None:
        if len(events) > OF_TOPIC:
            yield from _pages_of("topic", given.topic, views.topic_link(given.topic), events, given.clock, given.scope)
    elif given.summit is not None:
        if any(len(part) > OF_SUMMIT for part in _parts_of_summit(given.summit, events)):
            up = views.summit_link(given.summit.id)
            yield from _pages_of("summit", given.summit.id, up, events, given.clock, given.scope)
    else:
        yield from _pages(events, given.clock, given.scope)


def _pages_of(kind: str, id: str, up: LinkView, events: Sequence[Event], clock: Clock, scope: Scope) -> Iterator[Page]:
    """The newest events of a topic or a summit; those before them are on the pages of the site's timeline."""
    title, is_long = Views(scope).say("timeline.of", title=up.title), len(events) > OF_ONE
    context = partial(_context, tuple(events), (), up, clock, scope, is_long)
    yield Page(_path(kind, id), "timeline.html", title, context, CONFIG)


def _path(kind: str, id: str) -> str:
    return f"timelines/{kind}-{id}.html"


def _pages(events: Sequence[Event], clock: Clock, scope: Scope) -> Iterator[Page]:
    """The site's timeline with what is to come and the newest events; pages of all events by year if it has more."""
    title = Views(scope).say("timeline.title")
    listing = archived(tuple(events), lambda event: event.date, "archive/timeline", PER_PART)
    context = partial(_context, tuple(events), listing.years, None, clock, scope, bool(listing.years))
    yield Page(TIMELINE, "timeline.html", title, context, CONFIG)
    for part in listing.parts:
        context = partial(_part_context, part.items, part.periods, LinkView(title, TIMELINE), scope)
        yield Page(part.path, "timeline.html", part_title(title, part, Views(scope)), context, CONFIG)


def _context(
    events: Sequence[Event], years: Periods, up: LinkView | None, clock: Clock, scope: Scope, is_long: bool
) -> Context:
    views = Views(scope)
    ahead, past = parted(events, clock.is_to_come)
    soonest = oldest_first(ahead)
    if is_long:
        soonest, past = soonest[:AHEAD], past[: OF_ONE if up else NEWEST]
    return {
        "up": up,
        "ahead": tuple(_days(soonest, views)),
        "ahead_count": len(ahead),
        "ahead_shown": len(soonest),
        "years": tuple(_years(past, views)),
        "count": len(events),
        "shown": len(soonest) + len(past),
        "periods": years,
    }


def _part_context(events: Sequence[Event], periods: Periods, up: LinkView, scope: Scope) -> Context:
    return {
        "up": up,
        "ahead": (),
        "ahead_count": 0,
        "ahead_shown": 0,
        "years": tuple(_years(events, Views(scope))),
        "count": len(events) + sum(count for _, count in periods),
        "shown": len(events),
        "periods": periods,
    }


def _years(events: Iterable[Event], views: Views) -> Iterator[YearView]:
    for year, of_year in groupby(events, lambda event: event.date.year):
        yield YearView(english(str(year)), tuple(_months(year, of_year, views)))


def _months(year: int, events: Iterable[Event], views: Views) -> Iterator[MonthView]:
    """The months of a year, before them what is only known to be of the year."""
    by_month: dict[int | None, list[Event]] = {None: []}
    for event in events:
        by_month.setdefault(event.date.month, []).append(event)
    for month, of_month in by_month.items():
        of = words.date_words(PartialDate.parse(f"{year:04}-{month:02}"), views.wording) if month else None
        if of_month:
            yield MonthView(
                of or views.say("timeline.some_time", year=english(str(year))), tuple(_days(of_month, views))
            )


def _days(events: Iterable[Event], views: Views) -> Iterator[DayView]:
    for date, of_date in groupby(events, lambda event: event.date):
        yield DayView(views.date(date), Listed(EVENT, list(of_date)))


def subject_of(item: Item) -> str:
    """The claim, article or meeting that an event or a change is about."""
    found = about(item)
    return found.ref if isinstance(found, LinkedClaim) else found.id


def topic_slice(id: str, events: Sequence[Event], told: Set[str], clock: Clock, views: Views) -> SliceView:
    """The newest events of a topic that are not still to come: the last one of each claim and article, without those
    that the page has `told` of already."""
    _, past = parted(events, clock.is_to_come)
    last = {subject_of(event): event for event in reversed(past)}
    past = [event for event in past if event is last[subject_of(event)] and subject_of(event) not in told]
    groups = (MonthView(english(""), tuple(_days(past[:OF_TOPIC], views))),) if past else ()
    whole = LinkView(views.topic_link(id).title, _path("topic", id)) if len(events) > OF_TOPIC else None
    return SliceView(groups, len(events), whole)


def summit_timeline(summit: LinkedSummit, events: Sequence[Event], views: Views) -> LinkView | None:
    """The page of all events of a summit, where there are so many that it has one."""
    is_long = any(len(part) > OF_SUMMIT for part in _parts_of_summit(summit, events))
    return LinkView(views.own(summit.record.title), _path("summit", summit.id)) if is_long else None


def _parts_of_summit(summit: LinkedSummit, events: Sequence[Event]) -> tuple[list[Event], ...]:
    record = summit.record
    there = partial(day_there, venue=venue_of(record, summit.scope))
    return around(events, there(record.start), there(record.end or record.start), there)
