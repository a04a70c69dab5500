"""Another quote for a claim whose words have changed in its article: nothing but the quote is written anew."""

from collections.abc import Iterable, Iterator
from typing import Any

from briefing.diagnostics import Step
from briefing.edit.blocks import scalar
from briefing.edit.changes import claim_of, document_of, proved, with_item
from briefing.edit.refusal import Refused
from briefing.edit.splices import Splice, as_text, field_part, in_mapping
from briefing.model.claim import Quote
from briefing.read.yaml_reader import Document, Marks

_PARTS = ("exact", "prefix", "suffix")


def with_quote(path: str, data: bytes, id: str, quote: Quote) -> bytes:
    """The bytes of an annotation file with another quote of the claim `id`; every byte beside it stays.

    A claim without an `id` gets the one it had from its old words, so that its address and references to it stay.
    `Refused` where the file cannot be read or is written so that nothing can be changed.
    """
    document = document_of(path, data)
    index, claim = claim_of(document, id)
    if "id" not in claim:
        data, document = proved(
            document, data, _first(document, index, id), with_item(document, index, {**claim, "id": id})
        )
        index, claim = claim_of(document, id)
    wanted = {key: value for key in _PARTS if (value := getattr(quote, key))}
    old = claim["quote"]
    if isinstance(old, str) or set(old) - set(wanted):
        data, document = proved(document, data, _whole(document, index, wanted), _with(document, index, wanted))
        return data
    for key, value in wanted.items():
        if old.get(key) == value:
            continue
        old = {**old, key: value}
        way: tuple[Step, ...] = ("claims", index, "quote")
        splices = _part(document, way, key, value)
        data, document = proved(document, data, splices, _with(document, index, old))
    return data


def _first(document: Document, index: int, id: str) -> Iterator[Splice]:
    """An `id` before all other keys of a claim, or behind them."""
    way: tuple[Step, ...] = ("claims", index)
    marks, text = document.marks_at(way), document.source.text
    if marks is not None:
        is_flow = text[marks.start] == "{"
        column = marks.start - (text.rfind("\n", 0, marks.start) + 1)
        written = scalar(id, in_flow=True)
        start = marks.start + is_flow
        yield Splice(start, start, f"id: {written}, " if is_flow else f"id: {written}\n{' ' * column}")
    yield from in_mapping(document, way, field_part("id", id), frozenset())


def _with(document: Document, index: int, quote: dict[str, str]) -> dict[str, Any]:
    """The data with that quote; one without prefix and suffix is a text where it was one."""
    claim = document.data["claims"][index]
    is_text = isinstance(claim["quote"], str) and set(quote) == {"exact"}
    return with_item(document, index, {**claim, "quote": quote["exact"] if is_text else quote})


def _part(document: Document, way: tuple[Step, ...], key: str, value: str) -> Iterable[Splice]:
    marks = document.marks_at(way)
    if marks is not None and key in marks.keys:
        return as_text(document, (*way, key), value)
    return in_mapping(document, way, field_part(key, value), frozenset())


def _whole(document: Document, index: int, quote: dict[str, str]) -> Iterator[Splice]:
    """All of the quote's value written anew: a text as a text, and with its surroundings on one line."""
    way: tuple[Step, ...] = ("claims", index, "quote")
    if isinstance(document.data["claims"][index]["quote"], str) and set(quote) == {"exact"}:
        yield from as_text(document, way, quote["exact"])
        return
    marks = document.marks_at(way[:-1])
    value = marks.parts.get("quote") if marks else None
    if value is None:
        raise Refused(f"the quote of this claim in {document.source.path} has no place", "write it in the file by hand")
    start, end = (value.start, value.end) if isinstance(value, Marks) else value
    text = document.source.text
    end = start + len(text[start:end].rstrip())
    if isinstance(value, Marks) and text[start] not in "{[":
        start = text.rfind(":", 0, start) + 1
        yield Splice(start, end, " " + _flow(quote))
    yield Splice(start, end, _flow(quote))


def _flow(quote: dict[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {scalar(value, in_flow=True)}" for key, value in quote.items()) + "}"
