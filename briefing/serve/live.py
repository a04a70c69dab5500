"""A site that lives: kept in memory, followed as its files change, checked as a whole behind that, and told of."""

import hashlib
import queue
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from briefing.diagnostics import Diagnostic
from briefing.read.places import Locator
from briefing.report import report_full
from briefing.request import Request
from briefing.resident import Resident

# After so many seconds without a change the whole site is checked.
QUIET = 0.4
# So many events wait for a browser that does not take them; it asks anew when it comes back.
WAITING = 64


@dataclass(frozen=True, slots=True)
class News:
    """What browsers are told: the number of the state of the site, and what is wrong with it as the terminal has it."""

    version: int
    problems: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands at an address: its bytes, and whether it is the page for missing addresses."""

    data: bytes
    is_missing: bool = False

    @property
    def digest(self) -> str:
        """What tells it from any other."""
        return hashlib.sha256(self.data).hexdigest()[:16]


class LiveSite:
    """A site while people edit and read it. Everything may be asked from any thread."""

    def __init__(self, request: Request, check: Callable[[], str]) -> None:
        """Load the site; `check` tells everything that a build would, as the terminal has it."""
        self._request, self._check = request, check
        self._lock = threading.RLock()
        self._resident = Resident(request)
        self._version, self._behind = 1, ""
        self._listeners: list[queue.Queue[News]] = []
        self._wanted = threading.Event()
        self._stopped = threading.Event()
        self._checker = threading.Thread(target=self._check_behind, name="checker", daemon=True)

    def start(self) -> None:
        """Check the whole site, now and after every change."""
        self._wanted.set()
        self._checker.start()

    def stop(self) -> None:
        """Check no more."""
        self._stopped.set()
        self._wanted.set()
        self._checker.join(5)

    def changed(self, paths: Sequence[str]) -> None:
        """Follow files that have changed."""
        with self._lock:
            self._resident.refresh(paths)
            self._version, self._behind = self._version + 1, ""
        self._tell()
        self._wanted.set()

    def answer(self, path: str) -> Answer | None:
        """What stands at a path of the site; the page for missing addresses where nothing does."""
        with self._lock:
            found = self._resident.file(path)
            if isinstance(found, bytes):
                return Answer(found)
            if isinstance(found, Diagnostic):
                return Answer(_told([found], self._request).encode())
            missing = self._resident.file("404.html")
        return Answer(missing, is_missing=True) if isinstance(missing, bytes) else None

    @property
    def news(self) -> News:
        """How things stand."""
        with self._lock:
            problems = self._resident.problems
            return News(self._version, _told(problems, self._request) if problems else self._behind)

    def listen(self) -> "queue.Queue[News]":
        """A queue that is given all news from now on."""
        listener: queue.Queue[News] = queue.Queue(WAITING)
        with self._lock:
            self._listeners.append(listener)
        return listener

    def forget(self, listener: "queue.Queue[News]") -> None:
        """Give no more news to a queue."""
        with self._lock:
            self._listeners = [one for one in self._listeners if one is not listener]

    def _tell(self) -> None:
        news = self.news
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            try:
                listener.put_nowait(news)
            except queue.Full:
                continue

    def _check_behind(self) -> None:
        while not self._stopped.is_set():
            self._wanted.wait()
            self._wanted.clear()
            if self._stopped.wait(QUIET) or self._wanted.is_set():
                continue
            version = self._version
            told = self._check()
            with self._lock:
                is_news = version == self._version and told != self._behind
                if is_news:
                    self._behind = told
            if is_news:
                self._tell()


def _told(problems: Iterable[Diagnostic], request: Request) -> str:
    locator = Locator(request.root)
    return "\n".join(report_full([locator.located(problem) for problem in problems], locator.line))
