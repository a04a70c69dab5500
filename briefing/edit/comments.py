"""The comments of a YAML file: what a change must leave as it is, though it is not among the data."""

from collections.abc import Iterator

from briefing.read.yaml_reader import Document, Extent, Marks


def comments_of(document: Document) -> list[str]:
    """The comments of a file in their order, each from its `#` to the end of its line."""
    text, found, at = document.source.text, list[str](), 0
    for start, end in sorted(_scalars(document.marks)):
        found += _between(text[at:start])
        if text[start : start + 1] in ("|", ">"):  # behind the sign there may be one
            found += _between(text[start:end].partition("\n")[0])
        at = max(at, end)
    return found + _between(text[at:])


def _scalars(marks: Marks | Extent) -> Iterator[Extent]:
    """Where keys and values stand; in what is between them a `#` begins a comment."""
    if not isinstance(marks, Marks):
        yield marks
        return
    yield from marks.keys.values()
    for part in marks.parts.values():
        yield from _scalars(part)


def _between(text: str) -> list[str]:
    """The comments in a stretch without keys and values."""
    starts = (line.find("#") for line in text.split("\n"))
    return [line[at:] for line, at in zip(text.split("\n"), starts, strict=True) if at >= 0]
