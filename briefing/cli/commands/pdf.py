"""`briefing pdf`: the page of a summit as it is printed, in a file."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from briefing.cli.cached import believing
from briefing.cli.calls import Command
from briefing.cli.completion import summits
from briefing.cli.exits import EXIT_CONTENT, guarded
from briefing.cli.options import BASE_URL, JOBS, EditionOptions, edition
from briefing.cli.progress import progress
from briefing.cli.terminal import MOST_NAMED, show, tell
from briefing.wording import counted, first_of

if TYPE_CHECKING:
    from briefing.incremental.cache import Cache
    from briefing.paper.brief import Brief, UnknownSummit
    from briefing.request import Outcome, Request


@click.command(cls=Command)
@click.argument("summit", shell_complete=summits)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file to write to, as seen from the folder of the site.  [default: SUMMIT.pdf; SUMMIT-internal.pdf with "
    "--internal]",
)
@BASE_URL
@edition
@JOBS
@click.pass_obj
def pdf(
    folder: Path, summit: str, output: Path | None, base_url: str | None, jobs: int, **asked: Unpack[EditionOptions]
) -> None:
    """Put the page of a summit on paper. The PDF has the brief first, then each topic with what became of its claims,
    and the sources by number, with their addresses. SUMMIT is its id, or the path of its file. With any error in the
    content nothing is written. This needs the extra `pdf`.

    \b
    briefing pdf brandt-vale-2026
    briefing pdf brandt-vale-2026 --as-of 2026-03-02 --output eve.pdf
    briefing pdf brandt-vale-2026 --internal
    """
    from briefing.paper.library import weasyprint
    from briefing.paper.pdf import MARK, is_internal, printed
    from briefing.request import Request
    from briefing.write.document import write_document

    guarded(weasyprint)  # before the site is read, which takes longer
    request = Request(folder, base_url, jobs=jobs, **asked)
    brief = _brief(request, summit)
    paper = guarded(lambda: printed(brief))
    target = folder / (output or f"{Path(brief.path).stem}{'-internal' if request.internal else ''}.pdf")
    is_new = guarded(lambda: write_document(target, paper.data, MARK, is_internal))
    tell(f"{target}: {counted(paper.pages, 'page')}{'' if is_new else ', as it was'}.", err=False)
    if paper.missing:
        shown = first_of([f"`{one}`" for one in paper.missing], MOST_NAMED)
        what = "a box stands in its place" if len(paper.missing) == 1 else "boxes stand in their places"
        tell(
            f"briefing: no font here has {shown}, and {what}; install one that has, such as fonts-noto-cjk for Japanese"
        )


def _brief(request: "Request", wanted: str) -> "Brief":
    """The brief of a summit; the end of the command where there is none, or anything wrong with the content."""
    from briefing.build import prepare
    from briefing.diagnostics import Diagnostic
    from briefing.paper.brief import UnknownSummit, brief_of, found_summit

    def work(cache: "Cache") -> "tuple[Outcome, Brief | UnknownSummit | None]":
        run = prepare(request, cache, told)
        if run.failed or run.site is None:
            return run.outcome(), None
        try:
            found = brief_of(run.site, run.templates, run.assets, found_summit(run.site, wanted))
        except UnknownSummit as error:
            return run.outcome(), error
        if not isinstance(found, Diagnostic):
            return run.outcome(), found
        run.problems.add(found)
        return run.outcome(), None

    with progress() as told:
        outcome, brief = guarded(lambda: believing(request, request.output, work))
    if isinstance(brief, UnknownSummit):
        raise click.UsageError(str(brief))
    if brief is None:
        show(outcome, request, "full", "; nothing was written")
        sys.exit(EXIT_CONTENT)
    return brief
