"""Diagnostics as text: full for people, concise for lists, JSON for programs, commands for GitHub.

Nothing that a file or its name holds can end a line, drive a terminal or be taken for a command: see `characters.py`.
"""

import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from briefing.characters import visible, visible_json
from briefing.diagnostics import Diagnostic, Location, Note
from briefing.wording import counted

LONGEST_LINE = 1_000
# So many problems of one file are shown; who has mended these can ask again.
MOST = 50
Lines = Callable[[Location], str | None]
# So many errors, and so many warnings, GitHub shows of one step.
MOST_ON_GITHUB = 10


@dataclass(frozen=True, slots=True)
class More:
    """The problems of a file that are not shown: the first of them, and how many there are."""

    first: Diagnostic
    errors: int
    warnings: int

    def __str__(self) -> str:
        counts = [(self.errors, "error"), (self.warnings, "warning")]
        return " and ".join(f"{count:,} more {word}{'s' * (count > 1)}" for count, word in counts if count)


def report_full(diagnostics: Iterable[Diagnostic], line: Lines, color: bool = False) -> Iterator[str]:
    """Each with the line it is about, underlined, its notes and its help. `line` gives a place's source line."""
    for shown in bounded(diagnostics):
        if isinstance(shown, More):
            yield f"{visible(shown.first.place.path)}: {shown}\n"
        else:
            yield "\n".join(_full(shown, line, color)) + "\n"


def report_concise(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """`path:line:column: error[code] message`, a line each."""
    for d in bounded(diagnostics):
        if isinstance(d, More):
            yield f"{visible(d.first.place.path)}: {d}"
        else:
            yield f"{visible(str(d.place))}: {d.severity}[{d.code}] {visible(d.message)}"


def report_json(diagnostics: Iterable[Diagnostic]) -> str:
    """A list of objects: code, severity, message, path, line, column, width, help, notes.

    What is not shown of a file is an object like them, at the first of these, with the code `more-problems` and the
    numbers of `errors` and `warnings`.
    """
    objects = [_as_rest(d) if isinstance(d, More) else _as_object(d) for d in bounded(diagnostics)]
    return visible_json(json.dumps(objects, indent=2, ensure_ascii=False))


def report_github(diagnostics: Iterable[Diagnostic], line: Lines, folder: str) -> Iterator[str]:
    """Workflow commands of GitHub Actions, a line each, by which it shows problems beside the code; where they are more
    than it shows, the full text of all after them, folded. `folder` is where the site is in its repository."""
    found = list(diagnostics)
    more = []
    for severity in ("error", "warning"):
        of_severity = [one for one in found if one.severity == severity]
        yield from (_as_command(one, folder) for one in of_severity[:MOST_ON_GITHUB])
        if of_severity[MOST_ON_GITHUB:]:
            more.append(counted(len(of_severity) - MOST_ON_GITHUB, f"more {severity}"))
    if more:
        yield f"::group::{' and '.join(more)} than GitHub shows of a step: all of them"
        yield from report_full(found, line)
        yield "::endgroup::"


def _as_command(diagnostic: Diagnostic, folder: str) -> str:
    place = diagnostic.place
    assert isinstance(place, Location)
    where = {"file": visible(folder + place.path), "line": place.line, "col": place.column, "title": diagnostic.code}
    properties = ",".join(f"{name}={_escaped(str(value), '%:,')}" for name, value in where.items())
    notes = [" ".join(filter(None, [_note(note), note.excerpt])) for note in diagnostic.notes]
    lines = [diagnostic.message, *notes, f"help: {diagnostic.help}"]
    return f"::{diagnostic.severity} {properties}::{_escaped(chr(10).join(map(visible, lines)), '%')}"


def _escaped(text: str, special: str) -> str:
    """A text in a workflow command: these characters, and ends of lines, by their numbers."""
    return "".join(f"%{ord(one):02X}" if one in f"{special}\r\n" else one for one in text)


def bounded(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic | More]:
    """In their order at most `MOST` of each file, errors rather than warnings; after them what is left of it."""
    of_files: dict[str, list[tuple[int, Diagnostic]]] = {}
    for entry in enumerate(diagnostics):
        of_files.setdefault(entry[1].place.path, []).append(entry)
    shown: list[tuple[int, int, Diagnostic | More]] = []
    for of_file in of_files.values():
        of_file.sort(key=lambda entry: (entry[1].severity == "warning", entry[0]))
        shown += [(number, 0, diagnostic) for number, diagnostic in of_file[:MOST]]
        if rest := of_file[MOST:]:
            errors = sum(diagnostic.severity == "error" for _, diagnostic in rest)
            last = max(number for number, _ in of_file[:MOST])
            shown.append((last, 1, More(min(rest, key=lambda entry: entry[0])[1], errors, len(rest) - errors)))
    yield from (entry for _, _, entry in sorted(shown, key=lambda entry: entry[:2]))


def _full(diagnostic: Diagnostic, line: Lines, color: bool) -> Iterator[str]:
    place = diagnostic.place
    assert isinstance(place, Location)
    head = f"{diagnostic.severity}[{diagnostic.code}]"
    if color:
        head = f"\x1b[1;{31 if diagnostic.severity == 'error' else 33}m{head}\x1b[0m"
    yield f"{head}: {visible(diagnostic.message)}"
    number = str(place.line)
    gap = " " * len(number)
    yield f"{gap}--> {visible(str(place))}"
    text = line(place)
    if text is not None and text.strip():
        text, start = _around(text.replace("\t", " "), place.column - 1)
        yield f"{gap} |"
        yield f"{number} | {visible(text)}"
        marked = _cells(visible(text[start : start + place.width]))
        yield f"{gap} | {' ' * _cells(visible(text[:start]))}{'^' * max(1, marked)}"
    for note in diagnostic.notes:
        yield f"{gap} = {visible(_note(note))}"
        if note.excerpt is not None:
            yield f"{gap}   {visible(note.excerpt)}"
    yield f"{gap} = help: {visible(diagnostic.help)}"


def _around(text: str, start: int) -> tuple[str, int]:
    """The line, and where in it the place begins; of a very long line only what is around the place."""
    if len(text) <= LONGEST_LINE:
        return text, start
    first = max(0, start - LONGEST_LINE // 4)
    piece = text[first : first + LONGEST_LINE]
    before, after = "…" * (first > 0), "…" * (first + LONGEST_LINE < len(text))
    return before + piece + after, start - first + len(before)


def _note(note: Note) -> str:
    if not isinstance(note.place, Location):
        return note.message
    if note.excerpt is not None:
        return f"in {note.place.path}:{note.place.line} {note.message}"
    return f"{note.message}: {note.place}"


def _cells(text: str) -> int:
    """How many columns of a terminal the text takes: wide characters two, marks none."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def _as_object(diagnostic: Diagnostic) -> dict[str, object]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        **_place_object(diagnostic.place),
        "help": diagnostic.help,
        "notes": [
            {"message": note.message, "excerpt": note.excerpt, **_place_object(note.place)} for note in diagnostic.notes
        ],
    }


def _as_rest(rest: More) -> dict[str, object]:
    first = replace(rest.first, message=str(rest), help="mend the others of this file, then check again", notes=())
    severity = "error" if rest.errors else "warning"
    counts = {"errors": rest.errors, "warnings": rest.warnings}
    return {**_as_object(first), "code": "more-problems", "severity": severity, **counts}


def _place_object(place: object) -> dict[str, object]:
    if not isinstance(place, Location):
        return {}
    return {"path": place.path, "line": place.line, "column": place.column, "width": place.width}
