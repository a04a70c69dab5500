"""What pages read: each record, list and setting that a page is planned or made from is noted, and has a fingerprint.

A planner plans from what it looks up, and a page is made from what its planner gave it and from what it looks up
itself. All that can be looked up is in collections which note every access. So whether a page has to be planned or
made again is told by fingerprints alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cached_property, partial
from hashlib import blake2b
from typing import Any, Protocol, TypeVar, cast

from briefing.model.base import Record
from briefing.model.digests import Digested, digest_of
from briefing.render.room import KEPT, make_room

K = TypeVar("K")
V = TypeVar("V")

# The name of a collection, and the key that was looked up in it.
Read = tuple[str, str]
# In place of a key: the whole collection.
ALL = "*"
_ABSENT = object()


class Traced:
    """What notes itself what is read of it, or holds only such values."""


class Collection(Protocol):
    """Something with a fingerprint for each key."""

    def fingerprint(self, key: str) -> str:
        """What tells the present state of the value of `key` from any other."""


class Trace:
    """Notes what is read from its collections, while something listens. Of what is made `once`, `most` are kept."""

    def __init__(self, most: int = KEPT) -> None:
        self.most = most
        self._collections: dict[str, Collection] = {}
        self._reads: set[Read] | None = None

    def note(self, name: str, key: str) -> None:
        """Somebody has read the value of a key."""
        if self._reads is not None:
            self._reads.add((name, key))

    @contextmanager
    def listening(self) -> Iterator[set[Read]]:
        """The set of all that is read while the body runs."""
        outer, self._reads = self._reads, set()
        inner = self._reads
        try:
            yield inner
        finally:
            self._reads = outer
            if outer is not None:
                outer |= inner

    def once(self, made: dict[K, tuple[V, set[Read]]], key: K, make: Callable[[], V]) -> V:
        """What `make` makes, made once for each key; whoever gets it has read what it was made from."""
        if key not in made:
            make_room(made, self.most)
            with self.listening() as reads:
                made[key] = make(), reads
        value, reads = made[key]
        if self._reads is not None:
            self._reads |= reads
        return value

    def fingerprint(self, read: Read) -> str:
        """The present fingerprint of something that was read; empty where its collection is no more."""
        name, key = read
        collection = self._collections.get(name)
        return "" if collection is None else collection.fingerprint(key)

    def table(self, name: str, find: Callable[[], Mapping[str, V]]) -> dict[str, V]:
        """A dictionary that notes which of its keys are looked up. It is found when it is first asked for."""
        self._collections[name] = table = _Table(partial(self.note, name), find)
        return cast(dict[str, V], table)

    def series(self, name: str, find: Callable[[], Sequence[V]]) -> list[V]:
        """A list that notes that it is read. It is found when it is first asked for."""
        self._collections[name] = series = _Series(partial(self.note, name), find)
        return cast(list[V], series)

    def of_days(self, name: str, answer: Callable[[date], V]) -> Callable[[date], V]:
        """A function of a day that notes for which days it is asked."""
        self._collections[name] = _OfDays(answer)

        def asked(day: date) -> V:
            self.note(name, day.isoformat())
            return answer(day)

        return asked

    def settings(self, name: str, record: V) -> V:
        """A record of which each field is noted that is read."""
        self._collections[name] = settings = _Settings(partial(self.note, name), record)
        return cast(V, settings)


class _Table(Mapping[str, V], Traced):
    """No dictionary: that has ways to be read, such as `|`, that nobody would think of."""

    def __init__(self, note: Callable[[str], None], find: Callable[[], Mapping[str, V]]) -> None:
        self._note = note
        self._find = find

    @cached_property
    def _items(self) -> Mapping[str, V]:
        # Of this kind of mapping only the items are meant, not that looking something up may add to it.
        items = self._find()
        return dict(items) if isinstance(items, defaultdict) else items

    def fingerprint(self, key: str) -> str:
        if key == ALL:
            return fingerprint(tuple(self._items.items()))
        value = self._items.get(key, _ABSENT)
        return "" if value is _ABSENT else fingerprint(value)

    def __getitem__(self, key: str) -> V:
        self._note(key)
        return self._items[key]

    def get(self, key: str, default: Any = None) -> Any:
        self._note(key)
        return self._items.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._note(str(key))
        return key in self._items

    def __iter__(self) -> Iterator[str]:
        self._note(ALL)
        return iter(self._items)

    def __len__(self) -> int:
        self._note(ALL)
        return len(self._items)


class _Series(Sequence[V], Traced):
    """A list of which only the whole is noted."""

    def __init__(self, note: Callable[[str], None], find: Callable[[], Sequence[V]]) -> None:
        self._note = note
        self._find = find

    @cached_property
    def _items(self) -> Sequence[V]:
        return self._find()

    def fingerprint(self, _: str) -> str:
        return fingerprint(self._items)

    def __getitem__(self, index: Any) -> Any:
        self._note(ALL)
        return self._items[index]

    def __iter__(self) -> Iterator[V]:
        self._note(ALL)
        return iter(self._items)

    def __len__(self) -> int:
        self._note(ALL)
        return len(self._items)


class _OfDays:
    def __init__(self, answer: Callable[[date], object]) -> None:
        self._answer = answer

    def fingerprint(self, key: str) -> str:
        return fingerprint(self._answer(date.fromisoformat(key)))


class _Settings(Traced):
    def __init__(self, note: Callable[[str], None], record: object) -> None:
        self._note = note
        self._record = record

    def fingerprint(self, key: str) -> str:
        return fingerprint(getattr(self._record, key, None))

    def __getattr__(self, name: str) -> object:
        value = getattr(self._record, name)
        if callable(value):
            raise TypeError(f"read the fields of a record, not by {name}()")
        self._note(name)
        return value


def fingerprint(value: object) -> str:
    """The same for equal values, and different for others: by what they hold, or by the fingerprint they carry.

    Values that note themselves what is read of them count as equal. TypeError for a function with values of its own.
    """
    own = getattr(value, "fingerprint", None)
    if isinstance(own, str):
        return own
    if isinstance(value, Digested):
        return value.digest.hex()
    parts: list[str] = []
    _feed(value, parts)
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


# Adds to the parts what tells a value of one class from others, so that no two lists of parts can be the same for
# values that are not.
Feed = Callable[[Any, list[str]], None]


def _feed(value: Any, parts: list[str]) -> None:
    _feed_for(type(value))(value, parts)


def _feed_for(kind: type) -> Feed:
    """How values of a class are told apart: found out once, for it is the same for all of them."""
    feed = _FEEDS.get(kind)
    if feed is None:
        feed = _FEEDS[kind] = _found_feed(kind)
    return feed


def _found_feed(kind: type) -> Feed:
    if issubclass(kind, Traced):
        return _feed_nothing
    if hasattr(kind, "fingerprint"):
        return _feed_own
    if issubclass(kind, (Digested, Record)):
        return _feed_record
    if is_dataclass(kind):
        return partial(_feed_fields, kind.__name__, tuple(field.name for field in fields(kind)))
    return next((feed for base, feed in _WAYS if issubclass(kind, base)), _feed_other)


def _feed_nothing(_: Any, parts: list[str]) -> None:
    """Nothing: it notes itself what is read of it."""


def _feed_own(value: Any, parts: list[str]) -> None:
    parts.append(value.fingerprint)


def _feed_text(text: str, parts: list[str]) -> None:
    parts.append(f"{len(text)}:{text}")


def _feed_items(items: Sequence[Any], parts: list[str]) -> None:
    parts.append(f"[{len(items)}")
    # Long lists are mostly of claims or events, which carry their fingerprints.
    if items and all(_feed_for(kind) is _feed_own for kind in set(map(type, items))):
        parts.extend([item.fingerprint for item in items])
        return
    for item in items:
        _feed(item, parts)


def _feed_record(record: Any, parts: list[str]) -> None:
    parts.append(f"{type(record).__name__}{digest_of(record).hex()}")


def _feed_fields(name: str, names: tuple[str, ...], value: Any, parts: list[str]) -> None:
    parts.append(name)
    for field in names:
        _feed(getattr(value, field), parts)


def _feed_mapping(value: Mapping[Any, Any], parts: list[str]) -> None:
    parts.append(f"{{{len(value)}")
    for item in value.items():
        _feed_items(item, parts)


def _feed_set(value: Iterable[Any], parts: list[str]) -> None:
    _feed_items(sorted(value), parts)


def _feed_partial(value: "partial[object]", parts: list[str]) -> None:
    _feed_items((value.func, value.args, value.keywords), parts)


def _feed_other(value: Any, parts: list[str]) -> None:
    if not callable(value):
        parts.append(f"{type(value).__name__}={value!r}")
    elif getattr(value, "__closure__", None):
        raise TypeError(f"{value.__qualname__} holds values that cannot be told apart: make it a partial")
    else:
        parts.append(f"{value.__module__}.{value.__qualname__}")


# Text that is marked as HTML is not the same as any other, so of these no subclasses are meant.
_FEEDS: dict[type, Feed] = {str: _feed_text, tuple: _feed_items, list: _feed_items}
_WAYS: tuple[tuple[type, Feed], ...] = (
    (Mapping, _feed_mapping),
    (set, _feed_set),
    (frozenset, _feed_set),
    (partial, _feed_partial),
)
