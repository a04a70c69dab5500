"""The index of all people, organizations, places and sources."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from briefing.link.lists import Lists
from briefing.link.scope import Scope
from briefing.link.voices import Voice
from briefing.model.addresses import page_path
from briefing.model.entity import Entity
from briefing.model.frozen import frozen
from briefing.model.registries import ENTITIES
from briefing.pages.archive import Periods
from briefing.pages.page import Context, Page, Section
from briefing.read.content import CONFIG
from briefing.views.values import LinkView
from briefing.views.views import Views

PATH = "voices.html"
# A kind with more entries than these has a page for each first letter.
MOST_WITHOUT_LETTERS = 300


# Where its sections stand in the plan, and the addresses that are no record's.
WEIGHT = 90
PATHS = (PATH, "voices/")


def sections(lists: Lists) -> Iterator[Section[Any]]:
    """The index in one."""
    yield Section("voices", voice_index, partial(voice_index_arguments, lists))


class IndexEntry(NamedTuple):
    """An entry of a registry, with how many claims name it as a voice and how many are about it."""

    id: str
    name: str
    said: int
    about: int


@frozen
class EntryView:
    """An entry with how many claims name it as a voice, and how many are about it."""

    link: LinkView
    said: int
    about: int


@frozen
class EntriesView:
    """The entries of one kind in the order of their names, or links to their pages by first letter with counts."""

    kind: str
    count: int
    entries: tuple[EntryView, ...]
    letters: Periods


@frozen
class VoiceIndexArguments:
    """All entries by kind, in the order of their names."""

    kinds: Mapping[str, Sequence[IndexEntry]]
    scope: Scope


def voice_index_arguments(lists: Lists) -> VoiceIndexArguments:
    """What the index is made from."""
    content = lists.site.content
    kinds = {kind: sorted(getattr(content, kind).items(), key=_by_name) for kind in ENTITIES}
    entries = {kind: [_entry(lists, kind, id, entity) for id, entity in of] for kind, of in kinds.items()}
    return VoiceIndexArguments(entries, lists.site.scope(()))


def _by_name(entry: tuple[str, Entity]) -> tuple[str, str]:
    return entry[1].name.casefold(), entry[0]


def _entry(lists: Lists, kind: str, id: str, entity: Entity) -> IndexEntry:
    voice = lists.voices.get(id, Voice())
    # A source also says what its own articles report without naming a voice.
    said = len(voice.origin) + len(voice.relay) if kind == "sources" else len(voice.said)
    return IndexEntry(id, entity.name, said, len(voice.about))


def voice_index(given: VoiceIndexArguments) -> Iterator[Page]:
    """The index, and pages by first letter for kinds with many entries."""
    views = Views(given.scope)
    letters = {
        kind: _letters(entries) if len(entries) > MOST_WITHOUT_LETTERS else {} for kind, entries in given.kinds.items()
    }
    context = partial(_context, given.kinds, letters, given.scope)
    yield Page(PATH, "voices.html", views.say("voices.title"), context, CONFIG, (), views.say("voices.lede"))
    for kind, of_kind in letters.items():
        for letter, entries in of_kind.items():
            title = views.say("voices.letter", kind=views.say(f"voices.{kind}"), letter=views.own(letter))
            of_letter = partial(_context, {kind: entries}, {}, given.scope)
            yield Page(_path(kind, letter), "voices.html", title, of_letter, CONFIG)


def _context(
    kinds: Mapping[str, Sequence[IndexEntry]], letters: Mapping[str, dict[str, list[IndexEntry]]], scope: Scope
) -> Context:
    views = Views(scope)
    return {
        "kinds": tuple(_entries(kind, entries, letters.get(kind, {}), views) for kind, entries in kinds.items()),
        "is_whole": len(kinds) > 1,
    }


def _entries(
    kind: str, entries: Sequence[IndexEntry], letters: Mapping[str, list[IndexEntry]], views: Views
) -> EntriesView:
    links = tuple((LinkView(views.own(letter), _path(kind, letter)), len(of)) for letter, of in letters.items())
    shown = () if letters else entries
    return EntriesView(
        kind,
        len(entries),
        tuple(EntryView(LinkView(views.own(of.name), page_path(kind, of.id)), of.said, of.about) for of in shown),
        links,
    )


def _letters(entries: Sequence[IndexEntry]) -> dict[str, list[IndexEntry]]:
    found: dict[str, list[IndexEntry]] = {}
    for entry in entries:
        found.setdefault(_letter(entry.name), []).append(entry)
    return {letter: found[letter] for letter in sorted(found)}


def _letter(name: str) -> str:
    first = unicodedata.normalize("NFKD", name)[0].upper()[0]
    return first if first.isalpha() else "0-9"


def _path(kind: str, letter: str) -> str:
    return f"voices/{kind}-{letter.lower()}.html"
