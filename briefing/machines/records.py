"""Records as rows: a table of what a record is, and for each list in it a table that leads back to the record.

The columns are the fields of the model, with what the model says of them. So a new field is a new column.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from decimal import Decimal
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin

from briefing.machines.tables import Cell, Column, Key, Layout, Row
from briefing.model.base import Names, Record, fields_of
from briefing.model.dates import Typed
from briefing.model.frozen import frozen

T = TypeVar("T")

# The number of an entry in its list, from 1 on.
NUMBER = Column("number", "integer", "its place in the list", is_required=True)
_TYPES = {bool: "boolean", int: "integer", Decimal: "number"}
# What a cell can be as it is; all other values are texts in files, and so they are in tables.
_CELLS = frozenset([str, int, bool, Decimal, NoneType])
# What one of a list is called, where it is not the name of the list without its last letter.
_ONE = {"aliases": "alias", "evidence": "evidence", "about": "about", "names": "name", "issued_by": "issued_by"}


# A record, or what holds one, with the cells of its key.
Keyed = tuple[Any, Row]


class Sheet(NamedTuple):
    """A table, and what makes its rows of records."""

    layout: Layout
    rows: Callable[[Iterable[Keyed]], Iterator[Row]]


@frozen
class Naming:
    """What tables are called that are not called after their list, those `apart` though there is but one such value,
    and the fields that are in none, of all tables or of one. `keys` has the table and the column in which the ids of a
    kind of records are."""

    names: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    keys: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def sheets_of(name: str, description: str, kind: type[Record], key: Sequence[Column], naming: Naming) -> list[Sheet]:
    """The table of a kind of record, which has a `key`, and those of its lists."""
    columns: list[Column] = []
    cells: list[Callable[[Any], Cell]] = []
    lists: list[Sheet] = []
    leads: list[Key] = []
    for path, info, is_required in _flat(kind, name, naming):
        column, kind_of = "_".join(step for step, _ in path), _plain(info.annotation)
        get = _getter([name for _, name in path])
        own = naming.names.get(f"{name}.{column}", f"{name}_{column}")
        if get_origin(kind_of) is tuple:
            lists += _of_list(own, column, info, get_args(kind_of)[0], get, (name, key), naming)
        elif get_origin(kind_of) is dict:
            lists.append(_of_names(own, column, info, get, (name, key)))
        elif isinstance(kind_of, type) and issubclass(kind_of, Record):
            part, *others = sheets_of(own, info.description or "", kind_of, key, naming)
            lists += [of_part(sheet, get) for sheet in (_owned(part, name, key), *others)]
        else:
            columns.append(_column(column, kind_of, info, is_required))
            cells.append(get)
            leads += _lead(column, info, naming)

    def rows(records: Iterable[Keyed]) -> Iterator[Row]:
        for record, of in records:
            found = [get(record) for get in cells]
            yield (*of, *[one if type(one) in _CELLS else str(one) for one in found])

    return [Sheet(Layout(name, description, (*key, *columns), _names(key), tuple(leads)), rows), *lists]


def with_more(
    sheet: Sheet,
    columns: Sequence[Column],
    cells: Callable[[Any], Row],
    record: Callable[[Any], Any],
    leads: tuple[Key, ...] = (),
) -> Sheet:
    """The table of values that each hold one record as their `record`, with more columns after the key, whose `cells`
    are of the value, and what leads from them to other tables."""
    layout, width = sheet.layout, len(sheet.layout.key)

    def rows(values: Iterable[Keyed]) -> Iterator[Row]:
        values = tuple(values)
        found = sheet.rows([(record(value), of) for value, of in values])
        for (value, _), row in zip(values, found, strict=True):
            yield (*row[:width], *cells(value), *row[width:])

    whole = (*layout.columns[:width], *columns, *layout.columns[width:])
    return Sheet(replace(layout, columns=whole, leads=(*leads, *layout.leads)), rows)


def _flat(kind: type[Record], table: str, naming: Naming) -> Iterator[tuple[list[tuple[str, str]], Any, bool]]:
    """The fields, those of a record within the record with the way to them: names of columns, and of attributes; and
    whether there is always a value."""
    for name, info in fields_of(kind).items():
        if not naming.without.isdisjoint((name, f"{table}.{name}")):
            continue
        inner = _plain(info.annotation)
        column = info.alias or name
        if isinstance(inner, type) and issubclass(inner, Record) and name not in naming.apart:
            needed = info.is_required()
            yield from (([(column, name), *way], one, needed and of) for way, one, of in _flat(inner, table, naming))
        else:
            yield [(column, name)], info, info.is_required()


def _of_list(
    own: str,
    column: str,
    info: Any,
    item: Any,
    get: Callable[[Any], Any],
    owner: tuple[str, Sequence[Column]],
    naming: Naming,
) -> list[Sheet]:
    inner, key = _plain(item), _key_of(*owner)
    if isinstance(inner, type) and issubclass(inner, Record):
        first, *others = sheets_of(own, info.description or "", inner, (*key, NUMBER), naming)
        return [_each(sheet, get) for sheet in (_owned(first, *owner), *others)]
    value = _column(_ONE.get(column, column.removesuffix("s")), inner, info, True)

    def rows(records: Iterable[Keyed]) -> Iterator[Row]:
        for record, of in records:
            for number, one in enumerate(get(record), 1):
                yield (*of, number, one if type(one) in _CELLS else str(one))

    columns, leads = (*key, NUMBER, value), tuple(_lead(value.name, info, naming))
    return [_owned(Sheet(Layout(own, info.description or "", columns, _names((*key, NUMBER)), leads), rows), *owner)]


def _of_names(
    own: str, column: str, info: Any, get: Callable[[Any], Any], owner: tuple[str, Sequence[Column]]
) -> Sheet:
    key, of_entry = _key_of(*owner), Column("key", "string", "what it is the value of", is_required=True)
    value = Column(_ONE.get(column, column.removesuffix("s")), "string", info.description or "", is_required=True)

    def rows(records: Iterable[Keyed]) -> Iterator[Row]:
        for record, of in records:
            for name, one in get(record).items():
                yield (*of, name, one if type(one) in _CELLS else str(one))

    layout = Layout(own, info.description or "", (*key, of_entry, value), _names((*key, of_entry)))
    return _owned(Sheet(layout, rows), *owner)


def _owned(sheet: Sheet, owner: str, key: Sequence[Column]) -> Sheet:
    """The table with what leads from it to the table of its owner."""
    lead = Key(_names(_key_of(owner, key)), owner, _names(key))
    return Sheet(replace(sheet.layout, leads=(lead, *sheet.layout.leads)), sheet.rows)


def _lead(column: str, info: Any, naming: Naming) -> Iterator[Key]:
    """What leads from a column of ids to their table, if they are of one kind of records."""
    kinds = [kind for names in _metadata(info, Names) for kind in names.kinds]
    if len(kinds) == 1 and kinds[0] in naming.keys:
        table, name = naming.keys[kinds[0]]
        yield Key((column,), table, (name,))


def _metadata(info: Any, kind: type[T]) -> Iterator[T]:
    """What a field and the types in its type are told by objects of a kind."""
    yield from (one for one in info.metadata if isinstance(one, kind))
    inner = list(get_args(info.annotation))
    while inner:
        one = inner.pop()
        yield from (told for told in getattr(one, "__metadata__", ()) if isinstance(told, kind))
        inner += get_args(one)


def _key_of(name: str, key: Sequence[Column]) -> tuple[Column, ...]:
    """The key of a table as others have it: the number of an entry has the name of its list."""
    if key[-1] is NUMBER:
        return (*key[:-1], Column(name, "integer", f"the number in `{name}`", is_required=True))
    return tuple(key)


def of_part(sheet: Sheet, get: Callable[[Any], Any]) -> Sheet:
    """The table of what `get` gives, if there is any."""

    def rows(records: Iterable[Keyed]) -> Iterator[Row]:
        inner = ((get(record), of) for record, of in records)
        return sheet.rows((one, of) for one, of in inner if one is not None)

    return Sheet(sheet.layout, rows)


def _each(sheet: Sheet, get: Callable[[Any], Iterable[Any]]) -> Sheet:
    """The table of all that `get` gives, numbered."""

    def rows(records: Iterable[Keyed]) -> Iterator[Row]:
        return sheet.rows(
            (inner, (*of, number)) for record, of in records for number, inner in enumerate(get(record), 1)
        )

    return Sheet(sheet.layout, rows)


def _plain(annotation: Any) -> Any:
    """The type without `None` and without what pydantic is told of it."""
    while hasattr(annotation, "__metadata__"):
        annotation = annotation.__origin__
    if get_origin(annotation) in (Union, UnionType):
        [annotation] = [one for one in get_args(annotation) if one is not NoneType]
        return _plain(annotation)
    return annotation


def _column(name: str, kind: Any, info: Any, is_required: bool) -> Column:
    if isinstance(kind, type) and issubclass(kind, Typed):
        return column_of(name, kind, info.description or "", is_required)
    return Column(name, _TYPES.get(kind, "string"), info.description or "", _values(kind), is_required)


def column_of(name: str, kind: type[Typed], description: str, is_required: bool) -> Column:
    """A column of texts that stand for something, such as dates: how they are written is told too."""
    told = f"{description} ({', '.join(kind.examples)})" if kind.examples else description
    return Column(name, "string", told, (), is_required, kind.pattern)


def _values(kind: Any) -> tuple[str, ...]:
    return get_args(kind) if get_origin(kind) is Literal else ()


def _names(columns: Iterable[Column]) -> tuple[str, ...]:
    return tuple(column.name for column in columns)


def _getter(names: Sequence[str]) -> Callable[[Any], Any]:
    if len(names) == 1:
        return attrgetter(names[0])

    def get(record: Any) -> Any:
        for name in names:
            record = None if record is None else getattr(record, name)
        return record

    return get
