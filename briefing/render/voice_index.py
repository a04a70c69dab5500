"""The index of all people, organizations, places and sources."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from briefing.link.voices import Voice
from briefing.model.addresses import page_path
from briefing.model.entity import Entity
from briefing.model.registries import ENTITIES
from briefing.read.content import CONFIG
from briefing.render.archive import Periods
from briefing.render.maker import Maker
from briefing.render.page import Context, Page
from briefing.render.tongues import english, phrase
from briefing.render.views import LinkView

PATH = "voices.html"
# A kind with more entries than these has a page for each first letter.
SHOWN = 300


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry with how many claims name it as a voice, and how many are about it."""

    link: LinkView
    said: int
    about: int


@dataclass(frozen=True, slots=True)
class EntriesView:
    """The entries of one kind in the order of their names, or links to their pages by first letter with counts."""

    kind: str
    count: int
    entries: tuple[EntryView, ...]
    letters: Periods


def voice_index(maker: Maker) -> Iterator[Page]:
    """The index, and pages by first letter for kinds with many entries."""
    kinds = {kind: sorted(getattr(maker.site.content, kind).items(), key=_by_name) for kind in ENTITIES}
    letters = {kind: _letters(entries) if len(entries) > SHOWN else {} for kind, entries in kinds.items()}
    yield maker.page(PATH, "voices.html", english("Voices"), partial(_context, maker, kinds, letters), CONFIG)
    for kind, of_kind in letters.items():
        for letter, entries in of_kind.items():
            context = partial(_context, maker, {kind: entries}, {})
            title = phrase(english(f"{kind.capitalize()}: "), maker.views.own(letter))
            yield maker.page(_path(kind, letter), "voices.html", title, context, CONFIG)


Entries = Sequence[tuple[str, Entity]]


def _context(maker: Maker, kinds: Mapping[str, Entries], letters: Mapping[str, dict[str, Entries]]) -> Context:
    return {
        "kinds": tuple(_entries(maker, kind, entries, letters.get(kind, {})) for kind, entries in kinds.items()),
        "is_whole": len(kinds) > 1,
    }


def _entries(maker: Maker, kind: str, entries: Entries, letters: Mapping[str, Entries]) -> EntriesView:
    links = tuple((LinkView(maker.views.own(letter), _path(kind, letter)), len(of)) for letter, of in letters.items())
    shown = () if letters else tuple(_entry(maker, kind, id, entity) for id, entity in entries)
    return EntriesView(kind, len(entries), shown, links)


def _entry(maker: Maker, kind: str, id: str, entity: Entity) -> EntryView:
    voice = maker.voices.get(id, Voice())
    # A source also says what its own articles report without naming a voice.
    said = len(voice.origin) + len(voice.relay) if kind == "sources" else len(voice.said)
    return EntryView(LinkView(maker.views.own(entity.name), page_path(kind, id)), said, len(voice.about))


def _by_name(entry: tuple[str, Entity]) -> tuple[str, str]:
    return entry[1].name.casefold(), entry[0]


def _letters(entries: Entries) -> dict[str, Entries]:
    found: dict[str, list[tuple[str, Entity]]] = {}
    for id, entity in entries:
        found.setdefault(_letter(entity.name), []).append((id, entity))
    return {letter: found[letter] for letter in sorted(found)}


def _letter(name: str) -> str:
    first = unicodedata.normalize("NFKD", name)[0].upper()[0]
    return first if first.isalpha() else "0-9"


def _path(kind: str, letter: str) -> str:
    return f"voices/{kind}-{letter.lower()}.html"
