"""The fonts of a site, in which preview images are drawn. Nobody publishes them."""

from collections.abc import Iterable
from dataclasses import InitVar
from pathlib import Path

from briefing.diagnostics import Diagnostic, Location
from briefing.model.digests import Digested
from briefing.model.frozen import frozen
from briefing.read.sources import read_bytes

SUFFIXES = (".otf", ".ttc", ".ttf")
# How files begin that are fonts (OpenType 1.9, `sfntVersion`; Apple's TrueType).
_BEGINNINGS = (b"\x00\x01\x00\x00", b"OTTO", b"true", b"ttcf")


@frozen
class Font(Digested):
    """A font with the file that it is in; of several in one file the first is used."""

    path: str
    data: bytes
    kept: InitVar[bytes | None] = None


def read_fonts(root: Path, paths: Iterable[str]) -> tuple[list[Font], list[Diagnostic]]:
    """The fonts in these files, in the order of their names."""
    fonts: list[Font] = []
    problems: list[Diagnostic] = []
    for path in sorted(paths):
        data = read_bytes(root, path)
        if isinstance(data, Diagnostic):
            problems.append(data)
        elif not data.startswith(_BEGINNINGS):
            help = "put an OpenType or TrueType font in its place"
            problems.append(Diagnostic("unreadable-file", f"{path} is not a font", Location(path), help))
        else:
            fonts.append(Font(path, data))
    return fonts, problems
