"""The files of a new site, staged: what every output has in common, and one that does not exist yet."""

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from briefing.diagnostics import EnvironmentProblem
from briefing.interrupts import Interrupted, held
from briefing.write.disk import Folder
from briefing.write.journal import STAGE, STAGED_MANIFEST
from briefing.write.ownership import MANIFEST, OTHER, STATE, checked, digest, digest_at, folders_of, manifest_bytes


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
    def there(self, files: Mapping[str, str]) -> set[str]:
        """The paths of those files that the output has, as ours, with their SHA-256."""

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
        if path in self.files or path in self._folders or (folders and not self.files.keys().isdisjoint(folders)):
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

    def there(self, files: Mapping[str, str]) -> set[str]:
        return set()

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


def check_state(output: Path) -> None:
    """Our own folders must be folders: behind a link there would be somebody else's files to tidy away."""
    for folder in (output / STATE, output / STAGE):
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise EnvironmentProblem(f"{folder}: the tool's own folder belongs here", "move this elsewhere")
