"""The files that a site is made from, by their stamps: which are new, gone or not as they were."""

import os
import time
from collections.abc import Collection, Iterator
from pathlib import Path

from briefing.file_state import Stamp, is_settled
from briefing.read.content import CONFIG
from briefing.read.folders import CONTENT, TEMPLATES, URLS
from briefing.read.sources import digest

FOLDERS = (CONTENT, TEMPLATES)
# Of more paths than this it is quicker to look at everything.
MANY = 50


class States:
    """The files of a site as they were when they were last looked at. Paths are those below its folder.

    A file that was written a moment before it was looked at could be written again with the same stamp. Such files are
    *unsettled*, and are compared by their bytes once they have come to rest: no save is missed.
    """

    def __init__(self, root: Path) -> None:
        """Look at everything once."""
        self._root = str(root)
        self._stamps = dict(self._all())
        self._unsettled: dict[str, str | None] = {}

    def look(self) -> set[str]:
        """The files that have changed, of all."""
        return self._changed(set(self._stamps), dict(self._all()))

    def look_at(self, paths: Collection[str]) -> set[str]:
        """The files that have changed, of those at some paths and below them."""
        if len(paths) > MANY:
            return self.look()
        before: set[str] = set()
        now: dict[str, Stamp] = {}
        for path in paths:
            if not _is_source(path):
                continue
            if path in self._stamps:
                before.add(path)
            else:
                before.update(known for known in self._stamps if known.startswith(f"{path}/"))
            now.update(self._at(path))
        return self._changed(before, now)

    def come_to_rest(self) -> set[str]:
        """Those of the unsettled files that have been written again since they were told."""
        now = time.time_ns()
        stamps = {path: self._stamps.get(path) for path in self._unsettled}
        rested = [path for path, stamp in stamps.items() if stamp is None or is_settled(stamp, now)]
        known = {path: self._unsettled.pop(path) for path in rested}
        return {path for path, of_bytes in known.items() if self._digest(path) != of_bytes}

    def _changed(self, before: set[str], now: dict[str, Stamp]) -> set[str]:
        changed = {path for path, stamp in now.items() if self._stamps.get(path) != stamp}
        gone = before - now.keys()
        for path in gone:
            self._stamps.pop(path, None)
        self._stamps.update(now)
        moment = time.time_ns()
        for path in changed:
            if not is_settled(now[path], moment):
                self._unsettled[path] = self._digest(path)
        return changed | gone

    def _digest(self, path: str) -> str | None:
        try:
            with open(f"{self._root}/{path}", "rb") as file:
                return digest(file.read())
        except OSError:
            return None

    def _all(self) -> Iterator[tuple[str, Stamp]]:
        for path in (CONFIG, URLS, *FOLDERS):
            yield from self._at(path)

    def _at(self, path: str) -> Iterator[tuple[str, Stamp]]:
        """What is at a path and below it: files, and links as such, for they are told to be wrong."""
        try:
            status = os.lstat(f"{self._root}/{path}")
            if os.path.isdir(f"{self._root}/{path}") and not os.path.islink(f"{self._root}/{path}"):
                yield from self._below(path)
            else:
                yield path, _stamp(status)
        except OSError:  # it went while it was looked at, or nobody may look
            return

    def _below(self, folder: str) -> Iterator[tuple[str, Stamp]]:
        try:
            entries = list(os.scandir(f"{self._root}/{folder}"))
        except OSError:
            return
        for entry in entries:
            if not _is_read(entry.name):
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    yield from self._below(f"{folder}/{entry.name}")
                else:
                    yield f"{folder}/{entry.name}", _stamp(entry.stat(follow_symlinks=False))
            except OSError:
                continue


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _is_source(path: str) -> bool:
    first, *rest = path.split("/")
    return path in (CONFIG, URLS) or (first in FOLDERS and all(map(_is_read, rest)))


def _is_read(name: str) -> bool:
    """Whether a file or folder of that name is looked at: not what editors keep beside the files they save."""
    return not name.startswith(".") and not name.endswith("~")
