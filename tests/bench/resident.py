"""A site kept in memory: how long after an edit of one file a page that shows it is right.

    python tests/bench/resident.py                  1,000 articles, 50 rounds of edits
    python tests/bench/resident.py --rounds 10 100  other numbers of rounds and articles

A site is loaded once. In each round every kind of edit is made once, in turns, each to another article; the clock runs
from the moment the file is written until the page is there. It stops if the page does not show the edit. After the last
edit of a round an address is asked for at which there is nothing.
"""

import argparse
import gc
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Protocol

sys.path.insert(0, str(Path(__file__).parent))

from corpus import write_corpus
from peers import FOLDER
from scenarios import RESIDENT_EDITS

from briefing.request import Request
from briefing.resident import Resident

ROUNDS = 50
MISSING = "an address that is missing"


class Site(Protocol):
    """What is measured."""

    def refresh(self, paths: Sequence[str]) -> None:
        """Take notice of files that have changed, by their paths in the folder."""

    def page(self, path: str) -> object:
        """A page as it is now, in bytes."""


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, help="numbers of articles (default: 1000)")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="edits of each kind (default: %(default)s)")
    arguments = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    for size in arguments.sizes or [1000]:
        with tempfile.TemporaryDirectory(dir=FOLDER, prefix="resident-") as folder:
            write_corpus(size, Path(folder))
            started = time.perf_counter()
            site = Resident(Request(Path(folder)))
            gc.freeze()  # as whoever keeps a site for long does: what stays is not looked through for cycles
            print(f"{size:,} articles, loaded in {time.perf_counter() - started:.2f} s", flush=True)
            print(table(measured(site, Path(folder), arguments.rounds)), flush=True)


def measured(site: Site, folder: Path, rounds: int) -> dict[str, list[float]]:
    """The seconds of every edit by its kind."""
    seconds: dict[str, list[float]] = {name: [] for name in (*(edit.name for edit in RESIDENT_EDITS), MISSING)}
    for number in range(1, rounds + 1):
        for edit in RESIDENT_EDITS:
            proof = edit.make(folder, number)
            assert proof, f"{edit.name} changes something"
            started = time.perf_counter()
            site.refresh([proof.file])
            page = site.page(proof.pages)
            seconds[edit.name].append(time.perf_counter() - started)
            if not (isinstance(page, bytes) and proof.shown(page.decode())):
                sys.exit(f"{edit.name}: {proof.pages} does not show `{proof.text}`")
        started = time.perf_counter()
        assert site.page(f"articles/nothing-{number}.html") is None
        seconds[MISSING].append(time.perf_counter() - started)
    return seconds


def table(seconds: dict[str, list[float]], caption: str = "one file changed, one page shown") -> str:
    """The median and the worst of each kind, in milliseconds."""
    lines = [f"| {caption} | median ms | worst ms |", "|---|--:|--:|"]
    lines += [f"| {name} | {median(each) * 1000:.0f} | {max(each) * 1000:.0f} |" for name, each in seconds.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
