"""`briefing serve`: the site in a browser while it is edited."""

from pathlib import Path

import click

from briefing.cli.calls import Command
from briefing.cli.exits import guarded
from briefing.cli.options import DRAFTS, JOBS
from briefing.cli.terminal import tell


@click.command(cls=Command)
@DRAFTS
@JOBS
@click.option(
    "--port", type=click.IntRange(0, 65535), metavar="N", help="The port.  [default: the first free from 8000]"
)
@click.option(
    "--host",
    default="127.0.0.1",
    metavar="H",
    help="The address to serve at; others than this machine's need --public.",
)
@click.option("--public", is_flag=True, help="Let others than this machine read the site, drafts and problems.")
@click.option("--open", "browser", is_flag=True, help="Open the first page in a browser.")
@click.pass_obj
def serve(folder: Path, drafts: bool, jobs: int, port: int | None, host: str, public: bool, browser: bool) -> None:
    """Show the site in a browser, and show every change as it is saved. Writes nothing. Ctrl-C ends it.

    \b
    briefing serve
    briefing serve --open --drafts
    briefing serve --port 8765
    """
    from briefing.request import Request
    from briefing.serve.running import serving

    request = Request(folder, None, drafts, jobs=jobs)
    if host not in ("127.0.0.1", "localhost", "::1") and not public:
        raise click.UsageError(f"`--host {host}` lets others read the site; add --public if that is meant")
    guarded(lambda: serving(request, host, port, browser, tell))
