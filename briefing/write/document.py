"""A document to where somebody wants it: over an earlier one of its kind, and over nothing else."""

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from briefing.diagnostics import EnvironmentProblem
from briefing.interrupts import held
from briefing.write.disk import Folder
from briefing.write.editions import check_document


def write_document(path: Path, data: bytes, mark: bytes, is_internal: Callable[[bytes], bool]) -> bool:
    """Put a file in its place, whole at every moment, with the folders on the way; whether it was another before.

    `mark` is what documents of its kind begin with, `is_internal` tells of one whether it is of an internal edition.
    EnvironmentProblem where something else is there, or one of the other edition, or the disk stands in the way.
    """
    path = path.absolute()
    base = path.parent
    while not base.exists():
        base = base.parent
    place, new = path.relative_to(base).as_posix(), (path.parent / f".{path.name}.new").relative_to(base).as_posix()
    try:
        before = _document(path, mark)
        if before == data:
            return False
        if before is not None:
            check_document(path, is_internal(before), is_internal(data))
        with held(), Folder(base, through_links=True) as folder:
            folder.make_folder(place.rpartition("/")[0])
            folder.remove_file(new)  # left by a run that was killed
            try:
                folder.write_new(new, data, like=os.lstat(path) if before is not None else None)
                folder.sync([new])
                folder.replace(new, place)
            except BaseException:
                with suppress(OSError):
                    folder.remove_file(new)
                raise
            folder.sync([place.rpartition("/")[0] or "."])
    except OSError as error:
        raise EnvironmentProblem.of(error, path) from error
    return True


def _document(path: Path, mark: bytes) -> bytes | None:
    """The bytes of the document that is there, if any."""
    if not os.path.lexists(path):
        return None
    if stat.S_ISREG(os.lstat(path).st_mode):
        data = path.read_bytes()
        if data.startswith(mark):
            return data
    raise EnvironmentProblem(f"{path}: something else is there already", "name another file, or move this elsewhere")
