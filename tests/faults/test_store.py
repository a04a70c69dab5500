"""The folder of the cache: whatever stands in it, or in its place, the build is right and nothing of others changes."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from briefing.incremental import store as store_module
from briefing.incremental.cache import open_cache
from briefing.request import Request
from tests.faults.wholesite import (
    CACHE,
    FOREIGN,
    NOBODY,
    STORED,
    as_another_user,
    check_built,
    clean,
    memory,
    put,
    put_files,
    run,
    started,
    stores_of,
)
from tests.outputs import tree

pytestmark = pytest.mark.slow

Meddle = Callable[[Path], object]


@pytest.fixture
def root() -> Iterator[Path]:
    """A site that has been built; beside it are things of others, and another site."""
    with memory() as folder:
        for name in ("desk", "other"):
            put(folder / name, "old")
            assert run(folder / name).code == 0
        put_files(folder / "theirs", {"index": b"mine", "state": b"mine", "state.new": b"mine", "a/b": b"mine"})
        yield folder / "desk"


def is_believed(root: Path) -> bool:
    """Whether the next build would use anything of the cache."""
    return open_cache(Request(root), root / "site").last is not None


def gone(path: Path) -> Path:
    """The path, at which nothing is left."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
    return path


def in_place_of_cache(make: Meddle) -> Meddle:
    return lambda root: make(gone(root / CACHE))


def in_place_of_store(make: Meddle) -> Meddle:
    return lambda root: make(gone(stores_of(root)[0]))


def in_place_of(name: str, make: Meddle) -> Meddle:
    return lambda root: make(gone(stores_of(root)[0] / name))


def link_to(target: str) -> Meddle:
    """A link to something beside the site."""
    return lambda path: path.symlink_to(next(top for top in path.parents if top.name == "desk").parent / target)


def folder(path: Path) -> None:
    put_files(path, {"mine": b"mine", "index/mine": b"mine"})


def copied(root: Path) -> None:
    """As a checkout or a backup would bring it: the same bytes in other files."""
    shutil.copytree(root / CACHE, root / "copy", symlinks=True)
    gone(root / CACHE)
    (root / "copy").rename(root / CACHE)


def of_another_site(root: Path) -> None:
    """The files of another site's cache, under the names of ours."""
    ours, theirs = stores_of(root)[0], stores_of(root.parent / "other")[0]
    gone(ours)
    shutil.copytree(theirs, ours)


def moved_from_another_site(root: Path) -> None:
    """The very files of another site's cache, of an older version of the sources."""
    ours, theirs = stores_of(root)[0], stores_of(root.parent / "other")[0]
    gone(ours)
    theirs.rename(ours)


NO_USE: dict[str, Meddle] = {
    "a file": in_place_of_cache(Path.touch),
    "a pipe": in_place_of_cache(os.mkfifo),
    "a link to a folder of others": in_place_of_cache(link_to("theirs")),
    "a link to another site's": in_place_of_cache(link_to("other/.briefing")),
    "a link to the sources": in_place_of_cache(link_to("desk/content")),
    "a link to the output": in_place_of_cache(link_to("desk/site")),
    "a link to the folder above": in_place_of_cache(link_to(".")),
    "a link that leads nowhere": in_place_of_cache(link_to("nowhere")),
    "a link to itself": in_place_of_cache(lambda path: path.symlink_to(path)),
    "a folder of others": in_place_of_cache(folder),
    "the store is a file": in_place_of_store(Path.touch),
    "the store is a link to a folder of others": in_place_of_store(link_to("theirs")),
    "the store is a link that leads nowhere": in_place_of_store(link_to("nowhere")),
    "the store is a folder of others": in_place_of_store(folder),
    "the index is a pipe": in_place_of("index", os.mkfifo),
    "the index is a folder": in_place_of("index", folder),
    "the index is a link": in_place_of("index", link_to("theirs/index")),
    "the index is empty": in_place_of("index", Path.touch),
    "the state is a link": in_place_of("state", link_to("theirs/state")),
    "the state is a pipe": in_place_of("state", os.mkfifo),
    "the state is gone": lambda root: gone(stores_of(root)[0] / "state"),
    "a copy": copied,
    "a copy of another site's": of_another_site,
}


@pytest.mark.parametrize("name", NO_USE)
def test_what_is_not_the_file_that_was_written_counts_for_nothing(name: str, root: Path) -> None:
    NO_USE[name](root)
    assert not is_believed(root)
    check_builds(root)


@pytest.mark.parametrize(
    "meddle",
    [
        moved_from_another_site,
        lambda root: put_files(root, FOREIGN),
        lambda root: put_files(stores_of(root)[0], {"notes": b"mine", "mine.new": b"mine", "read-me": b"mine"}),
        lambda root: put_files(root / CACHE, {f"{number:016x}/index/mine": b"mine" for number in range(9)}),
        lambda root: put_files(root / CACHE, {f"mine-{number}/index": b"mine" for number in range(9)}),
    ],
    ids=["moved from another site", "foreign files", "foreign files in the store", "folders like ours", "many folders"],
)
def test_what_else_may_be_there_changes_nothing_and_is_not_changed(meddle: Meddle, root: Path) -> None:
    meddle(root)
    check_builds(root)
    assert is_believed(root)


def check_builds(root: Path) -> None:
    """Two builds are as clean ones are, and all that others have is as it was."""
    before, ours = tree(root.parent), [f"desk/{path.relative_to(root)}" for path in root.glob(f"{CACHE}/*")]
    put(root, "new")
    for version in ("new", "new", "edited"):
        put(root, version)
        ended = run(root)
        assert (ended.code, ended.err) == (0, "")
        check_built(root, version, {})
    after = tree(root.parent)
    theirs = {name for name in before if not name.startswith(("desk/site", "desk/content", "desk/config.yaml"))}
    replaced = {f"{store}/{name}" for store in ours for name in STORED}
    assert {name for name in theirs - replaced if before[name] != after.get(name)} == set()


def test_the_folder_keeps_four_stores_and_only_those_used_last(root: Path) -> None:
    for number in range(6):
        assert run(root, output=root.parent / f"site-{number}").code == 0
    assert len(stores_of(root)) == 4
    assert [is_kept(root, number) for number in range(6)] == [False, False, True, True, True, True]


def is_kept(root: Path, number: int) -> bool:
    return open_cache(Request(root), root.parent / f"site-{number}").last is not None


@pytest.mark.parametrize("output", [CACHE, f"{CACHE}/new", f"content/../{CACHE}"])
def test_the_folder_of_the_cache_is_no_output(output: str, root: Path) -> None:
    before = tree(root.parent)
    ended = run(root, output=root / output)
    assert ended.code == 3
    mend = "name a folder of its own: `--output FOLDER`"
    assert ended.err == f"briefing: {root / output}: the output may not be or lie in .briefing/; {mend}\n"
    assert tree(root.parent) == before


class Unreadable:
    """The module `os`, with a disk from which nothing can be read."""

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def open(self, path: Path, flags: int) -> int:
        raise OSError(errno.EIO, os.strerror(errno.EIO), path)


def test_a_cache_that_cannot_be_read_counts_for_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "os", Unreadable())
    check_builds(root)


def check_old_and_new(root: Path) -> None:
    for version in ("new", "edited"):
        put(root, version)
        ended = run(root)
        assert (ended.code, ended.err) == (0, "")
        assert tree(root / "site") == clean(version)


# What is closed, how, and whether anything can be written to the store then.
CLOSED: dict[str, tuple[str, int, bool]] = {
    "read-only": ("", 0o555, True),
    "closed": ("", 0, False),
    "store read-only": ("/*", 0o555, False),
    "store closed": ("/*", 0, False),
    "files closed": ("/*/*", 0, True),
}


@pytest.mark.parametrize("name", CLOSED)
def test_a_folder_that_cannot_be_written_or_read_makes_every_build_a_clean_one(name: str, root: Path) -> None:
    for version in ("new", "edited"):
        clean(version)  # here, as another user may not read the libraries that a first build imports
    assert as_another_user(partial(run, root), root.parent) == 0
    places, mode, is_written = CLOSED[name]
    closed = [path for path in root.glob(CACHE + places) if path.name != ".gitignore"]
    for path in closed:
        path.chmod(mode)
    kept = tree(root / CACHE)
    assert as_another_user(partial(check_old_and_new, root), root.parent) == 0
    assert (tree(root / CACHE) != kept) == is_written
    for path in (path for path in closed if path.is_dir()):
        path.chmod(0o755)


def test_a_cache_of_another_owner_counts_for_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid() == 0:
        for path in (root / CACHE, *(root / CACHE).rglob("*")):
            os.chown(path, NOBODY, NOBODY)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: NOBODY)
    before = tree(root / CACHE)
    assert not is_believed(root)
    check_builds(root)
    assert tree(root / CACHE) == before


def test_a_page_that_cannot_be_read_is_named(root: Path) -> None:
    """Not a page that is taken for unchanged, nor a traceback: it was touched, and nobody can tell how."""
    page = root / "site/index.html"
    as_another_user(partial(run, root), root.parent)

    def build() -> None:
        page.chmod(0)
        ended = run(root)
        mend = "change its permissions, or run the command as somebody who may"
        assert (ended.code, ended.err) == (3, f"briefing: {page}: permission denied; {mend}\n")
        page.chmod(0o644)
        assert run(root).out.startswith("0 files written")

    assert as_another_user(build, root.parent) == 0


def test_two_builds_at_once_into_two_outputs_keep_two_caches(root: Path) -> None:
    for number in range(6):
        version = ("new", "edited", "newer")[number % 3]
        put(root, version)
        pair = [started(root, output=root / name) for name in ("site", "site-2")]
        for build in pair:
            build.join()
        assert [build.exitcode for build in pair] == [0, 0]
        assert tree(root / "site") == tree(root / "site-2") == clean(version)
        for name in ("site", "site-2"):
            assert open_cache(Request(root), root / name).last is not None
            assert run(root, output=root / name).out.startswith("0 files written")
