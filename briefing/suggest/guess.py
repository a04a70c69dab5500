"""The guess: the fields of a claim, as far as the words of its sentence and the article's other claims tell them.

`suggest` and the marking panel fill claims with it. It is only ever a draft for the editor: nothing is decided by it.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from briefing.read.marked import Span
from briefing.suggest.cues import (
    ACTS,
    BACKGROUND,
    COMMITMENTS,
    EXPECTATIONS,
    INTENTIONS,
    OPINIONS,
    PROPOSALS,
    Modality,
    likelihood_of,
)
from briefing.suggest.numbers import Number
from briefing.suggest.signals import Reading, Signals

_MOST_TOPICS = 2
_MOST_ABOUT = 4
# Whose own words count as a report of what others say.
_NO_REPORT = ("government", "company", "think-tank", "desk")


def guess(reading: Reading, span: Span) -> dict[str, Any]:
    """The fields of a claim whose quote stands at `span` (offsets in the article's text), but for the quote.

    Values are as in an annotation file: `topics` always, `modality` where it is not `fact`; `about`, `hedge` (words of
    the sentence, as they stand there on one line), `likelihood`, `attribution` and `figure` where there is something to
    say. The figure is one in the quote, and has the measure that fits its sentence best.
    """
    part, sentence = reading.signals(span), reading.signals(reading.sentence_at(span))
    modality, figure = modality_of(sentence), _figure(sentence, span)
    fields: dict[str, Any] = {
        "topics": _topics(reading, part, sentence, figure),
        "about": _about(reading, sentence),
        "modality": modality if modality != "fact" else None,
        "hedge": _hedge(sentence, figure),
        "attribution": _attribution(reading, sentence),
        "figure": figure and _figure_fields(*figure),
    }
    fields["likelihood"] = likelihood_of(fields["hedge"]) if fields["hedge"] and modality == "expectation" else None
    return {name: value for name, value in fields.items() if value}


def modality_of(sentence: Signals) -> Modality:
    """What kind of statement a sentence is. What a side says in its own document that it will do is its promise; in the
    press the same words are an expectation."""
    text = sentence.text
    is_of_somebody = bool(sentence.voices and sentence.voices[-1].by and sentence.quotations)
    if sentence.official:
        if PROPOSALS.search(text) and not COMMITMENTS.search(text) and not INTENTIONS.search(text):
            return "proposal"
        if COMMITMENTS.search(text) or INTENTIONS.search(text):
            return "commitment"
    elif COMMITMENTS.search(text) and not EXPECTATIONS.search(text):
        return "commitment"
    if OPINIONS.search(text) and (is_of_somebody or not EXPECTATIONS.search(text)) and not ACTS.search(text):
        return "opinion"
    if EXPECTATIONS.search(text):
        return "expectation"
    if PROPOSALS.search(text):
        return "proposal"
    return "background" if BACKGROUND.search(text) else "fact"


def _topics(reading: Reading, part: Signals, sentence: Signals, figure: tuple[Number, str] | None) -> list[str]:
    """The topics whose words stand nearest, the likeliest first; there is always one."""
    known, counts = reading.known, Counter[str]()
    for topics, weight in ((part.topics, 4), (sentence.topics, 3), (_around(reading, sentence.span), 1)):
        for id, count in topics.items():
            counts[id] += weight * min(count, 3)
    for id in known.measures[figure[1]].topics if figure else ():
        counts[id] += 6
    order = list(known.topics)
    if not counts:
        counts = (
            Counter(topic for claim in reading.article.claims for topic in claim.claim.topics[:1]) or reading.topics
        )
    ranked = sorted((id for id in counts if id in known.topics), key=lambda id: (-counts[id], order.index(id)))
    best = [id for id in ranked[:_MOST_TOPICS] if counts[id] * 2 >= counts[ranked[0]]]
    return best or order[:1]


def _around(reading: Reading, span: Span) -> Counter[str]:
    """The words of topics in the paragraph."""
    block = reading.block_of(span[0])
    start = reading.blocks[block - 1] if reading.blocks else 0
    end = reading.blocks[block] if block < len(reading.blocks) else len(reading.text)
    return reading.known.topics_in(reading.text[start:end])


def _about(reading: Reading, sentence: Signals) -> list[str]:
    """The people, organizations and places that the sentence names."""
    ids = dict.fromkeys(name.id for name in sentence.names if name.kind != "sources")
    return list(ids)[:_MOST_ABOUT]


def _hedge(sentence: Signals, figure: tuple[Number, str] | None) -> str | None:
    """The sentence's own words for how sure it is, or how exact the number."""
    if sentence.hedge:
        return sentence.hedge.group()
    number = figure[0] if figure else None
    if number is None or number.qualifier in ("exact", "range") or number.amount_at <= number.start:
        return None
    return sentence.text[number.start : number.amount_at].strip() or None


def _figure(sentence: Signals, span: Span) -> tuple[Number, str] | None:
    """The first number in the quote that a measure counts, and that measure."""
    start = sentence.span[0]
    for at, number in enumerate(sentence.numbers):
        is_inside = span[0] <= start + number.amount_at and start + number.end <= span[1]
        if is_inside and at in sentence.measures and not number.is_before:
            return number, sentence.measures[at]
    return None


def _figure_fields(number: Number, measure: str) -> dict[str, Any]:
    qualifier = number.qualifier if number.qualifier != "exact" else None
    fields = {
        "measure": measure,
        "value": number.value,
        "high": number.high,
        "qualifier": qualifier,
        "scale": number.scale,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _attribution(reading: Reading, sentence: Signals) -> list[dict[str, str]]:
    """The chain of voices: first the one by which the article's other claims begin, or its source where it reports
    somebody's words; then whom the sentence names."""
    others = [voice.fields() for voice in sentence.voices]
    first = _first_voice(reading)
    if first is None and others:
        first = _source(reading)
    chain = [*([first] if first else ()), *others]
    return [
        voice
        for at, voice in enumerate(chain)
        if at == 0 or voice.get("by") is None or voice["by"] != chain[0].get("by")
    ]


def _first_voice(reading: Reading) -> dict[str, str] | None:
    """The voice by which most of the article's claims begin, if most have one."""
    claims = reading.article.claims
    chains = [tuple(sorted(_given(claim.claim.attribution[0]))) for claim in claims if claim.claim.attribution]
    if not chains:
        return None
    voice, count = Counter(chains).most_common(1)[0]
    return dict(voice) if count * 2 > len(claims) else None


def _given(voice: Any) -> Iterator[tuple[str, str]]:
    named = "by" if voice.by else "described_as"
    yield named, getattr(voice, named)
    yield "basis", voice.basis


def _source(reading: Reading) -> dict[str, str] | None:
    record = reading.article.record
    if record is None:
        return None
    kind = reading.known.source_kinds.get(record.source)
    return {"by": record.source, "basis": "named" if kind in _NO_REPORT else "report"}
