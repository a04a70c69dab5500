"""The links that people wrote, looked at without pages: for a run in which something else is wrong.

Only what is certain is told. A link to what could not be read, or to a page that comes from lists, is left to a run in
which the pages are made.
"""

import posixpath
from collections.abc import Iterable, Iterator, Sequence, Set

from briefing.diagnostics import Diagnostic, Pointer
from briefing.model.addresses import FOLDERS, content_page, page_path
from briefing.model.frozen import frozen
from briefing.model.registries import ENTITIES
from briefing.pages.plan import fixed_paths
from briefing.read.content import CONFIG, Content
from briefing.read.links import Link
from briefing.read.record_places import record_place
from briefing.theme.links import check_links
from briefing.theme.markup import ids_in


@frozen
class WrittenPage:
    """A page of a record: its file, the links in its text, and the ids that the text gives it; None if not known."""

    path: str
    source: str
    links: tuple[Link, ...] = ()
    ids: frozenset[str] | None = None


def check_written_links(written: "Written") -> Iterator[Diagnostic]:
    """The links that certainly lead nowhere."""
    yield from check_links(list(written.paths), written.paths.__getitem__, written, written.others)


def _pages(content: Content, topics: Iterable[str]) -> Iterator[WrittenPage]:
    claims: dict[str, set[str]] = {}
    for ref in content.known.get("claims", ()):
        article, _, claim = ref.partition("#")
        claims.setdefault(article, set()).add(claim)
    for id, file in content.articles.items():
        text, is_broken = content.texts[id], id in content.known.get("broken", ())
        former = (former for anchored in file.claims for former in anchored.claim.former_ids)
        ids = None if is_broken else frozenset(ids_in(text.html)).union(claims.get(id, ()), former)
        yield WrittenPage(page_path("articles", id), file.path, text.links, ids)
    for id in topics:
        if id not in content.topics:
            yield WrittenPage(page_path("topics", id), CONFIG)
    for kind in ("summits", "topics", "pages"):
        for id, written in getattr(content, kind).items():
            yield WrittenPage(page_path(kind, id), written.path, written.links, frozenset(ids_in(written.html)))
    for kind in ENTITIES:
        for id in getattr(content, kind):
            yield WrittenPage(page_path(kind, id), content.file_of(kind, id))
    for source, links in content.loose.items():
        yield WrittenPage(content_page(source) or source, source, links)


def _redirects(content: Content) -> Iterator[str]:
    """The old addresses of records."""
    for kind in FOLDERS:
        for of in getattr(content, kind).values():
            record = getattr(of, "record", of)
            for name in ("aliases", "former_ids"):
                yield from (page_path(kind, id) for id in getattr(record, name, ()))


class Written:
    """What people wrote that can be judged: the pages of records by their paths, and the links between them. See
    `Linked` of the links between made pages, and `Standing` of promised addresses.

    `topics` are those of the configuration, `others` the paths of assets and other files, `wrong` the source files in
    which an error was found.
    """

    def __init__(self, content: Content, topics: Iterable[str], others: Iterable[str], wrong: Set[str]) -> None:
        self.paths = {page.path: page for page in _pages(content, topics)}
        gone = content.config.gone if content.config else ()
        self.leading = frozenset([*_redirects(content), *(one.address.partition("#")[0] for one in gone)])
        self.others = self.leading.union(others)
        self._content = content
        self._fixed = fixed_paths()
        self._folders = tuple(path for path in self._fixed if path.endswith("/"))
        self._wrong = wrong | {_named(path) for path in wrong}
        targets = dict.fromkeys(link.target for page in self.paths.values() for link in page.links)
        self.targets = [target for target in targets if self._is_certain(target)]
        self._numbers = {target: number for number, target in enumerate(self.targets)}

    def is_new(self, path: str) -> bool:
        return True

    def has_lost(self, files: frozenset[str]) -> bool:
        return True

    def ids_of(self, path: str) -> list[str]:
        return sorted(self.paths[path].ids or ())

    def place_of(self, address: str) -> Pointer | None:
        return record_place(self._content, address)

    def has(self, address: str) -> bool:
        """Whether an address is there, as far as can be said: what a page holds, and what old addresses are in records
        that could not be read, cannot."""
        path = address.partition("#")[0]
        if path in self.paths or path in self.others or not self._is_certain(path):
            return True
        kind, content = _kind(path), self._content
        unread = content.known.get(kind, set()) - getattr(content, kind).keys() - content.drafts.get(kind, set())
        return bool(unread)

    def targets_of(self, path: str) -> Sequence[int]:
        targets = (link.target for link in self.paths[path].links)
        return [self._numbers[target] for target in targets if target in self._numbers]

    def _is_certain(self, target: str) -> bool:
        """Whether it can be said without the pages that the target is there, or is not."""
        path, _, fragment = target.partition("#")
        if path in self.paths:
            # Ids with an underscore are those of templates.
            return not fragment or (self.paths[path].ids is not None and "_" not in fragment)
        if path in self.others or path in self._fixed or path.startswith(self._folders):
            return False
        kind, id = _kind(path), path.rpartition("/")[2].removesuffix(".html")
        known, drafts = self._content.known.get(kind, set()), self._content.drafts.get(kind, ())
        could_be_read = (id not in known or id in drafts) and "*" not in known
        return could_be_read and self._wrong.isdisjoint([f"{kind}/{id}", f"content/{path}"])


def _kind(path: str) -> str:
    """The kind of records whose pages are in the folder of a path; that folder, where there is none."""
    folder = path.rpartition("/")[0]
    return next((kind for kind, of in FOLDERS.items() if of.rstrip("/") == folder), folder)


def _named(path: str) -> str:
    """A content file by its kind and name, whatever folders it is in: `content/articles/2025/x.md` is `articles/x`."""
    folder, name = posixpath.split(path.removeprefix("content/"))
    return f"{folder.partition('/')[0]}/{name.rpartition('.')[0]}"
