"""Progress: told to people who look on, erased in the end, and never in a file."""

import io
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from briefing.cli import progress as bars
from briefing.cli.progress import progress
from briefing.parallel.pool import spread, untold
from tests.commands import small_site, start_build


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    screen = Terminal()
    monkeypatch.setattr(bars, "sys", SimpleNamespace(stderr=screen))  # pytest has the real one
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(bars, "EVERY_SECONDS", 0.0)
    return screen


def seen(screen: Terminal) -> list[str]:
    """What stood on the line, one after the other."""
    return re.split(r"\r\x1b\[K", screen.getvalue())[1:]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_line_says_how_far_it_is_and_goes(jobs: int, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bars, "AFTER_SECONDS", 0.0)
    with progress() as told:
        assert list(spread(abs, range(-100, 0), jobs, told)) == list(range(100, 0, -1))
        told("Checking", (), 0)
    lines = seen(terminal)
    assert lines[0] == f"Reading  [{'-' * 30}]  0 of 100"
    assert f"Reading  [{'#' * 15}{'-' * 15}]  50 of 100" in lines
    assert lines[-2:] == ["Checking ...", ""]


def test_what_is_done_in_a_second_is_not_told(terminal: Terminal) -> None:
    with progress() as told:
        assert list(told("Reading", iter(range(1000)), 1000)) == list(range(1000))
    assert terminal.getvalue() == ""


def test_the_line_goes_where_the_work_fails(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bars, "AFTER_SECONDS", 0.0)
    with pytest.raises(ZeroDivisionError), progress() as told:
        list(told("Reading", (1 // number for number in (1, 0)), 2))
    assert seen(terminal)[-1] == ""


def test_no_line_is_longer_than_the_terminal(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bars, "AFTER_SECONDS", 0.0)
    monkeypatch.setenv("COLUMNS", "20")
    with progress() as told:
        list(told("Reading", range(10), 10))
    assert max(map(len, seen(terminal))) == 19


@pytest.mark.parametrize("why", ["CI", "TERM", "a file"])
def test_nobody_who_does_not_look_is_told(why: str, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    if why == "a file":
        monkeypatch.setattr(bars, "sys", SimpleNamespace(stderr=io.StringIO()))
    else:
        monkeypatch.setenv(why, "dumb")
    with progress() as told:
        assert told is untold


@pytest.mark.slow
def test_a_build_into_a_pipe_tells_nothing_but_what_it_did(tmp_path: Path) -> None:
    build = start_build(small_site(tmp_path / "site"), tmp_path / "out", TERM="xterm")
    out, err = build.communicate()
    assert (build.returncode, err) == (0, "")
    assert out.count("\n") == 1
    assert "\r" not in out
