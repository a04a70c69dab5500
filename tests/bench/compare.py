"""Two revisions of `briefing` on the same articles, in alternating runs: is one quicker, on whatever machine this is?

    python tests/bench/compare.py main HEAD              1,000 articles: clean builds, and builds after edits
    python tests/bench/compare.py main HEAD --size 10000 --runs 3

Each revision is checked out beside the benchmark and run from there by this Python, so what they need must be
installed. Prints medians of wall and processor seconds, and what the second takes of the first. One revision named
twice (`compare.py main main`) shows how much of a difference is noise.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent))

from bench import RUNS, Trial, cleaner, machine, take_turns
from peers import BRIEFING, FOLDER, ROOT, Tool
from scenarios import edits


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("revisions", nargs=2, metavar="REVISION", help="anything that git names a commit by")
    parser.add_argument("--size", type=int, default=1000, help="number of articles (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=RUNS, help="measured runs of each command (default: %(default)s)")
    arguments = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    print(f"{arguments.size:,} articles; {machine()}", flush=True)
    with (
        tempfile.TemporaryDirectory(dir=FOLDER, prefix="compare-") as folder,
        checked_out(arguments.revisions, Path(folder)) as trees,
    ):
        print("\n" + table(compared(trees, Path(folder), arguments.size, arguments.runs)))


@contextmanager
def checked_out(revisions: Sequence[str], folder: Path) -> Iterator[list[Path]]:
    """The sources of each revision, also of one that is named twice, in folders that are there as long as the block."""
    trees = [folder / f"tree-{place}" for place in range(len(revisions))]
    try:
        for revision, tree in zip(revisions, trees, strict=True):
            _git("worktree", "add", "--quiet", "--detach", str(tree), revision)
        yield trees
    finally:
        for tree in trees:
            if tree.exists():
                _git("worktree", "remove", "--force", str(tree))


def _git(*arguments: str) -> None:
    subprocess.run(["git", "-C", str(ROOT), *arguments], check=True)


def compared(trees: Sequence[Path], folder: Path, size: int, runs: int) -> list[list[Trial]]:
    """The trials of each command: one for each tree, which take turns."""
    tools = [tool_of(tree) for tree in trees]
    sites = [folder / f"site-{place}" for place in range(len(trees))]
    for tool, site in zip(tools, sites, strict=True):
        tool.write(size, site)
    pairs = list(zip(tools, sites, strict=True))
    clean = [[Trial(f"clean build in {site.name}", tool, site, cleaner(tool)) for tool, site in pairs]]
    _take_turns(clean, runs)
    edited = [
        [
            Trial(f"{edit.name} in {site.name}", tool, site, edit.make)
            for edit, (tool, site) in zip(kind, pairs, strict=True)
        ]
        for kind in zip(*(edits(tree / "templates") for tree in trees), strict=True)
    ]
    _take_turns(edited, runs)
    return [*clean, *edited]


def tool_of(tree: Path) -> Tool:
    """The `briefing` of a tree, run by the Python that runs this."""
    command = ["env", f"PYTHONPATH={tree}", sys.executable, "-m", "briefing", "build"]
    return replace(BRIEFING, command=lambda: command)


def _take_turns(commands: Sequence[Sequence[Trial]], runs: int) -> None:
    failed: dict[str, str] = {}
    take_turns([trial for trials in commands for trial in trials], runs, failed)
    if failed:
        sys.exit("; ".join(f"{name}: {reason}" for name, reason in failed.items()))


def table(commands: Sequence[Sequence[Trial]]) -> str:
    """Medians of the first and the second, and what the second takes of the first."""
    lines = ["| | s | s | ratio | CPU s | CPU s | ratio |", "|---|" + "--:|" * 6]
    for first, second in commands:
        cells = [cell for pair in ((first.wall, second.wall), (first.cpu, second.cpu)) for cell in _cells(*pair)]
        lines.append(f"| {first.name.rpartition(' in ')[0]} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cells(first: Sequence[float], second: Sequence[float]) -> Iterator[str]:
    before, after = median(first), median(second)
    yield f"{before:.2f}"
    yield f"{after:.2f}"
    yield f"{after / before:.2f}"


if __name__ == "__main__":
    main()
