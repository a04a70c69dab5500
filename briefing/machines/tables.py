"""Tables: as CSV for spreadsheets, as JSON for programs, and what their columns are (Table Schema of Frictionless)."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Cell = str | int | bool | Decimal | None
Row = tuple[Cell, ...]

# What a spreadsheet takes for the beginning of a formula (CWE-1236).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the type of its cells in the words of Table Schema, and what it says. Where `values` or a
    `pattern` are given, it has no others."""

    name: str
    type: str
    description: str
    values: tuple[str, ...] = ()
    is_required: bool = False
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """Columns whose cells are those of the key of another table."""

    columns: tuple[str, ...]
    table: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
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
    writer.writerows([list(map(_guarded, row)) for row in rows])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _guarded(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    return str(_plain(cell))


def _plain(cell: Cell) -> Any:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return format(cell, "f") if isinstance(cell, Decimal) else cell


def as_json(layout: Layout, rows: Iterable[Row]) -> bytes:
    """A list with an object a row, one a line. Numbers with a point are texts, so that no digit is lost."""
    names = [column.name for column in layout.columns]
    lines = [_encoded(dict(zip(names, map(_value, row), strict=True))) for row in rows]
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode() if lines else b"[]\n"


_encoded = json.JSONEncoder(ensure_ascii=False).encode


def _value(cell: Cell) -> Any:
    return format(cell, "f") if isinstance(cell, Decimal) else cell


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
