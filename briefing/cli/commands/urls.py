"""`briefing urls`: the addresses that a site has published and keeps."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.calls import Command, Parts
from briefing.cli.exits import EXIT_CONTENT, end_if_failed, guarded
from briefing.cli.options import FORMAT, JOBS, STRICT
from briefing.cli.progress import progress
from briefing.cli.terminal import MOST_NAMED, show, tell
from briefing.wording import first_of

if TYPE_CHECKING:
    from briefing.addresses import Accepted


@click.group(cls=Parts)
def urls() -> None:
    """The addresses that the site has published and keeps, in urls.json.

    \b
    briefing urls accept
    briefing urls accept --check
    """


@urls.command(cls=Command)
@click.option("--check", is_flag=True, help="List the addresses that urls.json lacks, and write nothing.")
@STRICT
@JOBS
@FORMAT
@click.pass_obj
def accept(folder: Path, check: bool, strict: bool, jobs: int, form: str) -> None:
    """Promise to keep every address that the site has now: write them to urls.json, with those that are there.

    \b
    briefing urls accept
    briefing urls accept --check
    """
    from briefing.addresses import accept as accept_addresses
    from briefing.cli.cached import believing
    from briefing.request import Request

    request = Request(folder, strict=strict, jobs=jobs)
    with progress() as told:
        accepted = guarded(
            lambda: believing(
                request, request.output, lambda cache: accept_addresses(request, cache, told, write=not check)
            )
        )
    show(accepted.outcome, request, form, "; nothing was written")
    if form != "json":
        _tell(accepted, check)
    end_if_failed(accepted.outcome)
    if check and accepted.new:
        sys.exit(EXIT_CONTENT)


def _tell(accepted: "Accepted", check: bool) -> None:
    """What is new: all of it where that is what was asked for."""
    if accepted.outcome.failed and not accepted.new:
        return
    for address in accepted.new if check else ():
        tell(f"new: {address}", err=False)
    number = len(accepted.new)
    said = f"urls.json: {number} new address{'' if number == 1 else 'es'}, {accepted.count} in all"
    if check:
        tell(f"{said}{'; `briefing urls accept` writes them down' if number else ''}.", err=False)
    else:
        tell(f"{said}{f': {first_of(accepted.new, MOST_NAMED)}' if number else ''}.", err=False)
