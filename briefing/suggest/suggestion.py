"""A suggestion: a sentence that nobody has marked yet, as the draft of a claim with the reason for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from briefing.model.quoting import QuoteLimits
from briefing.read.annotations import derived_id
from briefing.read.marked import MarkedArticle, Span
from briefing.suggest.guess import guess
from briefing.suggest.known import Known
from briefing.suggest.ranking import BAR, rank_of
from briefing.suggest.signals import MAX_SENTENCE, Reading
from briefing.suggest.wording import words_to_quote


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A claim to make: its `fields` as in an annotation file, where its sentence and the words of its quote stand
    (offsets in the text; the 1-based line of the file), the sentence on one line, how likely it is one, and why."""

    fields: dict[str, Any]
    span: Span
    words: Span
    line: int
    sentence: str
    score: int
    reason: str


def suggestions(article: MarkedArticle, known: Known, limits: QuoteLimits, least: int = BAR) -> list[Suggestion]:
    """The sentences of an article that are likely claims and that no claim touches, the likeliest first; of those that
    are alike, in the order of the text. `least` is the score from which on one is likely."""
    reading = Reading(article, known)
    found = [one for span in _unmarked(reading) if (one := _suggestion(reading, span, limits, least))]
    found.sort(key=lambda one: (-one.score, one.span))
    return list(_with_ids(found, {claim.id for claim in article.claims}))


def _unmarked(reading: Reading) -> Iterator[Span]:
    """The sentences that no claim touches."""
    marked = [claim.span for claim in reading.article.claims if claim.span]
    for start, end in reading.sentences:
        if end - start <= MAX_SENTENCE and not any(first < end and start < last for first, last in marked):
            yield start, end


def _suggestion(reading: Reading, span: Span, limits: QuoteLimits, least: int) -> Suggestion | None:
    sentence = reading.signals(span)
    rank = rank_of(sentence)
    words = words_to_quote(sentence, limits) if rank.score >= least else None
    text = reading.article.text
    quote = text.quote_of(words) if words and text else None
    if words is None or quote is None or text is None or not any(map(str.isalnum, quote.exact)):
        return None
    parts = {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}
    written: Any = {key: part for key, part in parts.items() if part} if quote.prefix or quote.suffix else quote.exact
    fields = {"quote": written, **guess(reading, words), "draft": True}
    reason = "; ".join(rank.reasons)
    line, on_one_line = text.rendered.line_of(span[0]), " ".join(sentence.text.split())
    return Suggestion(fields, span, words, line, on_one_line, rank.score, reason)


def _with_ids(found: list[Suggestion], taken: set[str]) -> Iterator[Suggestion]:
    """The same, with an `id` where that of the quote's first words is another claim's."""
    for one in found:
        quote = one.fields["quote"]
        id = plain = derived_id(quote if isinstance(quote, str) else quote["exact"])
        number = 2
        while id in taken:
            id, number = f"{plain}-{number}", number + 1
        taken.add(id)
        if id != plain:
            one.fields["id"] = id
        yield one
