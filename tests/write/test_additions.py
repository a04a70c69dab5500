"""New files of an editor's, and changed ones: all or none on a disk that fails, each whole after a kill."""

from contextlib import suppress
from pathlib import Path

import pytest

from briefing.diagnostics import EnvironmentProblem
from briefing.write.additions import change, write_additions, write_new
from tests.faults.faultdisk import DEAD, ONE_ERROR, Killed, faulty_disk
from tests.outputs import tree

FILES = {"config.yaml": b"title: X\n" * 9, "content/articles/a.md": b"words\n" * 99, "content/b.yaml": b"b\n"}


def calls(root: Path) -> int:
    with faulty_disk("none", 0) as counted:
        write_new(root, FILES)
    return len(counted.calls)


@pytest.mark.parametrize("fault", [*ONE_ERROR, "full"])
def test_after_an_error_nothing_is_there_and_a_disk_that_works_again_makes_it(fault: str, tmp_path: Path) -> None:
    for at in range(1, calls(tmp_path / "counted") + 1):
        root = tmp_path / str(at) / "desk"
        root.parent.mkdir()
        with faulty_disk(fault, at), pytest.raises(EnvironmentProblem) as raised:
            write_new(root, FILES)
        assert "\n" not in str(raised.value)
        assert tree(root.parent) == {}, at
        write_new(root, FILES)
        assert {path: (root / path).read_bytes() for path in FILES} == FILES


@pytest.mark.parametrize("fault", ["broken", *DEAD])
def test_each_file_that_has_its_name_is_whole_whatever_happens(fault: str, tmp_path: Path) -> None:
    for at in range(1, calls(tmp_path / "counted") + 1):
        root = tmp_path / str(at)
        with faulty_disk(fault, at), suppress(Killed, EnvironmentProblem):
            write_new(root, FILES)
        found = {path: (root / path).read_bytes() for path in FILES if (root / path).exists()}
        assert found.items() <= FILES.items(), at


def test_a_file_that_another_program_makes_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    root = tmp_path / "desk"

    def make() -> None:
        (root / "content/b.yaml").write_bytes(b"theirs")

    with faulty_disk("none", calls(tmp_path / "counted") // 2, before=make), pytest.raises(EnvironmentProblem):
        write_new(root, FILES)
    assert tree(root) == {"content": b"folder", "content/b.yaml": b"theirs"}


@pytest.mark.parametrize("fault", [*ONE_ERROR, "full", *DEAD])
def test_a_changed_file_is_the_old_one_or_the_new_one(fault: str, tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    for at in range(1, 9):
        path.write_bytes(b"old")
        with faulty_disk(fault, at), suppress(Killed, EnvironmentProblem):
            change(tmp_path, "config.yaml", b"old", b"new" * 99)
        assert path.read_bytes() in (b"old", b"new" * 99)
    path.write_bytes(b"old")
    change(tmp_path, "config.yaml", b"old", b"new")
    assert path.read_bytes() == b"new"


def test_a_file_that_was_saved_meanwhile_is_left_and_nothing_else_is_made(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_bytes(b"saved")
    with pytest.raises(EnvironmentProblem, match="has just been changed by another program; try again"):
        write_additions(tmp_path, {"content/b.yaml": b"b"}, {"config.yaml": (b"old", b"new")})
    assert tree(tmp_path) == {"config.yaml": b"saved"}
