"""`briefing urls`: the addresses that a site has published and keeps."""

import sys
from pathlib import Path

import click

from briefing.cli.calls import Command, Parts
from briefing.cli.exits import EXIT_CONTENT, end_if_failed, guarded
from briefing.cli.options import FORMAT, JOBS, STRICT
from briefing.cli.progress import progress
from briefing.cli.terminal import MOST_NAMED, show, tell
from briefing.wording import first_of


@click.group(cls=Parts)
def urls() -> None:
    """The addresses that the site has published and keeps, in urls.json.

    \b
    briefing urls accept
    briefing urls accept --check
    """


@urls.command(cls=Command)
@click.option("--check", is_flag=True, help="Say which addresses urls.json lacks, and write nothing.")
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
    end_if_failed(accepted.outcome)
    is_new = len(accepted.new)
    if form != "json":
        said = f"{is_new} new address{'' if is_new == 1 else 'es'}, {accepted.count} in all"
        tell(f"urls.json: {said}{f': {first_of(accepted.new, MOST_NAMED)}' if is_new else ''}.", err=False)
    if check and is_new:
        sys.exit(EXIT_CONTENT)
