"""What others start the command by: the hook of pre-commit, and completion in shells."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.commands import BOUND_SECONDS, REPOSITORY, environment, small_site

pytestmark = pytest.mark.slow

BIN = Path(sys.executable).parent
# Variables that a shell's own script sets before it calls the command.
SHELLS = ("bash", "zsh", "fish")


def hook() -> dict[str, object]:
    [found] = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return dict(found)


def start(line: list[str], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    env = environment(PATH=f"{BIN}{os.pathsep}{os.environ['PATH']}", **variables)
    return subprocess.run(line, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=BOUND_SECONDS)


def test_the_hook_checks_the_site_and_fails_as_check_does(tmp_path: Path) -> None:
    root, of = small_site(tmp_path), hook()
    assert (of["language"], of["pass_filenames"]) == ("python", False)
    entry = shlex.split(str(of["entry"]))
    passed = start(entry, root)
    assert (passed.returncode, passed.stdout) == (0, "No errors. 1 claim, 0 open, 0 resolved.\n")
    (root / "content/annotations/talks.yaml").write_text("claims: [{quote: nowhere, topics: [trade]}]\n")
    failed = start([*entry, "--format", "concise"], root)  # as with `args` in a site's own file
    assert failed.returncode == 1
    assert failed.stderr.startswith("content/annotations/talks.yaml:1:18: error[quote-not-found]")


def test_the_hook_runs_for_files_of_a_site_and_for_no_others() -> None:
    files = re.compile(str(hook()["files"]))
    of_site = [
        "config.yaml",
        "content/people.yaml",
        "desk/content/articles/a.md",
        "templates/base.html",
        "d/config.yaml",
    ]
    assert all(files.search(path) for path in of_site)
    assert not any(files.search(path) for path in ["README.md", "myconfig.yaml", "config.yaml.orig", "discontent/a.md"])


def completed(root: Path, shell: str, line: str) -> list[str]:
    """What a shell is given to complete the last word of a line, by its own protocol."""
    words = line.split(" ")
    more = {"COMP_WORDS": line, "COMP_CWORD": words[-1] if shell == "fish" else str(len(words) - 1)}
    ended = start(["briefing"], root, _BRIEFING_COMPLETE=f"{shell}_complete", **more)
    assert ended.returncode == 0, ended.stderr
    lines = ended.stdout.strip().splitlines()
    if shell == "zsh":  # three lines each: type, value, help
        return [value for kind, value in zip(lines[::3], lines[1::3], strict=True) if kind == "plain"]
    return [entry.partition(",")[2].partition("\t")[0] for entry in lines if entry.startswith("plain")]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("briefing sh", {"show"}),
        ("briefing list ", {"open", "due", "unused", "sources"}),
        ("briefing check --format ", {"full", "concise", "json", "github"}),
        ("briefing show t", {"talks#"}),
        ("briefing show talks#", {"talks#will-meet-on-friday", "talks#second"}),
        ("briefing show talks#s", {"talks#second"}),
        ("briefing show nothing#", set()),
        ("briefing theme copy parts/claim-r", {"parts/claim-row.html"}),
        ("briefing theme diff ", {"page.html"}),
        ("briefing anchor ", {"apart"}),
    ],
)
def test_shells_complete_commands_words_and_ids(line: str, found: set[str], tmp_path: Path) -> None:
    root = small_site(tmp_path)
    with (root / "content/annotations/talks.yaml").open("a") as file:
        file.write("  - {id: second, quote: joint statement, topics: [trade]}\n  - {quote: [a]}\n  - a\n")
    (root / "content/texts").mkdir()
    (root / "content/texts/apart.txt").write_text("Words.\n")
    (root / "templates").mkdir()
    (root / "templates/page.html").write_text("a\n")
    assert set(completed(root, "bash", line)) == found


def test_ids_are_those_of_the_folder_that_is_named(tmp_path: Path) -> None:
    small_site(tmp_path / "desk")
    for shell in SHELLS:
        assert completed(tmp_path, shell, "briefing -C desk show t") == ["talks#"]
    assert completed(tmp_path, "bash", "briefing show t") == []


@pytest.mark.parametrize("shell", SHELLS)
def test_the_command_gives_the_script_that_switches_it_on(shell: str, tmp_path: Path) -> None:
    script = start(["briefing"], tmp_path, _BRIEFING_COMPLETE=f"{shell}_source")
    assert script.returncode == 0, script.stderr
    assert f"_BRIEFING_COMPLETE={shell}_complete" in script.stdout
    if shutil.which(shell):
        assert subprocess.run([shell, "-n"], input=script.stdout, text=True, check=False).returncode == 0
