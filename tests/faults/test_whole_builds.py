"""Whole builds that fail or die, cache and all: the site stays whole, and the next build is as good as a clean one."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.commands import BOUND_SECONDS, built, start_build
from tests.faults.wholesite import (
    Scenario,
    attempt,
    check_built,
    check_site,
    fail_at,
    is_of_cache,
    memory,
    put,
    run,
    started,
    stores_of,
)
from tests.outputs import torn, tree, visible
from tests.samples import one_in
from tests.sites.rich import write_titled_site


def nothing(root: Path) -> None:
    """There has been no build yet."""


def builds(*versions: str) -> Callable[[Path], None]:
    """Builds of these versions, one after the other, the last until nothing is left to be noted."""

    def prepared(root: Path) -> None:
        for version in versions:
            put(root, version)
            assert run(root).code == 0
        time.sleep(0.06)  # files that were written just now are not taken to be as they were found
        assert run(root).code == 0

    return prepared


def stopped_build(fault: str, call: str, which: int, of_cache: bool = False) -> Callable[[Path], None]:
    """A build of "old", and one of "new" with a fault at a call: the `which`-th of its name, of the site or cache."""

    def prepared(root: Path) -> None:
        calls = enumerate(calls_of_rebuild(), 1)
        at = [number for number, (name, is_cache) in calls if name == call and is_cache == of_cache]
        builds("old")(root)
        put(root, "new")
        attempt(root, fault, at[which])

    return prepared


@cache
def calls_of_rebuild() -> list[tuple[str, bool]]:
    """The calls of a build of "new" after one of "old", and which of them are of the cache."""
    with memory() as folder:
        root = folder / "desk"
        builds("old")(root)
        put(root, "new")
        _, faulty = attempt(root, "none", 0)
        return [(name, is_of_cache(root, path)) for name, path in zip(faulty.calls, faulty.paths, strict=True)]


def then(prepare: Callable[[Path], None], meddle: Callable[[Path], object]) -> Callable[[Path], None]:
    def prepared(root: Path) -> None:
        prepare(root)
        meddle(root)

    return prepared


def touch_sources(root: Path) -> None:
    for path in root.glob("content/**/*.*"):
        path.touch()


def cut_off(name: str) -> Callable[[Path], None]:
    """Half of a file of the cache."""

    def meddle(root: Path) -> None:
        path = stores_of(root)[0] / name
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return meddle


SCENARIOS = {
    "first build": Scenario(nothing, ["nothing", "old"], has_foreign=False),
    "nothing to do but to note time stamps": Scenario(then(builds("old"), touch_sources), ["old"]),
    "rebuild after an edit": Scenario(builds("old"), ["old", "edited"]),
    "rebuild with additions and deletions": Scenario(builds("old", "edited"), ["edited", "new"]),
    "rebuild after a kill while moving": Scenario(stopped_build("kill", "rename", 4), ["old", "new", "newer"]),
    "sources as they were before a kill while staging": Scenario(stopped_build("kill", "write", 3), ["old"]),
    "rebuild after a kill while the cache is written": Scenario(
        stopped_build("kill", "rename", 2, of_cache=True), ["new", "newer"]
    ),
    "rebuild after a fault of the cache": Scenario(stopped_build("EIO", "write", 1, of_cache=True), ["new", "newer"]),
    "damaged state": Scenario(then(builds("old"), cut_off("state")), ["old", "new"]),
    "damaged pages": Scenario(then(builds("old"), cut_off("pages")), ["old", "new"]),
}
SEVERE = ("first build", "rebuild with additions and deletions", "rebuild after a kill while moving")
CASES = [
    *((name, fault) for name in SCENARIOS for fault in ("ENOSPC", "EIO", "EACCES", "kill")),
    *((name, fault) for name in SEVERE for fault in ("power", "full", "broken")),
]


@pytest.mark.long
@pytest.mark.parametrize(("name", "fault"), CASES)
def test_whole_builds_survive_a_fault_at_any_call(
    name: str, fault: str, record_property: Callable[[str, object], None]
) -> None:
    at, of_cache, comes = 0, 0, True
    while comes:
        at += 1
        comes, of_cache = fail_at(SCENARIOS[name], fault, at)
    record_property("figure", f"{at - 1} faults {fault}, {of_cache} of them of the cache: {name}")
    assert at - 1 >= of_cache > 8


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "fault"),
    one_in(
        2,
        zip(
            SCENARIOS, ("kill", "EIO", "ENOSPC", "kill", "EACCES", "EIO", "kill", "ENOSPC", "EIO", "power"), strict=True
        ),
    ),
)
def test_whole_builds_survive_a_fault_at_some_calls(name: str, fault: str) -> None:
    at = 4
    while fail_at(SCENARIOS[name], fault, at)[0]:
        at += 41
    assert at > 8


@pytest.mark.slow
@pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.long)])
def test_a_fault_at_calls_of_the_cache_costs_nothing_but_time(step: int) -> None:
    calls = [number for number, (_, is_cache) in enumerate(calls_of_rebuild(), 1) if is_cache]
    assert len(calls) > 15
    for at in calls[::step]:
        scenario = Scenario(builds("old"), ["old", "new"])
        assert fail_at(scenario, ("ENOSPC", "kill", "EIO")[at % 3], at)[0]


def kill_at_random(root: Path, versions: list[str], count: int, dice: random.Random, *options: str) -> int:
    """Kill builds at random moments, and look at the site each time; how many died before their end."""
    for version in reversed(versions):
        put(root, version)
        begun = time.monotonic()
        assert run(root, *options).code == 0
        seconds = time.monotonic() - begun
    killed = 0
    for _ in range(count):
        put(root, dice.choice(versions))
        build = started(root, *options)
        time.sleep(dice.uniform(0, seconds * 1.2))
        build.kill()
        build.join()
        killed += build.exitcode == -signal.SIGKILL
        check_site(root, versions, {})
    for version in versions:
        put(root, version)
        assert run(root, *options).code == 0
        check_built(root, version, {})
    return killed


@pytest.mark.slow
def test_kills_at_random_moments_leave_a_whole_site(tmp_path: Path) -> None:
    assert kill_at_random(tmp_path / "desk", ["old", "new"], 8, random.Random(30)) > 0


@pytest.mark.long
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_100_kills_at_random_moments_leave_a_whole_site(
    jobs: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    dice = random.Random(f"kills {jobs}")
    killed = kill_at_random(tmp_path / "desk", ["many", "many new"], 100, dice, "--jobs", jobs)
    record_property("figure", f"100 builds with {jobs} jobs killed, {killed} before their end")
    assert killed > 50


@pytest.mark.long
def test_50_kills_of_the_command_leave_a_whole_site(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Of the real one, and most of them while it writes."""
    versions = [write_titled_site(tmp_path / id, f"Title {id}", f"extra-{id}") for id in ("a", "b")]
    clean = [visible(built(folder, tmp_path / f"clean-{folder.name}")) for folder in versions]
    output, dice = tmp_path / "site", random.Random(30)
    begun = time.monotonic()
    built(versions[0], output)
    seconds = time.monotonic() - begun
    killed = 0
    for number in range(50):
        build = start_build(versions[1 if visible(output) == clean[0] else 0], output)
        if number % 3 == 0:
            time.sleep(dice.uniform(0, seconds))
        else:
            wait_for(build, output / (".briefing/stage" if number % 3 == 1 else ".briefing/journal.json"))
            time.sleep(dice.uniform(0, 0.02) * seconds if number % 3 == 1 else 0)
        build.kill()
        build.communicate(timeout=BOUND_SECONDS)
        assert torn(visible(output), clean, {}) == []
        killed += build.returncode == -signal.SIGKILL
    record_property("figure", f"50 commands killed, {killed} before their end")
    assert killed > 25
    built(versions[0], output)
    assert tree(output) == tree(tmp_path / "clean-a")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "clean-a", "clean-b", "site"]


def wait_for(build: subprocess.Popen[str], path: Path) -> None:
    while build.poll() is None and not os.path.lexists(path):
        pass
