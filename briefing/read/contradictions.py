"""What a record says twice, or against itself, although each of its values is right alone."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from briefing.diagnostics import Diagnostic, Note, Step
from briefing.model.article import Article
from briefing.model.base import Record, fields_of
from briefing.model.claim import Attribution, Figure, Relation
from briefing.model.config import Config
from briefing.model.dates import PartialDate, When
from briefing.model.entity import Role
from briefing.model.summit import AgendaItem, AgendaTopic, Participant, Summit, Window
from briefing.model.topic import Topic
from briefing.read.yaml_reader import Document

Way = tuple[Step, ...]

# What an entry of a list is told by, where not all of its fields count.
_TOLD_BY: dict[type[Record], tuple[str, ...]] = {
    AgendaTopic: ("topic",),
    AgendaItem: ("item",),
    Participant: ("person",),
    Relation: ("type", "to"),
}
# The way of news may come back to a voice.
_MAY_RETURN = Attribution
# What all records together may name only once is told where they are compared.
_TOLD_ELSEWHERE = "former_ids"
# Dates of a record in the order in which they come, as they are called in the file.
_IN_ORDER: dict[type[Record], tuple[tuple[str, ...], ...]] = {
    Article: (("published", "revised"), ("published", "updated"), ("published", "accessed")),
    Role: (("start", "end"),),
    Summit: (("start", "end"),),
    Window: (("from", "interim", "final"),),
}
# Those that have rules of their own.
_WITH_RULES = frozenset([Config, Figure, Topic, *_IN_ORDER])


def contradictions(record: Record, data: dict[str, Any], document: Document, way: Way) -> Iterator[Diagnostic]:
    """A problem for each thing that a list of the record names twice, and for dates and ranges the wrong way round.

    `data` is the record as it stands at `way` in the document.
    """
    kind: Any = type(record)
    for name in _parts(kind):
        value = getattr(record, name)
        if isinstance(value, tuple):
            if len(value) > 1 and name != _TOLD_ELSEWHERE and not isinstance(value[0], _MAY_RETURN):
                yield from _twice(value, document, (*way, name))
            if value and isinstance(value[0], Record) and _can_contradict(value[0]):
                for index, part in enumerate(value):
                    yield from contradictions(part, {}, document, (*way, name, index))
        elif isinstance(value, Record) and _can_contradict(value):
            yield from contradictions(value, {}, document, (*way, name))
    if kind in _WITH_RULES:
        yield from _by_rules(record, data, document, way)


def _can_contradict(record: Record) -> bool:
    kind: Any = type(record)
    return kind in _WITH_RULES or bool(_parts(kind))


def _by_rules(record: Record, data: dict[str, Any], document: Document, way: Way) -> Iterator[Diagnostic]:
    """What is wrong by the rules of its kind."""
    if isinstance(record, Config) and isinstance(data.get("topics"), list):
        yield from _twice(data["topics"], document, (*way, "topics"))
    if isinstance(record, Summit | Topic):
        yield from _led_and_left_out(record, document, way)
    yield from _out_of_order(record, document, way)
    if isinstance(record, Figure):
        yield from _reversed(record, document, way)


@cache
def _parts(kind: type[Record]) -> tuple[str, ...]:
    """The fields that hold lists or records."""
    return tuple(
        name
        for name, field in fields_of(kind).items()
        if "tuple[" in str(field.annotation) or any(issubclass(one, Record) for one in _classes(field.annotation))
    )


def _classes(annotation: Any) -> Iterator[type]:
    if isinstance(annotation, type):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _classes(part)


def _twice(values: Sequence[Any], document: Document, way: Way) -> Iterator[Diagnostic]:
    first: dict[Any, int] = {}
    for index, value in enumerate(values):
        told_by = _TOLD_BY.get(type(value), ())
        key = tuple(getattr(value, name) for name in told_by) if told_by else value
        if key not in first:
            first[key] = index
            continue
        words = " ".join(str(part) for part in key if part) if told_by else str(value)
        shown = f"`{words}`" if told_by or not isinstance(value, Record) else "the same entry"
        note = Note("the first is here", document.place((*way, first[key], *told_by[:1])))
        message, help = f"{shown} is in `{way[-1]}` twice", "keep one of the two"
        if isinstance(value, AgendaTopic):
            help = "put the `items` of both under one of the two"
        yield Diagnostic("duplicate-entry", message, document.place((*way, index, *told_by[:1])), help, (note,))


def _led_and_left_out(record: Summit | Topic, document: Document, way: Way) -> Iterator[Diagnostic]:
    """Claims that a page is to begin with, and not to have. In the configuration `exclude` is only for the news."""
    for index, ref in enumerate(record.exclude):
        if ref in record.lead:
            note = Note("`lead` has it here", document.place((*way, "lead", record.lead.index(ref))))
            message, help = f"`{ref}` is in `lead` and in `exclude`", "remove it from one of the two"
            yield Diagnostic("duplicate-entry", message, document.place((*way, "exclude", index)), help, (note,))


def _out_of_order(record: Record, document: Document, way: Way) -> Iterator[Diagnostic]:
    for names in _IN_ORDER.get(type(record), ()):
        dates = [(name, value) for name in names if (value := _date(record, name))]
        for (earlier, first), (later, second) in pairwise(dates):
            if second.is_before(first):
                yield _contradict((*way, later), second, (*way, earlier), first, document)
    if isinstance(record, Article):
        for index, correction in enumerate(record.corrections):
            if (on := When(correction.on)).is_before(record.published):
                place = (*way, "corrections", index, "on")
                yield _contradict(place, on, (*way, "published"), record.published, document)
    if isinstance(record, Summit) and record.window:
        for name in ("from", "interim", "final"):
            if (day := _date(record.window, name)) and day.is_before(record.start):
                yield _contradict((*way, "window", name), day, (*way, "start"), record.start, document)


def _date(record: Record, name: str) -> When | None:
    value = getattr(record, "start" if name == "from" else name)
    return When(value) if isinstance(value, PartialDate) else value


def _contradict(later: Way, second: When, earlier: Way, first: When, document: Document) -> Diagnostic:
    message = f"`{later[-1]}` is {second}, before `{earlier[-1]}`, {first}"
    note = Note(f"`{earlier[-1]}` is here", document.place(earlier))
    return Diagnostic("dates-contradict", message, document.place(later), "mend one of the two dates", (note,))


def _reversed(figure: Figure, document: Document, way: Way) -> Iterator[Diagnostic]:
    if figure.high is not None and figure.high < figure.value:
        message = f"the range ends at {figure.high}, below its beginning, {figure.value}"
        note = Note("it begins here", document.place((*way, "value")))
        help = f"write `value: {figure.high}` and `high: {figure.value}`"
        yield Diagnostic("bad-value", message, document.place((*way, "high")), help, (note,))
