"""Ids: what they may be, which rule a text breaks that is none, and an id that would do in its place."""

import re
import unicodedata
from functools import lru_cache

# Ids become names of files, so Windows device names are out on every system.
DEVICE_NAMES = frozenset(
    ["con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))]
)
MOST_BYTES = 100
RULE = "letters, digits, hyphens and underscores, the first and the last a letter or digit, at most 100 bytes"
CLAIM_RULE = "letters from a to z, digits, and single hyphens between them"
_ID = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")
_CLAIM_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# The same for editors, who have no Unicode classes: all that these refuse is no id, but not the other way round.
ID_PATTERN = r"^[^\s\x00-\x2f:-@\[-`{-\x7f](?:[^\s\x00-,./:-@\[-^`{-\x7f]*[^\s\x00-\x2f:-@\[-`{-\x7f])?$"
CLAIM_ID_PATTERN = "^(?!s-|fn-)[a-z0-9]+(?:-[a-z0-9]+)*$"
CLAIM_REF_PATTERN = f"{ID_PATTERN.removesuffix('$')}#{CLAIM_ID_PATTERN.removeprefix('^')}"
# They begin the ids of headings and of footnotes on the same page.
_TAKEN = ("s-", "fn-")


# The same few topics, voices and measures are named again and again.
@lru_cache(maxsize=65536)
def is_id(text: str) -> bool:
    """Whether the text can be an id."""
    return (
        _ID.fullmatch(text) is not None
        and len(text.encode()) <= MOST_BYTES
        and text.casefold() not in DEVICE_NAMES
        and unicodedata.is_normalized("NFC", text)
    )


def is_claim_id(text: str) -> bool:
    """Whether the text can be the id of a claim, which is also a fragment of an address."""
    return _CLAIM_ID.fullmatch(text) is not None and not text.startswith(_TAKEN) and len(text) <= MOST_BYTES


def broken_rule(text: str) -> str:
    """What keeps a text from being an id, as the end of a sentence."""
    odd = next((character for character in text if not (character.isalnum() or character in "-_")), None)
    if not text:
        return "it is empty"
    if not unicodedata.is_normalized("NFC", text):
        return "its letters and their accents are stored apart (Unicode NFD)"
    if odd is not None and "\udc80" <= odd <= "\udcff":  # as the names of files are read
        return "it holds a byte that is not UTF-8"
    if odd is not None:
        return f"it holds {_named(odd)}, not only letters, digits, hyphens and underscores"
    if text[0] in "-_" or text[-1] in "-_":
        return f"it {'begins' if text[0] in '-_' else 'ends'} with `{text[0] if text[0] in '-_' else text[-1]}`"
    if len(text.encode()) > MOST_BYTES:
        return f"it has {len(text.encode())} bytes, more than {MOST_BYTES}"
    return "Windows keeps that name for a device"


def broken_claim_rule(text: str) -> str:
    """What keeps a text from being the id of a claim, as the end of a sentence."""
    if not text:
        return "it is empty"
    odd = next((character for character in text if not re.match(r"[A-Za-z0-9-]", character)), None)
    if odd is not None:
        return f"it holds {_named(odd)}, not only letters from a to z, digits and hyphens"
    if text != text.lower():
        return "it has capital letters"
    if text.startswith("-") or text.endswith("-"):
        return f"it {'begins' if text.startswith('-') else 'ends'} with `-`"
    if "--" in text:
        return "it has two hyphens together"
    if text.startswith(_TAKEN):
        taken = next(begin for begin in _TAKEN if text.startswith(begin))
        return f"`{taken}` begins the ids of {'headings' if taken == 's-' else 'footnotes'}"
    return f"it has {len(text)} characters, more than {MOST_BYTES}"


def _named(character: str) -> str:
    if character == " ":
        return "a space"
    is_seen = character.isprintable() and not unicodedata.combining(character) and not character.isspace()
    return f"`{character}`" if is_seen else f"U+{ord(character):04X}"


def mend_of(text: str) -> str:
    """How to mend a text that is no id."""
    if not unicodedata.is_normalized("NFC", text) and is_id(unicodedata.normalize("NFC", text)):
        return "write each letter and its accent as one character (Unicode NFC)"
    meant = likely_id(text)
    return f"write `{meant}`" if meant else f"use {RULE}"


def mend_of_claim(text: str) -> str:
    """How to mend a text that is no id of a claim."""
    meant = likely_claim_id(text)
    return f"write `{meant}`" if meant else f"use {CLAIM_RULE}"


def likely_id(text: str) -> str | None:
    """An id that would do for a text that is none; None where nothing is left of it."""
    plain = re.sub(r"[^\w-]+", "-", unicodedata.normalize("NFC", text[: 4 * MOST_BYTES]))
    plain = plain.encode(errors="ignore")[:MOST_BYTES].decode(errors="ignore").strip("-_")
    if plain.casefold() in DEVICE_NAMES:
        plain += "-1"
    return plain if is_id(plain) else None


def likely_claim_id(text: str) -> str | None:
    """An id of a claim that would do for a text that is none; None where nothing is left of it."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    plain = "-".join(re.findall(r"[a-z0-9]+", plain[: 4 * MOST_BYTES]))
    while plain.startswith(_TAKEN):
        plain = plain.partition("-")[2]
    plain = plain[:MOST_BYTES].strip("-")
    return plain if is_claim_id(plain) else None


def caseless(text: str) -> str:
    """The same for texts that differ in capitals or in the Unicode form of their letters alone."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
