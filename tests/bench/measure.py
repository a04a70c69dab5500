"""One command in a process of its own: how long it takes, and how much memory all its processes hold together."""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# Where the kernel tells each process's share of memory, pages shared by forked workers are counted once.
COUNTS_SHARES = Path("/proc/self/smaps_rollup").exists()
# Seconds between two looks; a look at much memory takes long itself, and must not slow the command down to a crawl.
BETWEEN_LOOKS, LOOKS_SHARE = 0.01, 0.2
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Run:
    """One run: wall seconds, and processor seconds (user and system) of all its processes."""

    wall: float
    cpu: float


class Failed(Exception):
    """The command ended with an error; the message has the end of what it printed."""


def timed(command: Sequence[str], folder: Path) -> Run:
    """Run a command in a folder, undisturbed."""
    started = time.monotonic()
    with _running(command, folder) as process:
        usage = _ended(process, 0)
        wall = time.monotonic() - started
    assert usage, "it was waited for"
    return Run(wall, usage.ru_utime + usage.ru_stime)


def peak_memory(command: Sequence[str], folder: Path) -> float:
    """Run a command in a folder; the most memory its processes held together, in MB.

    It is a run of its own because looking at a process again and again slows it down. Where the kernel does not tell
    shares (macOS), it is the memory of the largest process.
    """
    peak = 0
    with _running(command, folder) as process:
        while (usage := _ended(process, os.WNOHANG if COUNTS_SHARES else 0)) is None:
            started = time.monotonic()
            peak = max(peak, sum(_share(member) for member in _members(process.pid)))
            time.sleep(max(BETWEEN_LOOKS, (time.monotonic() - started) / LOOKS_SHARE))
    if not COUNTS_SHARES:
        peak = usage.ru_maxrss * (1024 if sys.platform == "linux" else 1)
    return peak / MEGABYTE


@contextmanager
def _running(command: Sequence[str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process in a session of its own, by which its descendants are known even when their parents have ended.

    The block waits for its end. If it is interrupted instead, the whole session is ended.
    """
    with tempfile.TemporaryFile() as printed:
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=printed, stderr=printed, start_new_session=True
        )
        try:
            yield process
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
        if process.returncode:
            last = os.pread(printed.fileno(), 2000, max(0, os.fstat(printed.fileno()).st_size - 2000))
            raise Failed(f"exit code {process.returncode}: {last.decode(errors='replace').strip()}")


def _ended(process: subprocess.Popen[bytes], options: int) -> resource.struct_rusage | None:
    """What the process and its children used, if it has ended."""
    pid, status, usage = os.wait4(process.pid, options)
    if not pid:
        return None
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage


def _members(session: int) -> Iterator[int]:
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                stat = Path("/proc", entry, "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:  # it ended meanwhile
                continue
            # The name, in parentheses, may hold anything; after it come state, parent, group, session.
            if int(stat.rpartition(")")[2].split()[3]) == session:
                yield int(entry)


def _share(process: int) -> int:
    """The bytes a process holds, each page divided by the number of processes that share it."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
