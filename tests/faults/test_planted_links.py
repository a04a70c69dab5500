"""Another process puts a link where a folder was, at any moment: nothing is written, moved or removed behind it."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from briefing.diagnostics import EnvironmentProblem
from tests.faults.faultdisk import faulty_disk
from tests.faults.wholesite import memory, put, put_files, run, stores_of
from tests.outputs import NEW, OLD, RESHAPED, SHAPE, Site, publish, tree
from tests.samples import one_in

pytestmark = pytest.mark.slow

NAMES = [
    *(path for site in (OLD, NEW, SHAPE, RESHAPED) for path in site),
    *(path.rpartition("/")[2] for site in (OLD, NEW, SHAPE, RESHAPED) for path in site),
    *(
        "stage/0",
        "stage/1",
        "manifest.json",
        "journal.json",
        "manifest",
        "journal",
        "0",
        "1",
        ".briefing/manifest.json",
    ),
    *("index", "state", "pages", "once", "read-0", "templates", "index.new", "state.new", ".gitignore"),
]
THEIRS: Site = {name: b"theirs" for name in NAMES if name != "notes" and not name.startswith("guide/")} | {
    "empty/empty/keep": b"theirs"
}


def planted(folder: Path, theirs: Path) -> Callable[[], None]:
    """What puts a link to a folder of others in the place of a folder, if it is there."""

    def plant() -> None:
        if folder.is_dir() and not folder.is_symlink():
            folder.rename(theirs.with_name("aside"))
            folder.symlink_to(theirs)

    return plant


FOLDERS = ["site", "site/articles", "site/archive/2020", "site/topics", "site/.briefing", "site/.briefing/stage"]
CASES = [
    *((OLD, NEW, name) for name in FOLDERS),
    (SHAPE, RESHAPED, "site/guide"),
    (SHAPE, RESHAPED, "site/notes"),
    *(({}, NEW, f".site.briefing-new{name}") for name in ("", "/articles", "/summits", "/.briefing")),
]


@pytest.mark.parametrize(("before", "after", "name"), CASES, ids=[f"{len(site)}, {name}" for site, _, name in CASES])
def test_no_move_follows_a_link_that_was_planted_at_any_call(before: Site, after: Site, name: str) -> None:
    replaced = 0
    # One at which it is only counted how many there are.
    at, calls = 0, 0
    while at <= calls:
        with memory() as folder:
            theirs = folder / "theirs"
            put_files(theirs, THEIRS)
            if before:
                publish(folder / "site", before)
            foreign = tree(theirs)
            with faulty_disk("none", at, planted(folder / name, theirs)) as faulty, suppress(EnvironmentProblem):
                publish(folder / "site", after)
            calls = max(calls, len(faulty.calls))
            replaced += (folder / name).is_symlink() or (folder / "aside").exists()
            assert tree(theirs) == foreign
            with suppress(EnvironmentProblem):
                publish(folder / "site", after)
            assert tree(theirs) == foreign
        at += 1
    assert replaced > 3


@pytest.mark.parametrize(("part", "step"), one_in(4, [("", 4), ("store", 4), ("", 1), ("store", 1)]))
def test_no_cache_is_written_behind_a_link(part: str, step: int) -> None:
    at, calls = 0, 0
    while at <= calls:
        with memory() as folder:
            root, theirs = folder / "desk", folder / "theirs"
            put_files(theirs, THEIRS)
            put(root, "old")
            assert run(root).code == 0
            put(root, "edited")
            foreign = tree(theirs)
            target = stores_of(root)[0] if part else root / ".briefing"
            with faulty_disk("none", at, planted(target, theirs)) as faulty:
                assert run(root).code == 0
            calls = max(calls, len(faulty.calls))
            assert tree(theirs) == foreign
        at += step
    assert calls > 30
