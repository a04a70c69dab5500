"""Names that look alike: a suggestion says what is different where the eye does not see it."""

import unicodedata
from difflib import SequenceMatcher

# Format characters, marks, and spaces of any kind: nothing of them, or too little, is seen.
_UNSEEN = frozenset(["Cf", "Mn", "Me", "Zs"])


def told_apart(meant: str, written: str) -> str:
    """The name that was meant; what only looks like it in the one that was written is named by its code point."""
    for _, start, end, at, to in SequenceMatcher(None, written, meant, autojunk=False).get_opcodes():
        there, here = written[start:end], meant[at:to]
        if there != here and (odd := _odd(there, here)):
            return f"`{meant}`: what is written has {_named(odd)}"
        if there != here and (odd := _odd(here, there)):
            return f"`{meant}`, which has {_named(odd)}"
    return f"`{meant}`"


def _odd(piece: str, other: str) -> str | None:
    """The first character of the piece that could be taken for nothing, or for what stands in the other."""
    for index, character in enumerate(piece):
        counterpart = other[index : index + 1]
        if unicodedata.category(character) in _UNSEEN and character != " ":
            return character
        if not character.isascii() and counterpart and _script(character) != _script(counterpart):
            return character
    return None


def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0]


def _named(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
