"""Times of whole builds from nothing on generated sites: `make bench`, or `python tests/bench/bench.py 1000 10000`.

Each run is a process of its own into a new folder. Prints the median of the runs: wall and CPU seconds, the
largest process in memory, and how the time grows with the number of articles.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from corpus import write_corpus

RUNS = 3


@dataclass(frozen=True)
class Run:
    """One build: wall and CPU seconds, and the peak memory of its largest process in MB."""

    wall: float
    cpu: float
    memory: float


def timed_build(site: Path) -> Run:
    """Build a site from nothing in a new process."""
    shutil.rmtree(site / "site", ignore_errors=True)
    command = [sys.executable, "-m", "briefing", "-C", str(site), "build"]
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"the build of {site} failed")
    return Run(wall, usage.ru_utime + usage.ru_stime, _megabytes(usage))


def _megabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)


def main(sizes: list[int]) -> None:
    """Build a corpus of each size and print a table."""
    print(f"Python {sys.version.split()[0]}, {len(os.sched_getaffinity(0))} processors, median of {RUNS} runs")
    print(f"{'articles':>9} {'wall s':>8} {'CPU s':>8} {'peak MB':>8} {'ms each':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            site = Path(folder) / str(size)
            write_corpus(size, site)
            runs = [timed_build(site) for _ in range(RUNS)]
            wall, cpu = (statistics.median(getattr(run, name) for run in runs) for name in ("wall", "cpu"))
            memory = max(run.memory for run in runs)
            print(f"{size:>9,} {wall:>8.2f} {cpu:>8.2f} {memory:>8.0f} {wall / size * 1000:>8.2f}", flush=True)


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [1000, 2000, 4000])
