"""A site kept in memory gives, after every edit, just the pages that a build would write."""

import random
import shutil
import tempfile
from pathlib import Path

import pytest

from briefing.request import Request
from briefing.resident import Resident
from tests.edits.catalogue import any_edit
from tests.edits.editor import sources
from tests.edits.sequences import build
from tests.outputs import MEMORY, tree
from tests.samples import one_in

STEPS = 12


class Watched:
    """A site and the desk's view of it."""

    def __init__(self, root: Path, output: Path) -> None:
        self.root, self.output = root, output
        self.resident = Resident(Request(root))
        self.seen = self.good = self.states()
        self.paths: set[str] = set()

    def states(self) -> dict[str, bytes]:
        """The files of the sources with their bytes."""
        return {str(path.relative_to(self.root)): path.read_bytes() for path in sources(self.root) if path.is_file()}

    def follow(self) -> list[str]:
        """Tell the site in memory of the files that are not what they were."""
        now = self.states()
        changed = sorted({path for path, _ in now.items() ^ self.seen.items()})
        self.seen = now
        self.resident.refresh(changed)
        return changed

    def compare(self) -> bool:
        """Whether a build can be compared, where it must not differ."""
        if build(self.root, self.output).code or any(problem.severity == "error" for problem in self.resident.problems):
            return False
        written = {path: data for path, data in tree(self.output).items() if path.endswith(".html")}
        for path in sorted(written.keys() | self.paths):
            assert self.resident.page(path) == written.get(path), path
        self.paths, self.good = set(written), self.seen
        return True

    def undo(self) -> None:
        """Go back to the sources of the last good build."""
        for path in self.seen.keys() - self.good.keys():
            (self.root / path).unlink()
        for path, data in self.good.items():
            if self.seen.get(path) != data:
                (self.root / path).parent.mkdir(parents=True, exist_ok=True)
                (self.root / path).write_bytes(data)
        self.follow()


@pytest.fixture
def watched(start: Path) -> Watched:
    folder = Path(tempfile.mkdtemp(dir=MEMORY))
    shutil.copytree(start, folder / "desk")
    return Watched(folder / "desk", folder / "desk" / "site")


def follow_edits(watched: Watched, seed: int) -> int:
    """How often a build could be compared after random edits."""
    compared = int(watched.compare())
    for step in range(STEPS):
        dice = random.Random(f"{seed}/{step}")
        log = any_edit(dice, watched.root)
        changed = watched.follow()
        try:
            if watched.compare():
                compared += 1
            else:
                watched.undo()
        except AssertionError as error:
            raise AssertionError(f"seed {seed}, step {step}, {log}: {changed}: {error}") from error
    return compared


@pytest.mark.slow
def test_a_few_sequences_of_edits(watched: Watched) -> None:
    assert follow_edits(watched, 1) > 5


@pytest.mark.slow
@pytest.mark.parametrize("seed", one_in(10, range(10, 30)))
def test_sequences_of_edits(watched: Watched, seed: int) -> None:
    assert follow_edits(watched, seed) > 5
