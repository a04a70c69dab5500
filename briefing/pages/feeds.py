"""Feeds: what changed, newest first, each entry so that it can be read alone. Those of the site, its summits and its
topics are planned with the timelines that have the same changes; those of sources are planned here."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from markupsafe import escape

from briefing.link.changes import (
    ArticleCorrected,
    Change,
    ClaimsAdded,
    FigureRevised,
    StatusMoved,
    changes_of,
    is_unrated,
)
from briefing.link.lists import Lists
from briefing.link.scope import Cited, Scope
from briefing.link.site import Headline, LinkedClaim, Site, headlines
from briefing.machines.atom import MEDIA_TYPE as ATOM
from briefing.machines.atom import Feed, FeedEntry, atom
from briefing.model.frozen import frozen
from briefing.pages.page import AlternateView, File, Section, copies
from briefing.read.content import CONFIG
from briefing.views.claims import ClaimView, claim_view
from briefing.views.events import EventView, event_view
from briefing.views.phrases import Phrase, pieces_of, plain, unmarked
from briefing.views.values import CitationView
from briefing.views.views import Views

# Where its sections stand in the plan, and the addresses that are no record's.
WEIGHT = 110
PATHS = ("feed.xml", "feeds/")

FEED = AlternateView("feed", "feed.xml", ATOM)
# A feed has so many entries, the newest.
MOST = 50
# An entry names so many of the claims that were added.
CLAIMS = 20
# As old as readers believe a feed to be.
_UNKNOWN = date(1970, 1, 1)


class Publisher(NamedTuple):
    """Who publishes the feeds of a site, and where it stands: without an address it has none. `day` is its newest, for
    a feed without entries."""

    base: str
    title: str
    name: str
    day: date


def publisher_of(site: Site) -> Publisher | None:
    """The publisher of a site that has an address."""
    config, day = site.config, site.clock.day or _UNKNOWN
    if config.base_url is None:
        return None
    return Publisher(config.base_url.rstrip("/") + "/", config.title, config.publisher or config.title, day)


def feed_of(kind: str, id: str) -> AlternateView:
    """The feed of a summit, a topic or a source."""
    return AlternateView("feed", f"feeds/{kind}-{id}.xml", ATOM)


@frozen
class SourceArguments:
    """A source that articles are of, with their claims, and its old ids."""

    id: str
    former: Sequence[str]
    articles: Sequence[Headline]
    claims: Sequence[LinkedClaim]
    publisher: Publisher
    scope: Scope


def sections(lists: Lists) -> Iterator[Section[Any]]:
    """One for each source that articles are of."""
    publisher = publisher_of(lists.site)
    if publisher:
        for id in lists.site.content.sources:
            if lists.mentions.articles.get(id):
                former = lists.site.content.sources[id].former_ids
                paths = tuple(feed_of("source", one).path for one in (id, *former))
                yield Section(f"feed of {id}", source_feeds, partial(_of_source, lists, id, publisher), paths=paths)


def _of_source(lists: Lists, id: str, publisher: Publisher) -> SourceArguments:
    site = lists.site
    articles = [site.article(one) for one in lists.mentions.articles[id]]
    claims = [claim for article in articles for claim in article.claims]
    former = site.content.sources[id].former_ids
    return SourceArguments(id, former, headlines(articles), claims, publisher, site.scope([("entity", id)]))


def source_feeds(given: SourceArguments) -> Iterator[File]:
    """The feed of what changed in what a source said."""
    of = Views(given.scope).entity_link(given.id)
    changes = changes_of(given.claims, given.articles)
    made = feed(feed_of("source", given.id).path, of.title, of.path, changes, given.publisher, given.scope)
    yield from copies(made, [feed_of("source", id).path for id in given.former])


def feed(
    path: str, title: Phrase | None, page: str, changes: Iterable[Change], publisher: Publisher, scope: Scope
) -> File:
    """The feed of some changes, which are given the newest first: of what has a `title`, else of the site."""
    told = [*islice((change for change in changes if not is_unrated(change)), MOST)]
    # The digest of claims that were added is of how many they are, and an entry shows more.
    claims = [change.claims[:CLAIMS] if isinstance(change, ClaimsAdded) else () for change in told]
    return File(path, partial(_made, path, title, page, tuple(told), tuple(claims), publisher, scope), CONFIG)


def _made(
    path: str,
    title: Phrase | None,
    page: str,
    changes: tuple[Change, ...],
    added: tuple[tuple[LinkedClaim, ...], ...],
    publisher: Publisher,
    scope: Scope,
) -> bytes:
    base = publisher.base
    entries = tuple(_entry(change, claims, base) for change, claims in zip(changes, added, strict=True))
    language, site = scope.settings.language, publisher.title
    # As browsers have it in their tabs: in a list of feeds nobody sees whose it is.
    name = f"{plain(title)} \u00b7 {site}" if title else site
    return atom(Feed(name, publisher.name, language, base, base + path, base + page, publisher.day, entries))


def _entry(change: Change, added: tuple[LinkedClaim, ...], base: str) -> FeedEntry:
    views = Views(change.about.scope)
    view = event_view(change)
    match change:
        case StatusMoved() | FigureRevised():
            title, content, language = _of_claim(change, view, base, views)
        case _:
            title, content, language = _of_article(change, added, view, base, views)
    told = pieces_of(title)
    of_title = (told[0].lang if len(told) == 1 else None) or views.theme
    other = None if of_title == views.language else of_title
    return FeedEntry(change.id, title, change.on.latest, base + view.path, content, language, other)


def _of_claim(change: StatusMoved | FigureRevised, view: EventView, base: str, views: Views) -> tuple[str, str, str]:
    claim, colon = claim_view(change.claim), views.say("sign.colon")
    said = _paragraph(_said(change.claim, views, _document(claim, base, views)))
    if isinstance(change, FigureRevised):
        before = views.say("timeline.was", value=view.before or unmarked(""))
        told = f"{escape(view.measure)}{colon}<b>{escape(view.after)}</b>{views.say('sign.stop')}{escape(before)}"
        return f"{view.measure}{colon}{view.after}", said + _paragraph(told), views.theme
    after = views.say(f"status.{change.entry.status}")
    why = _paragraph(f"{escape(view.before)} \u2192 <b>{escape(after)}</b>{colon}{escape(view.note)}")
    shown = [_words(one, base, views) for one in claim.history[_place(change)].evidence]
    by = _paragraph(escape(views.say("claim.shown_by")), views.say("sign.comma").join(shown)) if shown else ""
    return f"{view.label}{colon}{after}", said + why + by, views.theme


def _place(change: StatusMoved) -> int:
    return change.claim.claim.history.index(change.entry)


def _of_article(
    change: ArticleCorrected | ClaimsAdded, added: tuple[LinkedClaim, ...], view: EventView, base: str, views: Views
) -> tuple[str, str, str]:
    title = view.text or unmarked("")
    if view.kind != "publication":  # else the list of a reader has the same title twice
        title = unmarked(f"{views.say(f'timeline.{view.kind}')}{views.say('sign.colon')}{title}")
    if isinstance(change, ArticleCorrected):
        return title, _paragraph(escape(view.note)), views.theme
    items = [_said(linked, Views(linked.scope)) for linked in added]
    if len(change.claims) > len(added):
        more = views.say("claim.more", len(change.claims) - len(added))
        items.append(f'<a href="{escape(base + view.path)}">{escape(more)}</a>')
    published = views.date(change.article.record.published).text
    parts = [view.note, published, views.say("count.claims", len(change.claims))]
    listed = "\n".join(f"<li>{item}</li>" for item in items)
    return title, _paragraph(views.say("sign.comma").join(map(escape, parts))) + f"<ul>{listed}</ul>", views.theme


def _said(linked: LinkedClaim, views: Views, *told: str) -> str:
    """A claim: its words, and on a line of its own on whose word they are, with what else is told of that."""
    whose = " \u00b7 ".join((escape(claim_view(linked).who), *told))
    return f"{_statement(linked, views)}<br>\n<small>{whose}</small>"


def _statement(linked: LinkedClaim, views: Views) -> str:
    """What is said: the desk's words, else those of the article as a quotation."""
    text = linked.claim.text
    if text:
        return escape(text)
    return f"<q>{escape(views.citation(Cited(linked.article.head, linked.anchored)).quote)}</q>"


def _document(claim: ClaimView, base: str, views: Views) -> str:
    """Where a claim stands: the article, who published it, unless that has just been said, and when."""
    where = claim.citation
    source = () if plain(where.source) in plain(claim.who) else (escape(where.source),)
    title = f'<a href="{escape(base + where.path)}">{escape(where.title)}</a>'
    return views.say("sign.comma").join((title, *source, escape(where.published.text)))


def _words(shown: CitationView, base: str, views: Views) -> str:
    """The words that show something, and whose they are."""
    words = f'<a href="{escape(base + shown.path)}">{escape(shown.quote)}</a>'
    return f"{words if shown.is_ours else f'<q>{words}</q>'}{escape(views.say('sign.bracket', words=shown.source))}"


def _paragraph(*parts: str) -> str:
    return f"<p>{' '.join(part for part in parts if part)}</p>\n"
