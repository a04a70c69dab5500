"""Of many tests alike, those that run always and those that run in the long runs."""

from collections.abc import Iterable
from typing import Any

import pytest


def one_in(count: int, values: Iterable[Any]) -> list[Any]:
    """The values as parameters: the first and every `count`-th after it as they are, the others for the long runs.

    Which these are is told by their order alone, so that a test that fails can be run again.
    """
    return [value if number % count == 0 else _long(value) for number, value in enumerate(values)]


def _long(value: Any) -> Any:
    return pytest.param(*value if isinstance(value, tuple) else (value,), marks=pytest.mark.long)
