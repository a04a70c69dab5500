"""How views say what they say: the words of the theme, and the locale that numbers and dates are written in."""

from typing import NamedTuple

from briefing.model.words import Words
from briefing.views.phrases import Phrase, english, phrase


class Wording(NamedTuple):
    """The CLDR locale of a site, and the words of its theme."""

    locale: str
    words: Words

    def say(self, key: str, n: int | None = None, /, **values: Phrase | int) -> Phrase:
        """What an entry of the catalogue says: of `n` things, and with values in the places that it names."""
        given: dict[str, Phrase | int] = {"n": n, **values} if n is not None else values
        parts: list[Phrase] = []
        for words, name in self.words.pieces(key, n):
            parts.append(english(words))
            if name:
                value = given[name]
                parts.append(english(self.words.number(value)) if isinstance(value, int) else value)
        return phrase(*parts)
