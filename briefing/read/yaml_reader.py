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
from typing import Any, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from briefing.diagnostics import Diagnostic, Location, Note, Step
from briefing.read.limits import MAX_DEPTH, limit_of
from briefing.read.marks import PILED, piled_marks
from briefing.read.sources import SourceFile, decode

_NULLS = frozenset(["", "~", "null", "Null", "NULL"])


# What libyaml tells of a value.
Event = Any
# Where a value stands, as character offsets of its beginning and end in the text that was read.
Extent = tuple[int, int]


@dataclass(slots=True)
class Marks:
    """Where a mapping or list stands, and where its parts do. A key without a part has no value."""

    start: int
    end: int = 0
    keys: dict[str, Extent] = field(default_factory=dict)
    parts: "dict[Step, Marks | Extent]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data (mappings, lists, text) with the marks that lead back to its source, of which it begins at `start`."""

    source: SourceFile
    data: Any
    start: int = 0
    marks: Marks | Extent = (0, 0)
    has_absent: bool = False  # True where some key has no value
    is_complete: bool = True  # False where a key or value was left out because it is not of our YAML

    def place(self, way: tuple[Step, ...], key: bool = False) -> Location:
        """Where the value at `way` stands, or the nearest one above it that exists; `key`: its key instead."""
        marks = self.marks
        for depth, step in enumerate(way):
            if not isinstance(marks, Marks):
                break
            last = depth == len(way) - 1
            if isinstance(step, str) and step in marks.keys and ((last and key) or step not in marks.parts):
                return self._place(marks.keys[step])
            if step not in marks.parts:
                break
            marks = marks.parts[step]
        return self._place(marks)

    def _place(self, marks: Marks | Extent) -> Location:
        start, end = (marks.start, marks.end) if isinstance(marks, Marks) else marks
        if isinstance(marks, Marks):  # Block collections end where the next thing begins: white space is not theirs.
            end = start + len(self.source.text[self.start + start : self.start + end].rstrip())
        return self.source.place(self.start + start, self.start + end)

    def absent(self, way: tuple[Step, ...]) -> list[str]:
        """The keys without a value of the mapping at `way`."""
        marks = self.marks_at(way)
        return [key for key in marks.keys if key not in marks.parts] if marks else []

    def keys(self, way: tuple[Step, ...]) -> list[str]:
        """The keys of the mapping at `way`."""
        marks = self.marks_at(way)
        return list(marks.keys) if marks else []

    def marks_at(self, way: tuple[Step, ...]) -> Marks | None:
        """Where the mapping or list at `way` stands, and its parts."""
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


def read_yaml(source: SourceFile, start: int = 0, end: int | None = None) -> tuple[Document, list[Diagnostic]]:
    """The YAML text between two offsets of a source. After an error the data is empty or what could be read."""
    reader = _Reader(source, start, end)
    data: Any = None
    marks: Marks | Extent = 0, 0
    try:
        data, marks = reader.read()
    except _Refused:
        pass  # It has been said why.
    except yaml.YAMLError as error:
        reader.syntax_problem(error)
    return Document(source, data, start, marks, reader.has_absent, reader.is_complete), reader.problems


def _extent(event: Event) -> Extent:
    return event.start_mark.index, event.end_mark.index


class _Reader:
    """One pass over the events of one document."""

    def __init__(self, source: SourceFile, start: int, end: int | None) -> None:
        self.source = source
        self.offset = start
        self._next: Callable[[], Event] = yaml.CBaseLoader(source.text[start:end]).get_event
        self.most = limit_of(source.path).values
        self.problems: list[Diagnostic] = []
        self.nodes = 0
        self.is_complete, self.has_absent = True, False
        self.is_refused = False  # True where the file holds what it may not, which is told of the whole of it

    def read(self) -> tuple[Any, Marks | Extent]:
        """The root value; an empty document is an empty mapping."""
        self._next()
        event = self._next()
        if type(event) is StreamEndEvent:
            return {}, (0, 0)
        data, marks = self._value(self._next(), 0)
        self._next()
        event = self._next()
        if type(event) is not StreamEndEvent:
            self._problem(event, "a second document begins", "keep one document in a file: remove the `---`")
        if self.is_refused:
            raise _Refused
        return ({} if data is None else data), marks

    def _value(self, event: Event, depth: int) -> tuple[Any, Marks | Extent]:
        self.nodes += 1
        if self.nodes > self.most or depth > MAX_DEPTH:
            self._refuse(event)
        kind = type(event)
        if kind is AliasEvent:
            self._problem(event, f"`*{event.anchor}` is an alias", "write the value out")
            self.is_complete = False
            return None, _extent(event)
        if event.anchor is not None:
            self._problem(event, f"`&{event.anchor}` is an anchor", "remove it and write values out")
        if event.tag is not None:
            self._problem(event, f"`{_shown_tag(event.tag)}` is a tag", "remove it; the field decides the type")
        if kind is SequenceStartEvent:
            return self._sequence(event.start_mark.index, depth + 1)
        if kind is MappingStartEvent:
            return self._mapping(event.start_mark.index, depth + 1)
        value, style = event.value, event.style
        if style == '"' or not value.isascii():
            self._check_characters(event)
        extent = event.start_mark.index, event.end_mark.index
        if style:
            return value, extent
        # Most words without quotes are ids and terms, which come thousands of times.
        return (None if value in _NULLS else sys.intern(value)), extent

    def _refuse(self, event: Event) -> NoReturn:
        if self.nodes > self.most:
            message, help = f"the file has more than {self.most:,} values", limit_of(self.source.path).help
        else:
            message = f"the file has more than {MAX_DEPTH} levels"
            help = "write it with fewer lists and mappings in each other"
        self._problem(event, message, help, "excessive-input")
        raise _Refused

    def _check_characters(self, event: Event) -> None:
        """An escape in double quotes, such as `\\x1b`, must not bring in what a file may not hold."""
        value = event.value
        if piled_marks(value) is not None:
            self._problem(event, PILED, "remove all but a few", "excessive-input")
            raise _Refused
        if event.style == '"' and isinstance(problem := decode(self.source.path, value.encode()), Diagnostic):
            self._problem(event, problem.message, problem.help, problem.code)
            self.is_refused = True

    def _sequence(self, start: int, depth: int) -> tuple[list[Any], Marks]:
        items: list[Any] = []
        marks = Marks(start)
        while type(event := self._next()) is not SequenceEndEvent:
            item, marks.parts[len(items)] = self._value(event, depth)
            items.append(item)
        _, marks.end = _extent(event)
        return items, marks

    def _mapping(self, start: int, depth: int) -> tuple[dict[str, Any], Marks]:
        items: dict[str, Any] = {}
        marks = Marks(start)
        keys, parts = marks.keys, marks.parts
        while type(event := self._next()) is not MappingEndEvent:
            key, of_key = self._value(event, depth)
            if type(key) is not str or not isinstance(of_key, tuple) or key == "<<":
                if key == "<<":
                    self._problem(event, "`<<` merges another mapping into this one", "write its keys out")
                else:
                    self._problem(event, "a key is not a plain word", "write keys as words, one value each")
                self.is_complete = False
                self._value(self._next(), depth)
                continue
            if not key.isascii():
                key = unicodedata.normalize("NFC", key)  # the form of ids
            if key in keys:
                self._key_twice(key, keys[key], of_key)
                self._value(self._next(), depth)
                continue
            keys[key] = of_key
            value, of_value = self._value(self._next(), depth)
            if value is not None:
                items[key], parts[key] = value, of_value
            else:
                self.has_absent = True
        _, marks.end = _extent(event)
        return items, marks

    def _key_twice(self, key: str, first: Extent, again: Extent) -> None:
        note = Note("the first is here", self._place(first))
        help = "keep one of the two"
        self.problems.append(
            Diagnostic("duplicate-key", f"`{key}` is written twice", self._place(again), help, (note,))
        )

    def _place(self, extent: Extent) -> Location:
        return self.source.place(self.offset + extent[0], self.offset + extent[1])

    def _problem(self, event: Event, message: str, help: str, code: str = "bad-yaml") -> None:
        self.problems.append(Diagnostic(code, message, self._place(_extent(event)), help))

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
