"""The new site into its folder: files staged where nobody looks, then put in place.

Until `commit` nothing that a reader sees has changed. A folder that does not exist yet is made under another
name and renamed as a whole. In one that exists the files that differ are moved in one by one behind a journal.
"""

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from briefing.diagnostics import EnvironmentProblem
from briefing.file_state import Seen
from briefing.interrupts import Interrupted, held
from briefing.write.adoption import is_alike, others, with_other_ends
from briefing.write.disk import Folder
from briefing.write.editions import check_edition
from briefing.write.journal import (
    JOURNAL,
    STAGE,
    STAGED_JOURNAL,
    STAGED_MANIFEST,
    Journal,
    Move,
    carry_out,
    check,
    clear_stage,
    complete,
    in_order,
    rank,
)
from briefing.write.lock import locked
from briefing.write.ownership import (
    MANIFEST,
    OTHER,
    STATE,
    Untouched,
    check_output,
    checked,
    closed_folders,
    digest,
    digest_at,
    folders_of,
    is_open,
    manifest_bytes,
    read_manifest,
)


@dataclass(frozen=True, slots=True)
class PublishResult:
    """What a build did to its folder; `kept` are files no longer wanted that somebody has changed.

    `others` are the files that were found beside ours, where they are looked for.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    kept: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@contextmanager
def output_folder(
    root: Path, output: Path, seen: Mapping[str, Seen] | None = None, adopt: bool = False, is_internal: bool = False
) -> Iterator["Staging"]:
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
                _check_state(output)
                complete(folder)


@contextmanager
def _guarded(root: Path, output: Path) -> Iterator[None]:
    """Refuse outputs that must not be written to; errors of the disk as problems that name the file."""
    try:
        check_output(root, output)
        yield
    except OSError as error:
        raise EnvironmentProblem.of(error, output) from error


def _check_state(output: Path) -> None:
    """Our own folders must be folders: behind a link there would be somebody else's files to tidy away."""
    for folder in (output / STATE, output / STAGE):
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise EnvironmentProblem(f"{folder}: the tool's own folder belongs here", "move this elsewhere")


@dataclass(slots=True)
class Staging(ABC):
    """The files of a new site, added one by one. The `folder` that is held is the output, or the one it will be in."""

    output: Path
    folder: Folder
    is_internal: bool = False
    files: dict[str, str] = field(default_factory=dict)
    # Files that are as an earlier build saw them, to the stamp.
    untouched: set[str] = field(default_factory=set)
    _folders: set[str] = field(default_factory=set)

    def add(self, path: str, data: bytes) -> str:
        """Stage a file and give its SHA-256; ValueError for a path that leads out of the output."""
        of_data = digest(data)
        self._list(path, of_data)
        self._put(path, data)
        return of_data

    @abstractmethod
    def has(self, path: str, digest: str) -> bool:
        """Whether there is a file of ours with that SHA-256 in the output."""

    def keep(self, path: str, digest: str) -> None:
        """Leave a file that the output has with that SHA-256 as it is."""
        self._list(path, digest)

    def change(self, path: str, known: str, changed: Callable[[bytes], bytes]) -> str:
        """Stage what is made of a file that the output has with that SHA-256, and give its own."""
        data = (self.output / path).read_bytes()
        if digest(data) != known:
            raise EnvironmentProblem(f"{path}: somebody has changed this file in this moment", "build again")
        return self.add(path, changed(data))

    @abstractmethod
    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Files of the new site, which have been added or kept, with their bytes."""

    def _list(self, path: str, digest: str) -> None:
        # In a folder that is known, files have been listed before, so nothing on the way to it is one.
        folder = checked(path).rpartition("/")[0]
        folders = [] if folder in self._folders else list(folders_of(path))
        if path in self.files or path in self._folders or not self.files.keys().isdisjoint(folders):
            raise EnvironmentProblem(f"{path}: two files want this place, or one the place of a folder", "rename one")
        self.files[path] = digest
        self._folders.update(folders)

    @abstractmethod
    def _put(self, path: str, data: bytes) -> None: ...

    def listed(self) -> dict[str, str]:
        """What was put in place, with the manifest; nothing where not all of it is ours or somebody's was left."""
        return {**self.files, MANIFEST: digest(manifest_bytes(self.files, self.is_internal))}

    @abstractmethod
    def commit(self) -> PublishResult:
        """Put the new site in place. Refuses, before anything changes, to overwrite what is not ours."""

    @property
    def published(self) -> Collection[str]:
        """The paths of our files that stand in the output now, where any of them goes."""
        return ()

    def __enter__(self) -> "Staging":
        try:
            with held():
                self._begin()
        except Interrupted:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Tidy away what was not committed; what cannot be is left to the next build."""
        with held(), suppress(OSError):
            self._discard()

    @abstractmethod
    def _begin(self) -> None: ...

    @abstractmethod
    def _discard(self) -> None: ...


@contextmanager
def _staging(output: Path, seen: Mapping[str, Seen], adopt: bool, is_internal: bool) -> Iterator[Staging]:
    if output.is_dir():
        with Folder(output) as folder, ChangedFolder(output, folder, is_internal, seen=seen, adopt=adopt) as staging:
            yield staging
    else:
        with Folder(output.parent, through_links=True) as parent, NewFolder(output, parent, is_internal) as staging:
            yield staging


@dataclass(slots=True)
class NewFolder(Staging):
    """An output that does not exist: made beside its place, known as ours by the manifest it begins with."""

    @property
    def name(self) -> str:
        """What it is called until it is whole."""
        return f".{self.output.name}.briefing-new"

    def _begin(self) -> None:
        self._discard()
        self.folder.make_folder(f"{self.name}/{STATE}")
        self.folder.write_new(f"{self.name}/{MANIFEST}", b"")

    def has(self, path: str, digest: str) -> bool:
        return False

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        return ((path, (self.output.parent / self.name / path).read_bytes()) for path in paths)

    def _put(self, path: str, data: bytes) -> None:
        self.folder.make_folder(f"{self.name}/{path}".rpartition("/")[0])
        self.folder.write_new(f"{self.name}/{path}", data)

    def commit(self) -> PublishResult:
        staged = f"{self.name}/{STATE}/{STAGED_MANIFEST}"
        self.folder.write_new(staged, manifest_bytes(self.files, self.is_internal))
        self.folder.replace(staged, f"{self.name}/{MANIFEST}")
        paths = (*self.files, MANIFEST, *sorted(self._folders), STATE)
        self.folder.sync([*(f"{self.name}/{path}" for path in paths), self.name])
        self.folder.replace(self.name, self.output.name)
        self.folder.sync(["."])
        return PublishResult(new=len(self.files))

    def _discard(self) -> None:
        stage = self.output.parent / self.name
        if os.path.lexists(stage):
            if not _is_ours(stage):
                raise EnvironmentProblem(f"{stage}: this is in the way of a new build", "move it elsewhere")
            _remove_tree(self.folder, self.name)


def _is_ours(stage: Path) -> bool:
    """Whether a folder is an unfinished output: one with a manifest, or too young to have it."""
    if stage.is_symlink() or not stage.is_dir():
        return False
    is_bare = not os.listdir(stage) or (os.listdir(stage) == [STATE] and not os.listdir(stage / STATE))
    return is_bare or digest_at(stage, MANIFEST) not in (None, OTHER)


def _remove_tree(folder: Folder, path: str) -> None:
    """Remove a folder with all that is in it, the mark that makes it ours last; links are not followed."""
    for name, is_folder in sorted(folder.entries(path), key=lambda entry: (entry[0] == STATE, entry[0])):
        if is_folder:
            _remove_tree(folder, f"{path}/{name}")
        else:
            folder.remove_file(f"{path}/{name}")
    folder.remove_empty_folder(path)


@dataclass(slots=True)
class ChangedFolder(Staging):
    """An output that exists: what differs from it is staged in it. `foreign` are files like ours that are not. With
    `adopt` there are none, and those with other line ends are ours as well."""

    seen: Mapping[str, Seen] = field(default_factory=dict)
    adopt: bool = False
    old: dict[str, str] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    foreign: set[str] = field(default_factory=set)
    left: list[str] = field(default_factory=list)
    _untouched: Untouched = field(init=False)

    def _begin(self) -> None:
        self._untouched = Untouched(self.output)
        _check_state(self.output)
        complete(self.folder)
        clear_stage(self.folder)
        self.old = read_manifest(self.output)
        for path, mode in closed_folders(self.output, [MANIFEST, *self.old]):
            self.folder.set_mode(path, mode)
        if self.adopt:
            self.old |= with_other_ends(self.output, self.old)

    @property
    def published(self) -> Collection[str]:
        goes = not self.old.keys() <= self.files.keys()
        return [path for path in self.old if os.path.lexists(f"{self.output}/{path}")] if goes else ()

    def listed(self) -> dict[str, str]:
        return {} if self.foreign or self.left else Staging.listed(self)

    def has(self, path: str, digest: str) -> bool:
        if self.old.get(path) != digest:
            return False
        seen = self.seen.get(path)
        if seen is not None and seen.digest == digest and self._untouched.is_so(path, seen.stamp):
            self.untouched.add(path)
            return True
        return digest_at(self.output, path) == digest and is_open(self.output, path)

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        staged = {move.path: f"{STAGE}/{move.stage}" for move in self.moves}
        return ((path, (self.output / staged.get(path, path)).read_bytes()) for path in paths)

    def _put(self, path: str, data: bytes) -> None:
        self.untouched.discard(path)
        now, ours = digest_at(self.output, path), self.old.get(path)
        if self.adopt and now != ours and (now == self.files[path] or is_alike(self.output, path, data)):
            ours = now
        if now != self.files[path] or (now == ours and not is_open(self.output, path)):
            move = Move(str(len(self.moves)), path, self.files[path], now if now == ours else None)
            self._stage(move.stage, data)
            self.moves.append(move)
        elif ours is None:
            self.foreign.add(path)

    def _stage(self, name: str, data: bytes) -> None:
        self.folder.make_folder(STAGE)
        self.folder.write_new(f"{STAGE}/{name}", data)

    def commit(self) -> PublishResult:
        deletes, self.left = self._deletions()
        ours = {path: known for path, known in self.files.items() if path not in self.foreign}
        manifest = manifest_bytes(ours, self.is_internal)
        journal = Journal(in_order(self.moves), deletes, digest(manifest))
        check(self.output, journal, self.adopt)
        if self.moves or deletes or digest_at(self.output, MANIFEST) != journal.manifest:
            self._stage(STAGED_MANIFEST, manifest)
            self._stage(STAGED_JOURNAL, journal.to_bytes())
            names = (*(move.stage for move in self.moves), STAGED_MANIFEST, STAGED_JOURNAL)
            self.folder.sync([*(f"{STAGE}/{name}" for name in names), STAGE])
            self.folder.replace(f"{STAGE}/{STAGED_JOURNAL}", JOURNAL)
            self.folder.sync([STATE])
            carry_out(self.folder, journal)
        changed = sum(move.before is not None for move in self.moves)
        return PublishResult(
            new=len(self.moves) - changed,
            changed=changed,
            unchanged=len(self.files) - len(self.moves),
            removed=len(deletes),
            kept=tuple(sorted(self.left)),
            others=others(self.output, self.files) if self.adopt else (),
        )

    def _deletions(self) -> tuple[dict[str, str], list[str]]:
        """Files the last build wrote that are no longer wanted: those to delete, and those changed since."""
        paths = sorted(self.old.keys() - self.files.keys(), key=rank, reverse=True)
        unwanted = {path: self.old[path] for path in paths}
        now = {path: digest_at(self.output, path) for path in unwanted}
        deletes = {path: known for path, known in unwanted.items() if now[path] == known}
        return deletes, [path for path in unwanted if path not in deletes and now[path] is not None]

    def _discard(self) -> None:
        """Nothing, once there is a journal: the staged files then belong to the move."""
        if not os.path.lexists(self.output / JOURNAL):
            clear_stage(self.folder)
            if (self.output / STATE).is_dir() and not os.path.lexists(self.output / MANIFEST):
                self.folder.remove_empty_folder(STATE)
