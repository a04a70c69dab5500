"""The exit codes, and the end of a command that has failed."""

import gc
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from briefing.cli.terminal import tell
from briefing.diagnostics import EnvironmentProblem, Locked

if TYPE_CHECKING:
    from briefing.request import Outcome

T = TypeVar("T")

# Those of wrong calls are click's, those of signals the shell's.
EXIT_CONTENT, EXIT_ENVIRONMENT, EXIT_LOCKED, EXIT_DIFFERENT = 1, 3, 4, 70


def guarded(work: Callable[[], T]) -> T:
    """Do the work; what the environment does to it is one line and an exit code."""
    gc.disable()  # The work is short and makes hardly any cycles; looking for them costs a fifth of the time.
    try:
        return work()
    except EnvironmentProblem as error:
        tell(f"briefing: {error}")
        sys.exit(EXIT_LOCKED if isinstance(error, Locked) else EXIT_ENVIRONMENT)


def end_if_failed(outcome: "Outcome") -> None:
    """End the command if there is anything wrong with the content."""
    if outcome.failed:
        sys.exit(EXIT_CONTENT)
