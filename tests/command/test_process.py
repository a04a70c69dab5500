"""How the command ends as a process, whatever is behind its output."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import build_command, environment, small_site


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    return build_command(small_site(tmp_path / "desk"), tmp_path / "site")


@pytest.mark.slow
def test_what_was_told_has_arrived_when_it_ends(command: list[str], tmp_path: Path) -> None:
    ended = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True)
    assert "written" in ended.stdout
    (tmp_path / "desk/config.yaml").write_text("titel: x\n", encoding="utf-8")
    ended = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.endswith("nothing was written\n")


@pytest.mark.slow
def test_an_output_that_takes_nothing_is_told_in_one_line(command: list[str], tmp_path: Path) -> None:
    # A handle that only reads fails as a full disk does, on every system.
    with open(os.devnull) as closed:
        ended = subprocess.run(
            command, env=environment(), stdout=closed, stderr=subprocess.PIPE, text=True, check=False
        )
    assert ended.returncode == 3
    assert (
        ended.stderr
        == "error: the output of the command cannot be written: Bad file descriptor; check where it goes to\n"
    )
    assert (tmp_path / "site/index.html").exists()


@pytest.mark.slow
def test_it_needs_no_output_to_write_to(command: list[str], tmp_path: Path) -> None:
    closed = ["sh", "-c", '"$@" >&- 2>&-', "sh", *command]
    assert subprocess.run(closed, env=environment(), check=False).returncode == 0
    assert (tmp_path / "site/index.html").exists()


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_mistake_of_ours(command: list[str], tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    ended = subprocess.run(command, env=environment(), stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert ended.stderr == ""
    assert (tmp_path / "site/index.html").exists()


def test_as_a_module_it_has_its_name() -> None:
    command = [sys.executable, "-m", "briefing", "--version"]
    ended = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True)
    assert ended.stdout.startswith("briefing ")


HEAVY = {"babel", "jinja2", "markdown_it", "pydantic", "rapidfuzz", "yaml", "distributed", "multiprocessing"}
LOADED = """
import sys
from briefing.cli import main
main(sys.argv[1:], standalone_mode=False)
print(*sys.modules, file=sys.stderr)
"""


def test_nothing_heavy_is_imported_before_a_command_needs_it(command: list[str], tmp_path: Path) -> None:
    subprocess.run(command, env=environment(), check=True, capture_output=True)
    unchanged = command[command.index("-C") :]
    for arguments in (["build", "--help"], unchanged):
        code = [sys.executable, "-c", LOADED, *arguments]
        ended = subprocess.run(code, env=environment(), capture_output=True, text=True, check=True)
        loaded = set(ended.stderr.split())
        assert "briefing.cli" in loaded
        assert not loaded & (HEAVY | {"briefing.build"}), arguments
