"""What is known of pages that were made before, and which sections have to be planned again.

A section would be planned as before if its arguments have the same digest, and its pages would be the same if their
templates are as well. So nothing has to be planned or made to find out.
"""

from array import array
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from briefing.pages.page import Section
from briefing.pages.plan import Plan
from briefing.theme.assets import Names
from briefing.theme.fragments import Kept
from briefing.theme.rendering import NO_TEMPLATE, Keys, RenderedPage

# What no page links to any more is forgotten, with all else, once it may be more than what they do.
SPARE_TARGETS = 1000


class SectionState(NamedTuple):
    """A section as it was planned: its key, that of its text, and its pages by path with their templates."""

    key: bytes
    text: bytes
    pages: dict[str, str]


class PageState(NamedTuple):
    """A page as it was made: its keys, the SHA-256 of its bytes, its ids, parted by spaces, and the numbers of what it
    links to."""

    keys: Keys
    digest: str
    ids: str
    targets: bytes


@dataclass(slots=True)
class PageCache:
    """The sections and pages of a build. It begins as that of the last build, whose links were right.

    `facts` is the digest of all records, `theme` that of what all pages have in common, `templates` are those of
    templates, `targets` what pages link to, `others` the paths of assets and other files, `names` those that pages have
    of assets, `kept` the digests of what is shown of each article, and `promised` that of the addresses which were
    promised, and found. `twice` are paths that this build has found to be those of two pages.
    """

    facts: bytes = b""
    theme: bytes = b""
    templates: dict[str, bytes] = field(default_factory=dict)
    sections: dict[str, SectionState] = field(default_factory=dict)
    pages: dict[str, PageState] = field(default_factory=dict)
    targets: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    names: Names = field(default_factory=dict)
    kept: Kept = field(default_factory=dict)
    full: int = 0
    promised: bytes = b""
    twice: list[str] = field(default_factory=list)
    _last: dict[str, PageState] = field(default_factory=dict)
    _new: set[str] = field(default_factory=set)
    _numbers: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, data: object) -> "PageCache":
        """The cache that `data` was made of; an empty one for anything else."""
        match data:
            case (
                (bytes(facts), bytes(theme), dict(templates)),
                (dict(sections), dict(pages), dict(kept)),
                (list(targets), list(others), dict(names), int(full)),
                bytes(promised),
            ) if len(targets) <= 2 * full + SPARE_TARGETS:
                states = {name: SectionState(*section) for name, section in sections.items()}
                before = {path: PageState(Keys(*keys), *page) for path, (keys, *page) in pages.items()}
                return cls(facts, theme, templates, states, before, targets, others, names, kept, full, promised)
        return cls()

    @property
    def data(self) -> object:
        """The cache as plain values, to be kept."""
        sections = {name: tuple(section) for name, section in self.sections.items()}
        pages = {path: (tuple(page.keys), *page[1:]) for path, page in self.pages.items()}
        head = self.facts, self.theme, self.templates
        return head, (sections, pages, self.kept), (self.targets, self.others, self.names, self.full), self.promised

    @property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of all pages by path."""
        return {path: page.digest for path, page in self.pages.items()}

    def outdated(
        self,
        plan: Plan,
        facts: bytes,
        theme: bytes,
        digest_of: Callable[[str], bytes],
        there: Set[str],
    ) -> list[Section[Any]]:
        """The sections that have to be planned again; the pages of all others are kept.

        `facts` is the digest of the records that the plan is made from, `theme` that of what all pages have in common;
        `digest_of` gives that of a template, and `there` are the paths of the pages whose files are as they were.
        """
        are_same, before = facts == self.facts, self.sections
        same = {name for name, digest in self.templates.items() if digest == digest_of(name)}
        if theme != self.theme:
            same = set()
        same.add(NO_TEMPLATE)
        found: list[Section[Any]] = []
        self._last, self.pages, self.sections = self.pages, {}, {}
        self._numbers = dict(zip(self.targets, range(len(self.targets)), strict=True))
        for name, section in plan.items():
            last = before.get(name)
            key = last.key if last is not None and are_same else section.key()
            if (
                last is not None
                and (last.key, last.text) == (key, section.text)
                and same.issuperset(last.pages.values())
                and there >= last.pages.keys()
            ):
                self.sections[name] = last
                self.pages.update((path, self._last[path]) for path in last.pages)
            else:
                self.sections[name] = SectionState(key, section.text, {})
                found.append(section)
        self.facts, self.theme = facts, theme
        return found

    def keys(self, there: Set[str]) -> dict[str, Keys]:
        """The keys of those pages of outdated sections whose files are there."""
        return {path: self._last[path].keys for path in there - self.pages.keys()}

    def add(self, section: str, page: RenderedPage, digest: str) -> None:
        """Remember a page that has just been made, with the SHA-256 of its bytes."""
        numbers = self._numbers
        for target in page.targets:
            if target not in numbers:
                numbers[target] = len(self.targets)
                self.targets.append(target)
        targets = array("I", [numbers[target] for target in page.targets]).tobytes()
        self._new.add(page.path)
        self._put(section, page, PageState(page.keys, digest, " ".join(page.ids), targets))

    def add_same(self, section: str, page: RenderedPage) -> None:
        """Remember a page that would be made just as it was."""
        state = self._last[page.path]
        self._put(section, page, state if state.keys is page.keys else state._replace(keys=page.keys))

    def put_digest(self, path: str, digest: str) -> None:
        """Note the SHA-256 of a page that is as it was but for the names of assets."""
        self.pages[path] = self.pages[path]._replace(digest=digest)

    def add_collision(self, section: str, page: RenderedPage) -> None:
        """Note a page at a path that another file has already, perhaps one of the same section."""
        self.sections[section].pages[page.path] = page.template
        self.twice.append(page.path)

    def _put(self, section: str, page: RenderedPage, state: PageState) -> None:
        self.sections[section].pages[page.path] = page.template
        self.pages[page.path] = state

    def finish(self, others: Iterable[str], digest_of: Callable[[str], bytes], kept: Kept) -> None:
        """Note the other files, the templates and what is shown of articles, and how much there is where nothing of it
        is waste."""
        self.others, self.kept = list(others), kept
        names = {name for section in self.sections.values() for name in section.pages.values()} - {NO_TEMPLATE}
        self.templates = {name: digest_of(name) for name in sorted(names)}
        self.full = self.full or len(self.targets)

    def paths(self) -> list[str]:
        """The paths of all pages, in the order of the plan."""
        return [path for section in self.sections.values() for path in section.pages]

    def made_with(self, template: str) -> frozenset[str]:
        """The paths of the pages that a template makes."""
        pages = (section.pages.items() for section in self.sections.values())
        return frozenset(path for of in pages for path, name in of if name == template)

    def section_of(self, path: str) -> str:
        """The name of the section that a page is in."""
        return next(name for name, section in self.sections.items() if path in section.pages)

    def is_new(self, path: str) -> bool:
        """Whether a page was made now."""
        return path in self._new

    def has_lost(self, files: frozenset[str]) -> bool:
        """Whether something is gone that was there at the last build: any but these files, or an id on a page."""
        if not files.issuperset(self._last) or not files.issuperset(self.others):
            return True
        remade = [path for path in self.pages if path in self._last and self.is_new(path)]
        return any(not set(self.ids_of(path)).issuperset(self._last[path].ids.split()) for path in remade)

    def digest_of(self, path: str) -> str:
        """The SHA-256 of the bytes of a page."""
        return self.pages[path].digest

    def shown_on(self, path: str) -> bytes:
        """What tells all that a page shows from anything else; not under which names its assets are published."""
        return self.pages[path].keys.context

    def ids_of(self, path: str) -> list[str]:
        """The ids on a page."""
        return self.pages[path].ids.split()

    def targets_of(self, path: str) -> "array[int]":
        """The numbers, in `targets`, of what a page links to."""
        numbers = array("I")
        numbers.frombytes(self.pages[path].targets)
        return numbers
