"""Builds on a disk with room for only a part of them, tried for every size. Run in a mount namespace of its own:

    unshare --mount python -m tests.faults.fulldisk EMPTY_FOLDER [STEP]

With a step, whole builds with their cache are tried, for every so many sizes. Where mounting is not permitted, files
may not grow beyond a limit instead. Prints how many builds ended how.
"""

import os
import resource
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from briefing.diagnostics import EnvironmentProblem
from tests.faults.wholesite import JOURNAL, check_built, check_healed, check_site, put, run
from tests.outputs import NEW, OLD, complete_tree, publish, torn, tree, visible

Room = Callable[[Path, int], AbstractContextManager[None]]
FOREIGN = {"CNAME": b"example.org\n"}


def main(folder: Path, step: int) -> None:
    """Build with room for nothing, for one unit more... until there is enough."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m,nr_inodes=640", "tmpfs", str(folder)]
    is_mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    for room in (few_pages, few_files) if is_mounted else (small_files,):
        if step:
            for before, after in (("nothing", "old"), ("old", "new")):
                ended = Counter(
                    built_whole(folder / "desk", before, after, room, much) for much in range(0, 300, 5 * step)
                )
                show(room, before == "nothing", ended)
            continue
        for sites in ({}, OLD):
            show(room, not sites, Counter(built(folder / "site", sites, room, much) for much in range(40)))


def show(room: Room, is_first: bool, ended: Counter[str]) -> None:
    print(room.__name__, "first" if is_first else "rebuild", *(f"{how}={ended[how]}" for how in sorted(ended)))


def built_whole(root: Path, before: str, after: str, room: Room, much: int) -> str:
    """How the command ends with little room for the site and its cache. The next one gives what a clean one gives."""
    if before != "nothing":
        put(root, before)
        assert run(root).code == 0
    put(root, after)
    with room(root.parent, much):
        ended = run(root)
        assert ended.code in (0, 3)
        check_site(root, [before, after], {})
    if ended.code == 0:
        check_built(root, after, {})
    how = "done" if ended.code == 0 else "halfway" if (root / JOURNAL).exists() else "refused"
    check_healed(root, after, {})
    shutil.rmtree(root)
    assert os.listdir(root.parent) == []
    return how


def built(output: Path, before: dict[str, bytes], room: Room, much: int) -> str:
    """How a build ends with little room. The site is whole, and complete after a build with more of it."""
    foreign = FOREIGN if before else {}
    if before:
        publish(output, before)
        (output / "CNAME").write_bytes(FOREIGN["CNAME"])
    with room(output.parent, much):
        ended = _ended(output)
        assert torn(visible(output), [before, NEW], foreign) == []
    if ended == "done":
        assert tree(output) == complete_tree(NEW, foreign)
    if ended == "refused":
        assert visible(output) == before | foreign
    publish(output, NEW)
    assert tree(output) == complete_tree(NEW, foreign)
    shutil.rmtree(output)
    assert os.listdir(output.parent) == []
    return ended


def _ended(output: Path) -> str:
    try:
        publish(output, NEW)
    except EnvironmentProblem:
        return "halfway" if (output / ".briefing/journal.json").exists() else "refused"
    return "done"


@contextmanager
def few_pages(folder: Path, much: int) -> Iterator[None]:
    """A disk with so many pages of 4 KiB left."""
    ballast, free = folder / "ballast", os.statvfs(folder)
    ballast.write_bytes(b"x" * (free.f_bavail * free.f_bsize - much * 4096))
    yield
    ballast.unlink()


@contextmanager
def few_files(folder: Path, much: int) -> Iterator[None]:
    """A disk with room for so many more files and folders."""
    ballast = folder / "ballast"
    ballast.mkdir()
    for number in range(os.statvfs(folder).f_favail - much):
        (ballast / str(number)).touch()
    yield
    shutil.rmtree(ballast)


@contextmanager
def small_files(folder: Path, much: int) -> Iterator[None]:
    """A system that lets no file grow beyond so many times 64 bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (much * 64, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 0)
