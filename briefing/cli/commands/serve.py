"""`briefing serve`: the site in a browser while it is edited."""

from pathlib import Path
from typing import Unpack

import click

from briefing.cli import clock
from briefing.cli.calls import Command
from briefing.cli.exits import guarded
from briefing.cli.options import JOBS, EditionOptions, edition
from briefing.cli.terminal import show_told, tell


@click.command(cls=Command)
@click.option(
    "--port", type=click.IntRange(0, 65535), metavar="N", help="The port.  [default: the first free one from 8000]"
)
@click.option("--open", "browser", is_flag=True, help="Open the site in a browser.")
@click.option("--read-only", is_flag=True, help="Let nothing be changed from pages.")
@click.option(
    "--host",
    metavar="H",
    default="127.0.0.1",
    show_default=True,
    help="The address to serve at; others than this machine's need --allow-others.",
)
@click.option(
    "--allow-others", is_flag=True, help="Let others read the site, also by way of a proxy under any name; read only."
)
@edition
@JOBS
@click.pass_obj
def serve(
    folder: Path,
    port: int | None,
    browser: bool,
    read_only: bool,
    host: str,
    allow_others: bool,
    jobs: int,
    **asked: Unpack[EditionOptions],
) -> None:
    """Show the site in a browser while it is edited. Ctrl-C ends it.

    \b
    briefing serve --open
    briefing serve --port 8765 --drafts
    briefing serve --host 0.0.0.0 --allow-others
    """
    from briefing.request import Request
    from briefing.serve.addresses import is_loopback
    from briefing.serve.running import Place, serving

    if not (is_loopback(host) or allow_others):
        raise click.UsageError(
            f"--host {host} lets others than this machine read the site, drafts and mistakes included; "
            f"if that is meant, write `--host {host} --allow-others`"
        )
    request = Request(folder, jobs=jobs, **asked)
    place = Place(host, port, allow_others, browser)
    now = None if read_only or allow_others or request.as_of else clock.now
    guarded(lambda: serving(request, place, now, tell, show_told))
