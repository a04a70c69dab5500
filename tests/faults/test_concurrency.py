"""Several builds at once, and readers while a build is at work."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.diagnostics import Locked
from briefing.write import disk, lock
from tests.commands import (
    build_command,
    built,
    environment,
    local_links,
    owned_files,
    small_site,
    start_build,
)
from tests.faults.wholesite import clean, put, run, started
from tests.outputs import NEW, OLD, complete_tree, publish, tree, visible
from tests.sites.rich import write_titled_site

# Where forty pages of an output come and go with the site that is built to it.
ALLOWED = "--allow-removal"
# A build that has staged a file and gets no further; `fork` leaves a worker behind that outlives it.
HOLDER = """
import os, sys, time
from pathlib import Path
from briefing.write.publish import output_folder
output = Path(sys.argv[1])
with output_folder(output.parent / "sources", output) as staging:
    staging.add("half.html", b"half")
    worker = os.fork() if sys.argv[2:] else 0
    if not worker:
        print("holding", os.getpid() if sys.argv[2:] else 0, flush=True)
    time.sleep(600)
"""


@contextmanager
def held(output: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A process that holds the lock, and its worker's number."""
    command = [sys.executable, "-c", HOLDER, str(output), *options]
    holder = subprocess.Popen(command, env=environment(), text=True, stdout=subprocess.PIPE)
    assert holder.stdout is not None
    worker = int(holder.stdout.readline().split()[1])
    try:
        yield holder, worker
    finally:
        holder.kill()
        if worker:
            os.kill(worker, signal.SIGKILL)
        holder.communicate()


def test_a_build_that_waits_too_long_for_another_exits_with_4(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources, output = small_site(tmp_path / "sources"), tmp_path / "site"
    publish(output, OLD)
    with held(output) as (holder, _):
        holder.send_signal(signal.SIGSTOP)
        before = tree(output)
        clock = Clock()
        monkeypatch.setattr(lock, "time", clock)
        ended = CliRunner().invoke(main, build_command(sources, output)[3:])
        assert ended.exit_code == 4
        told = f"{output}: another build is running (waited 10 s); build again when it has ended"
        assert ended.stderr == f"briefing: {told}\n"
        assert 10 <= clock.now < 11
        assert tree(output) == before


class Clock:
    """A clock that only sleeping moves on."""

    now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.mark.parametrize("worker", [(), ("worker",)], ids=["alone", "with a worker that lives on"])
@pytest.mark.parametrize("is_new", [True, False], ids=["new folder", "rebuild"])
def test_the_lock_of_a_killed_build_is_free(
    is_new: bool, worker: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "site"
    if not is_new:
        publish(output, {"index.html": b"before"})
    with held(output, *worker) as (holder, _):
        holder.kill()
        holder.wait()
        clock = Clock()
        monkeypatch.setattr(lock, "time", clock)
        publish(output, OLD)
        assert clock.now == 0
    assert tree(output) == complete_tree(OLD)
    assert os.listdir(tmp_path) == ["site"]


def test_a_build_waits_for_the_end_of_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, before in enumerate(({}, {"index.html": b"before"})):
        output = tmp_path / str(number) / "site"
        output.parent.mkdir()
        if before:
            publish(output, before)
        with held(output) as (holder, _):
            monkeypatch.setattr(lock, "time", Clock())
            monkeypatch.setattr(Clock, "sleep", lambda self, seconds, holder=holder: holder.kill())
            publish(output, OLD)
        assert tree(output) == complete_tree(OLD)


def test_an_output_that_appears_while_its_place_is_being_locked_is_locked_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output, real = tmp_path / "site", disk.lock_folder
    others: list[int | None] = []

    def lock_folder(folder: Path) -> int | None:
        if folder == tmp_path:
            output.mkdir()
            others.append(real(output))
        return real(folder)

    monkeypatch.setattr(disk, "lock_folder", lock_folder)
    monkeypatch.setattr(lock, "time", Clock())
    with pytest.raises(Locked):
        publish(output, OLD)
    assert os.listdir(output) == []
    (handle,) = others
    assert handle is not None
    os.close(handle)
    publish(output, OLD)


def test_builds_of_two_outputs_in_one_folder_do_not_wait_for_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        publish(tmp_path / name, {"index.html": b"before"})
    with held(tmp_path / "one"):
        clock = Clock()
        monkeypatch.setattr(lock, "time", clock)
        publish(tmp_path / "two", OLD)
        assert clock.now == 0


@pytest.mark.slow
def test_of_twenty_pairs_of_moves_each_leaves_one_site_and_no_mix(tmp_path: Path) -> None:
    dice = random.Random(20)
    for number in range(20):
        output = tmp_path / f"site-{number // 4}"
        pair = []
        for site in dice.sample([OLD, NEW], 2):
            pair.append(in_child(publish, output, site))
            time.sleep(dice.choice((0, 0.001, 0.01)))
        assert ends_of(pair) == [0, 0]
        assert tree(output) in (complete_tree(OLD), complete_tree(NEW))
    assert sorted(os.listdir(tmp_path)) == [f"site-{number}" for number in range(5)]


def in_child(function: Callable[..., object], *arguments: object) -> BaseProcess:
    """A process that calls a function."""
    process = get_context("fork").Process(target=function, args=arguments)
    process.start()
    return process


def ends_of(builds: list[BaseProcess]) -> list[int]:
    for build in builds:
        build.join()
    return sorted(build.exitcode or 0 for build in builds)


@pytest.mark.slow
def test_two_commands_at_once_leave_one_site_and_no_mix(tmp_path: Path) -> None:
    sources = [small_site(tmp_path / "a", "Title A", "extra-a"), small_site(tmp_path / "b", "Title B", "extra-b")]
    clean = [tree(built(folder, tmp_path / f"clean-{folder.name}")) for folder in sources]
    pair = [start_build(folder, tmp_path / "site") for folder in sources]
    for build in pair:
        build.communicate()
    assert sorted(build.returncode for build in pair) in ([0, 0], [0, 4])
    assert tree(tmp_path / "site") in clean
    assert sorted(os.listdir(tmp_path)) == ["a", "b", "clean-a", "clean-b", "site"]


def impatient(root: Path, output: Path) -> None:
    """A build that does not wait for another for long, by its clock."""
    vars(lock)["time"] = FastClock()
    sys.exit(run(root, ALLOWED, output=output).code)


class FastClock:
    """A clock that goes so fast that a build waits for about a tenth of a second."""

    def monotonic(self) -> float:
        return time.monotonic() * 100

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds / 10)


def try_pairs(folder: Path, count: int, dice: random.Random) -> Counter[str]:
    """Pairs of builds of one output, of one site or of two, some of them killed; how they ended."""
    desks, output, ended = [folder / "a", folder / "b"], folder / "site", Counter[str]()
    for number in range(count):
        if number % 8 == 0:
            shutil.rmtree(output, ignore_errors=True)
        versions = dice.sample(["many", "many new", "old", "new"], 2)
        for desk, version in zip(desks, versions, strict=True):
            put(desk, version)
        twice = number % 2 == 0
        pair = [
            started(desks[0], ALLOWED, output=output),
            in_child(impatient, desks[0 if twice else 1], output)
            if number % 3
            else started(desks[not twice], ALLOWED, output=output),
        ]
        is_killed = number % 5 == 0
        if is_killed:
            time.sleep(dice.uniform(0, 0.2))
            pair[0].kill()
        codes = ends_of(pair)
        assert codes in ([-signal.SIGKILL, 0], [-signal.SIGKILL, 4]) if is_killed and codes[0] else [[0, 0], [0, 4]]
        ended[" and ".join(map(str, codes))] += 1
        possible = versions[:1] if twice else versions
        check_left(output, possible, is_whole=0 in codes)
        for desk, version in zip(desks, versions, strict=True):
            assert run(desk, ALLOWED, output=output).code == 0
            assert tree(output) == clean(version)
    assert sorted(os.listdir(folder)) == ["a", "b", "site"]
    return ended


def check_left(output: Path, versions: list[str], is_whole: bool) -> None:
    """The output is one of the versions, if a build has come to its end; and its lock is free."""
    handle = disk.lock_folder(output if output.exists() else output.parent)
    assert handle is not None
    os.close(handle)
    if is_whole:
        assert tree(output) in [clean(version) for version in versions]


@pytest.mark.slow
def test_pairs_of_builds_leave_one_site_and_a_cache_that_is_right(tmp_path: Path) -> None:
    assert try_pairs(tmp_path, 6, random.Random(8)).total() == 6


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_50_pairs_of_builds_leave_one_site_and_a_cache_that_is_right(
    seed: int, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    ended = try_pairs(tmp_path, 50, random.Random(f"pairs {seed}"))
    record_property("figure", "50 pairs ended with " + ", ".join(f"{codes}: {ended[codes]}" for codes in sorted(ended)))


def version(number: int) -> dict[str, bytes]:
    """A site of pages that come, change and go from one version to the next."""
    there = [f"pages/{name}.html" for name in range(number, number + 8)]
    links = "".join(f'<a href="../{path}">x</a>' for path in there)
    pages = {path: f"<p>version {number}</p><a href='../index.html'>x</a>{links}<p>end</p>".encode() for path in there}
    home = f"<p>version {number}</p>{links.replace('../', '')}<p>end</p>".encode()
    return {**pages, "index.html": home, "about.html": b'<a href="index.html">x</a><p>end</p>'}


def read_all(output: Path, is_whole: Callable[[str, bytes], bool]) -> tuple[int, list[str]]:
    """Read every page that links lead to from the home page: how many, and what is missing or torn.

    A link to a missing file counts if its page still has it when it is read again: a reader who follows a
    link from a page that has changed since is told of a missing page, however a site is replaced.
    """
    queue, seen, wrong = ["index.html"], {"index.html"}, []
    while queue:
        path = queue.pop()
        try:
            data = (output / path).read_bytes()
        except FileNotFoundError:
            continue
        if not is_whole(path, data):
            wrong.append(f"{path} is torn: {data[-80:]!r}")
        for link in local_links(path, data) if path.endswith(".html") else ():
            if not (output / link).exists() and _still_there(output / path, data):
                wrong.append(f"{path} links to {link}, which is missing")
            if link not in seen:
                queue.append(link)
                seen.add(link)
    return len(seen), wrong


def _still_there(page: Path, data: bytes) -> bool:
    try:
        return page.read_bytes() == data
    except FileNotFoundError:
        return False


def read_during(build: BaseProcess, output: Path, is_whole: Callable[[str, bytes], bool]) -> int:
    """What readers see while a build writes; how many pages they have read."""
    reads = 0
    while build.is_alive() and not (output / ".briefing/stage/manifest").exists():
        time.sleep(0.001)
    while build.is_alive():
        count, wrong = read_all(output, is_whole)
        reads += count
        assert wrong == []
    assert build.exitcode == 0
    return reads


def publish_versions(output: Path) -> None:
    for number in range(1, 151):
        publish(output, version(number))


@pytest.mark.slow
def test_readers_see_whole_pages_and_no_dead_links_during_150_quick_rebuilds(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, version(0))
    assert (
        read_during(in_child(publish_versions, output), output, lambda path, data: data.endswith(b"<p>end</p>")) > 1000
    )
    assert visible(output) == version(150)


@pytest.mark.slow
def test_readers_see_whole_pages_and_no_dead_links_during_whole_builds(tmp_path: Path) -> None:
    reads = 0
    for number in range(9):
        put(tmp_path / "desk", ["many", "many new"][number % 2])
        build = started(tmp_path / "desk")
        reads += read_during(build, tmp_path / "desk/site", is_whole_page) if number else ends_of([build])[0]
    assert reads > 0


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
def test_readers_see_whole_pages_and_no_dead_links_during_25_builds_of_a_large_site(
    part: int, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    sources, output = write_titled_site(tmp_path / "sources", "Title 0", "extra-0"), tmp_path / "sources/site"
    assert run(sources).code == 0
    reads = 0
    assert "extra-0" in "".join(owned_files(output))
    for number in range(1, 26):
        (sources / f"content/pages/extra-{number - 1}.md").unlink()
        write_titled_site(sources, f"Title {number}", f"extra-{number}")
        reads += read_during(started(sources), output, is_whole_page)
    record_property("figure", f"25 rebuilds, {reads} pages read meanwhile")
    assert reads > 0
    assert b"Title 25" in (output / "index.html").read_bytes()
    assert b"extra-25.html" in (output / "index.html").read_bytes()
    assert not any("extra-24" in path for path in owned_files(output))


def is_whole_page(path: str, data: bytes) -> bool:
    return not path.endswith(".html") or data.rstrip().endswith(b"</html>")
