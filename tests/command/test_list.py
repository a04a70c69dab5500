"""`briefing list` and `briefing show`: what they print, for people and for programs, and how they end."""

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from briefing.cli import main
from tests.commands import small_site
from tests.sites.desks import Paper, write_desk

LATER = {"modality": "expectation", "review_by": "2025-06-01"}
PAPERS = {
    "first": Paper(
        "2025-01-01",
        {
            "later": {**LATER, "due": "2025-09"},
            "sooner": {"modality": "proposal", "due": "2025-03-01"},
            "some-day": {"modality": "commitment"},
            "so-it-is": {"former_ids": ["so-it-was"]},
        },
    ),
    "second": Paper("2025-02-01", {"later": LATER, "hidden": {**LATER, "draft": "true"}}),
}


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(root), *arguments], catch_exceptions=False)


def rows(root: Path, *arguments: str) -> Any:
    ended = run(root, *arguments, "--format", "json")
    assert ended.exit_code == 0, ended.output
    return json.loads(ended.stdout)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return write_desk(tmp_path, PAPERS)


def test_open_claims_come_by_the_day_of_the_next_look(desk: Path) -> None:
    assert [row["claim"] for row in rows(desk, "list", "open")] == [
        "first#sooner",
        "first#later",
        "second#later",
        "first#some-day",
    ]
    printed = run(desk, "list", "open").stdout.splitlines()
    assert [line.split()[:4] for line in printed[:2]] == [
        ["2025-03-01", "due", "pending", "first#sooner"],
        ["2025-06-01", "review", "pending", "first#later"],
    ]
    assert printed[3].startswith("no day")
    assert printed[-1] == "4 open claims."


def test_drafts_and_what_came_later_are_there_if_asked_for(desk: Path) -> None:
    assert "second#hidden" in {row["claim"] for row in rows(desk, "list", "open", "--drafts")}
    assert len(rows(desk, "list", "open", "--as-of", "2025-01-15")) == 3
    assert rows(desk, "list", "due", "--as-of", "2025-01-15") == []
    assert [row["claim"] for row in rows(desk, "list", "due", "--as-of", "2025-01-15", "--on", "2025-06-01")] == [
        "first#sooner",
        "first#later",
    ]


def test_what_is_due_has_its_place_and_its_reason(desk: Path) -> None:
    found = rows(desk, "list", "due", "--on", "2025-06-01")
    assert [(row["day"], row["because"], row["claim"]) for row in found] == [
        ("2025-03-01", "due", "first#sooner"),
        ("2025-06-01", "review_by", "first#later"),
        ("2025-06-01", "review_by", "second#later"),
    ]
    for row in found:
        line = (desk / row["path"]).read_text().splitlines()[row["line"] - 1]
        assert line.strip(" -") == f"{row['because']}: '{row['day']}'"
    assert run(desk, "list", "due", "--on", "2025-01-01").stdout == "0 things are due.\n"


def test_what_nothing_names_is_listed_with_its_line(tmp_path: Path) -> None:
    root = small_site(tmp_path)
    (root / "config.yaml").write_text("title: a\ntopics:\n  defense: Defense\n  sports: Sports\n")
    (root / "content/people.yaml").write_text(
        "brandt: {name: Ilse Brandt}\nvale:\n  name: Tomas Vale\nlind: {name: Mara Lind}\n"
    )
    (root / "content/measures.yaml").write_text("gas: {label: Gas, unit: tons}\n")
    (root / "content/annotations/talks.yaml").write_text(
        "claims:\n  - {quote: will meet on Friday, topics: [defense], about: [brandt]}\n"
        "  - {quote: expect a joint statement, topics: [defense], draft: true, origin: lind-2025-01-02}\n"
    )
    assert [(row["kind"], row["id"], row["path"], row["line"]) for row in rows(root, "list", "unused")] == [
        ("people", "vale", "content/people.yaml", 2),
        ("measures", "gas", "content/measures.yaml", 1),
        ("topics", "sports", "config.yaml", 4),
    ]
    assert run(root, "list", "unused").stdout.endswith("3 entries that nothing names.\n")


def test_sources_are_counted(desk: Path) -> None:
    assert sum(row["articles"] for row in rows(desk, "list", "sources")) == 2
    assert sum(row["claims"] for row in rows(desk, "list", "sources")) == 5
    assert sum(row["claims"] for row in rows(desk, "list", "sources", "--drafts")) == 6


@pytest.mark.parametrize("name", ["first#so-it-is", "so-it-is", "articles/first.html#so-it-is"])
def test_a_claim_may_be_named_in_several_ways(name: str, desk: Path) -> None:
    assert rows(desk, "show", name)["claim"] == "first#so-it-is"
    assert rows(desk, "show", f"https://example.org/x/articles/first.html#{name.rpartition('#')[2]}")


@pytest.mark.parametrize(
    ("name", "help"),
    [
        ("first#so-it", "there is no claim `first#so-it`; write `first#so-it-is`"),
        ("first#so-it-was", "there is no claim `first#so-it-was`; write `first#so-it-is`"),
        ("second#sooner", "there is no claim `second#sooner`; write `first#sooner`"),
        ("later", "`later` is the id of 2 claims; write one of: second#later, first#later"),
        ("zzzz", "there is no claim `zzzz`; write `<article>#<claim>`"),
    ],
)
def test_another_name_is_told_with_what_was_meant(name: str, help: str, desk: Path) -> None:
    ended = run(desk, "show", name)
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr.endswith(f"Error: {help}\n")


def test_people_are_shown_what_there_is(desk: Path) -> None:
    printed = run(desk, "show", "first#later").stdout.splitlines()
    names = {line[:11].strip(): line[11:] for line in printed if line[:11].strip()}
    assert (names["claim"], names["due"], names["review by"]) == ("first#later", "2025-09", "2025-06-01")
    assert names["pages"] == "articles/first.html#later"
    path, line, _ = names["file"].split(":")
    assert (desk / path).read_text().splitlines()[int(line) - 1] == "- due: 2025-09"
    assert "hedge" not in names


@pytest.mark.parametrize("command", [["list", "open"], ["list", "unused"], ["show", "first#later"]])
def test_of_content_with_errors_the_rest_is_shown_and_the_command_fails(command: list[str], desk: Path) -> None:
    (desk / "content/people.yaml").write_text("brandt: {nme: a}\n")
    ended = run(desk, *command)
    assert ended.exit_code == 1
    assert ended.stderr == "The content has 2 errors, and what has them is left out; `briefing check` tells them.\n"
    assert ended.stdout
    if command[0] == "show":
        assert "not known: `briefing build` finds out" in ended.stdout


def test_without_a_site_there_is_nothing_to_ask(tmp_path: Path) -> None:
    ended = run(tmp_path, "list", "open")
    assert (ended.exit_code, ended.stdout) == (1, "")
    assert "there is no config.yaml here" in ended.stderr


def test_nothing_is_written(desk: Path) -> None:
    before = sorted(path.as_posix() for path in desk.rglob("*"))
    for command in (["list", "sources"], ["list", "due"], ["show", "first#later"]):
        assert run(desk, *command).exit_code == 0
    assert sorted(path.as_posix() for path in desk.rglob("*")) == before


def test_no_text_drives_the_terminal(tmp_path: Path) -> None:
    root = small_site(tmp_path)
    (root / "content/annotations/talks.yaml").write_text(
        "claims:\n  - {quote: will meet on Friday, topics: [defense], text: '::error::a ##[add-mask]b'}\n"
    )
    for form in ("text", "json"):
        printed = run(root, "show", "talks#will-meet-on-friday", "--format", form).stdout
        assert "##[" not in printed
        assert not any(line.lstrip().startswith("::") for line in printed.splitlines())


def test_pages_of_a_large_site_are_known_from_its_build(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("briefing.cli.commands.show"), "AT_ONCE", 1)
    assert rows(desk, "show", "first#later")["pages"] is None
    assert run(desk, "build").exit_code == 0
    assert "ledger.html" in rows(desk, "show", "first#later")["pages"]
