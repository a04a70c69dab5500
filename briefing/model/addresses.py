"""Addresses: which page stands for which record. The one home of the rule that makes paths from ids."""

import posixpath
import re
from collections.abc import Iterable

from briefing.model.ids import is_id

# Folder of content/ (or registry) -> folder of the site. Standing pages are at the root.
FOLDERS: dict[str, str] = {
    "articles": "articles/",
    "summits": "summits/",
    "topics": "topics/",
    "pages": "",
    "people": "people/",
    "organizations": "organizations/",
    "places": "places/",
    "sources": "sources/",
}


def page_path(kind: str, id: str) -> str:
    """The path of a record's page, relative to the site's root: `articles/x.html`."""
    return f"{FOLDERS[kind]}{id}.html"


def page_paths(kind: str, id: str, former: Iterable[str] = ()) -> tuple[str, ...]:
    """The paths of a record's page and of those at its old ids."""
    return tuple(page_path(kind, one) for one in (id, *former))


# Feeds and calendars of records, with the kinds that the names of feeds begin with.
_OF_RECORDS = re.compile(r"feeds/(topic|summit|source)-(.+)\.xml|calendars/(.+)\.ics")
_OF_SITE = frozenset(["feed.xml", "calendar.ics"])
MISSING = "404.html"


def page_of(path: str) -> str | None:
    """The page of the record whose feed or calendar is at a path, and whose fate that shares; None for other paths."""
    match = _OF_RECORDS.fullmatch(path)
    if match is None:
        return None
    kind, of_feed, of_calendar = match.groups()
    return page_path(f"{kind}s", of_feed) if kind else page_path("summits", of_calendar)


def is_promised(path: str) -> bool:
    """Whether the site keeps an address once it has published it: that of a record's page or of a standing list, of a
    feed or a calendar. Pages by year, of one measure, and files of data come and go with how much there is."""
    folder, _, name = (page_of(path) or path).rpartition("/")
    id, dot, ending = name.rpartition(".")
    is_page = ending == "html" and bool(dot) and is_id(id) and (f"{folder}/" if folder else "") in FOLDERS.values()
    return path in _OF_SITE or (is_page and path != MISSING)


FIGURES = "figures.html"
TIMELINE = "timeline.html"


def measure_path(id: str) -> str:
    """Where all figures are, the place of one measure. Ids of claims hold no underscore, so they cannot meet."""
    return f"{FIGURES}#measure_{id}"


def measure_page(id: str) -> str:
    """The page of one measure, which it has only where the page of all figures would be too long."""
    return f"figures/{id}.html"


def content_page(path: str) -> str | None:
    """The page of a content file: `content/articles/2025/x.md` is at `articles/x.html`; None for other files."""
    folder, name = posixpath.split(path)
    kind = folder.removeprefix("content/").partition("/")[0]  # folders below that are the editor's
    if not name.endswith(".md") or not folder.startswith("content/") or kind not in FOLDERS:
        return None
    return page_path(kind, name.removesuffix(".md"))


def relative(page: str, target: str) -> str:
    """The link from one page to another, both relative to the root: always names the file."""
    path, mark, fragment = target.partition("#")
    if path == page and mark:
        return f"#{fragment}"
    folder = page.rpartition("/")[0]
    if not folder:
        return target
    if target.startswith(f"{folder}/"):
        return target[len(folder) + 1 :]
    return "../" * (folder.count("/") + 1) + target
