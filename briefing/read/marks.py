"""Marks piled on one character: a text with thousands of them takes minutes to normalize.

No language needs more than a handful; 30 is the bound of Unicode's Stream-Safe Text Format (UAX #15, section 13).
"""

import re
import unicodedata

MAX_MARKS = 30
PILED = f"more than {MAX_MARKS} marks stand on one character"
# No combining mark is a letter, a digit or a space.
_NO_LETTERS = re.compile(rf"[^\w\s\x00-\x7f]{{{MAX_MARKS + 1},}}")


def piled_marks(text: str) -> int | None:
    """Where more than `MAX_MARKS` combining marks follow each other; None where they do nowhere."""
    if text.isascii():
        return None
    for stretch in _NO_LETTERS.finditer(text):
        count = 0
        for index in range(*stretch.span()):
            count = count + 1 if unicodedata.combining(text[index]) else 0
            if count > MAX_MARKS:
                return index - MAX_MARKS
    return None
