"""`briefing show`: everything about one claim."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

import click

from briefing.cli.asking import end_if_partial, found_in, print_json
from briefing.cli.calls import Command
from briefing.cli.completion import claim_references
from briefing.cli.options import JOBS, TEXT_OR_JSON, EditionOptions, edition
from briefing.cli.terminal import tell

if TYPE_CHECKING:
    from briefing.build import Run
    from briefing.link.site import Site
    from briefing.parallel.pool import Progress

# Of a site with more articles the pages are not made only to see which show a claim, where no build has done so.
AT_ONCE = 300


@click.command(cls=Command)
@click.argument("claim", shell_complete=claim_references)
@edition
@JOBS
@TEXT_OR_JSON
@click.pass_obj
def show(folder: Path, claim: str, jobs: int, form: str, **asked: Unpack[EditionOptions]) -> None:
    """Show everything about one claim. That is its words, on whose word it is, what became of it, the pages that show
    it, and where it is written. CLAIM is its reference, the address of its passage, or its id if no other has that.

    \b
    briefing show 2026-03-02-times#gas-contract
    briefing show gas-contract --format json
    """
    from briefing.inventory.claim import UnknownClaim, claim_data, claim_lines, found_claim, pages_of
    from briefing.read.places import Locator
    from briefing.request import Request

    def ask(run: "Run", site: "Site", told: "Progress") -> "dict[str, Any] | UnknownClaim":
        from briefing.build import render
        from briefing.write.stages import Nowhere

        try:
            linked = found_claim(site, claim)
        except UnknownClaim as error:
            return error
        pages = None
        if not run.problems.errors and (run.pages.sections or len(site.files) <= AT_ONCE):
            render(run, Nowhere(), told)
            pages = pages_of(linked, run.pages)
        return claim_data(site, linked, pages, Locator(folder))

    found, errors = found_in(Request(folder, jobs=jobs, **asked), ask)
    if isinstance(found, UnknownClaim):
        raise click.UsageError(str(found))
    if form == "json":
        print_json(found)
    else:
        for line in claim_lines(found):
            tell(line, err=False)
    end_if_partial(errors)
