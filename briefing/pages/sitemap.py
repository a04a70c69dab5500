"""For search engines: the sitemap of a published site that has an address, and robots.txt."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from briefing.link.clock import newest
from briefing.link.lists import Lists
from briefing.link.site import LinkedArticle
from briefing.machines.sitemap import MOST, plain_url, robots, sitemap, sitemap_index
from briefing.model.addresses import is_promised, page_path
from briefing.model.dates import PartialDate
from briefing.model.edition import PUBLIC
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class SitemapArguments:
    """Where the site stands, and its pages with the days of their last changes."""

    base: str
    pages: tuple[Dated, ...]


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
    for id in sorted(content.summits):
        record = content.summits[id].record
        verdict = record.verdict.written if record.verdict else None
        yield page_path("summits", id), _newest(lists, lists.articles_of_summits.get(id, ()), record.written, verdict)
    for id in site.config.topics:
        file = content.topics.get(id)
        written = file.record.written if file else None
        yield page_path("topics", id), _newest(lists, lists.articles_by_topic.get(id, ()), written)
    yield from ((page_path("articles", id), content.articles[id].recorded) for id in sorted(content.articles))
    for id in sorted(content.pages):
        yield page_path("pages", id), _newest(lists, (), content.pages[id].record.written)
    for kind in ENTITIES:
        yield from ((page_path(kind, id), None) for id in sorted(getattr(content, kind)))


def _newest(lists: Lists, articles: Iterable[LinkedArticle], *written: PartialDate | None) -> date | None:
    files = lists.site.content.articles
    return newest([files[article.id].recorded for article in articles], written)


def sitemap_files(given: SitemapArguments) -> Iterator[File]:
    """The sitemap; of very many pages several, and their index in its place."""
    if len(given.pages) <= MOST:
        yield File(SITEMAP, partial(_one, given.base, given.pages), CONFIG)
        return
    paths = []
    for start in range(0, len(given.pages), MOST):
        paths.append(f"sitemaps/{start // MOST + 1}.xml")
        yield File(paths[-1], partial(_one, given.base, given.pages[start : start + MOST]), CONFIG)
    yield File(SITEMAP, partial(_index, given.base, tuple(paths)), CONFIG)


def _one(base: str, pages: tuple[Dated, ...]) -> bytes:
    return sitemap((_of_page(base, path), on) for path, on in pages)


def _of_page(base: str, path: str) -> str:
    """Its canonical address: that of the home page is the site's."""
    return plain_url(base, "" if path == "index.html" else path)


def _index(base: str, paths: tuple[str, ...]) -> bytes:
    return sitemap_index(plain_url(base, path) for path in paths)
