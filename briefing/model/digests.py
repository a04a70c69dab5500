"""Digests: sixteen bytes that tell a value from any other, made of all its fields."""

import marshal
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from briefing.model.frozen import RECURRING, shared_values, values_of


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
    return blake2b(marshal.dumps(plain, 2), digest_size=16).digest()


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
