"""Suggestions: what to write in place of a quote that is wrong. Only ever offered; nothing is taken by likeness.

What is offered is looked for like any quote, so that it stands exactly once where it was found, and cuts no word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.model.claim import Quote
from briefing.read.cuts import whole_words
from briefing.read.folding import WIDE, ZERO_WIDTH
from briefing.read.joined import WITHOUT_SPACES
from briefing.read.search import Search, folded_words

MAX_QUOTE = 10_000
_WORDS = re.compile(r"\S+")
# What a prefix or suffix is counted in: words, and in scripts without spaces characters.
_UNITS = re.compile(rf"{WIDE.pattern}|(?:(?!{WIDE.pattern})\S)+")
_WIDTHS = (3, 6, 12, 24)
_FAR = 1_000
_SHORT = 500
_PER_FOLDED = 200  # folding a character takes as long as looking through so many
_CONTEXT = 100
_MOST_ALIKE = 20
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))  # those that a reader never misses


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What could be quoted of one text instead, until `search` has looked through as much as it may."""

    text: str
    search: Search

    def likeliest(self, quote: Quote, places: list[tuple[int, int]]) -> tuple[int, int]:
        """Of the places in the folded text where the words stand, the one whose surroundings are most like the prefix
        and suffix; of several, the first that cuts no word."""
        from rapidfuzz import fuzz

        text = self.search.folded.text
        prefix, suffix = self._context(quote)

        def likeness(place: tuple[int, int]) -> float:
            start, end = place
            before, after = text[max(0, start - len(prefix) - 1) : start], text[end : end + len(suffix) + 1]
            return (fuzz.ratio(prefix, before.strip()) if prefix else 0) + (
                fuzz.ratio(suffix, after.strip()) if suffix else 0
            )

        scores = [likeness(place) for place in places] if prefix or suffix else [0.0] * len(places)
        most = max(scores)
        alike = [place for place, score in zip(places, scores, strict=True) if score == most]
        return next((place for place in alike[:_MOST_ALIKE] if self._is_whole(place)), alike[0])

    def nearest(self, quote: Quote) -> tuple[int, int] | None:
        """The passage most like the quote, in whole words; None where nothing is like it."""
        words, (prefix, suffix) = folded_words(quote.exact), self._context(quote)
        folded = self.search.folded.text
        wanted = " ".join(part for part in (prefix, words, suffix) if part)
        self.search.looked += len(folded) * (6 + len(wanted) ** 2 // 20_000) * (2 if wanted != words else 1)
        if self.search.is_over or not words or not folded.strip():
            return None
        found = _aligned_within(words, wanted, folded) if wanted != words else None
        found = found or _aligned(words, folded)
        if found is None:
            return None
        start, end = self._closest(words, whole_words(self.text, *self.search.folded.origin(*found)))
        start, end = self._closest_without_spaces(words, start, end)
        edges = "" if words[-1:] in ".,;:" else ".,;:"
        while start < end and _is_edge(self.text[start], ".,;:"):
            start += 1
        while start < end and _is_edge(self.text[end - 1], edges):
            end -= 1
        has_words = any(character.isalnum() for character in self.text[start:end])
        return whole_words(self.text, start, end) if has_words else None

    def line(self, start: int, end: int) -> str | None:
        """What to write for the passage: its words, with as many around them as single it out; None where none do."""
        quote = self.quote(start, end)
        return f"write {_yaml_quote(quote)}" if quote else None

    def quote(self, start: int, end: int) -> Quote | None:
        """The quote of the passage in whole words, with as many around them as single it out; None where none do."""
        start, end = whole_words(self.text, start, end)
        for quote in self._quotes(start, end):
            if (
                self.search.is_over
                or max(len(part or "") for part in (quote.exact, quote.prefix, quote.suffix)) > MAX_QUOTE
            ):
                return None
            found = self.search.places(quote, 1)
            if len(found) == 1 and self.search.folded.origin(*found[0]) == (start, end):
                return quote
        return None

    def _quotes(self, start: int, end: int) -> Iterator[Quote]:
        exact = one_line(self.text[start:end])
        yield Quote(exact=exact)
        first, last = max(0, start - _FAR), min(len(self.text), end + _FAR)
        heads = [unit.start() for unit in _UNITS.finditer(self.text, first, start)]
        tails = [unit.end() for unit in _UNITS.finditer(self.text, end, last)]
        for width in _WIDTHS:
            before = one_line(self.text[heads[-width:][0] : start]) if heads else None
            after = one_line(self.text[end : tails[:width][-1]]) if tails else None
            for prefix, suffix in ((before, None), (None, after), (before, after)):
                if prefix or suffix:
                    yield Quote(exact=exact, prefix=prefix or None, suffix=suffix or None)

    def _context(self, quote: Quote) -> tuple[str, str]:
        """The end of the prefix and the beginning of the suffix."""
        return folded_words(quote.prefix)[-_CONTEXT:], folded_words(quote.suffix)[:_CONTEXT]

    def _is_whole(self, place: tuple[int, int]) -> bool:
        span = self.search.folded.origin(*place)
        return whole_words(self.text, *span) == span

    def _closest(self, words: str, span: tuple[int, int]) -> tuple[int, int]:
        """Of the stretches that begin or end a few words earlier or later, the one most like the words."""
        from rapidfuzz import fuzz

        count = len(words.split())

        def likeness(near: tuple[int, int]) -> float:
            passage = folded_words(self.text[slice(*near)])
            return fuzz.ratio(words, passage) - 2 * abs(len(passage.split()) - count)

        return max(self._neighbors(*span), key=likeness)

    def _closest_without_spaces(self, words: str, start: int, end: int) -> tuple[int, int]:
        """The same where words are not parted by spaces: a slip at their edge must not leave out its character."""
        from rapidfuzz.distance import Levenshtein

        if len(words) > _SHORT:
            return start, end
        self.search.looked += 14 * _PER_FOLDED * (25 + len(words))

        def unlike(near: tuple[int, int]) -> tuple[int, int]:
            passage = folded_words(self.text[slice(*near)])
            return Levenshtein.distance(words, passage), abs(len(words) - len(passage))

        starts = [at for at in range(max(0, start - 3), start + 4) if at == start or self._is_unspaced(at)]
        start, end = min(((first, end) for first in starts if first < end), key=unlike)
        ends = [at for at in range(end - 3, min(len(self.text), end + 3) + 1) if at == end or self._is_unspaced(at)]
        return min(((start, last) for last in ends if start < last), key=unlike)

    def _is_unspaced(self, index: int) -> bool:
        """Whether a place is beside a character of a script without spaces."""
        return any(WITHOUT_SPACES.match(one) for one in self.text[max(0, index - 1) : index + 1])

    def _neighbors(self, start: int, end: int) -> list[tuple[int, int]]:
        """The stretch, and those that begin or end up to three words earlier or later."""
        text = self.text
        before = [match.start() for match in _WORDS.finditer(text, max(0, start - 60), start)][-3:]
        after = [match.end() for match in _WORDS.finditer(text, end, end + 60)][:3]
        starts = [start, *before, *(match.start() for match in list(_WORDS.finditer(text, start, end))[1:4])]
        ends = [end, *after, *(match.end() for match in list(_WORDS.finditer(text, start, end))[-4:-1])]
        return [(first, last) for first in starts for last in ends if first < last]


def _aligned(words: str, text: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Where in that part of the folded text something like the words stands."""
    from rapidfuzz import fuzz

    best = fuzz.partial_ratio_alignment(words, text[start:end], score_cutoff=60)
    if best is None or best.dest_end <= best.dest_start:
        return None
    return start + best.dest_start, start + best.dest_end


def _aligned_within(words: str, wanted: str, text: str) -> tuple[int, int] | None:
    """Where something like the words stands in what is most like them with their prefix and suffix."""
    around = _aligned(wanted, text)
    return _aligned(words, text, *around) if around else None


def _is_edge(character: str, punctuation: str) -> bool:
    return character.isspace() or character in ZERO_WIDTH or character in punctuation


def one_line(text: str) -> str:
    """The text on one line, without what nobody sees and would have to type."""
    return " ".join(text.translate(_UNSEEN).split())


def _yaml_quote(quote: Quote) -> str:
    """The YAML of a quote, ready to paste."""
    if quote.prefix is None and quote.suffix is None:
        return f"`quote: {yaml_scalar(quote.exact, flow=True)}`"
    parts = [f"exact: {yaml_scalar(quote.exact, flow=True)}"]
    if quote.prefix:
        parts.append(f"prefix: {yaml_scalar(quote.prefix, flow=True)}")
    if quote.suffix:
        parts.append(f"suffix: {yaml_scalar(quote.suffix, flow=True)}")
    return f"`quote: {{{', '.join(parts)}}}`"


def yaml_scalar(text: str, flow: bool = False) -> str:
    """The text as a YAML scalar that reads back as itself: plain where it can be."""
    unsafe = re.search(r": |:$| #|[,?\[\]{}]" if flow else r": |:$| #", text)
    if unsafe or not text or text[0] in "-?:,[]{}#&*!|>'\"%@` " or text in ("~", "null", "Null", "NULL"):
        return "'" + text.replace("'", "''") + "'"
    return text
