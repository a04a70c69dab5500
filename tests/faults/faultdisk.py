"""A disk that fails: the system calls of `briefing.write.disk` counted, and one of them made to go wrong."""

import errno
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from briefing.write import disk

CALLS = ("open", "mkdir", "write", "fchmod", "fsync", "sync", "rename", "link", "unlink", "rmdir")

ONE_ERROR = ("ENOSPC", "EIO", "EACCES")  # a single call fails
# "full" and "broken" last: no call that takes space, or none at all, works from then on.
DEAD = ("kill", "power")  # the program is gone; with the power, what was not synced is gone too. "exit" really ends it
NEEDS_SPACE = ("open", "mkdir", "write", "fsync", "rename", "link")
KILLED = 137


class Killed(BaseException):
    """The program has ended here: nothing that happens while this is on its way reaches the disk."""


@dataclass
class FaultyOs:
    """The module `os` with a fault at the call number `at`. A failing write has written half of its bytes.

    With the name of a signal for a fault, that call is done, and the signal sent to this process before it. `before` is
    done before that call, whatever the fault.

    `paths` are what the calls were about. `fsync` and `sync` only note what would be safe: with `power`, the other
    files are left empty.
    """

    fault: str
    at: int
    calls: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    unsynced: set[tuple[int, int]] = field(default_factory=set)
    before: Callable[[], object] = lambda: None

    def __getattr__(self, name: str) -> Any:
        function = getattr(os, name)
        return partial(self._call, name, function) if name in CALLS else function

    def _call(self, name: str, function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        if name == "open" and not arguments[1] & os.O_CREAT:
            return function(*arguments, **options)
        self.calls.append(name)
        self.paths.append(_path_of(arguments, options))
        if len(self.calls) == self.at:
            self.before()
        if self.fault.startswith("SIG"):
            if len(self.calls) == self.at:
                os.kill(os.getpid(), signal.Signals[self.fault])
        elif self._fails(name):
            if name == "write" and len(self.calls) == self.at:
                function(arguments[0], arguments[1][: len(arguments[1]) // 2])
            self._fail(arguments[0] if isinstance(arguments[0], Path) else None)
        return self._done(name, arguments, function, options)

    def _fails(self, name: str) -> bool:
        if self.fault == "none":
            return False
        if len(self.calls) == self.at:
            return self.fault != "full" or name in NEEDS_SPACE
        if len(self.calls) < self.at or not self.at or self.fault in ONE_ERROR:
            return False
        return self.fault != "full" or name in NEEDS_SPACE

    def _fail(self, path: Path | None) -> None:
        if self.fault == "exit":
            os._exit(KILLED)
        if self.fault in DEAD:
            raise Killed
        number = getattr(errno, {"full": "ENOSPC", "broken": "EIO"}.get(self.fault, self.fault))
        raise OSError(number, os.strerror(number), path)

    def _done(self, name: str, arguments: tuple[Any, ...], function: Callable[..., Any], options: Any) -> Any:
        if name == "sync":
            self.unsynced.clear()
            return None
        if name == "fsync":
            self.unsynced.discard(_identity(arguments[0]))
            return None
        result = function(*arguments, **options)
        if name == "open":
            self.unsynced.add(_identity(result))
        return result


def _path_of(arguments: tuple[Any, ...], options: dict[str, Any]) -> str:
    """The path that a call is about, where it is given one, in a folder that is given as a handle, or a handle."""
    folder = options.get("dir_fd", options.get("src_dir_fd"))
    if folder is not None:
        return os.path.join(os.readlink(f"/proc/self/fd/{folder}"), arguments[0])
    if not arguments:
        return ""
    return os.readlink(f"/proc/self/fd/{arguments[0]}") if isinstance(arguments[0], int) else str(arguments[0])


def _identity(handle: int) -> tuple[int, int]:
    status = os.fstat(handle)
    return status.st_dev, status.st_ino


@contextmanager
def faulty_disk(fault: str, at: int, before: Callable[[], object] = lambda: None) -> Iterator[FaultyOs]:
    """The disk of `briefing.write` with a fault; at number 0 it only counts."""
    faulty = FaultyOs(fault, at, before=before)
    with patch.object(disk, "os", faulty):
        yield faulty


@contextmanager
def short_writes(length: int) -> Iterator[None]:
    """Every write takes at most `length` bytes, as the system is free to do."""

    class ShortOs:
        def __getattr__(self, name: str) -> Any:
            return getattr(os, name)

        def write(self, handle: int, data: memoryview) -> int:
            return os.write(handle, data[:length])

    with patch.object(disk, "os", ShortOs()):
        yield


def lose_unsynced(folder: Path, faulty: FaultyOs) -> None:
    """What a power failure may do at worst: names are there, the bytes of files never synced are not."""
    for path in folder.rglob("*"):
        status = path.lstat()
        if (status.st_dev, status.st_ino) in faulty.unsynced:
            path.write_bytes(b"")
