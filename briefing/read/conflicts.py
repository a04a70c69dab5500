"""Merge conflicts: the lines that git, and others alike, leave in a file whose two versions nobody has joined."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from briefing.diagnostics import Diagnostic, Note

if TYPE_CHECKING:
    from briefing.read.sources import SourceFile

# Seven or more, at the very beginning of a line, and then a label or nothing. Between `|` a table has empty cells, so
# there a label is needed.
_MARKER = re.compile(r"^(?:<{7,}(?= |$)|\|{7,}(?= \S)|>{7,}(?= |$)|={7,}$).*", re.MULTILINE)
_FRONT_MATTER = re.compile(r"---[ \t]*\n.*?^---[ \t]*$", re.MULTILINE | re.DOTALL)
_MOST_NOTES = 6


def conflict(source: "SourceFile") -> Diagnostic | None:
    """What is wrong with a file that holds conflict markers: one problem, at the first of them."""
    text = source.text
    if not ("<<<<<<<" in text or ">>>>>>>" in text or "|||||||" in text or "=======" in text):
        return None
    places = [source.place(*match.span()) for match in _markers(source)]
    if not places:
        return None
    first, *others = places
    notes = [Note("the next marker is here", place) for place in others[:_MOST_NOTES]]
    if len(others) > _MOST_NOTES:
        notes.append(Note(f"{len(others) - _MOST_NOTES} more markers follow"))
    message = "the file has a merge conflict that nobody has resolved"
    help = (
        "keep one of the versions, or join them, and delete the lines of the markers; "
        "a line that is meant to begin so begins with a space"
    )
    return Diagnostic("merge-conflict", message, first, help, tuple(notes))


def _markers(source: "SourceFile") -> Iterator[re.Match[str]]:
    """Those lines of a file that are markers, and not what a text may hold as well."""
    yaml_end = _end_of_yaml(source)
    is_open = False
    found = list(_MARKER.finditer(source.text))
    may_be_mail = source.path.endswith((".md", ".txt")) and all(match.group().startswith(">") for match in found)
    for match in found:
        sign, in_yaml = match.group()[0], match.start() < yaml_end
        if sign == "=" and not is_open and not in_yaml:
            continue  # the underline of a heading
        if sign == ">" and not is_open and not in_yaml and (may_be_mail or _stands_in_a_quotation(source.text, match)):
            continue  # a quotation, as in mail that has gone to and fro
        is_open = sign != ">"
        yield match


def _end_of_yaml(source: "SourceFile") -> int:
    """Up to where the file is YAML, in which no line can begin with `=======`."""
    if source.path.endswith((".yaml", ".yml")):
        return len(source.text)
    head = _FRONT_MATTER.match(source.text) if source.path.endswith(".md") else None
    return head.end() if head else 0


def _stands_in_a_quotation(text: str, match: re.Match[str]) -> bool:
    """Whether the line before or after is quoted too."""
    before = text[: match.start()].rpartition("\n")[0].rpartition("\n")[2] if match.start() else ""
    return before.startswith(">") or text[match.end() + 1 : match.end() + 2] == ">"
