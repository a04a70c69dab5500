"""The lines of a page of a PDF: its characters by where they stand, raised and lowered numbers told apart."""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from briefing.importing.decoding import REPLACED
from briefing.read.raised import shifted

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

# Where a line broke a word, in place of its hyphen: a character that no text has.
BROKEN = "\ufffe"
# As PDFium tells of it.
_HYPHEN = "\x02"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, its place in points from the lower left corner, and the height of its letters."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class _Character:
    text: str
    size: float
    base: float
    left: float
    bottom: float
    right: float
    top: float


def lines_of(page: "PdfTextPage") -> list[Line]:
    """The lines of a page, in the order of its text. A character without a meaning is `REPLACED`."""
    lines: list[list[_Character | None]] = [[]]
    parted = False
    for one in _characters(page):
        if one is None:
            parted = True
            continue
        if parted and lines[-1]:
            before = next((last for last in reversed(lines[-1]) if last), None)
            if before and _is_beside(before, one):
                if one.left - before.right > 0.2 * one.size:
                    lines[-1].append(None)
            else:
                lines.append([])
        parted = False
        lines[-1].append(one if one.text.strip() else None)
    return [line for characters in lines if (line := _line(characters))]


def _characters(page: "PdfTextPage") -> Iterator[_Character | None]:
    """The characters; None where a line ends."""
    from pypdfium2.raw import FPDFText_GetCharOrigin, FPDFText_GetFontSize, FPDFText_GetUnicode

    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(page.count_chars()):
        text = chr(FPDFText_GetUnicode(page, index))
        if text in "\r\n":
            yield None
            continue
        left, bottom, right, top = page.get_charbox(index, loose=True)
        if text == "\0":
            if right <= left:
                continue
            text = REPLACED
        FPDFText_GetCharOrigin(page, index, x, y)
        size = FPDFText_GetFontSize(page, index)
        yield _Character(BROKEN if text == _HYPHEN else text, size, y.value, left, bottom, right, top)


def _is_beside(before: _Character, one: _Character) -> bool:
    """Whether it stands in the same line, to the right, and perhaps raised or lowered."""
    shared = min(before.top, one.top) - max(before.bottom, one.bottom)
    low = min(before.top - before.bottom, one.top - one.bottom)
    return low > 0 and shared > 0.4 * low and -0.1 * one.size <= one.left - before.right < 1.5 * one.size


def _line(characters: Sequence[_Character | None]) -> Line | None:
    seen = [one for one in characters if one]
    if not seen:
        return None
    height = max(one.top - one.bottom for one in seen)
    usual = [one for one in seen if one.top - one.bottom > 0.85 * height]
    base = median(one.base for one in usual)
    pieces: list[str] = []
    run, shift = "", ""
    for one in characters:
        now = _shift(one, height, base) if one else ""
        if now != shift:
            pieces.append(_shifted(run, shift))
            run = ""
        run, shift = run + (one.text if one else " "), now
    pieces.append(_shifted(run, shift))
    text = " ".join("".join(pieces).split())
    lefts, rights = (min(one.left for one in seen), max(one.right for one in seen))
    return Line(text, lefts, rights, min(one.bottom for one in usual), max(one.top for one in usual))


def _shift(one: _Character, height: float, base: float) -> str:
    """Whether a small character stands above or below the others."""
    if one.top - one.bottom > 0.87 * height:
        return ""
    return "sup" if one.base > base + 0.12 * height else "sub" if one.base < base - 0.03 * height else ""


def _shifted(text: str, tag: str) -> str:
    return "".join(piece for piece, _ in shifted(text, tag)) if tag else text
