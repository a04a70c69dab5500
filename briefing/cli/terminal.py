"""What a command shows of what it did: problems, counts and progress, on a terminal or in a file."""

import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TextIO

import click

from briefing.characters import visible
from briefing.wording import counted, first_of

if TYPE_CHECKING:
    from briefing.build import Progress
    from briefing.request import Outcome, Request
    from briefing.serve.problems import Told

_HEAD = re.compile(r"^(error|warning)\[[\w-]+\]", re.MULTILINE)
MOST_NAMED = 10
PROGRESS_AFTER = 500


def tell(line: str, err: bool = True) -> None:
    """Every line that is not a report's."""
    click.echo(visible(line), err=err)


def show(outcome: "Outcome", request: "Request", form: str, failed: str) -> None:
    """Tell the problems, and how many there are; after that what it means where the command has failed."""
    if form != "json" and not outcome.problems:
        return
    from briefing.read.places import Locator
    from briefing.report import report_concise, report_full, report_json

    if form == "json":
        click.echo(report_json(outcome.problems))
        return
    if form == "concise":
        lines: Iterable[str] = report_concise(outcome.problems)
    else:
        lines = report_full(outcome.problems, Locator(request.root).line, _has_color())
    for line in lines:
        click.echo(line, err=True, color=_has_color())
    if form == "full":
        tell(_problem_count(outcome) + (failed if outcome.failed else ""))


def show_told(problems: "Sequence[Told]", end: str) -> None:
    """Tell problems that are texts already, and the line after them."""
    for one in problems:
        text = _HEAD.sub(lambda head: f"\x1b[1;{31 if head[1] == 'error' else 33}m{head[0]}\x1b[0m", one.text)
        click.echo((text if _has_color() else one.text) + "\n", err=True, color=_has_color())
    if end:
        tell(end)


def _problem_count(outcome: "Outcome") -> str:
    counts = [(outcome.errors, "error"), (outcome.warnings, "warning")]
    return " and ".join(counted(count, word) for count, word in counts if count)


def _has_color() -> bool:
    return has_color(sys.stderr)


def has_color(stream: TextIO | None) -> bool:
    """Whether what is written there may be colored: it is a terminal, and nobody has asked for plain text."""
    return stream is not None and stream.isatty() and not os.environ.get("NO_COLOR")


def _is_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def progress(form: str) -> "Progress | None":
    """A progress bar for long builds in a terminal."""
    if form != "full" or not _is_terminal():
        return None

    def shown(sections: Sequence[Any]) -> Iterable[Any]:
        if len(sections) < PROGRESS_AFTER:
            yield from sections
            return
        with click.progressbar(sections, label="Rendering", file=sys.stderr) as bar:
            yield from bar

    return shown


def summary(outcome: "Outcome", seconds: float) -> str:
    """What a build has done, in one line."""
    written = outcome.written
    assert written is not None
    parts = [
        counted(written.new + written.changed, "file") + " written",
        f"{written.unchanged} unchanged",
        f"{written.removed} removed",
    ]
    kept = f" Left alone, because somebody changed them: {', '.join(written.kept)}." if written.kept else ""
    others = f" Not taken over: {first_of(written.others, MOST_NAMED)}." if written.others else ""
    return f"{', '.join(parts)}. {counts(outcome)}. {seconds:.1f} s.{kept}{others}"


def counts(outcome: "Outcome") -> str:
    """How many claims a site has."""
    of = outcome.counts
    assert of is not None
    return f"{counted(of.claims, 'claim')}, {of.open} open, {of.resolved} resolved"
