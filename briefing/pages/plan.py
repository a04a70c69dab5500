"""The plan: which sections of pages there are, and what each is made from."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, NamedTuple, Protocol

from briefing import pages
from briefing.diagnostics import Diagnostic, Location, Note, Pointer, Step
from briefing.link.lists import Lists
from briefing.model.addresses import page_of
from briefing.model.ids import caseless
from briefing.pages.page import Section

Plan = Mapping[str, Section[Any]]


class PageKind(Protocol):
    """A module of this folder that plans a kind of pages. The smaller its weight, the earlier its sections.

    `PATHS`, which it may have, are those of the pages that every site has of them, and the folders of all others that
    stand for no record.
    """

    WEIGHT: int

    def sections(self, lists: Lists) -> Iterator[Section[Any]]:
        """The sections of a site."""


def plan(lists: Lists) -> Plan:
    """The sections of a site by name, in the order of its pages."""
    return {section.name: section for kind in page_kinds() for section in kind.sections(lists)}


def sections_for(lists: Lists, path: str) -> Iterator[tuple[PageKind, Section[Any]]]:
    """The sections that may have a page at a path, each with its kind; as a rule it is one or none. Nothing is planned
    to know that."""
    for kind in page_kinds():
        of_kind = tuple(getattr(kind, "PATHS", ())) or ("",)
        for section in kind.sections(lists):
            if path.startswith(section.paths or of_kind):
                yield kind, section


def fixed_paths() -> frozenset[str]:
    """The pages that every site has, and the folders of those that come from lists."""
    return frozenset(path for kind in page_kinds() for path in getattr(kind, "PATHS", ()))


@cache
def page_kinds() -> Sequence[PageKind]:
    """The modules of the kinds of pages, in the order of their pages."""
    modules: list[Any] = [import_module(f"{pages.__name__}.{module.name}") for module in iter_modules(pages.__path__)]
    return sorted((module for module in modules if hasattr(module, "WEIGHT")), key=lambda kind: kind.WEIGHT)


def collisions(plan: Plan, paths: Sequence[str], others: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Outputs that a file system could take for one. `paths` are those of all pages of the plan; `others` maps the
    remaining outputs to their files."""
    if len({caseless(path) for path in (*paths, *others)}) == len(paths) + len(others):
        return
    seen: dict[str, _Claimant] = {}
    planned = (page for section in plan.values() for page in section.planned())
    claimants = (_Claimant(page.path, page.source, getattr(page, "way", ())) for page in planned)
    for one in [*claimants, *(_Claimant(path, source) for path, source in others.items())]:
        key = caseless(one.path)
        if key in seen and page_of(one.path) is None:  # else the pages of the records have the same problem
            yield _collision(seen[key], one)
        seen.setdefault(key, one)


class _Claimant(NamedTuple):
    """Who wants an address: a file, or what somebody wrote into it."""

    path: str
    source: str
    way: tuple[Step, ...] = ()

    @property
    def place(self) -> Location | Pointer:
        return Pointer(self.source, self.way) if self.way else Location(self.source)


def _collision(first: _Claimant, second: _Claimant) -> Diagnostic:
    """The problem, at the one that has to give way: an old address, or the editor's file and not the page that every
    site has."""
    if not second.way and (first.way or not second.source.startswith("content/")):
        first, second = second, first
    note = Note(f"{first.path} is also the address of", first.place)
    message = f"two files want the address {second.path}"
    help = "remove it here" if second.way else "rename one of them"
    return Diagnostic("output-collision", message, second.place, help, (note,))
