"""Raised and lowered digits: the characters that Unicode has for them.

A tag that raises a digit is not part of a text's words, so without them 10<sup>6</sup> would read 106 where only its
words are shown, and could be quoted so.
"""

import re
import unicodedata
from collections.abc import Iterator

_NUMBER = re.compile(r"[+\-−=(]*\d[\d+\-−=()]*")
_FORMS = {
    "sup": str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾"),
    "sub": str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"),
}


def shifted(text: str, tag: str) -> Iterator[tuple[str, bool]]:
    """The text within the tag in pieces: numbers as characters that need no tag, and the rest, which needs it."""
    done = 0
    for number in _NUMBER.finditer(text):
        if done < number.start():
            yield text[done : number.start()], True
        digits = "".join(str(unicodedata.decimal(one, one)) for one in number.group())
        yield digits.translate(_FORMS[tag]), False
        done = number.end()
    if done < len(text):
        yield text[done:], True
