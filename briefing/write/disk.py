"""The file system calls that change something: the only ones in the program, so that tests can fail each."""

import fcntl
import os
from pathlib import Path


def make_folder(path: Path) -> None:
    """Make a folder and those above it; existing ones are fine."""
    if path.is_dir():
        return
    make_folder(path.parent)
    try:
        os.mkdir(path, 0o755)
    except FileExistsError:
        if not path.is_dir():
            raise


def write_new(path: Path, data: bytes, sync: bool = False) -> None:
    """Write a file that must not exist yet, readable by all; with `sync` it is on the disk when this returns."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
    try:
        os.fchmod(handle, 0o644)
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        if sync:
            os.fsync(handle)
    finally:
        os.close(handle)


def replace(source: Path, target: Path) -> None:
    """Move a file over another in one step, or a folder to a place that is free."""
    os.rename(source, target)


def remove_file(path: Path) -> None:
    """Remove a file or link; one that is gone already is fine."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        return


def remove_empty_folder(path: Path) -> bool:
    """Remove a folder if nothing is in it; whether it is gone."""
    try:
        os.rmdir(path)
    except OSError:
        return False
    return True


def sync_folder(path: Path) -> None:
    """Bring a folder's entries to the disk."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def lock_folder(path: Path) -> int | None:
    """A handle that holds the folder's lock until it is closed or the process ends; None if another has it."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    except OSError:
        os.close(handle)
        raise
    return handle
