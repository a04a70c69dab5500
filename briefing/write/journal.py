"""The move of a staged site into its folder: checked, described by a journal, and done.

A build that dies on the way leaves the journal; `complete`, which every build begins with, goes on where it
stopped. Each step is a single rename or removal and can be repeated, so it does not matter where that was.
"""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from briefing.diagnostics import EnvironmentProblem
from briefing.wording import first_of
from briefing.write.disk import Folder
from briefing.write.ownership import MANIFEST, OTHER, STATE, checked, digest_at, folders_of, mounts_in

JOURNAL = f"{STATE}/journal.json"
STAGE = f"{STATE}/stage"
STAGED_MANIFEST, STAGED_JOURNAL = "manifest", "journal"
SHOWN_CONFLICTS = 10
NOT_OURS = "not written by the last build, or changed since, and in the way"
WAY_ON = "move or remove them, or build with --adopt if they came from an earlier build through git or a copy"
NOT_ADOPTED = "not what this build writes, so nothing was taken over"
WAY_TO_ADOPT = "build the content that they were made from with --adopt first, or move or remove them"


@dataclass(frozen=True, slots=True)
class Move:
    """A staged file, where it goes, its digest, and that of the file of ours that it replaces."""

    stage: str
    path: str
    digest: str
    before: str | None


@dataclass(frozen=True, slots=True)
class Journal:
    """What is to be done: moves in their order, files of ours to delete with their digests, the new manifest's."""

    moves: list[Move]
    deletes: dict[str, str]
    manifest: str

    def to_bytes(self) -> bytes:
        moves = [[move.stage, move.path, move.digest, move.before] for move in self.moves]
        content = {"format": 1, "moves": moves, "deletes": self.deletes, "manifest": self.manifest}
        return json.dumps(content).encode()


def in_order(moves: Iterable[Move]) -> list[Move]:
    """New files before changed ones, so that these find what they link to; feeds after the pages they list.

    New pages may link to each other in circles, so no order suits them all; but nobody is led to any of them
    before `index.html` is there or a page that was there has changed.
    """
    return sorted(moves, key=lambda move: (move.before is not None, rank(move.path)))


def rank(path: str) -> tuple[int, str]:
    """The place of a file among those that come. Those that go do so in the opposite order."""
    if path == "index.html":
        return 3, path
    return 1 if path.endswith(".html") else 2 if path.endswith((".xml", ".ics", ".txt")) else 0, path


def check(output: Path, journal: Journal, adopts: bool = False) -> None:
    """Refuse, before anything changes, a move that would cost files of others, or that could not be finished.

    Whoever `adopts` is told all that is not taken over.
    """
    mounts = [mount for mount in mounts_in(output) if _is_touched(mount, journal)]
    if mounts:
        raise EnvironmentProblem(
            f"{output}: something else is mounted inside the output: {', '.join(mounts)}",
            "unmount it, or name another output",
        )
    ours = {folder for path in journal.deletes for folder in folders_of(path)}
    conflicts = {name for move in journal.moves for name in _in_the_way(output, move, journal.deletes, ours)}
    if conflicts:
        names = sorted(conflicts)
        shown = len(names) if adopts else SHOWN_CONFLICTS
        what, way = (NOT_ADOPTED, WAY_TO_ADOPT) if adopts else (NOT_OURS, WAY_ON)
        raise EnvironmentProblem(f"{output}: {what}: {first_of(names, shown)}", way)


def _is_touched(mount: str, journal: Journal) -> bool:
    """Whether a file would have to be moved onto a mount, which no rename can do, or a mount be deleted."""
    is_ours = mount == STATE or mount.startswith(f"{STATE}/") or mount in journal.deletes
    return is_ours or any(move.path == mount or move.path.startswith(f"{mount}/") for move in journal.moves)


def _in_the_way(output: Path, move: Move, deletes: dict[str, str], ours: set[str]) -> Iterator[str]:
    """What a move would destroy or stumble over: not the file it replaces, nor what is deleted before it."""
    now = digest_at(output, move.path)
    if now != OTHER:
        if now not in (None, move.before, move.digest):
            yield move.path
        return
    for part in (*folders_of(move.path), move.path):
        if not _is_folder(output / part):
            if digest_at(output, part) != deletes.get(part):
                yield part
            return
    for parent, folders, files in os.walk(output / move.path):
        folder = Path(parent).relative_to(output).as_posix()
        links = [name for name in folders if os.path.islink(os.path.join(parent, name))]
        for path in (f"{folder}/{name}" for name in (*files, *links)):
            if path not in deletes or digest_at(output, path) != deletes[path]:
                yield path
        if not folders and not files and folder not in ours:
            yield folder


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def carry_out(folder: Folder, journal: Journal) -> None:
    """Do what the journal says, as far as it has not been done."""
    output, first = folder.path, _deletes_in_the_way(journal)
    for path in first:
        _delete(folder, path, journal.deletes[path])
    for move in journal.moves:
        if os.path.lexists(output / STAGE / move.stage):
            folder.make_folder(move.path.rpartition("/")[0])
            folder.replace(f"{STAGE}/{move.stage}", move.path)
    for path in journal.deletes:
        if path not in first:
            _delete(folder, path, journal.deletes[path])
    if os.path.lexists(output / STAGE / STAGED_MANIFEST):
        folder.replace(f"{STAGE}/{STAGED_MANIFEST}", MANIFEST)
    folder.sync(_touched(output, journal))
    folder.remove_file(JOURNAL)
    folder.sync([STATE])
    clear_stage(folder)


def _deletes_in_the_way(journal: Journal) -> set[str]:
    """Files that stand where a folder is needed, and files in a folder where a file is needed."""
    files = {move.path for move in journal.moves}
    folders = {folder for path in files for folder in folders_of(path)}
    return {path for path in journal.deletes if path in folders or files & set(folders_of(path))}


def _delete(folder: Folder, path: str, known: str) -> None:
    """Delete a file of ours that nobody changed, and the folders that are empty without it."""
    if digest_at(folder.path, path) == known:
        folder.remove_file(path)
    for parent in reversed(list(folders_of(path))):
        if not folder.remove_empty_folder(parent):
            break


def _touched(output: Path, journal: Journal) -> list[str]:
    """The folders whose entries the move has changed, as far as they are still there."""
    paths = (*(move.path for move in journal.moves), *journal.deletes)
    folders = {folder for path in paths for folder in folders_of(path)}
    return [".", STATE, *(name for name in sorted(folders) if _is_folder(output / name))]


def complete(folder: Folder) -> None:
    """Finish the move that a journal describes, if there is one. Can be repeated any number of times."""
    output = folder.path
    journal = _read(output)
    if journal is not None:
        _check_staged(output, journal)
        check(output, Journal(_remaining(output, journal), journal.deletes, journal.manifest))
        carry_out(folder, journal)


def _read(output: Path) -> Journal | None:
    try:
        data = json.loads((output / JOURNAL).read_bytes())
        moves = [Move(str(int(stage)), checked(path), new, before) for stage, path, new, before in data["moves"]]
        deletes = {checked(path): known for path, known in data["deletes"].items()}
        return Journal(moves, deletes, data["manifest"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError) as error:
        raise _lost(output, "the journal is damaged") from error


def _remaining(output: Path, journal: Journal) -> list[Move]:
    return [move for move in journal.moves if os.path.lexists(output / STAGE / move.stage)]


def _check_staged(output: Path, journal: Journal) -> None:
    """Every file is either still staged or has arrived; if not, somebody has emptied the tool's folder."""
    staged = {move.path for move in _remaining(output, journal)}
    for move in journal.moves:
        if move.path not in staged and digest_at(output, move.path) in (None, move.before):
            raise _lost(output, f"{move.path} was to be moved in and is gone")
    if not (output / STAGE / STAGED_MANIFEST).exists() and digest_at(output, MANIFEST) != journal.manifest:
        raise _lost(output, "the new manifest is gone")


def _lost(output: Path, what: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        f"{output / JOURNAL}: an unfinished build cannot be completed, as {what}",
        f"save your own files in {output}, remove the folder and build again",
    )


def clear_stage(folder: Folder) -> None:
    """Remove what was staged: files of the names that we give, then the folder, if nothing else is in it."""
    if _is_folder(folder.path / STAGE):
        for name, _ in folder.entries(STAGE):
            if name.isdecimal() or name in (STAGED_MANIFEST, STAGED_JOURNAL):
                folder.remove_file(f"{STAGE}/{name}")
        folder.remove_empty_folder(STAGE)
