"""Headings of a text: their levels below the page's title, and the ids that their words make."""

import re
import unicodedata
from dataclasses import dataclass, field

from briefing.model.ids import caseless

_ASCII_WORD = re.compile(r"\w+", re.ASCII)


@dataclass(slots=True)
class Headings:
    """The headings of one text as they are written, one after another."""

    _levels: list[int] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)

    def opened(self, written: int) -> int:
        """The level of the next one on the page, whose title is the h1: one below the last one that is above it."""
        while self._levels and self._levels[-1] >= written:
            self._levels.pop()
        self._levels.append(written)
        return self.level

    @property
    def level(self) -> int:
        """That of the last one."""
        return min(6, 1 + len(self._levels))

    def id_of(self, text: str) -> str:
        """The id of the next one, which no other of the text has."""
        slug = "s-" + (_slug(text) or "section")
        count = self._counts.get(slug, 0) + 1
        while count > 1 and f"{slug}-{count}" in self._counts:
            count += 1
        self._counts[slug] = count
        id = slug if count == 1 else f"{slug}-{count}"
        self._counts.setdefault(id, 1)
        return id


def _slug(text: str) -> str:
    """The words of a heading as they stand in its address: in NFC, so that both forms of a letter lead there."""
    folded = caseless(text)
    if folded.isascii():
        return "-".join(_ASCII_WORD.findall(folded))
    return "-".join("".join(character if _is_of_word(character) else " " for character in folded).split())


def _is_of_word(character: str) -> bool:
    """Letters, digits and underscores, with the marks and vowel signs that belong to a letter."""
    return character == "_" or character.isalnum() or unicodedata.category(character) in ("Mn", "Mc")
