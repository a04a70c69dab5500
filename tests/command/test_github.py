"""`--format github`: workflow commands, read as the runner of GitHub Actions reads them, hold what JSON holds."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefing.cli import main
from briefing.diagnostics import Diagnostic, Location, Note
from briefing.report import report_github
from tests.commands import small_site

SITES = Path(__file__).parents[1] / "sites"


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(root), *arguments], catch_exceptions=False)


def commands(printed: str) -> list[dict[str, str]]:
    """The problems of an output: after its rules, https://docs.github.com/actions, "workflow commands"."""
    found = []
    for line in printed.splitlines():
        command = re.match(r"\s*::(\w+) ?(.*?)::(.*)\Z", line)
        if command and command[1] in ("error", "warning", "notice"):
            given = dict(part.split("=", 1) for part in command[2].split(","))
            properties = {name: decoded(value, {"%3A": ":", "%2C": ","}) for name, value in given.items()}
            found.append({"severity": command[1], "told": decoded(command[3], {}), **properties})
    return found


def decoded(text: str, more: dict[str, str]) -> str:
    for code, character in {"%0D": "\r", "%0A": "\n", **more, "%25": "%"}.items():
        text = text.replace(code, character)
    return text


@pytest.mark.parametrize("case", ["many-problems", "quote-absent", "yaml-tab", "file-names"])
@pytest.mark.parametrize("command", ["check", "build"])
def test_commands_say_what_json_says(case: str, command: str, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    root = shutil.copytree(SITES / case, tmp_path / "desks/one")
    told = json.loads(run(root, command, "--format", "json").stdout)
    ended = run(root, command, "--format", "github")
    assert ended.exit_code == 1
    shown = commands(ended.stdout)
    wanted = [(one["severity"], f"desks/one/{one['path']}", one["line"], one["column"], one["code"]) for one in told]
    assert len(wanted) <= 20
    for one, (severity, path, line, column, code) in zip(
        sorted(shown, key=place), sorted(wanted, key=key), strict=True
    ):
        assert (one["severity"], one["file"], one["title"]) == (severity, path, code)
        assert (one["line"], one["col"]) == (str(line), str(column))
    texts = {one["told"] for one in shown}
    assert all(any(text.startswith(one["message"]) and one["help"] in text for text in texts) for one in told)


def place(one: dict[str, str]) -> tuple[str, int, int, str]:
    return one["file"], int(one["line"]), int(one["col"]), one["told"][:5]


def key(one: tuple[str, str, int, int, str]) -> tuple[str, int, int, str]:
    return one[1], one[2], one[3], one[4]


def test_what_github_does_not_show_is_counted_and_folded(tmp_path: Path) -> None:
    root = small_site(tmp_path)
    claims = "".join(f"  - {{quote: nowhere {number}, topics: [trade]}}\n" for number in range(23))
    (root / "content/annotations/talks.yaml").write_text(f"claims:\n{claims}")
    for number in range(12):
        (root / f"content/notes-{number}.txt").write_text("a\n")
    printed = run(root, "check", "--format", "github").stdout
    before, group, rest = printed.partition("::group::13 more errors and 2 more warnings than GitHub shows")
    assert group
    assert [one["severity"] for one in commands(before)] == ["error"] * 10 + ["warning"] * 10
    folded, end, after = rest.partition("\n::endgroup::\n")
    assert end
    assert len(re.findall(r"^error\[quote-not-found\]", folded, re.MULTILINE)) == 23
    assert after == "23 errors and 12 warnings\n"


def test_nothing_in_a_file_or_its_name_is_taken_for_a_command() -> None:
    hostile = "a\n::error::b %0A##[add-mask]c\r::d"
    found = Diagnostic("bad-id", hostile, Location("x,y:z%.md", 3, 2), hostile, (Note(hostile, None, hostile),))
    lines = list(report_github([found] * 11, lambda _: "::stop-commands::x", "desk/"))
    assert all("\n" not in line and "\r" not in line for line in lines[:10])
    assert {one["file"] for one in commands("\n".join(lines[:10]))} == {"desk/x,y:z%.md"}
    folded = "\n".join(lines[11:-1])
    assert not re.search(r"^\s*::", folded, re.MULTILINE)
    assert "##[" not in "\n".join(lines)
    assert commands(lines[0])[0]["told"].count("\n") == 2


@pytest.mark.parametrize("where", ["", "desk/"])
def test_paths_are_those_of_the_repository(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = small_site(tmp_path / "repository" / where)
    (root / "content/annotations/talks.yaml").write_text("claims: [{quote: nowhere, topics: [trade]}]\n")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "repository"))
    path = f"{where}content/annotations/talks.yaml"
    assert commands(run(root, "check", "--format", "github").stdout)[0]["file"] == path
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "elsewhere"))
    (tmp_path / "repository/.git").write_text("gitdir: elsewhere\n")
    assert commands(run(root, "check", "--format", "github").stdout)[0]["file"] == path


def test_a_site_without_mistakes_has_one_line(tmp_path: Path) -> None:
    ended = run(small_site(tmp_path), "check", "--format", "github")
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert ended.stdout == "No errors. 1 claim, 0 open, 0 resolved.\n"
