"""Options that several commands take, and days as they are typed."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypedDict, TypeVar

import click

from briefing.parallel.pool import processors

FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["full", "concise", "json", "github"]),
    default="full",
    show_default=True,
    help="How problems are shown.",
)
STRICT = click.option("--strict", is_flag=True, help="Treat warnings as errors.")
JOBS = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    default=processors,
    help="How many processes work at once.  [default: as many as there are processors]",
)

TEXT_OR_JSON = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people, or for programs.",
)


def article_id(_: click.Context, __: click.Parameter, name: str) -> str:
    """The id of an article that was named by it or by the path of its file, for the `callback` of an argument."""
    return name.rpartition("/")[2].removesuffix(".md")


def day(_: click.Context, option: click.Parameter, text: str | None) -> date | None:
    """The day that was typed, for the `callback` of an option; BadParameter for what is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"`{text}` is not a day; write it as YYYY-MM-DD"
        raise click.BadParameter(message, param_hint=option.opts[0]) from None


AS_OF = click.option("--as-of", metavar="DATE", callback=day, help="The site as it could have been known on this day.")
_DRAFTS = click.option("--drafts", is_flag=True, help="Include records marked `draft: true`.")
_INTERNAL = click.option("--internal", is_flag=True, help="Include records marked `visibility: internal`.")

F = TypeVar("F", bound=Callable[..., Any])


class EditionOptions(TypedDict):
    """Which records are asked for, as a `Request` takes it."""

    drafts: bool
    internal: bool
    as_of: date | None


def edition(command: F) -> F:
    """The options of a command that answers for one edition of the site, which it takes as `EditionOptions`."""
    return _DRAFTS(_INTERNAL(AS_OF(command)))


ON = click.option(
    "--on",
    metavar="DATE",
    callback=day,
    help="List what is due for review on this day.  [default: today, in the site's time zone]",
)


def _base_url(_: click.Context, option: click.Parameter, url: str | None) -> str | None:
    if url is None:
        return None
    from briefing.model.base_url import fault_of

    if fault := fault_of(url):
        raise click.BadParameter(f"{fault.message}: {fault.help}", param_hint=option.opts[0])
    return url


BASE_URL = click.option(
    "--base-url",
    metavar="URL",
    callback=_base_url,
    help="The site's public address; overrides config.yaml.",
)
