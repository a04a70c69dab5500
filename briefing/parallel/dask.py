"""A Dask cluster as an executor: the only module that imports Dask, and only when there is work for it."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, InvalidStateError
from contextlib import contextmanager, suppress
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from briefing.diagnostics import EnvironmentProblem
from briefing.parallel.remote import Bundle

if TYPE_CHECKING:
    from distributed import Client

LOOK = 2  # seconds between two looks at the scheduler
# What can be wrong with a cluster, and what to do.
LOST = "has lost its scheduler or all its workers", "start them and build again"
FOREIGN = "cannot take the site", "install the same briefing on all its machines"
ENDED = "has workers that end while they render", "give them more memory"
SILENT = "has not answered or had no workers for {:.0f} seconds", "see that both run, and build again"


class Cluster(Executor):
    """The executor of the cluster whose scheduler is at an address.

    It connects with the first task, because until then a build forks, and that does not go well with threads. A bundle
    is sent to every worker once, tasks name it. What fails is an EnvironmentProblem; `wait` is not heeded at the end.
    """

    def __init__(self, address: str) -> None:
        if find_spec("distributed") is None:
            raise EnvironmentProblem.of_extra("--scheduler", "dask")
        self._address = address
        self._client: Client | None = None
        self._sent: dict[str, Any] = {}
        self._waiting: set[Future[Any]] = set()
        self._over = threading.Event()

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have a task done."""
        client = self._client = self._client or self._connected()
        task: Future[Any] = Future()
        self._waiting.add(task)
        sendable = [self._sendable(value) for value in args]
        with self._telling(LOST):
            there = client.get_executor(pure=False).submit(function, *sendable, **kwargs)
        there.add_done_callback(partial(self._pass_on, task))
        return task

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; it forgets what it was given."""
        self._over.set()
        if self._client is not None:
            with suppress(OSError):
                self._client.close(timeout=_answer())

    def _connected(self) -> "Client":
        from distributed import Client

        # What Dask and asyncio have to say of lost connections are tracebacks; nothing else here logs anything.
        logging.disable(logging.CRITICAL)
        try:
            # The client itself would wait for ever for a scheduler that accepts a connection and is silent.
            if not _workers(self._address):
                raise EnvironmentProblem(f"the Dask scheduler at {self._address} has no workers", "start some")
            client = Client(self._address, timeout=_answer(), set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise EnvironmentProblem(
                f"there is no Dask scheduler to be reached at {self._address}", "start one, or mend the address"
            ) from error
        threading.Thread(target=self._watch, daemon=True).start()
        return client

    def _sendable(self, value: Any) -> Any:
        """A value as it is sent in a task: for a bundle, what names it in the cluster."""
        if not isinstance(value, Bundle):
            return value
        assert self._client is not None
        if value.key not in self._sent:
            with self._telling(FOREIGN):
                self._sent[value.key] = self._client.scatter(value, broadcast=True, hash=False)
        return self._sent[value.key]

    @contextmanager
    def _telling(self, what: tuple[str, str]) -> Iterator[None]:
        """Say `what` of the cluster where a call of Dask fails. It fails with the bare `Exception` too, so all are
        looked at; what is not of its making is raised as it is."""
        try:
            yield
        except Exception as error:
            if not _is_of_cluster(error):
                raise
            raise self._problem(what) from error

    def _pass_on(self, task: Future[Any], done: Future[Any]) -> None:
        """Tell of a task what has become of it in the cluster."""
        self._waiting.discard(task)
        # It may have been given up before.
        with suppress(InvalidStateError):
            if done.cancelled():
                task.set_exception(self._problem(LOST))
            elif error := done.exception():
                task.set_exception(self._explained(error))
            else:
                task.set_result(done.result())

    def _explained(self, error: BaseException) -> BaseException:
        from distributed.scheduler import KilledWorker

        if isinstance(error, KilledWorker):
            return self._problem(ENDED)
        if isinstance(error.__cause__ or error, ImportError):
            return self._problem(FOREIGN)
        return error

    def _watch(self) -> None:
        """Dask waits for workers, and for a scheduler that is silent, as long as it takes; a build does not."""
        seen, patience = time.monotonic(), 2 * _answer()
        silent = SILENT[0].format(patience), SILENT[1]
        while not self._over.wait(LOOK):
            with suppress(OSError):
                if _workers(self._address):
                    seen = time.monotonic()
            if time.monotonic() - seen > patience:
                for task in list(self._waiting):
                    with suppress(InvalidStateError):
                        task.set_exception(self._problem(silent))

    def _problem(self, what: tuple[str, str]) -> EnvironmentProblem:
        message, help = what
        return EnvironmentProblem(f"the Dask cluster at {self._address} {message}", help)


def _is_of_cluster(error: Exception) -> bool:
    """Whether it is of Dask's making. What other processes say reaches us as a bare `Exception`, or as they had it."""
    is_bare = type(error) is Exception
    return is_bare or isinstance(error, OSError | ImportError) or type(error).__module__.startswith("distributed.")


def _answer() -> float:
    """How many seconds an answer of the scheduler may take: what Dask is set to."""
    from dask import config
    from dask.utils import parse_timedelta

    return float(parse_timedelta(config.get("distributed.comm.timeouts.connect")))


def _workers(address: str) -> int:
    """How many workers the scheduler has. OSError if it does not answer in time."""
    from distributed import rpc
    from distributed.security import Security

    async def asked() -> int:
        async with rpc(address, connection_args=Security().get_connection_args("client")) as scheduler:
            return len((await scheduler.identity())["workers"])

    return asyncio.run(asyncio.wait_for(asked(), _answer()))
