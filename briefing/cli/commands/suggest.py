"""`briefing suggest`: the sentences of an article that are likely claims."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.calls import Command
from briefing.cli.exits import end_if_failed, guarded
from briefing.cli.options import article_id
from briefing.cli.terminal import show, tell
from briefing.wording import counted

if TYPE_CHECKING:
    from briefing.suggest.recipe import Suggested


@click.command(cls=Command)
@click.argument("article", callback=article_id)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many, the likeliest.")
@click.option("--all", "every", is_flag=True, help="Also sentences that are less likely to be claims.")
@click.option("--write", is_flag=True, help="Add them to the article's annotation file, as drafts.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["list", "yaml", "json"]),
    default="list",
    show_default=True,
    help="As a list to read, as claims to paste, or as data.",
)
@click.pass_obj
def suggest(folder: Path, article: str, limit: int | None, every: bool, write: bool, form: str) -> None:
    """List the sentences of an article that are likely claims and that no claim touches yet.

    \b
    briefing suggest 2026-03-02-times
    briefing suggest 2026-03-02-times --limit 5 --format yaml
    briefing suggest 2026-03-02-times --write
    """
    from briefing.request import Request
    from briefing.suggest.ranking import BAR, LOWEST
    from briefing.suggest.recipe import suggest as suggest_claims

    request = Request(folder)
    run = guarded(lambda: suggest_claims(request, article, limit, LOWEST if every else BAR, write))
    if not run.exists:
        raise click.UsageError(
            f"there is no article `{article}`; name one of content/articles/, without its folder and `.md`"
        )
    outcome = run.outcome()
    show(outcome, request, "full", "")
    if form == "json":
        click.echo(run.json())
    elif form == "yaml":
        click.echo(run.yaml(), nl=False)
    else:
        _list(run)
    if run.written:
        drafts = counted(run.written, "draft")
        tell(
            f"{drafts} added to {run.annotations}. Read each, mend it, and remove `draft: true`.{run.next}",
            err=form != "list",
        )
    end_if_failed(outcome)


def _list(run: "Suggested") -> None:
    """The suggestions for people, and what to do with them."""
    from briefing.suggest.recipe import listing

    for sentence, fields, reason in listing(run.found):
        tell(sentence, err=False)
        tell(f"   {fields}", err=False)
        tell(f"   because: {reason}", err=False)
    if run.problems.errors and not run.found:
        return
    more = f" {run.left} more are less likely: leave out `--limit`." if run.left else ""
    if not run.found:
        tell(
            "Nothing to suggest: no sentence that is likely to be a claim is left unmarked. `--all` lists the others.",
            err=False,
        )
    elif not run.written:
        next = "`--format yaml` gives claims to paste, `--write` adds them as drafts."
        tell(f"{counted(len(run.found), 'suggestion')}.{more} {next}", err=False)
