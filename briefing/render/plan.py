"""The plan: which pages there are, each with its template and what it may show."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from briefing.diagnostics import Diagnostic, Note, Place
from briefing.link.site import Site
from briefing.model.addresses import page_path
from briefing.model.topic import StandingPage
from briefing.read.pages import Written
from briefing.render.articles import article_index, article_pages
from briefing.render.changes import change_pages
from briefing.render.figures import figure_pages
from briefing.render.home import home_page
from briefing.render.ledger import ledger_pages
from briefing.render.page import Context, Maker, Page
from briefing.render.summits import summit_pages
from briefing.render.timeline import timeline_pages
from briefing.render.topics import topic_pages
from briefing.render.trace import Trace
from briefing.render.views import trusted
from briefing.render.voice_index import voice_index
from briefing.render.voices import voice_pages


@dataclass(frozen=True, slots=True)
class Plan:
    """All pages of a site, and the trace that notes what is read while they are made."""

    pages: list[Page] = field(default_factory=list)
    trace: Trace = field(default_factory=Trace)


def plan(site: Site) -> Plan:
    """All pages of the site."""
    maker = Maker(site)
    pages = [
        *article_pages(maker),
        *article_index(maker),
        *summit_pages(maker),
        *topic_pages(maker),
        *ledger_pages(maker),
        *figure_pages(maker),
        *timeline_pages(maker),
        *change_pages(maker),
        *voice_pages(maker),
        *voice_index(maker),
        *_standing_pages(maker),
        home_page(maker),
        _missing_page(maker),
    ]
    return Plan(pages, maker.trace)


def _standing_pages(maker: Maker) -> Iterator[Page]:
    for file in maker.site.content.pages.values():
        record, path = file.record, page_path("pages", file.id)
        context = partial(_standing_context, file)
        yield maker.page(path, "page.html", record.title, context, file.path, file.links, record.summary)
        yield from maker.redirects("pages", record.aliases, path, file.path, record.title)


def _standing_context(file: Written[StandingPage]) -> Context:
    return {"html": trusted(file.html), "summary": file.record.summary}


def _missing_page(maker: Maker) -> Page:
    """The page for addresses without one. It is served at any of them, so its links are absolute."""
    page = maker.page("404.html", "404.html", "Page not found", dict, "templates/404.html")
    return replace(page, root=maker.root())


def collisions(pages: Sequence[Page], others: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Outputs that a file system could take for one. `others` maps the remaining outputs to their files."""
    seen: dict[str, tuple[str, str]] = {}
    outputs = [*((page.path, page.source) for page in pages), *others.items()]
    for path, source in outputs:
        key = unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
        if key in seen:
            first, second = seen[key], (path, source)
            if not source.startswith("content/"):
                first, second = second, first  # The editor's file has to give way, not the page that every site has.
            note = Note(f"{first[0]} is also the address of", Place(first[1]))
            message = f"two files want the address {second[0]}"
            yield Diagnostic("output-collision", message, Place(second[1]), "rename one of them", (note,))
        seen.setdefault(key, (path, source))
