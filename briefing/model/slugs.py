"""Words of a title as a part of an address: `Gas deal in sight` is `gas-deal-in-sight`."""

import re
import unicodedata

from briefing.model.ids import is_id

# Long enough to be known again; an id may have 100 bytes, of which a title in Chinese takes three a letter.
_MOST_BYTES = 70
# Letters that no decomposition of Unicode makes ASCII.
_LATIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "þ": "th", "ð": "d", "'": "", "’": ""}
)


def slug_of(title: str) -> str:
    """The first words of a title, in ASCII those that can be without losing a letter; empty where it has no words."""
    folded = unicodedata.normalize("NFKC", title).casefold().translate(_LATIN)
    parted = "".join(one if one.isalnum() or _is_mark(one) else " " for one in folded)
    return _short([word for part in parted.split() if (word := _plain(part))])


def _plain(word: str) -> str:
    """The word without accents, if what is left of it is ASCII."""
    letters = "".join(one for one in unicodedata.normalize("NFKD", word) if not _is_mark(one))
    return letters if letters.isascii() else "".join(re.findall(r"\w", unicodedata.normalize("NFC", word)))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def _short(words: list[str]) -> str:
    """As many of the words as are short together; of one that is longer by itself its beginning."""
    slug = "-".join(words[:1]).encode()[:_MOST_BYTES].decode(errors="ignore")
    for word in words[1:]:
        longer = f"{slug}-{word}"
        if len(longer.encode()) > _MOST_BYTES:
            break
        slug = longer
    return slug if is_id(slug) else f"{slug}-1" if is_id(f"{slug}-1") else ""  # the name of a device
