"""An entry more in a registry, or a topic more in the configuration: bytes to bytes, of which all others stay."""

from collections.abc import Iterator, Mapping

from briefing.edit.blocks import scalar
from briefing.edit.changes import document_of, proved
from briefing.edit.refusal import Refused
from briefing.edit.splices import Part, Splice, in_list, in_mapping
from briefing.model.config import DEFAULT_TOPICS
from briefing.read.content import CONFIG
from briefing.read.yaml_reader import Document, Marks
from briefing.scaffold.names import title_of

TOPICS = "topics"


def with_entry(path: str, data: bytes, id: str, fields: Mapping[str, str]) -> bytes:
    """The bytes of a file of a registry with an entry more at its end. `Refused` where none can be added."""
    document = document_of(path, data)
    splices = _at_end(document, _mapping(id, fields), _are_apart(document))
    return proved(document, data, splices, {**document.data, id: dict(fields)})[0]


def with_topic(data: bytes, id: str, name: str) -> bytes:
    """The bytes of the configuration with a topic more, the last. Where it names none, with those that there are so."""
    document = document_of(CONFIG, data)
    topics: object = document.data.get(TOPICS)
    after: dict[str, str] | list[str]
    if isinstance(topics, list):
        if title_of(id) != name:
            told = f"`topics` in {CONFIG} is a list of ids, in which `{id}` cannot be called `{name}`"
            raise Refused(told, "make it a mapping of ids to names")
        splices = in_list(document, (TOPICS,), Part(lambda column: f"{' ' * column}- {id}\n", id))
        after = [*topics, id]
    elif isinstance(topics, dict):
        splices, after = in_mapping(document, (TOPICS,), _pair(id, name), frozenset()), {**topics, id: name}
    else:
        after = {**DEFAULT_TOPICS, id: name}
        splices = _at_end(document, _mapping(TOPICS, after), is_apart=True)
    return proved(document, data, splices, {**document.data, TOPICS: after})[0]


def entry_bytes(id: str, fields: Mapping[str, str]) -> bytes:
    """A file of a registry with this entry alone."""
    return _mapping(id, fields).lines(0).encode()


def _pair(key: str, value: str) -> Part:
    """A key with a text."""
    return Part(
        lambda column: f"{' ' * column}{scalar(key)}: {scalar(value)}\n",
        f"{scalar(key, in_flow=True)}: {scalar(value, in_flow=True)}",
    )


def _mapping(key: str, fields: Mapping[str, str]) -> Part:
    """A key with a mapping of texts."""
    pairs = [_pair(name, value) for name, value in fields.items()]
    return Part(
        lambda column: f"{' ' * column}{scalar(key)}:\n" + "".join(pair.lines(column + 2) for pair in pairs),
        f"{scalar(key, in_flow=True)}: {{{', '.join(pair.flow for pair in pairs)}}}",
    )


def _at_end(document: Document, part: Part, is_apart: bool) -> Iterator[Splice]:
    """A key behind all others, with an empty line before it if they are apart and that can be."""
    if is_apart:
        yield from in_mapping(document, (), Part(lambda column: "\n" + part.lines(column), part.flow), frozenset())
    yield from in_mapping(document, (), part, frozenset())


def _are_apart(document: Document) -> bool:
    """Whether empty lines stand between the entries; also where there is but one."""
    marks = document.marks
    if not isinstance(marks, Marks) or len(marks.keys) < 2:
        return True
    starts = [start for start, _ in marks.keys.values()]
    return "\n\n" in document.source.text[starts[0] : starts[-1]]
