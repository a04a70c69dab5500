"""How far a command is: one line on a terminal, from its second second on, which is gone when the command has ended."""

import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from shutil import get_terminal_size
from typing import TypeVar

from briefing.parallel.pool import Progress, untold

T = TypeVar("T")

# What is done by then needs no bar. Drawn more often, it would flicker.
AFTER_SECONDS, EVERY_SECONDS = 1.0, 0.1
WIDTH = 30
_ERASED = "\r\x1b[K"


@contextmanager
def progress() -> Iterator[Progress]:
    """A line while the body runs, if people look on: not in a file, a pipe, or a service that runs jobs."""
    if sys.stderr is None or not sys.stderr.isatty() or os.environ.get("CI") or os.environ.get("TERM") == "dumb":
        yield untold
        return
    bar = _Bar()
    try:
        yield bar
    finally:
        bar.erase()


class _Bar:
    """The line: what is being done, and how much of it."""

    def __init__(self) -> None:
        self._next = time.monotonic() + AFTER_SECONDS
        self._is_drawn = False

    def __call__(self, label: str, items: Iterable[T], count: int) -> Iterable[T]:
        """The items as they come; of what has none, nothing but the label is known."""
        self._draw(label, 0, count)
        return self._counted(label, items, count)

    def _counted(self, label: str, items: Iterable[T], count: int) -> Iterator[T]:
        for number, item in enumerate(items):
            self._draw(label, number, count)
            yield item

    def _draw(self, label: str, done: int, count: int) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next, self._is_drawn = now + EVERY_SECONDS, True
        full = WIDTH * done // count if count else 0
        line = f"{label}  [{'#' * full}{'-' * (WIDTH - full)}]  {done:,} of {count:,}" if count else f"{label} ..."
        self._write(_ERASED + line[: get_terminal_size().columns - 1])

    def erase(self) -> None:
        """Leave nothing behind."""
        if self._is_drawn:
            self._write(_ERASED)

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()
