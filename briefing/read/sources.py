"""Source files: bytes to text that is safe to work with, and positions in it."""

import hashlib
import os
import re
import stat
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path

from briefing.characters import FORBIDDEN
from briefing.diagnostics import Diagnostic, EnvironmentProblem, Location, together
from briefing.read.conflicts import conflict
from briefing.read.limits import MIB, limit_of

# A file of nothing else would have a million.
MOST_TOLD = 10_000

# What people merge, of the files that readers get as they are.
_TEXTS = (".css", ".csv", ".js", ".json", ".svg", ".txt")


@dataclass(frozen=True)
class SourceFile:
    """The text of one file, with line feeds only and no byte order mark; `path` is relative to the site.

    The `digest` is that of the file's bytes.
    """

    path: str
    text: str
    digest: str = field(default="", compare=False)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def place(self, index: int, end: int | None = None) -> Location:
        """The position of the character at `index`, as wide as the text up to `end` on the same line."""
        line = bisect_right(self._starts, index)
        start = self._starts[line - 1]
        stop = self.text.find("\n", index)
        stop = len(self.text) if stop < 0 else stop
        width = max(1, min(stop, end if end is not None else index + 1) - index)
        return Location(self.path, line, index - start + 1, width)

    def line_of(self, index: int) -> int:
        """The 1-based line of the character at `index`."""
        return bisect_right(self._starts, index)


def read_bytes(root: Path, path: str) -> bytes | Diagnostic:
    """The bytes of a regular file below `root`, at most as many as a file of its kind may have."""
    file, place = f"{root}/{path}", Location(path)
    try:
        status = os.lstat(file)
        if not stat.S_ISREG(status.st_mode):
            is_link = stat.S_ISLNK(status.st_mode)
            what = "a symbolic link" if is_link else "not a regular file"
            thing = "the folder itself" if is_link and os.path.isdir(file) else "a regular file"
            return Diagnostic("not-regular", f"{path} is {what}", place, f"put {thing} in its place")
        limit = limit_of(path)
        if status.st_size > limit.mib * MIB:
            return Diagnostic("excessive-input", f"{path} is larger than {limit.mib} MiB", place, limit.help)
        with open(file, "rb", buffering=0) as opened:
            return opened.read()
    except FileNotFoundError:
        help = "write it, or name the folder of the site: `briefing -C FOLDER ...`"
        return Diagnostic("unreadable-file", f"there is no {path} here", place, help)
    except OSError as error:
        return Diagnostic(
            "unreadable-file",
            f"{path} cannot be read: {(error.strerror or 'error').lower()}",
            place,
            "check the file's permissions and that the disk is sound",
        )


def read_source(root: Path, path: str) -> SourceFile | Diagnostic:
    """The file as text, or the first thing that is wrong with it as such: its encoding, or a merge conflict in it."""
    data = read_bytes(root, path)
    source = data if isinstance(data, Diagnostic) else decode(path, data)
    return source if isinstance(source, Diagnostic) else conflict(source) or source


def read_published(root: Path, path: str) -> bytes | Diagnostic:
    """The bytes of a file that readers get as it is."""
    data = read_bytes(root, path)
    if isinstance(data, Diagnostic) or not path.lower().endswith(_TEXTS):
        return data
    return conflict(SourceFile(path, data.decode("utf-8", "replace"))) or data


def read_media(root: Path, files: Mapping[str, str]) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Those files that readers get as they are, by their addresses; and what is wrong with any."""
    read = {address: read_published(root, path) for address, path in files.items()}
    media = {address: data for address, data in read.items() if not isinstance(data, Diagnostic)}
    return media, [data for data in read.values() if isinstance(data, Diagnostic)]


def digest(data: bytes) -> str:
    """What tells these bytes from any other."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def decode(path: str, data: bytes) -> SourceFile | Diagnostic:
    """Bytes to a `Source`: UTF-8, a leading byte order mark dropped, CRLF made LF."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
        place = Location(path, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
        return Diagnostic(
            "unreadable-file",
            f"byte 0x{data[error.start]:02X} is not UTF-8",
            place,
            "save the file in the encoding UTF-8",
        )
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    source = SourceFile(path, text, digest(data))
    return together(_forbidden(source)) or source


def _forbidden(source: SourceFile) -> Iterator[Diagnostic]:
    """Every character that the file may not hold; of very many the first."""
    for match in islice(FORBIDDEN.finditer(source.text), MOST_TOLD):
        place = source.place(match.start())
        if match.group() == "\r":
            help = "end lines with LF or with CRLF"
            yield Diagnostic("line-endings", "a carriage return stands alone", place, help)
        else:
            message = f"the character U+{ord(match.group()):04X} is not allowed in source files"
            help = "remove it; it cannot be seen and can hide what the text says"
            yield Diagnostic("bad-characters", message, place, help)


def no_address(path: str) -> Diagnostic | None:
    """What is wrong with the name of a file that is published under it, or that Jinja knows by it."""
    if path.isprintable():  # also False for a name that is not UTF-8
        return None
    message = f"`{path.rpartition('/')[2]}` cannot be part of an address"
    return Diagnostic("bad-id", message, Location(path), "rename the file: without control characters, in UTF-8")


def list_files(root: Path, folder: str) -> list[str]:
    """All files below `root/folder`, as sorted paths relative to `root`; hidden ones and folders left out.

    Where the folder is a link there are none.
    """
    found: list[str] = []
    base = root / folder
    if base.is_symlink() or not base.is_dir():
        return found
    for parent, folders, files in os.walk(base, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        relative = Path(parent).relative_to(root).as_posix()
        found.extend(f"{relative}/{name}" for name in files if not name.startswith(".") and not name.endswith("~"))
        found.extend(f"{relative}/{name}" for name in folders if os.path.islink(os.path.join(parent, name)))
    return sorted(found)


def _refuse(error: OSError) -> None:
    raise EnvironmentProblem.of(error) from error
