"""Places for new text in a YAML file: where an item, a key or a value could be put so that all other bytes stay.

Positions come from libyaml's marks. Each function proposes several splices, the one an editor would choose first; none
is known to be right before the result has been read again (`changes`).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from briefing.diagnostics import Step
from briefing.edit.blocks import WIDTH, field_lines, flow, item_lines, scalar, text_lines, wrapped
from briefing.read.yaml_reader import Document, Extent, Marks

# A line that is a comment, or that is empty.
_COMMENT = re.compile(r"(?P<indent> *)[ \t]*#[^\n]*(?:\n|\Z)")
_EMPTY = re.compile(r"(?:[ \t]*\n)*")
# What stands behind a key that has no value.
_NO_VALUE = re.compile(r"[ \t]*:(?:[ \t]+(?P<null>~|null|Null|NULL)(?![^\s,\]}]))?")
# The first line of a text below its key, with a comment, and how far the next line is indented.
_HEADER = re.compile(r"[>|][-+0-9]*[ \t]+#[^\n]*\n(?P<margin> *)")


@dataclass(frozen=True, slots=True)
class Splice:
    """The characters from `start` to `end` of a text, which may be none, and what takes their place."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """What is to be added, in both styles of YAML: its lines at a column, and on one line among others."""

    lines: Callable[[int], str]
    flow: str

    def under(self, key: str) -> "Part":
        """A key whose value is a list with this as its only item."""
        return Part(lambda column: f"{' ' * column}{key}:\n{self.lines(column + 2)}", f"{key}: [{self.flow}]")


def field_part(key: str, value: Any) -> Part:
    """A key with its value."""
    return Part(lambda column: "\n".join(field_lines(key, value, column)) + "\n", f"{key}: {flow(value)}")


def item_part(value: Any) -> Part:
    """An item of a list."""
    return Part(lambda column: "\n".join(item_lines(value, column)) + "\n", flow(value))


def in_list(
    document: Document, way: tuple[Step, ...], item: Part, is_apart: bool = False, at: int | None = None
) -> Iterator[Splice]:
    """An item of the list at `way`, which is there: its last, or before that which is `at` a place; `is_apart`: with an
    empty line before it."""
    text, marks = document.source.text, marks_of(document, way)
    at = len(marks.parts) if at is None else at
    if is_flow(text, marks):
        if at == 0 and marks.parts:
            yield Splice(marks.start + 1, marks.start + 1, f"{item.flow}, ")
        yield from _in_flow(text, marks, marks.parts.get(at - 1), item.flow)
        return
    column = column_of(text, marks.start)
    if at == 0:
        yield Splice(marks.start - column, marks.start - column, item.lines(column))
        return
    for place in _places(text, marks, marks.parts[at - 1], column):
        if is_apart:
            yield _lines_at(text, place, "\n" + item.lines(column))
        yield _lines_at(text, place, item.lines(column))


def in_mapping(document: Document, way: tuple[Step, ...], part: Part, before: frozenset[str]) -> Iterator[Splice]:
    """A new key in the mapping at `way`: behind the last of its keys but those that it should stand `before`."""
    text, marks = document.source.text, document.marks_at(way)
    if marks is None:  # a file that holds nothing but comments
        yield _lines_at(text, len(text), part.lines(0))
        return
    earlier = [key for key in marks.keys if key not in before] or list(marks.keys)
    last = marks.parts.get(earlier[-1], marks.keys[earlier[-1]]) if earlier else None
    if is_flow(text, marks):
        yield from _in_flow(text, marks, last, part.flow)
    elif last is not None:
        column = column_of(text, marks.start)
        for place in _places(text, marks, last, column + 1):
            yield _lines_at(text, place, part.lines(column))


def as_list(document: Document, way: tuple[Step, ...], item: Part) -> Iterator[Splice]:
    """A list of one item as the value of the key at `way`, which is written and has none."""
    text, marks = document.source.text, marks_of(document, way[:-1])
    key = marks.keys[str(way[-1])]
    found = _NO_VALUE.match(text, key[1])
    if found is None or found["null"] or is_flow(text, marks):
        yield from behind_key(document, way, f"[{item.flow}]")
        return
    column = column_of(text, marks.start)
    for place in _places(text, marks, key, column + 1):
        yield _lines_at(text, place, item.lines(column + 2))


def as_text(document: Document, way: tuple[Step, ...], value: str) -> Iterator[Splice]:
    """A text as the value of the key at `way`, which is written, or as the item there, in place of the old one."""
    text, marks, key = document.source.text, marks_of(document, way[:-1]), way[-1]
    extent = marks.parts.get(key)
    if extent is None:
        yield from behind_key(document, way, scalar(value, in_flow=True))
    elif isinstance(extent, tuple) and isinstance(key, int):
        yield Splice(extent[0], content_end(text, extent), scalar(value, in_flow=is_flow(text, marks)))
    elif isinstance(extent, tuple):
        start, end = extent[0], content_end(text, extent)
        if header := _HEADER.match(text, start):  # The comment stays.
            margin = header["margin"]
            lines = wrapped(value, WIDTH - len(margin))
            yield Splice(header.end(), end, f"\n{margin}".join(lines))
        elif is_flow(text, marks):
            yield Splice(start, end, scalar(value, in_flow=True))
        else:
            column = column_of(text, marks.start)
            head = f"{' ' * column}{key}:"
            yield Splice(start, end, "\n".join(text_lines(head, value, column))[len(head) + 1 :])
            yield Splice(start, end, scalar(value))


def marks_of(document: Document, way: tuple[Step, ...]) -> Marks:
    """Where the mapping or list at `way` stands, which is there."""
    marks = document.marks_at(way)
    assert marks is not None, f"nothing stands at {way}"
    return marks


def is_flow(text: str, marks: Marks) -> bool:
    """Whether a mapping or list is written in brackets."""
    return text[marks.start] in "[{"


def column_of(text: str, index: int) -> int:
    """How many characters of its line stand before one."""
    return index - (text.rfind("\n", 0, index) + 1)


def _in_flow(text: str, marks: Marks, last: Marks | Extent | None, flow: str) -> Iterator[Splice]:
    """Behind the last part of a list or mapping in brackets, on a line of its own where that is; or at its end."""
    if last is not None:
        start, end = last.start if isinstance(last, Marks) else last[0], content_end(text, last)
        column = column_of(text, start)
        is_first = not text[start - column : start].strip()
        yield Splice(end, end, f",\n{' ' * column}{flow}" if is_first else f", {flow}")
        yield Splice(end, end, f", {flow}")
    close = marks.end - 1
    yield Splice(close, close, flow)
    yield Splice(close, close, f", {flow}")


def behind_key(document: Document, way: tuple[Step, ...], value: str) -> Iterator[Splice]:
    """A value on the line of the key at `way`, which has none, in place of the `null` there, if there is one."""
    key = marks_of(document, way[:-1]).keys[str(way[-1])]
    found = _NO_VALUE.match(document.source.text, key[1])
    if found is not None:
        yield Splice(*found.span("null"), value) if found["null"] else Splice(found.end(), found.end(), f" {value}")


def _places(text: str, marks: Marks, last: Marks | Extent, column: int) -> Iterator[int]:
    """Where lines could be put behind the `last` part of a block: behind its words and the comments that belong to it,
    which are indented by `column` at least; behind the empty lines that a `|+` keeps; where the block ends."""
    end = line_after(text, content_end(text, last))
    while comment := _COMMENT.match(text, _end_of_empty(text, end)):
        if len(comment["indent"]) < column or comment.end() == comment.start():
            break
        end = comment.end()
    yield end
    yield line_after(text, _last_of(text, last)[1] - 1)
    yield text.rfind("\n", 0, marks.end) + 1
    yield len(text)


def _end_of_empty(text: str, index: int) -> int:
    found = _EMPTY.match(text, index)
    return found.end() if found else index


def line_after(text: str, index: int) -> int:
    """Where the line behind that of the character at `index` begins, or the text ends."""
    found = text.find("\n", max(index, 0))
    return len(text) if found < 0 else found + 1


def content_end(text: str, part: Marks | Extent) -> int:
    """Where the last character of a part ends that is not white space; libyaml's blocks end where the next begins."""
    start, end = _last_of(text, part)
    return start + len(text[start:end].rstrip())


def _last_of(text: str, part: Marks | Extent) -> Extent:
    """The last text, or list or mapping in brackets, of a part; a key, where that has no value."""
    while isinstance(part, Marks):
        if is_flow(text, part) or not (part.keys or part.parts):
            return part.start, part.end
        key = next(reversed(part.keys), None)
        part = part.parts[len(part.parts) - 1] if key is None else part.parts.get(key, part.keys[key])
    return part


def _lines_at(text: str, place: int, lines: str) -> Splice:
    """Lines at the beginning of one, or behind a last line that does not end, and then they do not either."""
    if place == len(text) and not text.endswith("\n") and text:
        return Splice(place, place, "\n" + lines.removesuffix("\n"))
    return Splice(place, place, lines)
