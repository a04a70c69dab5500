"""A copy of a file of the theme into a site's `templates/`, which never takes the place of another."""

from pathlib import Path

from briefing.diagnostics import EnvironmentProblem
from briefing.write.disk import Folder


def write_override(root: Path, path: str, data: bytes) -> bool:
    """Put a file that is new in its place below `root`; False if there is something already."""
    try:
        with Folder(root, through_links=True) as folder:
            folder.make_folder(path.rpartition("/")[0])
            folder.write_new(path, data)
    except FileExistsError:
        return False
    except OSError as error:
        raise EnvironmentProblem.of(error, root / path) from error
    return True
