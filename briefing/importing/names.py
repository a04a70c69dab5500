"""Ids of imported articles: the day and the words of the title, letters and digits only, whatever it holds."""

import re
import unicodedata

from briefing.importing.found import Found
from briefing.model.ids import is_id

# Long enough to be known again; an id may have 100 bytes, of which a title in Chinese takes three a letter.
_MOST_BYTES = 70
_LATIN = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "þ": "th", "ð": "d"}


def id_of(found: Found, fallback: str) -> str:
    """The id of an article: `2026-03-02-gas-deal-in-sight`; `undated-...` where its day is not known."""
    day = found.published.day if found.published else "undated"
    words = slug_of(found.slug) or slug_of(found.title) or slug_of(fallback) or "article"
    words = words if not words.startswith(f"{day}-") else words[len(day) + 1 :]
    return f"{day}-{words}"


def slug_of(title: str) -> str:
    """The words of a title as a part of an address; empty where it has none."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    folded = "".join(_LATIN.get(one, one) for one in re.sub(r"['’]", "", folded))
    folded = "".join(one if one.isalnum() or unicodedata.category(one)[0] == "M" else " " for one in folded)
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    letters = sum(map(str.isalpha, folded))
    if letters and sum(map(str.isalpha, plain)) < 0.6 * letters:
        plain = unicodedata.normalize("NFC", folded)
    return _short(re.findall(r"[^\W_]+", plain))


def _short(words: list[str]) -> str:
    """As many of the words as are short together; of one that is longer by itself its beginning."""
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer.encode()) > _MOST_BYTES:
            break
        slug = longer
    if not slug and words:
        slug = words[0].encode()[:_MOST_BYTES].decode(errors="ignore")
    return slug if not slug or is_id(slug) else "-".join(re.findall(r"[a-z0-9]+", slug))


def with_number(id: str, number: int) -> str:
    """Another id for another article of the same day and title."""
    return f"{id}-{number}"
