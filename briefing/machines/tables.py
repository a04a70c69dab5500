"""Tables: as CSV for spreadsheets, as JSON for programs, and what their columns are (Table Schema of Frictionless)."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from decimal import Decimal
from typing import Any

from briefing.model.frozen import frozen

Cell = str | int | bool | Decimal | None
Row = tuple[Cell, ...]

# What a spreadsheet takes for the beginning of a formula (CWE-1236).
_FORMULA = frozenset("=+-@\t\r")


@frozen
class Column:
    """A column: its name, the type of its cells in the words of Table Schema, and what it says. Where `values` or a
    `pattern` are given, it has no others."""

    name: str
    type: str
    description: str
    values: tuple[str, ...] = ()
    is_required: bool = False
    pattern: str = ""


@frozen
class Key:
    """Columns whose cells are those of the key of another table."""

    columns: tuple[str, ...]
    table: str
    names: tuple[str, ...]


@frozen
class Layout:
    """What a table is: its columns, those that tell its rows apart, and those that lead to other tables."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    leads: tuple[Key, ...] = field(default_factory=tuple)


def as_csv(layout: Layout, rows: Iterable[Row]) -> bytes:
    """Rows after a row of names, in UTF-8 with the mark by which spreadsheets know it (RFC 4180). A text that looks
    like a formula has an apostrophe before it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([column.name for column in layout.columns])
    columns = zip(layout.columns, zip(*rows, strict=True), strict=False)  # no cells where there are no rows
    writer.writerows(zip(*[map(_WRITTEN[column.type], cells) for column, cells in columns], strict=True))
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _guarded(text: str | None) -> str | None:
    return f"'{text}" if text and text[0] in _FORMULA else text


def _whole(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


# How the cells of a column are written; what is None is empty.
_WRITTEN: Mapping[str, Callable[[Any], Any]] = {
    "string": _guarded,
    "integer": lambda number: number,
    "number": _whole,
    "boolean": {None: None, True: "true", False: "false"}.get,
}


def as_json(layout: Layout, rows: Iterable[Row]) -> bytes:
    """A list with an object a row, one a line. Numbers with a point are texts, so that no digit is lost."""
    names = [column.name for column in layout.columns]
    objects = [dict(zip(names, row, strict=True)) for row in rows]
    if not objects:
        return b"[]\n"
    # A quotation mark in a text is escaped, so that this is nowhere but between two objects.
    text = _encoded(objects).replace('}, {"', '},\n{"')
    return f"[\n{text[1:-1]}\n]\n".encode()


_encoded = json.JSONEncoder(ensure_ascii=False, default=_whole).encode


def schema(layout: Layout) -> Mapping[str, Any]:
    """The Table Schema of a table."""
    return {
        "fields": [_field(column) for column in layout.columns],
        "primaryKey": list(layout.key),
        "missingValues": [""],
        **({"foreignKeys": [_lead(key) for key in layout.leads]} if layout.leads else {}),
    }


def _field(column: Column) -> Mapping[str, Any]:
    constraints: dict[str, Any] = {}
    if column.is_required:
        constraints["required"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    if column.pattern:
        constraints["pattern"] = column.pattern
    told = {"name": column.name, "type": column.type, "description": column.description}
    return {**told, "constraints": constraints} if constraints else told


def _lead(key: Key) -> Mapping[str, Any]:
    reference = {"resource": key.table, "fields": list(key.names)}
    return {"fields": list(key.columns), "reference": reference}
