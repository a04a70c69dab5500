"""`briefing build`: the site into its folder, unless nothing has changed."""

import sys
import time
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from briefing.cli.cached import with_cache
from briefing.cli.calls import Command
from briefing.cli.exits import EXIT_DIFFERENT, end_if_failed, guarded
from briefing.cli.options import BASE_URL, FORMAT, JOBS, STRICT, EditionOptions, edition
from briefing.cli.progress import progress
from briefing.cli.terminal import MOST_NAMED, hint, show, summary, tell
from briefing.wording import first_of

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager

    from briefing.incremental.cache import Cache
    from briefing.request import Outcome, Request


@click.command(cls=Command)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="The folder to write to, as seen from that of the site.  [default: site; site-drafts with --drafts; internal "
    "with --internal]",
)
@BASE_URL
@STRICT
@edition
@JOBS
@click.option("--scheduler", metavar="ADDRESS", help="Render on a Dask cluster, whose scheduler is at this address.")
@click.option("--clean", is_flag=True, help="Use nothing that an earlier build has left to save time.")
@click.option("--verify", is_flag=True, help="Build once more without that, and compare.")
@click.option(
    "--allow-removal", is_flag=True, help="Remove what is gone from the content, however much of the site it is."
)
@click.option(
    "--adopt", is_flag=True, help="Take over files that are just what is built, perhaps with other line ends."
)
@FORMAT
@click.pass_obj
def build(
    folder: Path,
    output: Path | None,
    base_url: str | None,
    strict: bool,
    jobs: int,
    scheduler: str | None,
    clean: bool,
    verify: bool,
    allow_removal: bool,
    adopt: bool,
    form: str,
    **asked: Unpack[EditionOptions],
) -> None:
    """Build the site. With any problem in the content nothing is written.

    \b
    briefing build
    briefing -C my-site build --output /srv/www/briefing
    briefing build --base-url https://example.org/briefing/
    briefing build --as-of 2025-02-06 --output eve
    briefing build --internal
    """
    from briefing.request import Request

    started = time.monotonic()
    request = Request(
        folder, base_url, strict=strict, jobs=jobs, clean=clean, allow_removal=allow_removal, adopt=adopt, **asked
    )
    target = folder / output if output else request.output
    outcome = guarded(lambda: _built(request, target, scheduler))
    show(outcome, request, form, "; nothing was written")
    if verify:
        _verify(request, target, outcome)
    end_if_failed(outcome)
    if form != "json":
        tell(summary(outcome, time.monotonic() - started), err=form == "concise")
        hint(f"Open {target / 'index.html'} in a browser.")
        if not (target / "feed.xml").exists():
            hint("There are no feeds, which need the address of the site: `base_url` in config.yaml.")


def _built(request: "Request", output: Path, scheduler: str | None) -> "Outcome":
    """Build, unless nothing has changed, which is found out before what a build needs is imported."""
    from briefing.incremental.up_to_date import unchanged
    from briefing.write.interruption import interruption_explained
    from briefing.write.publish import finish

    def build_or_not(cache: "Cache") -> "Outcome":
        same = unchanged(request, output, cache)
        if same:
            return same
        from briefing.build import build as build_site

        with _cluster(scheduler) as executor, progress() as told:
            return build_site(request, output, told, cache, executor).outcome()

    with interruption_explained(output):
        finish(request.root, output)
        return with_cache(request, output, build_or_not)


def _cluster(scheduler: str | None) -> "AbstractContextManager[Executor | None]":
    if scheduler is None:
        return nullcontext()
    from briefing.parallel.dask import Cluster

    return Cluster(scheduler)


def _verify(request: "Request", output: Path, outcome: "Outcome") -> None:
    """End the command if a clean build would have left or told anything else."""
    from briefing.build import verify

    wrong = guarded(lambda: verify(request, output, outcome))
    if wrong:
        what = f"a clean build would differ in {first_of(wrong, MOST_NAMED)}"
        tell(f"briefing: {what}; please report this mistake of briefing; `briefing build --clean` mends the site")
        sys.exit(EXIT_DIFFERENT)
