"""Korean particles: what may follow a noun in the same word and be left out of a quote of the noun.

Only those that mark a noun's part in its sentence, not those that change what is said of it (만 "only", 보다 "than").
Which form a particle has depends on the last sound before it, and that tells most of them from the end of a noun: 은
stands after a consonant, 는 after a vowel.
"""

import re
import unicodedata

_ALWAYS = "의|에|에는|에도|에서|에서는|에서도|에서의|에게|에게는|께|께서|께서는|도|까지|까지는|부터|부터는"
_AFTER_CONSONANT = re.compile(rf"(?:은|이|을|과|과는|과의|으로|으로는|으로의|으로서|으로써|{_ALWAYS})(?![^\W_])")
_AFTER_VOWEL = re.compile(rf"(?:는|가|를|와|와는|와의|로|로는|로의|로서|로써|{_ALWAYS})(?![^\W_])")
_SYLLABLES = re.compile("[가-힣]+$")
_NO_FINAL, _FINAL_L = 0, 8


def begins_with_particle(before: str, after: str) -> bool:
    """Whether `after` begins with a particle that ends its word, and `before` ends with a noun of two syllables or
    more, or with a foreign word or a number."""
    before, after = unicodedata.normalize("NFC", before), unicodedata.normalize("NFC", after)
    stem = _SYLLABLES.search(before)
    if stem is None:
        is_foreign = before[-1].isalnum() or before[-1] in "%％"
        return is_foreign and bool(_AFTER_CONSONANT.match(after) or _AFTER_VOWEL.match(after))
    if len(stem.group()) < 2:
        return False
    final = (ord(before[-1]) - ord("가")) % 28
    if final == _FINAL_L and after.startswith("로"):
        return bool(_AFTER_VOWEL.match(after))
    return bool((_AFTER_VOWEL if final == _NO_FINAL else _AFTER_CONSONANT).match(after))
