"""Stretches: what may be shown of a text that is kept apart, put together from the quotes that editors wrote.

The text itself is not asked: a site is the same where it is and where it is not. Quotes that overlap or touch are one
stretch, stitched at their anchors' offsets in the folded text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from briefing.model.claim import Quote
from briefing.model.frozen import frozen
from briefing.read.folding import fold
from briefing.read.passages import Passage, excerpt
from briefing.read.search import folded_words


@frozen
class Stretch:
    """Words shown in one piece: as HTML with the passages marked; as text, between what its first quote names before
    them and its last behind them."""

    html: str
    words: str
    prefix: str | None
    suffix: str | None


# A passage at its offsets in the folded text, with the quote as it was written.
Quoted = tuple[Passage, Quote]


def as_written(quote: Quote) -> str:
    """The words of a quote on one line."""
    words, folded = " ".join(quote.exact.split()), folded_words(quote.exact)
    return words if fold(words).text == folded else folded


def stretches(quoted: Sequence[Quoted]) -> list[Stretch]:
    """The passages in the order of the text, those that touch or overlap in one stretch."""
    return [_stretch(group) for group in _groups(quoted)]


def disagreement(quoted: Sequence[Quoted]) -> tuple[Passage, Passage] | None:
    """Two passages that overlap, but not in the same words."""
    for group in _groups(quoted):
        seam = _Seam(group[0][0].start)
        for passage, quote in group:
            words = folded_words(quote.exact)
            if seam.last and not seam.agrees(passage, words):
                return seam.last, passage
            seam.add(passage, words)
    return None


def covered(quoted: Sequence[Quoted]) -> list[tuple[int, int]]:
    """The parts of the folded text that the passages take together."""
    return [(group[0][0].start, max(passage.end for passage, _ in group)) for group in _groups(quoted)]


def _groups(quoted: Sequence[Quoted]) -> Iterator[list[Quoted]]:
    group: list[Quoted] = []
    end = 0
    for passage, quote in sorted(quoted, key=lambda one: (one[0].start, -one[0].end, one[0].number)):
        if group and passage.start > end:
            yield group
            group = []
        group.append((passage, quote))
        end = max(end, passage.end) if len(group) > 1 else passage.end
    if group:
        yield group


@dataclass(slots=True)
class _Seam:
    """The folded words of a stretch that begins at `start`, as far as they are known. Only their end is looked at
    again, so that a thousand quotes in a row are not a thousand long texts; `last` is the passage that made it."""

    start: int
    pieces: list[str] = field(default_factory=list)
    end: int = 0
    tail: str = ""
    last: Passage | None = None

    def agrees(self, passage: Passage, words: str) -> bool:
        """Whether the words that are known already are those of the passage too."""
        at = passage.start - (self.end - len(self.tail))
        known = self.tail[at : at + len(words)]
        return words.startswith(known)

    def add(self, passage: Passage, words: str) -> str:
        """The words that the passage adds."""
        if not self.tail:
            self.end = passage.start
        new = words[max(0, self.end - passage.start) :] if passage.end > self.end else ""
        if new:
            self.tail, self.end, self.last = words, passage.end, passage
            self.pieces.append(new)
        return new


def _stretch(group: Sequence[Quoted]) -> Stretch:
    start = group[0][0].start
    seam = _Seam(start)
    pieces = [_unfolded(quote, seam.add(passage, folded_words(quote.exact))) for passage, quote in group]
    text, folded = "".join(pieces), "".join(seam.pieces)
    back = fold(text)
    if back.text != folded:  # where a quote begins within what is one character of another, folded words are shown
        text, back = folded, fold(folded)
    spans = [back.origin(passage.start - start, passage.end - start) for passage, _ in group]
    inside = [replace(passage, start=first, end=end) for (passage, _), (first, end) in zip(group, spans, strict=True)]
    last = next(quote for passage, quote in group if passage.end == seam.end)
    return Stretch(excerpt(text, inside), text, group[0][1].prefix, last.suffix)


def _unfolded(quote: Quote, new: str) -> str:
    """The last words of a quote, of which these are the folded ones, as they were written."""
    words = as_written(quote)
    back = fold(words)
    return words[back.origin(len(back.text) - len(new), len(back.text))[0] :] if new else ""
