"""Addresses and ids in the HTML of the theme: how links are written, and what a made page has of both."""

import html
import posixpath
import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple
from urllib.parse import unquote

from markupsafe import escape

from briefing.model.addresses import relative

# Stand in what templates make as long as it is no page. No source can hold them, and a template is told that puts out
# one of its own: before the target of each link in a fragment, because how to get there depends on the page; around the
# number of a list of fragments, where it is to stand; at the end of a fragment, where many are made at once; around the
# id of an article, where the number is to stand that it has among the sources of the page; around what a page shows
# only if it has sources; and where the list of these is to stand.
HERE, PLACE, PLACED, END, SOURCE, SOURCED, SOURCES = "\x01\x02\x03\x04\x05\x06\x07"
_SOURCE = re.compile(f"{SOURCE}([^{SOURCE}]+){SOURCE}")
_SOURCED = re.compile(f"{SOURCED}([^{SOURCED}]*){SOURCED}")
# Nearly all links: up some folders, then down to a page.
_PLAIN = re.compile(r"(?:\.\./)*(?:[\w-]+/)*[\w-]+\.\w+(?:#[\w-]*)?")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


class Fragment(NamedTuple):
    """A piece of HTML with the ids in it, what it links to, and the ids of the articles that it has as sources. Links
    into the site begin with `HERE`."""

    html: str
    ids: tuple[str, ...]
    links: tuple[str, ...]
    sources: tuple[str, ...] = ()

    @classmethod
    def of(cls, html: str) -> "Fragment":
        sources = _shared(tuple(dict.fromkeys(_SOURCE.findall(html)))) if SOURCE in html else ()
        return cls(html, tuple(ids_in(html)), _shared(tuple(values_in(html))), sources)


def sourced(text: str, is_sourced: bool) -> str:
    """What a template has made, without what stands there only for a page with sources if it has none."""
    return _SOURCED.sub(r"\1" if is_sourced else "", text)


def numbered(text: str, list: str) -> str:
    """The text of a page with its sources numbered in the order in which they first stand in it, and their `list`."""
    numbers: dict[str, str] = {}

    def number(match: re.Match[str]) -> str:
        return numbers.setdefault(match[1], str(len(numbers) + 1))

    return _SOURCE.sub(number, text).replace(SOURCES, list)


@lru_cache(maxsize=4096)
def _shared(links: tuple[str, ...]) -> tuple[str, ...]:
    """The first of all that are equal: most fragments of a claim lead to its words."""
    return links


def later(target: str) -> str:
    """The `href` of fragments, which do not know yet what page they will be on."""
    return HERE + target


class Href:
    """What templates make links with: relative to the page, or absolute for the one without a place."""

    def __init__(self, path: str, root: str | None) -> None:
        self._path, self.root = path, root

    def to(self, target: str) -> str:
        """The address of a page or a place of the site."""
        if self.root is not None:
            return self.root + ("" if target == "index.html" else target)
        return relative(self._path, target)

    def completed(self, text: str) -> str:
        """The text of fragments with their links made as `relative` makes them."""
        if self.root is not None:
            return text.replace(HERE, escape(self.root))
        folder = self._path.rpartition("/")[0]
        text = text.replace(f"{HERE}{self._path}#", "#")
        if folder:
            text = text.replace(f"{HERE}{folder}/", "")
        return text.replace(HERE, "../" * self._path.count("/"))


class Links(NamedTuple):
    """The ids in a page, and what it links to inside the site."""

    ids: tuple[str, ...]
    targets: tuple[str, ...]


def links_in(path: str, root: str | None, text: str, fragments: Iterable[Fragment]) -> Links:
    """The ids and links of a page: of its `text`, and of the fragments that stand in it."""
    made, folder = list(fragments), posixpath.dirname(path)
    ids = [*ids_in(text), *chain.from_iterable([fragment.ids for fragment in made])]
    values = dict.fromkeys(chain(values_in(text), chain.from_iterable([fragment.links for fragment in made])))
    targets = dict.fromkeys([_target(path, folder, value, root) for value in values])
    targets.pop(None, None)
    return Links(tuple(ids), tuple(target for target in targets if target is not None))


def values_in(text: str) -> list[str]:
    """All addresses in HTML of ours. All attributes of templates are double-quoted."""
    return [*_values("href", text), *_values("src", text)]


def _values(name: str, text: str) -> list[str]:
    """The values of an attribute in the order in which they stand."""
    mark = f'{name}="'
    if mark not in text:
        return []
    # Splitting is quicker than any pattern. The names of other attributes may end like this one.
    return [after[: after.find('"')] for before, after in pairwise(text.split(mark)) if before[-1:].isspace()]


def ids_in(text: str) -> list[str]:
    """The ids in HTML of ours."""
    return _values("id", text)


def _target(path: str, folder: str, value: str, root: str | None) -> str | None:
    """The path in the site (with fragment) that a link on a page names; None for one that leads elsewhere."""
    if value.startswith(HERE):
        return html.unescape(value[1:]) if "&" in value else value[1:]
    if value.startswith("#"):
        return path + unquote(html.unescape(value))
    return _of_address(folder, value, root)


@lru_cache(maxsize=4096)
def _of_address(folder: str, value: str, root: str | None) -> str | None:
    if _PLAIN.fullmatch(value) and root is None:
        while folder and value.startswith("../"):
            folder, value = folder.rpartition("/")[0], value[3:]
        return f"{folder}/{value}" if folder else value
    value = html.unescape(value)
    if _ELSEWHERE.match(value):
        return None
    path, mark, fragment = value.partition("#")
    if root is not None:
        path = unquote(path.removeprefix(root)) or "index.html"
        return path + mark + unquote(fragment)
    path = unquote(path)
    return posixpath.normpath(posixpath.join(folder, path)) + mark + unquote(fragment)
