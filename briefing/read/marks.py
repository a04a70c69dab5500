"""Marks piled on one character: a text with thousands of them takes minutes to normalize.

No language needs more than a handful; 30 is the bound of Unicode's Stream-Safe Text Format (UAX #15, section 13).
"""

import re
import unicodedata

MAX_MARKS = 30
PILED = f"more than {MAX_MARKS} marks stand on one character"
# Latin letters, punctuation, ideographs, kana and Hangul are no combining marks, and most texts hold nothing else.
MAY_BE_MARK = re.compile(
    r"[^\x00-\u02ff\u2010-\u2027\u3000-\u3029\u3030-\u3098\u309b-\u9fff\uac00-\ud7a3\uff00-\uffef]"
)
# No combining mark is a letter, a digit or a space.
_NO_LETTERS = re.compile(rf"[^\w\s\x00-\x7f]{{{MAX_MARKS + 1},}}")


def piled_marks(text: str) -> int | None:
    """Where more than `MAX_MARKS` combining marks follow each other; None where they do nowhere."""
    if text.isascii() or MAY_BE_MARK.search(text) is None:
        return None
    for stretch in _NO_LETTERS.finditer(text):
        count = 0
        for index in range(*stretch.span()):
            count = count + 1 if unicodedata.combining(text[index]) else 0
            if count > MAX_MARKS:
                return index - MAX_MARKS
    return None
