"""Timelines and changes as pages show them."""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib

KINDS = ("meeting", "publication", "correction", "status", "due")


def changes_in(element: Element) -> list[Element]:
    """The changes that an element shows."""
    lists = [one for one in element.iter("ul") if "changes" in str(one.get("class", "")).split()]
    return [item for one in lists for item in one.findall("li")]


def lists_of(file: Path) -> list[list[tuple[str, str, str]]]:
    """Each list of days on a page: the kind, the date and the subject of its events in order."""
    text = file.read_text(encoding="utf-8")
    found = re.findall(r'<ol class="timeline">.*?</ol>', text, re.DOTALL)
    return [list(events_in(html5lib.parse(part, namespaceHTMLElements=False), file.parent.name)) for part in found]


def events_in(root: Element, folder: str) -> Iterator[tuple[str, str, str]]:
    """The events of a list on a page of that folder."""
    for day in (item for item in root.iter("li") if item.get("class") == "day"):
        date = str(next(iter(day.iter("time"))).get("datetime"))
        for event in day.iter("li"):
            kind = str(event.get("class")).removeprefix("event ")
            if kind in KINDS:
                link = next(iter(event.iter("a")))
                path = posixpath.normpath(posixpath.join("site", folder, str(link.get("href"))))
                about = "/".join(path.split("/")[-2:])
                if ref := event.get("data-claim"):
                    assert (link.get("class"), about) == ("said", "articles/{}.html#{}".format(*ref.split("#")))
                yield kind, date, ref or about


def all_of(file: Path) -> list[tuple[str, str, str]]:
    return [event for part in lists_of(file) for event in part]


def tally(file: Path) -> str:
    found = re.search(r'<p class="tally">(.*?)</p>', file.read_text(encoding="utf-8"))
    assert found
    return found[1]
