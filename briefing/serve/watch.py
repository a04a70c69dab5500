"""Which files of a site have changed, been added or gone: by their stamps, so that no save is missed."""

import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from briefing.file_state import Stamp, stamp_of
from briefing.read.content import CONFIG
from briefing.read.folders import CONTENT, TEMPLATES

# Looking is a twentieth of the time at most, and happens at least so often in seconds.
SHARE, LEAST, MOST = 20, 0.05, 2.0

Changed = Callable[[list[str]], None]


class Watcher:
    """Looks at the files of a site, and tells those that are not as they were."""

    def __init__(self, root: Path, changed: Changed) -> None:
        self._root, self._changed = root, changed
        self._states = states(root)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watcher", daemon=True)

    def start(self) -> None:
        """Look from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()
        self._thread.join(5)

    def look(self) -> list[str]:
        """The paths of files that differ from the last look."""
        now = states(self._root)
        found = differing(self._states, now)
        self._states = now
        return found

    def _watch(self) -> None:
        pause = LEAST
        while not self._stopped.wait(pause):
            started = time.perf_counter()
            found = self.look()
            pause = min(max((time.perf_counter() - started) * SHARE, LEAST), MOST)
            if found:
                self._changed(found)


def states(root: Path) -> dict[str, Stamp]:
    """The stamps of all files that a site is made from, by their paths below its folder."""
    found: dict[str, Stamp] = {}
    stamp = stamp_of(f"{root}/{CONFIG}")
    if stamp is not None:
        found[CONFIG] = stamp
    for folder in (CONTENT, TEMPLATES):
        found.update(_below(f"{root}/{folder}", folder))
    return found


def _below(folder: str, path: str) -> Iterator[tuple[str, Stamp]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:  # it went while it was looked at
        return
    for entry in entries:
        name = f"{path}/{entry.name}"
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path, name)
        elif (stamp := stamp_of(entry.path)) is not None:
            yield name, stamp


def differing(before: Mapping[str, Stamp], now: Mapping[str, Stamp]) -> list[str]:
    """The paths that are new, gone or have another stamp."""
    changed = {path for path, stamp in now.items() if before.get(path) != stamp}
    return sorted(changed | (before.keys() - now.keys()))
