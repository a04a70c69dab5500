"""Several builds at once, and readers while a build is at work."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from commands import (
    add_page,
    build_command,
    built,
    demo_site,
    environment,
    local_links,
    owned_files,
    small_site,
    start_build,
)
from outputs import NEW, OLD, complete_tree, publish, tree, visible

from briefing.cli import main
from briefing.diagnostics import Locked
from briefing.write import disk, lock

# A build that has staged a file and gets no further; `fork` leaves a worker behind that outlives it.
HOLDER = """
import os, sys, time
from pathlib import Path
from briefing.write.publish import output_folder
output = Path(sys.argv[1])
with output_folder(output.parent / "sources", output) as staging:
    staging.add("half.html", b"half")
    worker = os.fork() if sys.argv[2:] else 0
    if worker or not sys.argv[2:]:
        print("holding", worker, flush=True)
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
        assert ended.stderr == f"briefing: {output}: another build is running (waited 10 s)\n"
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
def test_the_lock_of_a_killed_build_is_free(is_new: bool, worker: tuple[str, ...], tmp_path: Path) -> None:
    output = tmp_path / "site"
    if not is_new:
        publish(output, {"index.html": b"before"})
    with held(output, *worker) as (holder, _):
        holder.kill()
        holder.wait()
        started = time.monotonic()
        publish(output, OLD)
        assert time.monotonic() - started < lock.WAIT_SECONDS / 2
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


def test_builds_of_two_outputs_in_one_folder_do_not_wait_for_each_other(tmp_path: Path) -> None:
    for name in ("one", "two"):
        publish(tmp_path / name, {"index.html": b"before"})
    with held(tmp_path / "one"):
        started = time.monotonic()
        publish(tmp_path / "two", OLD)
        assert time.monotonic() - started < lock.WAIT_SECONDS / 2


@pytest.mark.slow
def test_of_twenty_pairs_of_builds_each_leaves_one_site_and_no_mix(tmp_path: Path) -> None:
    dice = random.Random(20)
    for number in range(20):
        output = tmp_path / f"site-{number // 4}"
        pair = []
        for name in dice.sample(["OLD", "NEW"], 2):
            pair.append(start(f"publish(Path(sys.argv[1]), {name})", output))
            time.sleep(dice.choice((0, 0.01, 0.05)))
        assert ends_of(pair) in ([0, 0], [0, 4])
        assert tree(output) in (complete_tree(OLD), complete_tree(NEW))
    assert sorted(os.listdir(tmp_path)) == [f"site-{number}" for number in range(5)]


@pytest.mark.slow
def test_two_commands_at_once_leave_one_site_and_no_mix(tmp_path: Path) -> None:
    sources = [small_site(tmp_path / "a", "Title A", "extra-a"), small_site(tmp_path / "b", "Title B", "extra-b")]
    clean = [tree(built(folder, tmp_path / f"clean-{folder.name}")) for folder in sources]
    for _ in ("first build", "rebuild"):
        assert ends_of([start_build(folder, tmp_path / "site") for folder in sources]) in ([0, 0], [0, 4])
        assert tree(tmp_path / "site") in clean
    assert sorted(os.listdir(tmp_path)) == ["a", "b", "clean-a", "clean-b", "site"]


def ends_of(builds: list[subprocess.Popen[str]]) -> list[int]:
    for build in builds:
        build.communicate()
    return sorted(build.returncode for build in builds)


def start(code: str, output: Path) -> subprocess.Popen[str]:
    """A process that runs a line of Python with what is imported here."""
    code = f"import sys; from test_concurrency import *; {code}"
    paths = f"{environment()['PYTHONPATH']}:{Path(__file__).parent}"
    command = [sys.executable, "-c", code, str(output)]
    return subprocess.Popen(
        command, env=environment(PYTHONPATH=paths), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


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


def read_during(build: subprocess.Popen[str], output: Path, is_whole: Callable[[str, bytes], bool]) -> int:
    """What readers see while a build writes; how many pages they have read."""
    reads = 0
    while build.poll() is None and not (output / ".briefing/stage/manifest").exists():
        time.sleep(0.001)
    while build.poll() is None:
        count, wrong = read_all(output, is_whole)
        reads += count
        assert wrong == []
    _, told = build.communicate()
    assert build.returncode == 0, told
    return reads


@pytest.mark.slow
def test_readers_see_whole_pages_and_no_dead_links_during_150_quick_rebuilds(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, version(0))
    rebuilds = start("[publish(Path(sys.argv[1]), version(number)) for number in range(1, 151)]", output)
    assert read_during(rebuilds, output, lambda path, data: data.endswith(b"<p>end</p>")) > 1000
    assert visible(output) == version(150)


@pytest.mark.slow
def test_readers_see_whole_pages_and_no_dead_links_during_15_builds_of_the_demo(tmp_path: Path) -> None:
    sources, output = demo_site(tmp_path / "sources", "Title 0", "extra-0"), tmp_path / "site"
    built(sources, output)
    reads = 0
    assert "extra-0" in "".join(owned_files(output))
    for number in range(1, 16):
        (sources / f"content/pages/extra-{number - 1}.md").unlink()
        add_page(sources, f"extra-{number}")
        config = (sources / "config.yaml").read_text(encoding="utf-8")
        config = config.replace(f"Title {number - 1}\n", f"Title {number}\n")
        config = config.replace(f"extra-{number - 1}]", f"extra-{number}]")
        (sources / "config.yaml").write_text(config, encoding="utf-8")
        reads += read_during(start_build(sources, output), output, is_whole_page)
    assert reads > 0
    assert b"Title 15" in (output / "index.html").read_bytes()
    assert b"extra-15.html" in (output / "index.html").read_bytes()
    assert not any("extra-14" in path for path in owned_files(output))


def is_whole_page(path: str, data: bytes) -> bool:
    return not path.endswith(".html") or data.rstrip().endswith(b"</html>")
