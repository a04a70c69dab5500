"""Words that messages have in common: articles, counts, and lists of which only some are named."""

import unicodedata
from collections.abc import Sequence
from itertools import accumulate


def a_or_an(word: str) -> str:
    """The word with its article: `a fact`, `an opinion`."""
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def alternatives(words: Sequence[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    return " or ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def counted(count: int, word: str) -> str:
    """`1 claim`, `2 claims`."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def first_of(names: Sequence[str], most: int) -> str:
    """The first of the names and how many more there are: `a, b and 3 more`."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def shortened(text: str, most: int) -> str:
    """The beginning of a text on one line, cut between words where it has them. `most` counts characters, wide ones as
    two."""
    text = " ".join(text.split())
    cells = accumulate(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
    end = next((at for at, taken in enumerate(cells) if taken > most), None)
    if end is None:
        return text
    cut = text[:end]
    if text[end] != " " and " " in cut[end // 2 :]:
        cut = cut.rpartition(" ")[0]
    return cut.rstrip(" ,;:、，") + "…"
