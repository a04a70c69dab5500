"""Cuts: whether a quote that begins or ends at a place takes the words and numbers there whole.

What is parted by a cut may say something else than the article: `binding` in "non-binding", `5` in "−5", `can` in
"can’t", `五億` in "三十五億". White space and punctuation part words, letters that touch do not. In scripts without
spaces a reader parts words by their sense, so there a cut between letters is none, but for numbers, negations and the
signs that belong to a letter. What can be told by the characters around the cut is told, by the rules of `joined`; what
needs a dictionary is not.
"""

import re
import unicodedata
from itertools import takewhile

from briefing.read.folding import ZERO_WIDTH
from briefing.read.joined import (
    CHINESE_AND_JAPANESE,
    ELIDED,
    FOLLOWS,
    LEADS,
    NEGATION,
    NOTE,
    NOTED,
    NUMBERS_AND_WORDS,
    SPELLED_PREFIX,
    WITHOUT_SPACES,
)
from briefing.read.korean import begins_with_particle
from briefing.read.marks import MAY_BE_MARK

_LONGEST_WORD = 100
_REACH = 24

_INVISIBLE = dict.fromkeys(map(ord, ZERO_WIDTH))
_HANGUL = re.compile(r"[\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7ff\uffa1-\uffdc]")


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch widened until it cuts no word or number.

    What goes on for longer than any word is none, and can be cut.
    """
    first, last = start, end
    while first > 0 and cuts_head(text, first) and start - first <= _LONGEST_WORD:
        first -= 1
    while last < len(text) and cuts_tail(text, last) and last - end <= _LONGEST_WORD:
        last += 1
    return first if start - first <= _LONGEST_WORD else start, last if last - end <= _LONGEST_WORD else end


def cuts_head(text: str, index: int) -> bool:
    """Whether a quote that begins at `index` leaves out the head of a word or number."""
    before, after = _around(text, index)
    if _is_plain(before, after):
        return False
    if ELIDED.search(before) and after[0].isalnum():
        return False
    return _parts(text, index, before, after) or _is_in_negation(before, after, 1)


def cuts_tail(text: str, index: int) -> bool:
    """Whether a quote that ends at `index` leaves out the end of a word or number."""
    before, after = _around(text, index)
    if _is_plain(before, after):
        return False
    if (_HANGUL.match(after) and begins_with_particle(before, after)) or (NOTE.match(after) and NOTED.search(before)):
        return False
    return _parts(text, index, before, after) or _is_in_negation(before, after, 0)


def _around(text: str, index: int) -> tuple[str, str]:
    """The visible characters before and after a place."""
    before, after = text[max(0, index - _REACH) : index], text[index : index + _REACH]
    if before.isascii() and after.isascii():
        return before, after
    return before.translate(_INVISIBLE), after.translate(_INVISIBLE)


def _is_plain(before: str, after: str) -> bool:
    """Whether nothing can belong together here: by far the most quotes begin and end between a word and a space."""
    if not before or not after:
        return True
    last, first = before[-1], after[0]
    return (last.isspace() and (first.isalpha() or first.isspace())) or (
        first.isspace() and (last.isalpha() or last in ".,;:!?\"'”’") and last not in "만억조"
    )


def _parts(text: str, index: int, before: str, after: str) -> bool:
    """Whether a cut between the two parts what belongs together."""
    last, first = before[-1], after[0]
    if last.isascii() and first.isascii() and last.isalnum() and first.isalnum():
        return True
    if _is_mark(first) or "\u200d" in _gap(text, index):
        return not last.isspace() and not first.isspace()
    if _is_syllable(before, after):
        return True
    before, after = _without_marks(before), _without_marks(after)
    return before != "" and (_is_word(before[-1], first) or _is_ruled(before, after))


def _is_word(last: str, first: str) -> bool:
    """Whether letters or digits that touch are of one word."""
    if not last.isalnum() or not first.isalnum():
        return False
    return not WITHOUT_SPACES.match(last) and not WITHOUT_SPACES.match(first)


def _is_ruled(before: str, after: str) -> bool:
    """Whether a rule says that the two belong together."""
    last, first = before[-1], after[0]
    if not (last.isalpha() and first.isalpha()) and NUMBERS_AND_WORDS.match(before, after):
        return True
    if last.isascii() and first.isascii():
        return False
    return CHINESE_AND_JAPANESE.match(before, after) or any(
        found.start() < len(before) < found.end() for found in SPELLED_PREFIX.finditer(before + after)
    )


def _gap(text: str, index: int) -> str:
    """The invisible characters at a place: one that joins pictures keeps them one picture."""
    if text[index - 1 : index + 1].isascii():
        return ""
    before = takewhile(ZERO_WIDTH.__contains__, reversed(text[max(0, index - _REACH) : index]))
    return "".join([*before, *takewhile(ZERO_WIDTH.__contains__, text[index : index + _REACH])])


def _is_mark(character: str) -> bool:
    """A combining mark: an accent, a vowel sign, a tone mark, a virama."""
    return character >= "\u0300" and unicodedata.category(character)[0] == "M"


def _without_marks(text: str) -> str:
    return "".join(one for one in text if not _is_mark(one)) if MAY_BE_MARK.search(text) else text


def _is_syllable(before: str, after: str) -> bool:
    last = before[-1]
    return bool((FOLLOWS.match(after) and WITHOUT_SPACES.match(last)) or (after[0].isalnum() and LEADS.search(before)))


def _is_in_negation(before: str, after: str, inside: int) -> bool:
    """Whether the cut is in a Japanese negation, or, unless `inside`, just before one."""
    if not "ぁ" <= after[0] <= "ゖ" and after[0] != "得":
        return False
    at = len(before)
    return any(found.start() + inside <= at < found.end() for found in NEGATION.finditer(before + after))
