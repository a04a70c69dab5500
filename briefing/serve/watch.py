"""When to look at the files of a site: at once where the system notifies of changes, and every now and then anyway."""

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from briefing.read.content import CONFIG
from briefing.serve.states import FOLDERS, States

# Seconds between two looks at the files that are likely to change; how many of those that have changed last are.
TICK, RECENT = 0.05, 32
# To look at all files takes a tenth of the time at most, and happens at least so often in seconds; seldom where
# notifications come.
SHARE, LONGEST, NOTIFIED = 10, 2.0, 5.0
# A file is told once it has stayed the same for so long, in seconds; but one that is written on and on, after so many.
REST, MOST_RESTS = 0.01, 20
# A change that is older, in nanoseconds, would have been notified of.
_LATE = 1_000_000_000
_MILLISECONDS = 1_000

Changed = Callable[[list[str]], None]


class Watcher:
    """Looks at the files of a site in a thread, and tells the paths of those that are not as they were. `is_notified`:
    whether the system tells of changes, as far as is known."""

    def __init__(self, root: Path, changed: Changed, with_notifications: bool = True) -> None:
        """Whatever changes from now on will be told. Without notifications files are only looked at."""
        self._root, self._changed = Path(os.path.realpath(root)), changed
        self._states = States(self._root)
        self._recent: deque[str] = deque(maxlen=RECENT)
        self.is_notified = with_notifications and _has_notifications()
        self._cost, self._looked = 0.0, time.monotonic()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watcher", daemon=True)

    def start(self) -> None:
        """Look from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(5)

    def _watch(self) -> None:
        for hinted in self._hints():
            found = self._states.look_at({*hinted, *self._recent, CONFIG}) | self._states.come_to_rest()
            if time.monotonic() - self._looked > self._pause():
                found |= self._looked_at_all()
            if found:
                self._tell(found)

    def _tell(self, found: set[str]) -> None:
        """Tell what has changed once nobody is writing any more."""
        for _ in range(MOST_RESTS):
            if self._stopped.wait(REST):
                return
            again = self._states.look_at(found)
            if not again:
                break
            found |= again
        for path in found:
            with suppress(ValueError):
                self._recent.remove(path)
            self._recent.append(path)
        self._changed(sorted(found))

    def _looked_at_all(self) -> set[str]:
        started = time.monotonic()
        found = self._states.look()
        self._looked = time.monotonic()
        self._cost = self._looked - started
        if self.is_notified and any(map(self._is_late, found)):
            self.is_notified = False  # a disk of another machine, as a rule
        return found

    def _is_late(self, path: str) -> bool:
        try:
            return os.lstat(self._root / path).st_ctime_ns < time.time_ns() - _LATE
        except OSError:
            return False

    def _pause(self) -> float:
        """Seconds from one look at all files to the next."""
        pause = min(max(self._cost * SHARE, TICK), LONGEST)
        return max(pause, NOTIFIED) if self.is_notified else pause

    def _hints(self) -> Iterator[set[str]]:
        """At every tick, or sooner, the paths that the system has notified of."""
        while not self._stopped.is_set():
            folders = self._folders()
            if self.is_notified and folders:
                self._looked = 0.0  # what happened since the last look was not notified of
                with suppress(OSError, RuntimeError):
                    yield from self._notified(folders)
                    continue
                self.is_notified = False  # the system has no more to give, or never had
            yield set()
            self._stopped.wait(TICK)

    def _notified(self, folders: dict[str, int]) -> Iterator[set[str]]:
        """The hints of the system, as long as these folders are those that there are."""
        from watchfiles import watch

        changes = watch(
            *folders,
            watch_filter=None,
            debounce=int(TICK * _MILLISECONDS),
            step=int(REST * _MILLISECONDS),
            rust_timeout=int(TICK * _MILLISECONDS),
            yield_on_timeout=True,
            stop_event=self._stopped,
            raise_interrupt=False,
            force_polling=False,  # which misses saves; we look better ourselves
            ignore_permission_denied=True,
        )
        for some in changes:
            yield {os.path.relpath(path, self._root) for _, path in some}
            if self._folders() != folders:
                return

    def _folders(self) -> dict[str, int]:
        """The folders to be notified of, each with its number on the disk."""
        found = {}
        for name in FOLDERS:
            with suppress(OSError):
                path = os.path.join(self._root, name)
                if os.path.isdir(path) and not os.path.islink(path):
                    found[path] = os.lstat(path).st_ino
        return found


def _has_notifications() -> bool:
    try:
        import watchfiles  # noqa: F401
    except ImportError:
        return False
    return True
