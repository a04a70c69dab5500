"""Folding: a text in the form in which words are compared, and the way back from its offsets to the text.

White space, compatibility forms of Unicode (NFKC), typographic quotation marks and dashes, soft hyphens and zero-width
characters are folded; white space between characters of scripts that are written without it (Chinese, Japanese) goes.
Korean, and letters and digits of full width, have spaces that count.

Not folded, unlike under NFKC, is what would become part of the number or word beside it: raised and lowered characters
(10⁶ is not 106), fractions (1½ is not 11/2), circled and Roman numbers, and numbers in brackets.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_TABLE = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u2039\u203a\uff07", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u301d\u301e\u301f\uff02", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
        **dict.fromkeys(ZERO_WIDTH, ""),
    }
)
_ONE_TO_ONE = {chr(code): replacement for code, replacement in _TABLE.items() if replacement} | {"\xa0": " "}
# What is not plain: characters outside printable ASCII, with the spaces between them, and runs of spaces.
_SPECIAL = re.compile(r"[^ -~]+(?: +[^ -~]+)*|  +")
_BLANK = re.compile(rf"[\s{ZERO_WIDTH}]+")
# Ideographs, kana and bopomofo with their marks and punctuation, also those of full width that fold to ASCII.
WIDE = re.compile(
    r"[\u2e80-\u312f\u3190-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f"
    r"\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff9f\U0001aff0-\U0001b16f\U00020000-\U0003fffd]"
)
_KEPT = ("<super>", "<sub>", "<circle>", "<fraction>")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text, and the way back: breakpoints (folded offset, original offset, original end or -1)."""

    text: str
    breaks: tuple[int, ...]
    origins: tuple[tuple[int, int], ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The original offsets of a stretch of the folded text that is not empty."""
        index = bisect_right(self.breaks, start) - 1
        origin, fixed_end = self.origins[index]
        first = origin if fixed_end >= 0 else origin + start - self.breaks[index]
        index = bisect_right(self.breaks, end - 1) - 1
        origin, fixed_end = self.origins[index]
        return first, (fixed_end if fixed_end >= 0 else origin + end - self.breaks[index])

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The way there: the offsets in the folded text of a stretch that `origin` gave."""
        return self._place(start), self._place(end)

    def _place(self, offset: int) -> int:
        index = bisect_right(self.origins, offset, key=itemgetter(0)) - 1
        origin, fixed_end = self.origins[index]
        return self.breaks[index] + (offset - origin if fixed_end < 0 else 0)


def fold(text: str) -> Folded:
    """The text as quotes are compared."""
    plain = text.replace("\n", " ")
    if not plain.isascii():
        # Most of them are not there, and `str.translate` takes ten times as long.
        for character, replacement in _ONE_TO_ONE.items():
            if character in plain:
                plain = plain.replace(character, replacement)
    if plain.isascii() and "  " not in plain and "\n" not in plain and "\t" not in plain:
        return Folded(plain, (0,), ((0, -1),))
    return _fold_piecewise(text)


def _fold_piecewise(text: str) -> Folded:
    """Any text: where the folded stretch has another length than its original, a breakpoint is set."""
    out: list[str] = []
    breaks: list[int] = [0]
    origins: list[tuple[int, int]] = [(0, -1)]
    length = done = 0

    def put(piece: str, start: int, end: int) -> None:
        """`piece` stands for the original stretch; one as long as its original needs no break of its own."""
        nonlocal length
        if piece == text[start:end]:
            out.append(piece)
            length += len(piece)
            return
        if piece:
            breaks.append(length)
            origins.append((start, end))
        out.append(piece)
        length += len(piece)
        breaks.append(length)
        origins.append((end, -1))

    while match := _SPECIAL.search(text, done):
        start, end = match.span()
        if _BLANK.match(text, start):
            while start > done and text[start - 1] == " ":
                start -= 1
        elif start > done and unicodedata.combining(text[start]):
            start -= 1
        if blank := _BLANK.match(text, end - 1):
            end = blank.end()
        put(text[done:start], done, start)
        for first, last in _stretches(text, start, end):
            if _BLANK.fullmatch(text, first, last):
                put(_folded_space(text, first, last), first, last)
            else:
                for at, to in _clusters(text, first, last):
                    put(_folded_cluster(text[at:to]), at, to)
        done = end
    put(text[done:], done, len(text))
    return Folded("".join(out), tuple(breaks), tuple(origins))


def _stretches(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A stretch cut where white space begins and ends."""
    cuts = [start]
    for blank in _BLANK.finditer(text, start, end):
        cuts += [blank.start(), blank.end()]
    cuts.append(end)
    return [(first, last) for first, last in pairwise(cuts) if first < last]


def _folded_space(text: str, start: int, end: int) -> str:
    if not any(character.isspace() for character in text[start:end]):
        return ""
    if start == 0 or end == len(text) or not _is_unspaced(text[end]):
        return " "
    base = start - 1
    while base > 0 and unicodedata.category(text[base]) == "Mn":  # a voiced sound mark, a variation selector
        base -= 1
    return "" if _is_unspaced(text[base]) else " "


@lru_cache(maxsize=4096)
def _is_unspaced(character: str) -> bool:
    """Whether white space between this character and another such says nothing."""
    return bool(WIDE.match(character) or all(map(WIDE.match, _folded_cluster(character))))


def _clusters(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches that must be normalized together: a base character with its marks; long plain ones at once."""
    chunk = text[start:end]
    if unicodedata.is_normalized("NFKC", chunk) and chunk.translate(_TABLE) == chunk:
        return [(start, end)]
    clusters: list[tuple[int, int]] = []
    for index in range(start, end):
        character = text[index]
        if clusters and character >= "\u0300" and _joins(text[clusters[-1][0] : index], character):
            clusters[-1] = (clusters[-1][0], index + 1)
        else:
            clusters.append((index, index + 1))
    return clusters


@lru_cache(maxsize=4096)
def _joins(before: str, character: str) -> bool:
    """Whether a character is normalized together with what stands before it: a mark, a vowel sign, a final."""
    apart = unicodedata.normalize("NFKC", before) + unicodedata.normalize("NFKC", character)
    return bool(unicodedata.combining(character)) or unicodedata.normalize("NFKC", before + character) != apart


@lru_cache(maxsize=4096)
def _folded_cluster(cluster: str) -> str:
    spelled = "".join(map(_spelled, unicodedata.normalize("NFD", cluster.translate(_TABLE))))
    folded = unicodedata.normalize("NFC", spelled).translate(_TABLE)
    # A few characters, such as a diaeresis alone, are a space with a mark under NFKC: white space is ours to fold.
    return unicodedata.normalize("NFC", cluster).translate(_TABLE) if " " in folded else folded


def _spelled(character: str) -> str:
    """What a compatibility character stands for; itself where that could be read into what stands beside it."""
    form, *codes = unicodedata.decomposition(character).split() or [""]
    parts = [chr(int(code, 16)) for code in codes]
    if not form.startswith("<") or form in _KEPT:
        return character
    if not character.isdecimal() and (character.isnumeric() or any(map(_is_number, parts))):
        is_radical = form == "<compat>" and len(parts) == 1 and not character.isnumeric()  # from old PDF files
        return parts[0] if is_radical else character
    return "".join(map(_spelled, parts))


def _is_number(character: str) -> bool:
    """A digit or an ideograph that is one; the raised 2 of ㎡ cannot be read into what stands beside it."""
    return character.isnumeric() and unicodedata.category(character) != "No"
