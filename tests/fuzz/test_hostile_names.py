"""Names of files and words of the command line that are made to be read as something else: no message lets them.

The files are really on the disk. What is held is what a terminal, an editor that jumps to lines, and a service that
runs jobs see: nothing is there but lines of ours.
"""

import json
import os
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.characters import visible, visible_json
from briefing.cli import main
from tests.commands import SMALL, small_site

PIECES = [
    *("\n", "\r", "\r\n", "\t", "\x1b[2K\x1b[1A", "\x1b]0;x\x07", "\x9b31m", "\x85", "\x7f", "\x08", "\x01"),
    *("\u2028", "\u2029", "\u202e", "\u2066", "\u2069", "\ufffe", "\U0001ffff", "\udce9", "\udcff"),
    *(
        "::error file=x::",
        "::set-output name=a::b",
        "##vso[task.complete]",
        "##[error]",
        "##teamcity[x]",
        "#",
        "[",
        ":",
    ),
    *("config.yaml:1:1: error[bad-id] x", "1 error", "a", " ", "\u00e9", "e\u0301", "\u6771", "x.md", "%0A", "\\n"),
]
NAMES = (
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=5)
    .map("".join)
    .filter(lambda name: not name.startswith(".") and not name.endswith("~") and len(os.fsencode(name)) < 120)
)
BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
HEAD = re.compile(r"^(?:error|warning)\[[a-z-]+\]: ", re.MULTILINE)
LINE = re.compile(r"(?:content|templates)/[^\n]*:\d+:\d+: (?:error|warning)\[[a-z-]+\] [^\n]+")
OF_FULL = re.compile(
    r"(?:error|warning)\[[a-z-]+\]: .+| *--> .+| *\| .*| *\|| *\d+ \| .*| += .+|| {3,}\S.*|\d+ (error|warning).*"
)


def told(*arguments: str) -> tuple[int, str, str]:
    ended = CliRunner().invoke(main, arguments, prog_name="briefing", catch_exceptions=False)
    for text in (ended.stdout, ended.stderr):
        assert [hex(ord(sign)) for sign in text if is_control(sign)] == []
        assert not re.search(r"##\w*\[", text), text
        assert [line for line in text.splitlines() if line.lstrip().startswith("::")] == []
    return ended.exit_code, ended.stdout, ended.stderr


def is_control(sign: str) -> bool:
    """Whether a terminal or an editor could take it for anything but a sign to be shown, or fails to encode it."""
    if sign == "\n":
        return False
    is_non_character = ord(sign) & 0xFFFE == 0xFFFE
    hidden = unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") or unicodedata.bidirectional(sign) in BIDI
    return hidden or is_non_character


def file(folder: str, ending: str, text: str) -> Callable[[Path, str], None]:
    def put(site: Path, name: str) -> None:
        path = Path(f"{site}/{folder}/{name}{ending}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    return put


def link(site: Path, name: str) -> None:
    os.symlink("elsewhere", f"{site}/content/articles/{name}.link.md")


PLACES: tuple[Callable[[Path, str], None], ...] = (
    file("content/articles", ".md", SMALL["content/articles/talks.md"]),
    file("content/annotations", ".yaml", "claims: x\n"),
    file("content/pages", ".md", "---\ntitle: [\n---\n"),
    file("content/media", ".png", "x"),
    file("content", "", "x"),
    file("content", ".yml", "x"),
    file("templates", ".html", "{% nonsense %}\n"),
    file("templates", ".css", "\x00"),
    file("templates/assets", ".css", "x"),
    link,
)


@pytest.mark.slow
@settings(max_examples=20)
@given(names=st.lists(NAMES, min_size=len(PLACES), max_size=len(PLACES)))
def test_no_name_of_a_file_is_read_as_a_command_or_as_another_line(names: list[str]) -> None:
    with TemporaryDirectory() as temporary:
        site = small_site(Path(temporary) / "desk")
        for put, name in zip(PLACES, names, strict=True):
            put(site, name)
        for command in ("build", "check"):
            code, printed, errors = told("-C", str(site), command, "--format=json", "--strict")
            problems = json.loads(printed)
            assert all(os.path.lexists(site / problem["path"]) for problem in problems)
            assert (errors, code) == ("", 1 if problems else 0)
            _, printed, errors = told("-C", str(site), command, "--format=concise", "--strict")
            lines = errors.splitlines() if problems else []
            assert all(LINE.fullmatch(line) for line in lines)
            assert len(lines) == len(problems)
            _, _, errors = told("-C", str(site), command, "--strict")
            assert len(HEAD.findall(errors)) == len(problems)
            assert all(OF_FULL.fullmatch(line) for line in errors.split("\n")), errors


@pytest.mark.slow
@settings(max_examples=20)
@given(name=NAMES)
def test_no_name_in_a_problem_of_the_environment_makes_a_second_line(name: str) -> None:
    with TemporaryDirectory() as temporary:
        site = small_site(Path(f"{temporary}/{name}"))
        output = Path(f"{site}/out {name}")
        for path in ("index.html", "articles/talks.html"):
            Path(f"{output}/{path}/{name}").mkdir(parents=True)
        arguments = ["-C", str(site), "build", "--output"]
        for target in (f"out {name}", f"{name}/{name}", "content"):
            code, printed, errors = told(*arguments, target)
            assert (code, printed) == (3, ""), (target, errors)
            assert re.fullmatch(r"briefing: [^\n]+\n", errors)


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ["-C", "{}", "build"],
        ["{}"],
        ["build", "{}"],
        ["build", "--{}"],
        ["build", "-{}"],
        ["build", "--format={}"],
        ["build", "--jobs={}"],
        ["build", "--base-url={}"],
        ["build", "--as-of={}"],
        ["check", "--on={}"],
        ["check", "-C{}", "--strict"],
    ],
    ids=" ".join,
)
@settings(max_examples=25)
@given(name=NAMES)
def test_no_word_of_a_command_line_makes_a_line_of_its_own(arguments: list[str], name: str) -> None:
    code, printed, errors = told(*(argument.format(name) for argument in arguments))
    assert (code, printed) == (2, "")
    assert re.fullmatch(r"Usage: briefing [^\n]+\nTry [^\n]+\n\nError: [^\n]+\n", errors), errors


def test_what_can_be_seen_stays_as_it_is_and_what_cannot_can_be_told_apart() -> None:
    plain = (
        "## Heading, 10 # 3 [x], a::b, caf\u00e9 \u6771\u4eac \u05e9\u05dc\u05d5\u05dd\u200f \U0001f468\u200d\U0001f469"
    )
    assert visible(plain) == plain
    assert visible_json(plain) == plain
    assert visible("a\nb\tc\x1b\u202e\udce9\U0001ffff") == r"a\nb\tc\x1b\u202e\udce9\U0001ffff"
    assert visible("  ::error::x") == r"  \x3a:error::x"
    assert visible("###[x] ##vso[y]") == r"##\x23[x] #\x23vso[y]"


@given(st.text(st.one_of(st.characters(), st.sampled_from("\ud800\udfff#[\x9b\u2028")), max_size=20))
def test_json_with_escapes_holds_what_it_held(text: str) -> None:
    printed = visible_json(json.dumps({"##x[": text}, ensure_ascii=False, indent=2))
    assert json.loads(printed.encode()) == {"##x[": text}
    assert not any(map(is_control, printed))
