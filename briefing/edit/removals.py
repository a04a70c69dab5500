"""Text that goes: a key with its value, or an item of a list. Proposals, as in `splices`, that are then proved."""

from collections.abc import Iterator

from briefing.diagnostics import Step
from briefing.edit.splices import Splice, column_of, content_end, is_flow, line_after, marks_of
from briefing.read.yaml_reader import Document, Extent, Marks


def without(document: Document, way: tuple[Step, ...]) -> Iterator[Splice]:
    """The key or the item at `way` taken out, with its value and its lines."""
    text, marks, step = document.source.text, marks_of(document, way[:-1]), way[-1]
    order: list[Step] = list(marks.keys) or list(marks.parts)
    at = order.index(step)
    start, end = _start(marks, step), content_end(text, _value(marks, step))
    if is_flow(text, marks):
        if at > 0:
            yield Splice(content_end(text, _value(marks, order[at - 1])), end, "")
        elif len(order) > 1:
            yield Splice(start, _start(marks, order[1]), "")
        else:
            yield Splice(start, end, "")
        return
    margin = text[start - column_of(text, start) : start].strip()
    if margin == ("" if isinstance(step, str) else "-"):
        yield from _lines(text, start, end)
    if isinstance(step, str) and at + 1 < len(order):  # behind the dash of its mapping
        yield Splice(start, _start(marks, order[at + 1]), "")


def _lines(text: str, start: int, end: int) -> Iterator[Splice]:
    """The lines from that of `start` to that of `end`; of a file that does not end its last line, none does then."""
    first, last = start - column_of(text, start), line_after(text, end - 1)
    if last == len(text) and not text.endswith("\n") and first > 0:
        yield Splice(first - 1, last, "")
    yield Splice(first, last, "")


def _start(marks: Marks, step: Step) -> int:
    if isinstance(step, str):
        return marks.keys[step][0]
    part = marks.parts[step]
    return part.start if isinstance(part, Marks) else part[0]


def _value(marks: Marks, step: Step) -> Marks | Extent:
    return marks.parts[step] if step in marks.parts else marks.keys[str(step)]
