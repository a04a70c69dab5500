"""Source files: what is text, what is refused, and where a character stands."""

import os
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.characters import FORBIDDEN
from briefing.diagnostics import Diagnostic, Location
from briefing.read.marks import MAY_BE_MARK
from briefing.read.sources import SourceFile, decode, list_files, read_bytes, read_source


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"", "", id="empty"),
        pytest.param(b"a\nb\n", "a\nb\n", id="line feeds"),
        pytest.param(b"a\r\nb\r\n\r\n", "a\nb\n\n", id="CRLF"),
        pytest.param(b"\xef\xbb\xbfa\r\n", "a\n", id="byte order mark"),
        pytest.param("日本 é 😀\t|".encode(), "日本 é 😀\t|", id="any script"),
        pytest.param(
            "a\u00a0b\u200bc\u200dd\ufeffe".encode(), "a\u00a0b\u200bc\u200dd\ufeffe", id="spaces and joiners"
        ),
    ],
)
def test_bytes_become_text(data: bytes, text: str) -> None:
    assert decode("file.md", data) == SourceFile("file.md", text)


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        pytest.param(b"ab\n\xe9", "unreadable-file", 2, 1, id="Latin-1"),
        pytest.param(b"\xff\xfea\x00", "unreadable-file", 1, 1, id="UTF-16"),
        pytest.param("é日".encode() + b"\x80", "unreadable-file", 1, 3, id="column in characters"),
        pytest.param(b"\xef\xbb\xbfa\r\nb\xff", "unreadable-file", 2, 2, id="after a byte order mark and CRLF"),
        pytest.param(b"a\xc3", "unreadable-file", 1, 2, id="cut off"),
        pytest.param(b"\xed\xa0\x80", "unreadable-file", 1, 1, id="surrogate"),
        pytest.param(b"\xc0\xaf", "unreadable-file", 1, 1, id="overlong"),
        pytest.param(b"a\rb\r", "line-endings", 1, 2, id="old Macintosh"),
        pytest.param(b"a\r\nb\r\r\n", "line-endings", 2, 2, id="CR before CRLF"),
        *(
            pytest.param(f"ab\n c{character}".encode(), "bad-characters", 2, 3, id=f"U+{ord(character):04X}")
            for character in "\0\x07\x0b\x0c\x1b\x7f\x85\x9b\u2028\u2029\u202a\u202e\u2066\u2069\ufffe\uffff"
        ),
    ],
)
def test_what_is_not_plain_text_is_refused_where_it_stands(data: bytes, code: str, line: int, column: int) -> None:
    problem = decode("file.md", data)
    assert isinstance(problem, Diagnostic)
    assert (problem.code, problem.place) == (code, Location("file.md", line, column))


_CHARACTERS = [chr(code) for code in range(sys.maxunicode + 1)]
_TURNS = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")


def test_forbidden_are_controls_line_separators_what_turns_text_and_non_characters_and_nothing_else() -> None:
    def is_forbidden(one: str) -> bool:
        is_control = unicodedata.category(one) in ("Cc", "Zl", "Zp") and one not in "\t\n"
        is_no_character = ord(one) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(one) <= 0xFDEF
        return is_control or is_no_character or unicodedata.bidirectional(one) in _TURNS

    assert [one for one in _CHARACTERS if FORBIDDEN.match(one)] == [one for one in _CHARACTERS if is_forbidden(one)]


def test_every_combining_mark_is_taken_for_what_may_be_one() -> None:
    assert [one for one in _CHARACTERS if unicodedata.combining(one) and not MAY_BE_MARK.match(one)] == []


@given(st.text(alphabet="ab日😀\t\n", max_size=40), st.data())
def test_a_place_names_the_line_and_column_of_a_character(text: str, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(text)))
    before = text[:index].split("\n")
    source = SourceFile("file.md", text)
    place = source.place(index)
    assert (place.line, place.column) == (len(before), len(before[-1]) + 1)
    assert source.line_of(index) == len(before)


@pytest.mark.parametrize(
    ("start", "end", "width"),
    [
        pytest.param(0, 3, 3, id="within a line"),
        pytest.param(2, 9, 3, id="to the end of the first line"),
        pytest.param(5, 6, 1, id="a line feed is one wide"),
        pytest.param(3, 3, 1, id="nothing is one wide"),
        pytest.param(11, 20, 1, id="at the end of the file"),
    ],
)
def test_a_place_is_as_wide_as_its_text_on_its_first_line(start: int, end: int, width: int) -> None:
    assert SourceFile("file.md", "first\nsecon").place(start, end).width == width


def test_regular_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xff")
    assert read_bytes(tmp_path, "a") == b"\xff"
    problem = read_source(tmp_path, "a")
    assert isinstance(problem, Diagnostic)


def test_other_things_than_regular_files_are_refused_without_opening_them(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("/etc/hostname")
    (tmp_path / "dangling").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe")  # To open it would wait for ever.
    for name in ("folder", "link", "dangling", "pipe"):
        problem = read_bytes(tmp_path, name)
        assert isinstance(problem, Diagnostic)
        assert (problem.code, problem.place) == ("not-regular", Location(name))


def test_a_missing_file_is_a_problem_of_the_content(tmp_path: Path) -> None:
    problem = read_bytes(tmp_path, "config.yaml")
    assert isinstance(problem, Diagnostic)
    assert problem.code == "unreadable-file"


@pytest.mark.parametrize(("size", "is_read"), [(1024 * 1024, True), (1024 * 1024 + 1, False)])
def test_a_file_has_at_most_one_mebibyte(size: int, is_read: bool, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x" * size)
    assert isinstance(read_bytes(tmp_path, "file"), bytes) == is_read


def test_files_are_listed_in_order_without_hidden_ones(tmp_path: Path) -> None:
    for path in ("b.md", "a.md", "sub/c.md", "sub/.hidden", ".git/config", "a.md~", "é.md", "Z.md"):
        (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / path).touch()
    (tmp_path / "content/away").symlink_to("/etc")
    listed = list_files(tmp_path, "content")
    assert listed == [f"content/{name}" for name in ("Z.md", "a.md", "away", "b.md", "sub/c.md", "é.md")]
    assert list_files(tmp_path, "templates") == []


@pytest.mark.parametrize(
    ("path", "mib", "help"),
    [
        ("content/articles/2025/talks.md", 1, "split it into several smaller files"),
        ("content/annotations/talks.yaml", 1, "split its article into several, and the claims with it"),
        ("config.yaml", 1, "make it smaller"),
        ("templates/home.html", 1, "make it smaller"),
        ("content/people.yaml", 4, "split it into several files of a folder: content/people/a-m.yaml, "),
        ("content/sources/b.yaml", 4, "split it into several files of a folder: content/sources/a-m.yaml, "),
        ("content/media/map.PNG", 10, "save the image smaller: with fewer pixels, or as WebP or JPEG"),
        ("content/media/2025/report.pdf", 10, "publish a smaller file, or link to where it stands"),
        ("templates/assets/logo.webp", 10, "save the image smaller: with fewer pixels, or as WebP or JPEG"),
    ],
)
def test_how_large_a_file_may_be_depends_on_what_it_is(path: str, mib: int, help: str, tmp_path: Path) -> None:
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as opened:
        opened.truncate(mib * 1024 * 1024)
    assert isinstance(read_bytes(tmp_path, path), bytes)
    with file.open("ab") as opened:
        opened.write(b"x")
    problem = read_bytes(tmp_path, path)
    assert isinstance(problem, Diagnostic)
    assert (problem.code, problem.message) == ("excessive-input", f"{path} is larger than {mib} MiB")
    assert problem.help.startswith(help)
