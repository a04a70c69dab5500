"""The file system calls that change something: the only ones in the program, so that tests can fail each."""

import errno
import fcntl
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

# From this many files on, one sync of everything and then each file's own, now quick, is the faster way:
# 0.9 s instead of 2.7 s for ten thousand. Only a file's own tells whether its bytes have really arrived.
MANY = 200

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_NOT_REMOVED = (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR, errno.ELOOP, errno.EBUSY)
# What a file system says that has no second names for files.
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)


class Folder:
    """A folder that is held by a handle. Whatever is done by a path below it stays below it.

    Every folder on the way is opened from the one above it, and never through a link: nobody who puts one there at
    that moment can lead a write, a move or a removal elsewhere. OSError names the path.
    """

    def __init__(self, path: Path, through_links: bool = False) -> None:
        """Open the folder; `through_links` also where the path itself is one, as somebody has named it."""
        self.path = path
        self._handle = os.open(path, _FOLDER & ~os.O_NOFOLLOW if through_links else _FOLDER)

    def __enter__(self) -> "Folder":
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._handle)

    def make_folder(self, path: str) -> None:
        """Make a folder and those above it, open to all readers; existing ones are fine."""
        with self._named(path), ExitStack() as opened:
            handle = self._handle
            for name in path.split("/") if path else ():
                handle = _opened_folder(name, handle)
                opened.callback(os.close, handle)

    def write_new(self, path: str, data: bytes, like: os.stat_result | None = None) -> None:
        """Write a file that must not exist yet: readable by all, or with the permissions of another and, as far as we
        may, its group and owner."""
        with self._parent(path) as (folder, name):
            handle = os.open(
                name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644, dir_fd=folder
            )
            try:
                if like is not None:
                    _own(handle, like)
                os.fchmod(handle, stat.S_IMODE(like.st_mode) if like else 0o644)
                view = memoryview(data)
                while view:
                    view = view[os.write(handle, view) :]
            finally:
                os.close(handle)

    def replace(self, source: str, target: str) -> None:
        """Move a file over another in one step, or a folder to a place that is free."""
        with self._parent(target) as (folder, name), self._parent(source) as (before, old):
            os.rename(old, name, src_dir_fd=before, dst_dir_fd=folder)

    def place(self, source: str, target: str) -> None:
        """Give a file a second name, in one step, that must be free; FileExistsError where it is not.

        Where the file system has no such thing, the name is taken by an empty file first.
        """
        try:
            with self._parent(target) as (folder, name), self._parent(source) as (before, old):
                os.link(old, name, src_dir_fd=before, dst_dir_fd=folder, follow_symlinks=False)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            self.write_new(target, b"")
            self.replace(source, target)

    def remove_file(self, path: str) -> None:
        """Remove a file or link; one that is gone already is fine."""
        with suppress(FileNotFoundError), self._parent(path) as (folder, name):
            os.unlink(name, dir_fd=folder)

    def remove_empty_folder(self, path: str) -> bool:
        """Remove a folder if nothing is in it; whether it is gone."""
        try:
            with self._parent(path) as (folder, name):
                os.rmdir(name, dir_fd=folder)
        except FileNotFoundError:
            return True
        except OSError as error:
            if error.errno in _NOT_REMOVED:
                return False
            raise
        return True

    def set_mode(self, path: str, mode: int) -> None:
        """Give a folder its permissions."""
        with self._parent(path) as (folder, name):
            handle = os.open(name, _FOLDER, dir_fd=folder)
            try:
                os.fchmod(handle, mode)
            finally:
                os.close(handle)

    def entries(self, path: str) -> list[tuple[str, bool]]:
        """What is in a folder, by name, and whether it is a folder itself."""
        with self._parent(path) as (folder, name):
            handle = os.open(name, _FOLDER, dir_fd=folder)
            try:
                with os.scandir(handle) as found:
                    return sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in found)
            finally:
                os.close(handle)

    def sync(self, paths: Sequence[str]) -> None:
        """Bring the bytes of files and the entries of folders to the disk; "." is the folder itself."""
        if len(paths) >= MANY:
            os.sync()
        for path in paths:
            with self._parent(path) as (folder, name):
                handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
                try:
                    os.fsync(handle)
                except OSError as error:
                    if error.errno != errno.EINVAL:  # some network file systems have no such thing for folders
                        raise
                finally:
                    os.close(handle)

    @contextmanager
    def _parent(self, path: str) -> Iterator[tuple[int, str]]:
        """A handle of the folder that a path is in, for a while, and the last part of its name."""
        *folders, name = path.split("/")
        with self._named(path), ExitStack() as opened:
            handle = self._handle
            for folder in folders:
                handle = os.open(folder, _FOLDER, dir_fd=handle)
                opened.callback(os.close, handle)
            yield handle, name

    @contextmanager
    def _named(self, path: str) -> Iterator[None]:
        """Have errors name the whole path, of which the system was told the last part alone."""
        try:
            yield
        except OSError as error:
            error.filename, error.filename2 = str(self.path / path), None
            raise


def _own(handle: int, like: os.stat_result) -> None:
    """Give a file the group and the owner of another, as far as we may: most may do the first at best."""
    for owner in (like.st_uid, -1):
        with suppress(PermissionError):
            os.fchown(handle, owner, like.st_gid)
            return


def _opened_folder(name: str, folder: int) -> int:
    """A handle of a folder that is there, or is made."""
    with suppress(FileNotFoundError):
        return os.open(name, _FOLDER, dir_fd=folder)
    # Not chmod afterwards: that would drop an inherited group, and a kill in between would leave it closed.
    mask = os.umask(0o022)
    try:
        os.mkdir(name, 0o755, dir_fd=folder)
    finally:
        os.umask(mask)
    return os.open(name, _FOLDER, dir_fd=folder)


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
