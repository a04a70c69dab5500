"""The tool's own folder in that of a site, which git is to ignore: what is in it can be made again at any time."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from briefing.write.disk import Folder
from briefing.write.ownership import STATE

# A folder that nobody means to commit.
_IGNORE = b"*\n"


def make_private(site: Folder) -> None:
    """Make the folder; OSError if something else is in its place."""
    make_own(site, STATE)
    if not os.path.lexists(site.path / STATE / ".gitignore"):
        with suppress(FileExistsError):  # by a build of another output
            site.write_new(f"{STATE}/.gitignore", _IGNORE)


def make_own(site: Folder, path: str) -> None:
    """A folder of ours; OSError if something else is in its place, as a link that leads elsewhere."""
    if not os.path.lexists(site.path / path):
        with suppress(FileExistsError):
            site.make_folder(path)
    if not is_own_folder(site.path / path):
        raise NotADirectoryError(path)


def is_own_folder(folder: Path) -> bool:
    """Whether it is a folder, no link, and belongs to who runs the command."""
    status = os.lstat(folder)
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid()
