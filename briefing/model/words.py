"""The words of the theme in one language: what it says, by key, with places for values and forms for numbers."""

from collections.abc import Mapping
from functools import cached_property
from string import Formatter
from typing import Any

from briefing.model.digests import digest

# What is said, or how it is said of one, of two, of many: by the categories of CLDR.
Entry = str | Mapping[str, str]
# Words, and the name of the value that follows them, or none.
Piece = tuple[str, str | None]
_FORMATTER = Formatter()


class Words:
    """The words of one language: entries by key, such as `ledger.title`."""

    def __init__(self, language: str, entries: Mapping[str, Entry]) -> None:
        self.language, self._entries = language, entries
        self._pieces: dict[str, tuple[Piece, ...]] = {}

    def __reduce__(self) -> tuple[type["Words"], tuple[str, Mapping[str, Entry]]]:
        return Words, (self.language, self._entries)

    @cached_property
    def digest(self) -> bytes:
        """What tells them from any others."""
        return digest(self.language, self._entries)

    def pieces(self, key: str, n: int | None = None) -> tuple[Piece, ...]:
        """What an entry says, of `n` things where it has forms for that. LookupError for a key that is not there."""
        text = self._text(key, n)
        found = self._pieces.get(text)
        if found is None:
            found = self._pieces[text] = tuple((words, name) for words, name, _, _ in _FORMATTER.parse(text))
        return found

    def _text(self, key: str, n: int | None) -> str:
        entry = self._entries.get(key)
        if entry is None:
            raise LookupError(f"there are no words `{key}`")
        if isinstance(entry, str):
            return entry
        return entry.get(str(self._locale.plural_form(n or 0)), entry["other"])

    def number(self, n: int) -> str:
        """A number as the language writes it."""
        if n < 10_000:
            return str(n)
        from babel.numbers import format_decimal  # only large sites count so far

        return str(format_decimal(n, locale=self._locale))

    @cached_property
    def _locale(self) -> Any:
        return _locale_of(self.language) or _locale_of("en")


def _locale_of(language: str) -> Any:
    """What the CLDR knows of a language, if it knows it."""
    from babel import Locale, UnknownLocaleError  # commands that show no words do without

    for tag in (language, language.partition("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None


def plural_forms(language: str) -> frozenset[str] | None:
    """The categories of CLDR that numbers have in a language, if it is known: `one` and `other` in English."""
    locale = _locale_of(language)
    return locale and frozenset([*locale.plural_form.tags, "other"])


def words_for(language: str, catalogues: Mapping[str, Mapping[str, Entry]]) -> Words:
    """The words of a site in that language: of its region, else of the language, else English."""
    found = next((tag for tag in (language, language.partition("-")[0], "en") if tag in catalogues), "en")
    return Words(found, catalogues.get(found, {}))


NO_WORDS = Words("en", {})
