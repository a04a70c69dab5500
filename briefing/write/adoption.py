"""Files that an earlier build wrote and that came here another way, as through git: which of them are still ours."""

import os
from pathlib import Path

from briefing.write.ownership import OTHER, STATE, digest, digest_at


def is_alike(output: Path, path: str, data: bytes) -> bool:
    """Whether the regular file at `path` is this text but for its line ends."""
    return digest_at(output, path) not in (None, OTHER) and _lines((output / path).read_bytes()) == _lines(data)


def with_other_ends(output: Path, files: dict[str, str]) -> dict[str, str]:
    """Those of the files that stand there with CRLF for LF, with the SHA-256 that they have so."""
    found = {}
    for path, known in files.items():
        now = digest_at(output, path)
        if now not in (None, OTHER, known):
            data = _lines((output / path).read_bytes())
            if digest(data) == known:
                found[path] = str(now)
    return found


def others(output: Path, files: dict[str, str]) -> tuple[str, ...]:
    """What else stands in the output."""
    found = []
    for parent, folders, names in os.walk(output):
        at = Path(parent).relative_to(output)
        folders[:] = [name for name in folders if (at / name).as_posix() != STATE]
        found += [(at / name).as_posix() for name in names]
    return tuple(sorted(set(found) - files.keys()))


def _lines(data: bytes) -> bytes:
    """A text with LF at the end of its lines; anything else as it is."""
    return data if b"\0" in data else data.replace(b"\r\n", b"\n")
