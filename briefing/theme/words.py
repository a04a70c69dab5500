"""The words of the theme: a catalogue for each language, and what templates say with one."""

from collections.abc import Mapping
from functools import cached_property
from string import Formatter
from typing import Any

from babel import Locale
from markupsafe import Markup, escape

from briefing.model.digests import digest
from briefing.read.catalogues import Entry

_PARSED = Formatter()


def words_for(language: str, catalogues: Mapping[str, Mapping[str, Entry]]) -> "Words":
    """The words of a site in that language: of its region, else of the language, else English."""
    found = next((tag for tag in (language, language.partition("-")[0], "en") if tag in catalogues), "en")
    return Words(found, catalogues.get(found, {}))


class Words:
    """The words of one language: entries by key, such as `ledger.title`."""

    def __init__(self, language: str, entries: Mapping[str, Entry]) -> None:
        self.language, self._entries = language, entries
        self._plain: dict[str, Markup] = {}

    @cached_property
    def digest(self) -> bytes:
        """What tells them from any others."""
        return digest(self.language, self._entries)

    def say(self, key: str, n: int | None = None, /, **values: Any) -> Markup:
        """What the entry says: of `n` things, and with values in the places that it names.

        LookupError for a key that is not there, or a place without a value.
        """
        if n is None and not values:
            found = self._plain.get(key)
            if found is None:
                found = self._plain[key] = escape(self._text(key, n))
            return found
        return self._filled(self._text(key, n), {"n": self._number(n), **values} if n is not None else values)

    def status(self, status: str) -> Markup:
        """A status in words."""
        return self.say(f"status.{status}")

    def __reduce__(self) -> tuple[type["Words"], tuple[str, Mapping[str, Entry]]]:
        return Words, (self.language, self._entries)

    def _text(self, key: str, n: int | None) -> str:
        entry = self._entries.get(key)
        if entry is None:
            raise LookupError(f"there are no words `{key}`")
        if isinstance(entry, str):
            return entry
        return entry.get(self._locale.plural_form(n or 0), entry["other"])

    @staticmethod
    def _filled(text: str, values: Mapping[str, Any]) -> Markup:
        parts: list[str] = []
        for words, name, _, _ in _PARSED.parse(text):
            parts.append(escape(words))
            if name:
                if name not in values:
                    raise LookupError(f"`{text}` has no value for {{{name}}}")
                parts.append(escape(values[name]))
        return Markup("".join(parts))  # noqa: S704 - escaped above

    @cached_property
    def _locale(self) -> Locale:
        return Locale.parse(self.language, sep="-")

    def _number(self, n: int) -> str:
        if n < 10_000:
            return str(n)
        from babel.numbers import format_decimal  # only large sites count so far

        return str(format_decimal(n, locale=self._locale))
