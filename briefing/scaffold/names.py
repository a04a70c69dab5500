"""The id that a title gives, and the title that an id gives."""

import re
import unicodedata

from briefing.model.ids import is_id, likely_id

# An id is part of an address: so many characters of the first words of a title tell what it is about.
_MOST = 40


def is_like_an_id(words: str) -> bool:
    """Whether somebody who typed this meant an id: one word without capitals."""
    return is_id(words) and words == words.lower()


def id_of(title: str) -> str | None:
    """An id of the first words of a title, without capitals and accents; None where nothing is left of it."""
    apart = unicodedata.normalize("NFKD", title.lower())
    plain = unicodedata.normalize("NFC", re.sub(r"(?<=[a-z])[\u0300-\u036f]+", "", apart))
    words = re.findall(r"\w+", re.sub(r"(?<=\w)['’](?=\w)", "", plain.replace("_", " ")))
    kept = words[:1]
    for word in words[1:]:
        if len("-".join([*kept, word])) > _MOST:
            break
        kept.append(word)
    return likely_id("-".join(kept))


def title_of(id: str) -> str:
    """The words of an id, as the configuration makes them of a topic's: `gas-deal` is `Gas deal`."""
    return id.replace("-", " ").replace("_", " ").capitalize()
