"""PDFs as two libraries read them that have not made them: their pages as text, bookmarks, tags, links and facts."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

import page
import pypdf
import pypdfium2

_FRAME = re.compile(r"( Edition of [^.]*)? Page \d+ of \d+$")


# How much of a sheet is above what is printed on it, in points.
_MARGIN = 18 / 25.4 * 72


def _top(page: pypdfium2.PdfPage) -> str:
    return str(page.get_textpage().get_text_bounded(bottom=page.get_height() - _MARGIN))


class Paper:
    """A PDF file. `tops` are the lines above its pages."""

    def __init__(self, path: Path) -> None:
        self.reader = pypdf.PdfReader(path)
        document = pypdfium2.PdfDocument(path)
        texts = [page.get_textpage().get_text_range() for page in document]
        self.tops = [" ".join(_top(page).split()) for page in document]
        document.close()
        # PDFium has its own sign for a hyphen at the end of a line. A word joiner keeps a number with its words.
        self.pages = [" ".join(text.replace("\ufffe", "-").replace("\u2060", "").split()) for text in texts]

    @cached_property
    def text(self) -> str:
        """The text of all pages, without the lines above and below, which come last in each."""
        return " ".join(_FRAME.sub("", page) for page in self.pages)

    def objects(self) -> Iterator[object]:
        """All that is in it, unpacked: what is told of it, structure, drawings."""
        yield self.reader.metadata
        for number in range(1, len(self.reader.xref_objStm) + sum(map(len, self.reader.xref.values())) + 1):
            found = self.reader.get_object(number)
            yield found
            if isinstance(found, pypdf.generic.StreamObject):
                yield found.get_data().decode("latin-1")

    @property
    def bookmarks(self) -> list[tuple[int, str]]:
        """The bookmarks with their levels from 1."""
        return list(_flat(self.reader.outline, 1))

    @property
    def root(self) -> Any:
        """The catalogue of the document."""
        return self.reader.trailer["/Root"]

    @cached_property
    def tags(self) -> list[Any]:
        """The elements of the structure, each before those in it."""
        return list(elements(self.root["/StructTreeRoot"]["/K"]))

    @property
    def kinds(self) -> Counter[str]:
        """How many elements of each kind there are."""
        return Counter(str(tag["/S"]).removeprefix("/") for tag in self.tags)

    @cached_property
    def links(self) -> list[Any]:
        """The annotations that are links."""
        found = [one.get_object() for page in self.reader.pages for one in page.get("/Annots", ())]
        return [one for one in found if one["/Subtype"] == "/Link"]

    @property
    def addresses(self) -> list[str]:
        """What its links lead to outside of it."""
        return [str(link["/A"]["/URI"]) for link in self.links if "/A" in link]

    @property
    def fonts(self) -> set[str]:
        """The names of the fonts in it."""
        pages: list[Any] = list(self.reader.pages)
        return {str(font["/BaseFont"]) for page in pages for font in page["/Resources"]["/Font"].values()}

    @cached_property
    def sources(self) -> dict[int, str]:
        """The rows of the list of sources by their numbers."""
        listed, rows = self.text.rpartition(" Sources 1. ")[2], {}
        for number in count(1):
            rows[number], mark, listed = listed.partition(f" {number + 1}. ")
            if not mark:
                break
        return rows

    def numbers_of(self, statement: str) -> set[int]:
        """The numbers that stand behind a statement."""
        said = re.escape(" ".join(statement.split()))
        return {int(number) for number in re.findall(rf"{said} ?”?(\d+)\b", self.text)}


def breaches(path: Path) -> list[str]:
    """What in a PDF breaks the hundred rules of PDF/UA-1 (ISO 14289-1) that a program can judge."""
    report = page.validate_pdf(path, profile="ua1")
    assert report.rules.total > 100
    return sorted({f"{failure.rule_id}: {failure.message}" for failure in report.failures})


def _flat(outline: Any, level: int) -> Iterator[tuple[int, str]]:
    for one in outline:
        if isinstance(one, list):
            yield from _flat(one, level + 1)
        else:
            yield level, " ".join(one.title.split())


def elements(part: Any) -> Iterator[Any]:
    """The elements of a part of a structure, each before those in it."""
    found = part.get_object()
    if isinstance(found, list):
        for one in found:
            yield from elements(one)
    elif isinstance(found, dict) and "/S" in found:
        yield found
        if "/K" in found:
            yield from elements(found["/K"])
