"""Builds on a disk with room for only a part of them, tried for every size. Run in a mount namespace of its own:

    unshare --mount python tests/fulldisk.py EMPTY_FOLDER

Where mounting is not permitted, files may not grow beyond a limit instead. Prints how many builds ended how.
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

from outputs import NEW, OLD, complete_tree, publish, torn, tree, visible

from briefing.diagnostics import EnvironmentProblem

Room = Callable[[Path, int], AbstractContextManager[None]]
FOREIGN = {"CNAME": b"example.org\n"}


def main(folder: Path) -> None:
    """Build with room for nothing, for one unit more... until there is enough."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=512k,nr_inodes=128", "tmpfs", str(folder)]
    is_mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    for room in (few_pages, few_files) if is_mounted else (small_files,):
        for before in ({}, OLD):
            ended = Counter(built(folder / "site", before, room, much) for much in range(40))
            print(room.__name__, "rebuild" if before else "first", *(f"{how}={ended[how]}" for how in sorted(ended)))


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
    main(Path(sys.argv[1]))
