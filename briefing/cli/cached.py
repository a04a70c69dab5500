"""Work with what earlier builds have left, and once more without where that is damaged."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.terminal import tell
from briefing.diagnostics import EnvironmentProblem

if TYPE_CHECKING:
    from briefing.incremental.cache import Cache
    from briefing.request import Outcome, Request


def with_cache(request: "Request", output: Path, work: "Callable[[Cache], Outcome]") -> "Outcome":
    """What the work gives with what earlier builds have left; without, where that is damaged and makes it fail."""
    from briefing.incremental.cache import open_cache
    from briefing.incremental.validity import is_outcome

    cache = open_cache(request, output)
    try:
        outcome = work(cache)
        if cache.last is None or is_outcome(replace(outcome, written=None)):
            return outcome
        what = "a wrong outcome"
    except EnvironmentProblem:
        raise
    except Exception as error:
        if cache.last is None:
            raise
        what = type(error).__name__
    tell(f"briefing: what earlier builds have left is damaged ({what}) and was not used")
    return work(open_cache(replace(request, clean=True), output))
