"""New files among those of an editor, all of them or none, and files of theirs that have something more in them."""

import errno
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from briefing.diagnostics import EnvironmentProblem
from briefing.interrupts import held
from briefing.write.disk import Folder


def in_the_way(root: Path, paths: Iterable[str]) -> list[str]:
    """What stands where these files are to be made, or something else than a folder on the way to one."""
    found = set()
    for path in paths:
        names = path.split("/")
        folders = ("/".join(names[:depth]) for depth in range(1, len(names)))
        found |= {one for one in folders if os.path.lexists(root / one) and not _is_folder(root / one)}
        found |= {path} if os.path.lexists(root / path) else set()
    return sorted(found)


def write_additions(root: Path, new: Mapping[str, bytes], changed: Mapping[str, tuple[bytes, bytes]]) -> None:
    """Make files and change others, which are given with their bytes before and after; otherwise as `write_new`."""
    _check_free(root, new)
    for path, (before, after) in changed.items():
        change(root, path, before, after)
    write_new(root, new)


def write_new(root: Path, files: Mapping[str, bytes]) -> None:
    """Make files, by their paths below `root`, and the folders that they need, `root` among them.

    EnvironmentProblem where anything is in the way or fails: then nothing has been made.
    """
    _check_free(root, files)
    base = root = root.absolute()
    while not base.exists():
        base = base.parent
    paths = {path: (root / path).relative_to(base).as_posix() for path in files}
    try:
        with held(), Folder(base, through_links=True) as folder:
            _make(folder, {paths[path]: data for path, data in files.items()})
    except OSError as error:
        raise EnvironmentProblem.of(error, root) from error


def change(root: Path, path: str, before: bytes, after: bytes) -> None:
    """Put other bytes into a file that has these still. At every moment it is whole, old or new; its permissions stay.

    EnvironmentProblem where it has others now.
    """
    new = _beside(path)
    try:
        with held(), Folder(root, through_links=True) as folder:
            folder.remove_file(new)  # left by a run that was killed
            try:
                folder.write_new(new, after, like=os.lstat(root / path))
                folder.sync([new])
                if (root / path).read_bytes() != before:
                    raise EnvironmentProblem(
                        f"{root / path}: the file has just been changed by another program", "try again"
                    )
                folder.replace(new, path)
            except BaseException:
                folder.remove_file(new)
                raise
            folder.sync([path.rpartition("/")[0] or "."])
    except OSError as error:
        raise EnvironmentProblem.of(error, root / path) from error


def _check_free(root: Path, paths: Iterable[str]) -> None:
    if others := in_the_way(root, paths):
        what = "that is" if len(others) == 1 else "these are"
        message = f"{root}: nothing was written; {what} there already: {', '.join(others)}"
        raise EnvironmentProblem(message, "rename or remove what you do not need")


def _make(folder: Folder, files: Mapping[str, bytes]) -> None:
    """Each file is whole as soon as it has its name; after an error none has."""
    folders = sorted({above for path in files for above in _above(path)})
    made = [one for one in folders if not os.path.lexists(folder.path / one)]
    moved: list[str] = []
    try:
        for one in folders:
            folder.make_folder(one)
        for path, data in files.items():
            folder.remove_file(_beside(path))  # left by a run that was killed
            folder.write_new(_beside(path), data)
        folder.sync([_beside(path) for path in files])
        for path in files:
            if os.path.lexists(folder.path / path):
                raise FileExistsError(errno.EEXIST, "it has just been made by another program", path)
            folder.replace(_beside(path), path)
            moved.append(path)
        folder.sync([*folders, "."])
    except OSError:
        with suppress(OSError):
            for path in (*moved, *map(_beside, files)):
                folder.remove_file(path)
            for one in reversed(made):
                folder.remove_empty_folder(one)
        raise


def _beside(path: str) -> str:
    """Where a file is written first: hidden, so that nothing takes it for one of the site's."""
    parent, _, name = path.rpartition("/")
    return f"{parent}/.{name}.new".removeprefix("/")


def _above(path: str) -> Iterable[str]:
    """The folders that a path is in, the outermost first."""
    names = path.split("/")[:-1]
    return ["/".join(names[: depth + 1]) for depth in range(len(names))]


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
