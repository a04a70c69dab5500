"""A correction noted in the front matter of an article."""

from collections.abc import Iterator
from datetime import date

from briefing.diagnostics import Diagnostic
from briefing.edit.blocks import scalar, text_lines
from briefing.edit.changes import spliced
from briefing.edit.refusal import Refused
from briefing.edit.splices import Part, Splice, as_list, in_list, in_mapping
from briefing.read.front_matter import FrontMatter, split_front_matter
from briefing.read.sources import SourceFile, decode
from briefing.read.yaml_reader import Document, read_yaml

_KEY = "corrections"
# The keys that it stands before.
_BEHIND = frozenset(["aliases", "draft", "visibility"])


def with_correction(path: str, data: bytes, on: date, text: str) -> bytes:
    """The bytes of an article's file with a correction more, the last of its list; every other byte stays.

    `Refused` where the front matter cannot be read, or is written so that nothing can be added.
    """
    parts = _parts(path, data)
    document, facts = parts.document, parts.document.data
    if not isinstance(facts, dict) or not isinstance(facts.get(_KEY, []), list):
        raise Refused(f"`{_KEY}` of {path} is not a list", "begin each entry with `- `")
    after = {**facts, _KEY: [*facts.get(_KEY, []), {"on": on.isoformat(), "text": text}]}
    for splice in _splices(_alone(parts), _item(on, text)):
        moved = Splice(splice.start + document.start, splice.end + document.start, splice.text)
        try:
            result = spliced(data, moved)
            read = _parts(path, result)
        except Refused:
            continue
        if read.document.data == after and read.body == parts.body:
            return result
    raise Refused(f"the front matter of {path} is written so that nothing can be added", "note the correction by hand")


def _parts(path: str, data: bytes) -> FrontMatter:
    source = decode(path, data)
    if isinstance(source, Diagnostic):
        raise Refused(source.message, source.help)
    parts, problems = split_front_matter(source, required=True)
    if parts is None or problems:
        raise Refused(f"{path}: {problems[0].message}", problems[0].help)
    return parts


def _alone(parts: FrontMatter) -> Document:
    """The front matter as a document of its own, in which positions begin with it."""
    text, start = parts.document.source.text, parts.document.start
    head = text[start : len(text) - len(parts.body)]
    document, _ = read_yaml(SourceFile(parts.document.source.path, head[: head.rindex("---")]))
    return document


def _item(on: date, text: str) -> Part:
    def lines(column: int) -> str:
        margin = " " * column
        return "\n".join([f"{margin}- on: {on}", *text_lines(f"{margin}  text:", text, column + 2)]) + "\n"

    return Part(lines, f"{{on: {on}, text: {scalar(text, in_flow=True)}}}")


def _splices(document: Document, item: Part) -> Iterator[Splice]:
    marks = document.marks_at(())
    if document.marks_at((_KEY,)) is not None:
        yield from in_list(document, (_KEY,), item)
    elif marks is not None and _KEY in marks.keys:
        yield from as_list(document, (_KEY,), item)
    else:
        yield from in_mapping(document, (), item.under(_KEY), _BEHIND)
