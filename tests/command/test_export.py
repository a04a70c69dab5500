"""`briefing export`: the database has the rows of the tables, keys that hold, and an index that finds words."""

import csv
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main
from tests.commands import REPOSITORY


def export(root: Path, file: Path) -> tuple[int, str]:
    ended = CliRunner().invoke(main, ["-C", str(root), "export", "--sqlite", str(file)], catch_exceptions=False)
    return ended.exit_code, ended.output


def test_the_database_is_the_tables(tmp_path: Path) -> None:
    root, file = tmp_path / "site", tmp_path / "records.sqlite"
    CliRunner().invoke(main, ["init", str(root)], catch_exceptions=False)
    CliRunner().invoke(main, ["-C", str(root), "build"], catch_exceptions=False)
    assert export(root, file)[0] == 0
    with closing(sqlite3.connect(file)) as database:
        names = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in sorted((root / "site/data").glob("*.csv")):
            with table.open(encoding="utf-8-sig", newline="") as stream:
                rows = [tuple(row) for row in csv.reader(stream)][1:]
            assert table.stem in names
            found = database.execute("SELECT * FROM " + table.stem).fetchall()
            assert len(found) == len(rows)
            assert [row[0] for row in found] == [row[0] for row in rows]


@pytest.mark.parametrize("words", ["tariff", "\u9632\u885b\u8cbb"])
def test_words_are_found(words: str, tmp_path: Path) -> None:
    root, file = tmp_path / "site", tmp_path / "records.sqlite"
    CliRunner().invoke(main, ["init", str(root)], catch_exceptions=False)
    text = f"content/articles/{next((root / 'content/articles').glob('*.md')).name}"
    article = root / text
    article.write_text(
        article.read_text(encoding="utf-8") + f"\nIt says \u6b21\u306e{words}\u306e in the middle.\n", "utf-8"
    )
    of = root / f"content/annotations/{article.stem}.yaml"
    of.write_text(
        of.read_text(encoding="utf-8")
        + f"  - id: found\n    quote: \u6b21\u306e{words}\u306e in\n    topics: [trade]\n",
        "utf-8",
    )
    code, told = export(root, file)
    assert code == 0, told
    with closing(sqlite3.connect(file)) as database:
        query = "SELECT claim FROM claims WHERE rowid IN (SELECT rowid FROM claims_fts WHERE claims_fts MATCH ?)"
        assert f"{article.stem}#found" in {claim for (claim,) in database.execute(query, [words])}


def test_what_is_no_database_is_not_replaced(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear reader")
    assert export(REPOSITORY, file) == (
        3,
        f"briefing: {file}: something else is there already; name another file, or move this elsewhere\n",
    )
    assert file.read_text() == "Dear reader"
    assert list(tmp_path.iterdir()) == [file]


def test_what_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    code, told = export(REPOSITORY, tmp_path / "file/records.sqlite")
    assert code == 3
    assert told.count("\n") == 1


def test_content_with_errors_is_not_exported(tmp_path: Path) -> None:
    root, file = tmp_path / "site", tmp_path / "records.sqlite"
    CliRunner().invoke(main, ["init", str(root)], catch_exceptions=False)
    with (root / "config.yaml").open("a", encoding="utf-8") as stream:
        stream.write("nav: [nowhere]\n")
    assert export(root, file)[0] == 1
    assert not file.exists()
