"""Golden sites: each folder of tests/sites/ is a tiny site with what a build of it must print or write.

A case has its `config.yaml` and `content/`, perhaps `options.txt` (a command with its options; else `build`),
and either `expected.txt`, the diagnostics as the command line prints them with a last line `exit N`, or
`expected/`, the pages of the built site that the case is about. `make accept` rewrites both; an empty folder
`expected/` asks for all pages, and where there is neither it writes `expected.txt`.
"""

import ctypes
import json
import os
import random
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from briefing.build import Request, check
from briefing.cli import main
from briefing.diagnostics import CODES, Location
from briefing.read.places import Locator
from briefing.report import report_full
from tests.fuzz.slips import mutated
from tests.golden import Golden, differences
from tests.outputs import with_plain_names

SITES = Path(__file__).parent
CASES = sorted(path.name for path in SITES.iterdir() if path.is_dir() and path.name != "__pycache__")
EXPECTATIONS = ("expected", "expected.txt", "options.txt")
ARTICLE, ANNOTATIONS = "content/articles/talks.md", "content/annotations/talks.yaml"


def told(folder: Path, *arguments: str) -> str:
    """The text of an `expected.txt`: what is printed for people, and the exit code. A traceback fails the test."""
    result = CliRunner().invoke(main, ["-C", str(folder), *arguments], catch_exceptions=False)
    return f"{result.stderr}exit {result.exit_code}\n"


def options_of(case: str) -> list[str]:
    file = SITES / case / "options.txt"
    return shlex.split(file.read_text(encoding="utf-8")) if file.exists() else ["build"]


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder: its bytes and when it was written."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def pages(folder: Path) -> dict[str, str]:
    files = sorted(folder.rglob("*.html"))
    return {path.relative_to(folder).as_posix(): with_plain_names(path.read_text(encoding="utf-8")) for path in files}


def copy_of(case: str, tmp_path: Path) -> Path:
    """A copy of a case to build in, without its expectations."""
    folder = tmp_path / "copy"
    shutil.copytree(SITES / case, folder, ignore=shutil.ignore_patterns(*EXPECTATIONS))
    return folder


@pytest.fixture(scope="session")
def old_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of an earlier build."""
    folder = copy_of("minimal", tmp_path_factory.mktemp("old"))
    assert told(folder, "build") == "exit 0\n"
    return folder / "site"


def expected_of(case: str) -> dict[str, str]:
    """The texts that a case expects, by their paths in it; none of one that is new."""
    if (SITES / case / "expected.txt").exists():
        return {"expected.txt": (SITES / case / "expected.txt").read_text(encoding="utf-8")}
    return {f"expected/{path}": text for path, text in pages(SITES / case / "expected").items()}


@pytest.mark.parametrize("case", CASES)
def test_a_site_gives_what_is_expected(case: str, tmp_path: Path, old_site: Path, golden: Golden) -> None:
    folder, options, wanted = copy_of(case, tmp_path), options_of(case), expected_of(case)
    expects_pages = (SITES / case / "expected").exists()
    if not expects_pages:
        shutil.copytree(old_site, folder / "site")
    before, printed = snapshot(folder / "site"), told(folder, *options)
    if options[0] == "check" or not printed.endswith("exit 0\n"):
        assert snapshot(folder / "site") == before
    if expects_pages:
        assert printed == "exit 0\n"
        made = pages(folder / ("site-drafts" if "--drafts" in options else "site"))
        seen = {f"expected/{path}": text for path, text in made.items()}
        if wanted and case != "minimal":
            seen = {path: text for path, text in seen.items() if path in wanted}
        golden.files(SITES / case, wanted, seen)
    else:
        golden.files(SITES / case, wanted, {"expected.txt": printed})


def test_a_minimal_site_has_the_pages_that_every_site_has_and_no_others(old_site: Path) -> None:
    assert pages(old_site) == pages(SITES / "minimal" / "expected")


@dataclass(frozen=True)
class Special:
    """A site that cannot be kept as files in git: the minimal one, changed, and what is printed of it."""

    change: Callable[[Path], object]
    expected: str


def minimal(path: str) -> str:
    return (SITES / "minimal" / path).read_text(encoding="utf-8")


def write(path: str, data: str | bytes) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data.encode() if isinstance(data, str) else data)

    return change


def write_windows(*paths: str) -> Callable[[Path], None]:
    """Files as some editors save them: a byte order mark first, CRLF at the end of lines."""

    def change(folder: Path) -> None:
        for path in paths:
            write(path, b"\xef\xbb\xbf" + (folder / path).read_bytes().replace(b"\n", b"\r\n"))(folder)

    return change


def link(path: str, target: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).symlink_to(target)

    return change


def moved_away(path: str) -> Callable[[Path], None]:
    """A file or folder, out of the site's folders but kept beside them."""

    def change(folder: Path) -> None:
        (folder / "elsewhere" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).rename(folder / "elsewhere" / path)

    return change


def both(*changes: Callable[[Path], object]) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        for one in changes:
            one(folder)

    return change


def replace_by_fifo(path: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / path).unlink()
        os.mkfifo(folder / path)

    return change


DEEP = "claims:\n  - quote: will meet on Friday\n    topics: " + "[" * 40 + "]" * 40 + "\n"
MANY = "".join(f"person-{number}: {{name: A name}}\n" for number in range(12_501))
SPECIAL: dict[str, Special] = {
    "not UTF-8": Special(
        write(ARTICLE, minimal(ARTICLE).encode() + "Caf\u00e9 talks\n".encode("latin-1")),
        """\
error[unreadable-file]: byte 0xE9 is not UTF-8
  --> content/articles/talks.md:10:4
   = help: save the file in the encoding UTF-8

1 error; nothing was written
exit 1
""",
    ),
    "byte order marks and CRLF are read": Special(
        write_windows("config.yaml", "content/sources.yaml", ARTICLE, ANNOTATIONS), "exit 0\n"
    ),
    "byte order mark and CRLF move no position": Special(
        both(
            write(ANNOTATIONS, minimal(ANNOTATIONS).replace("Friday", "Fridays")),
            write_windows(ARTICLE, ANNOTATIONS),
        ),
        """\
error[quote-not-found]: quote is not in the article
 --> content/annotations/talks.yaml:2:12
  |
2 |   - quote: will meet on Fridays
  |            ^^^^^^^^^^^^^^^^^^^^
  = in content/articles/talks.md:7 the nearest passage is
    will meet on Friday
  = help: write `quote: will meet on Friday`

1 error; nothing was written
exit 1
""",
    ),
    "lone carriage return": Special(
        write(ARTICLE, minimal(ARTICLE) + "One line\rand another\n"),
        """\
error[line-endings]: a carriage return stands alone
  --> content/articles/talks.md:10:9
   = help: end lines with LF or with CRLF

1 error; nothing was written
exit 1
""",
    ),
    "bidirectional control character": Special(
        write(ARTICLE, minimal(ARTICLE) + "Not \u202eall\u202c is what it seems\n"),
        """\
error[bad-characters]: the character U+202E is not allowed in source files
  --> content/articles/talks.md:10:5
   = help: remove it; it cannot be seen and can hide what the text says

error[bad-characters]: the character U+202C is not allowed in source files
  --> content/articles/talks.md:10:9
   = help: remove it; it cannot be seen and can hide what the text says

2 errors; nothing was written
exit 1
""",
    ),
    "control character": Special(
        write(ANNOTATIONS, minimal(ANNOTATIONS).replace("will", "wi\0ll")),
        """\
error[bad-characters]: the character U+0000 is not allowed in source files
 --> content/annotations/talks.yaml:2:14
  = help: remove it; it cannot be seen and can hide what the text says

1 error; nothing was written
exit 1
""",
    ),
    "symbolic link to an article": Special(
        both(write("elsewhere.md", minimal(ARTICLE)), link("content/articles/linked.md", "../../elsewhere.md")),
        """\
error[not-regular]: content/articles/linked.md is a symbolic link
 --> content/articles/linked.md:1:1
  = help: put a regular file in its place

1 error; nothing was written
exit 1
""",
    ),
    "symbolic link to a file for readers": Special(
        link("content/media/passwords.txt", "/etc/passwd"),
        """\
error[not-regular]: content/media/passwords.txt is a symbolic link
 --> content/media/passwords.txt:1:1
  = help: put a regular file in its place

1 error; nothing was written
exit 1
""",
    ),
    "symbolic link to a folder": Special(
        link("content/media", "/etc"),
        """\
error[not-regular]: content/media is a symbolic link
 --> content/media:1:1
  = help: put the folder itself in its place

1 error; nothing was written
exit 1
""",
    ),
    "symbolic links to content and templates": Special(
        both(moved_away("content"), link("content", "elsewhere/content"), link("templates", "/etc")),
        """\
error[not-regular]: content is a symbolic link
 --> content:1:1
  = help: put the folder itself in its place

error[not-regular]: templates is a symbolic link
 --> templates:1:1
  = help: put the folder itself in its place

2 errors; nothing was written
exit 1
""",
    ),
    "symbolic link to config.yaml": Special(
        both(moved_away("config.yaml"), link("config.yaml", "elsewhere/config.yaml")),
        """\
error[not-regular]: config.yaml is a symbolic link
 --> config.yaml:1:1
  = help: put a regular file in its place

1 error; nothing was written
exit 1
""",
    ),
    "no content": Special(
        moved_away("content"),
        """\
error[missing-folder]: there is no content/ here
 --> content:1:1
  = help: put its files back, or name the folder of the site: `briefing -C FOLDER ...`

1 error; nothing was written
exit 1
""",
    ),
    "content without a file": Special(
        both(moved_away("content"), write("content/.gitkeep", "")),
        """\
error[missing-folder]: there is nothing in content/
 --> content:1:1
  = help: put its files back, or name the folder of the site: `briefing -C FOLDER ...`

1 error; nothing was written
exit 1
""",
    ),
    "files in place of folders": Special(
        both(moved_away("content/annotations"), write("content/annotations", "x\n"), write("templates", "x\n")),
        """\
error[missing-folder]: templates is a file; a folder belongs here
 --> templates:1:1
  |
1 | x
  | ^
  = help: move the file elsewhere and put the folder back

error[missing-folder]: content/annotations is a file; a folder belongs here
 --> content/annotations:1:1
  |
1 | x
  | ^
  = help: move the file elsewhere and put the folder back

2 errors; nothing was written
exit 1
""",
    ),
    "a file in place of content": Special(
        both(moved_away("content"), write("content", "x\n")),
        """\
error[missing-folder]: content is a file; a folder belongs here
 --> content:1:1
  |
1 | x
  | ^
  = help: move the file elsewhere and put the folder back

1 error; nothing was written
exit 1
""",
    ),
    "FIFO": Special(
        replace_by_fifo(ANNOTATIONS),
        """\
error[not-regular]: content/annotations/talks.yaml is not a regular file
 --> content/annotations/talks.yaml:1:1
  = help: put a regular file in its place

1 error; nothing was written
exit 1
""",
    ),
    "file of exactly 1 MiB is read": Special(
        write(ARTICLE, minimal(ARTICLE) + "\n" * (1024 * 1024 - len(minimal(ARTICLE)))), "exit 0\n"
    ),
    "file over 1 MiB": Special(
        write(ARTICLE, minimal(ARTICLE) + "\n" * (1024 * 1024 + 1 - len(minimal(ARTICLE)))),
        """\
error[excessive-input]: content/articles/talks.md is larger than 1 MiB
 --> content/articles/talks.md:1:1
  = help: split it into several smaller files

1 error; nothing was written
exit 1
""",
    ),
    "YAML too deep": Special(
        write(ANNOTATIONS, DEEP),
        f"""\
error[excessive-input]: the file has more than 32 levels
 --> content/annotations/talks.yaml:3:43
  |
3 |     topics: {"[" * 40 + "]" * 40}
  |             {" " * 30}^
  = help: write it with fewer lists and mappings in each other

1 error; nothing was written
exit 1
""",
    ),
    "YAML with too many values": Special(
        write("config.yaml", MANY),
        f"""\
error[excessive-input]: the file has more than 50,000 values
     --> config.yaml:12500:22
      |
12500 | person-12499: {{name: A name}}
      | {" " * 21}^^^^^^
      = help: make it smaller

1 error; nothing was written
exit 1
""",
    ),
    "articles that differ in case": Special(
        write("content/articles/Talks.md", minimal(ARTICLE)),
        """\
error[output-collision]: two files want the address articles/talks.html
 --> content/articles/talks.md:1:1
  |
1 | ---
  | ^
  = articles/Talks.html is also the address of: content/articles/Talks.md:1:1
  = help: rename one of them

1 error; nothing was written
exit 1
""",
    ),
    "articles that differ in Unicode form": Special(
        both(
            write("content/articles/caf\u00e9.md", minimal(ARTICLE)),
            write("content/articles/cafe\u0301.md", minimal(ARTICLE)),
        ),
        """\
error[output-collision]: two files have the id `caf\u00e9`
 --> content/articles/caf\u00e9.md:1:1
  |
1 | ---
  | ^
  = the other file is: content/articles/cafe\u0301.md:1:1
  = help: rename one of them

1 error; nothing was written
exit 1
""",
    ),
    "article and annotations in two Unicode forms are one": Special(
        both(
            write("content/articles/cafe\u0301.md", minimal(ARTICLE)),
            write("content/annotations/caf\u00e9.yaml", minimal(ANNOTATIONS)),
        ),
        "exit 0\n",
    ),
    "file name that is not UTF-8": Special(
        lambda folder: Path(f"{folder}/content/articles/caf\udce9.md").write_text(minimal(ARTICLE), encoding="utf-8"),
        """\
error[bad-id]: `caf\\udce9` cannot be an id: it holds a byte that is not UTF-8
 --> content/articles/caf\\udce9.md:1:1
  |
1 | ---
  | ^
  = help: rename the file to caf.md

1 error; nothing was written
exit 1
""",
    ),
}


@pytest.mark.parametrize("case", SPECIAL)
def test_a_site_that_git_cannot_keep_gives_what_is_expected(case: str, tmp_path: Path, old_site: Path) -> None:
    folder = copy_of("minimal", tmp_path)
    SPECIAL[case].change(folder)
    shutil.copytree(old_site, folder / "site")
    before = snapshot(folder / "site")
    seen = told(folder, "build")
    assert seen == SPECIAL[case].expected, "\n".join(differences({case: SPECIAL[case].expected}, {case: seen}))
    assert seen == "exit 0\n" or snapshot(folder / "site") == before


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Root reads files whatever their permissions say; for a while this thread does without that (Linux)."""
    if os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # _LINUX_CAPABILITY_VERSION_3, this thread
    had, left = (ctypes.c_uint32 * 6)(), (ctypes.c_uint32 * 6)()
    assert libc.capget(header, had) == 0
    left[:] = list(had)
    left[0] &= ~0b110  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
    assert libc.capset(header, left) == 0
    try:
        yield
    finally:
        assert libc.capset(header, had) == 0


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    folder = copy_of("minimal", tmp_path)
    (folder / ARTICLE).chmod(0)
    with ordinary_user():
        seen = told(folder, "build")
    assert seen == (
        "error[unreadable-file]: content/articles/talks.md cannot be read: permission denied\n"
        " --> content/articles/talks.md:1:1\n"
        "  = help: check the file's permissions and that the disk is sound\n"
        "\n"
        "1 error; nothing was written\n"
        "exit 1\n"
    )


def test_a_folder_that_may_not_be_listed_is_a_fault_of_the_environment(tmp_path: Path) -> None:
    folder = copy_of("minimal", tmp_path)
    (folder / "content/articles").chmod(0)
    try:
        with ordinary_user():
            seen = told(folder, "build")
    finally:
        (folder / "content/articles").chmod(0o755)
    mend = "change its permissions, or run the command as somebody who may"
    assert seen == f"briefing: {folder}/content/articles: permission denied; {mend}\nexit 3\n"


@pytest.mark.parametrize("name", ["caf\udce9.png", "a\nb.png"], ids=["not UTF-8", "line feed"])
def test_a_file_for_readers_whose_name_no_address_can_have_is_an_error(name: str, tmp_path: Path) -> None:
    folder = copy_of("minimal", tmp_path)
    (folder / "content/media").mkdir()
    Path(f"{folder}/content/media/{name}").write_bytes(b"x")
    seen = told(folder, "build")
    assert seen.startswith("error[bad-id]: ")
    assert seen.endswith("1 error; nothing was written\nexit 1\n")


# Sites that are right once every `write ...` of their diagnostics is pasted, in as many rounds as it takes.
PASTED = [
    "corrections",
    "corrections-of-quotes",
    "quote-absent",
    "quote-ambiguous",
    "quote-ambiguous-punctuation",
    "quote-cuts-meaning",
    "quote-cuts-word-strict",
    "quote-prefix-suffix",
]


@pytest.mark.parametrize("case", PASTED)
def test_the_corrections_in_the_help_can_be_pasted(case: str, tmp_path: Path) -> None:
    folder = copy_of(case, tmp_path)
    for _ in range(4):
        result = CliRunner().invoke(main, ["-C", str(folder), "build", "--strict", "--format=json"])
        if result.exit_code == 0:
            return
        found = json.loads(result.stdout)
        for diagnostic in sorted(found, key=lambda d: (d["line"], d["column"]), reverse=True):
            paste(folder, diagnostic)
    pytest.fail(result.stdout)


def paste(folder: Path, diagnostic: dict[str, Any]) -> None:
    """Put what the help says to write where the diagnostic points."""
    match = re.match(r"write (?:a list: )?`(.*)`(?:$|;|, or)", diagnostic["help"])
    if match is None:
        return
    file = folder / diagnostic["path"]
    lines = file.read_text(encoding="utf-8").split("\n")
    row, start = diagnostic["line"] - 1, diagnostic["column"] - 1
    if match[1].startswith("quote: "):
        paste_quote(lines, row, match[1])
    else:
        lines[row] = lines[row][:start] + match[1] + lines[row][start + diagnostic["width"] :]
    file.write_text("\n".join(lines), encoding="utf-8")


def paste_quote(lines: list[str], row: int, text: str) -> None:
    """Replace a `quote:` with its value: up to the next key of a claim on one line, else to its last line."""
    start = lines[row].index("quote:")
    one_line = re.match(r"(.*), topics: .*$", lines[row][start:])
    end = start + len(one_line[1]) if one_line else len(lines[row])
    lines[row] = lines[row][:start] + text + lines[row][end:]
    while row + 1 < len(lines) and len(lines[row + 1]) - len(lines[row + 1].lstrip()) > start:
        del lines[row + 1]


@pytest.mark.slow
@pytest.mark.parametrize("case", [case for case in CASES if case.startswith("good-")])
def test_no_slip_of_the_hand_in_any_file_raises(case: str, tmp_path: Path) -> None:
    """Whatever is wrong is told, with a place in a file of the site."""
    folder = copy_of(case, tmp_path)
    files = [path for path in sorted(folder.rglob("*.*")) if path.stat().st_size > 60]
    for seed in range(25):
        dice = random.Random(f"{case} {seed}")
        file = dice.choice(files)
        text = file.read_text(encoding="utf-8")
        file.write_text(mutated(text, dice), encoding="utf-8")
        diagnostics = check(Request(folder)).outcome().problems
        file.write_text(text, encoding="utf-8")
        assert "".join(report_full(diagnostics, Locator(folder).line)).count("= help: ") >= len(diagnostics)
        for diagnostic in diagnostics:
            assert isinstance(diagnostic.place, Location)
            assert (folder / diagnostic.place.path).is_file()


def test_every_code_is_shown_by_some_site() -> None:
    shown = [case.expected for case in SPECIAL.values()]
    shown += [file.read_text(encoding="utf-8") for file in SITES.glob("*/expected.txt")]
    assert [code for code in sorted(CODES) if not any(f"[{code}]" in text for text in shown)] == []


def test_the_sites_keep_no_expectation_that_nothing_reads() -> None:
    for case in CASES:
        names = {path.name.casefold() for path in (SITES / case).iterdir()}
        assert names <= {"config.yaml", "content", "templates", "urls.json", *EXPECTATIONS}
        assert not {"expected", "expected.txt"} <= names
