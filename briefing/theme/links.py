"""Links between the made pages: every page, asset and fragment that one names is there."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Protocol

from briefing.diagnostics import Diagnostic, Location
from briefing.model.frozen import frozen
from briefing.read.links import Link, as_written
from briefing.read.lookalikes import told_apart
from briefing.read.records import nearest


class Linking(Protocol):
    """A page that links: its path, the file it stands for, and the links that people wrote in that."""

    @property
    def path(self) -> str: ...

    @property
    def source(self) -> str: ...

    @property
    def links(self) -> tuple[Link, ...]: ...


class Linked(Protocol):
    """What is known of the links of pages: `targets` are all that any of them leads to."""

    targets: list[str]

    def is_new(self, path: str) -> bool:
        """Whether a page was made after all links were last found to be right."""

    def has_lost(self, files: frozenset[str]) -> bool:
        """Whether something is gone since then: any but these files, or an id on a page."""

    def ids_of(self, path: str) -> list[str]:
        """The ids on a page."""

    def targets_of(self, path: str) -> Sequence[int]:
        """The numbers, in `targets`, of what a page leads to."""


def check_links(
    paths: Sequence[str], page_at: Callable[[str], Linking], linked: Linked, others: Iterable[str]
) -> Iterator[Diagnostic]:
    """What is wrong with the ids and links of all pages. `paths` are those of the pages, `page_at` gives the page at
    one of them; `others` are the paths of assets and other files."""
    pages = frozenset(paths)
    files = pages.union(others)
    new = [path for path in paths if linked.is_new(path)]
    for path in new:
        of_page = linked.ids_of(path)
        if len(set(of_page)) < len(of_page):
            yield from _twice(page_at(path), of_page)
    ids_of = cache(lambda path: frozenset(linked.ids_of(path)) if path in pages else frozenset())
    # What other pages lead to was there, and can only be missing if something is gone.
    suspects = paths if linked.has_lost(files) else new
    wanted = set[int]().union(*(linked.targets_of(path) for path in suspects))
    for target, number in sorted((linked.targets[number], number) for number in wanted):
        path, mark, fragment = target.partition("#")
        if path not in files:
            message, meant = _missing(path), _meant(path, files)
            meant = f"{meant}#{fragment}" if meant in pages and fragment in ids_of(meant) else meant
        elif mark and fragment and fragment not in ids_of(path):
            message = f"there is no `#{fragment}` on {path}"
            meant = nearest(fragment, sorted(ids_of(path)))
            meant = f"{path}#{meant}" if meant else None
        else:
            continue
        of_target = [page_at(path) for path in paths if number in linked.targets_of(path)]
        source = page_at(page).source if (page := (meant or "").partition("#")[0]) in pages else f"content/{page}"
        yield from _broken(of_target, target, message, _Meant(meant, source) if meant else None)


@frozen
class _Meant:
    """What a link was probably to lead to, and the file it is made of."""

    target: str
    source: str


def _missing(path: str) -> str:
    return (
        f"`{path}` leads to another site without its scheme"
        if path.startswith("//")
        else f"there is no page or file {path}"
    )


def _meant(path: str, files: frozenset[str]) -> str | None:
    """The page or file that a path was probably to name: for one that ends like a folder, the list of what is in it."""
    index = f"{path}/index.html"
    return index if index in files else nearest(path, sorted(files))


def _twice(page: Linking, ids: Sequence[str]) -> Iterator[Diagnostic]:
    for id in sorted({id for id in ids if ids.count(id) > 1}):
        message = f"the id `{id}` stands twice on the page {page.path}"
        help = "rename the claim or heading it comes from, or mend the template"
        yield Diagnostic("duplicate-id", message, Location(page.source), help)


def _broken(pages: Sequence[Linking], target: str, message: str, meant: _Meant | None) -> Iterator[Diagnostic]:
    """A diagnostic for every place an author wrote the link; for one of a template, which all pages repeat, one."""
    written = [(page, link) for page in pages for link in page.links if link.target == target]
    for page, link in written:
        place = Location(page.source, link.line, link.column, link.width)
        yield Diagnostic("bad-link", f"{message} (linked on {page.path})", place, _help(meant, page, link))
    if not written:
        help = f"link to {meant.target}" if meant else "mend the link or add what it leads to"
        yield Diagnostic("bad-link", f"{message} (linked on {pages[0].path})", Location(pages[0].source), help)


def _help(meant: _Meant | None, page: Linking, link: Link) -> str:
    if link.target.startswith("//"):
        address = link.written.lstrip("/")
        return f"write `https://{address}`, or begin it with one slash if it is of this site"
    if meant is None:
        return "mend the link or add what it leads to"
    return f"write {told_apart(as_written(meant.target, meant.source, link, page.source), link.written)}"
