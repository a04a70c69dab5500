"""A page fitted for paper: where its links lead there, and what drawings need to be drawn and to be read out."""

from posixpath import dirname, join, normpath
from urllib.parse import quote, unquote, urldefrag, urlsplit
from xml.etree.ElementTree import Element

from briefing.paper.brief import Brief

_SVG = "{http://www.w3.org/2000/svg}"


def fitted(page: Element, brief: Brief) -> None:
    """Change a page into what is put on paper."""
    for drawing in page.iter(f"{_SVG}svg"):
        _complete(drawing, "".join(one.text or "" for one in page.iter("style")))
    sources = _source_rows(page, brief.path)
    for link in page.iter("a"):
        _lead(link, brief, sources)
    for address in page.findall(".//*[@id='page_sources']//span[@class='paper']"):
        address.tag = "a"
        address.set("href", address.text or "")


def _complete(drawing: Element, style: str) -> None:
    """Give a drawing the style of its page, which does not reach it in a PDF, and as its name what it has for ears."""
    parts = {"style": style}
    if drawing.find(f"{_SVG}title") is None:
        parts["title"] = drawing.get("aria-label", "")
    for name, text in parts.items():
        part = Element(_SVG + name)
        part.text = text
        drawing.insert(0, part)


def _source_rows(page: Element, path: str) -> dict[str, str]:
    """The ids of the rows of the sources, which they are given, by the paths of the articles that they name."""
    rows = {}
    for number, row in enumerate(page.findall(".//*[@id='page_sources']//li"), 1):
        link = row.find(".//a[@href]")
        article = None if link is None else _place_in_site(path, link.attrib["href"])
        if article is not None:
            row.set("id", f"source_{number}")
            rows[article] = f"source_{number}"
    return rows


def _lead(link: Element, brief: Brief, sources: dict[str, str]) -> None:
    """Have a link lead to the site, if its address is known; else to the row of the source it names, or nowhere."""
    href = link.get("href", "")
    path = _place_in_site(brief.path, href)
    if path is None or href.startswith("#"):
        return
    if brief.address:
        fragment = urldefrag(href).fragment
        link.set("href", f"{brief.address.rstrip('/')}/{quote(path)}" + (f"#{fragment}" if fragment else ""))
    elif path in sources:
        link.set("href", f"#{sources[path]}")
    else:
        link.tag = "span"
        del link.attrib["href"]


def _place_in_site(page: str, href: str) -> str | None:
    """The path in the site of what a link on a page leads to; None for what is elsewhere."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return None
    return normpath(join(dirname(page), unquote(parts.path))) if parts.path else page
