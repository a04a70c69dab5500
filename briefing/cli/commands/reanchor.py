"""`briefing reanchor`: quotes that a changed text has broken, and what takes their place."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli import clock
from briefing.cli.calls import Command
from briefing.cli.exits import end_if_failed, guarded
from briefing.cli.options import article_id
from briefing.cli.terminal import show, tell
from briefing.wording import counted

if TYPE_CHECKING:
    from briefing.model.claim import Quote
    from briefing.reanchor.counterparts import Broken, Counterpart
    from briefing.reanchor.recipe import Reanchoring


@click.command(cls=Command)
@click.argument("article", callback=article_id)
@click.option("--yes", is_flag=True, help="Take, unasked, each proposal that is the only one and says the same.")
@click.option(
    "--note", metavar="TEXT", help="What the article's correction says.  [default: the old words and the new]"
)
@click.pass_obj
def reanchor(folder: Path, article: str, yes: bool, note: str | None) -> None:
    """Show which quotes a changed text has broken, and what it says now; write what you say yes to.

    Only the quotes are written anew, and a correction is noted in the article. Without a terminal and without `--yes`
    nothing is written. It ends with 1 while a quote is left that does not stand in the text.

    \b
    briefing reanchor 2026-03-02-times
    briefing reanchor 2026-03-02-times --yes
    """
    from briefing.reanchor.recipe import reanchoring, take
    from briefing.request import Request

    request = Request(folder)
    run = guarded(lambda: reanchoring(request, article, clock.now()))
    if not run.exists:
        message = f"there is no article `{article}`; name one of content/articles/, without its folder and `.md`"
        raise click.UsageError(message)
    chosen = _chosen(run, yes)
    guarded(lambda: take(run, chosen, note))
    outcome = run.outcome()
    show(outcome, request, "full", "")
    _tell_end(run)
    end_if_failed(outcome)


def _chosen(run: "Reanchoring", yes: bool) -> "dict[str, Quote]":
    """What takes the place of each broken quote, by its claim: what was said yes to."""
    chosen: dict[str, Quote] = {}
    asks = not yes and sys.stdin.isatty() and sys.stdout.isatty()
    for one in run.broken:
        _show(run, one)
        taken = one.counterparts[0] if yes and one.is_certain else None
        if asks and one.counterparts:
            taken = _asked(one)
        if taken is not None:
            chosen[one.id] = taken.quote
            tell("   taken", err=False)
        elif yes or not one.counterparts:
            tell(f"   left: {_why(one)}", err=False)
    return chosen


def _asked(one: "Broken") -> "Counterpart | None":
    """The counterpart that somebody at the terminal takes."""
    if len(one.counterparts) == 1:
        return one.counterparts[0] if click.confirm("   Take it?", default=False) else None
    numbers = click.IntRange(0, len(one.counterparts))
    number = click.prompt("   Which one? (0 for none)", type=numbers, default=0)
    return one.counterparts[number - 1] if number else None


def _why(one: "Broken") -> str:
    if not one.counterparts:
        return "nothing in the text comes near it; quote other words, or remove the claim"
    if len(one.counterparts) > 1:
        return "its words stand in several places; run without `--yes` to choose one"
    return "it may say something else now; run without `--yes`, and read the claim again"


def _show(run: "Reanchoring", one: "Broken") -> None:
    """A broken quote, and what the text says now."""
    article = run.article
    assert article is not None
    assert article.text is not None
    old = " ".join(one.claim.claim.quote.exact.split())
    tell(f"{run.place(one)}: {one.id}", err=False)
    tell(f" - {old}", err=False)
    if one.times > 1:
        tell(f"   stands {one.times} times in the text now", err=False)
    for number, counterpart in enumerate(one.counterparts, 1):
        place = f"{article.text.path}:{article.text.rendered.line_of(counterpart.span[0])}"
        sign = "+" if len(one.counterparts) == 1 else f"{number}."
        click.echo(f" {sign} {_difference(old, counterpart)}")
        tell(f"   in {place}: {_around(run, counterpart)}", err=False)
        if counterpart.says_otherwise:
            tell("   a number, a negation or the hedge changed: the claim may be another one now", err=False)


def _difference(old: str, counterpart: "Counterpart") -> str:
    """The new words, with what has changed marked: in color on a terminal, else as `[-old-]{+new+}`."""
    from briefing.characters import visible
    from briefing.cli.terminal import has_color
    from briefing.reanchor.counterparts import differences

    colored, pieces = has_color(sys.stdout), []
    for before, now in differences(old, counterpart.quote.exact):
        if before == now:
            pieces.append(visible(now))
            continue
        gone, new = visible(before), visible(now)
        if colored:
            pieces += [click.style(gone, fg="red", strikethrough=True), click.style(new, fg="green", bold=True)]
        else:
            pieces.append((f"[-{gone}-]" if gone else "") + (f"{{+{new}+}}" if new else ""))
    return "".join(pieces)


def _around(run: "Reanchoring", counterpart: "Counterpart") -> str:
    """The words there with some on both sides."""
    assert run.article is not None
    assert run.article.text is not None
    text, (start, end) = run.article.text.rendered.text, counterpart.span
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    return " ".join(
        f"{'…' if start > 40 else ''}{before}{text[start:end]}{after}{'…' if end + 40 < len(text) else ''}".split()
    )


def _tell_end(run: "Reanchoring") -> None:
    """What was done, and what there is to do."""
    article = run.article
    if run.problems.errors or article is None:
        return
    if not run.broken:
        tell(f"{counted(len(article.claims), 'quote')}: each stands in the text once. Nothing to do.", err=False)
        return
    if run.mended:
        noted = f"; a correction is noted in {article.job.path}: read it, and mend its words" if run.is_noted else ""
        tell(f"{counted(len(run.mended), 'quote')} written to {article.job.annotations}{noted}.", err=False)
    if run.anchored:
        tell("The anchors of the text are written anew.", err=False)
    elif run.is_apart and run.mended:
        tell(f"Run `briefing anchor {run.id}` when the others are mended.", err=False)
    if run.left:
        verb = "does" if len(run.left) == 1 else "do"
        still = f"{counted(len(run.left), 'quote')} still {verb} not stand in the text once"
        nothing = "" if run.mended else " Nothing was written: say yes in a terminal, or give `--yes`."
        tell(f"{still}: {', '.join(run.left)}.{nothing}", err=False)
