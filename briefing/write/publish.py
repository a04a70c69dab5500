"""The new site into its folder: files staged where nobody looks, then put in place.

Until `commit` nothing that a reader sees has changed. A folder that does not exist yet is made under another
name and renamed as a whole. In one that exists the files that differ are moved in one by one behind a journal.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from briefing.diagnostics import EnvironmentProblem
from briefing.file_state import Seen
from briefing.write.changed_folder import ChangedFolder
from briefing.write.disk import Folder
from briefing.write.editions import check_edition
from briefing.write.journal import JOURNAL, complete
from briefing.write.lock import locked
from briefing.write.ownership import check_output
from briefing.write.staging import NewFolder, PublishResult, Staging, check_state

__all__ = ["PublishResult", "finish", "output_folder"]


@contextmanager
def output_folder(
    root: Path, output: Path, seen: Mapping[str, Seen] | None = None, adopt: bool = False, is_internal: bool = False
) -> Iterator[Staging]:
    """The staging of a locked output folder, whose unfinished move, if there is one, is completed first.

    `seen` are the files of the output as they were once found, with their SHA-256: while one still has the same stamp
    it is not read again. With `adopt` files that are ours but for their line ends become ours. An output `is_internal`
    or for the public, and never becomes the other.
    """
    with _guarded(root, output), locked(output):
        check_edition(output, is_internal)
        with _staging(output, seen or {}, adopt, is_internal) as staging:
            yield staging


def finish(root: Path, output: Path) -> None:
    """Complete the move that a build before us has not finished; for commands that may not come to writing."""
    with _guarded(root, output):
        if (output / JOURNAL).exists():
            with locked(output), Folder(output) as folder:
                check_state(output)
                complete(folder)


@contextmanager
def _guarded(root: Path, output: Path) -> Iterator[None]:
    """Refuse outputs that must not be written to; errors of the disk as problems that name the file."""
    try:
        check_output(root, output)
        yield
    except OSError as error:
        raise EnvironmentProblem.of(error, output) from error


@contextmanager
def _staging(output: Path, seen: Mapping[str, Seen], adopt: bool, is_internal: bool) -> Iterator[Staging]:
    if output.is_dir():
        with Folder(output) as folder, ChangedFolder(output, folder, is_internal, seen=seen, adopt=adopt) as staging:
            yield staging
    else:
        with Folder(output.parent, through_links=True) as parent, NewFolder(output, parent, is_internal) as staging:
            yield staging
