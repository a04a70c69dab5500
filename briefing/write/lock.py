"""One build at a time for each output: a lock on the folder itself, which the kernel frees with the process."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing.diagnostics import Locked
from briefing.write import disk

WAIT_SECONDS = 10.0

_held: set[int] = set()


@contextmanager
def locked(
    output: Path,
    wait: float = WAIT_SECONDS,
    other: str = "another build is running",
    help: str = "build again when it has ended",
) -> Iterator[None]:
    """Hold the lock of `output`, or of the folder it will be made in, while the body runs. `other` and `help` are told
    where somebody else keeps it.

    Whoever makes the output moves a finished folder into place, so the folder to lock may change while we wait.
    """
    deadline = time.monotonic() + wait
    while True:
        handle = disk.lock_folder(_folder(output))
        if handle is not None and os.path.samestat(os.fstat(handle), os.stat(_folder(output))):
            break
        if handle is not None:
            os.close(handle)
        if time.monotonic() >= deadline:
            raise Locked(f"{output}: {other} (waited {wait:.0f} s)", help)
        time.sleep(0.05)
    _held.add(handle)
    try:
        yield
    finally:
        if handle in _held:
            _held.remove(handle)
            os.close(handle)


def _folder(output: Path) -> Path:
    return output if output.is_dir() else output.parent


def _let_go() -> None:
    """A forked worker must not hold the lock as well: it could outlive a build that was killed."""
    while _held:
        os.close(_held.pop())


os.register_at_fork(after_in_child=_let_go)
