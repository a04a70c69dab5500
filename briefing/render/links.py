"""Links between the made pages: every page, asset and fragment that one names is there."""

import html
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote

from briefing.diagnostics import Diagnostic, Place
from briefing.read.records import nearest
from briefing.render.page import Page

_ATTRIBUTE = re.compile(r'\s(href|src|id)="([^"]*)"')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Made:
    """A page as it is written, the ids in it, and what it links to inside the site."""

    data: bytes
    ids: tuple[str, ...]
    targets: tuple[str, ...]


def made(page: Page, text: str) -> Made:
    """The page with its ids and links. All attributes of templates are double-quoted."""
    folder = posixpath.dirname(page.path)
    ids: list[str] = []
    targets: dict[str, None] = {}
    for name, value in _ATTRIBUTE.findall(text):
        if name == "id":
            ids.append(value)
        elif value.startswith("#"):
            targets[page.path + unquote(html.unescape(value))] = None
        elif (target := _target(folder, value, page.root)) is not None:
            targets[target] = None
    return Made(text.encode(), tuple(ids), tuple(targets))


@dataclass(slots=True)
class LinkCheck:
    """What pages link to and what they offer, gathered page by page."""

    ids: dict[str, frozenset[str]] = field(default_factory=dict)
    wanted: dict[str, list[Page]] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    def add(self, page: Page, made: Made) -> None:
        """Note a page's ids and links."""
        for target in made.targets:
            self.wanted.setdefault(target, []).append(page)
        self.ids[page.path] = frozenset(made.ids)
        if len(self.ids[page.path]) < len(made.ids):
            self._twice(page, made.ids)

    def _twice(self, page: Page, ids: tuple[str, ...]) -> None:
        for id in sorted({id for id in ids if ids.count(id) > 1}):
            message = f"the id `{id}` stands twice on the page {page.path}"
            help = "rename the claim or heading it comes from, or mend the template"
            self.problems.append(Diagnostic("duplicate-id", message, Place(page.source), help))

    def finish(self, others: Iterable[str]) -> Iterator[Diagnostic]:
        """What is wrong, once all pages are added; `others` are the paths of assets and other files."""
        yield from self.problems
        files = {*self.ids, *others}
        for target, pages in sorted(self.wanted.items()):
            path, mark, fragment = target.partition("#")
            if path not in files:
                yield from _broken(pages, target, f"there is no page or file {path}", nearest(path, sorted(files)))
            elif mark and fragment and fragment not in self.ids.get(path, frozenset()):
                known = sorted(self.ids.get(path, ()))
                yield from _broken(pages, target, f"there is no `#{fragment}` on {path}", nearest(fragment, known))


@lru_cache(maxsize=4096)
def _target(folder: str, value: str, root: str | None) -> str | None:
    """The path in the site (with fragment) that a link names; None for one that leads elsewhere."""
    value = html.unescape(value)
    if _ELSEWHERE.match(value):
        return None
    path, mark, fragment = value.partition("#")
    path = unquote(path)
    if root is not None:
        path = path.removeprefix(root) or "index.html"
        return path + mark + unquote(fragment)
    return posixpath.normpath(posixpath.join(folder, path)) + mark + unquote(fragment)


def _broken(pages: list[Page], target: str, message: str, meant: str | None) -> Iterator[Diagnostic]:
    """A diagnostic for every place an author wrote the link; for one of a template, which all pages repeat, one."""
    help = f"link to {meant}" if meant else "mend the link or add what it leads to"
    written = [(page, link) for page in pages for link in page.links if link.target == target]
    for page, link in written:
        place = Place(page.source, link.line)
        yield Diagnostic("bad-link", f"{message} (linked on {page.path})", place, help)
    if not written:
        yield Diagnostic("bad-link", f"{message} (linked on {pages[0].path})", Place(pages[0].source), help)
