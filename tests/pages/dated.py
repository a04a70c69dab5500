"""Timelines and changes as pages show them."""

import posixpath
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from tests.markup import having, parsed, text_of

# What the line of an event begins with; that of a status begins with what the claim says.
KINDS = {"Meeting": "meeting", "Article": "publication", "Correction": "correction", "Due": "due"}


def lines_in(element: Element) -> list[tuple[str, Element]]:
    """The lines below the days of an element, each with the date of its day."""
    days = [day for one in having(element, "ol", "time") for day in one.findall("li")]
    return [
        (str(day.findall("time")[0].get("datetime")), line)
        for day in days
        for part in day.findall("ul")
        for line in part.findall("li")
    ]


def is_event(line: Element) -> bool:
    return line.get("class") == "event"


def changes_in(element: Element) -> list[Element]:
    """The changes that an element shows."""
    return [line for _, line in lines_in(element) if not is_event(line)]


def lists_of(file: Path) -> list[list[tuple[str, str, str]]]:
    """Each list of days with events on a page: the kind, the date and the subject of its events in order."""
    found = []
    for one in having(parsed(file), "ol", "time"):
        around = Element("main")
        around.append(one)
        found.append(list(events_in(around, file.parent.name)))
    return [events for events in found if events]


def events_in(root: Element, folder: str) -> Iterator[tuple[str, str, str]]:
    """The events of a list on a page of that folder."""
    for date, event in lines_in(root):
        if is_event(event):
            link = next(iter(event.iter("a")))
            path = posixpath.normpath(posixpath.join("site", folder, str(link.get("href"))))
            about = "/".join(path.split("/")[-2:])
            if ref := event.get("data-claim"):
                assert about == "articles/{}.html#{}".format(*ref.split("#"))
            begins = text_of(event).partition(":")[0]
            kind = KINDS.get(begins, "status")
            assert kind in (("due", "status") if ref else KINDS.values())
            yield kind, date, ref or about


def all_of(file: Path) -> list[tuple[str, str, str]]:
    return [event for part in lists_of(file) for event in part]


def tally(file: Path) -> str:
    """How many events or changes a page says that it has."""
    [header] = having(parsed(file), "header", "page")
    [line] = having(header, "p", "u")
    return text_of(line)
