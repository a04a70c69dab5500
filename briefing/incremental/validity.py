"""Whether what was kept of a build is, part by part, what a build keeps: nothing else may be used, or shown."""

import os

from briefing.diagnostics import Diagnostic, Location, Note
from briefing.file_state import Seen
from briefing.request import Counts, Outcome


def are_seen(value: object) -> bool:
    """Whether a value is a dictionary of paths to files as they were seen."""
    return isinstance(value, dict) and all(map(_is_seen, value.items()))


def is_outcome(value: object) -> bool:
    """Whether a value is an outcome that can be shown."""
    match value:
        case Outcome(tuple(problems), bool(), Counts(int(), int(), int()) | None, None):
            return all(map(_is_diagnostic, problems))
    return False


def _is_seen(item: tuple[object, object]) -> bool:
    match item:
        case (str(), Seen(stamp=(int(), int(), int(), int()), digest=str())):
            return True
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
