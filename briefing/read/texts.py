"""Texts that are kept apart: somebody's document as it came, Markdown or plain, as text to find quotes in."""

import html
import re
from dataclasses import dataclass
from pathlib import Path

from briefing.diagnostics import Diagnostic
from briefing.read.front_matter import without_front_matter
from briefing.read.marks import PILED, piled_marks
from briefing.read.markup import Rendered, TextRun, render_markdown
from briefing.read.quotes import QuotedText
from briefing.read.sources import SourceFile, read_source

# By what they end in: Markdown, or plain text whose paragraphs end with their lines.
SUFFIXES = (".md", ".txt")


@dataclass(frozen=True, slots=True)
class TextFile:
    """What was read: the text, or what is wrong with it; `digest` is that of the file, if it could be read."""

    text: QuotedText | None
    problems: tuple[Diagnostic, ...] = ()
    digest: str | None = None


def read_text(root: Path, path: str) -> TextFile:
    """The text in a file of `content/texts/`. Front matter is somebody else's, and is left out."""
    source = read_source(root, path)
    if isinstance(source, Diagnostic):
        return TextFile(None, (source,))
    if path.endswith(".md"):
        body, line = without_front_matter(source)
        rendered = render_markdown(body, path, line)
    else:
        rendered = _plain(source)
    if rendered.problems:
        return TextFile(None, rendered.problems, source.digest)
    return TextFile(QuotedText(path, rendered), (), source.digest)


def _plain(source: SourceFile) -> Rendered:
    """Each line that is not empty as a paragraph."""
    piled = piled_marks(source.text)
    if piled is not None:
        problem = Diagnostic("excessive-input", PILED, source.place(piled), "remove all but a few")
        return Rendered("", "", (), (), (problem,))
    lines: list[str] = []
    runs: list[TextRun] = []
    paragraphs: list[str] = []
    start = html_start = 0
    for match in re.finditer(r"[^\n]+", source.text):
        if line := match.group().strip():
            shown, begin = html.escape(line), html_start + len("<p>")
            runs.append(
                TextRun(start, start + len(line), begin, begin + len(shown), source.line_of(match.start()), False)
            )
            lines.append(line)
            paragraphs.append(f"<p>{shown}</p>\n")
            start += len(line) + 1
            html_start += len(paragraphs[-1])
    return Rendered("".join(paragraphs), "\n".join(lines), tuple(runs))
