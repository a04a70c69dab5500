"""Conflict markers: which lines of a file are what a merge has left, and which are text."""

import pytest

from briefing.diagnostics import Location
from briefing.read.conflicts import conflict
from briefing.read.sources import SourceFile

OURS, BASE, THEIRS = "<<<<<<< HEAD", "||||||| 4d1f3a2", ">>>>>>> desk"


@pytest.mark.parametrize(
    ("path", "lines", "line", "more"),
    [
        pytest.param("a.md", ["x", OURS, "y", "=======", "z", THEIRS], 2, 2, id="whole"),
        pytest.param("a.md", [OURS, "y", BASE, "w", "=======", "z", THEIRS], 1, 3, id="with what both come from"),
        pytest.param("a.md", ["x", "=======", "", THEIRS], 4, 0, id="only the end left, below a heading"),
        pytest.param("a.md", ["x", OURS], 2, 0, id="only the beginning left"),
        pytest.param("a.md", ["x", BASE], 2, 0, id="only the middle left"),
        pytest.param("a.md", ["> x", OURS, "> y", "=======", "> z", THEIRS], 2, 2, id="in a quotation"),
        pytest.param("a.md", ["---", "a: b", "=======", "---", "x"], 3, 0, id="in front matter"),
        pytest.param("a.yaml", ["a: b", "======="], 2, 0, id="in YAML"),
        pytest.param("a.html", ["x", THEIRS], 2, 0, id="only the end left, in a template"),
        pytest.param("a.yaml", ["a: b", THEIRS], 2, 0, id="only the end left, in YAML"),
        pytest.param("a.md", ["---", "a: b", THEIRS, "---", "x"], 3, 0, id="only the end left, in front matter"),
        pytest.param("a.md", [BASE, "x", THEIRS], 1, 1, id="without the beginning"),
        pytest.param("a.html", ["<<<<<<<", "======="], 1, 1, id="without labels"),
        pytest.param("a.md", ["<<<<<<<<< Temporary merge branch 1"], 1, 0, id="longer"),
        pytest.param("a.md", ["<<<<<<< .mine", "||||||| .r1", "=======", ">>>>>>> .r2"], 1, 3, id="of another tool"),
    ],
)
def test_markers_are_found(path: str, lines: list[str], line: int, more: int) -> None:
    problem = conflict(SourceFile(path, "\n".join(lines) + "\n"))
    assert problem is not None
    assert problem.place == Location(path, line, 1, len(lines[line - 1]))
    assert len(problem.notes) == more


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["A heading", "======="], id="underline of a heading"),
        pytest.param(["---", "a: b", "---", "A heading", "======="], id="underline after front matter"),
        pytest.param([">>>>>> six", ">>>>>>> seven", "text"], id="mail quoted seven times"),
        pytest.param([">>>>>>> seven", ">>>>>>> times"], id="mail of two lines"),
        pytest.param(["He wrote:", "", ">>>>>>> seven", "", "text"], id="mail of one line"),
        pytest.param(["> one", "", ">>>>>>> seven", "", ">>>>>>>> eight"], id="mail with gaps"),
        pytest.param(["---", "a: b", "---", ">>>>>>> seven"], id="mail after front matter"),
        pytest.param([" " + OURS, "text " + THEIRS], id="not at the beginning of a line"),
        pytest.param(["| a | b |", "|---|---|", "|||||||"], id="empty cells"),
        pytest.param(["<<<<<< six", ">>>>>> six"], id="six"),
        pytest.param(["<<<<<<<x", ">>>>>>>x", "=======x"], id="no space"),
    ],
)
def test_other_lines_are_text(lines: list[str]) -> None:
    assert conflict(SourceFile("a.md", "\n".join(lines) + "\n")) is None


def test_of_many_conflicts_a_few_are_named() -> None:
    problem = conflict(SourceFile("a.md", f"{OURS}\na\n=======\nb\n{THEIRS}\n" * 100))
    assert problem is not None
    assert problem.notes[-1].message == "293 more markers follow"
