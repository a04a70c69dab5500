"""Front matter: the YAML between two `---` lines at the head of a Markdown file, and the body after it."""

import re
from dataclasses import dataclass

from briefing.diagnostics import Diagnostic, Location
from briefing.read.sources import SourceFile
from briefing.read.yaml_reader import Document, read_yaml

_OPEN = re.compile(r"---[ \t]*\n")
# How front matter begins in a file that is not ours, where `---` may be a line across the page.
_KEY = re.compile(r"\s*[\w-]+[ \t]*:(?:\s|\Z)")
_CLOSE = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter's document and the body; `line` is the body's first line, 1-based."""

    document: Document
    body: str
    line: int


def split_front_matter(source: SourceFile, required: bool) -> tuple[FrontMatter | None, list[Diagnostic]]:
    """The two parts of a file. Without front matter, and where none is required, the data is empty."""
    opened = _OPEN.match(source.text)
    if opened is None:
        if required:
            help = "begin the file with a line `---`, then the facts as `key: value` lines, then `---`"
            return None, [Diagnostic("front-matter", "the file has no front matter", Location(source.path), help)]
        return FrontMatter(Document(source, {}), source.text, 1), []
    closed = _CLOSE.search(source.text, opened.end())
    if closed is None:
        problem = "the front matter is not closed"
        return None, [Diagnostic("front-matter", problem, source.place(0, 3), "add a line `---` after its last key")]
    document, problems = read_yaml(source, opened.end(), closed.start())
    return FrontMatter(document, source.text[closed.end() :], _line_of(source.text, closed.end())), problems


def without_front_matter(source: SourceFile) -> tuple[str, int]:
    """The body of a file that is not ours, and the line that it begins on. Its front matter is not read."""
    opened = _OPEN.match(source.text)
    closed = _CLOSE.search(source.text, opened.end()) if opened else None
    if opened is None or closed is None or not _KEY.match(source.text, opened.end()):
        return source.text, 1
    return source.text[closed.end() :], _line_of(source.text, closed.end())


def _line_of(text: str, index: int) -> int:
    """The 1-based line, counted: most of these files are long, and nobody asks where other things stand in them."""
    return text.count("\n", 0, index) + 1
