"""`briefing anchor`: the quotes of texts that are kept apart, found and locked."""

from pathlib import Path

import click

from briefing.cli import clock
from briefing.cli.calls import Command
from briefing.cli.completion import articles_apart
from briefing.cli.exits import end_if_failed, guarded
from briefing.cli.options import FORMAT, JOBS, STRICT
from briefing.cli.progress import progress
from briefing.cli.terminal import show, tell


@click.command(cls=Command)
@click.argument("articles", metavar="[ARTICLE]...", nargs=-1, shell_complete=articles_apart)
@click.option("--check", is_flag=True, help="Say how the words of each article stand, and write nothing.")
@STRICT
@JOBS
@FORMAT
@click.pass_obj
def anchor(folder: Path, articles: tuple[str, ...], check: bool, strict: bool, jobs: int, form: str) -> None:
    """Find the quotes of articles whose text is kept apart, and write where they stand to content/anchors/.

    \b
    briefing anchor
    briefing anchor 2026-03-02-times
    briefing anchor --check
    """
    from briefing.anchor import anchor as anchor_words
    from briefing.anchor import verify
    from briefing.request import Request

    request = Request(folder, strict=strict, jobs=jobs)
    with progress() as told:
        run = guarded(
            lambda: verify(request, articles, told) if check else anchor_words(request, articles, clock.now(), told)
        )
    if run.unknown:
        raise click.UsageError(f"there is no article `{run.unknown[0]}` whose text is kept apart")
    outcome = run.outcome()
    show(outcome, request, form, "")
    if form != "json":
        for line in run.lines():
            tell(line, err=False)
    end_if_failed(outcome)
