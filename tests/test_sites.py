"""Golden sites: each folder of tests/sites/ is a tiny site with what a build of it must print or write.

A case has its `config.yaml` and `content/`, perhaps `options.txt` (a command with its options; else `build`),
and either `expected.txt`, the diagnostics as the command line prints them with a last line `exit N`, or
`expected/`, the pages of the built site. `pytest --accept` rewrites both.
"""

import json
import os
import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.diagnostics import CODES

SITES = Path(__file__).parent / "sites"
CASES = sorted(path.name for path in SITES.iterdir() if path.is_dir())
REPOSITORY = SITES.parent.parent


def run(folder: Path, *arguments: str) -> tuple[str, int]:
    """What a command prints for people, with its exit code. A traceback is a failure of the test."""
    result = CliRunner().invoke(main, ["-C", str(folder), *arguments], catch_exceptions=False)
    return result.stderr, result.exit_code


def told(folder: Path, *arguments: str) -> str:
    """The text of an `expected.txt`."""
    printed, code = run(folder, *arguments)
    return f"{printed}exit {code}\n"


def options_of(case: Path) -> list[str]:
    file = case / "options.txt"
    return shlex.split(file.read_text(encoding="utf-8")) if file.exists() else ["build"]


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder: its bytes and when it was written."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def pages(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.html"))
    }


def copy_of(case: str, tmp_path: Path) -> Path:
    """A copy of the case to build in, without its expectations."""
    folder = tmp_path / case
    shutil.copytree(SITES / case, folder, ignore=shutil.ignore_patterns("expected", "expected.txt", "options.txt"))
    return folder


@pytest.fixture(scope="session")
def old_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site as an earlier build has left it."""
    folder = tmp_path_factory.mktemp("old") / "minimal"
    shutil.copytree(SITES / "minimal", folder, ignore=shutil.ignore_patterns("expected"))
    assert told(folder, "build") == "exit 0\n"
    return folder / "site"


@pytest.mark.parametrize("case", CASES)
def test_site_gives_what_is_expected(case: str, tmp_path: Path, old_site: Path, accept: bool) -> None:
    folder, expected = copy_of(case, tmp_path), SITES / case
    options = options_of(expected)
    has_text, has_pages = (expected / "expected.txt").exists(), (expected / "expected").exists()
    if not has_pages:
        shutil.copytree(old_site, folder / "site")
    before = snapshot(folder / "site")
    seen = told(folder, *options)
    if accept:
        rewrite(expected, seen, pages(folder / "site"), has_pages)
    else:
        assert has_text or has_pages, "no expectation yet: look at the output, then run pytest --accept"
        assert seen == ((expected / "expected.txt").read_text(encoding="utf-8") if has_text else "exit 0\n")
        if has_pages:
            assert pages(folder / "site") == pages(expected / "expected")
    if options[0] == "check" or not seen.endswith("exit 0\n"):
        assert snapshot(folder / "site") == before


def rewrite(case: Path, seen: str, made: dict[str, str], has_pages: bool) -> None:
    if not has_pages:
        (case / "expected.txt").write_text(seen, encoding="utf-8")
        return
    shutil.rmtree(case / "expected")
    for path, text in made.items():
        file = case / "expected" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
