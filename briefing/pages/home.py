"""The home page: what is coming, what just changed, the topics."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from briefing.link.changes import changes_of
from briefing.link.lists import Lists
from briefing.link.meetings import last_day
from briefing.link.scope import Scope
from briefing.link.site import Headline, LinkedArticle, LinkedClaim, LinkedSummit, curated
from briefing.model.addresses import TIMELINE
from briefing.model.frozen import frozen
from briefing.model.summit import UNSETTLED
from briefing.pages.calendars import CALENDAR
from briefing.pages.feeds import FEED
from briefing.pages.linked_data import Publication, publication_of
from briefing.pages.page import Context, Page, Section
from briefing.pages.scores import Counted, board_view
from briefing.pages.structured import of_site
from briefing.pages.summits import counted_summit
from briefing.pages.timeline import latest
from briefing.read.content import CONFIG
from briefing.views.listed import ARTICLE, ROW, Listed
from briefing.views.values import LinkView
from briefing.views.views import Views

RECENT = 8


# Where its sections stand in the plan, and the addresses that are no record's.
WEIGHT = 110
PATHS = ("index.html",)


def sections(lists: Lists) -> Iterator[Section[Any]]:
    """The first page."""
    yield Section("home", home_pages, partial(home_arguments, lists))


@frozen
class HomeArguments:
    """What the first page shows: meetings that are coming and others, the topics with how many claims are open."""

    title: str
    description: str | None
    planned: Sequence[Counted]
    past: Sequence[Counted]
    lead: Sequence[LinkedClaim]
    claims: Sequence[LinkedClaim]
    headlines: Sequence[Headline]
    articles: Sequence[LinkedArticle]
    topics: Sequence[tuple[str, int]]
    publication: Publication
    scope: Scope


def home_arguments(lists: Lists) -> HomeArguments:
    """What the first page is made from."""
    site, config = lists.site, lists.site.config
    summits = [lists.once(counted_summit, id) for id in site.summits]
    coming = [_is_coming(lists, of.summit) for of in summits]
    return HomeArguments(
        title=config.title,
        description=config.description,
        planned=[of for of, is_coming in zip(reversed(summits), reversed(coming), strict=True) if is_coming],
        past=[of for of, is_coming in zip(summits, coming, strict=True) if not is_coming][:RECENT],
        lead=[site.claims[ref] for ref in config.lead],
        claims=curated(site.claims.values(), config.exclude),
        headlines=site.headlines,
        articles=site.articles[:RECENT],
        topics=[(id, sum(claim.is_open for claim in site.by_topic.get(id, ()))) for id in config.topics],
        publication=publication_of(site),
        scope=site.scope([("topic", id) for id in config.topics]),
    )


def _is_coming(lists: Lists, summit: LinkedSummit) -> bool:
    """Whether a meeting may still be held; one whose day is over waits for somebody to say what became of it."""
    is_waiting = summit.record.status in UNSETTLED
    return is_waiting and not lists.site.clock.has_passed(last_day(summit.record).latest)


def home_pages(given: HomeArguments) -> Iterator[Page]:
    """The first page."""
    views, context = Views(given.scope), partial(_context, given)
    publication = given.publication
    yield Page(
        "index.html",
        "home.html",
        views.own(given.title),
        context,
        CONFIG,
        (),
        views.own(given.description),
        files=(FEED, CALENDAR) if given.planned or given.past else (FEED,),
        structured=partial(of_site, publication, given.description) if publication.base else None,
    )


def _context(given: HomeArguments) -> Context:
    views, changes = Views(given.scope), changes_of(given.claims, given.headlines)
    whole = LinkView(views.say("home.timeline"), TIMELINE) if changes else None
    return {
        "planned": tuple(board_view(of) for of in given.planned),
        "summits": tuple(board_view(of) for of in given.past),
        "lead": Listed(ROW, given.lead),
        "changes": latest(changes, whole, views),
        "articles": Listed(ARTICLE, given.articles),
        "topics": tuple((views.topic_link(id), open) for id, open in given.topics),
    }
