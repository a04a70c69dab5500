"""The timeline as pages show it: what happened on each day, and what changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from tests.markup import having, parsed, text_of

# What the line of an entry begins with. That of a status or of a figure begins with what the claim says.
KINDS = {
    "Meeting": "meeting",
    "Article": "publication",
    "Due": "due",
    "Corrected": "correction",
    "Claims added": "added",
}
HAPPENED = frozenset(["meeting", "publication", "due"])


class Line(NamedTuple):
    """A line of a timeline: its date, its kind, the claim or else the name of the page that it leads to, and itself."""

    date: str
    kind: str
    about: str
    item: Element

    @property
    def entry(self) -> tuple[str, str, str]:
        return self.date, self.kind, self.about


def days_in(element: Element) -> Iterator[tuple[str, Element]]:
    """The days of the timelines in an element, each with its date."""
    for one in having(element, "ol", "time"):
        for day in one.findall("li"):
            yield str(day.findall("time")[0].get("datetime")), day


def lines_in(element: Element) -> list[Line]:
    """The lines of the days in an element. What happened comes first; what changed has a word above it."""
    lines = []
    for date, day in days_in(element):
        strands = [(one.get("class"), one) for one in day if one.tag != "time"]
        assert [name for name, _ in strands] in (["happened"], ["changed"], ["happened", "changed"])
        for name, strand in strands:
            assert name == "happened" or text_of(strand).startswith("Changed ")
            for item in strand.iter("li"):
                kind, about = kind_of(item), about_of(item)
                assert (kind in HAPPENED) == (name == "happened"), text_of(item)
                lines.append(Line(date, kind, about, item))
    return lines


def kind_of(item: Element) -> str:
    """The kind of an entry; a line that only counts is `unrated`."""
    if item.get("class") == "u":
        return "unrated"
    begins = (item.text or "").strip().removesuffix(":")
    if begins:
        return KINDS[begins]
    return "status" if having(item, "b", "st") else "figure"


def about_of(item: Element) -> str:
    """What an entry is about, and leads to."""
    ref = item.get("data-claim")
    paths = [str(link.get("href")).rpartition("/")[2] for link in item.iter("a")]
    if ref:
        assert paths == ["{}.html#{}".format(*ref.split("#"))]
        return ref
    assert len(paths) == (item.get("class") != "u")
    return paths[0].removesuffix(".html") if paths else ""


def entries_in(file: Path) -> list[tuple[str, str, str]]:
    """The date, the kind and the subject of each entry on a page, in order."""
    return [line.entry for line in lines_in(parsed(file))]


def tally(page: Element) -> str:
    """How many entries a page says that it has."""
    [header] = having(page, "header", "page")
    [line] = having(header, "p", "u")
    return text_of(line)
