"""Digests: sixteen bytes that tell a value from any other, made of all its fields.

Records and what is read have theirs by `digest_of`, quickly. A `Digester` makes those of anything that pages are made
from, and knows how to tell apart what is not made of fields.
"""

import marshal
from collections.abc import Callable, Iterable, Mapping
from dataclasses import is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache, partial
from hashlib import blake2b
from typing import Any

from briefing.model.frozen import RECURRING, shared_values, values_of

SIZE = 16


class Digested:
    """A value that has its digest with it. Those of its parts stand for them.

    The last of its fields is `kept: InitVar[bytes | None] = None`, its digest where that is known: nobody gives it but
    pickle, so that what is made from another value, as by `replace`, has a digest of its own.
    """

    __slots__ = ("digest",)

    digest: bytes

    def __post_init__(self, kept: bytes | None) -> None:
        object.__setattr__(self, "digest", kept or _hashed(_values_of(self)))

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (*shared_values(self), self.digest)


def digest_of(value: object) -> bytes:
    """The same for values of which every part is the same, in any process; order counts, also that of keys.

    TypeError for what is neither plain nor a dataclass.
    """
    return value.digest if isinstance(value, Digested) else _hashed(_plain(value))


def _hashed(plain: Any) -> bytes:
    # Up to version 2 of its form, marshal writes equal values alike, whether or not they are one object.
    return blake2b(marshal.dumps(plain, 2), digest_size=SIZE).digest()


_LEAVES = frozenset([str, bytes, int, bool, type(None)])
# Whose texts say all that they are.
_WRITTEN = frozenset([date, datetime, Decimal])


def _plain(value: Any) -> object:
    """The value as tuples of leaves, each after the name of its class, so that no two values look alike."""
    kind = type(value)
    if kind in _LEAVES:
        return value
    if kind is tuple or kind is list or kind is dict:
        return kind.__name__, *map(_plain, value.items() if kind is dict else value)
    if kind in _WRITTEN:
        return kind.__name__, str(value)
    if isinstance(value, Digested):
        return kind.__name__, value.digest
    return _of_recurring(value) if kind in RECURRING else _values_of(value)


def _values_of(value: Any) -> tuple[object, ...]:
    kind: Any = type(value)
    return kind.__name__, *[one if type(one) in _LEAVES else _plain(one) for one in values_of(kind)(value)]


@lru_cache(maxsize=65536)
def _of_recurring(value: Any) -> object:
    return _values_of(value)


# Adds to the parts what tells a value of one class from others, so that no two lists of parts can be the same for
# values that are not.
Feed = Callable[[Any, list[bytes]], None]
# More items than these are looked at all at once.
_MANY = 8
_PLAIN = frozenset(["builtins", "datetime", "decimal"])


class Digester(dict[type, Feed]):
    """Makes digests. It is how values are told apart, by their classes, each found out when the first one comes; `own`
    has the ways for classes that are told apart in a way of their own."""

    def __init__(self, own: Mapping[type, Feed] | None = None) -> None:
        # Text that is marked as HTML is not the same as any other, so of `str` no subclasses are meant.
        super().__init__({str: _text, tuple: self._items, list: self._items, **(own or {})})

    def digest(self, *values: object) -> bytes:
        """The digest of some values. TypeError for one of which nobody can tell whether it is another."""
        parts: list[bytes] = []
        for value in values:
            self[type(value)](value, parts)
        return joined(parts)

    def __missing__(self, kind: type) -> Feed:
        found = self[kind] = self._found(kind)
        return found

    def _found(self, kind: type) -> Feed:
        if not callable(getattr(kind, "digest", len)):
            return _own
        if is_dataclass(kind):
            return self._fields(kind)
        bases: tuple[tuple[type, Feed], ...] = (
            (Mapping, self._mapping),
            (partial, self._partial),
            (set, self._set),
            (frozenset, self._set),
            (tuple, self._items),
            (str, _text),
        )
        return next((feed for base, feed in bases if issubclass(kind, base)), _other)

    def _items(self, items: Any, parts: list[bytes]) -> None:
        parts.append(b"[%d" % len(items))
        # Long lists are of claims or events, which carry their digests.
        if len(items) > _MANY and all(self[kind] is _own for kind in set(map(type, items))):
            parts += [item.digest for item in items]
            return
        for item in items:
            self[type(item)](item, parts)

    def _mapping(self, value: Any, parts: list[bytes]) -> None:
        parts.append(b"{%d" % len(value))
        for item in value.items():
            self._items(item, parts)

    def _partial(self, value: "partial[Any]", parts: list[bytes]) -> None:
        """A function of a module with its arguments."""
        if not value.func.__qualname__.isidentifier():
            raise TypeError(f"{value.func.__qualname__} may hold values that cannot be seen: make it one of its module")
        _text(f"{value.func.__module__}.{value.func.__qualname__}", parts)
        self._items(value.args, parts)
        self._mapping(value.keywords, parts)

    def _set(self, value: Any, parts: list[bytes]) -> None:
        if all(type(item) is str for item in value):
            parts.append(b"(%d" % len(value))
            _text("\0".join(sorted(value)), parts)
        else:
            self._items(sorted(value), parts)

    def _fields(self, kind: type) -> Feed:
        name, values = kind.__name__.encode(), values_of(kind)

        def feed(value: Any, parts: list[bytes]) -> None:
            parts.append(name)
            for one in values(value):
                self[type(one)](one, parts)

        return feed


def joined(parts: Iterable[bytes]) -> bytes:
    """The digest of parts, such as digests, in their order."""
    return blake2b(b"\x1f".join(parts), digest_size=SIZE).digest()


def _own(value: Any, parts: list[bytes]) -> None:
    parts.append(value.digest)


def _text(text: str, parts: list[bytes]) -> None:
    data = text.encode("utf-8", "surrogatepass")
    parts.append(b"%d:%b" % (len(data), data))


def _other(value: Any, parts: list[bytes]) -> None:
    if callable(value) or type(value).__module__ not in _PLAIN:
        raise TypeError(f"whether a {type(value).__qualname__} is another cannot be told: give its class a `digest`")
    _text(f"{type(value).__name__}={value!r}", parts)


digest = Digester().digest
