"""Sections to pages: each page compared with that of the last build by a key, and made if it is another."""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, NamedTuple

from briefing.diagnostics import Diagnostic
from briefing.model.digests import joined
from briefing.model.frozen import frozen
from briefing.pages.page import AlternateView, Context, File, Page, Section, SiteView
from briefing.theme.fragments import Broken, Fragments
from briefing.theme.markup import Href, links_in, numbered
from briefing.theme.templates import Templates
from briefing.views.listed import KINDS
from briefing.views.phrases import Phrase, territorial

# The media type of feeds (RFC 4287).
ATOM = "application/atom+xml"
# What a file has in the place of the name of its template.
NO_TEMPLATE = ""


@frozen
class Head:
    """What every page says of itself. `files` are those in which programs find what it tells; `published` is the day of
    what the desk itself has written, `image` the address of the one that stands beside links to it. Only what is to be
    found by search engines has a `canonical` address; `locale` is its language as Open Graph has it."""

    title: Phrase
    path: str
    description: Phrase | None
    canonical: str | None
    files: tuple[AlternateView, ...]
    is_indexed: bool
    locale: str
    published: str | None = None
    image: str | None = None


class RenderedPage(NamedTuple):
    """A page or a file that was made: its template, which a file has none of, its keys, its bytes, the ids in it, and
    what it links to inside the site. Without `data` it is what it was before."""

    path: str
    template: str
    keys: "Keys"
    data: bytes | None = None
    ids: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


class Keys(NamedTuple):
    """What tells a page from any other: one of what its context is made from, one of the context itself.

    The first is quickly made. Where it is another, the page may still be the same: a list does not show all of a claim.
    """

    inputs: bytes
    context: bytes


class UnrenderedPage(NamedTuple):
    """A page that could not be made, with what is wrong with its template."""

    path: str
    template: str
    problem: Diagnostic


class RenderedSection(NamedTuple):
    """All pages of a section."""

    name: str
    pages: list[RenderedPage | UnrenderedPage]


class Renderer:
    """Makes the pages of a site. `theme` tells what all pages have in common from any other: the frame, and how
    fragments are made."""

    def __init__(self, templates: Templates, fragments: Fragments, site: SiteView) -> None:
        self.templates, self.fragments = templates, fragments
        self._site = site
        self.theme = joined([fragments.digest(site), *(templates.digest(kind.template) for kind in KINDS)])

    def apart(self) -> "Renderer":
        """One that makes the same pages, and has made no fragments."""
        return Renderer(self.templates, self.fragments.fresh(), self._site)

    def section(self, section: Section[Any], keys: Mapping[str, Keys]) -> RenderedSection:
        """The pages of a section; those that have the key that they had before are not made again."""
        rendered = RenderedSection(section.name, list(self._pages(section.planned(), keys)))
        self.fragments.forget()
        return rendered

    def page(self, page: Page | File) -> RenderedPage | UnrenderedPage:
        """A page or a file, whatever it was before."""
        if isinstance(page, File):
            return self._file(page, None)
        try:
            return self._rendered(page, _values(page), Keys(b"", b""))
        except Broken as broken:
            return UnrenderedPage(page.path, page.template, broken.problem)

    def _pages(self, pages: Iterable[Page | File], keys: Mapping[str, Keys]) -> Iterable[RenderedPage | UnrenderedPage]:
        for page in pages:
            before = keys.get(page.path)
            if isinstance(page, File):
                yield self._file(page, before)
                continue
            try:
                yield self._page(page, before)
            except Broken as broken:
                yield UnrenderedPage(page.path, page.template, broken.problem)

    def _file(self, file: File, before: Keys | None) -> RenderedPage:
        made_from = self.fragments.digest(file.data)
        keys = Keys(made_from, made_from)
        return RenderedPage(file.path, NO_TEMPLATE, keys, None if before == keys else file.data())

    def _page(self, page: Page, before: Keys | None) -> RenderedPage | UnrenderedPage:
        told = (page.path, page.title, page.description, page.files, page.published, page.image, page.language)
        head = self.fragments.digest(*told, page.is_rootless, page.is_indexed)
        common = [self.theme, self.templates.digest(page.template), head]
        inputs = joined([*common, self.fragments.digest(page.context, page.structured)])
        if before is not None and before.inputs == inputs:
            return RenderedPage(page.path, page.template, before)
        context = _values(page)
        keys = Keys(inputs, joined([*common, self.fragments.digest(context)]))
        if before is not None and before.context == keys.context:
            return RenderedPage(page.path, page.template, keys)
        return self._rendered(page, context, keys)

    def _rendered(self, page: Page, values: Context, keys: Keys) -> RenderedPage | UnrenderedPage:
        href = Href(page.path, self._root if page.is_rootless else None)
        context = {"site": self._site, "page": self._head(page), **values, "href": href.to}
        made = self.templates.render(page.template, context, page.path)
        if isinstance(made, Diagnostic):
            return UnrenderedPage(page.path, page.template, made)
        placed = [self.fragments.of(listed) for listed in made.placed]
        cited = dict.fromkeys(chain.from_iterable([of.sources for fragments in placed for of in fragments]))
        made = made.sourced(bool(cited))
        sources = self.fragments.sources(cited) if made.has_sources else []
        shown = chain(chain.from_iterable(placed), sources)
        links = links_in(page.path, href.root, made.text, shown)
        texts = [href.completed("".join([of.html for of in fragments])) for fragments in placed]
        text = made.filled(texts)
        if cited:
            text = numbered(text, href.completed("".join([of.html for of in sources])))
        return RenderedPage(page.path, page.template, keys, text.encode(), *links)

    def _head(self, page: Page) -> Head:
        site, base = self._site, self._site.base_url
        is_indexed = page.is_indexed and not (site.with_drafts or site.is_internal)
        address = f"{base.rstrip('/')}/{'' if page.path == 'index.html' else page.path}" if base else None
        canonical = address if is_indexed else None
        # A feed needs an address.
        files = tuple(file for file in page.files if base or file.type != ATOM)
        image = f"{base.rstrip('/')}/{page.image}" if base and page.image else None
        locale = territorial(page.language or site.language)
        published = page.published
        return Head(page.title, page.path, page.description, canonical, files, is_indexed, locale, published, image)

    @property
    def _root(self) -> str:
        """The absolute path of the site, which only the page for missing pages needs."""
        _, _, path = (self._site.base_url or "").partition("://")[2].partition("/")
        return f"/{path.strip('/')}/" if path.strip("/") else "/"


def _values(page: Page) -> Context:
    """What the template of a page is given of its own."""
    return {**page.context(), "structured": page.structured() if page.structured else None}
