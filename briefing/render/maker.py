"""The maker: what all planners work with, a site and its lists, each of which notes what is read of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache, partial
from typing import Any

from briefing.link.changes import Changes, changes_of
from briefing.link.figures import MeasureValues, figures_by_measure
from briefing.link.mentions import Mentions, mentions_of
from briefing.link.site import LinkedClaim, Site
from briefing.link.timeline import Timeline, timeline
from briefing.link.voices import Voice, voices_of
from briefing.model.addresses import page_path
from briefing.model.config import Config
from briefing.model.dates import PartialDate
from briefing.read.links import Link
from briefing.render.page import Context, Head, Page, SiteView
from briefing.render.room import room_for
from briefing.render.tongues import Phrase, theme_language
from briefing.render.trace import Trace, Traced
from briefing.render.view_maker import Views
from briefing.render.views import LinkView

# The collections that hold more than facts: what they hold can change although no record does.
APART = frozenset(["config", "frame", "texts"])


@dataclass(slots=True)
class Maker(Traced):
    """Makes pages with what they share; the planners of all kinds of page work with it.

    Everything that is looked up in it while pages are planned or a page's context is made is noted by its trace.
    Lists are put together when somebody first asks for one.
    """

    site: Site
    trace: Trace = field(init=False)
    views: Views = field(init=False)
    figures: Mapping[str, MeasureValues] = field(init=False)
    measures: Sequence[str] = field(init=False)
    timeline: Timeline = field(init=False)
    voices: Mapping[str, Voice] = field(init=False)
    changes: Changes = field(init=False)
    mentions: Mentions = field(init=False)
    in_ledger: Sequence[LinkedClaim] = field(init=False)
    _frame: Mapping[str, SiteView] = field(init=False)

    def __post_init__(self) -> None:
        whole = self.site
        self.trace = trace = Trace(room_for(len(whole.claims)))
        self.site = site = _traced(whole, trace)
        self.views = views = Views(site, whole, trace)
        figures = cache(partial(figures_by_measure, whole))
        self.figures = trace.table("figures", figures)
        self.measures = trace.series("measure ids", lambda: list(figures()))
        events, changes = cache(partial(timeline, whole)), cache(partial(changes_of, whole))
        self.timeline = Timeline(
            trace.series("timeline", lambda: events().events), *_by_part("timeline", events, trace)
        )
        self.voices = trace.table("voices", lambda: voices_of(whole.claims.values()))
        self.changes = Changes(trace.series("changes", lambda: changes().site), *_by_part("changes", changes, trace))
        self.mentions = _traced_mentions(cache(partial(mentions_of, whole)), trace)
        self.in_ledger = trace.series("ledger", lambda: [claim for claim in whole.claims.values() if claim.is_forward])
        self._frame = trace.table("frame", lambda: {"site": _frame(whole, views)})

    @property
    def config(self) -> Config:
        return self.site.config

    def page(
        self,
        path: str,
        template: str,
        title: Phrase,
        context: Callable[[], Context],
        source: str,
        links: tuple[Link, ...] = (),
        description: Phrase | None = None,
        day: str = "",
    ) -> Page:
        base = self.config.base_url
        canonical = f"{base.rstrip('/')}/{'' if path == 'index.html' else path}" if base else None
        head = Head(title, path, description, canonical)
        return Page(path, template, context, source, links, self._frame["site"], head, day=day)

    def root(self) -> str:
        """The absolute path of the site, which only the page for missing pages needs."""
        base = self.config.base_url or ""
        _, _, path = base.partition("://")[2].partition("/")
        return f"/{path.strip('/')}/" if path.strip("/") else "/"

    def redirects(self, kind: str, aliases: Iterable[str], target: str, source: str, title: Phrase) -> Iterator[Page]:
        """Pages at the old ids of a record that lead to its page."""
        for alias in aliases:
            yield self.redirect(page_path(kind, alias), target, source, title)

    def redirect(self, path: str, target: str, source: str, title: Phrase) -> Page:
        """A page at an old address that leads to the new one."""
        return self.page(path, "redirect.html", title, partial(dict, target=target), source)


def _frame(site: Site, views: Views) -> SiteView:
    config, pages, since = site.config, site.content.pages, site.config.recorded_since
    return SiteView(
        views.own(config.title),
        views.own(config.description),
        views.own(config.publisher),
        config.language,
        tuple(LinkView(views.own(name), page_path("topics", id)) for id, name in config.topics.items()),
        tuple(LinkView(views.own(pages[id].record.title), page_path("pages", id)) for id in config.nav if id in pages),
        theme_language(config.language),
        views.date(PartialDate.of(site.as_of)) if site.as_of else None,
        views.date(since) if since and (site.as_of is None or site.as_of < since.earliest) else None,
        site.content.with_drafts,
    )


def _traced(whole: Site, trace: Trace) -> Site:
    """The site with collections that note what is read of them."""
    content = whole.content
    site = replace(
        whole,
        content=replace(
            content,
            articles=trace.table("articles", lambda: content.articles),
            texts=trace.table("texts", lambda: content.texts),
            summits=trace.table("summits", lambda: content.summits),
            topics=trace.table("topics", lambda: content.topics),
            pages=trace.table("pages", lambda: content.pages),
            people=trace.table("people", lambda: content.people),
            organizations=trace.table("organizations", lambda: content.organizations),
            places=trace.table("places", lambda: content.places),
            sources=trace.table("sources", lambda: content.sources),
            measures=trace.table("measures", lambda: content.measures),
            files=trace.table("files of entries", lambda: content.files),
        ),
        config=trace.settings("config", whole.config),
    )
    site.claims = trace.table("claims", lambda: whole.claims)
    site.by_summit = trace.table("claims by summit", lambda: whole.by_summit)
    site.by_topic = trace.table("claims by topic", lambda: whole.by_topic)
    site.articles = trace.series("article list", lambda: whole.articles)
    site.articles_by_summit = trace.table("articles by summit", lambda: whole.articles_by_summit)
    site.summits = trace.series("summit list", lambda: whole.summits)
    site.followed_by = trace.table("followed by", lambda: whole.followed_by)
    return site


def _by_part(name: str, find: Callable[[], Any], trace: Trace) -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
    """What a timeline or changes have of each summit, and of each topic."""
    of_summits = trace.table(f"{name} by summit", lambda: find().by_summit)
    return of_summits, trace.table(f"{name} by topic", lambda: find().by_topic)


def _traced_mentions(find: Callable[[], Mentions], trace: Trace) -> Mentions:
    def table(name: str) -> dict[str, list[Any]]:
        return trace.table(f"{name} of entries", lambda: getattr(find(), name))

    return Mentions(**{part.name: table(part.name) for part in fields(Mentions)})
