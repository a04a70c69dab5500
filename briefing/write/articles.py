"""New files of content into their places: whole or not at all, and never in the place of another."""

from collections.abc import Mapping
from pathlib import Path

from briefing.diagnostics import EnvironmentProblem
from briefing.write.disk import Folder


def write_new_files(root: Path, files: Mapping[str, bytes]) -> str | None:
    """Put files that are new in their places below `root`, the last first; the path of one that is there already.

    Then none of them is left. The first is the one that others belong to, so it comes when they are there.
    """
    placed: list[str] = []
    try:
        with Folder(root, through_links=True) as folder:
            for path, data in reversed(list(files.items())):
                place, _, name = path.rpartition("/")
                new = f"{place}/.{name}.new"
                folder.make_folder(place)
                folder.remove_file(new)  # left by a run that was killed
                try:
                    folder.write_new(new, data)
                    folder.sync([new])
                    folder.place(new, path)
                    placed.append(path)
                except OSError:
                    for earlier in placed:
                        folder.remove_file(earlier)
                    raise
                finally:
                    folder.remove_file(new)
            folder.sync(sorted({path.rpartition("/")[0] for path in files}))
    except FileExistsError as error:
        return str(Path(error.filename).relative_to(root)) if error.filename else next(iter(files))
    except OSError as error:
        raise EnvironmentProblem.of(error, root) from error
    return None
