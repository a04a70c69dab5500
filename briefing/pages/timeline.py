"""The timeline of the site, and those of summits and topics: what happened, and what changed, day by day."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any

from briefing.link.changes import is_unrated
from briefing.link.clock import Clock
from briefing.link.lists import Lists
from briefing.link.scope import Scope
from briefing.link.site import Headline, LinkedClaim, LinkedSummit, curated, headlines
from briefing.link.timeline import Entry, Event, has_happened, parted, timeline_of
from briefing.model.addresses import TIMELINE
from briefing.model.dates import PartialDate
from briefing.model.frozen import frozen
from briefing.pages.archive import NEWEST, Periods, archived, part_title
from briefing.pages.feeds import FEED, Publisher, feed, feed_of, publisher_of
from briefing.pages.page import Context, File, Page, Section, copies, redirect
from briefing.read.content import CONFIG
from briefing.views import words
from briefing.views.listed import EVENT, Listed
from briefing.views.phrases import Phrase
from briefing.views.values import DateView, LinkView
from briefing.views.views import Views

PER_PART = 400
# A section of another page shows so many entries, the newest. A summit or a topic with more has a page of its own, with
# up to so many.
LATEST = 10
OF_ONE = 200
# What is to come is at most so much of a long timeline; the pages by year have the rest.
AHEAD = 30
# Where the page of changes was, which is a part of the timeline now.
FORMER = "changes.html"


# Where its sections stand in the plan, and the addresses that are no record's.
WEIGHT = 60
PATHS = (TIMELINE, "timelines/", FORMER)


def sections(lists: Lists) -> Iterator[Section[Any]]:
    """One for the site, and one for each topic and each summit."""
    of_site = (TIMELINE, FORMER, FEED.path, "archive/timeline-")
    yield Section("timeline", timeline_pages, partial(timeline_arguments, lists), paths=of_site)
    for id in lists.site.config.topics:
        file, arguments = lists.site.content.topics.get(id), partial(topic_timeline_arguments, lists, id)
        paths = _paths("topic", id, file.record.aliases if file else ())
        yield Section(f"timeline of topic {id}", timeline_pages, arguments, paths=paths)
    for id in lists.site.summits:
        arguments = partial(summit_timeline_arguments, lists, id)
        paths = _paths("summit", id, lists.site.meetings[id].record.aliases)
        yield Section(f"timeline of summit {id}", timeline_pages, arguments, paths=paths)


@frozen
class DayView:
    """What happened on a date, and what changed: a day, or a month or year where no more is known.

    `unrated` more claims, which are not given, were found on it to be such that cannot be rated.
    """

    date: DateView
    happened: Listed
    changed: Listed
    unrated: int = 0


@frozen
class MonthView:
    """The days of a month; what is only known to be of the year comes under a title that says so."""

    title: Phrase
    days: tuple[DayView, ...]


@frozen
class YearView:
    """The months of a year."""

    title: Phrase
    months: tuple[MonthView, ...]


@frozen
class SliceView:
    """What changed last, by date, and the page that has the whole timeline, where there is one."""

    days: tuple[DayView, ...]
    whole: LinkView | None


@frozen
class TimelineArguments:
    """Articles, claims and meetings: of the site, or of the topic or summit that it is `of`, a kind and an id, with the
    `former` ids of that."""

    articles: Sequence[Headline]
    claims: Sequence[LinkedClaim]
    meetings: Sequence[LinkedSummit]
    clock: Clock
    scope: Scope
    publisher: Publisher | None
    of: tuple[str, str] | None = None
    former: Sequence[str] = ()


def timeline_arguments(lists: Lists) -> TimelineArguments:
    """All of the site."""
    site = lists.site
    meetings = [site.meetings[id] for id in site.summits]
    claims = tuple(site.claims.values())
    return TimelineArguments(site.headlines, claims, meetings, site.clock, site.scope(()), publisher_of(site))


def topic_timeline_arguments(lists: Lists, id: str) -> TimelineArguments:
    """Those of a topic, without the claims that are kept off its page."""
    site, file, of = lists.site, lists.site.content.topics.get(id), ("topic", id)
    claims = curated(site.by_topic.get(id, ()), file.record.exclude if file else ())
    articles, meetings = headlines(lists.articles_by_topic.get(id, ())), lists.summits_by_topic.get(id, ())
    former = file.record.aliases if file else ()
    return TimelineArguments(articles, claims, meetings, site.clock, site.scope([of]), publisher_of(site), of, former)


def summit_timeline_arguments(lists: Lists, id: str) -> TimelineArguments:
    """Those of a summit, without the claims that are kept off its page."""
    site, summit, of = lists.site, lists.site.meetings[id], ("summit", id)
    claims = curated(site.by_summit.get(id, ()), summit.record.exclude)
    articles = headlines(lists.articles_of_summits.get(id, ()))
    former = summit.record.aliases
    return TimelineArguments(articles, claims, [summit], site.clock, site.scope([of]), publisher_of(site), of, former)


def timeline_pages(given: TimelineArguments) -> Iterator[Page | File]:
    """The timeline of the site and its older parts; of a topic or a summit where its own page shows only a part. And
    the feed of what changed."""
    views, entries = Views(given.scope), tuple(timeline_of(given.articles, given.claims, given.meetings))
    if given.publisher:
        former = [feed_of(given.of[0], id).path for id in given.former] if given.of else ()
        yield from copies(_feed(given, given.publisher, entries, views), former)
    if given.of is None:
        yield from _pages(entries, given.clock, given.scope)
    elif len(entries) > LATEST:
        kind, id = given.of
        up = views.topic_link(id) if kind == "topic" else views.summit_link(id)
        # Those before the newest are on the pages of the site's timeline.
        most = OF_ONE if len(entries) > OF_ONE else None
        context = partial(_context, entries, (), up, given.scope, len(entries), given.clock, most)
        yield Page(
            _path(kind, id),
            "timeline.html",
            views.say("timeline.of", title=up.title),
            context,
            CONFIG,
            files=(feed_of(kind, id),),
        )


def _feed(given: TimelineArguments, publisher: Publisher, entries: Sequence[Entry], views: Views) -> File:
    changes = (entry for entry in entries if not isinstance(entry, Event))
    if given.of is None:
        return feed(FEED.path, None, TIMELINE, changes, publisher, given.scope)
    kind, id = given.of
    of = views.topic_link(id) if kind == "topic" else views.summit_link(id)
    return feed(feed_of(kind, id).path, of.title, of.path, changes, publisher, given.scope)


def _paths(kind: str, id: str, former: Iterable[str]) -> tuple[str, ...]:
    return _path(kind, id), *(feed_of(kind, one).path for one in (id, *former))


def _path(kind: str, id: str) -> str:
    return f"timelines/{kind}-{id}.html"


def _pages(entries: tuple[Entry, ...], clock: Clock, scope: Scope) -> Iterator[Page]:
    """The site's timeline with what is to come and the newest entries; pages of all by year if it has more."""
    views = Views(scope)
    title = views.say("timeline.title")
    listing = archived(entries, attrgetter("on"), "archive/timeline", views, PER_PART)
    most = NEWEST if listing.years else None
    context = partial(_context, entries, listing.years, None, scope, len(entries), clock, most)
    yield Page(TIMELINE, "timeline.html", title, context, CONFIG, files=(FEED,))
    yield redirect(FORMER, TIMELINE, CONFIG, title)
    for part in listing.parts:
        count = len(part.items) + sum(count for _, count in part.periods)
        context = partial(_context, part.items, part.periods, LinkView(title, TIMELINE), scope, count, None, None)
        yield Page(part.path, "timeline.html", part_title(title, part, views), context, CONFIG)


def _context(
    entries: Sequence[Entry],
    periods: Periods,
    up: LinkView | None,
    scope: Scope,
    count: int,
    clock: Clock | None,
    most: int | None,
) -> Context:
    """What is to come, by the clock if there is one, and what has been: the newest so many."""
    views = Views(scope)
    ahead, past = parted(entries, clock.is_to_come) if clock else ([], entries)
    soonest = ahead[:AHEAD] if most else ahead
    shown = tuple(_newest(past, most))
    return {
        "up": up,
        "ahead": tuple(_days(soonest, views)),
        "ahead_count": len(ahead),
        "ahead_shown": len(soonest),
        "years": tuple(_years(shown, views)),
        "count": count,
        "shown": len(soonest) + len(shown),
        "periods": periods,
    }


def latest(entries: Iterable[Entry], whole: LinkView | None, views: Views) -> SliceView:
    """The newest entries, and the page that has the `whole` timeline."""
    return SliceView(tuple(_days(_newest(entries, LATEST), views)), whole)


def timeline_link(kind: str, id: str, entries: Sequence[Entry], views: Views) -> LinkView | None:
    """The timeline of a summit or a topic, where there are so many entries that it has one."""
    count = len(entries)
    return LinkView(views.say("timeline.all_of", count), _path(kind, id)) if count > LATEST else None


def _newest(entries: Iterable[Entry], most: int | None) -> Iterator[Entry]:
    """The newest so many, and what is only counted of their days."""
    left = most
    for _, of_date in groupby(entries, attrgetter("on")):
        whole = list(of_date)
        told = [entry for entry in whole if not is_unrated(entry)][:left]
        yield from told
        yield from filter(is_unrated, whole)
        if left is not None:
            left -= len(told) or 1
            if left <= 0:
                return


def _years(entries: Iterable[Entry], views: Views) -> Iterator[YearView]:
    for year, of_year in groupby(entries, attrgetter("on.year")):
        yield YearView(_words(f"{year:04}", views), tuple(_months(year, of_year, views)))


def _months(year: int, entries: Iterable[Entry], views: Views) -> Iterator[MonthView]:
    """The months of a year, before them what is only known to be of the year."""
    by_month: dict[int | None, list[Entry]] = {None: []}
    for entry in entries:
        by_month.setdefault(entry.on.month, []).append(entry)
    for month, of_month in by_month.items():
        if of_month:
            of_year = _words(f"{year:04}", views)
            of = _words(f"{year:04}-{month:02}", views) if month else views.say("timeline.some_time", year=of_year)
            yield MonthView(of, tuple(_days(of_month, views)))


def _words(period: str, views: Views) -> Phrase:
    return words.date_words(PartialDate.parse(period), views.wording)


def _days(entries: Iterable[Entry], views: Views) -> Iterator[DayView]:
    for on, of_date in groupby(entries, attrgetter("on")):
        parts: tuple[list[Entry], ...] = ([], [], [])
        for entry in of_date:
            parts[0 if has_happened(entry) else 2 if is_unrated(entry) else 1].append(entry)
        happened, changed, unrated = parts
        yield DayView(views.date(on), Listed(EVENT, happened), Listed(EVENT, changed), len(unrated))
