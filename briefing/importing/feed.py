"""Feeds, Atom and RSS: the list of their entries, to choose from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.parsers.expat import ErrorString

from briefing.importing.dates import Dated, dated
from briefing.importing.page_facts import absolute
from briefing.importing.refused import Refused

_ATOM = "http://www.w3.org/2005/Atom"
_ROOT = re.compile(rb"<(?!\?|!)(?:\w+:)?(rss|feed|RDF)\b")
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
MOST = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that a feed tells of."""

    title: str
    address: str
    published: Dated | None
    authors: tuple[str, ...] = ()

    def in_words(self) -> str:
        """The entry as it is shown in a list."""
        day = self.published.text if self.published else "without a date"
        return f"{day}  {self.title or 'without a title'}  {self.address or 'without an address'}"


def is_feed(data: bytes) -> bool:
    """Whether data begins as a feed does."""
    found = re.search(rb"<(?![?!])", data[:4096])
    return found is not None and _ROOT.match(data, found.start()) is not None


def entries_of(data: bytes, address: str = "") -> list[Entry]:
    """The entries in their order; `Refused` for a feed that cannot be read, or is empty."""
    if _ENTITIES.search(data[:4096]):
        raise Refused(
            "it declares entities, which no feed needs", "import its articles by their addresses", "unreadable-file"
        )
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - without a DOCTYPE there is nothing to expand
    except ElementTree.ParseError as error:
        line, column = error.position
        message = f"it is no XML: {ErrorString(error.code)}"
        raise Refused(message, "import its articles by their addresses", "unreadable-file", line, column + 1) from None
    except (LookupError, ValueError) as error:
        raise Refused(
            f"it cannot be read: {error}", "import its articles by their addresses", "unreadable-file"
        ) from None
    base = root.get("{http://www.w3.org/XML/1998/namespace}base") or address or _link(root, "")
    entries = [_entry(element, base) for element in root.iter() if _name(element) in ("item", "entry")][:MOST]
    if not entries:
        raise Refused("it is a feed without entries", "look whether its address is right")
    return entries


def picked(text: str, count: int) -> list[int]:
    """The numbers in `1,3-5`, from 1 to `count`, or all for `all`; ValueError for any other text."""
    if text.strip().lower() == "all":
        return list(range(1, count + 1))
    numbers: list[int] = []
    for part in re.split(r"[,\s]+", text.strip()):
        found = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?", part)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last <= count:
            raise ValueError(part)
        numbers += range(first, last + 1)
    return list(dict.fromkeys(numbers))


def _entry(element: ElementTree.Element, base: str) -> Entry:
    title = re.sub(r"<[^<>]*>", "", _text(element, "title"))
    dates = (dated(_text(element, name)) for name in ("published", "pubDate", "date", "issued", "updated"))
    return Entry(
        " ".join(title.split()),
        absolute(_link(element, base), base),
        next(filter(None, dates), None),
        tuple(_authors(element)),
    )


def _link(element: ElementTree.Element, base: str) -> str:
    """The address of an entry: Atom's `alternate`, the text of RSS, or an id that says that it is one."""
    for child in element:
        if (
            _name(child) == "link"
            and child.tag.startswith(f"{{{_ATOM}}}")
            and child.get("rel", "alternate") == "alternate"
        ):
            return child.get("href") or ""
    for child in element:
        if _name(child) == "link" and not child.tag.startswith(f"{{{_ATOM}}}") and (child.text or "").strip():
            return (child.text or "").strip()
    guid = next(
        (child for child in element if _name(child) == "guid" and child.get("isPermaLink", "true") == "true"), None
    )
    return (guid.text or "").strip() if guid is not None else ""


def _authors(element: ElementTree.Element) -> Iterator[str]:
    for child in element:
        name = _text(child, "name") if _name(child) == "author" and len(child) else ""
        if _name(child) == "creator":
            name = (child.text or "").strip()
        if name:
            yield name


def _text(element: ElementTree.Element, name: str) -> str:
    found = next((child for child in element if _name(child) == name), None)
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
