"""Files that are kept between commands only to save time: what cannot be proved to be as it was written is not there.

An index holds for each file the digest of its bytes and what only the file system can know of it: its inode and the
time of its last change. So nobody can bring files of their own from elsewhere, in a repository for one, and have them
believed. Nothing here ever fails: a store that cannot be read is empty, one that cannot be written stays as it was.
"""

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from briefing.write import disk

FOLDER = ".briefing"
INDEX, NEW = "index", ".new"
# The names of our files and folders; whatever else may be there is not ours.
_OURS = re.compile(rf"(index|state|pages|templates|once|read-[0-9]+)({re.escape(NEW)})?")
_STORE = re.compile("[0-9a-f]{16}")
# So many outputs and editions of one site are kept, those used last.
MOST = 4
# A folder that nobody means to commit.
_IGNORE = b"*\n"

# A file of the store: the digest of its bytes, its inode and the time of its last change.
Known = tuple[str, int, int]


@dataclass(slots=True)
class Store:
    """The files below one folder, by name. `known` are those that were there when it was opened."""

    folder: Path
    known: dict[str, Known] = field(default_factory=dict)

    def read(self, name: str) -> bytes | None:
        """The bytes of a file as they were written, or None."""
        known = self.known.get(name)
        if known is None:
            return None
        try:
            data, status = _read(self.folder / name)
        except OSError:
            return None
        return data if known == (_digest(data), status.st_ino, status.st_ctime_ns) else None

    def write(self, files: Iterable[tuple[str, bytes]], keep: Iterable[str] = ()) -> None:
        """Put the files in the place of all others but those named in `keep`."""
        with suppress(OSError):
            _make_private(self.folder.parent)
            _make_own(self.folder)
            with _tidied(self.folder):
                # Without an index there is no store, so that a reader never takes files of two commands for one.
                if INDEX in _names(self.folder):
                    disk.remove_file(self.folder / INDEX)
                kept = {name: self.known[name] for name in keep if name in self.known}
                self.known = kept | {name: self._put(name, data) for name, data in files}
                for name in _names(self.folder):
                    if name not in self.known:
                        disk.remove_file(self.folder / name)
                self._put(INDEX, json.dumps(self.known).encode())
                _forget_oldest(self.folder)

    def _put(self, name: str, data: bytes) -> Known:
        assert _OURS.fullmatch(name)
        new, path = self.folder / f"{name}{NEW}", self.folder / name
        if os.path.lexists(new):
            disk.remove_file(new)
        disk.write_new(new, data)
        disk.replace(new, path)
        status = os.lstat(path)
        return _digest(data), status.st_ino, status.st_ctime_ns


def open_store(root: Path, name: str) -> Store:
    """The store of that name in the folder of a site."""
    folder = root / FOLDER / name
    try:
        if _is_own_folder(folder.parent) and _is_own_folder(folder):
            known = json.loads(_read(folder / INDEX)[0])
            return Store(
                folder, {str(name): (str(d), int(inode), int(time)) for name, (d, inode, time) in known.items()}
            )
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        pass
    return Store(folder)


def _read(path: Path) -> tuple[bytes, os.stat_result]:
    """The bytes of a regular file; of anything else, which could keep us waiting or lead elsewhere, none."""
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        status = os.fstat(file.fileno())
        return file.read() if stat.S_ISREG(status.st_mode) else b"", status


def _is_own_folder(folder: Path) -> bool:
    status = os.lstat(folder)
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid()


def _make_private(folder: Path) -> None:
    """A folder for all stores of a site, which git is to ignore."""
    _make_own(folder)
    if not os.path.lexists(folder / ".gitignore"):
        with suppress(FileExistsError):  # by a build of another output
            disk.write_new(folder / ".gitignore", _IGNORE)


def _make_own(folder: Path) -> None:
    """A folder of ours; OSError if something else is in its place, as a link that leads elsewhere."""
    if not os.path.lexists(folder):
        with suppress(FileExistsError):
            disk.make_folder(folder)
    if not _is_own_folder(folder):
        raise NotADirectoryError(folder)


@contextmanager
def _tidied(folder: Path) -> Iterator[None]:
    """Leave no half-written files behind when the disk fails."""
    try:
        yield
    except OSError:
        for name in _names(folder):
            if name.endswith(NEW):
                with suppress(OSError):
                    disk.remove_file(folder / name)
        raise


def _names(folder: Path) -> list[str]:
    """The files of a store's folder that have names as we give them."""
    with suppress(OSError):
        files = (entry.name for entry in os.scandir(folder) if entry.is_file(follow_symlinks=False))
        return sorted(name for name in files if _OURS.fullmatch(name))
    return []


def _forget_oldest(latest: Path) -> None:
    """Remove the stores that have not been written for the longest time, if there are too many."""
    named = [folder for folder in latest.parent.iterdir() if _STORE.fullmatch(folder.name) and folder != latest]
    stores = [folder for folder in named if os.path.lexists(folder / INDEX)]
    stores.sort(key=lambda folder: os.lstat(folder / INDEX).st_mtime_ns, reverse=True)
    for folder in stores[MOST - 1 :]:
        if _is_own_folder(folder):
            for name in (INDEX, *_names(folder)):
                disk.remove_file(folder / name)
            disk.remove_empty_folder(folder)


def _digest(data: bytes) -> str:
    # Of the digests that can be trusted the one for which processors have instructions.
    return hashlib.sha256(data).hexdigest()
