"""Folding: a text in the form in which words are compared, and the way back from its offsets to the text.

White space, Unicode compatibility forms (NFKC), typographic quotation marks and dashes, soft hyphens and zero-width
characters are folded; white space between two wide (CJK) characters goes.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_TABLE = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u2039\u203a\uff07", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u301d\u301e\u301f\uff02", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
        **dict.fromkeys(_ZERO_WIDTH, ""),
    }
)
_ONE_TO_ONE = {chr(code): replacement for code, replacement in _TABLE.items() if replacement} | {"\n": " ", "\xa0": " "}
_FOLDING = re.compile(f"[{''.join(_ONE_TO_ONE)}]")
# What is not plain: characters outside printable ASCII, with the spaces between them, and runs of spaces.
_SPECIAL = re.compile(r"[^ -~]+(?: +[^ -~]+)*|  +")
_BLANK = re.compile(rf"[\s{_ZERO_WIDTH}]+")
WIDE = re.compile(
    r"[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U0001f200-\U0001f2ff\U00020000-\U0003fffd]"
)


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


def fold(text: str) -> Folded:
    """The text as quotes are compared."""
    plain = text
    for character in set(_FOLDING.findall(text)):  # a few, and `str.translate` takes ten times as long
        plain = plain.replace(character, _ONE_TO_ONE[character])
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
    between_wide = start > 0 and end < len(text) and WIDE.match(text, start - 1) and WIDE.match(text, end)
    return "" if between_wide else " "


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


def _folded_cluster(cluster: str) -> str:
    folded = unicodedata.normalize("NFKC", cluster.translate(_TABLE)).translate(_TABLE)
    # A few characters, such as a diaeresis alone, are a space with a mark under NFKC: white space is ours to fold.
    return unicodedata.normalize("NFC", cluster).translate(_TABLE) if " " in folded else folded
