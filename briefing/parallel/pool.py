"""Work in several processes: the same function over chunks of a list.

Workers of `spread` and `scattered` are forked, so they see everything made before, and only their results are sent
back; those of an executor are sent what they need. What a result is must not depend on the number of workers.
"""

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any, Protocol, TypeVar

from briefing.diagnostics import EnvironmentProblem
from briefing.interrupts import Interrupted

T = TypeVar("T")
R = TypeVar("R")
S = TypeVar("S")

# Fewer items than this are done sooner than a process is started.
WORTH_IT = 64
# So many at most are sent together, and not so many that at the end most processes wait for one.
CHUNK = 32
ROUNDS = 8
# Chunks that each worker has before it, so that it need not wait for this process.
QUEUED = 2
# Chunks that an executor has at once. More would only fill memory: one process collects the results, and it cannot
# keep up with as many workers.
AHEAD = 64
# Whoever ends all processes of a command at once may have come to the workers first.
A_MOMENT = 0.2

_function: Callable[[Any], Any] | None = None


def processors() -> int:
    """How many processes can run at once."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


class Progress(Protocol):
    """Tells people how far something is: passes on items, of which there are to be so many, as they come."""

    def __call__(self, label: str, items: Iterable[T], count: int, /) -> Iterable[T]: ...


def untold(_: str, items: Iterable[T], __: int) -> Iterable[T]:
    """No progress: nobody looks on."""
    return items


def spread(
    function: Callable[[T], R], items: Sequence[T], jobs: int, progress: Progress = untold, label: str = "Reading"
) -> Iterator[R]:
    """The function's results for all items, in their order, from up to `jobs` processes."""
    if jobs <= 1 or len(items) < WORTH_IT:
        return iter(progress(label, map(function, items), len(items)))
    results = dict(progress(label, scattered(function, items, jobs), len(items)))
    return (results.pop(number) for number in range(len(items)))


def scattered(
    function: Callable[[T], R], items: Sequence[T], jobs: int, size: int = CHUNK, least: int = WORTH_IT
) -> Iterator[tuple[int, R]]:
    """The function's results with the numbers of their items, as they come, from up to `jobs` processes.

    This process is one of them. It takes items one by one from the end, so that it can see to the others in between,
    and those take chunks of at most `size` from the beginning. So items near each other are mostly dealt with by one
    process, and half of the results need not be sent. Fewer items than `least` are left to this process.
    """
    global _function  # noqa: PLW0603 - what a forked worker inherits has to be found by name
    pool = _workers(jobs - 1) if jobs > 1 and len(items) >= least else None
    if pool is None:
        yield from enumerate(map(function, items))
        return
    size = max(1, min(size, len(items) // (jobs * ROUNDS)))
    _function = lambda chunk: [function(items[number]) for number in chunk]  # noqa: E731
    is_wanted = True
    try:
        first, last, waiting = 0, len(items), deque[tuple[range, Future[Iterable[Any]]]]()
        while waiting or first < last:
            while first < last and len(waiting) < QUEUED * (jobs - 1):
                chunk = range(first, min(first + size, last))
                waiting.append((chunk, pool.submit(_call, chunk)))
                first = chunk.stop
            if waiting and (first == last or waiting[0][1].done()):
                chunk, future = waiting.popleft()
                yield from zip(chunk, future.result(), strict=True)
            else:
                last -= 1
                yield last, function(items[last])
    except Interrupted:
        is_wanted = False  # Workers end with this process; nobody waits for what they are at.
        raise
    except BrokenExecutor as error:
        time.sleep(A_MOMENT)
        raise EnvironmentProblem(
            "a worker process ended early", "give it more memory, or run it with --jobs 1, which needs least"
        ) from error
    finally:
        pool.shutdown(wait=is_wanted, cancel_futures=True)
        _function = None


def _workers(count: int) -> Executor | None:
    """Processes that are forked when they are first needed; none where the system has no semaphores for them, as in a
    sandbox whose /dev/shm nobody may write to."""
    # Most commands after an edit do without these.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    fork = multiprocessing.get_context("fork")
    try:
        return ProcessPoolExecutor(count, fork, _end_with_parent, (os.getpid(),))
    except (OSError, ImportError, NotImplementedError):
        return None


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
        raise EnvironmentProblem("a worker process ended early", "give the workers more memory") from error
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


def _call(chunk: range) -> Iterable[Any]:
    assert _function is not None
    return _function(chunk)  # type: ignore[no-any-return]
