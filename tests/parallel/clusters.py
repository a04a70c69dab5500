"""A real Dask cluster on loopback: a scheduler and workers, each a process of its own, all ended at the end."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.commands import BOUND_SECONDS, REPOSITORY, environment, wait_until

Process = subprocess.Popen[bytes]
# How long Dask waits for an answer, as it is told.
ANSWER = "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT"
PATIENT = {ANSWER: f"{BOUND_SECONDS}s"}


class DaskCluster:
    """A scheduler; `home` is the folder for all that it and its workers write."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._log = home / "scheduler.log"
        self._started = 0
        home.mkdir()
        self.scheduler = self._start("scheduler", REPOSITORY, "--port", "0", "--dashboard-address", "127.0.0.1:0")

    @property
    def address(self) -> str:
        """Where the scheduler is; empty until it is ready."""
        found = re.search(r"Scheduler at: +(tcp://[\d.:]+)", self._log.read_text())
        return found[1] if found else ""

    @contextmanager
    def workers(self, count: int, package: Path = REPOSITORY, gate: Path | None = None) -> Iterator[list[Process]]:
        """Workers of one thread, with the briefing of a folder; inside they take part, afterwards no more.

        With a gate each makes the pages of one task, and no others until that file is there.
        """
        # They end on their own, too, if nobody is left to end them.
        options = ["--no-nanny", "--nthreads", "1", "--no-dashboard", "--death-timeout", f"{BOUND_SECONDS} s"]
        if gate:
            options += ["--preload", str(Path(__file__).parent / "gate.py")]
        processes: list[Process] = []
        try:
            for _ in range(count):
                self._started += 1
                name = f"worker-{self._started}"
                folder = ("--local-directory", str(self._home / f"of-{name}"))
                processes.append(self._start(name, package, self.address, *options, *folder, GATE=str(gate)))
            self._wait_for("Register worker")
            yield processes
        finally:
            end(processes)
        self._wait_for("Remove worker")

    def _wait_for(self, words: str) -> None:
        """Wait until the scheduler has written something about every worker that there was."""
        wait_until(lambda: self._log.read_text().count(words) == self._started)

    def _start(self, name: str, package: Path, *options: str, **variables: str) -> Process:
        module = f"distributed.cli.dask_{name.partition('-')[0]}"
        command = [sys.executable, "-m", module, "--host", "127.0.0.1", *options]
        variables = environment(PYTHONPATH=str(package), **PATIENT, **variables)
        with (self._home / f"{name}.log").open("wb") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, env=variables, cwd=self._home)


@contextmanager
def dask_cluster(home: Path) -> Iterator[DaskCluster]:
    """A cluster that is ready for workers."""
    cluster = DaskCluster(home)
    try:
        wait_until(lambda: bool(cluster.address))
        yield cluster
    finally:
        end([cluster.scheduler])


def end(processes: list[Process]) -> None:
    for process in processes:
        process.kill()
    for process in processes:
        process.wait()
