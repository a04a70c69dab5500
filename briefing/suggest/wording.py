"""The words to quote of a sentence: all of it, or as many as may be quoted, around what makes it a claim."""

import re
from collections.abc import Iterator

from briefing.model.quoting import QuoteLimits
from briefing.read.marked import Span
from briefing.read.word_count import words_in
from briefing.suggest.cues import ACTS, COMMITMENTS, EXPECTATIONS, INTENTIONS
from briefing.suggest.signals import Signals

# A longer quote says no more, and its claim is hard to see in it.
_MOST_WORDS = 40
_PIECES = re.compile(r"[^\s、。「」]+[、。」]*|[「]")
# What a quote should not end with, and hardly begin with.
_WEAK = re.compile(
    r"(?:a|an|and|or|but|of|to|in|on|at|by|for|from|with|as|that|which|who|whose|while|the|this|these|its|their|his|her|our|"
    r"is|are|was|were|be|been|has|have|had|will|would|may|might|could|can|should|shall|must|not|such|including|especially|"
    r"particularly|where|when|if|so|than|more|most|no)\Z"
)
_MAY_BEGIN = re.compile(
    r"(?:is|are|was|were|has|have|had|will|would|may|might|could|can|should|shall|must|the|its|their|a|an|no|more|not)\Z"
)
_PER_WORD, _ENOUGH_WORDS, _CLAUSE = 0.2, 12, 0.7
# A quote should not begin or end within a name: `Minister | Ishiba`.
_NAME, _IN_NAME, _NAME_ON = 1.5, re.compile(r"\b[A-Z][\w.’'-]*\s?\Z"), re.compile(r"\s?[A-Z]")
_ENDS_CLAUSE, _INNER_CLAUSE = re.compile(r"\s*(?:[,;:.—–、。]|$)"), re.compile(r"[,;:—、](?=\s|\w)")
_EDGES = " ,;:.。、—–-"


def words_to_quote(sentence: Signals, limits: QuoteLimits) -> Span | None:
    """Where they stand in the article's text: the sentence without its full stop, where that is allowed; else the part
    of it with most signals. None where the sentence is too short for a part of it to be quoted."""
    start, end = _trimmed(sentence.text, 0, len(sentence.text))
    most = min(limits.words or _MOST_WORDS, _MOST_WORDS)
    if limits.sentences is False or words_in(sentence.text[start:end]) > most:
        part = _best_part(sentence, most)
        if part is None:
            return None
        start, end = part
    return sentence.span[0] + start, sentence.span[0] + end


def _best_part(sentence: Signals, most: int) -> Span | None:
    """The one that has most: signals, then words, and clauses that are not cut."""
    marks, text = list(_marks(sentence)), sentence.text

    def rank(part: Span) -> tuple[float, int, int]:
        start, end = part
        weight = sum(weight for (first, last), weight in marks if start <= first and last <= end)
        weight += _PER_WORD * min(text.count(" ", start, end) + 1, _ENOUGH_WORDS)
        weight += _CLAUSE * (_ENDS_CLAUSE.match(text, end) is not None) + _CLAUSE * _begins_clause(text, start)
        weight -= _CLAUSE * len(_INNER_CLAUSE.findall(text, start, end))
        weight -= _NAME * sum(_is_in_name(text, at) for at in part)
        return -weight, end - start, start

    return min(_parts(text, most), key=rank, default=None)


def _is_in_name(text: str, at: int) -> bool:
    """Whether words in capitals stand on both sides."""
    return _IN_NAME.search(text[max(0, at - 20) : at]) is not None and _NAME_ON.match(text, at) is not None


def _begins_clause(text: str, start: int) -> bool:
    before = text[max(0, start - 10) : start].rstrip()
    return not before or before.endswith((",", ";", ":", "—", "–", "、", " that", " and"))


def _parts(text: str, most: int) -> Iterator[Span]:
    """The stretches of at most so many words that begin and end well, and are less than the sentence."""
    pieces = [match.span() for match in _PIECES.finditer(text)]
    counts = [words_in(text[slice(*piece)]) for piece in pieces]
    words = [_word(text, piece) for piece in pieces]
    may_end = [not _WEAK.match(word) for word in words]
    for first, (start, _) in enumerate(pieces):
        if not may_end[first] and not _MAY_BEGIN.match(words[first]):
            continue
        count = counts[first]
        for last in range(first + 1, len(pieces)):
            count += counts[last]
            if count > most:
                break
            if may_end[last] and any(counts[:first] + counts[last + 1 :]):
                span = _trimmed(text, start, pieces[last][1])
                if _is_balanced(text[slice(*span)]):
                    yield span


def _marks(sentence: Signals) -> Iterator[tuple[Span, float]]:
    """What a quote should hold, and how much it is worth."""
    for number in sentence.numbers:
        yield (number.start, number.end), 4
    if sentence.hedge:
        yield sentence.hedge.span(), 3
    for words in (EXPECTATIONS, COMMITMENTS, INTENTIONS, ACTS):
        if match := words.search(sentence.text):
            yield match.span(), 2
    yield from (((name.start, name.end), 1.5) for name in sentence.names)
    yield from ((span, 2) for span in sentence.quotations)


def _word(text: str, piece: Span) -> str:
    return text[slice(*piece)].strip(_EDGES + "“”\"'()").casefold()


def _is_balanced(words: str) -> bool:
    """Whether quotation marks and brackets that open also close: a quote should not look like somebody else's."""
    pairs = all(words.count(opens) == words.count(closes) for opens, closes in ("“”", "()", "「」", "«»"))
    return pairs and words.count('"') % 2 == 0


def _trimmed(text: str, start: int, end: int) -> Span:
    """Without white space and stops at its edges."""
    while start < end and (text[start].isspace() or text[start] in _EDGES):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in _EDGES):
        end -= 1
    return start, end
