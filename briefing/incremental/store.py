"""Files that are kept between commands only to save time: what cannot be proved to be as it was written is not there.

An index holds for each file the digest of its bytes and what only the file system can know of it: its inode and the
time of its last change. So nobody can bring files of their own from elsewhere, in a repository for one, and have them
believed. Nothing here ever fails: a store that cannot be read is empty, one that cannot be written stays as it was.
"""

import json
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from briefing.write.disk import Folder
from briefing.write.ownership import STATE, digest
from briefing.write.private import is_own_folder, make_own, make_private

FOLDER = STATE
INDEX, NEW = "index", ".new"
# The names of our files and folders; whatever else may be there is not ours.
_OURS = re.compile(rf"(index|state|pages|templates|once|read-[0-9]+)({re.escape(NEW)})?")
_STORE = re.compile("[0-9a-f]{16}")
# So many outputs and editions of one site are kept, those used last.
MOST = 4
# More than any site needs: what is larger was not written by us.
LARGEST = 1 << 30

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
            data = _read(self.folder / name, known)
        except (OSError, MemoryError):
            return None
        return data if digest(data) == known[0] else None

    def write(self, files: Iterable[tuple[str, bytes]], keep: Iterable[str] = ()) -> None:
        """Put the files in the place of all others but those named in `keep`."""
        with suppress(OSError), Folder(self.folder.parents[1], through_links=True) as site:
            make_private(site)
            make_own(site, self._path)
            with _tidied(site, self._path):
                # Without an index there is no store, so that a reader never takes files of two commands for one.
                if INDEX in _names(self.folder):
                    site.remove_file(f"{self._path}/{INDEX}")
                kept = {name: self.known[name] for name in keep if name in self.known}
                self.known = kept | {name: self._put(site, name, data) for name, data in files}
                for name in _names(self.folder):
                    if name not in self.known:
                        site.remove_file(f"{self._path}/{name}")
                self._put(site, INDEX, json.dumps(self.known).encode())
                _forget_oldest(site, self.folder)

    @property
    def _path(self) -> str:
        """Where it is in the site's folder."""
        return f"{FOLDER}/{self.folder.name}"

    def _put(self, site: Folder, name: str, data: bytes) -> Known:
        assert _OURS.fullmatch(name)
        new, path = f"{self._path}/{name}{NEW}", f"{self._path}/{name}"
        if os.path.lexists(self.folder / f"{name}{NEW}"):
            site.remove_file(new)
        site.write_new(new, data)
        site.replace(new, path)
        status = os.lstat(self.folder / name)
        return digest(data), status.st_ino, status.st_ctime_ns


def open_store(root: Path, name: str) -> Store:
    """The store of that name in the folder of a site."""
    folder = root / FOLDER / name
    with suppress(OSError, ValueError, RecursionError, MemoryError):
        if is_own_folder(folder.parent) and is_own_folder(folder):
            return Store(folder, _known(json.loads(_read(folder / INDEX))))
    return Store(folder)


def _known(index: object) -> dict[str, Known]:
    """What an index says of its files; ValueError for anything but what `write` puts there."""
    known: dict[str, Known] = {}
    for name, of in index.items() if isinstance(index, dict) else [("", None)]:
        match of:
            case [str(digest), int(inode), int(time)] if _OURS.fullmatch(name):
                known[name] = digest, inode, time
            case _:
                raise ValueError(f"no file of a store: {name}")
    return known


def _read(path: Path, known: Known | None = None) -> bytes:
    """The bytes of a regular file of that inode and time; OSError for any other, or for too many.

    What is no regular file could keep us waiting or lead elsewhere.
    """
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        status = os.fstat(file.fileno())
        is_it = known is None or known[1:] == (status.st_ino, status.st_ctime_ns)
        if not is_it or not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
            raise FileNotFoundError(path)
        return file.read()


@contextmanager
def _tidied(site: Folder, path: str) -> Iterator[None]:
    """Leave no half-written files behind when the disk fails."""
    try:
        yield
    except OSError:
        for name in _names(site.path / path):
            if name.endswith(NEW):
                with suppress(OSError):
                    site.remove_file(f"{path}/{name}")
        raise


def _names(folder: Path) -> list[str]:
    """The files of a store's folder that have names as we give them."""
    with suppress(OSError):
        files = (entry.name for entry in os.scandir(folder) if entry.is_file(follow_symlinks=False))
        return sorted(name for name in files if _OURS.fullmatch(name))
    return []


def _forget_oldest(site: Folder, latest: Path) -> None:
    """Remove the stores that have not been written for the longest time, if there are too many."""
    named = [folder for folder in latest.parent.iterdir() if _STORE.fullmatch(folder.name) and folder != latest]
    stores = [folder for folder in named if os.path.lexists(folder / INDEX)]
    stores.sort(key=lambda folder: os.lstat(folder / INDEX).st_mtime_ns, reverse=True)
    for folder in stores[MOST - 1 :]:
        if is_own_folder(folder):
            path = f"{FOLDER}/{folder.name}"
            for name in (INDEX, *_names(folder)):
                site.remove_file(f"{path}/{name}")
            site.remove_empty_folder(path)
