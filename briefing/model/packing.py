"""Values as bytes and back: pickled, and nothing comes back but plain values and records of this package."""

import io
import pickle
from dataclasses import is_dataclass
from functools import cache
from importlib import import_module
from typing import Any

_PLAIN = {
    "builtins": frozenset(["frozenset", "set"]),
    "datetime": frozenset(["date", "datetime", "timedelta", "timezone"]),
    "decimal": frozenset(["Decimal"]),
}
_RECORDS = (
    *("briefing.model.", "briefing.read.", "briefing.link."),
    *("briefing.diagnostics", "briefing.request", "briefing.incremental.", "briefing.file_state"),
)


def pack(value: object) -> bytes:
    """The value as bytes."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def unpack(data: bytes) -> object:
    """The value that was packed. pickle.UnpicklingError, or another error of its kind, for anything else."""
    return _Unpickler(io.BytesIO(data)).load()


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
    return is_dataclass(found) or issubclass(found, tuple)
