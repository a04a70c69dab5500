"""Anchor files into `content/anchors/`: the only files among an editor's that the program ever writes."""

import os
from collections.abc import Mapping
from pathlib import Path

from briefing.diagnostics import EnvironmentProblem
from briefing.write import disk
from briefing.write.lock import locked

FOLDER = "content/anchors"


def write_anchors(root: Path, files: Mapping[str, bytes]) -> None:
    """Put each file, named by an article's id, in its place: at every moment it is whole, old or new."""
    if not files:
        return
    folder = root / FOLDER
    try:
        if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir()):
            raise EnvironmentProblem(f"{folder}: a folder belongs here", "move this elsewhere")
        disk.make_folder(folder)
        with locked(folder):
            staged = {folder / f".{id}.yaml.new": folder / f"{id}.yaml" for id in files}
            for path, data in zip(staged, files.values(), strict=True):
                disk.remove_file(path)  # left by a run that was killed
                disk.write_new(path, data)
            disk.sync(list(staged))
            for path, target in staged.items():
                disk.replace(path, target)
            disk.sync([folder])
    except OSError as error:
        raise EnvironmentProblem.of(error, folder) from error
