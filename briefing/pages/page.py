"""A page to be made, the sections that pages come in, and what every page has in common."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Generic, TypeVar

from markupsafe import Markup

from briefing.diagnostics import Step
from briefing.link.site import Site
from briefing.model.addresses import page_path
from briefing.model.dates import PartialDate
from briefing.model.digests import digest
from briefing.model.frozen import frozen
from briefing.read.links import Link
from briefing.views.phrases import Phrase
from briefing.views.values import DateView, LinkView
from briefing.views.views import Views

# The template of pages at old addresses.
REDIRECT = "redirect.html"

A = TypeVar("A")
Context = Mapping[str, object]


@frozen
class AlternateView:
    """A file in which programs find what a page tells: its kind, in words of the catalogue, address and media type."""

    kind: str
    path: str
    type: str


@frozen
class Page:
    """A page: its template, the file that it stands for with the links in that, and what makes its context, which is
    all that the template is given: a function of values with a digest, put together with them by `partial`.

    Of an address that somebody wrote into that file, `way` leads there. Another such makes what it tells search engines
    of itself; `published` is the day of what the desk has written; `image` is the path of the one that stands beside
    links to it.
    """

    path: str
    template: str
    title: Phrase
    context: "partial[Context]"
    source: str
    links: tuple[Link, ...] = ()
    description: Phrase | None = None
    is_rootless: bool = False  # served at any address, so that its links are absolute
    language: str | None = None  # where what it shows is in another than the site's
    is_indexed: bool = True  # to be found by search engines, at the address that it has
    files: tuple[AlternateView, ...] = ()
    way: tuple[Step, ...] = ()
    structured: "partial[Markup] | None" = None
    published: str | None = None
    image: str | None = None


@frozen
class File:
    """A file for programs to read: the file of the site that it stands for, and what makes its bytes, a function of
    values with a digest, put together with them by `partial`."""

    path: str
    data: "partial[bytes]"
    source: str
    links: tuple[Link, ...] = ()


@frozen
class Section(Generic[A]):
    """Pages and files that are planned together: by a function of `arguments`, which are values with a digest, and of
    nothing else. So they are the same as long as the digest is.

    `paths` are how the paths of all that is in it begin, so that one can tell where a page may be without planning.
    Without any, they begin with one of the `PATHS` of its kind.
    """

    name: str
    pages: Callable[[A], Iterable[Page | File]]
    arguments: Callable[[], A]
    text: bytes = b""  # the digest of the text of an article, which is not among the records
    paths: tuple[str, ...] = ()

    def key(self) -> bytes:
        """What tells the section from any other that would be planned in another way."""
        return digest(partial(self.pages, self.arguments()))

    def planned(self) -> list[Page | File]:
        """Its pages and files."""
        return list(self.pages(self.arguments()))


@frozen
class SiteView:
    """What every page shows of the site. `recorded_since` is none in an edition of a day on which it was kept."""

    title: Phrase
    description: Phrase | None
    publisher: Phrase | None
    language: str
    topics: tuple[LinkView, ...]
    nav: tuple[LinkView, ...]
    theme_language: str
    as_of: DateView | None
    recorded_since: DateView | None
    with_drafts: bool
    is_internal: bool
    base_url: str | None
    search: str


def site_view(site: Site) -> SiteView:
    """The view of the site."""
    config, pages, since, as_of = site.config, site.content.pages, site.config.recorded_since, site.as_of
    views = Views(site.scope([("topic", id) for id in config.topics]))
    return SiteView(
        views.own(config.title),
        views.own(config.description),
        views.own(config.publisher),
        config.language,
        tuple(views.topic_link(id) for id in config.topics),
        tuple(LinkView(views.titled(pages[id].record), page_path("pages", id)) for id in config.nav if id in pages),
        views.theme,
        views.date(PartialDate.of(as_of)) if as_of else None,
        views.date(since) if since and (as_of is None or as_of < since.earliest) else None,
        site.content.edition.drafts,
        site.content.edition.internal,
        config.base_url,
        config.search,
    )


def redirects(
    kind: str, aliases: Iterable[str], target: str, source: str, title: Phrase, way: tuple[Step, ...] = ("aliases",)
) -> Iterator[Page]:
    """Pages at the old ids of a record, which stand in its file at a `way`, that lead to its page."""
    for number, alias in enumerate(aliases):
        yield redirect(page_path(kind, alias), target, source, title, (*way, number))


def redirect(path: str, target: str, source: str, title: Phrase, way: tuple[Step, ...] = ()) -> Page:
    """A page at an old address that leads to the new one."""
    return Page(path, REDIRECT, title, partial(dict, target=target), source, way=way)


def copies(file: File, paths: Iterable[str]) -> Iterator[File]:
    """A file, and the same at its old addresses: programs that read it follow no page."""
    yield file
    for path in paths:
        yield replace(file, path=path)
