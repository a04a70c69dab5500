"""`briefing theme`: the files of the theme, a copy of one to be changed, and what the site has in place of them."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.calls import Command, Parts
from briefing.cli.completion import own_names, theme_names
from briefing.cli.exits import end_if_failed, guarded
from briefing.cli.terminal import show, tell
from briefing.wording import counted

if TYPE_CHECKING:
    from briefing.read.overrides import Override


@click.group(cls=Parts)
def theme() -> None:
    """The files of the theme, and what the site has in place of them.

    \b
    briefing theme list
    briefing theme copy parts/claim-row.html
    briefing theme diff
    """


@theme.command("list", cls=Command)
@click.pass_obj
def list_(folder: Path) -> None:
    """List the files of the theme with what each is, and which are the site's own."""
    from briefing.read.overrides import own_files, theme_files, told

    files, own = guarded(lambda: (theme_files(), own_files(folder)))
    added = [name for name in own if name not in files]
    width = max(map(len, [*files, *added]))
    for name, source in files.items():
        tell(f"{name:{width}}  {'yours' if name in own else '':5}  {told(source)}".rstrip(), err=False)
    for name in added:
        tell(f"{name:{width}}  added", err=False)
    yours = len(own) - len(added)
    tell(
        f"{counted(len(files), 'file')} of the theme. The site has its own for {yours}, and adds {len(added)}.",
        err=False,
    )


@theme.command(cls=Command)
@click.argument("name", shell_complete=theme_names)
@click.pass_obj
def copy(folder: Path, name: str) -> None:
    """Copy a file of the theme into the site's templates/, to be changed there. Never overwrites.

    \b
    briefing theme copy summit.html
    briefing theme copy assets/style.css
    """
    from briefing.diagnostics import EnvironmentProblem
    from briefing.read.overrides import FOLDER, copied, theme_files
    from briefing.write.overrides import write_override

    def work() -> None:
        if not write_override(folder, path, copied(known, files[known])):
            raise EnvironmentProblem(f"{path} is there already", f"`briefing theme diff {known}` compares it")

    files = guarded(theme_files)
    known = _known(name, files, "the theme has no file")
    path = FOLDER + known
    guarded(work)
    tell(f"{path}: a copy of the theme's; without it the site has the theme's again", err=False)


@theme.command(cls=Command)
@click.argument("names", metavar="[NAME]...", nargs=-1, shell_complete=own_names)
@click.pass_obj
def diff(folder: Path, names: tuple[str, ...]) -> None:
    """Compare files of the site with those of the theme in whose place they are, and say whether the theme's have
    changed since they were copied. Writes nothing.

    \b
    briefing theme diff
    briefing theme diff base.html
    """
    from briefing.diagnostics import Diagnostic
    from briefing.read.overrides import overrides
    from briefing.request import Outcome, Request

    found = guarded(lambda: list(overrides(folder)))
    outcome = Outcome(tuple(one for one in found if isinstance(one, Diagnostic)), False)
    own = {one.name: one for one in found if not isinstance(one, Diagnostic)}
    wanted = [_known(name, own, "the site has no file in the place of") for name in names] or list(own)
    show(outcome, Request(folder), "full", "")
    for name in wanted:
        lines = own[name].lines()
        for line in [f"{own[name].own.path}: {_standing(own[name], bool(lines))}", *lines]:
            tell(line, err=False)
    if not found:
        tell("The site has no file in the place of one of the theme's.", err=False)
    end_if_failed(Outcome(outcome.problems, outcome.errors > 0))


def _known(name: str, known: Iterable[str], otherwise: str) -> str:
    """The name of one of those files; UsageError for another, with the one that was probably meant."""
    from briefing.read.overrides import FOLDER
    from briefing.read.records import nearest

    found, names = name.removeprefix(FOLDER), list(known)
    if found in names:
        return found
    meant = nearest(found, names)
    help = f"write `{meant}`" if meant else "`briefing theme list` lists them"
    raise click.UsageError(f"{otherwise} `{name}`; {help}")


def _standing(of: "Override", differs: bool) -> str:
    """How a file of the site stands to the theme's."""
    same = "" if differs else "; both are the same, so the site's can be removed"
    if of.record is None:
        return f"nothing says what it was copied from{same}"
    what = "has changed since" if of.has_changed else "is the same still"
    return f"copied from briefing {of.record.version}; the theme's file {what}{same}"
