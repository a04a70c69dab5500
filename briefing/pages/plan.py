"""The plan: which sections of pages there are, and what each is made from."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Protocol

from briefing import pages
from briefing.diagnostics import Diagnostic, Location, Note
from briefing.link.lists import Lists
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
    seen: dict[str, tuple[str, str]] = {}
    planned = (page for section in plan.values() for page in section.planned())
    for path, source in [*((page.path, page.source) for page in planned), *others.items()]:
        key = caseless(path)
        if key in seen:
            first, second = seen[key], (path, source)
            if not source.startswith("content/"):
                first, second = second, first  # The editor's file has to give way, not the page that every site has.
            note = Note(f"{first[0]} is also the address of", Location(first[1]))
            message = f"two files want the address {second[0]}"
            yield Diagnostic("output-collision", message, Location(second[1]), "rename one of them", (note,))
        seen.setdefault(key, (path, source))
