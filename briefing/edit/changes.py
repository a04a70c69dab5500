"""One change of an annotation file, bytes to bytes: right, or refused with the reason.

Whatever is proposed is read again, and taken only if the data are the old ones but for the change. So nothing rests on
how well a place was chosen, and odd YAML is refused rather than damaged.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from briefing.characters import visible
from briefing.diagnostics import Diagnostic, Location, Step
from briefing.edit.blocks import claim_flow, claim_yaml, entry_flow, entry_yaml, plain
from briefing.edit.refusal import Refused
from briefing.edit.splices import Part, Splice, as_list, as_text, in_list, in_mapping, text_part
from briefing.model.claim import Claim
from briefing.read.annotations import derived_id
from briefing.read.conflicts import conflict
from briefing.read.limits import MIB, limit_of
from briefing.read.records import to_record
from briefing.read.sources import SourceFile, decode
from briefing.read.yaml_reader import Document, read_yaml

# The keys of a claim that a new one stands before.
_BEHIND_HISTORY = frozenset(["review_by", "recorded", "draft", "visibility"])
_BEHIND_TEXT = frozenset(Claim.__dataclass_fields__) - {"id", "former_ids", "quote"}


def with_claim(path: str, data: bytes, claim: Mapping[str, Any]) -> bytes:
    """The bytes of an annotation file with a claim more, as the last of its list; of one that is new, of none.

    `Refused` where the file cannot be read, is written so that nothing can be added, or the claim is none.
    """
    document = document_of(path, data)
    claims = _list_of(document.data, "claims", path)
    added = plain(claim)
    id = _id_of(added)
    if id in map(_id_of, claims):
        raise Refused(f"the claim id `{id}` is used in {path} already", "give the claim another `id`")
    item = Part(lambda column: claim_yaml(claim, column), claim_flow(claim))
    splices = _at_end(document, ("claims",), item, frozenset())
    result, document = proved(document, data, splices, {**document.data, "claims": [*claims, added]})
    _check(document, len(claims))
    return result


def with_entry(path: str, data: bytes, id: str, entry: Mapping[str, Any]) -> bytes:
    """The bytes of an annotation file with an entry more at the end of the history of the claim `id`."""
    document = document_of(path, data)
    index, claim = claim_of(document, id)
    history = _list_of(claim, "history", f"the claim `{id}`")
    item = Part(lambda column: entry_yaml(entry, column), entry_flow(entry))
    splices = _at_end(document, ("claims", index, "history"), item, _BEHIND_HISTORY)
    after = with_item(document, index, {**claim, "history": [*history, plain(entry)]})
    result, document = proved(document, data, splices, after)
    _check(document, index)
    return result


def with_text(path: str, data: bytes, id: str, text: str) -> bytes:
    """The bytes of an annotation file with another `text` of the claim `id`, or with a first one."""
    document = document_of(path, data)
    index, claim = claim_of(document, id)
    text = text.strip()
    if claim.get("text") == text:
        raise Refused(f"this is the text of the claim `{id}` already", "write other words")
    way: tuple[Step, ...] = ("claims", index)
    marks = document.marks_at(way)
    if marks is not None and "text" in marks.keys:
        splices = as_text(document, (*way, "text"), text)
    else:
        splices = in_mapping(document, way, text_part("text", text), _BEHIND_TEXT)
    result, document = proved(document, data, splices, with_item(document, index, {**claim, "text": text}))
    _check(document, index)
    return result


def document_of(path: str, data: bytes) -> Document:
    """The file as it is read: a mapping. `Refused` with the first thing that is wrong in it."""
    source = decode(path, data)
    if isinstance(source, SourceFile):
        source = conflict(source) or source
    if isinstance(source, Diagnostic):
        raise _refused(source)
    document, problems = read_yaml(source)
    if problems:
        raise _refused(problems[0])
    if not isinstance(document.data, dict):
        raise Refused(f"{path} is not a mapping", "write `key: value` lines")
    return document


def _refused(problem: Diagnostic) -> Refused:
    where = f"{problem.place}: " if isinstance(problem.place, Location) else ""
    return Refused(f"{where}{problem.message}", problem.help)


def _list_of(data: dict[str, Any], key: str, where: str) -> list[Any]:
    value = data.get(key, [])
    if not isinstance(value, list):
        raise Refused(f"`{key}` of {where} is not a list", "begin each entry with `- `")
    return value


def claim_of(document: Document, id: str) -> tuple[int, dict[str, Any]]:
    """The claim with this id, and its place in the list."""
    path = document.source.path
    claims = _list_of(document.data, "claims", path)
    found = [(index, claim) for index, claim in enumerate(claims) if _id_of(claim) == id]
    if len(found) != 1:
        count = "two claims are" if found else "no claim is"
        raise Refused(f"{count} called `{visible(id)}` in {path}", "reload the page")
    return found[0]


def _id_of(claim: Any) -> str | None:
    if not isinstance(claim, dict):
        return None
    quote = claim.get("quote")
    exact = quote.get("exact") if isinstance(quote, dict) else quote
    id = claim.get("id") or (derived_id(exact) if isinstance(exact, str) else None)
    return id if isinstance(id, str) else None


def with_item(document: Document, index: int, claim: dict[str, Any]) -> dict[str, Any]:
    """The data of a file with another claim at this place."""
    claims = document.data["claims"]
    return {**document.data, "claims": [*claims[:index], claim, *claims[index + 1 :]]}


def _at_end(document: Document, way: tuple[Step, ...], item: Part, behind: frozenset[str]) -> Iterator[Splice]:
    """An item at the end of the list at `way`, which need not be there yet."""
    marks, key = document.marks_at(way[:-1]), str(way[-1])
    if document.marks_at(way) is not None:
        yield from in_list(document, way, item, is_apart=key == "claims" and _are_apart(document, way))
    elif marks is not None and key in marks.keys:
        yield from as_list(document, way, item)
    else:
        yield from in_mapping(document, way[:-1], item.under(key), behind)


def _are_apart(document: Document, way: tuple[Step, ...]) -> bool:
    """Whether empty lines stand between the items of a list; also where it has but one."""
    marks = document.marks_at(way)
    if marks is None or len(marks.parts) < 2:
        return marks is not None and bool(marks.parts)
    last = marks.parts[len(marks.parts) - 1]
    before = document.source.text[: last[0] if isinstance(last, tuple) else last.start].split("\n")[:-1]
    while before and before[-1].lstrip().startswith("#"):
        before.pop()
    return bool(before) and not before[-1].strip()


def proved(document: Document, data: bytes, splices: Iterable[Splice], after: dict[str, Any]) -> tuple[bytes, Document]:
    """The first result that reads as the data `after` the change."""
    path, limit = document.source.path, limit_of(document.source.path)
    for splice in dict.fromkeys(splices):
        result = spliced(data, splice)
        source = decode(path, result)
        if isinstance(source, Diagnostic):
            continue
        read, problems = read_yaml(source)
        if (problems and problems[0].code == "excessive-input") or len(result) > limit.mib * MIB:
            raise Refused(f"{path} would hold more than it may", limit.help)
        if not problems and read.data == after:
            return result, read
    raise Refused(
        f"{path} is written so that this cannot be added without changing more", "write it in the file by hand"
    )


def spliced(data: bytes, splice: Splice) -> bytes:
    """The bytes of a file with a splice of its text, which has no byte order mark and LF for CRLF: all others stay, and
    new lines end as the one before them does."""
    raw = data.decode()
    mark = len(raw) - len(raw.removeprefix("\ufeff"))
    pairs = [index - mark for index in range(len(raw)) if raw.startswith("\r\n", index)] if "\r" in raw else []
    ends = [index - number for number, index in enumerate(pairs)]
    start, end = (mark + index + bisect_left(ends, index) for index in (splice.start, splice.end))
    line = raw.rfind("\n", 0, start)
    line = raw.find("\n") if line < 0 else line
    text = splice.text.replace("\n", "\r\n") if line > 0 and raw[line - 1] == "\r" else splice.text
    return (raw[:start] + text + raw[end:]).encode()


def _check(document: Document, index: int) -> None:
    """Refuse a change that leaves a claim which is none."""
    way: tuple[Step, ...] = ("claims", index)
    _, problems = to_record(Claim, document, document.data["claims"][index], way)
    if wrong := [problem for problem in problems if problem.severity == "error"]:
        raise Refused(wrong[0].message, wrong[0].help)
