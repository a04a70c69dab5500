"""For search engines: the sitemap of a published site that has an address, and robots.txt."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any
from urllib.parse import quote

from briefing.link.clock import newest
from briefing.link.lists import Lists
from briefing.link.site import LinkedArticle
from briefing.machines.sitemap import MOST, plain_url, robots, sitemap, sitemap_index
from briefing.model.addresses import is_promised, page_path
from briefing.model.dates import PartialDate
from briefing.model.digests import digest
from briefing.model.edition import PUBLIC
from briefing.model.frozen import frozen
from briefing.model.registries import ENTITIES
from briefing.pages.page import File, Section
from briefing.pages.plan import fixed_paths
from briefing.pages.timeline import FORMER
from briefing.read.content import CONFIG

# Where its sections stand in the plan, and the addresses that are no record's.
WEIGHT = 140
SITEMAP = "sitemap.xml"
PATHS = ("robots.txt", SITEMAP, "sitemaps/")

Dated = tuple[str, date | None]


def sections(lists: Lists) -> Iterator[Section[Any]]:
    """One for both. Only the edition for the public has a sitemap: no other is to be found."""
    if not lists.site.content.edition.internal:  # which has its own
        yield Section("robots", robots_file, partial(_robots, lists))
    if _base(lists):
        yield Section("sitemap", sitemap_files, partial(_sitemap, lists))


def _base(lists: Lists) -> str | None:
    site = lists.site
    return site.config.base_url if site.content.edition == PUBLIC else None


@frozen
class RobotsArguments:
    """The rules that the configuration has, and the address of the sitemap."""

    rules: str | None
    sitemap: str | None


def _robots(lists: Lists) -> RobotsArguments:
    base = _base(lists)
    return RobotsArguments(lists.site.config.robots, plain_url(base, SITEMAP) if base else None)


def robots_file(given: RobotsArguments) -> Iterator[File]:
    """What search engines may read."""
    yield File("robots.txt", partial(robots, given.rules, given.sitemap), CONFIG)


@dataclass(frozen=True)
class SitemapArguments:
    """Where the site stands, and its pages with the days of their last changes."""

    base: str
    pages: tuple[Dated, ...]

    @cached_property
    def digest(self) -> bytes:
        told = repr([(path, on and on.toordinal()) for path, on in self.pages])  # there are thousands of them
        return digest(self.base, told)


def _sitemap(lists: Lists) -> SitemapArguments:
    fixed = sorted(path for path in fixed_paths() if _is_page(path))
    return SitemapArguments(lists.site.config.base_url or "", (*((path, None) for path in fixed), *_records(lists)))


def _is_page(path: str) -> bool:
    return path.endswith(".html") and is_promised(path) and path != FORMER


def _records(lists: Lists) -> Iterator[Dated]:
    """The pages of records. A day is given only where records have one: of what changed in a page, not of what was
    written otherwise since."""
    site = lists.site
    content = site.content
    recorded = {id: content.articles[id].recorded for id in sorted(content.articles)}
    for id in sorted(content.summits):
        record, articles = content.summits[id].record, lists.articles_of_summits.get(id, ())
        verdict = record.verdict.written if record.verdict else None
        yield page_path("summits", id), _newest(recorded, articles, record.written, verdict)
    for id in site.config.topics:
        file, articles = content.topics.get(id), lists.articles_by_topic.get(id, ())
        yield page_path("topics", id), _newest(recorded, articles, file.record.written if file else None)
    yield from ((page_path("articles", id), day) for id, day in recorded.items())
    for id in sorted(content.pages):
        yield page_path("pages", id), _newest(recorded, (), content.pages[id].record.written)
    for kind in ENTITIES:
        yield from ((page_path(kind, id), None) for id in sorted(getattr(content, kind)))


def _newest(
    recorded: Mapping[str, date], articles: Iterable[LinkedArticle], *written: PartialDate | None
) -> date | None:
    return newest([recorded[article.id] for article in articles], written)


def sitemap_files(given: SitemapArguments) -> Iterator[File]:
    """The sitemap; of very many pages several, and their index in its place."""
    if len(given.pages) <= MOST:
        yield File(SITEMAP, partial(_part, given, 0), CONFIG)
        return
    paths = []
    for start in range(0, len(given.pages), MOST):
        paths.append(f"sitemaps/{start // MOST + 1}.xml")
        yield File(paths[-1], partial(_part, given, start), CONFIG)
    yield File(SITEMAP, partial(_index, given.base, tuple(paths)), CONFIG)


def _part(given: SitemapArguments, start: int) -> bytes:
    """The canonical addresses of some pages: that of the home page is the site's."""
    root = plain_url(given.base, "")
    pages = given.pages[start : start + MOST]
    return sitemap((root + quote("" if path == "index.html" else path), on) for path, on in pages)


def _index(base: str, paths: tuple[str, ...]) -> bytes:
    return sitemap_index(plain_url(base, path) for path in paths)
