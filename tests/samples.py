"""Of many tests alike, those that run always and those that run later: before it is shared, or in the long runs."""

from collections.abc import Iterable
from typing import Any

import pytest


def one_in(count: int, values: Iterable[Any], others: pytest.MarkDecorator = pytest.mark.long) -> list[Any]:
    """The values as parameters: the first and every `count`-th after it as they are, the others for the long runs, or
    with another mark.

    Which these are is told by their order alone, so that a test that fails can be run again.
    """
    return [value if number % count == 0 else _marked(value, others) for number, value in enumerate(values)]


def first_of(count: int, values: Iterable[Any]) -> list[Any]:
    """One in so many values in `make check`, the others in `make test`: for values that are alike."""
    return one_in(count, values, pytest.mark.slow)


def _marked(value: Any, mark: pytest.MarkDecorator) -> Any:
    return pytest.param(*value if isinstance(value, tuple) else (value,), marks=mark)
