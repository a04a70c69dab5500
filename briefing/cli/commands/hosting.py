"""`briefing hosting`: configurations of servers for the site."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from briefing.cli.asking import found_in
from briefing.cli.calls import Command
from briefing.cli.exits import EXIT_CONTENT
from briefing.cli.options import BASE_URL, JOBS, EditionOptions, edition
from briefing.cli.terminal import tell
from briefing.wording import counted

if TYPE_CHECKING:
    from briefing.build import Run
    from briefing.link.site import Site
    from briefing.machines.servers import Hosted
    from briefing.parallel.pool import Progress

SERVERS = ("nginx", "caddy", "netlify")


def _from_the_root(_: click.Context, option: click.Parameter, root: str | None) -> str | None:
    if root is None or root.startswith("/"):
        return root
    raise click.BadParameter("name the folder from the root of the server, such as /srv/www/example.org", param=option)


@click.command(cls=Command)
@click.argument("server", type=click.Choice(SERVERS))
@BASE_URL
@click.option(
    "--root",
    metavar="FOLDER",
    callback=_from_the_root,
    help="The folder of the host on the server; /srv/www/HOST without it.",
)
@edition
@JOBS
@click.pass_obj
def hosting(
    folder: Path, server: str, base_url: str | None, root: str | None, jobs: int, **asked: Unpack[EditionOptions]
) -> None:
    """Print the configuration of a server for the site: a server of nginx, a site of Caddy, or netlify.toml. It has the
    path of `base_url`, headers, the page for missing addresses, and a redirect for each old address, so print it anew
    when there is another.

    \b
    briefing hosting nginx > /etc/nginx/conf.d/desk.conf
    briefing hosting netlify > netlify.toml
    briefing hosting nginx --internal --base-url https://desk.example/
    """
    from importlib import import_module

    from briefing.request import Request

    def ask(run: "Run", site: "Site", told: "Progress") -> "Hosted | None":
        from briefing.pages.hosted import hosted

        return hosted(site, run.plan, root) if site.config.base_url else None

    found, errors = found_in(Request(folder, base_url, jobs=jobs, **asked), ask)
    if found is None:
        raise click.UsageError("where will the site stand? Write `base_url` into config.yaml, or give --base-url")
    if errors:  # there is no plan, and so no old addresses
        tell(f"The content has {counted(errors, 'error')}, so nothing is printed; `briefing check` tells them.")
        sys.exit(EXIT_CONTENT)
    click.echo(getattr(import_module(f"briefing.machines.{server}"), server)(found), nl=False)
