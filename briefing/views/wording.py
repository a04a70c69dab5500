"""How views say what they say: the words of the theme, and the locale that numbers and dates are written in."""

from collections.abc import Iterable
from typing import NamedTuple

from briefing.model.words import Words
from briefing.views.phrases import Phrase, listed, phrase, spoken, unmarked


class Wording(NamedTuple):
    """The CLDR locale of a site, and the words of its theme."""

    locale: str
    words: Words

    def say(self, key: str, n: int | None = None, /, **values: Phrase | int) -> Phrase:
        """What an entry of the catalogue says: of `n` things, and with values in the places that it names."""
        pieces = self.words.pieces(key, n)
        if len(pieces) == 1 and pieces[0][1] is None:
            return unmarked(pieces[0][0])  # most entries are words alone
        given: dict[str, Phrase | int] = {"n": n, **values} if n is not None else values
        parts: list[Phrase] = []
        for words, name in pieces:
            parts.append(unmarked(words))
            if name:
                value = given[name]
                parts.append(unmarked(self.words.number(value)) if isinstance(value, int) else value)
        return phrase(*parts)

    def spoken(self, text: str, language: str) -> Phrase:
        """A text in a language, marked where the theme's is another."""
        return spoken(text, language, self.words.language)

    def local(self, text: str) -> Phrase:
        """A date, a number or a name as the locale writes it."""
        return self.spoken(text, self.locale.replace("_", "-"))

    def listed(self, parts: Iterable[Phrase], sign: str = "comma") -> Phrase:
        """Phrases with the sign that the language puts between them."""
        return listed(parts, self.say(f"sign.{sign}"))
