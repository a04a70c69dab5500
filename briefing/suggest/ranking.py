"""The ranking: how much of a claim a sentence has, as a sum of named weights, and the reasons in words.

The weights were chosen on some of the articles of an earlier demonstration and are judged on the others
(`tests/bench/suggestions.py`); `docs/curating.md` has the figures.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.suggest.cues import (
    ACTS,
    BACKGROUND,
    COMMITMENTS,
    EXPECTATIONS,
    FLOURISHES,
    INTENTIONS,
    OF_ITSELF,
)
from briefing.suggest.signals import Signals

# From this on a sentence is suggested.
BAR = 4
# From this on it is listed where everything is asked for: something speaks for it.
LOWEST = 1
WEIGHTS: dict[str, int] = {
    "figure": 3,
    "money": 2,
    "measure": 1,
    "act": 2,
    "name": 2,
    "outlook": 2,
    "commitment": 1,
    "intention": 1,
    "background": 1,
    "hedge": 1,
    "voice": 1,
    "quotation": 1,
    "topic": 1,
    "flourish": -3,
    "short": -3,
    "heading": -2,
    "writer": -2,
    "introduction": -1,
}
_SHORT = 6
_ENDS = re.compile(r"[.!?。！？;][\"'”’)\]」』]*\Z")


@dataclass(frozen=True, slots=True)
class Rank:
    """How likely a sentence is a claim, and why: `score` is the sum of the weights of what it has."""

    score: int
    reasons: tuple[str, ...]


def rank_of(sentence: Signals) -> Rank:
    """The rank of a sentence."""
    found = dict(_found(sentence))
    return Rank(sum(WEIGHTS[name] for name in found), tuple(reason for reason in found.values() if reason))


def _found(sentence: Signals) -> Iterator[tuple[str, str]]:
    """What a sentence has, each with the reason to show, if it is one for it."""
    text = sentence.text
    if sentence.voices:
        voice = sentence.voices[-1]
        yield "voice", f"{voice.described_as or voice.by}: “{voice.cue}”"
    if sentence.numbers:
        yield (
            "figure",
            "figure " + ", ".join(dict.fromkeys(_shown(sentence, at) for at in range(len(sentence.numbers)))),
        )
    if any(number.currency or number.scale for number in sentence.numbers):
        yield "money", ""
    if sentence.measures:
        yield "measure", "measure " + ", ".join(dict.fromkeys(sentence.measures.values()))
    if sentence.hedge:
        yield "hedge", f"hedge “{sentence.hedge.group()}”"
    for name, words in _CUES:
        if match := words.search(text):
            is_told = WEIGHTS[name] > 1 and not (sentence.hedge and match.group() in sentence.hedge.group())
            yield name, f"“{match.group()}”" if is_told else ""
    if sentence.quotations:
        yield "quotation", "quotation"
    if sentence.names:
        yield "name", "names " + ", ".join(dict.fromkeys(name.id for name in sentence.names))
    if sentence.topics:
        yield "topic", "words of " + ", ".join(sorted(sentence.topics))
    yield from _against(sentence)


_CUES = (
    ("outlook", EXPECTATIONS),
    ("act", ACTS),
    ("commitment", COMMITMENTS),
    ("intention", INTENTIONS),
    ("background", BACKGROUND),
)


def _against(sentence: Signals) -> Iterator[tuple[str, str]]:
    if FLOURISHES.search(sentence.text):
        yield "flourish", ""
    if OF_ITSELF.search(sentence.text):
        yield "writer", ""
    if sentence.words < _SHORT:
        yield "short", ""
    if sentence.text.endswith((":", "：")):
        yield "introduction", ""
    if not _ENDS.search(sentence.text):
        yield "heading", ""


def _shown(sentence: Signals, at: int) -> str:
    """A number as the sentence has it; and that no measure counts it, where it would need one."""
    number = sentence.numbers[at]
    words = " ".join(sentence.text[number.start : number.end].split())
    return words if at in sentence.measures else f"{words} (no measure fits)"
