"""`briefing export`: the records as a database."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.asking import end_if_partial, found_in
from briefing.cli.calls import Command
from briefing.cli.exits import guarded
from briefing.cli.options import AS_OF, DRAFTS, JOBS
from briefing.cli.terminal import tell
from briefing.wording import counted

if TYPE_CHECKING:
    from briefing.build import Run
    from briefing.link.site import Site
    from briefing.machines.tables import Layout, Row
    from briefing.parallel.pool import Progress


@click.command(cls=Command)
@click.option(
    "--sqlite",
    "file",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the database goes.",
)
@DRAFTS
@AS_OF
@JOBS
@click.pass_obj
def export(folder: Path, file: Path, drafts: bool, as_of: date | None, jobs: int) -> None:
    """Write the records into one SQLite database: the tables of data/, with keys between them and a full-text index of
    the claims. One that is there is replaced.

    \b
    briefing export --sqlite records.sqlite
    """
    from briefing.export.database import write_database
    from briefing.request import Request

    def ask(_: "Run", site: "Site", __: "Progress") -> "list[tuple[Layout, list[Row]]]":
        from briefing.link.lists import Lists
        from briefing.pages.data import tables

        return [(layout, list(rows)) for layout, rows in tables(Lists(site))]

    found, errors = found_in(Request(folder, drafts=drafts, jobs=jobs, as_of=as_of), ask)
    if not errors:
        rows = guarded(lambda: write_database(file, found))
        tell(f"{counted(len(rows), 'table')} with {counted(sum(rows.values()), 'row')} in {file}.", err=False)
    end_if_partial(errors)
