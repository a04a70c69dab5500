"""`briefing check`: everything that `build` checks, and what is due for review."""

from datetime import date
from pathlib import Path

import click

from briefing.cli import clock
from briefing.cli.cached import with_cache
from briefing.cli.calls import Command
from briefing.cli.exits import end_if_failed, guarded
from briefing.cli.options import AS_OF, DRAFTS, FORMAT, JOBS, STRICT, day
from briefing.cli.terminal import counts, progress, show, tell


@click.command(cls=Command)
@STRICT
@DRAFTS
@AS_OF
@JOBS
@click.option(
    "--on",
    metavar="DATE",
    callback=day,
    help="List what is due for review on this day.  [default: today, in the site's time zone]",
)
@FORMAT
@click.pass_obj
def check(folder: Path, strict: bool, drafts: bool, as_of: date | None, jobs: int, on: date | None, form: str) -> None:
    """Check everything that `build` checks, and what is due for review. Writes nothing.

    \b
    briefing check
    briefing check --strict --format=concise
    briefing check --on 2025-08-01
    """
    from briefing.build import check as check_site
    from briefing.request import Request

    request = Request(folder, None, drafts, strict, jobs, as_of)
    outcome = guarded(
        lambda: with_cache(
            request,
            request.output,
            lambda cache: check_site(request, on, progress(form), clock.now(), cache).outcome(),
        )
    )
    show(outcome, request, form, "")
    end_if_failed(outcome)
    if form == "full":
        tell(f"No errors. {counts(outcome)}.", err=False)
