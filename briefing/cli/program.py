"""The program: the group that finds its commands, and its life as a process of its own."""

import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import click

from briefing import __version__
from briefing.cli import commands
from briefing.cli.calls import Commands
from briefing.cli.exits import EXIT_ENVIRONMENT
from briefing.cli.terminal import tell
from briefing.interrupts import Interrupted, listen, undisguised


def run() -> None:
    """The command as a process of its own: it ends without taking to pieces, one by one, all that it has made."""
    code: object = EXIT_ENVIRONMENT
    try:
        try:
            listen()
            with undisguised():
                main(prog_name="briefing")
        except SystemExit as end:
            code = end.code or 0
        except Interrupted as end:
            code = end.exit_code
            tell(f"briefing: interrupted; {end.left}")
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # as it is where it was closed
                stream.flush()
    except OSError as error:
        if error.filename is not None:
            raise
        code = EXIT_ENVIRONMENT
        with suppress(OSError):
            tell(f"error: the output of the command cannot be written: {error.strerror}; check where it goes to")
    os._exit(code if isinstance(code, int) else EXIT_ENVIRONMENT)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "-C",
    "folders",
    type=click.Path(file_okay=False, path_type=Path),
    multiple=True,
    help="The folder of the site, as if started there.",
)
@click.version_option(__version__, message="briefing %(version)s")
@click.pass_context
def main(context: click.Context, folders: tuple[Path, ...]) -> None:
    """Make a site of attributed claims, each anchored to the exact words of an article.

    \b
    briefing init my-desk      begin a site
    briefing build             build the site in this folder into site/
    briefing serve --open      the site in a browser while you edit it
    briefing check --strict    what a continuous integration job runs
    briefing import URL        the file of an article, from a page, a PDF, a mail
    briefing anchor            find the quotes of texts that are kept apart
    briefing theme list        the files of the theme, to be copied and changed
    """
    folder = Path(*folders)
    if not folder.is_dir():
        raise click.UsageError(f"{folder} is not a folder; name the one that holds config.yaml")
    context.obj = folder


for module in iter_modules(commands.__path__):
    main.add_command(getattr(import_module(f"{commands.__name__}.{module.name}"), module.name))
