"""Changes of annotation files and articles in `content/`: one at a time, each whole, none over somebody else's."""

import os
from collections.abc import Callable
from pathlib import Path

from briefing.diagnostics import Diagnostic, EnvironmentProblem
from briefing.read.sources import read_bytes
from briefing.write.disk import Folder
from briefing.write.lock import locked

# The folders of files that may be changed, with what their names end in and what they are.
FOLDERS = {"content/annotations": (".yaml", "an annotation file"), "content/articles": (".md", "an article")}
# What stands in a file; None where there is none.
Bytes = bytes | None


def change_file(root: Path, path: str, change: Callable[[Bytes], Bytes]) -> tuple[Bytes, Bytes]:
    """Give an annotation file, or an article, what `change` makes of its bytes, and remove one of which it makes None.

    The file is read, changed and replaced while no other change can come between; its permissions stay. Returns the
    bytes before and after. Whatever `change` raises leaves everything as it is.
    """
    kind = _checked(root, path)
    try:
        with Folder(root, through_links=True) as folder:
            is_new = not (root / kind).exists()
            folder.make_folder(kind)
            try:
                with locked(
                    root / kind, other=f"another program changes {FOLDERS[kind][1]}", help="try again when it has ended"
                ):
                    return _change(root, folder, kind, path, change)
            finally:
                if is_new:
                    folder.remove_empty_folder(kind)
    except OSError as error:
        raise EnvironmentProblem.of(error, root / path) from error


def _change(root: Path, folder: Folder, kind: str, path: str, change: Callable[[Bytes], Bytes]) -> tuple[Bytes, Bytes]:
    before = _read(root, path)
    after = change(before)
    if after == before:
        return before, after
    changed = path.rpartition("/")[0]
    if after is not None:
        _replace(root, folder, path, before, after)
    else:
        folder.remove_file(path)
        if folder.remove_empty_folder(kind):  # as it was before its first file
            changed = kind.rpartition("/")[0]
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


def _checked(root: Path, path: str) -> str:
    """The folder of files that may be changed which this one is in. Any other is refused, whatever the way to it."""
    parts = path.split("/")
    is_plain = path.isprintable() and not any(part.startswith(".") or not part for part in parts)
    ours = (kind for kind, (end, _) in FOLDERS.items() if path.startswith(f"{kind}/") and path.endswith(end))
    kind = next(ours, None)
    if not is_plain or kind is None:
        raise EnvironmentProblem(f"{path!r} is not an annotation file", f"name one below {next(iter(FOLDERS))}/")
    for depth in range(1, len(parts)):
        folder = root.joinpath(*parts[:depth])
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise EnvironmentProblem(f"{folder}: a folder belongs here", "move this elsewhere")
    return kind
