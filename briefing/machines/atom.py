"""Feeds: entries as Atom has them (RFC 4287)."""

from datetime import date
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from briefing.model.frozen import frozen

MEDIA_TYPE = "application/atom+xml"
ATOM = "http://www.w3.org/2005/Atom"
# Names are written as they stand in the document: prefixes that the library chooses are those of the whole process,
# where any other may choose them too.
_LANG = "xml:lang"


@frozen
class FeedEntry:
    """Something that became known on a day. `name` tells it from all others, for ever; `content` is HTML. Languages are
    given where they are others than the feed's."""

    name: str
    title: str
    on: date
    url: str
    content: str
    language: str | None = None
    title_language: str | None = None


@frozen
class Feed:
    """Entries, the newest first, with the page that they are of; `url` is where the feed itself stands, `base` where
    the site does, `day` one that stands for a feed without entries."""

    title: str
    author: str
    language: str
    base: str
    url: str
    page: str
    day: date
    entries: tuple[FeedEntry, ...]


def atom(feed: Feed) -> bytes:
    """The feed as an XML document in UTF-8."""
    root = Element("feed", {"xmlns": ATOM, _LANG: feed.language})
    _put(root, "id", feed.url)
    _put(root, "title", feed.title)
    _put(root, "updated", _moment(max((entry.on for entry in feed.entries), default=feed.day)))
    _put(SubElement(root, "author"), "name", feed.author)
    _link(root, "self", feed.url, "application/atom+xml")
    _link(root, "alternate", feed.page, "text/html")
    _put(root, "generator", "briefing")
    for entry in feed.entries:
        _entry(root, feed.base, entry)
    # Its own way to bytes takes a third longer.
    return f"<?xml version='1.0' encoding='utf-8'?>\n{tostring(root, encoding='unicode')}\n".encode()


def _entry(root: Element, base: str, entry: FeedEntry) -> None:
    element = SubElement(root, "entry")
    _put(element, "id", tag(base, entry.name, entry.on))
    _speaking(_put(element, "title", entry.title), entry.title_language)
    _put(element, "updated", _moment(entry.on))
    _link(element, "alternate", entry.url, "text/html")
    content = _put(element, "content", entry.content)
    content.set("type", "html")
    _speaking(content, entry.language)


def tag(base: str, name: str, on: date) -> str:
    """A name of the site at the address `base` that no other site gives (RFC 4151)."""
    address = urlsplit(base)
    path = address.path.strip("/")
    return f"tag:{address.hostname},{on}:{quote(f'{path}/{name}' if path else name, safe=_SAFE)}"


_SAFE = "/:@!$&'()*+,;=~-._"


def _put(parent: Element, name: str, text: str) -> Element:
    element = SubElement(parent, name)
    element.text = text
    return element


def _speaking(element: Element, language: str | None) -> None:
    if language:
        element.set(_LANG, language)


def _link(parent: Element, rel: str, href: str, type: str) -> None:
    SubElement(parent, "link", {"rel": rel, "type": type, "href": href})


def _moment(day: date) -> str:
    return f"{day}T00:00:00Z"
