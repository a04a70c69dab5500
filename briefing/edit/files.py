"""Changes of the annotation files of a site: checked against what the editor saw, written whole, and taken back.

A caller names the state of the file that it has seen: its digest (`sources.digest`), or `ABSENT`. A file in another
state is not changed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.edit.changes import with_claim, with_entry
from briefing.edit.fields import with_fields
from briefing.edit.refusal import Refused
from briefing.read.sources import digest
from briefing.write.annotations import change_file

# In place of a digest: there is no such file.
ABSENT = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A change that was made: the file, its bytes before, None where there was none, and those that it has now."""

    path: str
    before: bytes | None
    after: bytes | None

    @property
    def digest(self) -> str:
        """The state of the file now."""
        return state(self.after)


# Looks at the bytes of a file before and after a change, and refuses the change that is not to be made.
Review = Callable[[bytes, bytes], object]


def add_claim(root: Path, path: str, seen: str, claim: Mapping[str, Any], review: Review | None = None) -> Change:
    """Append a claim to the annotation file at `path`, which is made if it is not there.

    Every other byte stays. `Refused` says why nothing was written: the file was changed since it was `seen`, cannot be
    read or added to, the claim is none, or the `review` said so. `EnvironmentProblem` where the disk does not allow it.
    """
    return _change(root, path, seen, lambda data: with_claim(path, data, claim), review)


def add_claims(root: Path, path: str, seen: str, claims: Sequence[Mapping[str, Any]]) -> Change:
    """Append several claims in one change: all of them or, where one is refused, none; otherwise as `add_claim`."""

    def added(data: bytes) -> bytes:
        for claim in claims:
            data = with_claim(path, data, claim)
        return data

    return _change(root, path, seen, added)


def add_entry(
    root: Path, path: str, seen: str, id: str, entry: Mapping[str, Any], review: Review | None = None
) -> Change:
    """Append an entry to the history of the claim `id`; otherwise as `add_claim`."""
    return _change(root, path, seen, lambda data: with_entry(path, data, id, entry), review)


def set_fields(
    root: Path, path: str, seen: str, id: str, fields: Mapping[str, Any], review: Review | None = None
) -> Change:
    """Give fields of the claim `id` other values, or none; otherwise as `add_claim`."""
    return _change(root, path, seen, lambda data: with_fields(path, data, id, fields), review)


def undo(root: Path, change: Change) -> None:
    """Give a file the bytes that it had before a change, if it is still as the change has left it."""

    def restored(data: bytes | None) -> bytes | None:
        if data != change.after:
            raise Refused(f"{change.path} was changed since", "take the change back in the file itself")
        return change.before

    change_file(root, change.path, restored)


def state(data: bytes | None) -> str:
    """The state of a file with these bytes."""
    return ABSENT if data is None else digest(data)


def _change(root: Path, path: str, seen: str, change: Callable[[bytes], bytes], review: Review | None = None) -> Change:
    def changed(data: bytes | None) -> bytes:
        if state(data) != seen:
            raise Refused(f"{path} was changed since this page was made", "reload the page and try again")
        result = change(data or b"")
        if review is not None:
            review(data or b"", result)
        return result

    before, after = change_file(root, path, changed)
    return Change(path, before, after)
