"""Counterparts: for a quote that its article holds no longer, or more than once, the words that may be its now.

A likeness is never taken for granted: what comes out is a proposal, shown with its difference.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from briefing.model.claim import Quote
from briefing.read.marked import MarkedArticle, MarkedClaim, Span
from briefing.read.quotes import QuotedText
from briefing.read.search import folded_words
from briefing.read.suggestions import one_line

# How alike words must be to be shown as those that took the place of others: in percent of their characters, and the
# share of the words that are in both.
LIKENESS = 70
SHARED = 0.5
MOST_PLACES = 9
_NUMBERS = re.compile(r"\d[\d.,]*")
_NOT = re.compile(
    r"\b(?:not|no|never|none|without|cannot|\w+n't|refus\w+|den(?:y|ies|ied)|reject\w*)\b|ない|ません|不|未|非",
    re.IGNORECASE,
)
_PAIRS = {"”": "“", '"': '"', "」": "「", "’": "‘", "»": "«", ")": "("}
_WORDS = re.compile(r"\w+")
_CONTEXT = re.compile(r"\S+")
_WIDTH, _BESIDE = 3, 2


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Words that a quote may stand for now: where (offsets in the text), and the quote that names them alone.

    `says_otherwise`: they have other numbers than the old ones, deny what those said, or have lost the claim's hedge.
    """

    span: Span
    quote: Quote
    says_otherwise: bool


@dataclass(frozen=True, slots=True)
class Broken:
    """A claim whose quote does not stand in the text exactly once, with what it may be now: several places where its
    words stand, or one that is like them; or nothing. `times` is how often it stands, with its prefix and suffix."""

    claim: MarkedClaim
    times: int
    counterparts: tuple[Counterpart, ...]

    @property
    def id(self) -> str:
        return self.claim.id

    @property
    def is_certain(self) -> bool:
        """Whether there is one counterpart, which says what the old words said."""
        return len(self.counterparts) == 1 and not self.counterparts[0].says_otherwise


def broken_in(article: MarkedArticle) -> list[Broken]:
    """The claims of an article whose quotes do not stand in its text exactly once, in the order of their file."""
    text = article.text
    if text is None:
        return []
    marked = {claim.span for claim in article.claims if claim.span}
    return [_broken(text, claim, marked) for claim in article.claims if claim.span is None]


def _broken(text: QuotedText, claim: MarkedClaim, marked: Collection[Span]) -> Broken:
    quote = claim.claim.quote
    places = text.places(quote)
    alone = places or text.places(Quote(exact=quote.exact))
    if alone:
        found = (_counterpart(text, claim, span) for span in alone[:MOST_PLACES])
    else:
        near = text.nearest(quote)
        spans = [_closed(text.rendered.text, _with_ends(text.rendered.text, quote, near))] if near else []
        likely = (span for span in spans if _is_plausible(text, quote, span, marked))
        found = (_counterpart(text, claim, span) for span in likely)
    return Broken(claim, len(places), tuple(one for one in found if one))


def _with_ends(text: str, quote: Quote, span: Span) -> Span:
    """The stretch with the first and the last word of the quote, where these stand a word or two beside it."""
    old = _WORDS.findall(quote.exact)
    inside = _WORDS.findall(text, *span)
    before = list(_WORDS.finditer(text, max(0, span[0] - 40), span[0]))[-_BESIDE:]
    after = list(_WORDS.finditer(text, span[1], span[1] + 40))[:_BESIDE]
    start = next((one.start() for one in before if old and one.group() == old[0] != inside[0]), span[0])
    end = next((one.end() for one in reversed(after) if old and one.group() == old[-1] != inside[-1]), span[1])
    return start, end


def _closed(text: str, span: Span) -> Span:
    """The stretch with the quotation mark behind it that closes one within."""
    words, after = text[slice(*span)], text[span[1] : span[1] + 1]
    opens = _PAIRS.get(after)
    if opens is None:
        return span
    is_open = words.count(opens) > words.count(after) if opens != after else words.count(after) % 2 == 1
    return (span[0], span[1] + is_open)


def _is_plausible(text: QuotedText, quote: Quote, span: Span, marked: Collection[Span]) -> bool:
    """Whether a passage may be what the words have become: it is like them, and is not what another claim quotes."""
    from rapidfuzz import fuzz

    if span in marked:
        return False
    old, new = folded_words(quote.exact), folded_words(text.rendered.text[slice(*span)])
    if fuzz.ratio(old, new) < LIKENESS:
        return False
    before, now = ({*map(str.casefold, _WORDS.findall(words))} for words in (old, new))
    # Words that no spaces part are one: their characters have been compared.
    return len(before) < 2 or len(before & now) >= SHARED * max(len(before), len(now))


def _counterpart(text: QuotedText, claim: MarkedClaim, span: Span) -> Counterpart | None:
    old = claim.claim.quote
    quote = _requoted(text, old, span)
    if quote is None:
        return None
    was, now, hedge = folded_words(old.exact), folded_words(quote.exact), folded_words(claim.claim.hedge)
    differs = (
        _NUMBERS.findall(was) != _NUMBERS.findall(now)
        or len(_NOT.findall(was)) != len(_NOT.findall(now))
        or (hedge in was and hedge not in now)
    )
    return Counterpart(span, quote, differs)


def _requoted(text: QuotedText, old: Quote, span: Span) -> Quote | None:
    """The quote of the words there that no others have; with a prefix and suffix where the old one had them, as far as
    there are words."""
    quote = text.quote_of(span)
    if quote is None:
        return None
    whole = text.rendered.text
    if old.prefix and not quote.prefix:
        words = _CONTEXT.findall(whole, max(0, span[0] - 200), span[0])[-_WIDTH:]
        quote = replace(quote, prefix=one_line(" ".join(words)) or None)
    if old.suffix and not quote.suffix:
        words = _CONTEXT.findall(whole, span[1], span[1] + 200)[:_WIDTH]
        quote = replace(quote, suffix=one_line(" ".join(words)) or None)
    found = text.places(quote)
    return quote if len(found) == 1 else text.quote_of(span)


def differences(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Two texts as pairs of stretches, before and now: those that stay are the same in both."""
    from difflib import SequenceMatcher

    before, after = _tokens(old), _tokens(new)
    for _, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield "".join(before[first:last]), "".join(after[start:end])


def _tokens(text: str) -> list[str]:
    """Words and what stands between them; where no spaces part words, characters."""
    return re.findall(r"[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7ff]+|\s+|.", text)
