"""`briefing list`: what is open, what is due, what nobody names, and what each source has given."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from briefing.cli import clock
from briefing.cli.asking import end_if_partial, found_in, print_json
from briefing.cli.calls import Command, Parts
from briefing.cli.options import AS_OF, JOBS, ON, TEXT_OR_JSON, EditionOptions, edition
from briefing.cli.terminal import tell
from briefing.wording import counted

if TYPE_CHECKING:
    from briefing.build import Run
    from briefing.inventory.lists import Row
    from briefing.link.site import Site
    from briefing.parallel.pool import Progress
    from briefing.request import Request

# What a text is cut to: a line of a list is to be seen at a glance.
LONGEST = 90


@click.group(cls=Parts)
def list() -> None:
    """List what is open, due or unused, and sources.

    \b
    briefing list open
    briefing list due --on 2026-04-01
    briefing list unused --format json
    """


@list.command("open", cls=Command)
@edition
@JOBS
@TEXT_OR_JSON
@click.pass_obj
def open_(folder: Path, jobs: int, form: str, **asked: Unpack[EditionOptions]) -> None:
    """List the claims whose outcome is still to come, by the day when somebody looks again; without one, by the day
    when they are due."""
    from briefing.inventory.lists import open_rows

    rows, errors = found_in(_request(folder, jobs, asked), lambda _, site, __: open_rows(site))
    _print(rows, errors, form, _open_line, ("open claim", "open claims"))


@list.command(cls=Command)
@edition
@ON
@JOBS
@TEXT_OR_JSON
@click.pass_obj
def due(folder: Path, on: date | None, jobs: int, form: str, **asked: Unpack[EditionOptions]) -> None:
    """List the open claims whose review or due date has come, and meetings that are still planned after their day."""
    from briefing.inventory.lists import due_rows
    from briefing.model.zones import day_in
    from briefing.read.places import Locator

    def ask(_: "Run", site: "Site", __: "Progress") -> "Sequence[Row]":
        return due_rows(site, on or asked["as_of"] or day_in(site.config.timezone, clock.now()), Locator(folder))

    rows, errors = found_in(_request(folder, jobs, asked), ask)
    _print(rows, errors, form, _due_line, ("thing is due", "things are due"))


@list.command(cls=Command)
@AS_OF
@JOBS
@TEXT_OR_JSON
@click.pass_obj
def unused(folder: Path, as_of: date | None, jobs: int, form: str) -> None:
    """List the entries of registries, and the topics, that nothing names. What a draft or an internal record names is
    used."""
    from briefing.inventory.lists import unused_rows
    from briefing.read.places import Locator

    def ask(_: "Run", site: "Site", __: "Progress") -> "Sequence[Row] | None":
        content = site.content
        has_all = content.edition.drafts or not (content.drafts or content.withheld)
        return unused_rows(site, Locator(folder)) if has_all else None

    # Builds leave what they have read, mostly without drafts and internal records: only where there are any, all has to
    # be read again.
    public: EditionOptions = {"drafts": False, "internal": False, "as_of": as_of}
    everything: EditionOptions = {"drafts": True, "internal": True, "as_of": as_of}
    found, errors = found_in(_request(folder, jobs, public), ask)
    if found is None:
        found, errors = found_in(_request(folder, jobs, everything), ask)
    _print(found or (), errors, form, _unused_line, ("entry that nothing names", "entries that nothing names"))


@list.command(cls=Command)
@edition
@JOBS
@TEXT_OR_JSON
@click.pass_obj
def sources(folder: Path, jobs: int, form: str, **asked: Unpack[EditionOptions]) -> None:
    """List the sources with how many articles and claims there are of each, and the day of its newest article."""
    from briefing.inventory.lists import source_rows

    rows, errors = found_in(_request(folder, jobs, asked), lambda _, site, __: source_rows(site))
    _print(rows, errors, form, _source_line, ("source", "sources"))


def _request(folder: Path, jobs: int, asked: EditionOptions) -> "Request":
    from briefing.request import Request

    return Request(folder, jobs=jobs, **asked)


def _print(
    rows: "Sequence[Row]",
    errors: int,
    form: str,
    line: "Callable[[Row], Iterable[object]]",
    what: tuple[str, str],
) -> None:
    """Print rows as JSON, or a line each in columns, and how many there are: `what` is said of one and of many. The
    command fails where some may be missing."""
    if form == "json":
        print_json(rows)
    else:
        for text in _columns([[str(cell or "") for cell in line(row)] for row in rows]):
            tell(text, err=False)
        tell(f"{len(rows)} {what[len(rows) != 1]}.", err=False)
    end_if_partial(errors)


def _columns(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """Rows of cells as lines, each column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()


def _open_line(row: "Row") -> Iterable[object]:
    day = row["review_by"] or row["due"]
    return (
        day or "no day",
        "review" if row["review_by"] else "due" if day else "",
        row["status"],
        row["claim"],
        _cut(row),
    )


def _due_line(row: "Row") -> Iterable[object]:
    because = {"review_by": "review", "due": "due", "planned": "over"}[str(row["because"])]
    return (
        row["day"],
        because,
        row["status"],
        row.get("claim") or row["summit"],
        f"{row['path']}:{row['line']}",
        _cut(row),
    )


def _unused_line(row: "Row") -> Iterable[object]:
    return row["kind"], row["id"], f"{row['path']}:{row['line']}", row["name"]


def _source_line(row: "Row") -> Iterable[object]:
    counts = f"{counted(int(row['articles'] or 0), 'article')}", f"{counted(int(row['claims'] or 0), 'claim')}"
    return row["source"], *counts, row["newest"] or "", row["reliability"] or "", row["name"]


def _cut(row: "Row") -> str:
    text = " ".join(str(row["text"]).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
