"""Pointers to places: looks a value's position up again in its file, when a diagnostic is to be shown."""

from dataclasses import replace
from pathlib import Path

from briefing.diagnostics import Diagnostic, Location, Note, Pointer
from briefing.read.front_matter import split_front_matter
from briefing.read.sources import SourceFile, decode, read_bytes
from briefing.read.theme import default_theme
from briefing.read.yaml_reader import Document, read_yaml


class Locator:
    """Positions and source lines of the files of a site, each file read once at most."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._sources: dict[str, SourceFile | None] = {}
        self._documents: dict[str, Document | None] = {}
        self._lines: dict[str, list[str]] = {}

    def located(self, diagnostic: Diagnostic) -> Diagnostic:
        """The diagnostic with places in place of pointers; values in its message on one line."""
        notes = tuple(
            Note(note.message, self.place(note.place) if note.place else None, note.excerpt)
            for note in diagnostic.notes
        )
        message, help = _on_one_line(diagnostic.message), _on_one_line(diagnostic.help)
        return replace(diagnostic, message=message, help=help, place=self.place(diagnostic.place), notes=notes)

    def place(self, where: Location | Pointer) -> Location:
        if isinstance(where, Location):
            return where
        document = self._document(where.path)
        return document.place(where.way, where.key) if document else Location(where.path)

    def line(self, place: Location) -> str | None:
        """The text of the line a place is on."""
        if place.path not in self._lines:
            source = self._source(place.path)
            self._lines[place.path] = source.text.split("\n") if source else []
        lines = self._lines[place.path]
        return lines[place.line - 1] if place.line <= len(lines) else None

    def _document(self, path: str) -> Document | None:
        if path not in self._documents:
            source = self._source(path)
            document = None
            if source is not None and path.endswith(".md"):
                parts, _ = split_front_matter(source, required=False)
                document = parts.document if parts else None
            elif source is not None:
                document, _ = read_yaml(source)
            self._documents[path] = document
        return self._documents[path]

    def _source(self, path: str) -> SourceFile | None:
        if path not in self._sources:
            root = self._root
            if path.startswith("templates/") and not (root / path).exists():
                root = default_theme()
            data = read_bytes(root, path)
            source = decode(path, data) if isinstance(data, bytes) else None
            self._sources[path] = source if isinstance(source, SourceFile) else None
        return self._sources[path]


def _on_one_line(text: str) -> str:
    """What an author wrote on several lines reads the same on one."""
    return text.replace("\n", " ").replace("\t", " ")
