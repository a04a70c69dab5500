"""What is kept of a build, and whether what was kept is that, part by part: nothing else may be used, or shown."""

import os
from collections.abc import Iterable
from itertools import chain, starmap
from typing import Any, NamedTuple

from briefing.diagnostics import Diagnostic, Location, Note
from briefing.file_state import Seen, Stamp
from briefing.request import Counts, Outcome


class State(NamedTuple):
    """What a build saw and left: its sources, the files of its output with their SHA-256, and what it told."""

    tool: str
    sources: dict[str, Seen]
    outputs: dict[str, Seen]
    outcome: Outcome

    @property
    def data(self) -> object:
        """It with files as plain values, to be kept: there are tens of thousands of them."""
        sources, outputs = ({path: tuple(seen) for path, seen in of.items()} for of in (self.sources, self.outputs))
        return self.tool, sources, outputs, self.outcome


def state_of(data: object) -> State | None:
    """The state that `data` was made of; None for anything else."""
    match data:
        case (str(tool), dict(sources), dict(outputs), Outcome() as outcome) if (
            _are_seen(sources) and _are_seen(outputs) and is_outcome(outcome)
        ):
            return State(tool, _seen(sources), _seen(outputs), outcome)
    return None


def _seen(files: dict[str, tuple[Stamp, str]]) -> dict[str, Seen]:
    return dict(zip(files, starmap(Seen, files.values()), strict=True))


def _are_seen(value: dict[Any, Any]) -> bool:
    """Whether it has paths and files as they were seen: looked at all at once, by their types."""
    files = list(value.values())
    if not (_are(value, str) and _are(files, tuple) and {2}.issuperset(map(len, files))):
        return False
    stamps = [stamp for stamp, _ in files]
    if not (_are(stamps, tuple) and {4}.issuperset(map(len, stamps))):
        return False
    return _are(chain.from_iterable(stamps), int) and _are([digest for _, digest in files], str)


def _are(values: Iterable[object], kind: type) -> bool:
    return {kind}.issuperset(map(type, values))


def is_outcome(value: object) -> bool:
    """Whether a value is an outcome that can be shown."""
    match value:
        case Outcome(tuple(problems), bool(), Counts(int(), int(), int()) | None, None):
            return all(map(_is_diagnostic, problems))
    return False


def _is_diagnostic(value: object) -> bool:
    match value:
        case Diagnostic(str(), str(), place, str(), tuple(notes), "error" | "warning"):
            return _is_place(place) and all(map(_is_note, notes))
    return False


def _is_note(value: object) -> bool:
    match value:
        case Note(str(), place, str() | None):
            return place is None or _is_place(place)
    return False


def _is_place(value: object) -> bool:
    match value:
        case Location(str(path), int(line), int(column), int(width)):
            return min(line, column, width) > 0 and _is_path(path)
    return False


def _is_path(path: str) -> bool:
    try:
        return b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        return False
