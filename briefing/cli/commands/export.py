"""`briefing export`: the records as a database."""

from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from briefing.cli.asking import end_if_partial, found_in
from briefing.cli.calls import Command
from briefing.cli.exits import guarded
from briefing.cli.options import JOBS, EditionOptions, edition
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
@edition
@JOBS
@click.pass_obj
def export(folder: Path, file: Path, jobs: int, **asked: Unpack[EditionOptions]) -> None:
    """Write the records into one SQLite database: the tables of data/, with keys between them and a full-text index of
    the claims. One that is there is replaced.

    \b
    briefing export --sqlite records.sqlite
    briefing export --sqlite desk.sqlite --internal
    """
    from briefing.export.database import MARK, database, is_internal
    from briefing.request import Request
    from briefing.write.document import write_document

    def ask(_: "Run", site: "Site", __: "Progress") -> "tuple[list[tuple[Layout, list[Row]]], dict[str, str]]":
        from briefing.link.lists import Lists
        from briefing.pages.data import facts, tables

        lists = Lists(site)
        return [(layout, list(rows)) for layout, rows in tables(lists)], facts(lists)

    (found, told), errors = found_in(Request(folder, jobs=jobs, **asked), ask)
    if not errors:
        data, rows = guarded(lambda: database(found, told))
        is_new = guarded(lambda: write_document(folder / file, data, MARK, is_internal))
        what = f"{counted(len(rows), 'table')} with {counted(sum(rows.values()), 'row')}"
        tell(f"{folder / file}: {what}{'' if is_new else ', as it was'}.", err=False)
    end_if_partial(errors)
