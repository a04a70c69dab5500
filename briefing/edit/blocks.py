"""Claims and entries of their history as YAML in the house's form: what an editor would have typed.

Fields stand in the documented order, what names the claim first. Text stands without quotation marks where YAML allows
it; what is longer than a line is folded under `>-`. Every value is read back before it is used, so that a text is
written exactly or not at all.
"""

import textwrap
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from briefing.characters import FORBIDDEN, visible
from briefing.edit.refusal import Refused
from briefing.model.base import fields_of
from briefing.model.claim import Attribution, Claim, Figure, Quote, Relation, StatusEntry
from briefing.read.sources import SourceFile
from briefing.read.yaml_reader import read_yaml

WIDTH = 120
_NAMING = ("id", "former_ids", "quote", "text", "label", "topics")
_ENTRY = ("status", "on", "since", "why", "evidence")
# What stands on lines of its own even where it would fit on one.
_TALL = frozenset(["history"])
_RECORDS = {
    "quote": Quote,
    "attribution": Attribution,
    "figure": Figure,
    "relations": Relation,
    "history": StatusEntry,
}


def claim_yaml(claim: Mapping[str, Any], indent: int = 2) -> str:
    """A claim as an item of the list `claims`, its lines indented by so many spaces.

    Keys without a value and empty lists are left out. `Refused` where a key is not one of a claim, or a text cannot be
    written in a source file. Nothing else is checked: a claim in the making is written as well.
    """
    data = plain(claim)
    lines = _item(ordered(data), indent)
    _check(["claims:", *lines], {"claims": [data]})
    return "\n".join(lines) + "\n"


def entry_yaml(entry: Mapping[str, Any], indent: int = 6) -> str:
    """An entry of a claim's history as an item of its list, its lines indented by so many spaces."""
    data = plain({"history": [entry]})
    lines = _item(ordered(data)["history"][0], indent)
    _check(["history:", *lines], data)
    return "\n".join(lines) + "\n"


def claim_flow(claim: Mapping[str, Any]) -> str:
    """A claim on one line, as it stands in a list in brackets."""
    return flow(ordered(plain(claim)))


def entry_flow(entry: Mapping[str, Any]) -> str:
    """An entry of a claim's history on one line, as it stands in a list in brackets."""
    return flow(_ordered_in("history", plain(entry)))


def field_lines(key: str, value: Any, indent: int) -> list[str]:
    """A field of a claim, or of a record in one, as its lines in a mapping."""
    return list(_mapping({key: value}, indent))


def item_lines(value: Any, indent: int) -> list[str]:
    """An item of a list as its lines: on one, if it fits."""
    return _list_item(value, indent, is_tall=False)


def plain(value: Any) -> Any:
    """The value as the reader of YAML gives it: text, lists and mappings, without what is empty."""
    if isinstance(value, Mapping):
        parts = {str(key): plain(part) for key, part in value.items()}
        return {key: part for key, part in parts.items() if part not in (None, [], {})}
    if isinstance(value, list | tuple):
        return [part for one in value if (part := plain(one)) not in (None, [], {})]
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float | Decimal) else value


def ordered(claim: dict[str, Any]) -> dict[str, Any]:
    """The fields of a claim in their order, and those of the records in it. `Refused` where there are others."""
    return {key: _ordered_in(key, value) for key, value in _in_order(claim, order_of(None)).items()}


def order_of(key: str | None) -> list[str]:
    """The keys of the records that stand at a key of a claim, in the order in which they are written; without a key
    those of a claim itself."""
    if key is None:
        return [*_NAMING, *(name for name in fields_of(Claim) if name not in _NAMING)]
    return list(_ENTRY) if key == "history" else list(fields_of(_RECORDS[key])) if key in _RECORDS else []


def _ordered_in(key: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_ordered_in(key, one) for one in value]
    if not isinstance(value, dict) or key not in _RECORDS:
        return value
    return _in_order(value, order_of(key))


def _in_order(data: dict[str, Any], known: list[str]) -> dict[str, Any]:
    if unknown := [key for key in data if key not in known]:
        raise Refused(f"`{visible(unknown[0])}` is not a known key", f"use one of: {', '.join(known)}")
    return {key: data[key] for key in known if key in data}


def _item(data: dict[str, Any], indent: int) -> list[str]:
    """A mapping as an item of a list."""
    lines = list(_mapping(data, indent + 2))
    return [f"{' ' * indent}- {lines[0][indent + 2 :]}", *lines[1:]]


def _mapping(data: dict[str, Any], indent: int) -> Iterator[str]:
    for key, value in data.items():
        head = f"{' ' * indent}{key}:"
        if isinstance(value, str):
            yield from text_lines(head, value, indent)
        elif key not in _TALL and not _has_mappings(value) and len(line := f"{head} {flow(value)}") <= WIDTH:
            yield line
        elif isinstance(value, list):
            yield head
            for one in value:
                yield from _list_item(one, indent + 2, key in _TALL)
        else:
            yield head
            yield from _mapping(value, indent + 2)


def _has_mappings(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _list_item(value: Any, indent: int, is_tall: bool) -> list[str]:
    head = f"{' ' * indent}-"
    if isinstance(value, str):
        return [f"{head} {scalar(value)}"]
    if not is_tall and len(line := f"{head} {flow(value)}") <= WIDTH:
        return [line]
    return _item(value, indent)


def text_lines(head: str, value: str, indent: int) -> list[str]:
    """`key: text` on one line, or folded below `key: >-` where that is longer and nothing is lost.

    `head` is the key with its colon, indented by so many spaces.
    """
    line = f"{head} {scalar(value)}"
    if len(line) > WIDTH and value == " ".join(value.split(" ")) and "\n" not in value:
        margin = " " * (indent + 2)
        folded = [head + " >-", *(margin + part for part in wrapped(value, WIDTH - len(margin)))]
        if len(folded) > 2 and _reads_as("\n".join(["k: >-", *folded[1:]]), {"k": value}):
            return folded
    return [line]


def wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(
        text, width, expand_tabs=False, replace_whitespace=False, break_long_words=False, break_on_hyphens=False
    )


def flow(value: Any) -> str:
    """A value on one line, as it stands in brackets: `[a, b]`, `{key: value}`."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value, in_flow=True)


def scalar(text: str, in_flow: bool = False) -> str:
    """A text as a value on one line, in the plainest form that reads as the same text."""
    if found := FORBIDDEN.search(text):
        what = f"the character U+{ord(found.group()):04X}"
        raise Refused(f"{what} cannot stand in a source file", "leave it out")
    for form in (str, _single, _double):
        written = form(text)
        if in_flow and form is str and ("?" in text or "\t" in text):
            continue  # Some readers of YAML stop at it in a list on one line.
        if "\n" not in written and _reads_as(*(_in_flow if in_flow else _in_block)(written, text)):
            return written
    raise Refused(f"`{visible(text[:40])}` cannot be written in YAML", "write other words")


def _in_block(written: str, text: str) -> tuple[str, Any]:
    return f"k: {written}\nl: x\n", {"k": text, "l": "x"}


def _in_flow(written: str, text: str) -> tuple[str, Any]:
    return f"[{{k: {written}, l: x}}, {written}, {written}]\n", [{"k": text, "l": "x"}, text, text]


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


_ESCAPES: dict[str, str] = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def _double(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(one) or (one if one.isprintable() else _escape(one)) for one in text) + '"'


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _reads_as(written: str, data: Any) -> bool:
    document, problems = read_yaml(SourceFile("", written))
    return not problems and document.data == data


def _check(lines: list[str], data: Any) -> None:
    if not _reads_as("\n".join(lines) + "\n", data):
        raise Refused("this cannot be written as YAML that reads as the same", "write it in the file by hand")
