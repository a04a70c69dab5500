"""Where the words of claims stand in the text of their article, as others can find them: offsets, and the words around
them as far as the article's rights allow."""

from collections.abc import Iterator, Sequence

from briefing.model.anchors import TextMark
from briefing.model.article import Article
from briefing.model.claim import Quote
from briefing.model.frozen import frozen
from briefing.read.anchors import mark_of
from briefing.read.apart import Checked
from briefing.read.passages import Passage
from briefing.read.quotes import QuotedText
from briefing.read.stretches import Quoted

# So many characters before and after a quote tell it from others, as annotating programs write them.
_CONTEXT = 32


@frozen
class QuotePlace:
    """Where a claim's words stand in the folded text, in characters, and what stands before and after them."""

    id: str
    start: int
    end: int
    prefix: str | None = None
    suffix: str | None = None


@frozen
class QuotedWords:
    """What tells the folded text from others, and where the words of the article's claims stand in it."""

    text: TextMark
    places: tuple[QuotePlace, ...]


def quoted_in(text: QuotedText, record: Article, passages: Sequence[Passage], quotes: Sequence[Quote]) -> QuotedWords:
    """The places in a text that is here."""
    return QuotedWords(mark_of(text.folded), tuple(_places(text, record, passages, quotes)))


def _places(
    text: QuotedText, record: Article, passages: Sequence[Passage], quotes: Sequence[Quote]
) -> Iterator[QuotePlace]:
    whole = text.rendered.text if record.rights == "full" else None
    for passage, quote in zip(passages, quotes, strict=True):
        around = _shown(record, quote) if whole is None else _around(whole, passage)
        yield QuotePlace(passage.id, *text.folded.place(passage.start, passage.end), *around)


def quoted_apart(checked: Checked, record: Article, quoted: Sequence[Quoted]) -> QuotedWords:
    """The places in a text that is kept apart."""
    text = TextMark(sha256=checked.sha256, length=checked.length)
    places = (QuotePlace(at.id, at.start, at.end, *_shown(record, quote)) for at, quote in quoted)
    return QuotedWords(text, tuple(places))


def _shown(record: Article, quote: Quote) -> tuple[str | None, str | None]:
    """Of a text that is not shown, what the editor has written out to tell the quote from others."""
    return (None, None) if record.rights == "link" else (quote.prefix, quote.suffix)


def _around(text: str, passage: Passage) -> tuple[str | None, str | None]:
    before = text[max(0, passage.start - _CONTEXT) : passage.start]
    after = text[passage.end : passage.end + _CONTEXT]
    return _one_line(before), _one_line(after)


def _one_line(text: str) -> str | None:
    """The text with each white space as one blank, also where it begins and ends."""
    parts = [" " if part.isspace() else part for part in text]
    line = " ".join("".join(parts).split())
    if not line:
        return None
    return f"{' ' if parts[0] == ' ' else ''}{line}{' ' if parts[-1] == ' ' else ''}"
