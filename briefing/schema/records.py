"""A record of the model as a JSON Schema of draft 7: pydantic's, tuned to our YAML.

Editors read YAML as YAML 1.2 has it: `2025` is a number to them, and `key:` is null. Here every value is the text that
was typed, and an absent value is as if its key were not there. So a schema does not ask for text, but refuses what
cannot be text: `if` it is a list, `then` a string was expected. Editors say so where something is refused, and they
offer neither `null` nor `true` where a text is to be written.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from briefing.model.base import NAMES, Record, json_schema
from briefing.schema.examples import EXAMPLES
from briefing.schema.vocabulary import MEANINGS

Json = dict[str, Any]

_TYPES = ("array", "boolean", "null", "number", "object", "string")
# What stays as it is, wherever it stands.
_KEPT = (
    *("description", "examples", "minItems", "minLength", "minimum", "maximum", "multipleOf"),
    *("pattern", "patternErrorMessage"),
)
_DECIMAL = r"^[+\-\u2212]?(?:[0-9_.]|[^\x00-\x7f])+(?:[eE][+\-]?[0-9]+)?$"
_WHOLE = "^[0-9]+$"
_DIGITS = "write digits, as in 54000 or 14.9"


def record_schema(kind: type[Record]) -> Json:
    """The schema of a record. An id of another record is a `$ref` to the definition that `definition` names."""
    schema = json_schema(kind)
    return _Tuning(schema.pop("$defs", {})).tuned(schema, is_needed=True)


def definition(kinds: Iterable[str]) -> str:
    """The name of the definition of all ids of these kinds of records."""
    return "-".join(kinds)


def kinds_named(schema: Any) -> set[tuple[str, ...]]:
    """The kinds of records whose ids a schema refers to."""
    if isinstance(schema, list):
        return set[tuple[str, ...]]().union(*map(kinds_named, schema))
    if not isinstance(schema, dict):
        return set()
    own = {tuple(schema["$ref"].rpartition("/")[2].split("-"))} if isinstance(schema.get("$ref"), str) else set()
    return own.union(*map(kinds_named, schema.values()))


def text(is_needed: bool = True, **words: Any) -> Json:
    """A value that is one text, with further words about it."""
    return {**words, **_expected("string", ["array", "object"], is_needed)}


def mapping(of: Json, is_needed: bool = True, **words: Any) -> Json:
    """A mapping of any keys, each of which has such a value."""
    return {**words, **_expected_alone("object", is_needed), "additionalProperties": of}


class _Tuning:
    """Schemas of pydantic's, with the parts that they refer to."""

    def __init__(self, parts: Mapping[str, Json]) -> None:
        self._parts = parts

    def tuned(self, schema: Json, is_needed: bool) -> Json:
        """A schema as editors need it; unless it `is_needed`, the value may be left out."""
        if "$ref" in schema:
            part = self._parts[schema["$ref"]]
            return self.tuned({**part, **{key: value for key, value in schema.items() if key != "$ref"}}, is_needed)
        if "anyOf" in schema:
            return self._any_of(schema, is_needed)
        kept = {key: schema[key] for key in _KEPT if key in schema}
        if isinstance(schema.get("default"), str | bool):
            kept["default"] = schema["default"]
        if "description" in kept:
            kept["description"] = " ".join(kept["description"].split())
        if NAMES in schema:
            return _id(schema[NAMES], kept.get("description"), is_needed)
        words = schema.get("enum") or ([schema["const"]] if "const" in schema else None)
        if words:
            return kept | ({"enum": words} if is_needed else {"anyOf": [{"enum": words}, _ABSENT]})
        return kept | self._typed(schema, is_needed)

    def _any_of(self, schema: Json, is_needed: bool) -> Json:
        others = [one for one in schema["anyOf"] if one.get("type") != "null"]
        is_needed = is_needed and len(others) == len(schema["anyOf"])
        common: Json = {key: schema[key] for key in ("description", "examples") if key in schema}
        if {one.get("type") for one in others} == {"number", "string"}:
            return common | _number("number", is_needed, _DECIMAL)
        if len(others) == 1:
            return self.tuned({**others[0], **common}, is_needed)
        return {**common, "anyOf": [self.tuned(one, is_needed) for one in others]}

    def _typed(self, schema: Json, is_needed: bool) -> Json:
        match schema["type"]:
            case "array":
                return self._list(schema, is_needed)
            case "object" if "properties" in schema:
                return self._record(schema, is_needed)
            case "object":
                ((pattern, of),) = schema.get("patternProperties", {".": schema.get("additionalProperties")}).items()
                return mapping(self.tuned(of, is_needed=False), is_needed, propertyNames={"pattern": pattern})
            case "boolean":
                return {"anyOf": [{"type": "boolean"}, _FLAG]}
            case "integer" | "number" as number:
                return _number(number, is_needed, _WHOLE if number == "integer" else _DECIMAL)
            case _:
                return text(is_needed)

    def _list(self, schema: Json, is_needed: bool) -> Json:
        entry = self.tuned(schema["items"], is_needed=True)
        once = {"uniqueItems": True} if "$ref" in entry or "pattern" in entry else {}
        return {**_expected_alone("array", is_needed), "items": entry, **once}

    def _record(self, schema: Json, is_needed: bool) -> Json:
        needed, name = schema.get("required", []), schema["title"]
        properties = {key: self.tuned(of, key in needed) for key, of in schema["properties"].items()}
        for key, examples in EXAMPLES.get(name, {}).items():
            properties[key]["examples"] = list(examples)
        for key, meanings in MEANINGS.get(name, {}).items():
            words = properties[key] if "enum" in properties[key] else properties[key]["anyOf"][0]
            words["enumDescriptions"] = [meanings[word] for word in words["enum"]]
        return {
            "title": re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower(),
            **_expected_alone("object", is_needed),
            "properties": properties,
            "required": needed,
            "additionalProperties": False,
        }


def _expected(what: str, instead: list[str], is_needed: bool) -> Json:
    refused = [*instead, "null"] if is_needed else instead
    return {"if": {"type": refused}, "then": {"type": what}}


def _expected_alone(what: str, is_needed: bool) -> Json:
    """A list or a mapping, and nothing else."""
    if is_needed:
        return {"type": what}
    return _expected(what, [one for one in _TYPES if one not in (what, "null")], is_needed=False)


def _number(what: str, is_needed: bool, pattern: str) -> Json:
    form = _expected(what, ["array", "boolean", "object"], is_needed)
    return {"pattern": pattern, "patternErrorMessage": _DIGITS, **form}


def _id(kinds: Iterable[str], description: str | None, is_needed: bool) -> Json:
    told = {"description": description} if description else {}
    ref = {"$ref": f"#/definitions/{definition(kinds)}"}
    return told | (ref if is_needed else {"anyOf": [ref, _ABSENT]})


_ABSENT = _expected("null", [one for one in _TYPES if one != "null"], is_needed=False)
# In quotation marks.
_FLAG = {"pattern": "^(?:true|false)$", **_expected("boolean", ["array", "number", "object"], is_needed=False)}
