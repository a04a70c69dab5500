"""An output that exists, changed into the new site: what differs is staged in it, then moved in behind a journal."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from briefing.file_state import Seen
from briefing.write.adoption import is_alike, others, with_other_ends
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
from briefing.write.ownership import (
    MANIFEST,
    STATE,
    Untouched,
    closed_folders,
    digest,
    digest_at,
    is_open,
    manifest_bytes,
    read_manifest,
)
from briefing.write.staging import PublishResult, Staging, check_state


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
        check_state(self.output)
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

    def there(self, files: Mapping[str, str]) -> set[str]:
        found, ours, last, is_untouched = set[str](), self.old, self.seen, self._untouched.is_so
        for path, known in files.items():
            if ours.get(path) == known:
                seen = last.get(path)
                if seen is not None and seen.digest == known and is_untouched(path, seen.stamp):
                    self.untouched.add(path)
                    found.add(path)
                elif digest_at(self.output, path) == known and is_open(self.output, path):
                    found.add(path)
        return found

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
