"""New files of content on a disk that fails: each is whole or not there, and an article never without its text."""

from itertools import count
from pathlib import Path

import pytest

from briefing.diagnostics import EnvironmentProblem
from briefing.write.articles import write_new_files
from tests.faults.faultdisk import DEAD, ONE_ERROR, Killed, faulty_disk, lose_unsynced

ARTICLE, TEXT = "content/articles/x.md", "content/texts/x.md"
FILES = {ARTICLE: b"head\n" * 1_000, TEXT: b"words\n" * 1_000}


@pytest.mark.parametrize("fault", [*ONE_ERROR, "full", "broken", *DEAD])
def test_at_every_call_files_are_whole_or_not_there(fault: str, tmp_path: Path) -> None:
    for at in count(1):
        root = tmp_path / str(at)
        root.mkdir()
        with faulty_disk(fault, at) as faulty:
            try:
                assert write_new_files(root, FILES) is None
                has_failed = False
            except (EnvironmentProblem, Killed):
                has_failed = True
        if fault == "power":
            lose_unsynced(root, faulty)
        found = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.md") if path.is_file()}
        shown = {path: data for path, data in found.items() if "/." not in path}
        assert shown.items() <= FILES.items()
        assert TEXT in shown or ARTICLE not in shown
        assert shown or has_failed
        if fault in ONE_ERROR and has_failed:
            assert set(found) <= {TEXT} or set(found) == set(FILES)
        if len(faulty.calls) < at:
            assert "link" in faulty.calls
            break
    assert at > 15


@pytest.mark.parametrize("fault", ONE_ERROR)
def test_after_a_failure_the_same_can_be_written(fault: str, tmp_path: Path) -> None:
    with faulty_disk(fault, 5), pytest.raises(EnvironmentProblem):
        write_new_files(tmp_path, FILES)
    assert write_new_files(tmp_path, FILES) is None
