"""The command line: options, the clock, exit codes. What a call may look like is in `usage.py`."""

import gc
import os
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from briefing import __version__
from briefing.diagnostics import EnvironmentProblem, Locked
from briefing.interrupts import Interrupted, listen, undisguised
from briefing.parallel.pool import processors
from briefing.terminal import MOST_NAMED, counts, progress, show, summary, tell
from briefing.usage import Commands
from briefing.wording import first_of

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager

    from briefing.incremental.cache import Cache
    from briefing.request import Outcome, Request

T = TypeVar("T")

EXIT_CONTENT, EXIT_ENVIRONMENT, EXIT_LOCKED, EXIT_DIFFERENT = 1, 3, 4, 70

FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["full", "concise", "json"]),
    default="full",
    show_default=True,
    help="How problems are shown.",
)
STRICT = click.option("--strict", is_flag=True, help="Treat warnings as errors.")
DRAFTS = click.option("--drafts", is_flag=True, help="Include records marked `draft: true`.")
JOBS = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many processes work at once.  [default: as many as there are processors]",
)
CLEAN = click.option("--clean", is_flag=True, help="Use nothing that an earlier build has left to save time.")
VERIFY = click.option("--verify", is_flag=True, help="Build once more without that, and compare.")
AS_OF = click.option("--as-of", metavar="DATE", help="Build the site as it could have been known on this day.")
ALLOW_REMOVAL = click.option(
    "--allow-removal", is_flag=True, help="Remove what is gone from the content, however much of the site it is."
)
ADOPT = click.option(
    "--adopt", is_flag=True, help="Take over files that are just what is built, perhaps with other line ends."
)
SCHEDULER = click.option(
    "--scheduler", metavar="ADDRESS", help="Render on a Dask cluster, whose scheduler is at this address."
)
BASE_URL = click.option("--base-url", metavar="URL", help="The site's public address; overrides config.yaml.")


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
    briefing build             build the site in this folder into site/
    briefing check --strict    what a continuous integration job runs
    briefing anchor            find the quotes of texts that are kept apart
    """
    folder = Path(*folders)
    if not folder.is_dir():
        raise click.UsageError(f"{folder} is not a folder; name the one that holds config.yaml")
    context.obj = folder


@main.command()
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="The folder to write to, as seen from that of the site.  [default: site; site-drafts with --drafts]",
)
@BASE_URL
@STRICT
@DRAFTS
@AS_OF
@JOBS
@SCHEDULER
@CLEAN
@VERIFY
@ALLOW_REMOVAL
@ADOPT
@FORMAT
@click.pass_obj
def build(
    folder: Path,
    output: Path | None,
    base_url: str | None,
    strict: bool,
    drafts: bool,
    as_of: str | None,
    jobs: int | None,
    scheduler: str | None,
    clean: bool,
    verify: bool,
    allow_removal: bool,
    adopt: bool,
    form: str,
) -> None:
    """Build the site. With any problem in the content nothing is written.

    \b
    briefing build
    briefing -C my-site build --output /srv/www/briefing
    briefing build --base-url https://example.org/briefing/
    briefing build --as-of 2025-02-06 --output eve
    """
    from briefing.request import Request

    started = time.monotonic()
    _check_base_url(base_url)
    day, jobs = _day(as_of, "--as-of"), jobs or processors()
    request = Request(folder, base_url, drafts, strict, jobs, day, clean, allow_removal, adopt)
    target = folder / output if output else request.output
    outcome = _guarded(lambda: _built(request, target, form, scheduler))
    show(outcome, request, form, "; nothing was written")
    if verify:
        _verify(request, target, outcome)
    if outcome.failed:
        sys.exit(EXIT_CONTENT)
    if form != "json":
        tell(summary(outcome, time.monotonic() - started), err=form == "concise")


def _built(request: "Request", output: Path, form: str, scheduler: str | None) -> "Outcome":
    """Build, unless nothing has changed, which is found out before what a build needs is imported."""
    from briefing.incremental.up_to_date import unchanged
    from briefing.write.interruption import told
    from briefing.write.publish import finish

    def build_or_not(cache: "Cache") -> "Outcome":
        same = unchanged(request, output, cache)
        if same:
            return same
        from briefing.build import build as build_site

        with _cluster(scheduler) as executor:
            return build_site(request, output, progress(form), cache, executor).outcome()

    with told(output):
        finish(request.root, output)
        return _with_cache(request, output, build_or_not)


def _with_cache(request: "Request", output: Path, work: "Callable[[Cache], Outcome]") -> "Outcome":
    """What the work gives with what earlier builds have left; without, where that is damaged and makes it fail."""
    from briefing.incremental.cache import open_cache
    from briefing.incremental.validity import is_outcome

    cache = open_cache(request, output)
    try:
        outcome = work(cache)
        if cache.last is None or is_outcome(replace(outcome, written=None)):
            return outcome
        what = "a wrong outcome"
    except EnvironmentProblem:
        raise
    except Exception as error:
        if cache.last is None:
            raise
        what = type(error).__name__
    tell(f"briefing: what earlier builds have left is damaged ({what}) and was not used")
    return work(open_cache(replace(request, clean=True), output))


def _cluster(scheduler: str | None) -> "AbstractContextManager[Executor | None]":
    if scheduler is None:
        return nullcontext()
    from briefing.parallel.dask import Cluster

    return Cluster(scheduler)


def _verify(request: "Request", output: Path, outcome: "Outcome") -> None:
    """End the command if a clean build would have left or told anything else."""
    from briefing.build import verify

    wrong = _guarded(lambda: verify(request, output, outcome))
    if wrong:
        what = f"a clean build would differ in {first_of(wrong, MOST_NAMED)}"
        tell(f"briefing: {what}; please report this mistake of briefing; `briefing build --clean` mends the site")
        sys.exit(EXIT_DIFFERENT)


@main.command()
@STRICT
@DRAFTS
@JOBS
@click.option(
    "--on", metavar="DATE", help="List what is due for review on this day.  [default: today, in the site's time zone]"
)
@FORMAT
@click.pass_obj
def check(folder: Path, strict: bool, drafts: bool, jobs: int | None, on: str | None, form: str) -> None:
    """Check everything that `build` checks, and what is due for review. Writes nothing.

    \b
    briefing check
    briefing check --strict --format=concise
    briefing check --on 2025-08-01
    """
    from briefing.build import check as check_site
    from briefing.request import Request

    request = Request(folder, None, drafts, strict, jobs or processors())
    day = _day(on, "--on")
    outcome = _guarded(
        lambda: _with_cache(
            request, request.output, lambda cache: check_site(request, day, progress(form), _now(), cache).outcome()
        )
    )
    show(outcome, request, form, "")
    if outcome.failed:
        sys.exit(EXIT_CONTENT)
    if form == "full":
        tell(f"No errors. {counts(outcome)}.", err=False)


@main.command()
@click.argument("articles", metavar="[ARTICLE]...", nargs=-1)
@click.option("--check", is_flag=True, help="Say how the words of each article stand, and write nothing.")
@STRICT
@JOBS
@FORMAT
@click.pass_obj
def anchor(folder: Path, articles: tuple[str, ...], check: bool, strict: bool, jobs: int | None, form: str) -> None:
    """Find the quotes of articles whose text is kept apart, and write where they stand to content/anchors/.

    \b
    briefing anchor
    briefing anchor 2026-03-02-times
    briefing anchor --check
    """
    from briefing.anchor import anchor as anchor_words
    from briefing.anchor import verify
    from briefing.request import Request

    request = Request(folder, strict=strict, jobs=jobs or processors())
    run = _guarded(lambda: verify(request, articles) if check else anchor_words(request, articles, _now()))
    if run.unknown:
        raise click.UsageError(f"there is no article `{run.unknown[0]}` whose text is kept apart")
    outcome = run.outcome()
    show(outcome, request, form, "")
    if form != "json":
        for line in run.lines():
            tell(line, err=False)
    if outcome.failed:
        sys.exit(EXIT_CONTENT)


def _day(text: str | None, option: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"`{text}` is not a day; write it as YYYY-MM-DD", param_hint=option) from None


def _now() -> datetime:
    return datetime.now(tz=UTC)


def _check_base_url(url: str | None) -> None:
    if url is None:
        return
    from briefing.model.base_url import fault_of

    if fault := fault_of(url):
        raise click.BadParameter(f"{fault.message}: {fault.help}", param_hint="--base-url")


def _guarded(work: Callable[[], T]) -> T:
    """Do the work; what the environment does to it is one line and an exit code."""
    gc.disable()  # The work is short and makes hardly any cycles; looking for them costs a fifth of the time.
    try:
        return work()
    except EnvironmentProblem as error:
        tell(f"briefing: {error}")
        sys.exit(EXIT_LOCKED if isinstance(error, Locked) else EXIT_ENVIRONMENT)
