"""The strict YAML reader: libyaml's events to plain data and the positions of its keys and values.

A subset of YAML 1.1 without surprises: one document, no anchors, aliases, tags or merge keys, no key twice,
bounded depth and size, and every scalar the text that was typed, keys in Unicode's form NFC. An absent value (`key:`,
`null`, `~`) is as if the key were not there. Nothing is constructed, so nothing in a file can run or raise.
"""

import re
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import yaml

from briefing.diagnostics import Diagnostic, Note, Place, Step
from briefing.read.limits import MAX_DEPTH, limit_of
from briefing.read.marks import PILED, piled_marks
from briefing.read.sources import Source, decode

_NULLS = frozenset(["", "~", "null", "Null", "NULL"])


# Where a value stands, as character offsets of its beginning and end.
Extent = tuple[int, int]


@dataclass(slots=True)
class Marks:
    """Where a mapping or list stands, and where its parts do. A key without a part has no value."""

    extent: Extent
    keys: dict[str, Extent] = field(default_factory=dict)
    parts: "dict[Step, Marks | Extent]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data (mappings, lists, text) with the marks that lead back to its source."""

    source: Source
    data: Any
    marks: Marks | Extent
    has_absent: bool = False  # True where some key has no value
    is_complete: bool = True  # False where a key or value was left out because it is not of our YAML

    def place(self, way: tuple[Step, ...], key: bool = False) -> Place:
        """Where the value at `way` stands, or the nearest one above it that exists; `key`: its key instead."""
        marks = self.marks
        for depth, step in enumerate(way):
            if not isinstance(marks, Marks):
                break
            last = depth == len(way) - 1
            if isinstance(step, str) and step in marks.keys and ((last and key) or step not in marks.parts):
                return self.source.place(*marks.keys[step])
            if step not in marks.parts:
                break
            marks = marks.parts[step]
        return self.source.place(*(marks.extent if isinstance(marks, Marks) else marks))

    def absent(self, way: tuple[Step, ...]) -> list[str]:
        """The keys without a value of the mapping at `way`."""
        marks = self._marks_at(way)
        return [key for key in marks.keys if key not in marks.parts] if marks else []

    def keys(self, way: tuple[Step, ...]) -> list[str]:
        """The keys of the mapping at `way`."""
        marks = self._marks_at(way)
        return list(marks.keys) if marks else []

    def _marks_at(self, way: tuple[Step, ...]) -> Marks | None:
        marks = self.marks
        for step in way:
            if not isinstance(marks, Marks) or step not in marks.parts:
                return None
            marks = marks.parts[step]
        return marks if isinstance(marks, Marks) else None

    def is_absent(self, way: tuple[Step, ...]) -> bool:
        """Whether the key at `way` is written, but without a value."""
        return way[-1] in self.absent(way[:-1])


class _Refused(Exception):
    """The rest of the file cannot be read."""


def read_yaml(source: Source, start: int = 0, end: int | None = None) -> tuple[Document, list[Diagnostic]]:
    """The YAML text between two offsets of a source. After an error the data is empty or what could be read."""
    reader = _Reader(source, start, end)
    try:
        data, marks = reader.read()
    except _Refused:
        data, marks = None, (start, start)
    except yaml.YAMLError as error:
        reader.syntax_problem(error)
        data, marks = None, (start, start)
    return Document(source, data, marks, reader.has_absent, reader.is_complete), reader.problems


class _Reader:
    """One pass over the events of one document."""

    def __init__(self, source: Source, start: int, end: int | None) -> None:
        self.source = source
        self.offset = start
        self._next: Callable[[], Any] = yaml.CBaseLoader(source.text[start:end]).get_event
        self.limit = limit_of(source.path)
        self.problems: list[Diagnostic] = []
        self.nodes = 0
        self.is_complete, self.has_absent = True, False
        self.is_refused = False  # True where the file holds what it may not, which is told of the whole of it

    def read(self) -> tuple[Any, Marks | Extent]:
        """The root value; an empty document is an empty mapping."""
        self._next()
        event = self._next()
        if type(event) is yaml.StreamEndEvent:
            return {}, (self.offset, self.offset)
        data, marks = self._value(self._next(), 0)
        self._next()
        event = self._next()
        if type(event) is not yaml.StreamEndEvent:
            self._problem(event, "a second document begins", "keep one document in a file: remove the `---`")
        if self.is_refused:
            raise _Refused
        return ({} if data is None else data), marks

    def _value(self, event: Any, depth: int) -> tuple[Any, Marks | Extent]:
        self.nodes += 1
        if self.nodes > self.limit.values:
            message = f"the file has more than {self.limit.values:,} values"
            self._problem(event, message, self.limit.help, "excessive-input")
            raise _Refused
        if depth > MAX_DEPTH:
            message = f"the file has more than {MAX_DEPTH} levels"
            self._problem(event, message, "write it with fewer lists and mappings in each other", "excessive-input")
            raise _Refused
        extent = self.offset + event.start_mark.index, self.offset + event.end_mark.index
        kind = type(event)
        if kind is yaml.AliasEvent:
            self._problem(event, f"`*{event.anchor}` is an alias", "write the value out")
            self.is_complete = False
            return None, extent
        if event.anchor is not None:
            self._problem(event, f"`&{event.anchor}` is an anchor", "remove it and write values out")
        if event.tag is not None:
            self._problem(event, f"`{_shown_tag(event.tag)}` is a tag", "remove it; the field decides the type")
        if kind is yaml.ScalarEvent:
            self._check_characters(event)
            if event.style:
                return event.value, extent
            # Most words without quotes are ids and terms, which come thousands of times.
            return (None if event.value in _NULLS else sys.intern(event.value)), extent
        if kind is yaml.SequenceStartEvent:
            return self._sequence(extent[0], depth)
        return self._mapping(extent[0], depth)

    def _check_characters(self, event: Any) -> None:
        """An escape in double quotes, such as `\\x1b`, must not bring in what a file may not hold."""
        value = event.value
        if not value.isascii() and piled_marks(value) is not None:
            self._problem(event, PILED, "remove all but a few", "excessive-input")
            raise _Refused
        if event.style == '"' and isinstance(problem := decode(self.source.path, value.encode()), Diagnostic):
            self._problem(event, problem.message, problem.help, problem.code)
            self.is_refused = True

    def _sequence(self, start: int, depth: int) -> tuple[list[Any], Marks]:
        items: list[Any] = []
        marks = Marks((start, start))
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            item, marks.parts[len(items)] = self._value(event, depth + 1)
            items.append(item)
        marks.extent = start, self._trimmed(start, event)
        return items, marks

    def _mapping(self, start: int, depth: int) -> tuple[dict[str, Any], Marks]:
        items: dict[str, Any] = {}
        marks = Marks((start, start))
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key, key_extent = self._value(event, depth + 1)
            if type(key) is not str or key == "<<" or not isinstance(key_extent, tuple):
                if key == "<<":
                    self._problem(event, "`<<` merges another mapping into this one", "write its keys out")
                else:
                    self._problem(event, "a key is not a plain word", "write keys as words, one value each")
                self.is_complete = False
                self._value(self._next(), depth + 1)
                continue
            if not key.isascii():
                key = unicodedata.normalize("NFC", key)  # the form of ids
            if key in marks.keys:
                self._key_twice(key, marks, key_extent)
                self._value(self._next(), depth + 1)
                continue
            marks.keys[key] = key_extent
            value, value_marks = self._value(self._next(), depth + 1)
            if value is not None:
                items[key] = value
                marks.parts[key] = value_marks
            else:
                self.has_absent = True
        marks.extent = start, self._trimmed(start, event)
        return items, marks

    def _key_twice(self, key: str, marks: Marks, again: Extent) -> None:
        note = Note("the first is here", self.source.place(*marks.keys[key]))
        place = self.source.place(*again)
        self.problems.append(
            Diagnostic("duplicate-key", f"`{key}` is written twice", place, "keep one of the two", (note,))
        )

    def _trimmed(self, start: int, event: Any) -> int:
        """Block collections end where the next thing begins: without the white space before it."""
        text: str = self.source.text
        end: int = self.offset + event.end_mark.index
        while end > start and text[end - 1].isspace():
            end -= 1
        return end

    def _problem(self, event: Any, message: str, help: str, code: str = "bad-yaml") -> None:
        place = self.source.place(self.offset + event.start_mark.index, self.offset + event.end_mark.index)
        self.problems.append(Diagnostic(code, message, place, help))

    def syntax_problem(self, error: yaml.YAMLError) -> None:
        """Note an error that libyaml has found."""
        mark = getattr(error, "problem_mark", None)
        index = self.offset + (mark.index if mark is not None else 0)
        opened = getattr(error, "context_mark", None)
        index = min(index, len(self.source.text))
        problem = str(getattr(error, "problem", None) or error)
        if opened is not None and "unexpected end of stream" in problem:
            index = self.offset + opened.index  # where it stands, not where the file ends
        message, help = _explained(problem, self.source.text, index)
        notes: tuple[Note, ...] = ()
        if opened is not None and self.offset + opened.index < index and message == _BREAKS_OFF:
            notes = (Note("what is not finished begins here", self.source.place(self.offset + opened.index)),)
        self.problems.append(Diagnostic("bad-yaml", message, self.source.place(index), help, notes))


def _shown_tag(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")


_BREAKS_OFF = "the structure breaks off here"
# What libyaml says of a syntax error, in words for an editor, and how to mend it.
_WORDS = (
    (
        "block sequence entries are not allowed",
        "a list item is not allowed here",
        "begin the list on a line of its own",
    ),
    ("unexpected end of stream", "a quotation mark is not closed", "close it with the same mark that opened it"),
    (
        "escape",
        "an unknown escape stands in a double-quoted value",
        "use single quotes, or write `\\\\` for a backslash",
    ),
    ("could not find expected ':'", "a key has no colon", "write `key: value`"),
    ("did not find expected", _BREAKS_OFF, "check the indentation, and that brackets are closed"),
)


def _explained(problem: str, text: str, index: int) -> tuple[str, str]:
    line = text[text.rfind("\n", 0, index) + 1 : index]
    if text[index : index + 1] == "\t" and not line.strip():
        return "the line is indented with a tab", "indent with spaces"
    if "cannot start any token" in problem:
        first = "a tab" if text[index : index + 1] == "\t" else f"`{text[index : index + 1]}`"
        return f"a value cannot begin with {first}", "put the value in quotation marks"
    if "mapping values are not allowed" in problem and re.match(r"\s*(?:- )*[\w-]+:\s", line):
        return "a plain value holds a colon followed by a space", "put the value in quotation marks"
    if "mapping values are not allowed" in problem:
        return "a key is not allowed here", "check the indentation of this line"
    if "did not find expected key" in problem and line.strip():
        return "text follows a value that has ended", "put the whole value in quotation marks, or check the brackets"
    told = [(message, help) for words, message, help in _WORDS if words in problem]
    return told[0] if told else (problem, "check the line and the one before it")
