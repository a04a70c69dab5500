"""What is known of pages that were made before, and which of them would be made just the same again.

A page would be the same if its plan, its templates and everything that was read while it was made are. Fingerprints
tell all of that, so nothing has to be made to find out.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from briefing.render.links import Made
from briefing.render.page import Page, SiteView
from briefing.render.templates import Templates
from briefing.render.trace import Read, Trace, fingerprint

# What no page reads or links to any more is forgotten, with all else, once it may be more than what they do.
ROOM = 1000


class Before(NamedTuple):
    """A page as it was made: the fingerprint of its plan, the SHA-256 of its bytes, its ids, parted by spaces, and the
    numbers of what it read and of what it links to."""

    plan: str
    digest: str
    ids: str
    reads: bytes
    targets: bytes


@dataclass(slots=True)
class Memory:
    """The pages of a build by path; what they read, with the fingerprints that it had, and what they link to stand in
    tables that they share. `others` are the paths of assets and other files.

    It begins as that of the last build, whose links were right, and is that of this one in the end.
    """

    pages: dict[str, Before] = field(default_factory=dict)
    reads: list[Read] = field(default_factory=list)
    prints: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    full: int = 0
    _last: dict[str, Before] = field(default_factory=dict)
    _read_numbers: dict[Read, int] = field(default_factory=dict)
    _target_numbers: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, data: object) -> "Memory":
        """The memory that `data` was made of; an empty one for anything else."""
        match data:
            case (dict(pages), list(reads), list(prints), list(targets), list(others), int(full)):
                if len(reads) + len(targets) <= 2 * full + ROOM:
                    before = {path: Before(*page) for path, page in pages.items()}
                    return cls(before, reads, prints, targets, others, full)
        return cls()

    @property
    def data(self) -> object:
        """The memory as plain values, to be kept."""
        pages = {path: tuple(page) for path, page in self.pages.items()}
        return pages, self.reads, self.prints, self.targets, self.others, self.full

    def keep_same(self, plans: Mapping[str, str], trace: Trace, is_there: Callable[[str, str], bool]) -> None:
        """Forget all pages but those that would be made just the same, and are there.

        `plans` are the fingerprints of all that are wanted; `is_there` tells of a path and the SHA-256 of its bytes.
        """
        now = [trace.fingerprint(read) for read in self.reads]
        changed = {number for number, before in enumerate(self.prints) if before != now[number]}
        self.prints, self._last = now, self.pages
        self.pages = {
            path: page
            for path, page in self.pages.items()
            if plans.get(path) == page.plan and changed.isdisjoint(_numbers(page.reads)) and is_there(path, page.digest)
        }
        if not self.pages:
            self.reads, self.prints, self.targets, self.full = [], [], [], 0
        self._read_numbers = {read: number for number, read in enumerate(self.reads)}
        self._target_numbers = {target: number for number, target in enumerate(self.targets)}

    def add(self, path: str, plan: str, digest: str, made: Made, reads: Iterable[Read], trace: Trace) -> None:
        """Remember a page that has just been made."""
        known = self._read_numbers
        for read in reads:
            if read not in known:
                known[read] = len(self.reads)
                self.reads.append(read)
                self.prints.append(trace.fingerprint(read))
        links = self._target_numbers
        for target in made.targets:
            if target not in links:
                links[target] = len(self.targets)
                self.targets.append(target)
        of_reads, of_targets = array("I", [known[r] for r in reads]), array("I", [links[t] for t in made.targets])
        self.pages[path] = Before(plan, digest, " ".join(made.ids), of_reads.tobytes(), of_targets.tobytes())

    def finish(self, others: Iterable[str]) -> None:
        """Note the other files, and how much there is where nothing of it is waste."""
        self.others = list(others)
        self.full = self.full or len(self.reads) + len(self.targets)

    def is_new(self, path: str) -> bool:
        """Whether a page was made now."""
        return self.pages[path] is not self._last.get(path)

    def has_lost(self, files: set[str]) -> bool:
        """Whether something is gone that was there at the last build: any but these files, or an id on a page."""
        if not files.issuperset(self._last) or not files.issuperset(self.others):
            return True
        remade = [path for path in self.pages if path in self._last and self.is_new(path)]
        return any(not set(self.ids_of(path)).issuperset(self._last[path].ids.split()) for path in remade)

    def ids_of(self, path: str) -> list[str]:
        """The ids on a page."""
        return self.pages[path].ids.split()

    def targets_of(self, path: str) -> "array[int]":
        """The numbers, in `targets`, of what a page links to."""
        return _numbers(self.pages[path].targets)


def plan_of(page: Page, templates: Templates) -> str:
    """The fingerprint of what is known of a page before it is made."""
    frame, theme = _of_frame(page.frame), templates.fingerprint(page.template)
    return fingerprint((page.template, theme, page.make_context, page.head, page.root, frame))


@lru_cache
def _of_frame(frame: SiteView) -> str:
    return fingerprint(frame)


def _numbers(data: bytes) -> "array[int]":
    numbers = array("I")
    numbers.frombytes(data)
    return numbers
