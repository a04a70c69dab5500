"""Schemas into the tool's own folder of a site. A file that is right already is not touched, so that editors rest."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from briefing.diagnostics import EnvironmentProblem
from briefing.write.disk import Folder
from briefing.write.lock import locked
from briefing.write.ownership import STATE
from briefing.write.private import make_own, make_private

FOLDER = f"{STATE}/schema"


def replace_schemas(root: Path, files: Mapping[str, bytes]) -> list[str]:
    """Put files, by their names, in their place, each whole at every moment; the names of those that were other."""
    place = root / FOLDER
    try:
        with Folder(root, through_links=True) as site:
            make_private(site)
            make_own(site, FOLDER)
            with locked(place):
                other = [name for name, data in files.items() if _bytes(place / name) != data]
                for name in other:
                    new = f"{FOLDER}/.{name}.new"
                    site.remove_file(new)  # left by a run that was killed
                    site.write_new(new, files[name])
                    site.replace(new, f"{FOLDER}/{name}")
    except NotADirectoryError as error:
        raise EnvironmentProblem(f"{place}: a folder of your own belongs here", "move this elsewhere") from error
    except OSError as error:
        raise EnvironmentProblem.of(error, place) from error
    return other


def _bytes(path: Path) -> bytes | None:
    """The bytes of a regular file."""
    with (
        suppress(OSError),
        open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file,
    ):
        return file.read()
    return None
