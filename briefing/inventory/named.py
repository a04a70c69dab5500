"""The ids that records name, by what the model says of their fields."""

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args, get_type_hints

from briefing.model.base import Names, Record

# Kinds of records, and the id of one of them.
Named = tuple[tuple[str, ...], str]


def named(record: Record) -> Iterator[Named]:
    """What a record names, and the records in it."""
    kind: Any = type(record)
    for field, kinds in _fields(kind):
        value = getattr(record, field)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Record):
                yield from named(one)
            elif one is not None and kinds:
                yield kinds, one


@cache
def _fields(kind: Any) -> list[tuple[str, tuple[str, ...]]]:
    """The fields of a record that name others, with the kinds of these; or that hold records."""
    hints = get_type_hints(kind, include_extras=True)
    found = [(name, _kinds(hint), _holds_records(hint)) for name, hint in hints.items() if not name.startswith("__")]
    return [(name, kinds) for name, kinds, holds in found if kinds or holds]


def _kinds(hint: Any) -> tuple[str, ...]:
    own = [one.kinds for one in getattr(hint, "__metadata__", ()) if isinstance(one, Names)]
    parts = (_kinds(part) for part in (*get_args(hint), getattr(hint, "__origin__", None)) if part is not None)
    return next((kinds for kinds in (*own, *parts) if kinds), ())


def _holds_records(hint: Any) -> bool:
    is_record = isinstance(hint, type) and issubclass(hint, Record)
    return is_record or any(_holds_records(part) for part in get_args(hint))
