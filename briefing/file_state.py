"""The state of a file: what tells, without reading it, that it has not been touched."""

import os
import stat
from pathlib import Path
from typing import NamedTuple

# The kernel stamps files with a clock that lags behind by a few milliseconds; some file systems count whole seconds.
_FINE, _COARSE = 50_000_000, 2_500_000_000
_SECOND = 1_000_000_000
# Size, time of the last write, time of the last change of any kind, inode.
Stamp = tuple[int, int, int, int]


class Seen(NamedTuple):
    """A file as it was found: its stamp and the digest of its bytes."""

    stamp: Stamp
    digest: str


def stamp_of(path: Path | str) -> Stamp | None:
    """The stamp of a regular file; None for anything else."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return _stamp(status) if stat.S_ISREG(status.st_mode) else None


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def is_settled(stamp: Stamp, now: int) -> bool:
    """Whether a file with that stamp cannot be written once more without getting another one.

    A file that was written just before `now`, in nanoseconds, could be written again in the same tick of the clock.
    """
    changed = stamp[2]
    return changed < now - (_FINE if changed % _SECOND else _COARSE)
