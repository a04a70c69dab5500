"""Pages as a browser reads them: their elements, the words, claims and links in these."""

from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib


def parsed(file: Path) -> Element:
    root: Element = html5lib.parse(file.read_text(encoding="utf-8"), namespaceHTMLElements=False)
    return root


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def having(root: Element, tag: str, name: str) -> list[Element]:
    """The elements of a tag and class."""
    return [element for element in root.iter(tag) if name in str(element.get("class", "")).split()]


def refs_in(element: Element) -> list[str]:
    """The claims that stand in an element."""
    return [str(one.get("data-claim")) for one in element.iter() if one.get("data-claim")]


def links_in(element: Element) -> list[str]:
    return [str(one.get("href")) for one in element.iter("a")]


def section(page: Element, heading: str) -> Element:
    """The section that has a heading of these words."""
    return next(one for one in page.iter("section") if any(text_of(child) == heading for child in one.findall("h2")))
