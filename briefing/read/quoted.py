"""Where the words of claims stand in the text of their article, as others can find them: offsets, and the words around
them as far as the article's rights allow."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import starmap

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


# The fields of a place.
_Place = tuple[str, int, int, str | None, str | None]


@frozen
class QuotePlace:
    """Where a claim's words stand in the folded text, in characters, and what stands before and after them."""

    id: str
    start: int
    end: int
    prefix: str | None
    suffix: str | None


@frozen
class QuotedWords:
    """What tells the folded text from others, by its SHA-256 and its length in characters, and where the words of the
    article's claims stand in it: as plain values, of which a site keeps tens of thousands."""

    sha256: str
    length: int
    told: tuple[_Place, ...]

    @classmethod
    def of(cls, text: TextMark, places: Iterable[_Place]) -> "QuotedWords":
        return cls(text.sha256, text.length, tuple(places))

    @property
    def places(self) -> Iterator[QuotePlace]:
        """Where the words of each claim stand."""
        return starmap(QuotePlace, self.told)


def quoted_in(text: QuotedText, record: Article, passages: Sequence[Passage], quotes: Sequence[Quote]) -> QuotedWords:
    """The places in a text that is here."""
    return QuotedWords.of(mark_of(text.folded), _places(text, record, passages, quotes))


def _places(
    text: QuotedText, record: Article, passages: Sequence[Passage], quotes: Sequence[Quote]
) -> Iterator[_Place]:
    whole = text.rendered.text if record.rights == "full" else None
    for passage, quote in zip(passages, quotes, strict=True):
        around = _shown(record, quote) if whole is None else _around(whole, passage)
        yield passage.id, *text.folded.place(passage.start, passage.end), *around


def quoted_apart(checked: Checked, record: Article, quoted: Sequence[Quoted]) -> QuotedWords:
    """The places in a text that is kept apart."""
    text = TextMark(sha256=checked.sha256, length=checked.length)
    return QuotedWords.of(text, ((at.id, at.start, at.end, *_shown(record, quote)) for at, quote in quoted))


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
