"""The facts of a web page: JSON-LD first, then Open Graph and other `meta`, then what it shows, such as `<time>`."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from briefing.importing.addresses import is_web, split, without_tracking
from briefing.importing.dates import Dated, dated, is_later
from briefing.importing.found import Found, language_code
from briefing.importing.json_ld import Described, described
from briefing.importing.wayback import archived, shown

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "date", "pubdate", "publishdate", "publish-date",
    "parsely-pub-date", "sailthru.date", "citation_publication_date", "citation_date", "article.published",
)  # fmt: skip
_UPDATED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified",
            "last-modified", "lastmod")  # fmt: skip
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator",
            "citation_author", "byl")  # fmt: skip
_BY = re.compile(r"(?:by|von|par|por|di)\s+(?=\S)", re.IGNORECASE)
# What browsers write into a page that they save.
_SAVED = re.compile(r"saved from url=\(\d+\)(\S+)|^\s*url:\s*(https?://\S+)", re.MULTILINE)
# Where dates stand that are those of other articles.
_NOT_ASIDE = (
    "not(ancestor::aside) and not(ancestor::nav) and not(ancestor::footer) and not(ancestor::*[contains(concat("
    "@class, ' ', @id), 'relat') or contains(@class, 'comment') or contains(@class, 'recommend') or"
    " contains(@class, 'sidebar') or contains(@class, 'teaser')])"
)


class Page:
    """A page as its facts are looked for: `meta` has the contents of `meta` by their lower-case names."""

    def __init__(self, tree: "HtmlElement", address: str) -> None:
        self.tree = tree
        self.address = address or _saved_from(tree)
        self.meta: dict[str, list[str]] = {}
        for element in tree.iter("meta"):
            content = " ".join((element.get("content") or "").split())
            for name in filter(None, (element.get("property"), element.get("name"), element.get("itemprop"))):
                if content:
                    self.meta.setdefault(name.lower().strip(), []).append(content)
        archive = archived(self.address)
        self.base = archive[1] if archive else self.address
        self.canonical = self._canonical()
        scripts = [element.text or "" for element in tree.iter("script") if "ld+json" in (element.get("type") or "")]
        addresses = {one.rstrip("/") for one in (self.canonical, self.base) if one}
        self.described: Described = described(scripts, addresses)

    def first(self, *names: str) -> str:
        """The content of the first of these `meta` that is there."""
        return next((content for name in names for content in self.meta.get(name, ())), "")

    def _canonical(self) -> str:
        """The address that the page says it has; not that of the whole site, which some give all their pages."""
        links = [
            element.get("href") or ""
            for element in self.tree.iter("link")
            if (element.get("rel") or "").lower() == "canonical"
        ]
        for link in [*links, *self.meta.get("og:url", ())]:
            address = absolute(link, self.base)
            parts = split(address)
            own = split(self.base)
            if parts and (parts.path.strip("/") or parts.query or (own and not own.path.strip("/"))):
                return without_tracking(address)
        return ""


def absolute(link: str, base: str) -> str:
    """The link as an address of its own; empty for what is none."""
    if not link.strip():
        return ""
    try:
        address = urljoin(base, link.strip()) if base else link.strip()
    except ValueError:
        return ""
    return address if is_web(address) else ""


def _saved_from(tree: "HtmlElement") -> str:
    from lxml import etree

    for comment in tree.getroottree().iter(etree.Comment):
        if found := _SAVED.search(comment.text or ""):
            return found[1] or found[2]
    for comment in tree.itersiblings(etree.Comment, preceding=True):
        if found := _SAVED.search(comment.text or ""):
            return found[1] or found[2]
    return ""


def facts_of(page: Page) -> Found:
    """All facts but the text."""
    found = Found()
    archive = archived(page.address)
    found.url = page.canonical or without_tracking(page.base)
    if archive:
        found.archive_url = shown(*archive)
    found.publisher = next(iter(page.described.named("publisher")), "") or page.first(
        "og:site_name", "application-name"
    )
    found.address = page.base or found.url
    found.title = _title(page, found.publisher)
    found.authors = tuple(_authors(page, found.publisher))
    found.language = _language(page)
    found.date(list(_published(page)))
    updated = [one for text in _of_article(page, "dateModified", _UPDATED) if (one := dated(text))]
    if updated and found.published and is_later(updated[0], found.published):
        found.updated = updated[0]
    if found.published is None and (unread := next(iter(_of_article(page, "datePublished", _PUBLISHED)), "")):
        found.lacks["published"] = f"the page says `{unread}`, which is no date or could be two"
    if page.described.broken:
        found.notes.append("a script of JSON-LD in the page is broken and was not read")
    return found


def _of_article(page: Page, name: str, metas: tuple[str, ...]) -> Iterator[str]:
    yield from page.described.all(name)
    for meta in metas:
        yield from page.meta.get(meta, ())


def _published(page: Page) -> Iterator[tuple[str, Dated]]:
    given = [("the JSON-LD of the page", text) for text in page.described.all("datePublished")]
    given += [("the `meta` of the page", text) for name in _PUBLISHED for text in page.meta.get(name, ())]
    given += [("the page's `<time>`", text) for text in _times(page.tree)]
    for where, text in given:
        if date := dated(text):
            yield where, date


def _times(tree: "HtmlElement") -> list[str]:
    """The days of `<time>` and of what is marked as the day of publication; of others only where all are one day.

    Of a page with times of several days nobody can tell which is meant, unless one is marked.
    """
    marked = [
        element.get("datetime") or element.get("content") or element.text_content()
        for element in tree.xpath(f"//*[@itemprop='datePublished' or @pubdate][{_NOT_ASIDE}]")
    ]
    if marked:
        return marked
    elements = tree.xpath(f"//time[{_NOT_ASIDE}]")
    modified = re.compile(r"updat|modif|last", re.IGNORECASE)
    plain = [one for one in elements if not modified.search(f"{one.get('class') or ''} {one.get('itemprop') or ''}")]
    texts = [element.get("datetime") or element.text_content() for element in plain]
    days = {date.day for text in texts if (date := dated(text))}
    return texts if len(days) == 1 else []


def _title(page: Page, publisher: str) -> str:
    headings = [" ".join(element.text_content().split()) for element in page.tree.xpath("//h1")]
    heading = headings[0] if len([one for one in headings if one]) == 1 else ""
    titles = [" ".join(element.text_content().split()) for element in page.tree.xpath("//head/title")]
    named = page.described.one("headline", "name") if page.described.article else ""
    if named.endswith(("…", "...")) and heading.startswith(named.rstrip("….")):
        named = heading
    shown_titles = [
        _without_site(one, publisher, headings) for one in (page.first("og:title", "twitter:title"), *titles[:1])
    ]
    return next(filter(None, (named, shown_titles[0], heading, *shown_titles[1:])), "")


def _without_site(title: str, publisher: str, headings: list[str]) -> str:
    """A title without the name of the site behind it, where that is known, or the rest is what the page shows."""
    found = re.fullmatch(r"(.*?)\s+[|–—\-:·»«‹›]\s+([^|–—·»«‹›]+)", title, re.DOTALL)
    if found is None:
        return title
    is_site = bool(publisher) and found[2].strip().casefold() == publisher.casefold()
    return found[1] if is_site or found[1] in headings else title


def _authors(page: Page, publisher: str) -> list[str]:
    shown = [one.text_content() for one in page.tree.xpath(f"//*[@itemprop='author' or @rel='author'][{_NOT_ASIDE}]")]
    named = page.described.named("author") or [one for name in _AUTHORS for one in page.meta.get(name, ())] or shown
    authors = [_BY.sub("", " ".join(name.split()), count=1) for name in named]
    kept = [name for name in authors if name and not is_web(name) and "@" not in name and len(name) < 100]
    unique = list(dict.fromkeys(kept))
    return [name for name in unique if name.casefold() != publisher.casefold()]


def _language(page: Page) -> str:
    """The language as the model has it: `ja`, `en-US`."""
    html = page.tree.getroottree().getroot()
    given = [
        *page.described.all("inLanguage"),
        html.get("lang") or html.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
    ]
    given += [*page.meta.get("og:locale", ()), *page.meta.get("content-language", ())]
    return next(filter(None, map(language_code, given)), "")
