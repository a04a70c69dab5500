"""Text fragments: addresses that lead to words on a page of somebody else's (WICG, URL Fragment Text Directives).

A browser looks for the words as whole words. It finds them in other capitals and with other quotation marks, but not
with other punctuation, and only within one block of the page; two ends of a long passage may stand in two blocks.
"""

import re
from urllib.parse import quote

from briefing.read.folding import WIDE

# Longer words are named by their ends: so many words, or, where words are not parted by spaces, characters.
_MOST_WORDS, _MOST_COLUMNS = 8, 80
_END_WORDS, _FEWEST_WORDS, _END_WIDE = 4, 6, 10
# A browser finds words in Chinese and Japanese by a dictionary. That they end at punctuation is sure.
_SURE = re.compile(r"\w+|\W+")


def leading_to(url: str, words: str, prefix: str | None = None, suffix: str | None = None) -> str:
    """The address of the words on the page at `url`, between those before and after them where these are given."""
    base, _, fragment = url.partition("#")
    before = [_encoded(_last(prefix)) + "-"] if prefix else []
    after = ["-" + _encoded(_first(suffix))] if suffix else []
    text = ",".join([*before, *map(_encoded, _ends(words)), *after])
    return f"{base}#{fragment.partition(':~:')[0]}:~:text={text}"


def _ends(words: str) -> list[str]:
    """The words; of many the first and the last ones."""
    parts = words.split()
    columns = len(words) + len(WIDE.findall(words))
    if len(parts) <= _MOST_WORDS and columns <= _MOST_COLUMNS:
        return [words]
    if WIDE.search(words):
        return _wide_ends(words)
    count = min(_END_WORDS, len(parts) // 2)
    return [" ".join(parts[:count]), " ".join(parts[-count:])] if len(parts) >= _FEWEST_WORDS else [words]


def _wide_ends(words: str) -> list[str]:
    pieces = _SURE.findall(words)
    first, last = _wide_start(pieces), _wide_start(pieces[::-1])
    if first + last >= len(pieces):
        return [words]
    return ["".join(pieces[:first]).strip(), "".join(pieces[-last:]).strip()]


def _wide_start(pieces: list[str]) -> int:
    """How many pieces hold enough characters."""
    length = 0
    for count, piece in enumerate(pieces, 1):
        length += len(piece)
        if length >= _END_WIDE and piece[0].isalnum():
            return count
    return len(pieces)


def _first(words: str) -> str:
    return words if WIDE.search(words) else " ".join(words.split()[:_END_WORDS])


def _last(words: str) -> str:
    return words if WIDE.search(words) else " ".join(words.split()[-_END_WORDS:])


def _encoded(words: str) -> str:
    """Percent-encoded for a directive, in which `-`, `,` and `&` have a meaning."""
    return quote(" ".join(words.split()), safe="").replace("-", "%2D")
