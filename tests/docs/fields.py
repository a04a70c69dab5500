"""The records of the model as the tables of docs/curating.md tell of them."""

import re
from decimal import Decimal
from importlib import import_module
from pkgutil import iter_modules
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic_core import PydanticUndefined

import briefing.model
from briefing.model.base import Record, fields_of
from briefing.model.dates import PartialDate, When
from briefing.model.entity import Entity


def records() -> dict[str, type[Record]]:
    """All records of the model by name."""
    modules = [import_module(f"briefing.model.{module.name}") for module in iter_modules(briefing.model.__path__)]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, type)]
    return {record.__name__: record for record in found if issubclass(record, Record) and record is not Record}


# The caption above a table of fields -> the record it is about.
CAPTIONS = {
    "Fields of an annotation file": "Annotations",
    "Fields of a claim": "Claim",
    "Fields of a quote": "Quote",
    "Fields of a voice": "Attribution",
    "Fields of a figure": "Figure",
    "Fields of a history entry": "StatusEntry",
    "Fields of a relation": "Relation",
    "Fields of an article": "Article",
    "Fields of a correction": "Correction",
    "Fields of limits": "QuoteLimits",
    "Fields of an anchor file": "Anchors",
    "Fields of its text": "TextMark",
    "Fields of an anchor": "Anchor",
    "Fields of a summit": "Summit",
    "Fields of a venue": "Venue",
    "Fields of a participant": "Participant",
    "Fields of a verdict": "Verdict",
    "Fields of a topic of the agenda": "AgendaTopic",
    "Fields of an agenda item": "AgendaItem",
    "Fields of a window": "Window",
    "Fields of a topic": "Topic",
    "Fields of a standing page": "StandingPage",
    "Fields of every entry": "Entity",
    "Fields of ids": "ExternalIds",
    "Fields of a role": "Role",
    "Further fields of a person": "Person",
    "Further fields of an organization": "Organization",
    "Further fields of a place": "Place",
    "Further fields of a source": "Source",
    "Fields of a measure": "Measure",
    "Fields of the configuration": "Config",
    "Fields of a license": "License",
    "Fields of an address that is gone": "Gone",
}


def tables_of(text: str) -> dict[str, list[list[str]]]:
    """Caption to rows, a list of cells each, of every table that a line ending in a colon introduces."""
    found = re.findall(r"^(.+):\n\n\|.*\n\|[-|]+\n((?:\|.*\n)+)", text, re.MULTILINE)
    return {caption: [row_of(line) for line in rows.splitlines()] for caption, rows in found}


def row_of(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split(" | ")]


def keys_of(record: type[Record]) -> dict[str, Any]:
    """The fields of a record by the key an editor writes; of an entry those that not every entry has."""
    common = fields_of(Entity) if record is not Entity and issubclass(record, Entity) else {}
    return {field.alias or name: field for name, field in fields_of(record).items() if name not in common}


def told_default(field: Any) -> str:
    """The default as the tables have it."""
    default = field.get_default(call_default_factory=True)
    if field.is_required() or default is PydanticUndefined:
        return "required"
    if default is None:
        return "none"
    if default == () or default == {}:
        return "empty"
    words = list(default) if isinstance(default, dict) else [str(default).lower() if default is False else default]
    return ", ".join(f"`{word}`" for word in words)


def vocabulary(annotation: Any) -> list[str]:
    """The words of a field that has a vocabulary."""
    if get_origin(annotation) is Literal:
        return [str(word) for word in get_args(annotation)]
    return [word for part in get_args(annotation) for word in vocabulary(part)]


def told_value(annotation: Any) -> str:
    """What a field takes, in words."""
    if words := vocabulary(annotation):
        return ", ".join(f"`{word}`" for word in words)
    if get_origin(annotation) is tuple:
        return f"list of {told_value(get_args(annotation)[0])}"
    if get_origin(annotation) is Annotated:
        return told_value(get_args(annotation)[0])
    if NoneType in get_args(annotation):
        return told_value(next(one for one in get_args(annotation) if one is not NoneType))
    plain = {str: "text", bool: "true or false", Decimal: "number", int: "number", PartialDate: "date"}
    return {**plain, When: "date or time"}.get(annotation, "mapping")
