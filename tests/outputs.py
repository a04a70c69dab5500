"""What the tests of the writing stage share: small sites as values, folders as values, and what must hold of them."""

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from briefing import __version__
from briefing.write.publish import PublishResult, output_folder

Site = dict[str, bytes]

# A folder in memory, if there is one: where hundreds of builds take a fifth of the time.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def page(text: str, *links: str) -> bytes:
    """A page with links, written as from the site's root."""
    return "\n".join([f"<!doctype html><p>{text}</p>", *(f'<a href="/{link}">x</a>' for link in links)]).encode()


OLD: Site = {
    "index.html": page("home, old", "articles/a.html", "articles/b.html", "topics/trade.html", "archive/2020/x.html"),
    "about.html": page("about", "index.html"),
    "feed.xml": page("feed, old", "articles/a.html", "articles/b.html"),
    "assets/style.css": b"p { color: black }\n",
    "assets/old.js": b"let old;\n",
    "articles/a.html": page("a, old " * 50, "articles/b.html", "index.html"),
    "articles/b.html": page("b", "articles/a.html", "archive/2020/x.html"),
    "topics/trade.html": page("trade, old", "articles/a.html", "articles/b.html"),
    "archive/2020/x.html": page("the only file of two folders", "index.html"),
}
NEW: Site = {
    "index.html": page("home, new", "articles/a.html", "articles/c.html", "summits/s.html", "topics/trade.html"),
    "about.html": page("about", "index.html"),
    "feed.xml": page("feed, new", "articles/a.html", "articles/c.html"),
    "assets/style.css": b"p { color: black }\n",
    "assets/new.js": b"let young;\n",
    "articles/a.html": page("a, new " * 70, "articles/c.html", "summits/s.html"),
    "articles/c.html": page("c", "articles/a.html", "summits/s.html"),
    "summits/s.html": page("s", "articles/c.html", "index.html"),
    "summits/empty.html": b"",
    "topics/trade.html": page("trade, new", "articles/c.html"),
}
NEWER: Site = {
    "index.html": page("home, newer", "articles/c.html", "topics/trade.html"),
    "about.html": page("about, newer", "index.html"),
    "feed.xml": page("feed, new", "articles/a.html", "articles/c.html"),
    "articles/a.html": page("a, new " * 70, "articles/c.html"),
    "articles/b.html": page("b is back", "articles/a.html"),
    "articles/c.html": page("c, newer", "articles/a.html"),
    "topics/trade.html": page("trade, new", "articles/c.html"),
}
# Files where folders were, and the other way round.
SHAPE: Site = {"index.html": page("1"), "guide": b"a file", "notes/a/b.html": page("2"), "notes/c.html": page("3")}
RESHAPED: Site = {"index.html": page("1"), "guide/a.html": page("4"), "guide/b/c.html": page("5"), "notes": b"a file"}


def publish(output: Path, site: Site, root: Path | None = None) -> PublishResult:
    """Write a site, as `briefing build` does, for sources in `root` or somewhere else."""
    with output_folder(root or output.parent / "sources", output) as staging:
        for path, data in site.items():
            staging.add(path, data)
        return staging.commit()


def tree(folder: Path) -> dict[str, bytes]:
    """Everything below a folder: files by their bytes, links by their targets, folders as such."""
    found = {}
    for parent, folders, files in os.walk(folder):
        for path in (Path(parent, name) for name in (*folders, *files)):
            name = path.relative_to(folder).as_posix()
            if path.is_symlink():
                found[name] = f"link to {os.readlink(path)}".encode()
            elif path.is_dir():
                found[name] = b"folder"
            else:
                found[name] = path.read_bytes() if path.is_file() else b"neither file nor folder"
    return found


def visible(folder: Path) -> Site:
    """The files of an output that a reader gets."""
    files = (path for path in folder.rglob("*") if path.is_file() or path.is_symlink())
    names = ((path.relative_to(folder).as_posix(), path) for path in files)
    return {name: path.read_bytes() for name, path in names if not name.startswith(".briefing/")}


def manifest_of(site: Site) -> bytes:
    """The manifest that a site must have."""
    files = {path: hashlib.sha256(site[path]).hexdigest() for path in sorted(site)}
    manifest = {"format": 1, "tool": f"briefing {__version__}", "files": files}
    return (json.dumps(manifest, separators=(",\n", ": ")) + "\n").encode()


def complete_tree(site: Site, foreign: Site | None = None) -> dict[str, bytes]:
    """The whole output folder after a build: the site, what is not ours, the manifest, and nothing else."""
    files = {**site, **(foreign or {}), ".briefing/manifest.json": manifest_of(site)}
    folders = {str(parent): b"folder" for path in files for parent in list(Path(path).parents)[:-1]}
    return {**files, **folders}


def torn(found: Site, versions: list[Site], foreign: Site) -> list[str]:
    """What is wrong with a site in the middle of a change, whose every file must be of one version, whole."""
    wrong = [f"{path} is {data[:40]!r}" for path, data in found.items() if data not in _may_be(path, versions, foreign)]
    always = {path for path in versions[0] if all(path in version for version in versions)} | foreign.keys()
    return wrong + [f"{path} is missing" for path in always if path not in found]


def _may_be(path: str, versions: list[Site], foreign: Site) -> list[bytes]:
    if path in foreign:
        return [foreign[path]]
    return [version[path] for version in versions if path in version]


def links_of(path: str, data: bytes) -> Iterable[str]:
    """The links of a page of the sites above."""
    return re.findall(r'href="/([^"]+)"', data.decode())


def dangling(found: Site, starts: set[str], links: Callable[[str, bytes], Iterable[str]] = links_of) -> list[str]:
    """The links to missing files that somebody finds who begins at `starts` and follows all links."""
    wrong, seen = [], set()
    queue = [path for path in starts if path in found]
    while queue:
        path = queue.pop()
        if path in seen or not path.endswith((".html", ".xml")):
            continue
        seen.add(path)
        for link in links(path, found[path]):
            if link in found:
                queue.append(link)
            else:
                wrong.append(f"{path} links to {link}, which is missing")
    return wrong


def with_plain_names(text: str) -> str:
    """The text of a page as if assets were published under their own names: those change with every edit of one."""
    return re.sub(r'(assets/[^"]*)\.[0-9a-f]{10}(\.\w+")', r"\1\2", text)


def asset_in(folder: Path, name: str) -> Path:
    """The file of a site that an asset is published as."""
    stem, _, ending = name.rpartition(".")
    [found] = (folder / "assets").glob(f"{stem}.{'[0-9a-f]' * 10}.{ending}")
    return found
