"""Diagnostics: as people, lists and programs are shown them, and that every code is known to the docs."""

import json
import re
import shlex
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.diagnostics import CODES, Diagnostic, Location, Note, Pointer, Problems, Severity
from briefing.read.places import Locator
from briefing.report import report_concise, report_full, report_json
from tests.commands import small_site

DOCS = Path(__file__).parents[2] / "docs" / "diagnostics.md"
LINES = {
    ("content/annotations/talks.yaml", 14): '    quote: lift relations to a "golden era"',
    ("content/annotations/talks.yaml", 7): "\tquote:\tx",
    ("content/annotations/会談.yaml", 3): "  - quote: 「黄金時代」を掲げる",
    ("content/annotations/talks.yaml", 1): "cafe\u0301: 😀 x",
    ("config.yaml", 5): "   ",
}
QUOTE = Diagnostic(
    "quote-not-found",
    "quote is not in the article",
    Location("content/annotations/talks.yaml", 14, 12, 32),
    'write `quote: lift relations to a "golden age"`',
    (Note("the nearest passage is", Location("content/articles/talks.md", 31), 'lift relations to a "golden age"'),),
)


def line(place: Location) -> str | None:
    return LINES.get((place.path, place.line))


def shown(diagnostic: Diagnostic, color: bool = False) -> str:
    return "".join(report_full([diagnostic], line, color))


def test_a_diagnostic_is_shown_with_its_line_and_what_is_known() -> None:
    assert shown(QUOTE) == (
        "error[quote-not-found]: quote is not in the article\n"
        "  --> content/annotations/talks.yaml:14:12\n"
        "   |\n"
        '14 |     quote: lift relations to a "golden era"\n'
        "   |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "   = in content/articles/talks.md:31 the nearest passage is\n"
        '     lift relations to a "golden age"\n'
        '   = help: write `quote: lift relations to a "golden age"`\n'
    )


@pytest.mark.parametrize(
    ("place", "excerpt"),
    [
        pytest.param(
            Location("content/annotations/会談.yaml", 3, 13, 4),
            "3 |   - quote: 「黄金時代」を掲げる\n  |              ^^^^^^^^\n",
            id="wide characters take two columns",
        ),
        pytest.param(
            Location("content/annotations/talks.yaml", 7, 2, 5),
            "7 |  quote: x\n  |  ^^^^^\n",
            id="a tab is shown as a space",
        ),
        pytest.param(
            Location("content/annotations/talks.yaml", 1, 10, 1),
            "1 | cafe\u0301: 😀 x\n  |          ^\n",
            id="marks take no column, emoji two",
        ),
        pytest.param(
            Location("content/annotations/talks.yaml", 1, 11, 1),
            "1 | cafe\u0301: 😀 x\n  |           ^\n",
            id="the end of a line can be pointed at",
        ),
    ],
)
def test_the_caret_stands_under_the_words(place: Location, excerpt: str) -> None:
    head, _, rest = shown(Diagnostic("bad-value", "wrong", place, "mend it")).partition("  |\n")
    assert head == f"error[bad-value]: wrong\n --> {place}\n"
    assert rest == f"{excerpt}  = help: mend it\n"


@pytest.mark.parametrize("place", [Location("config.yaml", 5), Location("gone.yaml", 1)], ids=["blank line", "no line"])
def test_a_place_without_text_has_no_excerpt(place: Location) -> None:
    assert shown(Diagnostic("bad-yaml", "wrong", place, "mend it")) == (
        f"error[bad-yaml]: wrong\n --> {place}\n  = help: mend it\n"
    )


def test_a_note_says_where_its_fact_is() -> None:
    place = Location("config.yaml", 1)
    notes = (Note("the first is here", Location("config.yaml", 3, 4)), Note("nothing else is known"))
    assert shown(Diagnostic("duplicate-key", "twice", place, "keep one", notes)).splitlines()[2:] == [
        "  = the first is here: config.yaml:3:4",
        "  = nothing else is known",
        "  = help: keep one",
    ]


def test_only_the_head_is_colored_errors_red_and_warnings_yellow() -> None:
    warning = Diagnostic("unknown-file", "nothing reads it", Location("x"), "move it", severity="warning")
    assert shown(QUOTE, color=True).startswith("\x1b[1;31merror[quote-not-found]\x1b[0m: quote is")
    assert shown(warning, color=True).startswith("\x1b[1;33mwarning[unknown-file]\x1b[0m: nothing")
    assert re.sub(r"\x1b\[[\d;]*m", "", shown(QUOTE, color=True)) == shown(QUOTE)


def test_a_list_has_a_line_for_each() -> None:
    warning = Diagnostic("unknown-file", "nothing reads it", Location("x"), "move it", severity="warning")
    assert list(report_concise([QUOTE, warning])) == [
        "content/annotations/talks.yaml:14:12: error[quote-not-found] quote is not in the article",
        "x:1:1: warning[unknown-file] nothing reads it",
    ]


def test_programs_get_every_field() -> None:
    assert json.loads(report_json([QUOTE])) == [
        {
            "code": "quote-not-found",
            "severity": "error",
            "message": "quote is not in the article",
            "path": "content/annotations/talks.yaml",
            "line": 14,
            "column": 12,
            "width": 32,
            "help": 'write `quote: lift relations to a "golden age"`',
            "notes": [
                {
                    "message": "the nearest passage is",
                    "excerpt": 'lift relations to a "golden age"',
                    "path": "content/articles/talks.md",
                    "line": 31,
                    "column": 1,
                    "width": 1,
                }
            ],
        }
    ]
    assert json.loads(report_json([])) == []


def test_a_file_name_that_is_not_utf_8_does_not_spoil_the_json() -> None:
    odd = Diagnostic("bad-id", "`caf\udce9` cannot be an id", Location("content/articles/caf\udce9.md"), "rename it")
    assert json.loads(report_json([odd]).encode("utf-8"))[0]["line"] == 1


def test_a_code_that_is_not_in_the_list_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        Diagnostic("no-such-code", "x", Location("x"), "y")


def test_problems_are_counted_by_severity() -> None:
    problems = Problems()
    problems.add(QUOTE)
    problems.extend([QUOTE, Diagnostic("unknown-file", "x", Location("x"), "y", severity="warning")])
    assert (problems.errors, problems.warnings, len(list(problems))) == (2, 1, 3)


def test_a_pointer_is_looked_up_in_yaml_and_in_front_matter(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("claims:\n  - topics: [trade, gas]\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("---\nlead: [x]\n---\nlead: y\n", encoding="utf-8")
    locator = Locator(tmp_path)
    assert locator.place(Pointer("a.yaml", ("claims", 0, "topics", 1))) == Location("a.yaml", 2, 21, 3)
    assert locator.place(Pointer("a.yaml", ("claims", 0, "topics"), key=True)) == Location("a.yaml", 2, 5, 6)
    assert locator.place(Pointer("b.md", ("lead", 0))) == Location("b.md", 2, 8, 1)
    assert locator.place(Pointer("gone.yaml", ("x",))) == Location("gone.yaml")
    assert locator.place(Location("a.yaml", 9, 9)) == Location("a.yaml", 9, 9)
    assert locator.line(Location("a.yaml", 2)) == "  - topics: [trade, gas]"
    assert locator.line(Location("a.yaml", 99)) is None
    assert locator.line(Location("gone.yaml")) is None


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_has_a_section_in_the_docs_and_one_line_of_meaning(code: str) -> None:
    assert f"\n## {code}\n" in DOCS.read_text(encoding="utf-8")
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
    assert CODES[code][-1] != "."


# The command line, on a site of two files.


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "config.yaml").write_text("title: Test\n", encoding="utf-8")
    (tmp_path / "content/pages").mkdir(parents=True)
    (tmp_path / "content/pages/about.md").write_text("---\ntitle: About\n---\nText.\n", encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def commands() -> list[str]:
    return sorted(main.commands)


def test_help_names_every_command() -> None:
    code, printed, _ = run("--help")
    assert code == 0
    assert all(re.search(rf"^  {command}\b", printed, re.MULTILINE) for command in commands())
    assert {"build", "check"} <= set(commands())
    assert run("-h") == (0, printed, "")


@pytest.mark.parametrize("command", commands())
def test_the_help_of_every_command_shows_how_it_is_called(command: str) -> None:
    code, printed, _ = run(command, "--help")
    assert code == 0
    assert f"briefing {command}" in printed


def test_a_clean_site_exits_0(site: Path) -> None:
    code, printed, errors = run("-C", str(site), "build")
    assert (code, errors) == (0, "")
    assert re.fullmatch(r"\d+ files written, 0 unchanged, 0 removed\. .*\n", printed)
    assert run("-C", str(site), "check")[0] == 0


# What is told after the number of problems; `check` never writes anything, and so never says so.
ENDS = {"build": "; nothing was written", "check": ""}


def test_a_warning_exits_0_and_with_strict_1(site: Path) -> None:
    (site / "content/notes.txt").write_text("x", encoding="utf-8")
    for command, failed in ENDS.items():
        code, _, errors = run("-C", str(site), command)
        assert (code, errors.splitlines()[-1]) == (0, "1 warning")
        code, _, errors = run("-C", str(site), command, "--strict")
        assert (code, errors.splitlines()[-1]) == (1, f"1 warning{failed}")


def test_an_error_exits_1(site: Path) -> None:
    (site / "config.yaml").write_text("titel: Test\n", encoding="utf-8")
    for command, failed in ENDS.items():
        code, printed, errors = run("-C", str(site), command)
        assert (code, printed, errors.splitlines()[-1]) == (1, "", f"2 errors{failed}")
    assert not (site / "site").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-command"],
        ["build", "--no-such-option"],
        ["build", "extra"],
        ["build", "--format=xml"],
        ["build", "--base-url=example.org"],
        ["check", "--on=2025-02-30"],
        ["check", "--on=2025-02"],
        ["-C", "no-such-folder", "build"],
        ["-C", "config.yaml", "build"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_exits_2_and_says_what_is_wrong(
    arguments: list[str], site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site)
    code, printed, errors = run(*arguments)
    assert (code, printed) == (2, "")
    assert errors.splitlines()[-1].startswith("Error: ")
    assert not (site / "site").exists()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("build -C desk", "-C goes before the command; write `briefing -C desk build`"),
        (
            "build --strict -Cdesk --jobs 2",
            "-C goes before the command; write `briefing -C desk build --strict --jobs 2`",
        ),
        ("check -C 'my desk' --strict", "-C goes before the command; write `briefing -C 'my desk' check --strict`"),
        ("check -C", "-C goes before the command; write `briefing -C FOLDER check`"),
        ("build --version", "--version goes before the command; write `briefing --version`"),
        ("--strict build", "--strict goes after the command; write `briefing build --strict`"),
        ("--on=2026-01-01 build", "--on goes after the command; write `briefing check --on`"),
    ],
)
def test_an_option_on_the_wrong_side_of_the_command_is_told_where_it_goes(typed: str, told: str) -> None:
    code, printed, errors = run(*shlex.split(typed))
    assert (code, printed, errors.splitlines()[-1]) == (2, "", f"Error: {told}")


@pytest.mark.parametrize(
    ("options", "output"),
    [([], "desk/site"), (["--output", "eve"], "desk/eve"), (["--output", "../eve"], "eve"), (["--output", "."], None)],
    ids=["the default", "below", "beside", "the sources"],
)
def test_the_folder_of_the_site_is_as_if_the_command_were_started_there(
    options: list[str], output: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_site(tmp_path / "top/desk")
    (tmp_path / "top/elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "top/elsewhere")
    code, _, errors = run("-C", "..", "-C", "desk", "build", *options)
    made = [page.parent.relative_to(tmp_path / "top") for page in tmp_path.rglob("404.html")]
    assert (code, made) == ((0, [Path(output)]) if output else (3, [])), errors


@pytest.mark.parametrize(
    ("zone", "now", "is_due"),
    [
        ("Pacific/Kiritimati", "2026-03-06T09:59+00:00", False),
        ("Pacific/Kiritimati", "2026-03-06T10:00+00:00", True),
        ("Pacific/Pago_Pago", "2026-03-07T10:59+00:00", False),
        ("Pacific/Pago_Pago", "2026-03-07T11:00+00:00", True),
        (None, "2026-03-06T23:59+00:00", False),
        (None, "2026-03-07T00:00+00:00", True),
    ],
)
def test_today_is_the_day_that_it_is_where_the_site_is(
    zone: str | None, now: str, is_due: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = small_site(tmp_path, extra="about")
    with (folder / "content/annotations/talks.yaml").open("a", encoding="utf-8") as file:
        file.write("    modality: expectation\n    due: 2026-03-07\n")
    if zone:
        (folder / "config.yaml").write_text(f"title: Desk\ntimezone: {zone}\n", encoding="utf-8")
    monkeypatch.setattr("briefing.cli.clock.now", lambda: datetime.fromisoformat(now))
    code, _, errors = run("-C", str(folder), "check", "--format=concise")
    assert (code, "review-due" in errors) == (0, is_due)


def test_an_output_that_is_not_ours_exits_3_and_is_left_alone(site: Path) -> None:
    (site / "site").mkdir()
    (site / "site/index.html").write_text("mine", encoding="utf-8")
    code, printed, errors = run("-C", str(site), "build")
    assert (code, printed) == (3, "")
    assert errors.startswith("briefing: ")
    assert "index.html" in errors
    assert [path.name for path in (site / "site").iterdir()] == ["index.html"]
    assert (site / "site/index.html").read_text(encoding="utf-8") == "mine"


def test_a_list_for_other_tools(site: Path) -> None:
    (site / "config.yaml").write_text("titel: Test\n", encoding="utf-8")
    code, printed, errors = run("-C", str(site), "build", "--format=concise")
    assert (code, printed) == (1, "")
    assert sorted(errors.splitlines()) == [
        "config.yaml:1:1: error[missing-key] `title` is missing",
        "config.yaml:1:1: error[unknown-key] `titel` is not a known key",
    ]


def test_json_for_other_programs_is_alone_on_the_output(site: Path) -> None:
    code, printed, errors = run("-C", str(site), "build", "--format=json")
    assert (code, json.loads(printed), errors) == (0, [], "")
    (site / "config.yaml").write_text("titel: Test\n", encoding="utf-8")
    code, printed, errors = run("-C", str(site), "build", "--format=json")
    assert (code, errors) == (1, "")
    fields = {"code", "severity", "message", "path", "line", "column", "width", "help", "notes"}
    assert [set(diagnostic) for diagnostic in json.loads(printed)] == [fields, fields]


# Many problems of one file.


def many(count: int, path: str, severity: Severity = "error") -> list[Diagnostic]:
    return [
        Diagnostic("bad-id", f"number {line}", Location(path, line), "mend", severity=severity)
        for line in range(1, count + 1)
    ]


def concise(*problems: Diagnostic) -> list[str]:
    return [line.partition(" number")[0] for line in report_concise(problems)]


def test_of_a_file_at_most_fifty_problems_are_shown_and_the_rest_is_counted() -> None:
    shown = concise(*many(51, "a.yaml"), *many(50, "b.yaml"), *many(1_100, "c.yaml", "warning"))
    assert len(shown) == 152
    assert shown[49:52] == ["a.yaml:50:1: error[bad-id]", "a.yaml: 1 more error", "b.yaml:1:1: error[bad-id]"]
    assert shown[-2:] == ["c.yaml:50:1: warning[bad-id]", "c.yaml: 1,050 more warnings"]


def test_no_warning_takes_the_place_of_an_error() -> None:
    shown = concise(*many(60, "a.yaml", "warning"), *many(2, "b.yaml"), *many(49, "a.yaml"), *many(2, "a.yaml"))
    assert [line for line in shown if "warning" in line] == ["a.yaml: 1 more error and 60 more warnings"]
    assert len(shown) == 53
    assert shown[-1] == "a.yaml: 1 more error and 60 more warnings"


def test_the_rest_of_a_file_is_a_line_for_people_and_an_object_for_programs() -> None:
    problems = [*many(52, "a.yaml"), *many(1, "b.yaml")]
    full = list(report_full(problems, line))
    assert full[50] == "a.yaml: 2 more errors\n"
    assert len(full) == 52
    told = json.loads(report_json(problems))
    assert len(told) == 52
    assert told[50] == {
        **told[49],
        "code": "more-problems",
        "message": "2 more errors",
        "line": 51,
        "help": "mend the others of this file, then check again",
        "errors": 2,
        "warnings": 0,
    }


@pytest.mark.long
def test_twenty_five_thousand_problems_of_a_file_are_counted_and_not_shown(tmp_path: Path) -> None:
    folder = small_site(tmp_path)
    with (folder / "content/annotations/talks.yaml").open("a", encoding="utf-8") as file:
        file.writelines(f"  - {{quote: absent, topic{number}: [x]}}\n" for number in range(8_000))
    code, _, errors = run("-C", str(folder), "check")
    assert (code, errors.splitlines()[-1]) == (1, "24000 errors")
    assert errors.count("error[") == 50
    assert "content/annotations/talks.yaml: 23,950 more errors\n" in errors
    assert len(errors) < 50_000


def test_a_check_may_be_of_a_day_and_tells_what_was_due_then(tmp_path: Path) -> None:
    claim = "quote: will meet on Friday\n    topics: [defense]\n    modality: expectation\n    due: 2025-02-07\n"
    small_site(tmp_path)
    (tmp_path / "content/annotations/talks.yaml").write_text(f"claims:\n  - {claim}", encoding="utf-8")
    told = {}
    for day in ("2025-02-01", "2025-02-06", "2025-02-08"):
        ended = CliRunner().invoke(main, ["-C", str(tmp_path), "check", "--as-of", day, "--format=concise"])
        told[day] = (ended.exit_code, re.findall(r"\[(.*?)\]", ended.stderr))
    assert told == {
        "2025-02-01": (1, ["nothing-known-yet"]),
        "2025-02-06": (0, []),
        "2025-02-08": (0, ["review-due"]),
    }
