"""What a site knows already, as far as it helps to guess the fields of a claim: names, topics and measures."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import fsum, log

from briefing.model.measure import Measure
from briefing.read.content import Content
from briefing.read.folding import WIDE
from briefing.suggest.names import Names, names_of
from briefing.suggest.numbers import Number

_SAME = 5  # letters by which a people is known from its country
_WORD = re.compile(rf"(?:(?!{WIDE.pattern})[^\W_])+")
_COMMON = re.compile(
    r"(?:a|an|and|are|as|at|be|by|for|from|in|into|is|it|its|of|on|or|that|the|their|this|to|under|was|were|which|with|us|"
    r"total|year|new|other|more|all|most|than|per|between)\Z"
)
# English words of the topics that every site begins with, for those that have no words of their own yet.
_USUAL: Mapping[str, str] = {
    "defense": "defence|military|troops|army|navy|alliance|missile|weapon|security|coast guard|deterrence",
    "energy": "gas|natural gas|oil|LNG|coal|nuclear|reactor|electricity|power plant|pipeline|solar|wind power|fuel",
    "trade": "tariff|duties|quota|export|import|customs|market access|trade deal|supply chain",
    "investment": "invest|invests|investor|acquisition|takeover|merger|stake|shareholder|financing",
}
# How much of what a measure's label says, beside the names of those it is about, has to be in the sentence.
_SAID = 0.3


@dataclass(frozen=True, slots=True)
class Known:
    """The names of a site's registries, the words of its topics, and its measures with the words of their labels."""

    names: Names
    topics: Mapping[str, re.Pattern[str]]
    measures: Mapping[str, Measure]
    stems: Mapping[str, frozenset[str]]
    weights: Mapping[str, float]
    source_kinds: Mapping[str, str]

    def topics_in(self, text: str) -> Counter[str]:
        """How often words of each topic stand in a text."""
        return Counter({id: count for id, words in self.topics.items() if (count := len(words.findall(text)))})

    def measure_of(self, number: Number, context: str, near: Collection[str], anywhere: Collection[str]) -> str | None:
        """The measure that a figure is most likely one of: it counts the same, and the text around it says so.

        `near` are the entries named there, `anywhere` those named in the article: all that a measure is about must be.
        None where nothing fits, or two fit alike.
        """
        words = stems_of(context)
        scores = {
            id: self._fit(id, measure, words, near)
            for id, measure in self.measures.items()
            if _counts(measure, number) and all(one in anywhere for one in measure.about)
        }
        best = sorted(((score, id) for id, score in scores.items() if score > 0), reverse=True)[:2]
        if not best or (len(best) > 1 and best[0][0] == best[1][0]):
            return None
        return best[0][1]

    def _fit(self, id: str, measure: Measure, words: Collection[str], near: Collection[str]) -> float:
        """How much of the label is said, and how many of those it is about are named; 0 where too little is said."""
        stems = self.stems[id]
        # fsum, because the order of a set is another one in each process, and so would the last digit be.
        said = fsum(self.weights[stem] for stem in stems if stem in words) / fsum(map(self.weights.__getitem__, stems))
        about = sum(one in near for one in measure.about) / len(measure.about) if measure.about else 0.5
        return said + about / 2 if said >= _SAID else 0


def known_of(content: Content) -> Known:
    """What a site knows; drafts of registries as they were read."""
    names = names_of(content)
    topics = dict(content.config.topics) if content.config else {}
    stems = {id: _stems_of_measure(content, one) or frozenset([id]) for id, one in content.measures.items()}
    counts = Counter(stem for of_one in stems.values() for stem in of_one)
    weights = {stem: log(1 + len(stems) / count) for stem, count in counts.items()}
    synonyms = {id: file.record.synonyms for id, file in content.topics.items()}
    patterns = {
        id: _pattern([id.replace("-", " "), name, *(synonyms.get(id) or _USUAL.get(id, "").split("|"))])
        for id, name in topics.items()
    }
    kinds = {id: source.kind for id, source in content.sources.items()}
    return Known(names, patterns, content.measures, stems, weights, kinds)


def stems_of(text: str) -> frozenset[str]:
    """The words of a text that say something, without the endings that English gives them."""
    words = (word.casefold() for word in _WORD.findall(text.replace("U.S.", "US")))
    return frozenset(_stem(word) for word in words if not _COMMON.match(word) and not word.isdecimal())


def _stems_of_measure(content: Content, measure: Measure) -> frozenset[str]:
    """The words of its label and unit that do not name those it is about, in whatever form: `Japan's`, `Japanese`."""
    entities = [entity for id in measure.about if (entity := content.entity(id))]
    named = stems_of(" ".join(name for entity in entities for name in (entity.name, *entity.aliases)))
    said = stems_of(f"{measure.label} {measure.unit or ''}")
    return frozenset(stem for stem in said if not any(stem.startswith(name[:_SAME]) for name in named)) or said


def _stem(word: str) -> str:
    """`tariffs` and `tariff`, `investments` and `invest` are one; nothing finer is needed."""
    for ending in ("ations", "ation", "ments", "ment", "ings", "ing", "ers", "ed", "es", "er", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words, in the singular or the plural; those in capitals as they are, those without spaces anywhere."""
    forms = [
        _form(word) for word in sorted({word.strip() for word in words} - {""}, key=lambda word: (-len(word), word))
    ]
    return re.compile("|".join(forms) or r"(?!)")


def _form(word: str) -> str:
    if WIDE.search(word):
        return re.escape(word)
    if word.isupper():
        return rf"\b{re.escape(word)}\b"
    stem = word.removesuffix("s") if len(word) > 4 else word
    return rf"\b(?i:{re.escape(stem)}(?:s|es)?)\b"


def _counts(measure: Measure, number: Number) -> bool:
    """Whether a measure counts what the figure does."""
    if number.currency or measure.currency:
        return number.currency == measure.currency
    unit = (measure.unit or "").casefold()
    if number.unit:
        said = {number.unit, "%"} if number.unit == "percent" else {number.unit}
        return unit in said or (" of " in unit and f"{number.unit} {number.counted}".casefold().startswith(unit))
    return bool(unit) and _names_unit(measure, number.counted)


def _names_unit(measure: Measure, counted: str) -> bool:
    """Whether the first words after a number have the unit: `54,000 US military personnel`."""
    counted = counted.casefold()
    if WIDE.search(counted):
        return any(form.casefold() in counted for form in [measure.unit or "", *measure.unit_forms.values()])
    words = [_stem(word) for word in _WORD.findall(counted)]
    return any(
        (stems := [_stem(word.casefold()) for word in _WORD.findall(form) if not _COMMON.match(word.casefold())])
        and all(stem in words for stem in stems)
        for form in [measure.unit or "", *measure.unit_forms.values()]
    )
