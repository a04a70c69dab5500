"""Work with what earlier builds have left, and once more without where that is damaged."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from briefing.cli.terminal import tell
from briefing.diagnostics import EnvironmentProblem

if TYPE_CHECKING:
    from briefing.incremental.cache import Cache
    from briefing.request import Outcome, Request

T = TypeVar("T")


def with_cache(request: "Request", output: Path, work: "Callable[[Cache], Outcome]") -> "Outcome":
    """What the work gives with what earlier builds have left; without, where that is damaged and makes it fail."""
    from briefing.incremental.validity import is_outcome

    return believing(request, output, work, lambda outcome: is_outcome(replace(outcome, written=None)))


def believing(
    request: "Request", output: Path, work: "Callable[[Cache], T]", is_right: Callable[[T], bool] = lambda _: True
) -> T:
    """The same of work that has another result."""
    from briefing.incremental.cache import open_cache

    cache = open_cache(request, output)
    try:
        result = work(cache)
        if cache.last is None or is_right(result):
            return result
        what = "a wrong outcome"
    except EnvironmentProblem:
        raise
    except Exception as error:
        if cache.last is None:
            raise
        what = type(error).__name__
    tell(f"briefing: what earlier builds have left is damaged ({what}) and was not used")
    return work(open_cache(replace(request, clean=True), output))
