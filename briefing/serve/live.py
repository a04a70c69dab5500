"""A site that lives: kept in memory, followed as its files change, checked as a whole behind that, and told of."""

import hashlib
import os
import threading
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum, auto
from urllib.parse import unquote

from briefing.diagnostics import Diagnostic, EnvironmentProblem
from briefing.link.site import Site
from briefing.read.articles import ArticleJob
from briefing.request import Request
from briefing.resident import Resident
from briefing.schema.fresh import write_schemas
from briefing.serve.checking import Checker
from briefing.serve.news import Board, News
from briefing.serve.problems import Told, counted_problems, counts, first, still_told, told, told_by_check

# So many pages are kept as they were when they were last right.
KEPT = 64
# What changes what pages have in them, and not the pages.
BESIDE_PAGES = ("content/media/",)


class Kind(Enum):
    """What stands at an address: something, nothing, a folder with a page in it, or what cannot be made now."""

    FOUND, MISSING, FOLDER, UNMADE = auto(), auto(), auto(), auto()


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands at a path of a state of the site. `data` of a missing one is the page for missing addresses; the
    digest tells it from any other that a browser would show otherwise."""

    kind: Kind
    version: str
    data: bytes = b""
    digest: str = ""


# Shows problems in the terminal: those that there are now, and a line after them.
Show = Callable[[Sequence[Told], str], None]


class LiveSite:
    """A site while people edit and read it. Everything may be asked from any thread."""

    def __init__(self, request: Request, show: Show, with_schemas: bool = False) -> None:
        """Load the site, and keep its schemas for editors as they should be, if it is to be `with_schemas`.
        EnvironmentProblem where its files cannot be looked at."""
        self.request, self.board, self._show, self._with_schemas = request, Board(), show, with_schemas
        self._lock = threading.RLock()
        self._run, self._number, self._beside = os.urandom(4).hex(), 1, 0
        self._pending: set[str] = set()
        self._is_lost = False
        self._kept: dict[str, Answer] = {}
        self._trouble: list[Told] = []
        self._of_pages: list[Told] = []
        self._of_check: list[Told] = []
        self._is_checked = False
        self._shown: list[Told] | None = None  # nothing has been told yet
        self._resident = Resident(request)
        self._quick = told(self._resident.problems, request.root)
        self._checker = Checker(request, self._checked)

    @property
    def version(self) -> str:
        """The name of the state of the site; another run of the server has other names."""
        return f"{self._run}.{self._number}"

    def start(self) -> None:
        """Tell how things stand, and check the whole site, now and after every change."""
        self._tell()
        self._checker.start()
        self._checker.want(self._number)

    def stop(self) -> None:
        """Check no more."""
        self._checker.stop()

    def changed(self, paths: Sequence[str]) -> None:
        """Follow files that have changed."""
        with self._lock:
            self._pending.update(paths)
            self._trouble = self._follow()
            self._number += 1
            self._beside += any(path.startswith(BESIDE_PAGES) for path in paths)
            self._of_check = still_told(self._of_check, [*self._quick, *self._of_pages], paths)
            self._quick = told(self._resident.problems, self.request.root)
            self._of_pages, self._is_checked = [], False
        self._tell()
        self._checker.want(self._number)

    def _follow(self) -> list[Told]:
        """Have the site take notice of what has changed; what was in the way."""
        try:
            if self._is_lost:
                self._resident = Resident(replace(self.request, jobs=1))
            else:
                self._resident.refresh(sorted(self._pending))
        except EnvironmentProblem as problem:
            return [Told(f"briefing: {problem}")]
        except Exception:  # whatever is wrong with us, people go on editing
            traceback.print_exc()
            self._is_lost = True
            return [Told("briefing: this is a mistake of briefing, told in the terminal; save again to read all anew")]
        self._pending.clear()
        self._is_lost = False
        return []

    def answer(self, path: str) -> Answer:
        """What stands at a path. Where a page cannot be made because of a mistake, that is its last good state."""
        with self._lock:
            kept = self._kept.get(path)
            if kept is not None and kept.version == self.version:
                return kept
            found = self._resident.file(path)
            if isinstance(found, bytes):
                return self._good(path, found)
            if isinstance(found, Diagnostic):
                self._note(found)
                return kept or self._answer(Kind.UNMADE)
            self._kept.pop(path, None)
            return self._without(path)

    def records(self) -> Site | None:
        """What the pages are made from: the site as it was when it was last without errors."""
        with self._lock:
            return self._resident.site

    def job(self, article: str) -> ArticleJob | None:
        """The files of an article, by its id."""
        with self._lock:
            return self._resident.job(article)

    def base_path(self) -> str:
        """The path of the folder that the site will stand in: ``, or such as `briefing/`."""
        _, _, path = (self._resident.base_url or "").partition("://")[2].partition("/")
        return unquote(f"{path.rstrip('/')}/") if path else ""

    def _good(self, path: str, data: bytes) -> Answer:
        answer = self._answer(Kind.FOUND, data, path)
        if path.endswith(".html"):
            self._kept.pop(path, None)
            self._kept[path] = answer
            if len(self._kept) > KEPT:
                del self._kept[next(iter(self._kept))]
        return answer

    def _without(self, path: str) -> Answer:
        """What there is where no file is."""
        if not self._resident.is_loaded:
            return self._answer(Kind.UNMADE)
        if "." not in path and isinstance(self._resident.file(f"{path}/index.html"), bytes):
            return self._answer(Kind.FOLDER)
        page = self._resident.file("404.html")
        if isinstance(page, Diagnostic):
            self._note(page)
        return self._answer(Kind.MISSING, page if isinstance(page, bytes) else b"")

    def _answer(self, kind: Kind, data: bytes = b"", path: str = ".html") -> Answer:
        beside = self._beside if path.endswith(".html") else 0
        digest = hashlib.sha256(b"%b %d " % (kind.name.encode(), beside) + data).hexdigest()[:16]
        return Answer(kind, self.version, data, digest)

    def _note(self, problem: Diagnostic) -> None:
        """Tell of a problem that was found when a page was asked for."""
        found = [one for one in told([problem], self.request.root) if one not in self._of_pages]
        self._of_pages += found
        if found:
            self._tell()

    def _checked(self, number: int, problems: str, end: str) -> None:
        with self._lock:
            if number != self._number:
                return
            self._of_check, self._is_checked = told_by_check(problems), True
            site = self._resident.site
        if self._with_schemas and site is not None:
            with suppress(EnvironmentProblem):  # the site is served all the same
                write_schemas(self.request.root, site.content)
        self._tell(end)

    def _tell(self, end: str = "") -> None:
        with self._lock:
            known = self._of_check if self._is_checked else [*self._trouble, *self._quick, *self._of_check]
            problems = list(dict.fromkeys([*known, *self._of_pages]))
            text = "\n\n".join(one.text for one in first(problems))
            has_errors = counted_problems(problems)[0] > 0
            self.board.post(News(self.version, text, counts(problems), has_errors, self._is_checked))
            # What is only gone is told by the check, which may know of more.
            if problems != self._shown and (self._is_checked or not set(problems) <= set(self._shown or ())):
                self._shown = problems
                self._show(problems, counts(problems) or end)
