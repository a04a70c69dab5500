"""Assets under names that tell their bytes, so that browsers may keep them for ever: `assets/style.css` is published as
`assets/style.1a2b3c4d5e.css`.

Pages and style sheets are made with the plain names. What they are published under is put in last, so a page that only
links to a changed asset need not be made again.
"""

import html
import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote, unquote

from markupsafe import escape

FOLDER = "assets/"
# So many hexadecimal digits: two states of one file have the same once in a million million.
DIGITS = 10
# No address of an asset has more bytes.
_LONGEST = 2048

_FOLDER = FOLDER.encode()
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
# Comments and texts, in which nothing is an address, or an address with its quotation marks.
_IN_STYLES = re.compile(
    rb"""/\*.*?(?:\*/|\Z)"""
    rb"""|(?:\burl\(\s*["']?|@import\s+["'])(?P<url>[^"'()\s]+)(?:["')]|(?=\s))"""
    rb"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'""",
    re.DOTALL | re.IGNORECASE,
)
_IN_SCRIPTS = re.compile(rb"""\b(?:from|import)\s*\(?\s*["'](?P<url>\.\.?/[^"'\s]+)(?=["'])""")
_ADDRESSES = {".css": _IN_STYLES, ".js": _IN_SCRIPTS, ".mjs": _IN_SCRIPTS}

# The names under which assets are published, by their plain ones.
Names = Mapping[str, str]


def names_of(files: Mapping[str, bytes]) -> Names:
    """The names of those of some files that are assets. In each is a digest of the file and of all that it leads to."""
    assets = {path: data for path, data in files.items() if path.startswith(FOLDER)}
    digests = {path: sha256(data).digest() for path, data in assets.items()}
    parts = {path: {other for other, _ in _addresses(path, data, assets)} for path, data in assets.items()}
    names = {}
    for path in assets:
        told = sha256()
        for part in sorted(_reached(path, parts)):
            told.update(part.encode() + digests[part])
        stem, ending = posixpath.splitext(path)
        names[path] = f"{stem}.{told.hexdigest()[:DIGITS]}{ending}"
    return names


def published(files: Mapping[str, bytes], names: Names) -> dict[str, bytes]:
    """Files by the names that they are published under; style sheets and scripts lead to others by theirs."""
    return {names.get(path, path): _led(path, data, names) for path, data in files.items()}


def _reached(path: str, parts: Mapping[str, set[str]]) -> set[str]:
    """A file and all that it leads to, directly or through others."""
    reached: set[str] = set()
    waiting = [path]
    while waiting:
        part = waiting.pop()
        if part not in reached:
            reached.add(part)
            waiting += parts[part]
    return reached


def _addresses(path: str, data: bytes, names: Mapping[str, object]) -> Iterator[tuple[str, re.Match[bytes]]]:
    """The assets that a style sheet or a script leads to, each with where it says so."""
    pattern = _ADDRESSES.get(posixpath.splitext(path)[1].lower())
    for match in pattern.finditer(data) if pattern else ():
        if match["url"]:
            url = match["url"].decode("utf-8", "surrogateescape")
            target = _resolved(posixpath.dirname(path), _path(url))
            if target is not None and target in names:
                yield target, match


def _led(path: str, data: bytes, names: Names) -> bytes:
    for target, match in reversed([*_addresses(path, data, names)]):
        start, end = match.span("url")
        data = data[:start] + _renamed(match["url"].decode(), names[target]).encode() + data[end:]
    return data


def _resolved(folder: str, address: str) -> str | None:
    """The path in the site that a relative address means; None for any other."""
    if _ELSEWHERE.match(address) or address.startswith("/"):
        return None
    return posixpath.normpath(posixpath.join(folder, unquote(address)))


def _renamed(address: str, name: str) -> str:
    """An address with the name of its file in the place of the one that it has."""
    path = _path(address)
    return path[: path.rfind("/") + 1] + quote(name.rpartition("/")[2]) + address[len(path) :]


def _path(address: str) -> str:
    return re.split("[?#]", address, maxsplit=1)[0]


def changed_names(before: Names, now: Names) -> Names:
    """What pages that have the names before are to have instead."""
    pairs = ((before.get(path, path), now.get(path, path)) for path in {**before, **now})
    return {old: new for old, new in pairs if old != new}


def with_names(path: str, data: bytes, names: Names, base_url: str | None) -> bytes:
    """The page at a path, each attribute of which that is the address of an asset has the name of that.

    It is looked for in whole pages: links in articles and in lists, and attributes that scripts read, have it too.
    """
    if not path.endswith(".html"):
        return data
    folder, done, pieces = posixpath.dirname(path), 0, []
    found = data.find(_FOLDER)
    while found >= 0:
        start, end = data.rfind(b'"', done, found) + 1, data.find(b'"', found)
        if end < 0:
            break
        if data[max(start - 2, 0) : start] == b'="' and end - start < _LONGEST:
            target = _target(folder, data[start:end], base_url)
            if target is not None and target in names:
                pieces += [data[done:start], _attribute(data[start:end], names[target])]
                done = end
        found = data.find(_FOLDER, end)
    return b"".join([*pieces, data[done:]]) if pieces else data


# All pages of a folder have the same few.
@lru_cache(maxsize=1024)
def _attribute(attribute: bytes, name: str) -> bytes:
    """An attribute that is an address, with another name of its file."""
    return escape(_renamed(html.unescape(attribute.decode()), name)).encode()


@lru_cache(maxsize=1024)
def _target(folder: str, attribute: bytes, base_url: str | None) -> str | None:
    """The path in the site that an attribute of a page in a folder names, relative, absolute or with its host."""
    address = _path(html.unescape(attribute.decode()))
    if base_url:
        base = base_url.rstrip("/") + "/"
        for root in (base, f"/{base.partition('://')[2].partition('/')[2]}"):
            if address.startswith(root):
                return unquote(address.removeprefix(root))
    elif address.startswith("/"):
        return unquote(address[1:])
    return _resolved(folder, address)
