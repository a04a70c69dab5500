"""Other values of a claim's fields, bytes to bytes: each change as small as it can be, and every comment kept.

A list gets an item, a mapping a key; only where that cannot be is a value written anew, in the style that it has. Each
step is proved by itself (`changes.proved`): the data are the old ones but for it, and so are the comments.
"""

import json
import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from briefing.characters import visible
from briefing.diagnostics import Step
from briefing.edit.blocks import field_lines, flow, item_lines, order_of, ordered, plain
from briefing.edit.changes import check_claim, claim_of, document_of, proved
from briefing.edit.refusal import Refused
from briefing.edit.removals import without
from briefing.edit.splices import (
    Splice,
    as_text,
    behind_key,
    column_of,
    content_end,
    field_part,
    in_list,
    in_mapping,
    is_flow,
    item_part,
    marks_of,
)
from briefing.read.yaml_reader import Document, Marks

# What names a claim, or only grows.
FIXED = ("id", "former_ids", "quote", "history")
_COLON = re.compile(r"[ \t]*:")
_State = tuple[bytes, Document]
_Way = tuple[Step, ...]


def with_fields(path: str, data: bytes, id: str, fields: Mapping[str, Any]) -> bytes:
    """The bytes of an annotation file with other values for some fields of the claim `id`; an empty one takes the field
    out. `Refused` where one is written so that it cannot be changed without changing more."""
    document = document_of(path, data)
    index, claim = claim_of(document, id)
    if fixed := [name for name in fields if name in FIXED]:
        raise Refused(f"`{fixed[0]}` of a claim is not changed here", "change it in the file by hand")
    values = ordered(plain({name: _filled(value) for name, value in fields.items()}))
    state, way = (data, document), ("claims", index)
    for name in fields:
        try:
            state = _with_key(state, (*way, name), claim.get(name), values.get(name))
        except Refused as refused:
            told = f"`{visible(name)}` cannot be changed: {refused.message}"
            raise Refused(told, refused.help) from None
    if state[0] == data:
        raise Refused(f"nothing of the claim `{visible(id)}` is different", "change a field first")
    check_claim(state[1], index)
    return state[0]


def _filled(value: Any) -> Any:
    """A value without white space around its texts, and without empty ones."""
    if isinstance(value, Mapping):
        return {key: _filled(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_filled(part) for part in value]
    return (value.strip() or None) if isinstance(value, str) else value


def _with_key(state: _State, way: _Way, old: Any, new: Any) -> _State:
    """The key at `way` with another value, with a first one, or gone."""
    document, key = state[1], str(way[-1])
    if old == new:
        return state
    if new is None:
        return _proved(state, without(document, way), way, None)
    if old is not None:
        return _changed(state, way, old, new)
    marks = marks_of(document, way[:-1])
    if key in marks.keys:
        return _proved(state, _first_value(document, way, new), way, new)
    order = order_of(next((step for step in reversed(way[2:-1]) if isinstance(step, str)), None))
    behind = frozenset(order[order.index(key) + 1 :] if key in order else ())
    return _proved(state, in_mapping(document, way[:-1], field_part(key, new), behind), way, new)


def _changed(state: _State, way: _Way, old: Any, new: Any) -> _State:
    """The value at `way` as another one: changed where it differs, or else written anew."""
    if old == new:
        return state
    if isinstance(old, str) and isinstance(new, str):
        return _proved(state, as_text(state[1], way, new), way, new)
    try:
        if isinstance(old, list) and isinstance(new, list):
            return _changed_list(state, way, old, new)
        if isinstance(old, dict) and isinstance(new, dict):
            for key in dict.fromkeys((*old, *new)):
                state = _with_key(state, (*way, key), old.get(key), new.get(key))
            return state
    except Refused:
        pass
    return _proved(state, _anew(state[1], way, new), way, new)


def _changed_list(state: _State, way: _Way, old: list[Any], new: list[Any]) -> _State:
    """A list with other items, those at its end first, so that the places of the others stay."""
    matcher = SequenceMatcher(None, [json.dumps(one) for one in old], [json.dumps(one) for one in new], autojunk=False)
    for kind, start, end, first, last in reversed(matcher.get_opcodes()):
        if kind == "equal":
            continue
        common = min(end - start, last - first)
        for index in reversed(range(start + common, end)):
            state = _proved(state, without(state[1], (*way, index)), (*way, index), None)
        for item in reversed(new[first + common : last]):
            splices = in_list(state[1], way, item_part(item), at=start + common)
            state = _proved(state, splices, way, _inserted(_at(state[1].data, way), start + common, item))
        for index in reversed(range(common)):
            state = _changed(state, (*way, start + index), old[start + index], new[first + index])
    return state


def _inserted(items: list[Any], index: int, item: Any) -> list[Any]:
    return [*items[:index], item, *items[index:]]


def _first_value(document: Document, way: _Way, new: Any) -> Iterator[Splice]:
    """The value of a key that is written without one."""
    if isinstance(new, str):
        yield from as_text(document, way, new)
    else:
        yield from behind_key(document, way, flow(new))


def _anew(document: Document, way: _Way, new: Any) -> Iterator[Splice]:
    """A value in place of the one at `way`: in brackets where that is, in lines where that is, else as it fits."""
    text, marks, step = document.source.text, marks_of(document, way[:-1]), way[-1]
    part = marks.parts[step]
    start, end = part.start if isinstance(part, Marks) else part[0], content_end(text, part)
    is_in_lines = isinstance(part, Marks) and not is_flow(text, part)
    if is_flow(text, marks) or not is_in_lines:
        yield Splice(start, end, flow(new))
    elif isinstance(new, list):
        column = column_of(text, start)
        lines = [line for item in new for line in item_lines(item, column)]
        yield Splice(start - column, end, "\n".join(lines))
    if not is_flow(text, marks) and isinstance(step, str) and (colon := _COLON.match(text, marks.keys[step][1])):
        column = column_of(text, marks.start)
        head = f"{' ' * column}{step}:"
        yield Splice(colon.end(), end, "\n".join(field_lines(step, new, column))[len(head) :])


def _proved(state: _State, splices: Iterator[Splice], way: _Way, value: Any) -> _State:
    """The state after a change of the value at `way` alone."""
    data, document = state
    return proved(document, data, splices, _with(document.data, way, value), keeps_comments=True)


def _at(data: Any, way: _Way) -> Any:
    for step in way:
        data = data[step]
    return data


def _with(data: Any, way: _Way, value: Any) -> Any:
    """The data with another value at `way`, or without one."""
    step, *rest = way
    copy: Any = dict(data) if isinstance(data, dict) else list(data)
    if rest:
        copy[step] = _with(data[step], tuple(rest), value)
    elif value is not None:
        copy[step] = value
    else:
        del copy[step]
    return copy
