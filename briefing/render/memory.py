"""What is known of pages that were made before, and which of them would be made just the same again.

A section would be planned as before if everything that its planner read is as it was. A page would be the same if its
plan, its templates and everything that was read while it was made are. Fingerprints tell all of that, so nothing has
to be planned or made to find out.
"""

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from briefing.model.registries import REGISTRIES
from briefing.read.content import Content
from briefing.render.links import Made
from briefing.render.maker import APART
from briefing.render.page import Page, SiteView
from briefing.render.plan import Plan
from briefing.render.templates import Templates
from briefing.render.trace import Read, Trace, fingerprint

# What no page reads or links to any more is forgotten, with all else, once it may be more than what they do.
ROOM = 1000


class Planned(NamedTuple):
    """A section as it was planned: the numbers of what was read for it, and the paths of its pages."""

    reads: bytes
    paths: tuple[str, ...]


class Before(NamedTuple):
    """A page as it was made: the fingerprint of its plan, its template, the SHA-256 of its bytes, its ids, parted by
    spaces, and the numbers of what it read and of what it links to."""

    plan: str
    template: str
    digest: str
    ids: str
    reads: bytes
    targets: bytes


@dataclass(slots=True)
class Memory:
    """The sections and pages of a build; what they read, with the fingerprints that it had, and what they link to
    stand in tables that they share.

    `facts` is the fingerprint of all records, `themes` are those of templates, and `others` the paths of assets and
    other files. It begins as the memory of the last build, whose links were right, and is that of this one in the end.
    """

    facts: str = ""
    themes: dict[str, str] = field(default_factory=dict)
    sections: dict[str, Planned] = field(default_factory=dict)
    pages: dict[str, Before] = field(default_factory=dict)
    reads: list[Read] = field(default_factory=list)
    prints: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    full: int = 0
    _last: dict[str, Before] = field(default_factory=dict)
    _changed: set[int] = field(default_factory=set)
    _read_numbers: dict[Read, int] = field(default_factory=dict)
    _target_numbers: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, data: object) -> "Memory":
        """The memory that `data` was made of; an empty one for anything else."""
        match data:
            case (
                (str(facts), dict(themes), dict(sections), dict(pages)),
                (list(reads), list(prints), list(targets), list(others), int(full)),
            ) if len(reads) + len(targets) <= 2 * full + ROOM:
                planned = {name: Planned(*section) for name, section in sections.items()}
                before = {path: Before(*page) for path, page in pages.items()}
                return cls(facts, themes, planned, before, reads, prints, targets, others, full)
        return cls()

    @property
    def data(self) -> object:
        """The memory as plain values, to be kept."""
        sections = {name: tuple(section) for name, section in self.sections.items()}
        pages = {path: tuple(page) for path, page in self.pages.items()}
        tables = self.reads, self.prints, self.targets, self.others, self.full
        return (self.facts, self.themes, sections, pages), tables

    def look(self, plan: Plan, facts: str) -> None:
        """See what has changed since, and have all sections planned that would not be planned as before.

        `facts` is the fingerprint of the records that the plan is made from.
        """
        is_same = facts == self.facts
        now = [
            before if is_same and read[0] not in APART else plan.trace.fingerprint(read)
            for read, before in zip(self.reads, self.prints, strict=True)
        ]
        self._changed = {number for number, before in enumerate(self.prints) if before != now[number]}
        self.facts, self.prints, self._last = facts, now, self.pages
        self._read_numbers = {read: number for number, read in enumerate(self.reads)}
        self._target_numbers = {target: number for number, target in enumerate(self.targets)}
        before, self.sections = self.sections, {}
        for name in plan.planners:
            section = before.get(name)
            if section is None or not self._changed.isdisjoint(_numbers(section.reads)):
                assert not plan.has(name), "what was read for it would not be known"
                with plan.trace.listening() as reads:
                    pages = plan.section(name)
                section = Planned(self._numbered(reads, plan.trace), tuple(page.path for page in pages))
            self.sections[name] = section

    def paths(self) -> list[str]:
        """The paths of all pages, in the order of the plan."""
        return [path for section in self.sections.values() for path in section.paths]

    def wanted(self, plan: Plan, templates: Templates, is_there: Callable[[str, str], bool]) -> list[Page]:
        """The pages that have to be made, in the order of the plan. All others would be just the same, and are there:
        `is_there` tells that of a path and the SHA-256 of its bytes."""
        same = {name for name, theme in self.themes.items() if theme == templates.fingerprint(name)}
        kept: dict[str, Before] = {}
        wanted: list[Page] = []
        for name, section in self.sections.items():
            planned = {page.path: page for page in plan.section(name)} if plan.has(name) else {}
            for path in section.paths:
                page = self._last.get(path)
                if (
                    page is not None
                    and page.template in same
                    and (not planned or page.plan == plan_of(planned[path]))
                    and self._changed.isdisjoint(_numbers(page.reads))
                    and is_there(path, page.digest)
                ):
                    kept[path] = page
                else:
                    planned = planned or {page.path: page for page in plan.section(name)}
                    wanted.append(planned[path])
        self.themes = {name: templates.fingerprint(name) for name in {page.template for page in kept.values()}}
        self.pages = kept
        return wanted

    def add(self, page: Page, theme: str, digest: str, made: Made, reads: Iterable[Read], trace: Trace) -> None:
        """Remember a page that has just been made; `theme` is the fingerprint of its template."""
        links = self._target_numbers
        for target in made.targets:
            if target not in links:
                links[target] = len(self.targets)
                self.targets.append(target)
        targets = array("I", [links[target] for target in made.targets]).tobytes()
        self.themes[page.template] = theme
        of_reads = self._numbered(reads, trace)
        self.pages[page.path] = Before(plan_of(page), page.template, digest, " ".join(made.ids), of_reads, targets)

    def _numbered(self, reads: Iterable[Read], trace: Trace) -> bytes:
        known = self._read_numbers
        for read in reads:
            if read not in known:
                known[read] = len(self.reads)
                self.reads.append(read)
                self.prints.append(trace.fingerprint(read))
        return array("I", [known[read] for read in reads]).tobytes()

    def finish(self, others: Iterable[str]) -> None:
        """Note the other files, and how much there is where nothing of it is waste."""
        self.others = list(others)
        self.full = self.full or len(self.reads) + len(self.targets)

    def is_new(self, path: str) -> bool:
        """Whether a page was made now."""
        return self.pages[path] is not self._last.get(path)

    def has_lost(self, files: frozenset[str]) -> bool:
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


def facts_of(content: Content) -> str:
    """The fingerprint of all records; of an article its head and its claims, but not its text."""
    files = (tuple(content.articles.values()), content.summits, content.topics, content.pages)
    registries = tuple(getattr(content, name) for name in REGISTRIES)
    return fingerprint((files, registries, content.files, content.known, content.drafts))


def plan_of(page: Page) -> str:
    """The fingerprint of what is known of a page before it is made, without its templates."""
    return fingerprint((page.template, page.make_context, page.head, page.root, _of_frame(page.frame)))


@lru_cache
def _of_frame(frame: SiteView) -> str:
    return fingerprint(frame)


def _numbers(data: bytes) -> "array[int]":
    numbers = array("I")
    numbers.frombytes(data)
    return numbers
