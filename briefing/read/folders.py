"""The folders of a site: whether each is there, under its own name and no link. A folder that is not read is a loss."""

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from briefing.diagnostics import Diagnostic, Location
from briefing.read.sources import list_files, read_bytes

CONTENT, TEMPLATES = "content", "templates"
# The addresses that were promised, beside them, in a site that keeps such a file.
URLS = "urls.json"


def out_of_place(root: Path) -> list[str]:
    """What stands in the site's folder where one of these two is looked for: a file, a link, another spelling."""
    try:
        names = sorted(os.listdir(root))
    except OSError:
        return []
    wanted = (CONTENT, TEMPLATES)
    spelled = [name for name in names if name.casefold() in wanted and name not in wanted]
    return spelled + [name for name in wanted if name in names and not _is_folder(root / name)]


def content_files(root: Path, names: Collection[str]) -> tuple[list[str], list[Diagnostic]]:
    """The files below `content/`, as `list_files` gives them, but those of folders that are told to be wrong.

    `names` are those of the folders and files that are read.
    """
    problems = [_problem(root, name) for name in out_of_place(root)]
    if any(problem.place.path.casefold() == CONTENT for problem in problems):
        return [], problems
    files = list_files(root, CONTENT)
    if not files:
        is_there = (root / CONTENT).is_dir()
        message = "there is nothing in content/" if is_there else "there is no content/ here"
        help = "put its files back, or name the folder of the site: `briefing -C FOLDER ...`"
        return [], [*problems, Diagnostic("missing-folder", message, Location(CONTENT), help)]
    wrong = dict(_inside(root, files, names))
    kept = [path for path in files if "/".join(path.split("/")[:2]) not in wrong]
    return kept, [*problems, *wrong.values()]


def _inside(root: Path, files: list[str], names: Collection[str]) -> Iterator[tuple[str, Diagnostic]]:
    """What is in `content/` under another's name but for its spelling, and files that stand in place of a folder."""
    for name in dict.fromkeys(path.split("/")[1] for path in files):
        path = f"{CONTENT}/{name}"
        if name in names and "." not in name and path in files and not (root / path).is_symlink():
            yield path, _no_folder(path)
        elif name not in names and name.casefold() in names:
            yield path, _misspelled(path, f"{CONTENT}/{name.casefold()}")


def _problem(root: Path, name: str) -> Diagnostic:
    if name not in (CONTENT, TEMPLATES):
        return _misspelled(name, name.casefold())
    if not (root / name).is_symlink():
        return _no_folder(name)
    linked = read_bytes(root, name)
    assert isinstance(linked, Diagnostic), "a link is no regular file"
    return linked


def _misspelled(path: str, right: str) -> Diagnostic:
    help = f"rename it to `{right}`"
    return Diagnostic("missing-folder", f"nothing reads `{path}`; it is called `{right}`", Location(path), help)


def _no_folder(path: str) -> Diagnostic:
    help = "move the file elsewhere and put the folder back"
    return Diagnostic("missing-folder", f"{path} is a file; a folder belongs here", Location(path), help)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
