"""Terms: what a text is found by. `templates/assets/search.js` does the same to what readers type, with these letters,
so that both agree.

Words of scripts that part them are terms as they are. Of scripts that do not (Chinese, Japanese, Thai...), and of
Korean, whose words have endings, every two characters that follow each other are one, so that 防衛費 is found in the
middle of a sentence. The classes of characters are our own: those of a language's library change with its version.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

# Scripts that are written without blanks, and Hangul; as character classes of Python and of JavaScript.
WIDE = (
    "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3105-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
# What stands between words: controls, blanks, punctuation, symbols.
BETWEEN = (
    "\\0-/:-@\\[-`{-\u00bf\u00d7\u00f7\u037e\u0387\u055a-\u055f\u0589\u05be\u05c0\u05c3\u05f3\u05f4\u060c\u061b\u061f"
    "\u066a-\u066d\u06d4\u0964\u0965\u1680\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e7f\u3000-\u3004"
    "\u3008-\u3020\u3030\u303b-\u3040\u3097-\u309c\u30a0\u30fb\ue000-\uf8ff\ufdd0-\ufe4f\ufeff\ufff0-\uffff"
    "\U0001f000-\U0001faff"
)
# Accents and points, soft hyphens, and marks of direction: a text is the same without them.
IGNORED = (
    "\u00ad\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c7\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e"
    "\u2060\u2066-\u2069\ufeff"
)
# Letters that are others with a stroke, and ligatures that no form of Unicode takes apart.
FOLDED = dict(zip("ßςæœøđðłħıþ", ["ss", "σ", "ae", "oe", "o", "d", "d", "l", "h", "i", "th"], strict=True))
# English words that say nothing of what a text is about, and stand in nearly all.
STOP = frozenset(
    [
        *("a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it"),
        *("of", "on", "or", "that", "the", "to", "was", "were", "with"),
    ]
)
# Stretches of such scripts, words, and single figures; no single letters.
_RUN = f"[{WIDE}]+|[^{BETWEEN}{WIDE}]{{2,}}|[0-9]"
# All of that for the script: its expressions, letters and words.
LETTERS = (
    (f"[{IGNORED}]", f"[{''.join(FOLDED)}]", _RUN, f"({_RUN})", f"^[{WIDE}]"),
    FOLDED,
    sorted(STOP),
)

_FOLDED = str.maketrans(FOLDED)


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    """When it is first needed: such classes take milliseconds, and most builds find the index as it is."""
    return re.compile(expression)


def normalised(text: str) -> str:
    """The text without differences of case, accents and width (NFKC, by way of NFKD)."""
    if text.isascii():
        return text.lower()
    apart = _compiled(f"[{IGNORED}]").sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFC", apart).lower().translate(_FOLDED)


def runs(text: str) -> list[str]:
    """The words of a normalised text, and its stretches of scripts without blanks."""
    return _compiled(_RUN).findall(text)


def is_wide(run: str) -> bool:
    """Whether a run is of a script without blanks."""
    return bool(_compiled(f"[{WIDE}]").match(run))


def terms(text: str) -> set[str]:
    """What a normalised text is found by. The last character of a stretch is a term of its own: so each begins one."""
    found = set(runs(text)) - STOP
    return found if text.isascii() else set(_parted(found))


def _parted(found: Iterable[str]) -> Iterable[str]:
    for run in found:
        if is_wide(run):
            yield from (run[at : at + 2] for at in range(len(run)))
        else:
            yield run
