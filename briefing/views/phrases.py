"""Phrases: texts for people, each marked with its language and direction wherever a page shows it.

The words of the theme are in the language of its catalogue. What records say is in the site's language, what an
article says in the article's. A phrase carries that with it, and where it is another than the theme's it puts itself
into an element with `lang` and `dir` when a template shows it, so that no template has to think of it. Views hold
phrases and no plain texts for people, which mypy holds: so no view can forget it either.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple, NewType, TypeVar, overload

from babel.core import get_global
from markupsafe import Markup, escape

# A text for people. One that needs no mark is a plain text at run time.
Phrase = NewType("Phrase", str)
T = TypeVar("T", Phrase, None)

_RTL_SCRIPTS = frozenset(["Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"])
_RTL_LETTER = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


class Piece(NamedTuple):
    """A part of a phrase, with the language and the direction to be marked, where they are to be."""

    text: str
    lang: str | None
    dir: str | None


class _Marked(str):
    """A phrase with at least one piece to be marked. As a text it is plain."""

    __slots__ = ("pieces",)
    pieces: tuple[Piece, ...]

    def __html__(self) -> str:
        return in_element("span", self.pieces)

    @property
    def digest(self) -> bytes:
        """Different for phrases of which anything differs."""
        return repr(self.pieces).encode("utf-8", "surrogatepass")


def in_element(tag: str, pieces: Iterable[Piece]) -> str:
    """The pieces as HTML, those to be marked in elements of their own."""
    return "".join(
        f"<{tag}{attributes(piece)}>{escape(piece.text)}</{tag}>" if piece.lang or piece.dir else escape(piece.text)
        for piece in pieces
    )


def attributes(piece: Piece) -> str:
    """`lang` and `dir` as attributes of a start tag."""
    lang = f' lang="{escape(piece.lang)}"' if piece.lang else ""
    return f'{lang} dir="{piece.dir}"' if piece.dir else lang


def unmarked(text: str) -> Phrase:
    """The theme's own words, and what is in no language."""
    return Phrase(text)


@overload
def spoken(text: str, language: str, theme: str) -> Phrase: ...
@overload
def spoken(text: None, language: str, theme: str) -> None: ...
def spoken(text: str | None, language: str, theme: str) -> Phrase | None:
    """A text in a language, for pages of which the words are in that of the theme."""
    if not text:
        return None if text is None else Phrase(text)
    lang, dir = tongue(language, theme)
    if dir is None and not text.isascii() and _RTL_LETTER.search(text) and direction(language) == "ltr":
        dir = "auto"
    return _of((Piece(text, lang, dir),)) if lang or dir else Phrase(text)


def phrase(*parts: Phrase) -> Phrase:
    """One phrase of several, in this order."""
    if not any(isinstance(part, _Marked) for part in parts):
        return Phrase("".join(parts))
    return _of(_joined([piece for part in parts for piece in pieces_of(part)]))


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """The pieces with those of one kind that follow each other as one, also over blanks: blanks have no language."""
    found: list[Piece] = []
    for piece in pieces:
        found.append(piece)
        if len(found) > 2 and found[-2].text.isspace() and found[-3][1:] == piece[1:]:
            found[-3:] = [piece._replace(text="".join(part.text for part in found[-3:]))]
        elif len(found) > 1 and found[-2][1:] == piece[1:]:
            found[-2:] = [piece._replace(text=found[-2].text + piece.text)]
    return tuple(piece for piece in found if piece.text)


def listed(parts: Iterable[Phrase], separator: Phrase) -> Phrase:
    """Phrases with a separator between them."""
    found: list[Phrase] = []
    for part in parts:
        found += [separator, part] if found else [part]
    return phrase(*found)


def pieces_of(text: str) -> tuple[Piece, ...]:
    """The pieces of a phrase."""
    return text.pieces if isinstance(text, _Marked) else (Piece(text, None, None),)


def _of(pieces: tuple[Piece, ...]) -> Phrase:
    marked = _Marked("".join(piece.text for piece in pieces))
    marked.pieces = pieces
    return Phrase(marked)


@lru_cache(maxsize=1024)
def tongue(language: str, theme: str) -> tuple[str | None, str | None]:
    """What of a language is to be marked on a page of the theme: its tag, unless it is the theme's language in the same
    script, and its direction, unless it is that of the theme."""
    way = direction(language)
    return None if is_one(language, theme) else language, None if way == direction(theme) else way


def territorial(language: str) -> str:
    """A language with a country, as Open Graph wants it: `en_GB`; with that where most speak it, if it names none."""
    parts = language.split("-")
    named = next((part.upper() for part in parts[1:] if len(part) == 2 and part.isalpha()), None)
    likely = get_global("likely_subtags").get(parts[0], "").split("_")
    country = named or (likely[2] if len(likely) > 2 else None)
    return f"{parts[0]}_{country}" if country else parts[0]


def is_one(language: str, other: str) -> bool:
    """Whether two tags are of one language in one script, as `en-GB` and `en` are, and `zh-Hant` and `zh` are not."""
    return language.partition("-")[0] == other.partition("-")[0] and _script(language) == _script(other)


def direction(language: str) -> str:
    """`ltr` or `rtl`, or `auto`, which lets the browser look where nobody knows what the language is written in."""
    script = _script(language)
    return "auto" if script is None else "rtl" if script in _RTL_SCRIPTS else "ltr"


@lru_cache(maxsize=1024)
def _script(language: str) -> str | None:
    """The script that a tag names, else that in which CLDR says the language is mostly written."""
    first, *others = language.split("-")
    named = next((part.title() for part in others if len(part) == 4 and part.isalpha()), None)
    if named:
        return named
    known = get_global("likely_subtags")
    regions = [f"{first}_{part}" for part in others if len(part) == 2]
    likely = next((known[tag] for tag in (*regions, first) if tag in known), "").split("_")
    return str(likely[1]) if len(likely) > 1 else None


def theme_language(language: str, words: str) -> str:
    """The language of the theme on a site, by that of the site and that of its catalogue: the site's own kind of it."""
    return language if is_one(language, words) else words


# Filters of templates.


def plain(text: str) -> str:
    """A phrase without marks, for attributes and elements that hold nothing but text."""
    return str.__str__(text) if not isinstance(text, _Marked) else "".join(piece.text for piece in text.pieces)


def tongue_of(text: str) -> Markup:
    """The attributes for an element that holds nothing but text: those of the first piece that has any."""
    found = next((piece for piece in pieces_of(text) if piece.lang or piece.dir), None)
    return Markup(attributes(found)) if found else Markup("")  # noqa: S704 - escaped there


def drawn(text: str) -> Markup:
    """A phrase in an SVG, where there are no HTML elements."""
    return Markup(in_element("tspan", pieces_of(text)))  # noqa: S704 - escaped there


def way(language: str) -> Markup:
    """The attribute for a page in a language that does not run from left to right."""
    found = direction(language)
    return Markup("" if found == "ltr" else f' dir="{found}"')  # noqa: S704 - one of two words
