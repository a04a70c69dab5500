"""Work in several processes: the same function over chunks of a list, the results in the list's order.

Workers of `spread` are forked, so they see everything made before, and only their results are sent back; those of an
executor are sent what they need. What a result is must not depend on the number of workers.
"""

import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from briefing.diagnostics import EnvironmentProblem

T = TypeVar("T")
R = TypeVar("R")
S = TypeVar("S")

# Fewer items than this are done sooner than a process is started.
WORTH_IT = 32
# So many at most are sent together, and not so many that at the end most processes wait for one.
CHUNK = 32
ROUNDS = 8
# Chunks that an executor has at once. More would only fill memory: one process collects the results, and it cannot
# keep up with as many workers.
AHEAD = 64

_function: Callable[[Any], Any] | None = None


def processors() -> int:
    """How many processes can run at once."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def spread(function: Callable[[T], R], items: Sequence[T], jobs: int) -> Iterator[R]:
    """The function's results for all items, in their order, from up to `jobs` processes."""
    global _function  # noqa: PLW0603 - what a forked worker inherits has to be found by name
    if jobs <= 1 or len(items) < WORTH_IT:
        yield from map(function, items)
        return
    chunks = _chunks(items, jobs)
    _function = lambda index: [function(item) for item in chunks[index]]  # noqa: E731
    try:
        workers, fork = min(jobs, len(chunks)), multiprocessing.get_context("fork")
        with ProcessPoolExecutor(workers, fork, _end_with_parent, (os.getpid(),)) as pool:
            for results in pool.map(_call, range(len(chunks))):
                yield from results
    except BrokenProcessPool as error:
        raise EnvironmentProblem(
            "a worker process ended early; is there enough memory? (--jobs 1 needs least)"
        ) from error
    finally:
        _function = None


def apart(items: Sequence[T], jobs: int) -> list[T]:
    """The items in an order in which `spread` gives each process such as stand near each other here."""
    chunks = _chunks(items, jobs)
    whole, rest = chunks[: len(chunks) - 1], chunks[len(chunks) - 1 :]
    share = -(-len(whole) // max(1, jobs))
    turns = [whole[start] for first in range(share) for start in range(first, len(whole), share)]
    return [item for chunk in (*turns, *rest) for item in chunk]


def _chunks(items: Sequence[T], jobs: int) -> list[Sequence[T]]:
    size = max(1, min(CHUNK, len(items) // (jobs * ROUNDS)))
    return [items[start : start + size] for start in range(0, len(items), size)]


def spread_over(
    executor: Executor, function: Callable[[S, Sequence[T]], Iterable[R]], shared: S, items: Sequence[T]
) -> Iterator[R]:
    """What the function gives for chunks of the items, in their order; `shared` is sent along with each of them."""
    chunks = (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
    waiting: deque[Future[Iterable[R]]] = deque()
    try:
        for chunk in chunks:
            if len(waiting) == AHEAD:
                yield from waiting.popleft().result()
            waiting.append(executor.submit(function, shared, chunk))
        while waiting:
            yield from waiting.popleft().result()
    except BrokenExecutor as error:
        raise EnvironmentProblem("a worker process ended early; is there enough memory?") from error
    finally:
        for future in waiting:
            future.cancel()


def _end_with_parent(parent: int) -> None:
    """A worker of a command that was killed would wait for work for ever, and hold open what it inherited."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.2)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _call(index: int) -> Iterable[Any]:
    assert _function is not None
    return _function(index)  # type: ignore[no-any-return]
