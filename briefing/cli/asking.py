"""Questions to a site: what is found in it, and the end of a command where the content has errors."""

import json
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

import click

from briefing.cli.cached import believing
from briefing.cli.exits import EXIT_CONTENT, guarded
from briefing.cli.progress import progress
from briefing.cli.terminal import show, tell
from briefing.wording import counted

if TYPE_CHECKING:
    from briefing.build import Run
    from briefing.diagnostics import Diagnostic
    from briefing.incremental.cache import Cache
    from briefing.link.site import Site
    from briefing.parallel.pool import Progress
    from briefing.request import Request

T = TypeVar("T")


def found_in(request: "Request", ask: "Callable[[Run, Site, Progress], T]") -> "tuple[T, int]":
    """What is found in a site, and how many errors its content has: what has them is left out."""
    from briefing.build import prepare

    def work(cache: "Cache") -> tuple[T, int]:
        run = prepare(request, cache, told)
        end_if_no_site(request, run.problems)
        assert run.site is not None
        return ask(run, run.site, told), run.problems.errors

    with progress() as told:
        return guarded(lambda: believing(request, request.output, work))


def end_if_no_site(request: "Request", problems: "Iterable[Diagnostic]") -> None:
    """End the command where there is no configuration that could be read."""
    from briefing.read.content import CONFIG
    from briefing.request import Outcome

    found = tuple(one for one in problems if one.place.path == CONFIG and one.code == "unreadable-file")
    if found:
        show(Outcome(found, True), request, "full", "")
        sys.exit(EXIT_CONTENT)


def end_if_partial(errors: int) -> None:
    """End the command as failed if some of the content was left out."""
    if errors:
        tell(f"The content has {counted(errors, 'error')}, and what has them is left out; `briefing check` tells them.")
        sys.exit(EXIT_CONTENT)


def print_json(value: object) -> None:
    """A value as JSON, of which nothing can be taken for more than text."""
    from briefing.characters import visible_json

    click.echo(visible_json(json.dumps(value, indent=2, ensure_ascii=False)))
