"""The state of source files, told without reading those that have not been touched since they were last read."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from briefing.diagnostics import Diagnostic
from briefing.file_state import Seen, stamp_of
from briefing.read.folders import CONTENT, TEMPLATES, URLS, out_of_place
from briefing.read.sources import digest, list_files, read_bytes
from briefing.read.theme import default_theme

# What stands before the paths of the theme that comes with the package, which are those of a site's own too.
THEME = "theme:"


def scan(root: Path, seen: Mapping[str, Seen]) -> dict[str, Seen]:
    """All files that a site is made from, each with its digest: that of `seen` where its stamp is the same.

    A file that cannot be read has no digest, and so has no state that it could be in again.
    """
    found = {}
    for base, path, name in _files(root):
        stamp, known = stamp_of(f"{base}/{path}"), seen.get(name)
        if stamp is not None and known is not None and known.stamp == stamp:
            found[name] = known
            continue
        data = read_bytes(base, path)
        found[name] = Seen(stamp or (0, 0, 0, 0), "" if isinstance(data, Diagnostic) else digest(data))
    return found


def touched(root: Path, found: Mapping[str, Seen]) -> set[str]:
    """The names of those files that are not any more as they were found."""
    theme, site = f"{default_theme()}/", f"{root}/"
    return {
        name
        for name, seen in found.items()
        if stamp_of(theme + name.removeprefix(THEME) if name.startswith(THEME) else site + name) != seen.stamp
    }


def _files(root: Path) -> Iterable[tuple[Path, str, str]]:
    """The folder that a file is in, its path below it, and the name that tells it from all others."""
    yield root, "config.yaml", "config.yaml"
    if os.path.lexists(root / URLS):
        yield root, URLS, URLS
    yield from ((root, name, name) for name in out_of_place(root))
    for folder in (CONTENT, TEMPLATES):
        yield from ((root, path, path) for path in list_files(root, folder))
    theme = default_theme()
    if theme != root.resolve():
        yield from ((theme, path, THEME + path) for path in list_files(theme, "templates"))
