"""The plan: which pages there are, each with its template and what it may show.

It is made of sections. Each is planned by one function from what that looks up, when somebody first asks for it, so
that a section of which nothing has changed since the last build need not be planned at all.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from briefing.diagnostics import Diagnostic, Note, Place
from briefing.link.site import Site
from briefing.model.addresses import page_path
from briefing.model.ids import caseless
from briefing.model.registries import ENTITIES
from briefing.model.topic import StandingPage
from briefing.read.pages import Written
from briefing.render.articles import article_index, article_pages
from briefing.render.changes import change_pages, summit_change_pages, topic_change_pages
from briefing.render.figures import figure_pages
from briefing.render.home import home_page
from briefing.render.ledger import ledger_pages
from briefing.render.maker import Maker
from briefing.render.page import Context, Page
from briefing.render.summits import summit_index, summit_pages
from briefing.render.timeline import summit_timeline_pages, timeline_pages, topic_timeline_pages
from briefing.render.tongues import english
from briefing.render.topics import topic_pages
from briefing.render.trace import Trace
from briefing.render.views import trusted
from briefing.render.voice_index import voice_index
from briefing.render.voices import voice_pages

# A function of the maker and of what its section is about, and that: nothing, an id, or a kind and an id.
Planner = tuple[Callable[..., Iterable[Page]], tuple[str, ...]]


@dataclass(slots=True)
class Plan:
    """The planners of a site by the names of their sections, in the order of its pages."""

    maker: Maker
    planners: Mapping[str, Planner]
    _sections: dict[str, tuple[Page, ...]] = field(default_factory=dict)
    _by_path: dict[str, Page] = field(default_factory=dict)

    @property
    def trace(self) -> Trace:
        """Notes what is read while sections are planned and pages made."""
        return self.maker.trace

    def has(self, name: str) -> bool:
        """Whether a section has been planned."""
        return name in self._sections

    def section(self, name: str) -> tuple[Page, ...]:
        """The pages of a section, planned when they are first asked for."""
        if name not in self._sections:
            planner, about = self.planners[name]
            self._sections[name] = tuple(planner(self.maker, *about))
        return self._sections[name]

    @property
    def pages(self) -> list[Page]:
        """All pages."""
        return [page for name in self.planners for page in self.section(name)]

    def page(self, path: str) -> Page:
        """The page at a path. To find it all sections are planned."""
        if not self._by_path:
            self._by_path = {page.path: page for page in self.pages}
        return self._by_path[path]


def plan(site: Site) -> Plan:
    """The plan of a site. What there is at all is looked up without note: a new record makes a new section."""
    topics, content = site.config.topics, site.content
    planners: dict[str, Planner] = {
        **{f"article {file.id}": (article_pages, (file.id,)) for file in site.articles},
        "articles": (article_index, ()),
        **{f"summit {id}": (summit_pages, (id,)) for id in site.summits},
        "summits": (summit_index, ()),
        **{f"topic {id}": (topic_pages, (id,)) for id in topics},
        "ledger": (ledger_pages, ()),
        "figures": (figure_pages, ()),
        "timeline": (timeline_pages, ()),
        **{f"timeline of topic {id}": (topic_timeline_pages, (id,)) for id in topics},
        **{f"timeline of summit {id}": (summit_timeline_pages, (id,)) for id in site.summits},
        "changes": (change_pages, ()),
        **{f"changes of summit {id}": (summit_change_pages, (id,)) for id in site.summits},
        **{f"changes of topic {id}": (topic_change_pages, (id,)) for id in topics},
        **{f"{kind} {id}": (voice_pages, (kind, id)) for kind in ENTITIES for id in getattr(content, kind)},
        "voices": (voice_index, ()),
        **{f"page {id}": (_standing_pages, (id,)) for id in content.pages},
        "home": (home_page, ()),
        "missing": (_missing_page, ()),
    }
    return Plan(Maker(site), planners)


def _standing_pages(maker: Maker, id: str) -> Iterator[Page]:
    file = maker.site.content.pages[id]
    record, path = file.record, page_path("pages", id)
    title, summary = maker.views.own(record.title), maker.views.own(record.summary)
    context = partial(_standing_context, maker, file)
    yield maker.page(path, "page.html", title, context, file.path, file.links, summary)
    yield from maker.redirects("pages", record.aliases, path, file.path, title)


def _standing_context(maker: Maker, file: Written[StandingPage]) -> Context:
    html = trusted(file.html, maker.config.language)
    return {"html": html, "summary": maker.views.own(file.record.summary)}


def _missing_page(maker: Maker) -> Iterator[Page]:
    """The page for addresses without one. It is served at any of them, so its links are absolute."""
    page = maker.page("404.html", "404.html", english("Page not found"), dict, "templates/404.html")
    yield replace(page, root=maker.root())


def collisions(plan: Plan, paths: Sequence[str], others: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Outputs that a file system could take for one. `paths` are those of all pages of the plan; `others` maps the
    remaining outputs to their files."""
    if len({caseless(path) for path in (*paths, *others)}) == len(paths) + len(others):
        return
    seen: dict[str, tuple[str, str]] = {}
    for path, source in [*((page.path, page.source) for page in plan.pages), *others.items()]:
        key = caseless(path)
        if key in seen:
            first, second = seen[key], (path, source)
            if not source.startswith("content/"):
                first, second = second, first  # The editor's file has to give way, not the page that every site has.
            note = Note(f"{first[0]} is also the address of", Place(first[1]))
            message = f"two files want the address {second[0]}"
            yield Diagnostic("output-collision", message, Place(second[1]), "rename one of them", (note,))
        seen.setdefault(key, (path, source))
