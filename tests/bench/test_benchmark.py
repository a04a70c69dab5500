"""The benchmark: what it measures is so, every tool gets the same articles, and the README says what was measured."""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import compare
import measure
import pytest
import resident
import yaml
from bench import Trial
from corpus import articles, write_corpus
from measure import COUNTS_SHARES, Failed, peak_memory, timed
from peers import BRIEFING, SAME_WORK_HUGO, TOOLS, Tool
from scenarios import EDITS, RESIDENT_EDITS

from briefing.request import Request
from briefing.resident import Resident
from tests.commands import BOUND_SECONDS, REPOSITORY, built

MEASURED: list[dict[str, Any]] = json.loads((REPOSITORY / "docs/benchmark.json").read_text(encoding="utf-8"))
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")

# A process that holds 60 MB and forks a child, which writes to each page of it or does not, until it has been seen.
HOLD = """
import os, time
block = bytearray(60_000_000)
pages = range(0, len(block), 4096)
for page in pages:
    block[page] = 1
if os.fork() == 0:
    for page in pages if {writes} else ():
        block[page] = 2
    open("held", "w").close()
    for _ in range({bound} * 100):
        if os.path.exists("seen"):
            break
        time.sleep(0.01)
    os._exit(0)
os.wait()
"""
# A process whose child works for 0.3 seconds of processor time.
WORK = "import os, time\nif os.fork():\n    os.wait()\nelse:\n    while time.process_time() < 0.3: pass"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def table_rows(text: str) -> dict[str, list[str]]:
    """The rows of all tables by their first cell."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"]
    return {row[0]: row[1:] for row in rows}


# --- Measuring ------------------------------------------------------------------------------------------------


def peak_held(folder: Path, writes: bool, monkeypatch: pytest.MonkeyPatch) -> float:
    """The most memory, where the child holds what it has until somebody has looked once from beginning to end."""
    folder.mkdir()
    held, seen, looks, real = folder / "held", folder / "seen", 0, measure._members

    def members(session: int) -> Iterator[int]:
        nonlocal looks
        looks += held.exists()
        if looks > 1:
            seen.touch()
        return real(session)

    if not COUNTS_SHARES:
        seen.touch()
    with monkeypatch.context() as patched:
        patched.setattr(measure, "_members", members)
        return peak_memory(python(HOLD.format(writes=writes, bound=BOUND_SECONDS)), folder)


@pytest.mark.slow
def test_memory_of_a_child_counts_and_what_it_shares_counts_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system does not tell shares, it is the memory of the largest process."""
    shared, written = (peak_held(tmp_path / f"{writes}", writes, monkeypatch) for writes in (False, True))
    assert 57 < shared < 90
    assert 57 < written - (57 if COUNTS_SHARES else 0) < 90


@pytest.mark.slow
def test_the_processor_time_of_children_counts(tmp_path: Path) -> None:
    assert timed(python(WORK), tmp_path).cpu >= 0.3


@pytest.mark.slow
def test_wall_time_counts_waiting(tmp_path: Path) -> None:
    run = timed(python("import time; time.sleep(0.3)"), tmp_path)
    assert run.wall >= 0.3
    assert run.cpu < run.wall


def test_a_command_that_fails_says_what_it_printed(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="exit code 1: no such site"):
        timed(python("import sys; sys.exit('no such site')"), tmp_path)


# --- The sites ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: str(tool.name))
def test_every_tool_gets_the_same_articles(tool: Tool, tmp_path: Path) -> None:
    tool.write(20, tmp_path)
    bodies = {article.id: article.body for article in articles(20)}
    files = {file.stem: file for file in tmp_path.rglob("a*.md") if re.fullmatch(r"a\d{5}", file.stem)}
    assert files.keys() == bodies.keys()
    for id, file in files.items():
        text = file.read_text(encoding="utf-8")
        assert text.endswith(bodies[id])
        assert len(text) - len(bodies[id]) < (4000 if tool is SAME_WORK_HUGO else 300)


def test_same_work_hugo_gets_the_same_claims_under_the_terms_that_list_them(tmp_path: Path) -> None:
    write_corpus(20, tmp_path / "ours")
    SAME_WORK_HUGO.write(20, tmp_path / "hugo")
    for file in (tmp_path / "ours/content/annotations").iterdir():
        ours = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["claims"]
        page = (tmp_path / f"hugo/content/articles/{file.stem}.md").read_text(encoding="utf-8")
        facts = json.loads(page.partition("\n\n")[0])
        assert len(facts["claims"]) == len(ours)
        for theirs, claim in zip(facts["claims"], ours, strict=True):
            assert theirs.items() >= claim.items()
            assert facts["topics"] == sorted({topic for each in ours for topic in each["topics"]})
            for by in (voice["by"] for voice in claim.get("attribution", ())):
                assert by in (*theirs["people"], *theirs["sources"])
                assert by in (*facts["people"], *facts["sources"])
            for due in [claim["due"]] if "due" in claim else []:
                lists = tmp_path / "hugo/content/timelines"
                assert {f"{due[:7]}.md", *(f"{topic}-{due[:7]}.md" for topic in claim["topics"])} <= {
                    list.name for list in lists.iterdir()
                }


def test_articles_have_about_six_kilobytes_and_ours_four_claims_each(tmp_path: Path) -> None:
    write_corpus(20, tmp_path)
    sizes = [file.stat().st_size for file in (tmp_path / "content/articles").iterdir()]
    assert 5_500 < sum(sizes) / len(sizes) < 7_000
    for file in (tmp_path / "content/annotations").iterdir():
        assert len(yaml.safe_load(file.read_text(encoding="utf-8"))["claims"]) == 4


@pytest.mark.slow
def test_the_next_build_shows_each_edit_and_none_is_seen_before_it(tmp_path: Path) -> None:
    sources, output = tmp_path / "sources", tmp_path / "output"
    write_corpus(20, sources)
    built(sources, output)
    for edit in EDITS:
        proof = edit.make(sources, 1)
        assert proof is None or not proof.holds(output), edit.name
        built(sources, output)
        assert proof is None or proof.holds(output), edit.name


# --- A site kept in memory, and two revisions ---------------------------------------------------------------------


@pytest.mark.slow
def test_a_resident_site_is_asked_for_each_kind_of_edit_and_shows_it(tmp_path: Path) -> None:
    write_corpus(20, tmp_path)
    seconds = resident.measured(Resident(Request(tmp_path)), tmp_path, 2)
    assert {kind: len(each) for kind, each in seconds.items()} == {
        **{edit.name: 2 for edit in RESIDENT_EDITS},
        resident.MISSING: 2,
    }


class Stale:
    """A site that takes no notice of anything."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def refresh(self, paths: Sequence[str]) -> None:
        """What is asked of it is a file of the site."""
        assert all((self.folder / path).is_file() for path in paths)

    def page(self, path: str) -> bytes:
        """Whatever page it is."""
        return b"as before"


def test_the_benchmark_of_a_resident_site_stops_at_a_stale_page(tmp_path: Path) -> None:
    write_corpus(20, tmp_path)
    with pytest.raises(SystemExit, match=r"article text: articles/a00001.html does not show `Round 1 added this.`"):
        resident.measured(Stale(tmp_path), tmp_path, 1)


def test_the_table_of_a_resident_site_has_the_median_and_the_worst() -> None:
    assert table_rows(resident.table({"claim text": [0.03, 0.9, 0.02]}))["claim text"] == ["30", "900"]


def test_a_comparison_gives_what_the_second_takes_of_the_first() -> None:
    first, second = (
        Trial(f"clean build in site-{place}", BRIEFING, Path(), lambda site, number: None, wall, cpu)
        for place, (wall, cpu) in enumerate([([4.0, 9.0, 3.0], [6.0, 5.0, 8.0]), ([1.0, 2.0, 7.0], [9.0, 2.0, 3.0])])
    )
    rows = table_rows(compare.table([[first, second]]))
    assert rows["clean build"] == ["4.00", "2.00", "0.50", "6.00", "3.00", "0.50"]


# --- What is told ---------------------------------------------------------------------------------------------


def test_the_readme_has_the_medians_of_the_stored_runs() -> None:
    rows = table_rows(README)
    sizes = [measured for measured in MEASURED if measured["clean"]]
    for place, measured in enumerate(sizes):
        ours = median(next(row["wall"] for row in measured["clean"] if row["name"] == "briefing"))
        for row in measured["clean"]:
            work, *cells = rows[f"{row['name']} {measured['versions'][row['name']]}"]
            assert work == measured["work"][row["name"]]
            seconds, ratio, cpu, memory = cells[place * 4 :][:4]
            assert float(seconds) == pytest.approx(median(row["wall"]), abs=0.0051)
            assert float(ratio) == pytest.approx(median(row["wall"]) / ours, abs=0.0051)
            assert float(cpu) == pytest.approx(median(row["cpu"]), abs=0.0051)
            assert float(memory) == pytest.approx(row["memory"], abs=0.51)


def test_the_readme_has_the_edits_of_the_largest_site() -> None:
    rows = table_rows(README)
    for measured in [measured for measured in MEASURED if measured["edits"]][-1:]:
        for row in measured["edits"]:
            seconds, pages = rows[row["name"]]
            assert float(seconds) == pytest.approx(median(row["wall"]), abs=0.0051)
            assert int(pages.replace(",", "")) == row["pages"]


def test_the_document_names_every_tool_that_was_measured_or_left_out() -> None:
    text = (REPOSITORY / "docs/benchmark.md").read_text(encoding="utf-8")
    for measured in MEASURED:
        section = text.partition(f"## {measured['articles']:,} articles")[2].partition("\n## ")[0]
        assert measured["machine"] in section
        for tool in TOOLS:
            assert f"{tool.name} {measured['versions'].get(tool.name, 'is left out')}" in section
