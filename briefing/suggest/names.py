"""Names: where a text names the people, organizations, places and sources of the registries."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from briefing.model.entity import Entity, Person
from briefing.model.registries import ENTITIES
from briefing.read.content import Content
from briefing.read.folding import WIDE
from briefing.read.korean import begins_with_particle

# Of one length with what they stand for, so that offsets stay.
_PLAIN = str.maketrans({"\u2019": "'", "\u2018": "'", "\xa0": " ", "\n": " ", "\u2010": "-", "\u2011": "-"})
_HEAD = re.compile(rf"(?:(?!{WIDE.pattern})\w)+|{WIDE.pattern}")
_SHORTEST_FAMILY_NAME = 3
_ARTICLE = re.compile(r"(?:The|A|An) ")


@dataclass(frozen=True, slots=True)
class Name:
    """Where a text names an entry: offsets in the text, the entry's id and its registry."""

    start: int
    end: int
    id: str
    kind: str


@dataclass(slots=True)
class Names:
    """All names of a site's registries, by what they begin with: a word, or two characters where words touch others."""

    by_head: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)

    def found_in(self, text: str) -> list[Name]:
        """The names in a text, in its order, as whole words; of those that overlap the longest that begins first."""
        plain, found, done = text.translate(_PLAIN), list[Name](), 0
        for start, head in _heads(plain):
            if start < done:
                continue
            for name, id, kind in self.by_head.get(head, ()):
                end = start + len(name)
                if plain.startswith(name, start) and not _goes_on(plain, end):
                    found.append(Name(start, end, id, kind))
                    done = end
                    break
        return found


def names_of(content: Content) -> Names:
    """The names, other names and family names of all entries. What two entries are called by is neither's."""
    ids: dict[str, set[tuple[str, str]]] = {}
    for kind in ENTITIES:
        entries: dict[str, Any] = getattr(content, kind)
        for id, entity in entries.items():
            for name in _called(entity):
                ids.setdefault(name, set()).add((id, kind))
    names = Names()
    for name in sorted(ids, key=lambda name: (-len(name), name)):
        if len(ids[name]) == 1:
            (id, kind), head = next(iter(ids[name])), next((head for _, head in _heads(name)), None)
            if head is not None and name.startswith(head):
                names.by_head.setdefault(head, []).append((name, id, kind))
    return names


def _called(entity: Entity) -> set[str]:
    """What an entry is called."""
    called = {entity.name, *entity.names.values(), *entity.aliases}
    called |= {name[match.end() :] for name in called if (match := _ARTICLE.match(name))}
    if isinstance(entity, Person):
        last = entity.name.rpartition(" ")[2]
        if len(last) >= _SHORTEST_FAMILY_NAME and last[0].isupper() and last != "May":
            called.add(last)
    return {" ".join(name.translate(_PLAIN).split()) for name in called if len(name) > 1}


def _heads(text: str) -> Iterator[tuple[int, str]]:
    """Where a name may begin, and what it is looked up by."""
    for match in _HEAD.finditer(text):
        start, head = match.start(), match.group()
        yield start, text[start : start + 2] if WIDE.match(head) or "가" <= head[0] <= "힣" else head


def _goes_on(text: str, end: int) -> bool:
    """Whether the word that ends there goes on. Chinese and Japanese words touch, and Korean nouns their particles."""
    before, after = text[end - 1 : end], text[end : end + 1]
    touches = before.isalnum() and after.isalnum() and not WIDE.match(before) and not WIDE.match(after)
    return touches and not begins_with_particle(text[max(0, end - 20) : end], text[end : end + 10])
