"""Links as authors write them: which page or file of the site an address names, seen from the file it stands in."""

import posixpath
import re
import unicodedata
from urllib.parse import quote, unquote

from briefing.model.addresses import content_page, relative
from briefing.model.frozen import frozen

_EXTERNAL = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_NOT_IN_PATHS = re.compile(r"[^\w/.~!$&()*+,;=?@-]")
_NOT_IN_MARKDOWN = re.compile(r"[\s()<>]")


@frozen
class Link:
    """A link to a page of the site, relative to its root; where it stands, and the address as it is written there."""

    target: str
    line: int
    column: int = 1
    width: int = 1
    written: str = ""


def is_external(url: str) -> bool:
    """Whether the address says by its scheme that it is of another site."""
    return _EXTERNAL.match(url) is not None


def target_of(url: str, path: str) -> str | None:
    """What the address names, relative to the site's root, for a content file at `path`; None where that is no page.

    Names are compared in NFC, as ids are: some systems write file names in NFD. An address of another site that takes
    its scheme from wherever the page is opened, `//example.org/x`, is its own target, which nothing is found at.
    """
    page = content_page(unicodedata.normalize("NFC", path))
    if page is None:
        return None
    name, mark, fragment = url.partition("#")
    name, fragment = (unicodedata.normalize("NFC", unquote(part)) for part in (name, fragment))
    if url.startswith("//"):
        target = "/" + posixpath.normpath("/" + name.lstrip("/"))
    elif name.startswith("/"):
        target = posixpath.normpath(name.lstrip("/") or "index.html")
        target = "index.html" if target == "." else target
    elif name:
        source = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        target = content_page(source) or source.removeprefix("content/")
    else:
        target = page
    return target + mark + fragment


def href_of(target: str, path: str) -> str:
    """The address by which the page of the content file at `path` leads to a target."""
    page = content_page(unicodedata.normalize("NFC", path))
    name, mark, fragment = target.partition("#")
    if name.startswith("//"):
        return quote(name, safe="") + mark + _encoded(fragment)
    return relative(page or "", _encoded(name) + mark + _encoded(fragment))


def _encoded(text: str) -> str:
    """A path as part of an address: what could be read as a scheme, a host or a quote is percent-encoded again."""
    return _NOT_IN_PATHS.sub(lambda match: quote(match.group(), safe=""), text)


def as_written(target: str, source: str, link: Link, path: str) -> str:
    """How the author of a link in the file at `path` would write one to a target, whose page is made of `source`."""
    source = unicodedata.normalize("NFC", source)
    name, mark, fragment = target.partition("#")
    if name == link.target.partition("#")[0]:
        address = link.written.partition("#")[0]
    elif not link.written.startswith("/") and name in (content_page(source), source.removeprefix("content/")):
        address = posixpath.relpath(source, posixpath.dirname(path))
    else:
        address = f"/{name}"
    return _NOT_IN_MARKDOWN.sub(lambda match: quote(match.group()), address + mark + fragment)
