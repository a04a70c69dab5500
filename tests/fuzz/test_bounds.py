"""Files made to be slow: no input of 1 MiB takes over 10 s or 512 MiB, and what is wrong elsewhere is told as well.

Each case runs as a command of its own, in one process that the kernel stops at the limit: 10 s of processor time,
512 MiB of addresses. `make test` tries the few that have been worst, and all of them with small files.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefing.build import Request, check
from briefing.diagnostics import Location
from briefing.read.markup import render_markdown
from tests.commands import REPOSITORY, environment
from tests.fuzz.excess import ARTICLE, CASES, ELSEWHERE, MIB, TOLD_ELSEWHERE, Files, write_site
from tests.samples import one_in

SECONDS, KIB = 10, 512 * 1024
PLACED = re.compile(r"^ *--> [^:\n]+:[1-9]\d*:[1-9]\d*$", re.MULTILINE)
HEADED = re.compile(r"^(?:error|warning)\[[a-z-]+\]: .+$", re.MULTILINE)
SMALL = 20_000

TOO_MANY_MARKS = "there are too many brackets and other marks of Markdown up to here"
# The worst of those that are refused, and what they are told.
REFUSED = {
    "article: eighty thousand images never closed": TOO_MANY_MARKS,
    "article: images in images, seven deep": TOO_MANY_MARKS,
    "article: asterisks in many paragraphs": "the text has more than 50,000 lines",
    "article: quotes in quotes": "lists and quotes are nested more than 32 levels deep",
    "article: table of two columns": "the text has more than 200,000 parts, such as list items and table cells",
    "article: links, four in every paragraph": "the text has more than 10,000 links inside the site",
    "article: one title, used often": "the links make more than 16 MiB of HTML",
    "article: marks on one character": "more than 30 marks stand on one character",
    "annotations: one quote, very long": "the quote has more than 10,000 characters",
    "annotations: 2,000 near misses in a book": "there are too many quotes up to here for an article of this length",
    "annotations: quotes that all share one word": "more than 32 claims quote the same words",
    "annotations: deep lists": "the file has more than 32 levels",
    "annotations: keys": "the file has more than 50,000 values",
}  # fmt: skip
# Less than 1 MiB is too much of these already.
LESS = {"article: links, four in every paragraph": 100_000, "article: one title, used often": 200_000}
WORST = (
    "article: eighty thousand images never closed",
    "article: images in images, seven deep",
    "annotations: 2,000 near misses in a book",
    "annotations: aliases of aliases",
)


@dataclass(frozen=True)
class Ended:
    """A command that has ended: its exit code, what it printed, and the seconds of processor time it has used."""

    code: int
    out: str
    err: str
    seconds: float


def within_limits(folder: Path, *options: str) -> Ended:
    """`briefing check` on a site."""
    command = [
        sys.executable,
        "-m",
        "briefing",
        "-C",
        str(folder),
        "check",
        "--on",
        "2025-03-01",
        "--jobs",
        "1",
        *options,
    ]
    limited = ["sh", "-c", f'ulimit -t {SECONDS}; ulimit -v {KIB}; exec "$@"', "sh", *command]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen(limited, env=environment(), cwd=REPOSITORY, stdout=out, stderr=err)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode())
    return Ended(child.returncode, texts[0], texts[1], used.ru_utime + used.ru_stime)


def tried(folder: Path, files: Files) -> list[Ended]:
    """Check a site that asks for too much, shown in full, and the same with a fault elsewhere, as JSON."""
    assert all(len(text.encode()) <= MIB for text in files.values())
    write_site(folder, files)
    alone = within_limits(folder)
    assert alone.code in (0, 1), alone.err[-2000:]
    assert "Traceback" not in alone.err
    assert len(HEADED.findall(alone.err)) == len(PLACED.findall(alone.err))
    assert (alone.code == 1) == ("\nerror[" in f"\n{alone.err}")
    write_site(folder, files, ELSEWHERE)
    more = within_limits(folder, "--format", "json")
    assert more.code == 1, more.err[-2000:]
    found = [(p["code"], p["path"], p["line"], p["column"]) for p in json.loads(more.out)]
    assert TOLD_ELSEWHERE in found
    assert all(line >= 1 and column >= 1 and (folder / path).is_file() for _, path, line, column in found)
    return [alone, more]


@pytest.mark.slow
@pytest.mark.parametrize("case", one_in(2, WORST))
def test_what_was_worst_stays_in_bounds(case: str, tmp_path: Path) -> None:
    tried(tmp_path, CASES[case](MIB))


# What people write and converters leave, larger than any page that was met.
WRITTEN = {
    "table of HTML, a tag on each line": "<table>\n"
    + "<tr>\n<td>Item</td>\n<td>5</td>\n</tr>\n" * 2_000
    + "</table>\n",
    "table of HTML in one line": "<table>" + "<tr><td>Item <b>of</b> trade</td><td>5</td></tr>" * 2_000 + "</table>\n",
    "table of HTML, cells apart": "<table>\n\n" + "<tr>\n\n<td>\n\nItem\n\n</td>\n\n</tr>\n\n" * 2_000 + "</table>\n",
    "page of HTML in one line": "<div>"
    + "<p>Said <i>the</i> <a href='https://example.org/x'>paper</a>.<br></p>" * 2_000,
    "paragraph of tags": "<b>Item</b> <span style='a:b'>of</span> <i>trade</i><br>" * 1_000,
    "table of Markdown": "| a | b |\n|---|---|\n" + "| [x](https://example.org/y) | *5* |\n" * 4_000,
    "list of links": "- [x](https://example.org/y)\n" * 5_000,
    "footnotes": "".join(f"Said[^{n}].\n\n[^{n}]: The paper, page {n}.\n\n" for n in range(2_000)),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", WRITTEN)
def test_what_people_write_is_within_bounds(case: str) -> None:
    started = time.process_time()
    shown = render_markdown(WRITTEN[case], ARTICLE)
    assert time.process_time() - started < SECONDS
    assert shown.problems == ()
    assert len(shown.text.split()) >= 2_000


@pytest.mark.slow
@pytest.mark.parametrize("kind", one_in(3, sorted({case.partition(": ")[0] for case in CASES}, reverse=True)))
def test_a_small_one_of_each_kind_is_quick_and_told(kind: str, tmp_path: Path) -> None:
    for number, case in enumerate(case for case in CASES if case.partition(": ")[0] == kind):
        folder = tmp_path / str(number)
        write_site(folder, CASES[case](SMALL), ELSEWHERE)
        started = time.process_time()
        outcome = check(Request(folder)).outcome()
        assert time.process_time() - started < SECONDS / 4, case
        assert outcome.failed
        places = [problem.place for problem in outcome.problems]
        assert all(isinstance(place, Location) and place.line >= 1 and place.column >= 1 for place in places), case
        assert TOLD_ELSEWHERE in [
            (problem.code, place.path, place.line, place.column)
            for problem in outcome.problems
            if isinstance(place := problem.place, Location)
        ], case


@pytest.mark.slow
@pytest.mark.parametrize("case", REFUSED)
def test_it_is_said_what_there_is_too_much_of(case: str, tmp_path: Path) -> None:
    outcome = check(Request(write_site(tmp_path, CASES[case](LESS.get(case, MIB))))).outcome()
    told = [problem.message for problem in outcome.problems if problem.code == "excessive-input"]
    assert told == [REFUSED[case]]


REGISTRIES = {
    "20,000 people of four facts": lambda: "".join(
        f"p{i}:\n  name: Person {i}\n  country: x\n  roles:\n    - {{post: Minister {i}, start: 2020, end: 2024}}\n"
        for i in range(20_000)
    ),
    "100,000 that are none": lambda: "".join(f"p{i}: {{x: y, z: 1}}\n" for i in range(100_000)),
    "4 MiB of values": lambda: "p: [" + "a," * (2 * MIB - 10) + "]\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("case", REGISTRIES)
def test_a_registry_of_4_mib_stays_in_bounds(case: str, tmp_path: Path) -> None:
    text = REGISTRIES[case]()
    assert len(text) <= 4 * MIB
    files = {"content/people.yaml": text, "content/places.yaml": "x: {name: X}\n"}
    ended = within_limits(write_site(tmp_path, files, ELSEWHERE), "--format", "concise")
    assert ended.code == 1, ended.err[-2000:]
    assert ":".join(map(str, TOLD_ELSEWHERE[1:])) in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.long
@pytest.mark.parametrize("case", CASES)
def test_no_file_of_1_mib_takes_long(case: str, tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    record_property("seconds", max(ended.seconds for ended in tried(tmp_path, CASES[case](MIB))))
