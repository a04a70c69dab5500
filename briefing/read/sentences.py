"""Sentences: where they begin and end in an article's text, as far as line ends and punctuation tell."""

import re
from itertools import pairwise

from briefing.read.markup import Rendered

# After these a full stop ends no sentence: a lone capital (`U.S. Steel`, `Donald J. Trump`), titles, months, numbers.
_SHORT = (
    *(
        "Mr",
        "Ms",
        "Dr",
        "St",
        "Lt",
        "No",
        "Nos",
        "Mrs",
        "Gen",
        "Sen",
        "Rep",
        "Gov",
        "Col",
        "Capt",
        "Adm",
        "Prof",
        "Rev",
    ),
    *("Messrs", "Jan", "Feb", "Aug", "Sept", "Oct", "Nov", "Dec", "vs", "Sec", "Art"),
)
_NOT_SHORT = "".join(rf"(?<!\b{word})" for word in _SHORT)
# Not before a small letter either; nor in Japanese at the end of a quotation that the sentence goes on from: 「…。」と
_SENTENCE_END = re.compile(
    rf"(?:(?<!\b[A-Z]){_NOT_SHORT}\.|[!?])[\"'”’)\]]*\s+(?![a-z])|[。！？](?:[」』”’）]++(?![とがなをはもの、])|(?![」』”’）]))\s*"
)


def stops(rendered: Rendered) -> list[int]:
    """Where sentences and blocks end, and the next begins: offsets in the text, the first 0, the last its length."""
    text = rendered.text
    return sorted({*block_starts(rendered), *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)})


def block_starts(rendered: Rendered) -> set[int]:
    """Where blocks begin in the text. A line feed within a run is only the end of a line of the file."""
    runs = rendered.runs
    return {0, *(after.text_start for before, after in pairwise(runs) if before.text_end < after.text_start)}


def sentences(rendered: Rendered) -> list[tuple[int, int]]:
    """The sentences of a text, without the white space around them; what stands alone in a block is one too."""
    found = []
    for start, end in pairwise(stops(rendered)):
        piece = rendered.text[start:end]
        if piece.strip():
            found.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
    return found
