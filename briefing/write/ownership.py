"""Which folders may be written to, what stands in them, and which files there are ours: the manifest."""

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from briefing import __version__
from briefing.diagnostics import EnvironmentProblem
from briefing.file_state import Stamp, stamp_of

STATE = ".briefing"
MANIFEST = f"{STATE}/manifest.json"
SOURCES = ("content", "templates", ".git")
OTHER = "other"
FILE_MODE, FOLDER_MODE = 0o644, 0o755
_ELSEWHERE = "name a folder of its own: `--output FOLDER`"
# Nearly all paths: no part of one begins with a dot.
_PLAIN = re.compile(r"[\w-][\w.-]*(?:/[\w-][\w.-]*)*", re.ASCII).fullmatch
INTERNAL = "internal"
# What a manifest may raise that somebody has changed.
_SENSELESS = (ValueError, LookupError, AttributeError, TypeError, RecursionError, MemoryError)
# How spaces and the like are written in the kernel's list of mounts.
_OCTAL = re.compile(rb"\\([0-7]{3})")


def check_output(root: Path, output: Path) -> None:
    """Refuse folders whose loss would hurt; `root` is the site's folder. Writes nothing."""
    if output.is_symlink():
        raise EnvironmentProblem(f"{output}: the output is a symbolic link", "name the folder itself")
    if output.exists() and not output.is_dir():
        raise EnvironmentProblem(f"{output}: the output is not a folder", _ELSEWHERE)
    if not output.parent.is_dir():
        raise EnvironmentProblem(
            f"{output}: the folder {output.parent} does not exist", "make it, or name another output"
        )
    real, site = _real(output), _real(root)
    home = os.path.expanduser("~")  # stays `~` for a user without one
    if real == Path(real.anchor) or (os.path.isabs(home) and _lies_in(_real(home), real)):
        raise EnvironmentProblem(f"{output}: the output may not be or hold the root or home folder", _ELSEWHERE)
    if _lies_in(site, real):
        raise EnvironmentProblem(f"{output}: the output may not hold the site's sources", _ELSEWHERE)
    for name in SOURCES:
        source = _real(site / name)
        if _lies_in(real, source) or _lies_in(source, real):
            raise EnvironmentProblem(f"{output}: the output may not be, hold or lie in {name}/", _ELSEWHERE)
    if _lies_in(real, site / STATE) and not (site / STATE).is_symlink():
        raise EnvironmentProblem(f"{output}: the output may not be or lie in {STATE}/", _ELSEWHERE)
    if ".git" in real.parts or os.path.lexists(real / ".git") or os.path.lexists(real / "config.yaml"):
        raise EnvironmentProblem(f"{output}: the output is a repository or a site's sources", _ELSEWHERE)


def _real(path: Path | str) -> Path:
    return Path(os.path.realpath(path))


def _lies_in(inner: Path, outer: Path) -> bool:
    """Whether a folder is another or lies in it: by identity, as a file system may know one under two names."""
    folders = (inner, *inner.parents)
    return outer in folders or (os.path.exists(outer) and any(_is_same(folder, outer) for folder in folders))


def _is_same(one: Path, other: Path) -> bool:
    return os.path.exists(one) and os.path.samefile(one, other)


def mounts_in(output: Path) -> list[str]:
    """The paths below the output on which something else is mounted, where the system tells (Linux)."""
    try:
        lines = Path("/proc/self/mountinfo").read_bytes().splitlines()
    except OSError:
        return []
    inside = os.fsencode(_real(output)) + b"/"
    places = {_OCTAL.sub(lambda found: bytes([int(found[1], 8)]), line.split(b" ")[4]) for line in lines}
    return sorted(os.fsdecode(place.removeprefix(inside)) for place in places if place.startswith(inside))


def checked(path: str) -> str:
    """The path, if it stays below the output and out of the tool's own folder; ValueError if not."""
    if _PLAIN(path):
        return path
    parts = os.fsencode(path).split(b"/")
    if {b"", b".", b".."} & set(parts) or parts[0].lower() == STATE.encode() or "\0" in path:
        raise ValueError(f"{path!r} is not a path below the output")
    return path


def folders_of(path: str) -> Iterator[str]:
    """The folders on the way to a file, from the top."""
    for parent in reversed(PurePosixPath(path).parents[:-1]):
        yield str(parent)


def digest_at(output: Path, path: str) -> str | None:
    """The SHA-256 of the regular file at `path`; None if nothing is there; OTHER for anything else.

    OTHER stands too where a folder on the way is a link or a file: what lies behind it is not the output's.
    """
    for folder in folders_of(path):
        mode = _mode(output / folder)
        if mode is None or not stat.S_ISDIR(mode):
            return OTHER if mode else None
    mode = _mode(output / path)
    if mode is None or not stat.S_ISREG(mode):
        return OTHER if mode else None
    with open(os.open(output / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_open(output: Path, path: str) -> bool:
    """Whether a file of ours has the permissions that we give: everybody reads it, its owner writes it."""
    return stat.S_IMODE(_mode(output / path) or 0) == FILE_MODE


def closed_folders(output: Path, paths: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The folders on the way to these files whose permissions are not what we give, and what they should be.

    Write permission of a group, and special bits, may be somebody's arrangement and stay; so may what holds of the
    output itself. From the top, as nobody can look into a closed folder.
    """
    top = _mode(output) or 0
    for folder in _all_folders(paths):
        mode = _mode(output / folder)
        if mode is None or not stat.S_ISDIR(mode):
            continue
        right = stat.S_IMODE(mode) | FOLDER_MODE
        if right & ~top & stat.S_IWOTH:
            right &= ~(stat.S_IWOTH | stat.S_IWGRP)
        if right != stat.S_IMODE(mode):
            yield folder, right


def _all_folders(paths: Iterable[str]) -> list[str]:
    waiting, found = {path.rpartition("/")[0] for path in paths}, set[str]()
    while waiting:
        found |= waiting
        waiting = {folder.rpartition("/")[0] for folder in waiting} - found
    return sorted(found - {""})


class Untouched:
    """Tells of files of an output whether they are as they were once found. Folders are looked at once."""

    def __init__(self, output: Path) -> None:
        self._output, self._below = output, f"{output}/"
        self._real: dict[str, bool] = {"": True}

    def is_so(self, path: str, stamp: Stamp) -> bool:
        """Whether the regular file at `path` has that stamp, and no folder on the way to it is a link."""
        return stamp_of(self._below + path) == stamp and self._is_real(path.rpartition("/")[0])

    def _is_real(self, folder: str) -> bool:
        if folder not in self._real:
            mode = _mode(self._output / folder)
            is_real = mode is not None and stat.S_ISDIR(mode)
            self._real[folder] = is_real and self._is_real(folder.rpartition("/")[0])
        return self._real[folder]


def _mode(path: Path) -> int | None:
    try:
        return os.lstat(path).st_mode
    except FileNotFoundError:
        return None


def digest(data: bytes) -> str:
    """Of the digests that can be trusted the one for which processors have instructions."""
    return hashlib.sha256(data).hexdigest()


def read_manifest(output: Path) -> dict[str, str]:
    """Path to SHA-256 of the files the last build wrote; empty without a manifest that makes sense."""
    try:
        return {checked(path): str(known) for path, known in _manifest(output)["files"].items()}
    except (FileNotFoundError, *_SENSELESS):
        return {}


def edition_of(output: Path) -> str | None:
    """What edition a folder holds, by its manifest: `internal`, or `` for the public; None for no output of ours."""
    try:
        return str(_manifest(output).get("edition", ""))
    except (OSError, *_SENSELESS):
        return None


def _manifest(output: Path) -> Any:
    with open(output / MANIFEST, "rb", opener=_without_waiting) as file:
        return json.loads(file.read())


def _without_waiting(path: str, flags: int) -> int:
    """A pipe in its place would keep us waiting for ever."""
    return os.open(path, flags | os.O_NONBLOCK)


def manifest_bytes(files: dict[str, str], is_internal: bool = False) -> bytes:
    """The manifest of these files: the same bytes for the same site. That of an internal edition says so."""
    edition = {"edition": INTERNAL} if is_internal else {}
    content = {"format": 1, "tool": f"briefing {__version__}", **edition, "files": dict(sorted(files.items()))}
    # A line for each file, as `indent` would give, but that is slow.
    return (json.dumps(content, separators=(",\n", ": ")) + "\n").encode()
