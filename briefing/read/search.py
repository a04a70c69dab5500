"""Search: the places in a folded text where the words of a quote stand between its prefix and suffix.

Looking for many quotes in a long text takes long. What is looked through is counted, in characters, so that every
machine gives up at the same place.
"""

from dataclasses import dataclass

from briefing.model.claim import Quote
from briefing.read.folding import Folded, fold

MAX_PLACES = 1_000
# A book of 1 MiB may have 950 quotes, an article of 20 KiB as many as a file can hold.
MAX_SEARCHED = 1_000_000_000
_PER_PLACE = 1_000  # checking one place where the words stand takes as long as looking through so many characters


@dataclass(slots=True)
class Search:
    """Looks for quotes in one text until `limit` characters have been looked through."""

    folded: Folded
    limit: int = MAX_SEARCHED
    looked: int = 0

    @property
    def is_over(self) -> bool:
        return self.looked > self.limit

    def places(self, quote: Quote, most: int = MAX_PLACES) -> list[tuple[int, int]]:
        """Where the quote stands; where it stands more often than that, the first `most` places and one more."""
        words, prefix, suffix = (folded_words(part) for part in (quote.exact, quote.prefix, quote.suffix))
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


def occurrences(folded: Folded, quote: Quote) -> list[tuple[int, int]]:
    """The places, as offsets in the folded text, where the quote stands between its prefix and suffix."""
    return Search(folded).places(quote)


def folded_words(text: str | None) -> str:
    """Words of a quote as they are compared."""
    return fold(text.strip()).text.strip() if text else ""
