"""Words selected in a page to the quote of a claim, as `check` will find it: exactly once, and no word cut.

A browser gives the selected words without the numbers of claims and footnotes, and what stands around them. That tells
which of several places is meant; the quote itself comes from the article's text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from briefing.diagnostics import Pointer
from briefing.edit.refusal import Refused
from briefing.model.claim import Quote
from briefing.read.cuts import whole_words
from briefing.read.quotes import QuotedText
from briefing.read.search import Search, folded_words
from briefing.read.suggestions import MAX_QUOTE

# So much of what stands around a selection tells one place from another, in characters.
CONTEXT = 400
# And so much of that is looked for with the words.
NEAR = 40


@dataclass(frozen=True, slots=True)
class Selection:
    """Selected words and what stands before and behind them, as read in the page; `offset` counts the characters of the
    article's text before them that are no white space, as far as the page shows it."""

    words: str
    before: str = ""
    after: str = ""
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Marked:
    """The quote of a selection, where it stands in the rendered text, and whether more was taken in than was selected,
    to cut no word."""

    quote: Quote
    span: tuple[int, int]
    is_widened: bool


def quote_of(text: QuotedText, selection: Selection) -> Marked:
    """The quote of the words that were selected. `Refused` where they cannot be quoted, with the reason."""
    words = folded_words(selection.words)
    if not any(character.isalnum() for character in words):
        raise Refused("no words are selected", "select the words that the claim rests on")
    if len(selection.words) > MAX_QUOTE:
        raise Refused(f"more than {MAX_QUOTE:,} characters are selected", "select only what the claim rests on")
    places = _places(text, selection)
    if not places:
        raise Refused(
            "these words do not stand together in the article's text", "select words of the text, in one stretch"
        )
    found = text.folded.origin(*_meant(text, selection, places))
    span = whole_words(text.rendered.text, *found)
    quote = text.quote_of(span)
    if quote is None:
        raise Refused("the same words stand elsewhere, between the same others", "select more of the sentence")
    place, problems = text.locate(quote, Pointer(text.path))
    if problems or place is None or text.folded.origin(*place) != span:
        told = problems[0] if problems else None
        raise Refused(
            told.message if told else "these words cannot be told from others", told.help if told else "select more"
        )
    return Marked(quote, span, span != found)


def _places(text: QuotedText, selection: Selection) -> list[tuple[int, int]]:
    """Where the words stand between those beside them, so that of very many places none is left out; or anywhere."""
    before, after = folded_words(selection.before)[-NEAR:], folded_words(selection.after)[:NEAR]
    near = Search(text.folded).places(Quote(selection.words, before or None, after or None))
    return near or Search(text.folded).places(Quote(selection.words))


def _meant(text: QuotedText, selection: Selection, places: list[tuple[int, int]]) -> tuple[int, int]:
    """Of several places the one around which most is as around the selection; of those alike, the one nearest to where
    that stood in the page."""
    before, after = folded_words(selection.before[-CONTEXT:]), folded_words(selection.after[:CONTEXT])

    def likeness(place: tuple[int, int]) -> int:
        head = text.folded.text[max(0, place[0] - CONTEXT) : place[0]].rstrip()
        tail = text.folded.text[place[1] : place[1] + CONTEXT].lstrip()
        return _common(reversed(before), reversed(head)) + _common(after, tail)

    def distance(place: tuple[int, int]) -> int:
        return abs(len("".join(text.rendered.text[: text.folded.origin(*place)[0]].split())) - selection.offset)

    scores = [likeness(place) for place in places] if len(places) > 1 else [0]
    alike = [place for place, score in zip(places, scores, strict=True) if score == max(scores)]
    return min(alike, key=distance) if len(alike) > 1 else alike[0]


def _common(one: Iterable[str], other: Iterable[str]) -> int:
    """How many characters two texts have in common at their beginnings."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
