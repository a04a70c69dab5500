"""One build at a time for each output: a lock on the folder itself, which the kernel frees with the process."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing.diagnostics import Locked
from briefing.write import disk

WAIT_SECONDS = 10.0


@contextmanager
def locked(output: Path, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the lock of `output`, or of the folder it will be made in, while the body runs.

    Whoever makes the output moves a finished folder into place, so the folder to lock may change while we wait.
    """
    deadline = time.monotonic() + wait
    while True:
        folder = output if output.is_dir() else output.parent
        handle = disk.lock_folder(folder)
        if handle is not None and _is_still(handle, output if output.is_dir() else output.parent):
            break
        if handle is not None:
            os.close(handle)
        elif time.monotonic() >= deadline:
            raise Locked(f"{folder}: another build is running (waited {wait:.0f} s)")
        time.sleep(0.05)
    try:
        yield
    finally:
        os.close(handle)


def _is_still(handle: int, folder: Path) -> bool:
    """Whether the locked folder is the one to lock now."""
    try:
        return os.path.samestat(os.fstat(handle), os.stat(folder))
    except FileNotFoundError:
        return False
