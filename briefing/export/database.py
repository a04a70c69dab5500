"""The records as one SQLite database, with keys between the tables and an index of the words of claims."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing

from briefing.diagnostics import EnvironmentProblem
from briefing.machines.tables import Cell, Column, Layout, Row

# The columns of claims that the index has. Its pieces are three characters long, so that words are found in languages
# that write none apart.
SEARCHED = ("label", "text", "words")
INDEX = f"CREATE VIRTUAL TABLE claims_fts USING fts5({', '.join(SEARCHED)}, content='claims', tokenize='trigram')"
# What a file of this form begins with.
MARK = b"SQLite format 3\0"
_TYPES = {"integer": "INTEGER", "boolean": "INTEGER", "number": "NUMERIC"}


def database(tables: Iterable[tuple[Layout, Iterable[Row]]], facts: Mapping[str, str]) -> tuple[bytes, dict[str, int]]:
    """The bytes of a database with these tables, and how many rows each has; `facts` are told in the table `metadata`.
    EnvironmentProblem if the SQLite here can do no such thing."""
    try:
        with closing(sqlite3.connect(":memory:")) as made:
            counts = dict(_filled(made, tables))
            with made:
                made.execute("CREATE TABLE metadata (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)")
                made.executemany("INSERT INTO metadata VALUES (?, ?)", facts.items())
            return made.serialize(), counts
    except sqlite3.Error as error:
        message = f"SQLite {sqlite3.sqlite_version} cannot make the database: {error}"
        raise EnvironmentProblem(message, "use a Python with SQLite 3.34 or newer") from None


def is_internal(data: bytes) -> bool:
    """Whether a database says that it is of an internal edition."""
    try:
        with closing(sqlite3.connect(":memory:")) as found:
            found.deserialize(data)
            edition = found.execute("SELECT value FROM metadata WHERE name = 'edition'").fetchone()
            return bool(edition == ("internal",))
    except sqlite3.Error:  # one that is not of ours
        return False


def _filled(made: sqlite3.Connection, tables: Iterable[tuple[Layout, Iterable[Row]]]) -> Iterator[tuple[str, int]]:
    with made:
        for layout, rows in tables:
            made.execute(_created(layout))
            cursor = made.executemany(_filling(layout), (tuple(map(_stored, row)) for row in rows))
            yield layout.name, max(cursor.rowcount, 0)
        made.execute(INDEX)
        made.execute("INSERT INTO claims_fts (claims_fts) VALUES ('rebuild')")


def _created(layout: Layout) -> str:
    """The statement that makes a table."""
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
    needed = " NOT NULL" if column.is_required else ""
    return f"{_quoted([column.name])} {_TYPES.get(column.type, 'TEXT')}{needed}"


def _quoted(names: Iterable[str]) -> str:
    """Names, which may be words of SQL."""
    return ", ".join(f'"{name}"' for name in names)


def _stored(cell: Cell) -> str | int | None:
    return cell if cell is None or isinstance(cell, str | int) else format(cell, "f")
