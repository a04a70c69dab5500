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
    help="The file to write to, as seen from the folder of the site.",
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
    from briefing.export.database import MARK, database
    from briefing.request import Request
    from briefing.write.document import write_document

    def ask(_: "Run", site: "Site", __: "Progress") -> "list[tuple[Layout, list[Row]]]":
        from briefing.link.lists import Lists
        from briefing.pages.data import tables

        return [(layout, list(rows)) for layout, rows in tables(Lists(site))]

    found, errors = found_in(Request(folder, drafts=drafts, jobs=jobs, as_of=as_of), ask)
    if not errors:
        data, rows = guarded(lambda: database(found))
        is_new = guarded(lambda: write_document(folder / file, data, MARK))
        what = f"{counted(len(rows), 'table')} with {counted(sum(rows.values()), 'row')}"
        tell(f"{folder / file}: {what}{'' if is_new else ', as it was'}.", err=False)
    end_if_partial(errors)
