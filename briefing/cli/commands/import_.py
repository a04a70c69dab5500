"""`briefing import`: articles from pages, files, mails and feeds into `content/articles/`."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli import clock
from briefing.cli.calls import Command
from briefing.cli.exits import end_if_failed, guarded
from briefing.cli.options import FORMAT, STRICT
from briefing.cli.terminal import show, tell
from briefing.wording import counted

if TYPE_CHECKING:
    from briefing.importing.feed import Entry
    from briefing.importing.run import Choose, Run


_NUMBERS = re.compile(r"\s*(?:all|\d{1,6}(?:-\d{1,6})?(?:[,\s]+\d{1,6}(?:-\d{1,6})?)*)\s*", re.IGNORECASE)


def _pick(_: click.Context, option: click.Parameter, text: str | None) -> str | None:
    """The numbers that were typed; BadParameter for what are none."""
    if text is None or _NUMBERS.fullmatch(text):
        return text
    raise click.BadParameter(f"`{text}` is not numbers; write `1,3-5` or `all`", param_hint=option.opts[0])


@click.command("import", cls=Command)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--apart", is_flag=True, help="Keep the text apart, in content/texts/, which git should ignore.")
@click.option(
    "--pick", metavar="NUMBERS", callback=_pick, help="Of a feed's entries those of these numbers: `1,3-5`, or `all`."
)
@STRICT
@FORMAT
@click.pass_obj
def import_(folder: Path, sources: tuple[str, ...], apart: bool, pick: str | None, strict: bool, form: str) -> None:
    """Import articles into content/articles/: what is found, and what is left to you.

    A SOURCE is an address, a file (HTML, PDF, mail, Markdown, text, Atom or RSS), or `-` for the standard input.

    \b
    briefing import https://example.org/news/gas-deal
    briefing import --apart statement.pdf mail.eml
    briefing import --pick 1,3 https://example.org/feed.xml
    pbpaste | briefing import -
    """
    from briefing.importing.run import Importer, Run
    from briefing.request import Request

    request = Request(folder, strict=strict)
    run = Run(request)
    importer = Importer(
        request, clock.now(), apart, choose=_chooser(pick, form), read_input=_read_input, on_fetch=_tell_fetch
    )
    try:
        guarded(lambda: importer.run(sources, run))
    finally:
        outcome = run.outcome()
        show(outcome, request, form, "")
        if form != "json":
            _tell(run, apart, folder)
    end_if_failed(outcome)


def _chooser(pick: str | None, form: str) -> "Choose":
    """Which entries of a feed are wanted: those of the option, or whatever is answered on a terminal."""
    from briefing.importing.feed import picked
    from briefing.importing.refused import Refused

    def choose(source: str, entries: "Sequence[Entry]") -> Sequence[int] | None:
        if pick is not None:
            try:
                return picked(pick, len(entries))
            except ValueError:
                message = f"`{pick}` is not among its {counted(len(entries), 'article')}"
                raise Refused(message, "leave --pick out, and see the list") from None
        if form != "full" or not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
            return None
        for number, entry in enumerate(entries, 1):
            tell(f"{number:>3}  {entry.in_words()}")
        while True:
            answer = click.prompt("Import which, as in 1,3-5", default="none", err=True)
            if answer.strip().lower() == "none":
                return []
            try:
                return picked(answer, len(entries))
            except ValueError:
                tell(f"`{answer}` is not numbers from 1 to {len(entries)}, `all` or `none`")

    return choose


def _read_input(size: int) -> bytes:
    return sys.stdin.buffer.read(size) if sys.stdin is not None else b""


def _tell_fetch(address: str) -> None:
    if sys.stderr is not None and sys.stderr.isatty():
        tell(f"fetching {address}")


def _tell(run: "Run", apart: bool, folder: Path) -> None:
    """What was written, and what to do next."""
    for source, entries in run.listed:
        tell(f"{source}: {counted(len(entries), 'article')}; choose with --pick, as in --pick 1,3", err=False)
        for number, entry in enumerate(entries, 1):
            tell(f"{number:>3}  {entry.in_words()}", err=False)
    for imported in run.imported:
        for line in imported.lines():
            tell(line, err=False)
    refused = f", {run.refused} not" if run.refused else ""
    if run.imported or run.refused:
        tell(f"{counted(len(run.imported), 'article')} imported{refused}." + _next(run, apart, folder), err=False)


def _next(run: "Run", apart: bool, folder: Path) -> str:
    if not run.imported:
        return ""
    id = Path(run.imported[0].path).stem
    ignored = folder / ".gitignore"
    if apart and not (ignored.is_file() and "content/texts" in ignored.read_text(encoding="utf-8", errors="replace")):
        return " Write `/content/texts/` into .gitignore before you commit: git would publish the texts."
    return f" Next: write claims into content/annotations/{id}.yaml, then run `briefing check`."
