"""Signals: what a sentence has of that by which claims are known, gathered once for guesses and for the ranking."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from briefing.read.folding import WIDE
from briefing.read.marked import MarkedArticle, Span
from briefing.read.sentences import block_starts, sentences
from briefing.read.word_count import words_in
from briefing.suggest.cues import HEDGES, QUOTATION, first_of
from briefing.suggest.known import Known
from briefing.suggest.names import Name
from briefing.suggest.numbers import Number, numbers_in
from briefing.suggest.voices import Voice, voices_in

_OFFICIAL = ("government", "company")


@dataclass(frozen=True, slots=True)
class Signals:
    """What stands in one sentence of an article. `span` is where it does, all other offsets are within its `text`.

    `measures` has the measure of each number that is one of something the site measures.
    """

    span: Span
    text: str
    names: tuple[Name, ...]
    numbers: tuple[Number, ...]
    measures: dict[int, str]
    hedge: re.Match[str] | None
    voices: tuple[Voice, ...]
    quotations: tuple[Span, ...]
    topics: Counter[str]
    official: bool

    @property
    def words(self) -> int:
        """How many words it has."""
        return words_in(self.text)


@dataclass
class Reading:
    """An article being read for claims: its sentences, and the signals in each."""

    article: MarkedArticle
    known: Known
    _seen: dict[Span, Signals] = field(default_factory=dict)

    @cached_property
    def text(self) -> str:
        """The article's text."""
        return self.article.text.rendered.text if self.article.text else ""

    @cached_property
    def sentences(self) -> list[Span]:
        """Where its sentences stand."""
        return sentences(self.article.text.rendered) if self.article.text else []

    @cached_property
    def _firsts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    @cached_property
    def blocks(self) -> list[int]:
        """Where its paragraphs begin."""
        return sorted(block_starts(self.article.text.rendered)) if self.article.text else []

    @cached_property
    def is_official(self) -> bool:
        """Whether it is a document of those whom it is about: what it says they will do is their word."""
        record = self.article.record
        kind = self.known.source_kinds.get(record.source) if record else None
        return bool(record and record.issued_by) or kind in _OFFICIAL

    @property
    def is_joint(self) -> bool:
        """Whether it is a document of several sides."""
        return self.article.record is not None and len(self.article.record.issued_by) > 1

    @cached_property
    def topics(self) -> Counter[str]:
        """How often words of each topic stand in it."""
        return self.known.topics_in(self.text)

    @cached_property
    def named(self) -> frozenset[str]:
        """The entries of registries that it names, or was issued by."""
        record = self.article.record
        own = (record.source, *record.issued_by) if record else ()
        return frozenset([*own, *(name.id for name in self.known.names.found_in(self.text))])

    def sentence_at(self, span: Span) -> Span:
        """The sentence that a stretch stands in, or those that it runs over as one."""
        first = max(0, bisect_right(self._firsts, span[0]) - 1)
        last = max(first, bisect_right(self._firsts, max(span[0], span[1] - 1)) - 1)
        return (self.sentences[first][0], self.sentences[last][1]) if self.sentences else span

    def block_of(self, at: int) -> int:
        """Which paragraph an offset is in."""
        return bisect_right(self.blocks, at)

    def signals(self, span: Span) -> Signals:
        """What stands in a sentence, or in a part of one."""
        if span not in self._seen:
            self._seen[span] = self._gathered(span)
        return self._seen[span]

    def _gathered(self, span: Span) -> Signals:
        text = self.text[slice(*span)].replace("\n", " ")
        names, numbers = self.known.names.found_in(text), numbers_in(text)
        near, measures = {name.id for name in names}, dict[int, str]()
        for at, number in enumerate(numbers):
            if id := self.known.measure_of(number, self._around(text, number), near, self.named):
                measures[at] = id
        kept = [at for at, number in enumerate(numbers) if number.is_certain or at in measures]
        voices = voices_in(text, names, self.known.source_kinds, self.is_joint, self._person_before(span))
        return Signals(
            span, text, tuple(names), tuple(numbers[at] for at in kept),
            {new: measures[old] for new, old in enumerate(kept) if old in measures},
            first_of(HEDGES, text), tuple(self._others(voices)),
            tuple(match.span() for match in QUOTATION.finditer(text) if _has_words(match.group())),
            self.known.topics_in(text), self.is_official,
        )  # fmt: skip

    def _around(self, text: str, number: Number) -> str:
        """The words that tell what a number counts: those of its clause, where the sentence has several."""
        cuts = [0, *(match.end() for match in re.finditer(r"[;:]\s|,\s(?:and|while|but)\s", text)), len(text)]
        at = bisect_right(cuts, number.start) - 1
        clause = text[cuts[at] : cuts[at + 1]] if at + 1 < len(cuts) else text
        return clause if words_in(clause) >= 6 else text

    def _others(self, voices: Sequence[Voice]) -> list[Voice]:
        """Those who are not the article's own voice."""
        source = self.article.record.source if self.article.record else None
        return [voice for voice in voices if voice.by is None or voice.by != source]

    def _person_before(self, span: Span) -> str | None:
        """The person whom the sentence before speaks of, if it is one."""
        at = bisect_right(self._firsts, span[0]) - 2
        if at < 0 or self.block_of(self.sentences[at][0]) != self.block_of(span[0]):
            return None
        people = {
            name.id
            for name in self.known.names.found_in(self.text[slice(*self.sentences[at])])
            if name.kind == "people"
        }
        return next(iter(people)) if len(people) == 1 else None


def _has_words(quotation: str) -> bool:
    return len(quotation.split()) >= 2 or len(WIDE.findall(quotation)) >= 6
