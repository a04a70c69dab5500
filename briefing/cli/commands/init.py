"""`briefing init`: a site that builds at once, with commented files to begin from."""

import shlex
from pathlib import Path

import click

from briefing.cli.calls import Command
from briefing.cli.exits import guarded
from briefing.cli.terminal import tell
from briefing.wording import counted


@click.command(cls=Command)
@click.argument("site", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--title", metavar="TEXT", help="The site's name.  [default: that of the folder]")
@click.option("--language", metavar="CODE", default="en", show_default=True, help="The language that you write in.")
@click.pass_obj
def init(folder: Path, site: Path | None, title: str | None, language: str) -> None:
    """Make a site that builds at once: commented files, with two articles to be replaced by yours. Never overwrites.

    Without DIR it is made in this folder, if nothing is there yet but hidden files.

    \b
    briefing init my-desk
    briefing init my-desk --title "Estmark desk" --language pt
    """
    from briefing.edit.refusal import Refused
    from briefing.scaffold.installed import origin
    from briefing.scaffold.names import title_of
    from briefing.scaffold.site import WORKFLOW, new_site
    from briefing.write.additions import write_new

    if site is None:
        site = Path()
        if any(not path.name.startswith(".") for path in folder.iterdir()):
            raise click.UsageError("there are files here; name a new folder, or `.` for this one")
    root, source = folder / site, origin()
    name = title_of(root.resolve().name) or "My desk" if title is None else title
    try:
        files = new_site(name, language, source)
    except Refused as error:
        raise click.UsageError(str(error)) from None
    guarded(lambda: write_new(root, files))
    tell(f"{site}: a site of {counted(len(files), 'file')}. What begins with EXAMPLE is to be replaced.", err=False)
    tell("Next:", err=False)
    steps = [] if site == Path() else [(f"cd {shlex.quote(str(site))}", "")]
    steps += [
        ("briefing serve --open", "shows the site in a browser while you write"),
        ("briefing build", "makes site/, which you publish"),
        ('briefing new article "Its title"', "begins an article of your own"),
    ]
    for command, what in steps:
        tell(f"  {command:34}{what}".rstrip(), err=False)
    if source is None:
        told = f"To publish with {WORKFLOW}, write there which repository the tool is in, and the commit."
        tell(told, err=False)
