"""Anchor files into `content/anchors/`: files among an editor's that the program keeps up to date."""

from collections.abc import Mapping
from pathlib import Path

from briefing.diagnostics import EnvironmentProblem
from briefing.write.disk import Folder
from briefing.write.lock import locked

FOLDER = "content/anchors"


def write_anchors(root: Path, files: Mapping[str, bytes]) -> None:
    """Put files, named by their paths below `root`, in their places: at every moment each is whole, old or new."""
    if not files:
        return
    place = root / FOLDER
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise EnvironmentProblem(f"{place}: a folder belongs here", "move this elsewhere")
    try:
        with Folder(root, through_links=True) as folder:
            folder.make_folder(FOLDER)
            with locked(place):
                _replace(folder, files)
    except OSError as error:
        raise EnvironmentProblem.of(error, place) from error


def _replace(folder: Folder, files: Mapping[str, bytes]) -> None:
    staged = {path: _beside(path) for path in files}
    for path, new in staged.items():
        folder.remove_file(new)  # left by a run that was killed
        folder.write_new(new, files[path])
    folder.sync(list(staged.values()))
    for path, new in staged.items():
        folder.replace(new, path)
    folder.sync(sorted({path.rpartition("/")[0] for path in files}))


def _beside(path: str) -> str:
    """Where a file is written first: hidden, so that nothing takes it for one of the site's."""
    folder, _, name = path.rpartition("/")
    return f"{folder}/.{name}.new"
