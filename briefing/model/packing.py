"""Values as bytes and back: pickled, and nothing comes back but plain values and records of this package."""

import copyreg
import io
import pickle
from dataclasses import dataclass, is_dataclass
from functools import cache
from importlib import import_module
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")

_PLAIN = {
    "builtins": frozenset(["frozenset", "set"]),
    "datetime": frozenset(["date", "datetime", "timedelta", "timezone"]),
    "decimal": frozenset(["Decimal"]),
}
_RECORDS = (
    *("briefing.model.", "briefing.read.", "briefing.link."),
    *("briefing.diagnostics", "briefing.request", "briefing.cache"),
)


@dataclass(slots=True, eq=False)
class Packed(Generic[T]):
    """A value that is packed on its own, and stays so until somebody asks for it."""

    data: bytes | None
    _value: T | None = None

    @classmethod
    def of(cls, value: T) -> "Packed[T]":
        """One that has been asked for."""
        return cls(None, value)

    @property
    def value(self) -> T:
        if self.data is not None:
            self._value, self.data = cast(T, unpack(self.data)), None
        return cast(T, self._value)


def pack(value: object) -> bytes:
    """The value as bytes."""
    data = io.BytesIO()
    pickler = pickle.Pickler(data, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _TABLE
    pickler.dump(value)
    return data.getvalue()


def unpack(data: bytes) -> object:
    """The value that was packed. pickle.UnpicklingError, or another error of its kind, for anything else."""
    return _Unpickler(io.BytesIO(data)).load()


def _apart(packed: Packed[Any]) -> tuple[type, tuple[bytes]]:
    return Packed, (pack(packed.value) if packed.data is None else packed.data,)


# Where they are pickled otherwise, to be sent to another process, values that have been asked for go with the rest.
_TABLE = {**copyreg.dispatch_table, Packed: _apart}


class _Unpickler(pickle.Unpickler):
    """Makes plain values and records, and nothing that could do anything."""

    def find_class(self, module: str, name: str) -> Any:
        return _allowed(module, name)


@cache
def _allowed(module: str, name: str) -> Any:
    is_plain = name in _PLAIN.get(module, ())
    if is_plain or ("." not in name and module.startswith(_RECORDS)):
        found = getattr(import_module(module), name)
        if is_plain or (isinstance(found, type) and found.__module__ == module and _is_record(found)):
            return found
    raise pickle.UnpicklingError(f"{module}.{name} is no plain value and no record")


def _is_record(found: type) -> bool:
    return is_dataclass(found) or hasattr(found, "model_fields") or issubclass(found, tuple)
