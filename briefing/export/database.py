"""The records as one SQLite database, with keys between the tables and an index of the words of claims."""

import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from briefing.diagnostics import EnvironmentProblem
from briefing.machines.tables import Cell, Column, Layout, Row

# The columns of claims that the index has; their order is that of what is shown of a match.
SEARCHED = ("label", "text", "words")
# Pieces of three characters, so that words are found in languages that write none apart.
INDEX = f"CREATE VIRTUAL TABLE claims_fts USING fts5({', '.join(SEARCHED)}, content='claims', tokenize='trigram')"
_MAGIC = b"SQLite format 3\0"
# A number keeps its digits where it is none that SQLite can hold.
_TYPES = {"integer": "INTEGER", "boolean": "INTEGER", "number": "NUMERIC"}


def write_database(file: Path, tables: Iterable[tuple[Layout, Iterable[Row]]]) -> dict[str, int]:
    """Write a database with these tables in the place of one that is there; how many rows each has.

    EnvironmentProblem if there is something else in its place, or if it cannot be written; then all is as it was.
    """
    try:
        if file.exists() and not _is_database(file):
            raise EnvironmentProblem(f"{file} is no SQLite database, and is not replaced", "name another file")
        handle, name = tempfile.mkstemp(".sqlite", ".briefing-", file.parent)
        os.close(handle)
        try:
            with closing(sqlite3.connect(name)) as database:
                counts = dict(_filled(database, tables))
            Path(name).chmod(0o644)
            Path(name).replace(file)
        finally:
            with suppress(FileNotFoundError):
                Path(name).unlink()
    except OSError as error:
        raise EnvironmentProblem.of(error, file) from None
    except sqlite3.Error as error:
        message = f"{file} cannot be written; SQLite {sqlite3.sqlite_version} says: {error}"
        raise EnvironmentProblem(message, "use a Python with SQLite 3.34 or newer") from None
    return counts


def _is_database(file: Path) -> bool:
    with file.open("rb") as stream:
        return stream.read(len(_MAGIC)) in (_MAGIC, b"")


def _filled(database: sqlite3.Connection, tables: Iterable[tuple[Layout, Iterable[Row]]]) -> Iterator[tuple[str, int]]:
    with database:
        for layout, rows in tables:
            database.execute(_created(layout))
            cursor = database.executemany(_filling(layout), (tuple(map(_stored, row)) for row in rows))
            yield layout.name, max(cursor.rowcount, 0)
        database.execute(INDEX)
        database.execute("INSERT INTO claims_fts (claims_fts) VALUES ('rebuild')")


def _created(layout: Layout) -> str:
    """The statement that makes the table. Names are those of the model, and so are words of SQL: they are quoted."""
    parts = [_column(column) for column in layout.columns]
    parts.append(f"PRIMARY KEY ({_quoted(layout.key)})")
    parts += [
        f"FOREIGN KEY ({_quoted(key.columns)}) REFERENCES {_quoted([key.table])} ({_quoted(key.names)})"
        for key in layout.leads
    ]
    return f"CREATE TABLE {_quoted([layout.name])} ({', '.join(parts)})"


def _filling(layout: Layout) -> str:
    return " ".join(["INSERT INTO", _quoted([layout.name]), "VALUES", f"({', '.join('?' * len(layout.columns))})"])


def _column(column: Column) -> str:
    """A column as SQL has it."""
    needed = " NOT NULL" if column.is_required else ""
    return f"{_quoted([column.name])} {_TYPES.get(column.type, 'TEXT')}{needed}"


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _stored(cell: Cell) -> str | int | None:
    return cell if cell is None or isinstance(cell, str | int) else format(cell, "f")
