"""The new site into its folder: files staged beside the old ones, then moved in one by one behind a journal.

Until `commit` nothing that a reader sees has changed. `commit` writes a journal of what is to be moved and
deleted and works through it; a build that dies on the way leaves the journal, and the next one completes it
first. A folder that does not exist yet is made under another name and renamed as a whole.
"""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import TracebackType

from briefing.diagnostics import EnvironmentProblem
from briefing.write import disk
from briefing.write.lock import locked
from briefing.write.ownership import (
    MANIFEST,
    STATE,
    check_output,
    digest,
    digest_of_file,
    manifest_bytes,
    read_manifest,
)

JOURNAL = f"{STATE}/journal.json"
STAGE = f"{STATE}/stage"
UNFINISHED = f"{STATE}/unfinished"
SHOWN_CONFLICTS = 10


@dataclass(frozen=True, slots=True)
class Written:
    """What a build did to its folder; `kept` are files no longer wanted that somebody has changed."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """A staged file, where it goes, its digest, and that of the file it replaces."""

    stage: str
    path: str
    digest: str
    before: str | None


@contextmanager
def output_folder(root: Path, output: Path) -> Iterator["Staging"]:
    """The staging of a locked output folder, whose unfinished move, if there is one, is completed first."""
    try:
        check_output(root, output)
        with locked(output), Staging(output) as staging:
            yield staging
    except OSError as error:
        raise _environment(error, output) from error


def _environment(error: OSError, output: Path) -> EnvironmentProblem:
    name = error.filename2 or error.filename or output
    return EnvironmentProblem(f"{name}: {(error.strerror or str(error)).lower()}")


@dataclass(slots=True)
class Staging:
    """The files of a new site, added one by one."""

    output: Path
    is_new: bool = False
    stage: Path = field(init=False)
    old: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    _folders: set[str] = field(default_factory=set)
    _done: bool = False

    def __enter__(self) -> "Staging":
        self.is_new = not self.output.is_dir()
        if self.is_new:
            self.stage = self.output.parent / f".{self.output.name}.briefing-new"
            self._clear_new()
            disk.make_folder(self.stage / STATE)
            disk.write_new(self.stage / UNFINISHED, b"")
        else:
            complete(self.output)
            self.stage = self.output / STAGE
            self._clear_stage()
            self.old = read_manifest(self.output)
            disk.make_folder(self.stage)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._done:
            return
        try:
            if self.is_new:
                self._clear_new()
            elif not (self.output / JOURNAL).exists():
                self._clear_stage()
                disk.remove_empty_folder(self.stage)
                if not self.old:
                    disk.remove_empty_folder(self.output / STATE)
        except OSError:
            if error is None:
                raise

    def add(self, path: str, data: bytes) -> None:
        """Stage a file, unless the same bytes stand there already."""
        new = self.files[path] = digest(data)
        if self.is_new:
            self._make_folder(self.stage, path)
            disk.write_new(self.stage / path, data)
            return
        before = digest_of_file(self.output / path) if self._is_free(path) else "other"
        if before == new:
            return
        if before is not None and before != self.old.get(path):
            self.conflicts.append(path)
            return
        name = str(len(self.moves))
        disk.write_new(self.stage / name, data)
        self.moves.append(Move(name, path, new, before))

    def _is_free(self, path: str) -> bool:
        """Whether all folders on the way are folders of the output and no links out of it."""
        for parent in PurePosixPath(path).parents:
            name = str(parent)
            if name in self._folders:
                return True
            if name != "." and (self.output / name).is_symlink():
                return False
        self._folders.add(str(PurePosixPath(path).parent))
        return True

    def _make_folder(self, base: Path, path: str) -> None:
        parent = str(PurePosixPath(path).parent)
        if parent not in self._folders:
            disk.make_folder(base / parent)
            self._folders.add(parent)

    def commit(self) -> Written:
        """Put the new site in place. Refuses, before anything changed, to overwrite what is not ours."""
        if self.conflicts:
            raise EnvironmentProblem(_told(self.output, self.conflicts))
        return self._commit_new() if self.is_new else self._commit_changes()

    def _commit_new(self) -> Written:
        disk.write_new(self.stage / MANIFEST, manifest_bytes(self.files), sync=True)
        disk.remove_file(self.stage / UNFINISHED)
        disk.sync_folder(self.stage)
        disk.replace(self.stage, self.output)
        self._done = True
        disk.sync_folder(self.output.parent)
        return Written(new=len(self.files))

    def _commit_changes(self) -> Written:
        deletes, kept = self._deletions()
        written = Written(
            new=sum(move.before is None for move in self.moves),
            changed=sum(move.before is not None for move in self.moves),
            unchanged=len(self.files) - len(self.moves),
            removed=len(deletes),
            kept=tuple(kept),
        )
        manifest = manifest_bytes(self.files)
        if not self.moves and not deletes and digest_of_file(self.output / MANIFEST) == digest(manifest):
            self._clear_stage()
            disk.remove_empty_folder(self.stage)
            self._done = True
            return written
        disk.write_new(self.stage / "manifest", manifest)
        journal = {
            "format": 1,
            "moves": [[move.stage, move.path, move.digest, move.before] for move in _ordered(self.moves)],
            "deletes": deletes,
            "manifest": digest(manifest),
        }
        os.sync() if len(self.moves) > 1000 else self._sync_staged()
        disk.write_new(self.stage / "journal", json.dumps(journal, ensure_ascii=False).encode(), sync=True)
        disk.replace(self.stage / "journal", self.output / JOURNAL)
        disk.sync_folder(self.output / STATE)
        self._done = True
        complete(self.output)
        return written

    def _sync_staged(self) -> None:
        disk.sync_folder(self.stage)

    def _deletions(self) -> tuple[list[tuple[str, str]], list[str]]:
        """Files the last build wrote that are no longer wanted: those to delete, and those changed since."""
        deletes, kept = [], []
        for path, known in sorted(self.old.items()):
            if path in self.files:
                continue
            now = digest_of_file(self.output / path)
            if now == known:
                deletes.append((path, known))
            elif now is not None:
                kept.append(path)
        return deletes, kept

    def _clear_stage(self) -> None:
        if self.stage.is_dir():
            for entry in os.scandir(self.stage):
                disk.remove_file(Path(entry.path))

    def _clear_new(self) -> None:
        """Remove the unfinished folder of a build that never ended; it is known by its mark."""
        if not os.path.lexists(self.stage):
            return
        is_ours = (self.stage / STATE).is_dir() and not self.stage.is_symlink()
        if not is_ours or not (
            (self.stage / UNFINISHED).exists() or (self.stage / MANIFEST).exists() or _is_bare(self.stage)
        ):
            raise EnvironmentProblem(f"{self.stage}: this is in the way of a new build; move it elsewhere")
        _remove_tree(self.stage)


def _is_bare(folder: Path) -> bool:
    return [entry.name for entry in os.scandir(folder)] == [STATE] and not any(os.scandir(folder / STATE))


def _remove_tree(folder: Path) -> None:
    """Remove a folder of ours, its mark last, following no links."""
    for parent, folders, files in os.walk(folder, topdown=False):
        if Path(parent) == folder / STATE:
            continue
        for name in files:
            disk.remove_file(Path(parent) / name)
        for name in folders:
            if Path(parent) / name != folder / STATE:
                disk.remove_empty_folder(Path(parent) / name)
    for entry in list(os.scandir(folder / STATE)):
        disk.remove_file(Path(entry.path))
    disk.remove_empty_folder(folder / STATE)
    disk.remove_empty_folder(folder)


def _ordered(moves: list[Move]) -> list[Move]:
    """New files before changed ones, assets before pages, pages before the indexes that list them."""
    return sorted(moves, key=lambda move: (move.before is not None, _rank(move.path), move.path))


def _rank(path: str) -> int:
    if not path.endswith(".html"):
        return 0
    folder, _, name = path.rpartition("/")
    if name == "index.html" or not folder:
        return 3
    return 1 if folder == "articles" else 2


def _told(output: Path, conflicts: Iterable[str]) -> str:
    names = sorted(conflicts)
    shown = ", ".join(names[:SHOWN_CONFLICTS]) + (
        f" and {len(names) - SHOWN_CONFLICTS} more" if len(names) > SHOWN_CONFLICTS else ""
    )
    return f"{output}: not written by the last build, or changed since, and in the way: {shown}; move or remove them"


def complete(output: Path) -> bool:
    """Finish the move that a journal describes; whether there was one. Can be repeated any number of times."""
    journal_path = output / JOURNAL
    try:
        journal = json.loads(journal_path.read_bytes())
    except FileNotFoundError:
        return False
    except ValueError as error:
        raise EnvironmentProblem(f"{journal_path}: the journal is damaged; move it away and build again") from error
    stage = output / STAGE
    moves = [Move(*entry) for entry in journal["moves"]]
    deletes = {str(path): str(known) for path, known in journal["deletes"]}
    _check_unchanged(output, stage, moves)
    wanted = {str(parent) for move in moves for parent in PurePosixPath(move.path).parents}
    for path in [path for path in deletes if path in wanted or any(f"{path}".startswith(f"{m.path}/") for m in moves)]:
        _delete(output, path, deletes.pop(path))
    for move in moves:
        staged = stage / move.stage
        if os.path.lexists(staged):
            disk.make_folder((output / move.path).parent)
            disk.replace(staged, output / move.path)
    for path, known in deletes.items():
        _delete(output, path, known)
    if os.path.lexists(stage / "manifest"):
        disk.replace(stage / "manifest", output / MANIFEST)
    disk.sync_folder(output / STATE)
    disk.remove_file(journal_path)
    if stage.is_dir():
        for entry in os.scandir(stage):
            disk.remove_file(Path(entry.path))
        disk.remove_empty_folder(stage)
    return True


def _check_unchanged(output: Path, stage: Path, moves: list[Move]) -> None:
    """An interrupted move goes on only if nobody has touched the files it has still to replace."""
    conflicts = []
    for move in moves:
        if os.path.lexists(stage / move.stage):
            now = digest_of_file(output / move.path)
            if now is not None and now not in (move.before, move.digest):
                conflicts.append(move.path)
    if conflicts:
        raise EnvironmentProblem(_told(output, conflicts))


def _delete(output: Path, path: str, known: str) -> None:
    """Delete a file of ours that nobody changed, and the folders that are empty without it."""
    if digest_of_file(output / path) == known:
        disk.remove_file(output / path)
    for parent in PurePosixPath(path).parents:
        if str(parent) == "." or not disk.remove_empty_folder(output / parent):
            break
