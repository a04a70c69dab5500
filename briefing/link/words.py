"""Words that the messages of several checks have in common."""

from collections.abc import Sequence


def a_or_an(word: str) -> str:
    """The word with its article: `a fact`, `an opinion`."""
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def alternatives(words: Sequence[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    return " or ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)
