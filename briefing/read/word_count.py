"""Counting words, as limits of what may be quoted are written."""

from briefing.read.folding import WIDE


def words_in(text: str) -> int:
    """How many words a text has. Two Chinese or Japanese characters count as one."""
    wide = len(WIDE.findall(text))
    return sum(any(map(str.isalnum, word)) for word in WIDE.sub(" ", text).split()) + (wide + 1) // 2
