"""Quotes: where an article's rendered text holds the exact words of a claim.

Words are compared after folding (`folding`). A quote must occur exactly once; its prefix and suffix are the words just
before and after it (W3C TextQuoteSelector). A near miss is only ever suggested: nothing here decides by likeness.

Looking for many quotes in a long text takes long. What is looked through is counted, in characters, so that every
machine gives up at the same place: first on suggestions, which are the slowest, and last on the quotes themselves.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from briefing.diagnostics import Diagnostic, Note, Place, Pointer
from briefing.model.claim import Quote
from briefing.read.folding import WIDE, Folded, fold
from briefing.read.markup import Rendered

MAX_QUOTE = 10_000
# A book of 1 MiB may have 950 quotes, an article of 20 KiB as many as a file can hold.
MAX_SEARCHED = 1_000_000_000
_MAX_SUGGESTED = 500_000_000
_PER_PLACE = 1_000  # checking one place where the words stand takes as long as looking through so many characters
_MAX_PLACES = 1_000
_LONGEST_WORD = 100
_WORDS = re.compile(r"\S+")
_WORD = re.compile(r"[^\W_]")


def occurrences(folded: Folded, quote: Quote) -> list[tuple[int, int]]:
    """The places, as offsets in the folded text, where the quote stands between its prefix and suffix."""
    return _Search(folded).places(quote)


@dataclass(slots=True)
class _Search:
    """Looks for quotes in one text until `limit` characters have been looked through."""

    folded: Folded
    limit: int = MAX_SEARCHED
    looked: int = 0

    @property
    def is_over(self) -> bool:
        return self.looked > self.limit

    def places(self, quote: Quote, most: int = _MAX_PLACES) -> list[tuple[int, int]]:
        """Where the quote stands; where it stands more often than that, the first `most` places and one more."""
        words, prefix, suffix = (_words(part) for part in (quote.exact, quote.prefix, quote.suffix))
        text = self.folded.text
        found: list[tuple[int, int]] = []
        self.looked += len(text)
        start = text.find(words)
        while start >= 0 and len(found) <= most and not self.is_over:
            end = start + len(words)
            before = text[max(0, start - len(prefix) - 1) : start].rstrip()
            after = text[end : end + len(suffix) + 1].lstrip()
            if before.endswith(prefix) and after.startswith(suffix):
                found.append((start, end))
            self.looked += _PER_PLACE
            start = text.find(words, start + 1)
        return found


def _words(text: str | None) -> str:
    return fold(text.strip()).text.strip() if text else ""


@dataclass(frozen=True)
class QuotedText:
    """An article's text, folded when the first quote is looked for; `path` names the article's file."""

    path: str
    rendered: Rendered

    @cached_property
    def folded(self) -> Folded:
        return fold(self.rendered.text)

    @cached_property
    def _quotes(self) -> _Search:
        return _Search(self.folded)

    @cached_property
    def _suggestions(self) -> _Search:
        return _Search(self.folded, _MAX_SUGGESTED)

    def find(self, quote: Quote, where: Pointer) -> tuple[tuple[int, int] | None, list[Diagnostic]]:
        """The one place where the quote stands, as offsets in the rendered text, and what is wrong with it."""
        if max(len(part or "") for part in (quote.exact, quote.prefix, quote.suffix)) > MAX_QUOTE:
            message = f"the quote has more than {MAX_QUOTE:,} characters"
            return None, [Diagnostic("excessive-input", message, where, "quote only the words that the claim rests on")]
        if self._quotes.is_over:
            return None, []  # It has been said.
        found = self._quotes.places(quote)
        if self._quotes.is_over:
            help = "split the article, and its annotations with it"
            message = "there are too many quotes up to here for an article of this length"
            return None, [Diagnostic("excessive-input", message, where, help)]
        if not found:
            return None, [self._not_found(quote, where)]
        if len(found) > 1:
            return None, [self._ambiguous(quote, found, where)]
        span = self.folded.origin(*found[0])
        return span, self._cut_words(span, where)

    def _cut_words(self, span: tuple[int, int], where: Pointer) -> list[Diagnostic]:
        """A quote of `54,000` found in `154,000` says something else: words and numbers must be whole."""
        start, end = _whole_words(self.rendered.text, *span)
        if (start, end) == span:
            return []
        whole = self.rendered.text[start:end]
        note = Note("the whole words are", self._place(start), _one_line(whole))
        help = f"write {_yaml_quote(Quote(exact=_one_line(whole)))}"
        return [Diagnostic("quote-cuts-word", "quote cuts a word", where, help, (note,), "warning")]

    def _not_found(self, quote: Quote, where: Pointer) -> Diagnostic:
        message = "quote is not in the article"
        alone = self._suggestions.places(Quote(exact=quote.exact), 1)
        if alone and (quote.prefix or quote.suffix):
            start, end = self.folded.origin(*alone[0])
            note = Note("without its prefix and suffix it stands in", self._place(start), self._context(start, end))
            return Diagnostic("quote-not-found", message, where, self._correction(start, end), (note,))
        words = _words(quote.exact)
        self._suggestions.looked += len(self.folded.text) * (6 + len(words) ** 2 // 20_000)
        span = None if self._suggestions.is_over else self._nearest(words)
        if self._suggestions.is_over:
            help = "copy the words from the article; run again once other quotes are mended to see what comes near"
            return Diagnostic("quote-not-found", message, where, help)
        if span is None:
            help = "copy the words from the article as a reader sees it"
            return Diagnostic(
                "quote-not-found", message, where, help, (Note("no passage comes near it", Place(self.path)),)
            )
        note = Note("the nearest passage is", self._place(span[0]), _one_line(self.rendered.text[slice(*span)]))
        return Diagnostic("quote-not-found", message, where, self._correction(*span), (note,))

    def _ambiguous(self, quote: Quote, found: list[tuple[int, int]], where: Pointer) -> Diagnostic:
        spans = [self.folded.origin(*place) for place in found]
        notes = tuple(Note("it stands in", self._place(start), self._context(start, end)) for start, end in spans[:5])
        times = f"more than {_MAX_PLACES:,}" if len(found) > _MAX_PLACES else len(found)
        message = f"quote stands {times} times in the article"
        return Diagnostic("ambiguous-quote", message, where, self._correction(*spans[0]), notes)

    def _nearest(self, words: str) -> tuple[int, int] | None:
        """The passage most like the words, cut at word boundaries; None where nothing is like them."""
        from rapidfuzz import fuzz

        if not words or not self.folded.text.strip():
            return None
        best = fuzz.partial_ratio_alignment(words, self.folded.text, score_cutoff=60)
        if best is None or best.dest_end <= best.dest_start:
            return None
        span = _whole_words(self.rendered.text, *self.folded.origin(best.dest_start, best.dest_end))
        count = len(words.split())

        def likeness(near: tuple[int, int]) -> float:
            passage = _words(self.rendered.text[slice(*near)])
            return fuzz.ratio(words, passage) - 2 * abs(len(passage.split()) - count)

        start, end = max(self._neighbors(*span), key=likeness)
        piece, edges = self.rendered.text[start:end], " \n" if words[-1:] in ".,;:" else " \n.,;:"
        first, last = start + len(piece) - len(piece.lstrip(" \n.,;:")), end - (len(piece) - len(piece.rstrip(edges)))
        return (first, last) if first < last else None

    def _neighbors(self, start: int, end: int) -> list[tuple[int, int]]:
        """The stretch, and those that begin or end up to three words earlier or later."""
        text = self.rendered.text
        before = [match.start() for match in _WORDS.finditer(text, max(0, start - 60), start)][-3:]
        after = [match.end() for match in _WORDS.finditer(text, end, end + 60)][:3]
        starts = [start, *before, *(match.start() for match in list(_WORDS.finditer(text, start, end))[1:4])]
        ends = [end, *after, *(match.end() for match in list(_WORDS.finditer(text, start, end))[-4:-1])]
        return [(first, last) for first in starts for last in ends if first < last]

    def _correction(self, start: int, end: int) -> str:
        """What to paste: the passage, with as many words around it as make it unique."""
        text = self.rendered.text
        start, end = _whole_words(text, start, end)
        exact = _one_line(text[start:end])
        target = (start, end)
        for width in (0, 3, 6, 12, 24):
            before = " ".join(text[:start].rsplit(None, width)[-width:]) if width else None
            after = " ".join(text[end:].split(None, width)[:width]) if width else None
            for prefix, suffix in ((before, None), (None, after), (before, after)):
                quote = Quote(exact=exact, prefix=prefix or None, suffix=suffix or None)
                if self._suggestions.is_over or max(len(part or "") for part in (exact, prefix, suffix)) > MAX_QUOTE:
                    return "quote more of the sentence"
                found = self._suggestions.places(quote, 1)
                if len(found) == 1 and self.folded.origin(*found[0]) == target:
                    return f"write {_yaml_quote(quote)}"
        return "quote more of the sentence"

    def _context(self, start: int, end: int) -> str:
        text = self.rendered.text
        before, after = text[max(0, start - 30) : start], text[end : end + 30]
        return _one_line(
            f"{'…' if start > 30 else ''}{before}{text[start:end]}{after}{'…' if end + 30 < len(text) else ''}"
        )

    def _place(self, index: int) -> Place:
        return Place(self.path, self.rendered.line_of(index))


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch widened until it cuts no word or number; wide characters stand alone.

    What goes on for longer than any word is none, and can be cut.
    """
    first, last = start, end
    while first > 0 and _is_inside(text, first) and start - first <= _LONGEST_WORD:
        first -= 1
    while last < len(text) and _is_inside(text, last) and last - end <= _LONGEST_WORD:
        last += 1
    return first if start - first <= _LONGEST_WORD else start, last if last - end <= _LONGEST_WORD else end


def _is_inside(text: str, index: int) -> bool:
    """Whether a cut at `index` parts a word, or a number with its separators."""
    before, after = text[index - 1], text[index]
    if WIDE.match(before) or WIDE.match(after):
        return False
    if _WORD.match(before) and _WORD.match(after):
        return True
    if before in ",." and after.isdigit():
        return index > 1 and text[index - 2].isdigit()
    return before.isdigit() and after in ",." and index + 1 < len(text) and text[index + 1].isdigit()


def _one_line(text: str) -> str:
    return " ".join(text.split())


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
