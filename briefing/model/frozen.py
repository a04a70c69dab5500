"""Classes of values that are kept and sent by the thousand.

Their bases have abstract methods and no ABCMeta: mypy refuses what lacks one even so, and `isinstance` stays quick.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")

# Texts that are no longer than this are mostly ids and words that recur.
_SHORT = 64
# Classes of values of which few are different. Those that are equal have to be alike in all: decimal numbers are not.
RECURRING: set[type] = set()


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(kind: type[T]) -> type[T]:
    """A dataclass with slots, whose values nobody changes: mypy sees to that, no `__setattr__` at three times the cost.

    They are pickled as calls of their class, which takes a quarter of the time of what pickle does with slots, and
    with each short text and each value of a recurring class only once.
    """
    made = dataclass(slots=True, unsafe_hash=True)(kind)
    if made.__reduce__ is object.__reduce__:
        made.__reduce__ = _as_call  # type: ignore[assignment, method-assign]
    return made


def _as_call(value: Any) -> tuple[type, tuple[Any, ...]]:
    return type(value), shared_values(value)


def shared_values(value: Any) -> tuple[Any, ...]:
    """The values of all fields, equal ones as one object where they recur."""
    kind: Any = type(value)
    return tuple([one and _shared(one) for one in values_of(kind)(value)])


@cache
def values_of(kind: Any) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the values of all fields of a dataclass."""
    names = [one.name for one in fields(kind)]
    # Of one name the getter gives the value itself.
    return attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)


def _shared(value: Any) -> Any:
    kind = type(value)
    if kind is tuple and (type(value[0]) is str or type(value[0]) in RECURRING):
        return _first(tuple(map(_shared, value)))
    return _first(value) if (kind is str and len(value) <= _SHORT) or kind in RECURRING else value


@lru_cache(maxsize=65536, typed=True)
def _first(value: T) -> T:
    """The first of all that are equal."""
    return value
