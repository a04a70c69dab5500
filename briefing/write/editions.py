"""Which edition a folder holds. An internal one and one for the public never share a folder, nor does one lie in the
other's: whoever uploads the one would upload both."""

import os
from contextlib import suppress
from pathlib import Path

from briefing.diagnostics import EnvironmentProblem
from briefing.write.ownership import INTERNAL, edition_of

_ELSEWHERE = "name another folder, `--output FOLDER`, or remove what is there"
_ANOTHER_FILE = "name another file, or remove what is there"
_WHAT = {True: "an internal edition", False: "an edition for the public"}


def check_edition(output: Path, is_internal: bool) -> None:
    """Refuse an output that holds the other edition, lies in one, or has one in a folder of its own."""
    for folder in (output, *Path(os.path.realpath(output)).parents):
        _refuse(output, folder, is_internal)
    with suppress(OSError):  # of a folder that nobody can look into the build itself will tell
        for name in os.listdir(output):
            _refuse(output, output / name, is_internal)


def _refuse(output: Path, folder: Path, is_internal: bool) -> None:
    found = edition_of(folder)
    if found is not None and (found == INTERNAL) != is_internal:
        here = "here" if folder == output else f"in {folder}"
        raise EnvironmentProblem(f"{output}: {_WHAT[not is_internal]} is {here}", _ELSEWHERE)


def check_document(path: Path, was_internal: bool, is_internal: bool) -> None:
    """Refuse to put a document in the place of one of the other edition."""
    if was_internal != is_internal:
        raise EnvironmentProblem(f"{path}: a document of {_WHAT[was_internal]} is here", _ANOTHER_FILE)
