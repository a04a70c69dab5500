"""`briefing new`: an article, a summit, a topic, a page, or an entry of a registry."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.calls import Command, Parts, WrongCall
from briefing.cli.exits import EXIT_CONTENT, end_if_failed, guarded
from briefing.cli.terminal import MOST_NAMED, show, tell

if TYPE_CHECKING:
    from briefing.scaffold.files import Site


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record as an option: `--published` for `published`; `many`: it may be given again and again."""

    name: str
    help: str
    metavar: str = "TEXT"
    many: bool = False
    needed: bool = False

    def option(self) -> click.Option:
        """The option of the command line."""
        help = self.help + (" Has to be given; on a terminal it is asked for." if self.needed else "")
        return click.Option([f"--{self._typed}", self.name], metavar=self.metavar, multiple=self.many, help=help)

    @property
    def typed(self) -> str:
        """The option as it is typed."""
        return f"--{self._typed}"

    @property
    def _typed(self) -> str:
        return self.name.removesuffix("s") if self.many else self.name.replace("_", "-")


_COUNTRY = Field("country", "Its country, a place.", "ID")
_LANGUAGE = Field("language", "The language that it is in, such as en or ja.", "CODE")
_SUMMARY = Field("summary", "One sentence.")
_URL = Field("url", "Its address on the web.", "URL")


@click.group("new", cls=Parts)
def new() -> None:
    """Begin an article, a summit or a page, or add a topic, a person, a source... Never overwrites.

    \b
    briefing new article "Gas deal in sight" --source harbor-times --published 2026-03-02
    briefing new summit "Brandt and Vale in Port Sel" --start 2026-03-06
    briefing new topic Fisheries
    briefing new person "Ilse Brandt" --country estmark
    """


def _command(name: str, help: str, fields: Sequence[Field]) -> None:
    """Add the command that makes a record of that kind."""

    def callback(words: tuple[str, ...], id: str | None, **given: Any) -> None:
        _make(name, " ".join(words), id, fields, given)

    parameters = [
        click.Argument(["words"], metavar="TITLE_OR_ID...", nargs=-1, required=True),
        click.Option(["--id"], metavar="ID", help="Its id.  [default: made of its title]"),
        *(field.option() for field in fields),
    ]
    new.add_command(Command(name, callback=callback, params=parameters, help=help))


_command(
    "article",
    "Begin an article and its claims: two files, for its text and for what it says.",
    [
        Field("source", "Who published it, an id of content/sources.yaml.", "ID", needed=True),
        Field("published", "When it was published: a day, or a time with its offset from UTC.", "DATE", needed=True),
        _URL,
        _LANGUAGE,
        Field("summits", "A summit that it is about; may be given again.", "ID", many=True),
    ],
)
_command(
    "summit",
    "Begin the page of a meeting.",
    [
        Field("start", "When it begins: a day, or a time with its offset from UTC.", "DATE", needed=True),
        Field("end", "When it ends.", "DATE"),
        Field("status", "planned, held, postponed or cancelled.", "WORD"),
        _SUMMARY,
    ],
)
_command("topic", "Add a topic to config.yaml, and begin the file of its background.", [_SUMMARY])
_command("page", "Begin a standing page.", [_SUMMARY])
_command("person", "Add a person to the registry.", [_COUNTRY])
_command(
    "organization",
    "Add an organization to the registry.",
    [
        Field("kind", "government, company, think-tank, international, party, media or other.", "WORD"),
        _COUNTRY,
        _URL,
    ],
)
_command(
    "place",
    "Add a place to the registry.",
    [
        Field("kind", "country, region, city, site, sea or other.", "WORD"),
        _COUNTRY,
        Field("timezone", "Its time zone, such as Asia/Tokyo.", "ZONE"),
    ],
)
_SOURCE = "newspaper, wire, broadcaster, magazine, think-tank, government, company, desk or other."
_command(
    "source",
    "Add a source to the registry: who publishes what you read.",
    [Field("kind", _SOURCE, "WORD"), _COUNTRY, _LANGUAGE, _URL],
)


def _make(name: str, words: str, id: str | None, fields: Sequence[Field], given: dict[str, Any]) -> None:
    from briefing.edit.refusal import Refused
    from briefing.scaffold.kinds import KINDS
    from briefing.scaffold.records import added
    from briefing.write.additions import write_additions

    folder: Path = click.get_current_context().obj
    site = _site(folder)
    title, id = _named(name, words, id, fields, given, site)
    try:
        addition = added(site, KINDS[name], title, id, {key: value for key, value in given.items() if value})
    except Refused as error:
        tell(f"briefing: {error}")
        sys.exit(EXIT_CONTENT)
    guarded(lambda: write_additions(folder, addition.new, addition.changed))
    for place, what in addition.next:
        tell(f"{place}: {what}", err=False)


def _site(folder: Path) -> "Site":
    """The site of the folder; without a configuration that can be read the command ends."""
    from briefing.read.content import CONFIG, read_registries
    from briefing.request import Outcome, Request
    from briefing.scaffold.files import Site

    content, listing, problems = guarded(lambda: read_registries(folder))
    of_config = Outcome(tuple(one for one in problems if one.place.path == CONFIG), failed=True)
    if of_config.errors:
        show(of_config, Request(folder), "full", "; nothing was written")
        end_if_failed(of_config)
    return Site(folder, content, listing)


def _named(
    name: str, words: str, id: str | None, fields: Sequence[Field], given: dict[str, Any], site: "Site"
) -> tuple[str, str | None]:
    """The title, and the id if it is named. One word without capitals is an id, whose words may be the title.

    What is missing is asked for on a terminal and put among what was `given`. All that is wrong is told at once.
    """
    from briefing.scaffold.calls import mistakes
    from briefing.scaffold.kinds import KINDS
    from briefing.scaffold.names import is_like_an_id, title_of

    title: str | None = words
    needed = [field for field in fields if field.needed]
    missing = [field for field in needed if not given[field.name]]
    told = " and ".join(f"{field.typed} {field.metavar}" for field in missing)
    untold = [f"`briefing new {name}` needs {told}"] if missing else []
    if id is None and is_like_an_id(words):
        title, id = None if needed else title_of(words), words
    if title is None:
        untold.insert(0, f'`{words}` is an id; write `briefing new {name} "Its title" --id {words}`')
    if is_asking():
        title = title or _asked("Its title.")
        for field in missing:
            given[field.name] = _asked(field.help, site.named_by(field.name))
        untold = []
    wrong = [*untold, *map(str, mistakes(site, KINDS[name], title, id, given))]
    if wrong:
        raise WrongCall(wrong)
    assert title is not None
    return title, id


def _asked(what: str, known: Sequence[str] = ()) -> str:
    """What is missing, asked for on a terminal. A few words that are known are shown."""
    shown = f" ({', '.join(known)})" if 0 < len(known) <= MOST_NAMED else ""
    return str(click.prompt(what.rstrip(".") + shown, err=True))


def is_asking() -> bool:
    """Whether there is somebody to be asked."""
    return sys.stdin.isatty()
