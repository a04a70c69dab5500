"""What templates say with the words of the theme."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from briefing.model.words import Words


class Said:
    """The words of the theme as HTML, each put together once where nothing but a number has to be filled in."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._plain: dict[tuple[str, int | None], Markup] = {}

    def say(self, key: str, n: int | None = None, /, **values: Any) -> Markup:
        """What the entry says: of `n` things, and with values in the places that it names.

        LookupError for a key that is not there, or a place without a value.
        """
        if values:
            return self._filled(key, n, values if n is None else {"n": self._words.number(n), **values})
        found = self._plain.get((key, n))
        if found is None:
            found = self._plain[key, n] = self._filled(key, n, {} if n is None else {"n": self._words.number(n)})
        return found

    def status(self, status: str) -> Markup:
        """A status in words."""
        return self.say(f"status.{status}")

    def _filled(self, key: str, n: int | None, values: Mapping[str, Any]) -> Markup:
        parts: list[str] = []
        for words, name in self._words.pieces(key, n):
            parts.append(escape(words))
            if name:
                if name not in values:
                    raise LookupError(f"the words `{key}` have no value for {{{name}}}")
                parts.append(escape(values[name]))
        return Markup("".join(parts))  # noqa: S704 - escaped above
