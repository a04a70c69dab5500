"""What changed: the newest changes on the pages of the site, its summits and topics, and pages of all of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from briefing.link.changes import Change, changes_of, is_unrated
from briefing.link.lists import Lists
from briefing.link.scope import Scope
from briefing.link.site import Headline, LinkedClaim, curated, headlines
from briefing.pages.archive import Periods, archived, part_title
from briefing.pages.page import Context, Page, Section
from briefing.read.content import CONFIG
from briefing.views.listed import CHANGE, Listed
from briefing.views.phrases import Phrase
from briefing.views.values import DateView, LinkView
from briefing.views.views import Views

PATH = "changes.html"
# A section of another page shows so many changes, the newest.
LATEST = 10
PER_PART = 300
# The page of a summit's or a topic's changes has so many, the newest.
OF_ONE = 200


# Where its sections stand in the plan, and the addresses that are no record's.
WEIGHT = 70
PATHS = (PATH, "changes/")


def sections(lists: Lists) -> Iterator[Section[Any]]:
    """One for the site, and one for each summit and each topic."""
    yield Section("changes", change_pages, partial(change_arguments, lists))
    for id in lists.site.summits:
        yield Section(f"changes of summit {id}", change_pages, partial(summit_change_arguments, lists, id))
    for id in lists.site.config.topics:
        yield Section(f"changes of topic {id}", change_pages, partial(topic_change_arguments, lists, id))


@dataclass(frozen=True, slots=True)
class ChangedView:
    """The changes of one date: a day, or a month or year where no more is known.

    `unrated` more claims, which are not given, were found on it to be such that cannot be rated.
    """

    date: DateView
    changes: Listed
    unrated: int = 0


@dataclass(frozen=True, slots=True)
class ChangesView:
    """The newest changes by date, and the page that has all where not all are given."""

    days: tuple[ChangedView, ...]
    whole: LinkView | None


@dataclass(frozen=True, slots=True)
class ChangesArguments:
    """Claims, and articles with their corrections: of the site, or of the summit or topic that is `about`, a kind and
    an id."""

    claims: Sequence[LinkedClaim]
    articles: Sequence[Headline]
    about: tuple[str, str] | None
    scope: Scope


def change_arguments(lists: Lists) -> ChangesArguments:
    """All claims and articles."""
    site = lists.site
    return ChangesArguments(tuple(site.claims.values()), site.headlines, None, site.scope(()))


def summit_change_arguments(lists: Lists, id: str) -> ChangesArguments:
    """Those of a summit, without the claims that are kept off its page."""
    claims = curated(lists.site.by_summit.get(id, ()), lists.site.meetings[id].record.exclude)
    articles = headlines(lists.articles_of_summits.get(id, ()))
    return ChangesArguments(claims, articles, ("summit", id), lists.site.scope([("summit", id)]))


def topic_change_arguments(lists: Lists, id: str) -> ChangesArguments:
    """Those of a topic, without the claims that are kept off its page."""
    file = lists.site.content.topics.get(id)
    claims = curated(lists.site.by_topic.get(id, ()), file.record.exclude if file else ())
    articles = headlines(lists.articles_by_topic.get(id, ()))
    return ChangesArguments(claims, articles, ("topic", id), lists.site.scope([("topic", id)]))


def change_pages(given: ChangesArguments) -> Iterator[Page]:
    """The page of all changes of the site; or of a summit or topic whose own page does not show them all."""
    views, changes = Views(given.scope), changes_of(given.claims, given.articles)
    if given.about is None:
        yield from _pages(views.say("changes.title"), changes, given.scope)
    elif len(changes) > LATEST:
        kind, id = given.about
        up = views.summit_link(id) if kind == "summit" else views.topic_link(id)
        title = views.say("changes.of", title=up.title)
        # Those before the newest are on the pages of the site's changes.
        context = partial(_context, changes[:OF_ONE], (), up, len(changes), given.scope)
        yield Page(changes_path(kind, id), "changes.html", title, context, CONFIG)


def changes_path(kind: str, id: str) -> str:
    """The page of all changes of a summit or a topic."""
    return f"changes/{kind}-{id}.html"


def _pages(title: Phrase, changes: Sequence[Change], scope: Scope) -> Iterator[Page]:
    listing = archived(tuple(changes), lambda change: change.on, "archive/changes", PER_PART)
    context = partial(_context, listing.newest, listing.years, None, len(changes), scope)
    yield Page(PATH, "changes.html", title, context, CONFIG)
    for part in listing.parts:
        count = len(part.items) + sum(count for _, count in part.periods)
        context = partial(_context, part.items, part.periods, LinkView(title, PATH), count, scope)
        yield Page(part.path, "changes.html", part_title(title, part, Views(scope)), context, CONFIG)


def _context(changes: Sequence[Change], periods: Periods, up: LinkView | None, count: int, scope: Scope) -> Context:
    return {"up": up, "days": _days(changes, Views(scope)), "count": count, "shown": len(changes), "periods": periods}


def changes_view(changes: Sequence[Change], whole: LinkView | None, views: Views) -> ChangesView:
    """The newest changes, and the page that has `whole` of them."""
    return ChangesView(tuple(_latest(changes, views)), whole)


def slice_of(changes: Sequence[Change], kind: str, id: str, views: Views) -> ChangesView:
    """The newest changes of a summit or a topic."""
    whole = (
        LinkView(views.say("changes.count", len(changes)), changes_path(kind, id)) if len(changes) > LATEST else None
    )
    return changes_view(changes, whole, views)


def _latest(changes: Sequence[Change], views: Views) -> Iterator[ChangedView]:
    """The newest changes. How many claims were found that cannot be rated is told, and no more."""
    left = LATEST
    for on, of_date in groupby(changes, lambda change: change.on):
        whole = list(of_date)
        shown = [change for change in whole if not is_unrated(change)][:left]
        yield ChangedView(views.date(on), Listed(CHANGE, shown), sum(is_unrated(change) for change in whole))
        left -= len(shown) or 1
        if left <= 0:
            return


def _days(changes: Iterable[Change], views: Views) -> tuple[ChangedView, ...]:
    return tuple(
        ChangedView(views.date(on), Listed(CHANGE, list(of_date)))
        for on, of_date in groupby(changes, lambda change: change.on)
    )
