"""Plain data to a record of the model: pydantic's errors become diagnostics with positions."""

import re
from collections.abc import Iterator, Mapping, Set
from typing import Any, TypeVar, get_args

from pydantic import ValidationError

from briefing.diagnostics import Diagnostic, Location, Step
from briefing.model.base import Record, fields_of, validated
from briefing.read.contradictions import contradictions
from briefing.read.foreign import advice_for, meant_by
from briefing.read.lookalikes import told_apart
from briefing.read.yaml_reader import Document

R = TypeVar("R", bound=Record)

# As pydantic calls a key that a record does not have.
_UNKNOWN = "unexpected_keyword_argument"
_NOTHING: Mapping[str, Any] = {}

_ALWAYS_LIST = "write a list: `[{value}]`"
_MAPPING = "write `key: value` lines below it"
_LIST_OF_MAPPINGS = "begin each entry of the list with `- `"
# pydantic's error type: (our code, message, help). {key} is the last key of the way, {value} the input.
_MESSAGES: dict[str, tuple[str, str, str]] = {
    "bad_id": ("bad-id", "{message}", "{help}"),
    "bad_date": ("bad-date", "{message}", "write YYYY-MM-DD, YYYY-MM or YYYY"),
    "bad_time": (
        "bad-date",
        "{message}",
        "write YYYY-MM-DDThh:mm and the offset from UTC, as in 2025-02-07T11:55-05:00",
    ),
    "empty_time": ("bad-date", "{message}", "write the day it really was, or leave the field out"),
    "time_for_day": ("bad-date", "{message}", "write the day alone: YYYY-MM-DD"),
    "no_offset": ("bad-date", "{message}", "add the offset from UTC, as in 2025-02-07T11:55-05:00"),
    "bad_span": ("bad-value", "{message}", "write an ISO 8601 duration, such as P1Y or P6M"),
    "bad_flag": ("bad-value", "{message}", "write true or false"),
    "bad_currency": (
        "bad-value",
        "{message}",
        "write its three capital letters, such as USD",
    ),
    "bad_url": ("bad-value", "{message}", "write the whole address, beginning with https://"),
    "bad_base_url": ("bad-value", "{message}", "{help}"),
    "bad_domain": ("bad-value", "{message}", "{help}"),
    "bad_address": ("bad-value", "{message}", "{help}"),
    "bad_rules": ("bad-value", "{message}", "write `User-agent: *`, `Disallow: /...` and their like, a line each"),
    "bad_zone": ("bad-value", "{message}", "use a name of the IANA database, such as Asia/Tokyo"),
    "bad_range": ("bad-value", "{message}", "write `qualifier: range` with `value` and `high`, or leave `high` out"),
    "one_unit": ("bad-value", "{message}", "write `unit: people` or `currency: USD`"),
    "since_after_on": ("bad-value", "{message}", "`since` is when it came about, `on` the day it was recorded"),
    "no_voice": ("missing-key", "{message}", "add `by: <id>`, or `described_as:` with the article's own words"),
    "long_label": ("bad-value", "{message}", "name the matter; `text` says what is said of it"),
    "empty_item": ("bad-value", "{message}", "write the subject, or remove the entry"),
    "item_type": ("wrong-type", "{message}", "write the subject, or `item:`, `claims:` and `now:`"),
    "empty_quote": ("empty-quote", "{message}", "copy the words from the article"),
    "full_apart": ("bad-value", "{message}", "write `passages` or `link`, or leave `rights` out"),
    "greater_than": ("bad-value", "`{value}` is not above 0", "write a number above 0"),
    "greater_than_equal": ("bad-value", "`{value}` is not above 0", "write a number above 0"),
    "less_than_equal": ("bad-value", "`{value}` is more than the whole", "write a percentage of at most 100"),
    "bad_count": ("bad-value", "{message}", "write digits, as in 12"),
    "decimal_parsing": ("bad-value", "`{value}` is not a number", "write digits, as in 54000 or 14.9"),
    "finite_number": ("bad-value", "`{value}` is not a number", "write digits, as in 54000 or 14.9"),
    "string_too_short": ("bad-value", "`{key}` is empty", "write a text, or remove the key"),
    "too_short": ("bad-value", "`{key}` is empty", "name at least one"),
    "tuple_type": ("wrong-type", "`{key}` is {kind} where a list is expected", _ALWAYS_LIST),
    "list_type": ("wrong-type", "`{key}` is {kind} where a list is expected", _ALWAYS_LIST),
    "dict_type": ("wrong-type", "`{key}` is {kind} where a mapping is expected", _MAPPING),
    "dataclass_type": (
        "wrong-type",
        "`{key}` is {kind} where a mapping is expected",
        "write `key: value` lines below it",
    ),
    "string_type": ("wrong-type", "`{key}` is {kind} where text is expected", "write one value"),
    "decimal_type": ("wrong-type", "`{key}` is {kind} where a number is expected", "write one number"),
}
# Where a mapping is expected and something else stands: message and help for keys of which more can be said.
_NO_MAPPING = {
    "quote": ("`quote` is {kind} where text is expected", "write the words, or `exact:`, `prefix:` and `suffix:`"),
    "verdict": (
        "`verdict` is {kind} where a mapping is expected",
        "write `text:` with the words and `written:` with their day",
    ),
}
_PATTERN_HELP = {
    "language": "write a language code, such as en or ja",
    "wikidata": "write the item's id, such as Q17",
}


def to_record(
    model: type[R], document: Document, data: Any, way: tuple[Step, ...] = ()
) -> tuple[R | None, list[Diagnostic]]:
    """The record in `data`, which stands at `way` in the document; or every problem that keeps it from being one.

    A record that contradicts itself comes with its problems.
    """
    if data is None and not way:
        return None, []  # The reader refused the document and has said why.
    if not isinstance(data, dict):
        kind = _kind(data)
        place = document.place(way)
        return None, [
            Diagnostic("wrong-type", f"{kind} stands where a mapping is expected", place, "write `key: value` lines")
        ]
    problems = list(_unknown_without_value(model, document, data, way)) if document.has_absent else []
    try:
        record = validated(model, data)
    except ValidationError as error:
        errors = [dict(e) for e in error.errors(include_url=False)]
        under_other_names = {_meant_at(model, e["loc"]) for e in errors if e["type"] == _UNKNOWN}
        told = (e for e in errors if not _is_echo(e, document) and e["loc"] not in under_other_names)
        return None, problems + [_problem(model, document, e, way) for e in told]
    if problems:
        return None, problems
    # The record is whole, so that everything else that is wrong with it is told as well.
    return record, list(contradictions(record, data, document, way))


def what_is_right(model: type[R], data: Any, needed: Mapping[str, Any] = _NOTHING) -> tuple[R | None, Set[str]]:
    """A record of those keys of the data that are right, with `needed` for what is missing, and the other keys.

    It is for further checks only: nothing is published where a key is wrong.
    """
    kept, wrong = {**needed, **data} if isinstance(data, dict) else {**needed}, set[str]()
    for _ in range(2):
        try:
            return validated(model, kept), wrong
        except ValidationError as error:
            wrong |= {str(problem["loc"][0]) for problem in error.errors() if problem["loc"]}
            kept = {**needed, **{key: value for key, value in kept.items() if key not in wrong}}
    return None, wrong


def _unknown_without_value(
    model: type[Record], document: Document, data: Any, base: tuple[Step, ...], loc: tuple[Step, ...] = ()
) -> Iterator[Diagnostic]:
    """Unknown keys that pydantic does not see: `{value: 54,000}` has the key `000`, and no value for it."""
    if isinstance(data, dict):
        known = _keys_at(model, loc)
        for key in document.absent(base + loc):
            if known and key not in known:
                yield _unknown(document, base + loc, key, known)
    parts = data.items() if isinstance(data, dict) else enumerate(data)
    for step, part in parts:
        if isinstance(part, dict | list):
            yield from _unknown_without_value(model, document, part, base, (*loc, step))


def _is_echo(error: dict[str, Any], document: Document) -> bool:
    """Whether it only follows from another problem: a list whose entries are wrong, a key that could not be read."""
    return bool(error["type"] == "too_short" and error["input"]) or (
        error["type"] == "missing" and not document.is_complete
    )


def nearest(word: str, known: list[str]) -> str | None:
    """The known word that was probably meant."""
    from rapidfuzz import fuzz, process

    match = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=60)
    return str(match[0]) if match else None


def _problem(model: type[Record], document: Document, error: dict[str, Any], base: tuple[Step, ...]) -> Diagnostic:
    loc: tuple[Step, ...] = tuple(step for step in error["loc"] if step != "[key]")
    way, kind = base + loc, error["type"]
    names = [step for step in way if isinstance(step, str)]
    key = names[-1] if names else "the file"
    if kind == "missing":
        return _missing(document, way, key)
    if kind == _UNKNOWN:
        return _unknown(document, way[:-1], key, _keys_at(model, loc[:-1]))
    place = document.place(way, key=error["loc"][-1:] == ("[key]",))
    if kind == "literal_error":
        return _not_in_vocabulary(error, key, place)
    if kind == "string_pattern_mismatch":
        help = _PATTERN_HELP.get(key, f"it must match {error.get('ctx', {}).get('pattern', '')}")
        return Diagnostic("bad-value", f"`{error['input']}` cannot be `{key}`", place, help)
    code, message, help = _MESSAGES.get(kind, ("bad-value", "{message}", "see the field's description"))
    if isinstance(error["input"], list) and kind in ("bad_id", "bad_date"):
        code = "wrong-type"
    if kind in ("tuple_type", "list_type") and isinstance(error["input"], dict):
        help = _LIST_OF_MAPPINGS
    if kind == "dataclass_type":
        message, help = _NO_MAPPING.get(key, (message, help))
    value = error["input"] if isinstance(error["input"], str) else "..."
    words = {"key": key, "value": value, "kind": _kind(error["input"]), "message": error["msg"]}
    words["help"] = error.get("ctx", {}).get("help", "")
    return Diagnostic(code, _filled(message, words), place, _filled(help, words))


def _meant_at(model: type[Record], loc: Any) -> tuple[Step, ...]:
    """Where the key belongs that stands at `loc` under the name that another tool gives it."""
    meant = meant_by(str(loc[-1]), _keys_at(model, loc[:-1]))
    return (*loc[:-1], meant) if meant else ()


def _unknown(document: Document, way: tuple[Step, ...], key: str, known: list[str]) -> Diagnostic:
    foreign, likely = meant_by(key, known), nearest(key, known)
    if foreign:
        is_there = foreign in document.keys(way)
        help = f"remove it: `{foreign}` is there already" if is_there else f"write `{foreign}`, as it is called here"
    elif advice := advice_for(key, known):
        help = advice
    else:
        help = f"write {told_apart(likely, key)}" if likely else f"use one of: {', '.join(known)}"
    return Diagnostic("unknown-key", f"`{key}` is not a known key", document.place((*way, key), key=True), help)


def _missing(document: Document, way: tuple[Step, ...], key: str) -> Diagnostic:
    if document.is_absent(way):
        place = document.place(way, key=True)
        if key in ("quote", "exact"):
            return Diagnostic("empty-quote", "quote has no words", place, "copy the words from the article")
        return Diagnostic("missing-key", f"`{key}` has no value", place, f"write `{key}: ...`")
    return Diagnostic("missing-key", f"`{key}` is missing", document.place(way[:-1]), f"add `{key}: ...`")


def _not_in_vocabulary(error: dict[str, Any], key: str, place: Location) -> Diagnostic:
    allowed = re.findall(r"'([^']*)'", str(error["ctx"]["expected"]))
    if not isinstance(error["input"], str):
        return Diagnostic(
            "wrong-type", f"`{key}` is {_kind(error['input'])} where text is expected", place, "write one value"
        )
    meant = nearest(error["input"], allowed)
    help = f"write {told_apart(meant, error['input'])}; the words are: " if meant else "use one of: "
    return Diagnostic("bad-value", f"`{error['input']}` cannot be `{key}`", place, help + ", ".join(allowed))


def _keys_at(model: type[Record], loc: tuple[Step, ...]) -> list[str]:
    """The keys of the record at `loc` inside a model."""
    current: Any = model
    for step in loc:
        if isinstance(step, str) and isinstance(current, type) and issubclass(current, Record):
            by_key = {field.alias or name: field.annotation for name, field in fields_of(current).items()}
            current = _record_in(by_key.get(step))
    if not (isinstance(current, type) and issubclass(current, Record)):
        return []
    return [field.alias or name for name, field in fields_of(current).items()]


def _record_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next((found for part in get_args(annotation) if (found := _record_in(part))), None)


def _kind(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else "text"


def _filled(pattern: str, words: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: words[match.group(1)], pattern)
