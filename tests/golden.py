"""Expectations kept in files: a diff where they are not what is seen, and rewritten with it under `--accept`."""

import os
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from itertools import islice
from pathlib import Path

import pytest

from tests.commands import REPOSITORY

# How much is shown: of one file, and of how many.
MOST_LINES = 60
MOST_FILES = 5


class Golden:
    """Compares, or accepts and remembers where anything has changed."""

    def __init__(self, accepts: bool) -> None:
        self._accepts = accepts
        self.changed: list[str] = []

    def files(self, folder: Path, wanted: Mapping[str, str], seen: Mapping[str, str]) -> None:
        """The texts of files of a folder, by their paths in it."""
        if self._is_accepted(folder, wanted, seen):
            for path in wanted.keys() - seen.keys():
                (folder / path).unlink()
            for path, text in seen.items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_text(text, encoding="utf-8")

    def part(self, file: Path, wanted: str, seen: str, before: str = "") -> None:
        """A part of a file, and what stands before it, if it stands there more than once."""
        if self._is_accepted(file, {file.name: wanted}, {file.name: seen}):
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace(before + wanted, before + seen), encoding="utf-8")

    def _is_accepted(self, place: Path, wanted: Mapping[str, str], seen: Mapping[str, str]) -> bool:
        """Whether a difference is to be written down; if it is not, the test fails."""
        where = os.path.relpath(place, REPOSITORY)
        if wanted == seen:
            return False
        if not self._accepts:
            told = "\n".join(differences(wanted, seen))
            pytest.fail(f"{where} expects something else\n{told}\nIf this is meant: make accept", pytrace=False)
        self.changed += [where] * (where not in self.changed)
        return True


def differences(wanted: Mapping[str, str], seen: Mapping[str, str]) -> Iterator[str]:
    """The first lines of the diffs of the first files that differ."""
    paths = [path for path in sorted({**wanted, **seen}) if wanted.get(path) != seen.get(path)]
    for path in paths[:MOST_FILES]:
        old, new = wanted.get(path, "").splitlines(), seen.get(path, "").splitlines()
        lines = unified_diff(old, new, f"{path} as expected", f"{path} as seen", lineterm="")
        yield from islice(lines, MOST_LINES)
        if left := sum(1 for _ in lines):
            yield f"... {left} more lines of {path}"
    if paths[MOST_FILES:]:
        yield f"... and {len(paths) - MOST_FILES} more files: {', '.join(paths[MOST_FILES:])}"
