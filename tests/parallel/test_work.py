"""Work in several processes: the same results in the same order, and nothing left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from briefing.diagnostics import EnvironmentProblem
from briefing.parallel.pool import spread
from tests.commands import wait_until

ENDLESS = """
import os, sys, time
from briefing.parallel.pool import spread
def work(item):
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep(600)
list(spread(work, list(range(100)), jobs=3))
"""


@pytest.mark.parametrize("jobs", [1, 2, 5])
@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 1000])
def test_results_come_in_the_order_of_the_items(jobs: int, count: int) -> None:
    assert list(spread(lambda item: item * item, range(count), jobs)) == [item * item for item in range(count)]


def _slow_pid(_: int) -> int:
    time.sleep(0.001)
    return os.getpid()


def test_work_is_done_in_other_processes_only_where_it_is_worth_it() -> None:
    assert set(spread(lambda _: os.getpid(), range(10), 2)) == {os.getpid()}
    assert len(set(spread(_slow_pid, range(100), 2))) == 2


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), NotImplementedError(), ImportError()])
def test_where_the_system_has_nothing_for_workers_this_process_does_it_all(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a sandbox without /dev/shm."""

    def none(*_: object) -> None:
        raise error

    monkeypatch.setattr("_multiprocessing.SemLock", none)
    monkeypatch.setattr("multiprocessing.synchronize._multiprocessing.SemLock", none)
    assert set(spread(lambda _: os.getpid(), range(100), 2)) == {os.getpid()}


def test_an_exception_in_a_worker_is_an_exception_here() -> None:
    def divide(item: int) -> float:
        return 1 / (item - 70)

    with pytest.raises(ZeroDivisionError):
        list(spread(divide, range(100), 2))


def test_a_worker_that_dies_is_told_in_one_line() -> None:
    here = os.getpid()

    def die(_: int) -> None:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(EnvironmentProblem, match="a worker process ended early"):
        list(spread(die, range(100), 2))


@pytest.fixture
def endless() -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen([sys.executable, "-c", ENDLESS], stdout=subprocess.PIPE, text=True)
    yield process
    process.kill()
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def test_workers_end_with_a_command_that_is_killed(endless: subprocess.Popen[str]) -> None:
    assert endless.stdout is not None
    workers = [int(endless.stdout.readline()) for _ in range(3)]
    endless.kill()
    endless.wait()
    wait_until(lambda: not any(map(is_alive, workers)))


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and whose parent has not looked yet does not."""
    with suppress(ProcessLookupError, FileNotFoundError), open(f"/proc/{pid}/stat") as state:
        return state.read().rpartition(")")[2].split()[0] != "Z"
    return False
