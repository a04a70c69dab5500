"""`briefing check`: everything that `build` checks, and what is due for review."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from briefing.cli import clock
from briefing.cli.cached import with_cache
from briefing.cli.calls import Command
from briefing.cli.exits import end_if_failed, guarded
from briefing.cli.options import FORMAT, JOBS, ON, STRICT, EditionOptions, edition
from briefing.cli.progress import progress
from briefing.cli.terminal import counts, hint, show, tell

if TYPE_CHECKING:
    from briefing.build import Run
    from briefing.incremental.cache import Cache
    from briefing.parallel.pool import Progress
    from briefing.request import Outcome, Request


@click.command(cls=Command)
@STRICT
@edition
@JOBS
@ON
@FORMAT
@click.pass_obj
def check(
    folder: Path,
    strict: bool,
    jobs: int,
    on: date | None,
    form: str,
    **asked: Unpack[EditionOptions],
) -> None:
    """Check everything that `build` checks, and what is due for review. Internal records are checked even where they
    are not in the edition. Writes nothing.

    \b
    briefing check
    briefing check --strict --format=concise
    briefing check --on 2025-08-01
    """
    from briefing.request import Request

    request = Request(folder, strict=strict, jobs=jobs, **asked)
    with progress() as told:
        outcome = guarded(lambda: _checked(request, on, told))
    show(outcome, request, form, "")
    end_if_failed(outcome)
    if form in ("full", "github"):
        tell(f"No errors. {counts(outcome)}.", err=False)
        hint("`briefing build` makes the site.")


def _checked(request: "Request", on: date | None, told: "Progress") -> "Outcome":
    """What is wrong with the edition, and with the internal records that are not in it."""
    from briefing.build import check as check_site

    runs: list[Run] = []

    def work(cache: "Cache") -> "Outcome":
        runs.append(check_site(request, on, told, clock.now(), cache))
        return runs[-1].outcome()

    outcome = with_cache(request, request.output, work)
    if not runs[-1].withholds:
        return outcome
    return outcome.and_also(_checked(replace(request, internal=True), on, told))
