"""Quotes: where an article's rendered text holds the exact words of a claim.

Words are compared after folding (`folding`). A quote must occur exactly once; its prefix and suffix are the words just
before and after it (W3C TextQuoteSelector). A near miss is only ever suggested: nothing here decides by likeness.

What is looked through is counted (`search`): first the slowest gives up, suggestions, and last the quotes themselves.
"""

from dataclasses import dataclass
from functools import cached_property

from briefing.diagnostics import Diagnostic, Location, Note, Pointer
from briefing.model.claim import Quote
from briefing.read.cuts import whole_words
from briefing.read.folding import Folded, fold
from briefing.read.markup import Rendered
from briefing.read.search import MAX_PLACES, Search
from briefing.read.suggestions import MAX_QUOTE, Suggestions, one_line

_MAX_SUGGESTED = 500_000_000


@dataclass(frozen=True)
class QuotedText:
    """An article's text, folded when the first quote is looked for; `path` names the article's file."""

    path: str
    rendered: Rendered

    @cached_property
    def folded(self) -> Folded:
        return fold(self.rendered.text)

    @cached_property
    def _quotes(self) -> Search:
        return Search(self.folded)

    @cached_property
    def _suggestions(self) -> Suggestions:
        return Suggestions(self.rendered.text, Search(self.folded, _MAX_SUGGESTED))

    def find(self, quote: Quote, where: Pointer) -> tuple[tuple[int, int] | None, list[Diagnostic]]:
        """The one place where the quote stands, as offsets in the rendered text, and what is wrong with it."""
        place, problems = self.locate(quote, where)
        return (self.folded.origin(*place) if place else None), problems

    def quote_of(self, span: tuple[int, int]) -> Quote | None:
        """The quote that names these words, widened to whole ones, and no others; None where none does."""
        return self._suggestions.quote(*span)

    def places(self, quote: Quote) -> list[tuple[int, int]]:
        """Where the quote stands, as offsets in the rendered text; see `Search.places`."""
        return [self.folded.origin(*place) for place in self._suggestions.search.places(quote)]

    def nearest(self, quote: Quote) -> tuple[int, int] | None:
        """The passage most like a quote that is not found, as offsets in the rendered text; None where nothing is."""
        return self._suggestions.nearest(quote)

    def words(self, _: Quote, span: tuple[int, int]) -> str:
        """The words that stand there, on one line."""
        return one_line(self.rendered.text[slice(*span)])

    def locate(self, quote: Quote, where: Pointer) -> tuple[tuple[int, int] | None, list[Diagnostic]]:
        """The one place where the quote stands, as offsets in the folded text, and what is wrong with it."""
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
        return found[0], self._cut_words(found[0], where)

    def _cut_words(self, found: tuple[int, int], where: Pointer) -> list[Diagnostic]:
        """A quote of `54,000` found in `154,000` says something else: words and numbers must be whole."""
        text, span = self.rendered.text, self.folded.origin(*found)
        start, end = whole_words(text, *span)
        if (start, end) == span and fold(text[start:end]).text == self.folded.text[slice(*found)]:
            return []
        note = Note("the whole words are", self._place(start), one_line(text[start:end]))
        help = self._suggestions.line(start, end) or "quote the whole words, and more of the sentence"
        return [Diagnostic("quote-cuts-word", "quote cuts a word", where, help, (note,), "warning")]

    def _not_found(self, quote: Quote, where: Pointer) -> Diagnostic:
        message = "quote is not in the article"
        suggestions = self._suggestions
        alone = suggestions.search.places(Quote(exact=quote.exact)) if quote.prefix or quote.suffix else []
        if alone:
            start, end = self.folded.origin(*suggestions.likeliest(quote, alone))
            note = Note("without its prefix and suffix it stands in", self._place(start), self._context(start, end))
            return Diagnostic("quote-not-found", message, where, self._suggestion(start, end), (note,))
        span = suggestions.nearest(quote)
        if suggestions.search.is_over:
            help = "copy the words from the article; run again once other quotes are mended to see what comes near"
            return Diagnostic("quote-not-found", message, where, help)
        if span is None:
            help = "copy the words from the article as a reader sees it"
            return Diagnostic(
                "quote-not-found", message, where, help, (Note("no passage comes near it", Location(self.path)),)
            )
        note = Note("the nearest passage is", self._place(span[0]), one_line(self.rendered.text[slice(*span)]))
        return Diagnostic("quote-not-found", message, where, self._suggestion(*span), (note,))

    def _ambiguous(self, quote: Quote, found: list[tuple[int, int]], where: Pointer) -> Diagnostic:
        spans = [self.folded.origin(*place) for place in found[:5]]
        notes = tuple(Note("it stands in", self._place(start), self._context(start, end)) for start, end in spans)
        times = f"more than {MAX_PLACES:,}" if len(found) > MAX_PLACES else len(found)
        message = f"quote stands {times} times in the article"
        likeliest = self.folded.origin(*self._suggestions.likeliest(quote, found))
        return Diagnostic("ambiguous-quote", message, where, self._suggestion(*likeliest), notes)

    def _suggestion(self, start: int, end: int) -> str:
        return self._suggestions.line(start, end) or "quote more of the sentence"

    def _context(self, start: int, end: int) -> str:
        text = self.rendered.text
        before, after = text[max(0, start - 30) : start], text[end : end + 30]
        return one_line(
            f"{'…' if start > 30 else ''}{before}{text[start:end]}{after}{'…' if end + 30 < len(text) else ''}"
        )

    def _place(self, index: int) -> Location:
        return Location(self.path, self.rendered.line_of(index))
