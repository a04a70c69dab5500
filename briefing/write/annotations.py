"""Changes of annotation files, of anchors and articles with them: one at a time, each whole, none over others'."""

import os
from collections.abc import Callable
from pathlib import Path

from briefing.diagnostics import Diagnostic, EnvironmentProblem
from briefing.read.sources import read_bytes
from briefing.write.disk import Folder
from briefing.write.lock import locked

FOLDER, ANCHORS = "content/annotations", "content/anchors"
# What may be changed: the folders, with what the names of their files end in.
_ENDS = {FOLDER: ".yaml", ANCHORS: ".yaml", "content/articles": ".md"}
_OTHER = "another program changes an annotation file"
# What stands in a file; None where there is none.
Bytes = bytes | None


def change_file(root: Path, path: str, change: Callable[[Bytes], Bytes]) -> tuple[Bytes, Bytes]:
    """Give a file of those folders what `change` makes of its bytes, and remove one of which it makes None.

    The file is read, changed and replaced while no other change can come between; its permissions stay. Returns the
    bytes before and after. Whatever `change` raises leaves everything as it is.
    """
    _check(root, path)
    place = _folder_of(path)
    try:
        with Folder(root, through_links=True) as folder:
            is_new = not (root / place).exists()
            folder.make_folder(place)
            try:
                with locked(root / place, other=_OTHER, help="try again when it has ended"):
                    return _change(root, folder, path, change)
            finally:
                if is_new:
                    folder.remove_empty_folder(place)
    except OSError as error:
        raise EnvironmentProblem.of(error, root / path) from error


def _change(root: Path, folder: Folder, path: str, change: Callable[[Bytes], Bytes]) -> tuple[Bytes, Bytes]:
    before = _read(root, path)
    after = change(before)
    if after == before:
        return before, after
    changed = path.rpartition("/")[0]
    if after is not None:
        _replace(root, folder, path, before, after)
    else:
        folder.remove_file(path)
        place = _folder_of(path)
        if folder.remove_empty_folder(place):  # as it was before its first file
            changed = place.rpartition("/")[0]
    folder.sync([changed])
    return before, after


def _replace(root: Path, folder: Folder, path: str, before: Bytes, after: bytes) -> None:
    parent, _, name = path.rpartition("/")
    staged = f"{parent}/.{name}.new"  # hidden, so that nothing takes it for one of the site's
    folder.remove_file(staged)  # left by a run that was killed
    try:
        folder.write_new(staged, after, like=os.lstat(root / path) if before is not None else None)
        folder.sync([staged])
        if _read(root, path) != before:  # An editor has saved it meanwhile, who knows of no lock.
            raise EnvironmentProblem(f"{root / path}: the file has just been changed by another program", "try again")
        folder.replace(staged, path)
    except BaseException:
        folder.remove_file(staged)
        raise


def _read(root: Path, path: str) -> Bytes:
    if not os.path.lexists(root / path):
        return None
    data = read_bytes(root, path)
    if isinstance(data, Diagnostic):
        raise EnvironmentProblem(f"{root / path}: {data.message}", data.help)
    if not os.access(root / path, os.W_OK):
        raise EnvironmentProblem(f"{root / path}: the file may not be written", "change its permissions")
    return data


def _folder_of(path: str) -> str:
    """Which of the folders a file is in; that of annotations for any other."""
    return next((folder for folder in _ENDS if path.startswith(f"{folder}/")), FOLDER)


def _check(root: Path, path: str) -> None:
    """Refuse what is no such file of this site, whatever the way to it."""
    parts = path.split("/")
    is_plain = path.isprintable() and not any(part.startswith(".") or not part for part in parts)
    if not (is_plain and path.startswith(f"{_folder_of(path)}/") and path.endswith(_ENDS[_folder_of(path)])):
        raise EnvironmentProblem(f"{path!r} is not an annotation file", f"name one below {FOLDER}/")
    for depth in range(1, len(parts)):
        folder = root.joinpath(*parts[:depth])
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise EnvironmentProblem(f"{folder}: a folder belongs here", "move this elsewhere")
