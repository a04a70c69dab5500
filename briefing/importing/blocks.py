"""The text of an article between a reader and the writer: blocks of spans, without the marks of any language."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from briefing.characters import FORBIDDEN
from briefing.read.raised import shifted

Raised = Literal["", "sup", "sub"]
BREAK = "\n"
# White space that parts words and may be one space; a no-break space is the author's, and stays.
_SPACE = re.compile(r"[ \t\r\f\v\u2028\u2029]*\n[ \t\r\f\v\u2028\u2029]*|[ \t\r\f\v\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one look. The text `\\n` is a line end that the author set."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: Raised = ""
    link: str = ""

    @property
    def seen(self) -> str:
        """The words as a reader of the site sees them: raised numbers are characters of their own."""
        if not self.raised:
            return self.text
        return "".join(piece for piece, _ in shifted(self.text, self.raised))


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; with a `level` from 2 to 6 a heading."""

    spans: Spans
    level: int = 0


@dataclass(frozen=True, slots=True)
class Quotation:
    """Somebody's words, set apart."""

    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Items:
    """A list; with a `start` a numbered one."""

    items: "tuple[tuple[Block, ...], ...]"
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the first the heads of the columns if it `has_heads`."""

    rows: tuple[tuple[Spans, ...], ...]
    has_heads: bool = True


Block = Paragraph | Quotation | Items | Table


def plain(text: str) -> Paragraph:
    """A paragraph of these words."""
    return Paragraph(trimmed((Span(text),)))


def paragraphs(blocks: Sequence[Block]) -> Iterator[str]:
    """The lines of a text as a reader sees them: each paragraph, item, cell and line of a verse."""
    for block in blocks:
        match block:
            case Paragraph():
                yield from _in_one_line(block.spans) if block.level else lines_of(block.spans)
            case Quotation():
                yield from paragraphs(block.blocks)
            case Items():
                for item in block.items:
                    yield from paragraphs(item)
            case Table():
                for row in block.rows:
                    for cell in row:
                        yield from _in_one_line(cell)


def _in_one_line(spans: Spans) -> Iterator[str]:
    """What a heading or cell says."""
    if words := " ".join(lines_of(spans)):
        yield words


def lines_of(spans: Spans) -> Iterator[str]:
    """The lines of a paragraph that are not empty, white space as one space."""
    for line in "".join(span.seen for span in spans).split("\n"):
        if words := " ".join(line.split()):
            yield words


def cleaned(text: str) -> str:
    """The text without characters that no file of a site may hold. A line or paragraph separator is a line end."""
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\r\n", "\n").replace("\r", "\n")
    return FORBIDDEN.sub("", text)


def trimmed(spans: Sequence[Span]) -> Spans:
    """The spans with white space as one space, none at ends of lines, and neighbors of one look joined."""
    joined: list[Span] = []
    for span in spans:
        text = cleaned(span.text)
        text = text if text == BREAK else _SPACE.sub(" ", text)
        if joined and text != BREAK and joined[-1].text != BREAK and _look(joined[-1]) == _look(span):
            joined[-1] = replace(joined[-1], text=_SPACE.sub(" ", joined[-1].text + text))
        elif text:
            joined.append(replace(span, text=text))
    out: list[Span] = []
    for number, span in enumerate(joined):
        text = span.text
        if text != BREAK:
            if not out or out[-1].text.endswith((" ", BREAK)):
                text = text.lstrip(" ")
            if number + 1 == len(joined) or joined[number + 1].text == BREAK:
                text = text.rstrip(" ")
        if text and (text != BREAK or (out and number + 1 < len(joined))):
            out.append(replace(span, text=text))
    while out and not out[-1].text.strip():
        out.pop()
    return tuple(out)


def _look(span: Span) -> tuple[bool, bool, Raised, str]:
    return span.bold, span.italic, span.raised, span.link
