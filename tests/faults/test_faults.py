"""A build that fails or dies at any system call: the site stays whole, and the next build puts all right."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from briefing.diagnostics import EnvironmentProblem
from briefing.write import disk
from briefing.write.publish import finish, output_folder
from tests.commands import build_command, environment, namespace, small_site
from tests.faults.faultdisk import CALLS, DEAD, KILLED, FaultyOs, Killed, faulty_disk, lose_unsynced, short_writes
from tests.faults.wholesite import run
from tests.outputs import (
    MEMORY,
    NEW,
    NEWER,
    OLD,
    RESHAPED,
    SHAPE,
    Site,
    complete_tree,
    dangling,
    publish,
    torn,
    tree,
    visible,
)

FOREIGN: Site = {".gitignore": b"*\n!.gitignore\n", "archive/mine.txt": b"mine", "CNAME": b"example.org\n"}
JOURNAL, NEW_FOLDER = ".briefing/journal.json", ".site.briefing-new"


@dataclass(frozen=True)
class Scenario:
    """A folder before a build, the build, and the versions that its files may have meanwhile."""

    prepare: Callable[[Path], None]
    versions: list[Site]
    foreign: Site
    follows_links: bool = True

    @property
    def wanted(self) -> Site:
        return self.versions[-1]


def nothing(output: Path) -> None:
    """There is no output yet."""


def foreign_files(output: Path) -> None:
    for name, data in FOREIGN.items():
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        (output / name).write_bytes(data)


def gitignore(output: Path) -> None:
    output.mkdir()
    (output / ".gitignore").write_bytes(FOREIGN[".gitignore"])


def old_site(output: Path) -> None:
    publish(output, OLD)
    foreign_files(output)


def reshaped(output: Path) -> None:
    publish(output, SHAPE)


def stopped(prepare: Callable[[Path], None], site: Site, call: str, which: int) -> Callable[[Path], None]:
    """A folder in which a build has been killed at a call: the `which`-th of its name."""

    def prepared(output: Path) -> None:
        prepare(output)
        copy = output.with_name("copy-of-site")
        if output.exists():
            shutil.copytree(output, copy, symlinks=True)
        with faulty_disk("kill", 0) as counted:
            publish(output, site)
        shutil.rmtree(output)
        if copy.exists():
            copy.rename(output)
        at = [number for number, name in enumerate(counted.calls, 1) if name == call][which]
        attempt(output, site, "kill", at)

    return prepared


@pytest.fixture
def memory() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        yield Path(name)


ONE = {".gitignore": FOREIGN[".gitignore"]}
SCENARIOS = {
    "new folder": Scenario(nothing, [{}, NEW], {}),
    "new folder after a kill": Scenario(stopped(nothing, OLD, "rename", 0), [{}, NEW], {}),
    "folder with a .gitignore": Scenario(gitignore, [{}, NEW], ONE),
    "rebuild": Scenario(old_site, [OLD, NEW], FOREIGN),
    "rebuild after a kill while staging": Scenario(stopped(old_site, NEWER, "write", 3), [OLD, NEW], FOREIGN),
    "rebuild after a kill while moving": Scenario(stopped(old_site, NEW, "rename", 4), [OLD, NEW, NEWER], FOREIGN),
    "rebuild after a kill while deleting": Scenario(stopped(old_site, NEW, "unlink", 1), [OLD, NEW, NEWER], FOREIGN),
    "files for folders and folders for files": Scenario(reshaped, [SHAPE, RESHAPED], {}, follows_links=False),
}


def attempt(output: Path, site: Site, fault: str, at: int) -> tuple[str, FaultyOs]:
    """How a build ends on a faulty disk: `done`, `failed` (exit code 3) or `dead`."""
    with faulty_disk(fault, at) as faulty:
        try:
            publish(output, site)
        except EnvironmentProblem:
            return "failed", faulty
        except Killed:
            if fault == "power":
                lose_unsynced(output.parent, faulty)
            return "dead", faulty
    return "done", faulty


def check(output: Path, scenario: Scenario, ended: str) -> None:
    """What must hold however a build has ended."""
    found = visible(output)
    if ended == "done":
        assert tree(output) == complete_tree(scenario.wanted, scenario.foreign)
    assert torn(found, scenario.versions, scenario.foreign) == []
    if not os.path.lexists(output / JOURNAL):
        assert {path: data for path, data in found.items() if path not in scenario.foreign} in scenario.versions
    if scenario.follows_links:
        lasting = {path for path in scenario.wanted if all(path in version for version in scenario.versions)}
        assert dangling(found, {"index.html"} | lasting) == []


def check_healed(output: Path, scenario: Scenario) -> None:
    """The next build gives what a clean build gives, and nothing is left of the first."""
    attempt(output, scenario.wanted, "none", 0)
    assert tree(output) == complete_tree(scenario.wanted, scenario.foreign)
    assert sorted(path.name for path in output.parent.iterdir()) == ["site"]


def fail_everywhere(name: str, fault: str, folder: Path) -> int:
    """Try a fault at the first call, the second... until a build gets through; how many there were."""
    scenario = SCENARIOS[name]
    template = folder / "template" / "site"
    template.parent.mkdir()
    scenario.prepare(template)
    at, calls, ended = 0, 1, "failed"
    while at <= calls:
        at += 1
        output = folder / str(at) / "site"
        shutil.copytree(template.parent, output.parent, symlinks=True)
        ended, faulty = attempt(output, scenario.wanted, fault, at)
        calls = len(faulty.calls)
        if fault in DEAD and at <= calls:
            assert ended == "dead"
        check(output, scenario, ended)
        check_healed(output, scenario)
        shutil.rmtree(output.parent)
    assert ended == "done"
    return at - 1


def cases(names: Iterable[str], faults: Iterable[str]) -> list[Any]:
    """One test for each pair; the pairs of `QUICK` belong to every `make check`."""
    return [
        pytest.param(name, fault, marks=[] if (name, fault) in QUICK else [pytest.mark.slow], id=f"{name}, {fault}")
        for name in names
        for fault in faults
    ]


QUICK = {
    ("new folder", "kill"),
    ("folder with a .gitignore", "kill"),
    ("rebuild", "kill"),
    ("rebuild", "ENOSPC"),
    ("rebuild after a kill while moving", "kill"),
}
ALL = [
    *cases(SCENARIOS, ("kill", "power", "full", "broken", "EIO")),
    *cases(("new folder", "rebuild"), ("ENOSPC", "EACCES")),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "fault"), ALL)
def test_a_fault_at_any_call_leaves_a_whole_site_that_the_next_build_completes(
    name: str, fault: str, memory: Path
) -> None:
    assert fail_everywhere(name, fault, memory) > 30


@pytest.mark.slow
def test_the_process_can_end_at_any_call(tmp_path: Path) -> None:
    scenario = SCENARIOS["rebuild"]
    scenario.prepare(tmp_path / "template")
    at = 0
    code: int | None = KILLED
    while code == KILLED:
        at += 1
        output = tmp_path / str(at) / "site"
        shutil.copytree(tmp_path / "template", output)
        process = get_context("fork").Process(target=attempt, args=(output, scenario.wanted, "exit", at))
        process.start()
        process.join()
        code = process.exitcode
        check(output, scenario, "dead" if code == KILLED else "done")
        check_healed(output, scenario)
    assert code == 0
    assert at > 60


def test_every_kind_of_call_has_been_made_to_fail(tmp_path: Path) -> None:
    seen = set()
    for number, scenario in enumerate(SCENARIOS.values()):
        output = tmp_path / str(number) / "site"
        output.parent.mkdir()
        scenario.prepare(output)
        seen |= set(attempt(output, scenario.wanted, "none", 0)[1].calls)
    assert seen == set(CALLS) - {"sync", "link"}  # files of content alone are linked: test_new_articles.py


@pytest.mark.parametrize("length", [1, 7, 4096])
@pytest.mark.parametrize("name", ["new folder", "rebuild"])
def test_writes_that_take_a_few_bytes_at_a_time_are_gone_on_with(name: str, length: int, tmp_path: Path) -> None:
    scenario, output = SCENARIOS[name], tmp_path / "site"
    scenario.prepare(output)
    with short_writes(length):
        publish(output, scenario.wanted)
    assert tree(output) == complete_tree(scenario.wanted, scenario.foreign)


def test_an_unfinished_move_can_be_completed_without_a_new_build(tmp_path: Path) -> None:
    output = tmp_path / "site"
    stopped(old_site, NEW, "rename", 4)(output)
    finish(tmp_path / "sources", output)
    assert tree(output) == complete_tree(NEW, FOREIGN)


def test_there_is_nothing_to_finish_in_a_folder_that_is_complete_or_missing(tmp_path: Path) -> None:
    output = tmp_path / "site"
    finish(tmp_path / "sources", output)
    publish(output, OLD)
    before = tree(tmp_path)
    finish(tmp_path / "sources", output)
    assert tree(tmp_path) == before


def test_a_build_stopped_by_its_caller_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    for name in ("new folder", "folder with a .gitignore", "rebuild"):
        folder = tmp_path / name
        folder.mkdir()
        SCENARIOS[name].prepare(folder / "site")
        before = tree(folder)
        with pytest.raises(KeyboardInterrupt):
            stop_in_the_middle(folder / "site")
        assert tree(folder) == before


def stop_in_the_middle(output: Path) -> None:
    with output_folder(output.parent / "sources", output) as staging:
        staging.add("index.html", b"new")
        raise KeyboardInterrupt


@pytest.mark.slow
def test_many_files_are_safe_when_the_journal_speaks_of_them(tmp_path: Path) -> None:
    output, many = tmp_path / "site", {f"articles/{number}.html": b"x" for number in range(disk.MANY)}
    publish(output, OLD)
    with faulty_disk("power", 0) as counted:
        publish(output, OLD | many)
    assert "sync" in counted.calls
    assert counted.unsynced == set()


def edited(path: str) -> Callable[[Path], object]:
    return lambda output: (output / path).write_bytes(b"edited meanwhile")


def emptied(path: str) -> Callable[[Path], object]:
    return lambda output: shutil.rmtree(output / path)


def damaged(data: str) -> Callable[[Path], object]:
    return lambda output: (output / JOURNAL).write_text(data)


AFTER_A_KILL = {
    "the next file to change was edited": (edited("topics/trade.html"), "in the way: topics/trade.html; move"),
    "the staged files are gone": (emptied(".briefing/stage"), "was to be moved in and is gone"),
    "the journal is empty": (damaged(""), "the journal is damaged"),
    "the journal is a list": (damaged("[]"), "the journal is damaged"),
    "the journal is of another make": (damaged('{"format": 9}'), "the journal is damaged"),
    "the journal is deep": (damaged("[" * 100_000), "the journal is damaged"),
    "the journal leads out": (
        damaged('{"moves": [["0", "../outside", "", null]], "deletes": {}, "manifest": ""}'),
        "the journal is damaged",
    ),
    "the journal deletes outside": (
        damaged('{"moves": [], "deletes": {"../outside": ""}, "manifest": ""}'),
        "the journal is damaged",
    ),
    "the journal takes from outside": (
        damaged('{"moves": [["../../../outside", "x", "", null]], "deletes": {}, "manifest": ""}'),
        "the journal is damaged",
    ),
}


@pytest.mark.parametrize("case", AFTER_A_KILL)
def test_an_unfinished_move_that_cannot_go_on_changes_nothing_and_says_why(case: str, tmp_path: Path) -> None:
    output = tmp_path / "site"
    (tmp_path / "outside").write_bytes(b"not ours")
    stopped(old_site, NEW, "rename", -4)(output)
    meddle, told = AFTER_A_KILL[case]
    meddle(output)
    before = tree(tmp_path)
    with pytest.raises(EnvironmentProblem, match=re.escape(told)):
        publish(output, NEWER)
    assert tree(tmp_path) == before


def test_files_edited_or_deleted_after_a_kill_are_left_so_by_the_completion(tmp_path: Path) -> None:
    output = tmp_path / "site"
    stopped(old_site, NEW, "rename", -4)(output)
    assert (output / "topics/trade.html").read_bytes() == OLD["topics/trade.html"]
    (output / "topics/trade.html").unlink()
    mine = {"articles/c.html": b"moved in, then edited", "articles/b.html": b"to be deleted, then edited"}
    for path, data in mine.items():
        (output / path).write_bytes(data)
    finish(tmp_path / "sources", output)
    assert visible(output) == NEW | FOREIGN | mine


@pytest.mark.slow
def test_a_disk_that_is_really_full_leaves_the_old_site_or_a_move_to_complete(tmp_path: Path) -> None:
    assert_some_of_each(fill_disk(tmp_path), 5)


@pytest.mark.slow
def test_a_disk_that_is_full_for_a_whole_build_leaves_it_whole(tmp_path: Path) -> None:
    assert_some_of_each(fill_disk(tmp_path, 11), 1)


@pytest.mark.long
def test_a_disk_that_is_full_at_any_page_of_a_whole_build_leaves_it_whole(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    told = fill_disk(tmp_path, 1)
    record_property("figure", "full disk: " + "; ".join(told.splitlines()))
    assert_some_of_each(told, 5)


def fill_disk(folder: Path, *step: int) -> str:
    """Build on a small disk with room for a part; how the builds ended."""
    script = [sys.executable, "-m", "tests.faults.fulldisk", str(folder), *map(str, step)]
    told = subprocess.run([*namespace(), *script], env=environment(), text=True, capture_output=True, check=False)
    assert told.returncode == 0, told.stderr
    return told.stdout


def assert_some_of_each(told: str, least: int) -> None:
    """In each line some builds were refused, and some found enough room."""
    for line in told.splitlines():
        ended = dict(re.findall(r"(\w+)=(\d+)", line))
        assert int(ended["refused"]) >= least, told
        assert int(ended["done"]) >= least, told
    assert len(told.splitlines()) in (2, 4)


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
from briefing.cli import main
main()
"""


@pytest.mark.slow
@pytest.mark.parametrize(("limit", "is_new"), [(0, False), (100, False), (100, True)])
def test_the_command_names_the_file_that_could_not_be_written(limit: int, is_new: bool, tmp_path: Path) -> None:
    sources, output = small_site(tmp_path / "sources"), tmp_path / "site"
    if not is_new:
        assert run(sources, output=output).code == 0
        small_site(sources, "Another title")
    before = tree(tmp_path)
    command = [sys.executable, "-c", LIMITED, str(limit), *build_command(sources, output)[3:]]
    ended = subprocess.run(command, env=environment(), text=True, capture_output=True, check=False)
    assert ended.returncode == 3
    told = "file too large; check the disk and run the command again"
    assert re.fullmatch(rf"briefing: {re.escape(str(tmp_path))}/.*: {told}\n", ended.stderr)
    assert tree(tmp_path) == before
    assert run(sources, output=output).code == 0
