"""`briefing schema`: JSON Schemas of the site's files, for editors."""

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.asking import end_if_no_site
from briefing.cli.cached import believing
from briefing.cli.calls import Command
from briefing.cli.exits import guarded
from briefing.cli.options import JOBS
from briefing.cli.progress import progress
from briefing.cli.terminal import tell
from briefing.wording import counted

if TYPE_CHECKING:
    from briefing.diagnostics import Problems
    from briefing.incremental.cache import Cache
    from briefing.parallel.pool import Progress
    from briefing.read.content import Content
    from briefing.request import Request


@click.command(cls=Command)
@click.option("--vscode", is_flag=True, help="Print the settings for VS Code, and write nothing.")
@JOBS
@click.pass_obj
def schema(folder: Path, vscode: bool, jobs: int) -> None:
    """Write JSON Schemas for editors. They go to .briefing/schema/ and have the ids that the site has now, so that
    editors complete them and mark what is wrong.

    \b
    briefing schema
    briefing schema --vscode > .vscode/settings.json
    """
    from briefing.request import Request
    from briefing.schema.editors import vscode_settings
    from briefing.schema.files import schema_files
    from briefing.schema.fresh import write_schemas
    from briefing.write.schemas import FOLDER

    if vscode:
        click.echo(json.dumps(vscode_settings(), indent=2))
        return
    request = Request(folder, jobs=jobs)
    with progress() as told:
        content, problems = guarded(lambda: _read(request, told))
    end_if_no_site(request, problems)
    written = guarded(lambda: write_schemas(folder, content))
    what = f"{len(written)} written, {len(schema_files()) - len(written)} unchanged"
    tell(f"{counted(len(schema_files()), 'schema')} in {FOLDER}/: {what}.", err=False)
    tell("VS Code is told of them by what `briefing schema --vscode` prints, as its .vscode/settings.json.", err=False)


def _read(request: "Request", progress: "Progress") -> "tuple[Content, Problems]":
    from briefing.parallel.pool import spread
    from briefing.read.content import read_content

    def read(cache: "Cache") -> "tuple[Content, Problems]":
        return read_content(
            request.root, spread=cache.remembering(partial(spread, jobs=request.jobs, progress=progress))
        )

    return believing(request, request.output, read)
