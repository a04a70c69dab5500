"""A page to be made, and what every page has in common."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from briefing.link.changes import Changes, changes_of
from briefing.link.figures import MeasureValues, figures_by_measure
from briefing.link.site import Site
from briefing.link.timeline import Timeline, timeline
from briefing.link.voices import Voice, voices_of
from briefing.model.addresses import page_path
from briefing.model.config import Config
from briefing.model.dates import PartialDate
from briefing.read.markup import Link
from briefing.render.room import room_for
from briefing.render.trace import Trace, Traced
from briefing.render.view_maker import Views
from briefing.render.views import DateView, LinkView

Context = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be made: a pure function of these values. `source` is the file it stands for.

    Its views are made when it is rendered, so that they can be made where it is rendered.
    """

    path: str
    template: str
    make_context: Callable[[], Context]
    source: str
    links: tuple[Link, ...]
    frame: "SiteView"
    head: "Head"
    root: str | None = None  # the absolute path that links begin with, for the page without a place of its own
    day: str = ""  # about when most of what it shows happened: pages of one time share claims, and are made together

    @property
    def context(self) -> Context:
        """What the template is given, and all it is given."""
        return {"site": self.frame, "page": self.head, **self.make_context()}


@dataclass(frozen=True, slots=True)
class Head:
    """What every page says of itself."""

    title: str
    path: str
    description: str | None = None
    canonical: str | None = None


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page shows of the site."""

    title: str
    description: str | None
    publisher: str | None
    language: str
    topics: tuple[LinkView, ...]
    nav: tuple[LinkView, ...]
    as_of: DateView | None


@dataclass(slots=True)
class Maker(Traced):
    """Makes pages with what they share; the planners of all kinds of page work with it.

    Everything that is looked up in it while a page's context is made is noted by its trace.
    """

    site: Site
    trace: Trace = field(init=False)
    views: Views = field(init=False)
    frame: SiteView = field(init=False)
    figures: Mapping[str, MeasureValues] = field(init=False)
    measures: Sequence[str] = field(init=False)
    timeline: Timeline = field(init=False)
    voices: Mapping[str, Voice] = field(init=False)
    changes: Changes = field(init=False)

    def __post_init__(self) -> None:
        site = self.site
        self.trace = trace = Trace(room_for(len(site.claims)))
        changes, events = changes_of(site), timeline(site)
        self.figures = trace.table("figures", figures_by_measure(site))
        self.measures = trace.series("measure ids", list(self.figures))
        self.timeline = replace(
            events,
            events=trace.series("timeline", events.events),
            by_summit=trace.table("timeline by summit", events.by_summit),
            by_topic=trace.table("timeline by topic", events.by_topic),
        )
        self.voices = trace.table("voices", voices_of(site.claims.values()))
        self.changes = replace(
            changes,
            site=trace.series("changes", changes.site),
            by_summit=trace.table("changes by summit", changes.by_summit),
            by_topic=trace.table("changes by topic", changes.by_topic),
        )
        self.site = site = _traced(site, trace)
        self.views = Views(site, trace)
        config = site.config
        self.frame = SiteView(
            config.title,
            config.description,
            config.publisher,
            config.language,
            tuple(self.views.topic_link(id) for id in config.topics),
            tuple(
                LinkView(site.content.pages[id].record.title, page_path("pages", id))
                for id in config.nav
                if id in site.content.pages
            ),
            self.views.date(PartialDate.of(site.as_of)) if site.as_of else None,
        )

    @property
    def config(self) -> Config:
        return self.site.config

    def page(
        self,
        path: str,
        template: str,
        title: str,
        context: Callable[[], Context],
        source: str,
        links: tuple[Link, ...] = (),
        description: str | None = None,
        day: str = "",
    ) -> Page:
        base = self.config.base_url
        canonical = f"{base.rstrip('/')}/{'' if path == 'index.html' else path}" if base else None
        head = Head(title, path, description, canonical)
        return Page(path, template, context, source, links, self.frame, head, day=day)

    def root(self) -> str:
        """The absolute path of the site, which only the page for missing pages needs."""
        base = self.config.base_url or ""
        _, _, path = base.partition("://")[2].partition("/")
        return f"/{path.strip('/')}/" if path.strip("/") else "/"

    def redirects(self, kind: str, aliases: Iterable[str], target: str, source: str, title: str) -> Iterator[Page]:
        """Pages at the old ids of a record that lead to its page."""
        for alias in aliases:
            yield self.page(page_path(kind, alias), "redirect.html", title, partial(dict, target=target), source)


def _traced(site: Site, trace: Trace) -> Site:
    """The site with collections that note what is read of them."""
    content = site.content
    return replace(
        site,
        content=replace(
            content,
            articles=trace.table("articles", content.articles),
            texts=trace.table("texts", content.texts),
            summits=trace.table("summits", content.summits),
            topics=trace.table("topics", content.topics),
            pages=trace.table("pages", content.pages),
            people=trace.table("people", content.people),
            organizations=trace.table("organizations", content.organizations),
            places=trace.table("places", content.places),
            sources=trace.table("sources", content.sources),
            measures=trace.table("measures", content.measures),
        ),
        config=trace.settings("config", site.config),
        claims=trace.table("claims", site.claims),
        by_summit=trace.table("claims by summit", site.by_summit),
        by_topic=trace.table("claims by topic", site.by_topic),
        articles=trace.series("article list", site.articles),
        articles_by_summit=trace.table("articles by summit", site.articles_by_summit),
        summits=trace.series("summit list", site.summits),
        followed_by=trace.table("followed by", site.followed_by),
    )
