"""Thousands of damaged files: whatever stands in one, the run ends with 0 or 1 and every problem has its place.

The files of one kind are damaged all at once, because a run takes as long for one as for all. What is wrong is put
right file by file, until the rest is built: so pages are made of damaged files too, and have to be HTML.
"""

import random
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import html5lib
import pytest

from briefing.build import Request, build, check
from briefing.diagnostics import Diagnostic, Location
from briefing.read.places import Locator
from briefing.report import report_concise, report_full, report_json
from tests.commands import REPOSITORY, environment
from tests.fuzz.mutations import damaged
from tests.outputs import MEMORY
from tests.samples import one_in
from tests.sites.rich import write_rich_site

ON = date(2025, 3, 1)
CONCISE = re.compile(r"(?P<path>[^:\n]+):\d+:\d+: (?:error|warning)\[[a-z-]+\] .+")
# What stands for the rest of a file, after as many of its lines as are shown.
REST = re.compile(r"(?P<path>[^:\n]+): [\d,]+ more (?:errors?(?: and [\d,]+ more warnings?)?|warnings?)")
SHOWN = 50
ROUNDS = 4
KINDS = {
    "annotations": "content/annotations/*.yaml",
    "articles": "content/articles/*.md",
    "configurations": "config.yaml",
    "registries": "content/*.yaml",
    "summits, topics and pages": "content/[pst][ueoa][mpg]*/*.md",
}
# How many files of a kind, every time and at length.
REDUCED = {"annotations": 130, "articles": 140, "configurations": 20, "registries": 30, "summits, topics and pages": 28}
IN_FULL = {kind: 10_000 if kind in ("annotations", "articles") else 1_000 for kind in KINDS}


@cache
def others() -> tuple[str, ...]:
    """What pieces are taken from: the golden sites."""
    files = sorted(path for form in ("md", "yaml") for path in REPOSITORY.glob(f"tests/sites/*/content/**/*.{form}"))
    return tuple(path.read_text(encoding="utf-8") for path in files)


@dataclass
class Desk:
    """A site, the files of it that are damaged, and what has been seen of them."""

    root: Path
    sound: dict[str, bytes]
    broken: dict[str, bytes] = field(default_factory=dict)
    seen: int = 0
    refused: int = 0
    pages: int = 0

    def damage(self, broken: dict[str, bytes]) -> None:
        """Put these files in the place of sound ones, and sound ones in the place of all others."""
        for path in self.broken.keys() | broken.keys():
            (self.root / path).write_bytes(broken.get(path, self.sound[path]))
        self.broken = dict(broken)


@pytest.fixture
def desk() -> Iterator[Desk]:
    folder = Path(tempfile.mkdtemp(dir=MEMORY))
    root = write_rich_site(folder / "desk")
    shutil.rmtree(root / "templates")
    files = (path for path in root.rglob("*") if path.is_file())
    yield Desk(root, {path.relative_to(root).as_posix(): path.read_bytes() for path in files})
    shutil.rmtree(folder)


def told(desk: Desk) -> tuple[Sequence[Diagnostic], str | None]:
    """What a run tells of the site, and what is wrong with what it tells."""
    try:
        outcome = check(Request(desk.root), ON).outcome()
        diagnostics = outcome.problems
        full = list(report_full(diagnostics, Locator(desk.root).line))
        concise = list(report_concise(diagnostics))
        report_json(diagnostics)
        "\n".join(full).encode("utf-8", "backslashreplace")
    except Exception:
        return (), traceback.format_exc()
    if outcome.failed != any(diagnostic.severity == "error" for diagnostic in diagnostics):
        return diagnostics, "it fails without an error"
    faults = [fault for diagnostic in diagnostics if (fault := misplaced(desk.root, diagnostic))]
    faults += [f"not one line: {line!r}" for line in misformed(concise)]
    return diagnostics, "\n".join(faults[:3]) or None


def misformed(lines: Sequence[str]) -> Iterator[str]:
    """The lines that neither have the place of a problem nor count the rest of a file of which enough are shown."""
    shown = Counter[str]()
    for line in lines:
        if problem := CONCISE.fullmatch(line):
            shown[problem["path"]] += 1
        elif not (rest := REST.fullmatch(line)) or shown[rest["path"]] != SHOWN:
            yield line


def misplaced(root: Path, diagnostic: Diagnostic) -> str | None:
    """What is wrong with a diagnostic: it has to name a place in a file of the site, and to be text."""
    words = [diagnostic.message, diagnostic.help, *(note.message for note in diagnostic.notes)]
    words += [note.excerpt for note in diagnostic.notes if note.excerpt]
    if odd := {c for text in words for c in text if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")}:
        return f"{diagnostic.code} says {odd!r}: {words!r}"
    for place in (diagnostic.place, *(note.place for note in diagnostic.notes if note.place)):
        if not isinstance(place, Location):
            return f"{diagnostic.code} has no place: {place}"
        file = root / place.path
        if not file.is_file():
            return f"{diagnostic.code} is about {place.path}, which is not there"
        lines = file.read_bytes().count(b"\n") + 1
        if not (1 <= place.line <= lines and place.column >= 1 and place.width >= 1):
            return f"{diagnostic.code} is at {place}, in a file of {lines} lines"
    return None


def built(desk: Desk, dice: random.Random) -> str | None:
    """What is wrong with the pages of a site without errors; three of them are read, and those of damaged files."""
    output = desk.root / "site"
    try:
        run = build(Request(desk.root), output)
    except Exception:
        return traceback.format_exc()
    if run.failed:
        return f"check finds nothing, build does: {[problem.message for problem in run.problems]}"
    made = sorted(path.relative_to(output).as_posix() for path in output.rglob("*.html"))
    names = {Path(path).stem for path in desk.broken}
    own = [path for path in made if Path(path).stem in names]
    for path in {*dice.sample(made, 2), *dice.sample(own, min(2, len(own)))}:
        parser = html5lib.HTMLParser(strict=False)
        parser.parse((output / path).read_text(encoding="utf-8"))
        desk.pages += 1
        if parser.errors:
            return f"{path}: {parser.errors[:3]}"
    return None


def try_all(desk: Desk, broken: dict[str, bytes], dice: random.Random) -> str | None:
    """Damage these files; put right what is refused, round by round; build the rest. What is wrong, if anything."""
    desk.damage(broken)
    for number in range(ROUNDS):
        diagnostics, fault = told(desk)
        if fault:
            return fault
        wrong = {str(d.place).split(":")[0] for d in diagnostics if d.severity == "error"}
        if number == 0:
            desk.refused += len(wrong & desk.broken.keys())
        if not wrong:
            return built(desk, dice)
        left = {path: data for path, data in desk.broken.items() if path not in wrong}
        desk.damage(left if len(left) < len(desk.broken) else dict(list(left.items())[: len(left) // 2]))
    return None


def shrunk(desk: Desk, broken: dict[str, bytes], seed: str) -> str:
    """The failure with one file if one is enough, and with as few of its lines as it needs."""
    for path, data in broken.items():
        if fault := try_all(desk, {path: data}, random.Random(seed)):
            lines, row = data.split(b"\n"), 0
            while row < len(lines):
                fewer = lines[:row] + lines[row + 1 :]
                again = try_all(desk, {path: b"\n".join(fewer)}, random.Random(seed))
                lines, row, fault = (fewer, row, again) if again else (lines, row + 1, fault)
            small = b"\n".join(lines)
            return f"seed {seed!r}, {path} holds {small!r}\n{fault}"
    return f"seed {seed!r}, all of {sorted(broken)}"


def fuzz(desk: Desk, kind: str, count: int) -> None:
    paths = sorted(path.relative_to(desk.root).as_posix() for path in desk.root.glob(KINDS[kind]))
    batch = 0
    while desk.seen < count:
        seed = f"{kind} {batch}"
        dice = random.Random(seed)
        broken = {path: damaged(desk.sound[path].decode(), dice, others()) for path in paths[: count - desk.seen]}
        fault = try_all(desk, broken, dice)
        if fault:
            pytest.fail(f"{shrunk(desk, broken, seed)}\nat first: {fault}")
        desk.seen += len(broken)
        batch += 1


def by_command(desk: Desk, broken: dict[str, bytes], options: Sequence[str]) -> str | None:
    """What is wrong with what the command line says of the damaged site."""
    desk.damage(broken)
    run = subprocess.run(
        [sys.executable, "-m", "briefing", "-C", str(desk.root), "check", "--on", str(ON), *options],
        env=environment(), capture_output=True, check=False,
    )  # fmt: skip
    lines = run.stderr.decode().splitlines()
    if run.returncode not in (0, 1) or "Traceback" in run.stderr.decode():
        return run.stderr.decode()
    return next(misformed(lines), None) if "concise" in options else None


@pytest.mark.slow
@pytest.mark.parametrize("kind", one_in(3, KINDS))
def test_no_damaged_file_raises_or_hides_its_place(kind: str, desk: Desk) -> None:
    fuzz(desk, kind, REDUCED[kind])
    assert 0 < desk.refused < desk.seen


@pytest.mark.slow
@pytest.mark.parametrize("kind", one_in(3, KINDS))
def test_the_command_line_ends_with_0_or_1(kind: str, desk: Desk) -> None:
    for number in range(2):
        dice = random.Random(f"command {kind} {number}")
        paths = sorted(path.relative_to(desk.root).as_posix() for path in desk.root.glob(KINDS[kind]))
        broken = {path: damaged(desk.sound[path].decode(), dice, others()) for path in paths}
        assert by_command(desk, broken, ["--format", "concise"] if number else []) is None


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_no_damaged_file_in_thousands(kind: str, desk: Desk, record_property: Callable[[str, object], None]) -> None:
    fuzz(desk, kind, IN_FULL[kind])
    assert 0 < desk.refused < desk.seen
    record_property(
        "figure", f"{desk.seen:,} damaged {kind}: {desk.refused:,} refused, {desk.pages:,} pages parsed, no failure"
    )
