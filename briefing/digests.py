"""Digests of values: the same for equal values and another for others, in every process.

What a page is made from is compared by them. A class of its own gives them by `digest`, an attribute of bytes; of all
other classes every field counts, so that no field can be forgotten.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from hashlib import blake2b
from typing import Any

from pydantic import BaseModel

SIZE = 16

# Adds to the parts what tells a value of one class from others, so that no two lists of parts can be the same for
# values that are not.
Feed = Callable[[Any, list[bytes]], None]
_PLAIN = frozenset(["builtins", "datetime", "decimal"])


class Digester:
    """Makes digests; `own` has the ways for classes that are told apart in a way of their own."""

    def __init__(self, own: Mapping[type, Feed] | None = None) -> None:
        # Text that is marked as HTML is not the same as any other, so of `str` no subclasses are meant.
        self._feeds: dict[type, Feed] = {str: _text, tuple: self._items, list: self._items, **(own or {})}

    def digest(self, *values: object) -> bytes:
        """The digest of some values. TypeError for one of which nobody can tell whether it is another."""
        parts: list[bytes] = []
        for value in values:
            self._feed(value, parts)
        return joined(parts)

    def _feed(self, value: Any, parts: list[bytes]) -> None:
        kind = type(value)
        feed = self._feeds.get(kind)
        if feed is None:
            feed = self._feeds[kind] = self._found(kind)
        feed(value, parts)

    def _found(self, kind: type) -> Feed:
        """How values of a class are told apart: found out once, for it is the same for all of them."""
        if hasattr(kind, "digest"):
            return _own
        if is_dataclass(kind):
            return self._fields(kind.__name__.encode(), tuple(field.name for field in fields(kind)))
        bases: tuple[tuple[type, Feed], ...] = (
            (BaseModel, _record),
            (Mapping, self._mapping),
            (set, self._set),
            (frozenset, self._set),
            (tuple, self._items),
            (str, _text),
        )
        return next((feed for base, feed in bases if issubclass(kind, base)), _other)

    def _items(self, items: Any, parts: list[bytes]) -> None:
        parts.append(b"[%d" % len(items))
        for item in items:
            self._feed(item, parts)

    def _mapping(self, value: Any, parts: list[bytes]) -> None:
        parts.append(b"{%d" % len(value))
        for item in value.items():
            self._items(item, parts)

    def _set(self, value: Any, parts: list[bytes]) -> None:
        self._items(sorted(value), parts)

    def _fields(self, name: bytes, names: tuple[str, ...]) -> Feed:
        def feed(value: Any, parts: list[bytes]) -> None:
            parts.append(name)
            for field in names:
                self._feed(getattr(value, field), parts)

        return feed


def joined(parts: Iterable[bytes]) -> bytes:
    """The digest of parts, such as digests, in their order."""
    return blake2b(b"\x1f".join(parts), digest_size=SIZE).digest()


def _own(value: Any, parts: list[bytes]) -> None:
    parts.append(value.digest)


def _text(text: str, parts: list[bytes]) -> None:
    data = text.encode("utf-8", "surrogatepass")
    parts.append(b"%d:%b" % (len(data), data))


def _record(record: BaseModel, parts: list[bytes]) -> None:
    _text(f"{type(record).__name__}{record.model_dump_json()}", parts)


def _other(value: Any, parts: list[bytes]) -> None:
    if callable(value) or type(value).__module__ not in _PLAIN:
        raise TypeError(f"whether a {type(value).__qualname__} is another cannot be told: give its class a `digest`")
    _text(f"{type(value).__name__}={value!r}", parts)


digest = Digester().digest
