"""A claim, the unit of everything: the words of an article, what they say, on whose word and how surely."""

import re
from decimal import Decimal
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from briefing.model.base import (
    ClaimId,
    ClaimRef,
    Currency,
    EntityId,
    Flag,
    MeasureId,
    Record,
    SummitId,
    Text,
    TopicId,
    Visibility,
    VoiceId,
)
from briefing.model.dates import PartialDate
from briefing.model.frozen import RECURRING, frozen

Modality = Literal["fact", "expectation", "proposal", "commitment", "opinion", "background"]
# The commitment ladder, weakest first: what a text binds its side to.
Level = Literal[
    "mentioned",
    "welcomed",
    "expressed-willingness",
    "will-consider",
    "agreed-in-principle",
    "committed",
    "signed",
    "funded",
    "delivered",
]
LEVELS: tuple[str, ...] = get_args(Level)
Status = Literal[
    "pending",
    "in-progress",
    "stalled",
    "fulfilled",
    "partly",
    "not-fulfilled",
    "overtaken",
    "superseded",
    "unratable",
    "unverified",
    "confirmed",
    "disputed",
    "corrected",
]
RelationType = Literal["confirms", "disputes", "refutes", "qualifies", "updates", "corrects", "repeats"]
Basis = Literal["named", "anonymous", "report"]
Stage = Literal["announced", "committed", "allocated", "delivered"]
Qualifier = Literal["exact", "about", "nearly", "at-least", "more-than", "up-to", "less-than", "range"]
EnglishScale = Literal["thousand", "million", "billion", "trillion"]
# What sources in India, Japan, China and Korea count in.
LocalScale = Literal["lakh", "crore", "lakh crore", "万", "億", "兆", "亿", "万亿", "萬", "만", "억", "조"]
Scale = Literal[EnglishScale, LocalScale]
Rank = Literal["preferred", "normal", "deprecated"]
# A minor claim is shown and not counted: that somebody will travel weighs less than a tariff.
Weight = Literal["major", "minor"]
# US Intelligence Community Directive 203 (2015), section D.6.e.(2)(a): both rows of its table of likelihood.
Likelihood = Literal[
    "almost no chance",
    "remote",
    "very unlikely",
    "highly improbable",
    "unlikely",
    "improbable",
    "roughly even chance",
    "roughly even odds",
    "likely",
    "probable",
    "very likely",
    "highly probable",
    "almost certain",
    "nearly certain",
]

_BANDS = ((1, 5), (5, 20), (20, 45), (45, 55), (55, 80), (80, 95), (95, 99))
LIKELIHOOD_RANGES: dict[str, tuple[int, int]] = {
    term: _BANDS[index // 2]
    for index, term in enumerate(Likelihood.__args__)  # type: ignore[attr-defined]
}
SCALES: dict[str | None, int] = {
    None: 1,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "lakh": 10**5,
    "crore": 10**7,
    "lakh crore": 10**12,
    "万": 10**4,
    "億": 10**8,
    "兆": 10**12,
    "萬": 10**4,
    "亿": 10**8,
    "万亿": 10**12,
    "만": 10**4,
    "억": 10**8,
    "조": 10**12,
}

# What is said to be so. What is expected, demanded, promised or thought is no measurement.
FACTUAL = ("fact", "background")
FORWARD: frozenset[str] = frozenset(["expectation", "proposal", "commitment"])
_FORWARD_STATUSES = (
    "pending",
    "in-progress",
    "stalled",
    "fulfilled",
    "partly",
    "not-fulfilled",
    "overtaken",
    "superseded",
    "unratable",
)
_FACT_STATUSES = ("unverified", "confirmed", "disputed", "corrected")
# An opinion is never fulfilled; what can be said of it is that it cannot be rated.
STATUSES: dict[str, tuple[str, ...]] = {
    "expectation": _FORWARD_STATUSES,
    "proposal": _FORWARD_STATUSES,
    "commitment": _FORWARD_STATUSES,
    "fact": _FACT_STATUSES,
    "background": _FACT_STATUSES,
    "opinion": ("unratable",),
}
OPEN_STATUSES = frozenset(["pending", "in-progress", "stalled"])
# These say that nothing settles the matter (yet), so nothing can be cited for them.
STATUSES_WITHOUT_EVIDENCE = frozenset(["pending", "unverified", "unratable"])


@frozen
class Quote(Record):
    """The exact words, and the words around them where they occur twice (W3C TextQuoteSelector)."""

    exact: Annotated[str, Field(description="the words")]
    prefix: Annotated[Text | None, Field(description="the words just before them")] = None
    suffix: Annotated[Text | None, Field(description="the words just after them")] = None

    @model_validator(mode="after")
    def _has_words(self) -> Self:
        if not any(character.isalnum() for character in self.exact):
            raise PydanticCustomError("empty_quote", "quote has no words")
        return self


def _quote_of(value: Any) -> Any:
    if value is None:
        raise PydanticCustomError("empty_quote", "quote has no words")
    return {"exact": value} if isinstance(value, str) else value


@frozen
class Attribution(Record):
    """One voice on the way from the reader to the origin: a registered one (`by`) or a described one."""

    by: Annotated[VoiceId | None, Field(description="a registered person, organization or source")] = None
    described_as: Annotated[Text | None, Field(description="how the article describes an unregistered voice")] = None
    cue: Annotated[Text | None, Field(description="the article's word for the saying")] = None
    basis: Annotated[Basis, Field(description="a named voice, one without a name, or an outlet's report")] = "named"

    @model_validator(mode="after")
    def _has_voice(self) -> Self:
        if self.by is None and self.described_as is None:
            raise PydanticCustomError("no_voice", "attribution names nobody")
        return self


RECURRING.add(Attribution)


MOST_WORDS_IN_LABEL = 5
# Of Japanese and Chinese, which have no spaces, characters are counted: these take as much room as five English words.
MOST_CHARACTERS_IN_LABEL = 20
_WIDE = re.compile("[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")


def _checked_label(value: str) -> str:
    if _WIDE.search(value):
        unit, count, most = "characters", len(value.replace(" ", "")), MOST_CHARACTERS_IN_LABEL
    else:
        unit, count, most = "words", len(value.split()), MOST_WORDS_IN_LABEL
    if count > most:
        told = {"count": count, "unit": unit, "most": most}
        raise PydanticCustomError("long_label", "the label has {count} {unit}, and may have {most}", told)
    return value


Label = Annotated[Text, AfterValidator(_checked_label)]


def _with_ascii_sign(value: Any) -> Any:
    """The sign of typography, U+2212, is a minus like that of keyboards."""
    return value.replace("\u2212", "-", 1) if isinstance(value, str) and value.startswith("\u2212") else value


def _checked_amount(value: Decimal) -> Decimal:
    # More digits than this cannot be reckoned with and shown in full.
    if not value.is_finite() or value.adjusted() >= 20 or int(value.as_tuple().exponent) < -20:
        raise PydanticCustomError("decimal_parsing", "Input should be a number of at most 20 digits each way")
    return value or value.copy_abs()  # nothing is no less than nothing


Amount = Annotated[Decimal, BeforeValidator(_with_ascii_sign), AfterValidator(_checked_amount)]


@frozen
class Figure(Record):
    """A value of a measure as an article gives it; `value` counts in `scale`, `high` ends a range."""

    measure: Annotated[MeasureId, Field(description="what it is a figure of")]
    value: Annotated[Amount, Field(description="the number, with all zeros that the article has")]
    high: Annotated[Amount | None, Field(description="the upper end of a range")] = None
    qualifier: Annotated[Qualifier, Field(description="how exact the article is")] = "exact"
    scale: Annotated[Scale | None, Field(description="what `value` counts in")] = None
    unit: Annotated[Text | None, Field(description="the unit, where it is not the measure's")] = None
    currency: Annotated[Currency | None, Field(description="the currency, where it is not the measure's")] = None
    as_of: Annotated[PartialDate | None, Field(description="the time it holds for, where not the article's day")] = None
    stage: Annotated[Stage | None, Field(description="of money: how far it has come")] = None
    rank: Annotated[Rank, Field(description="which of several values to trust")] = "normal"
    target: Annotated[Flag, Field(description="it is a goal, not a measurement")] = False

    @model_validator(mode="after")
    def _is_range(self) -> Self:
        if (self.qualifier == "range") != (self.high is not None):
            raise PydanticCustomError("bad_range", "a range has a `value` and a `high`, and nothing else has")
        return self

    @property
    def amount(self) -> Decimal:
        """The value in whole units."""
        return self.value * SCALES[self.scale]


@frozen
class Relation(Record):
    """How this claim stands to another one (words after the Citation Typing Ontology)."""

    type: Annotated[RelationType, Field(description="how this claim stands to the other")]
    to: Annotated[ClaimRef, Field(description="the other claim, `<article>#<claim>`")]


@frozen
class StatusEntry(Record):
    """One step of a claim's history: the status, the day it was recorded, why, and the claims that show it.

    `since` is when it came about, where that was before the day from which the desk could know it.
    """

    status: Annotated[Status, Field(description="what had become of the claim")]
    on: Annotated[PartialDate, Field(description="the day it was recorded: from then on it is known")]
    why: Annotated[Text, Field(description="one sentence of reason")]
    since: Annotated[PartialDate | None, Field(description="when it came about, where that was earlier")] = None
    evidence: Annotated[tuple[ClaimRef, ...], Field(description="the claims whose words show it")] = ()

    @model_validator(mode="after")
    def _is_recorded_afterwards(self) -> Self:
        if self.since and self.on.is_before(self.since):
            raise PydanticCustomError("since_after_on", "`since` is later than `on`")
        return self

    @property
    def came_about(self) -> PartialDate:
        """When it came about, as far as is known."""
        return self.since or self.on


@frozen
class Claim(Record):
    """What an article says in one place. Only `quote` and `topics` have to be given."""

    quote: Annotated[
        Quote,
        BeforeValidator(_quote_of, json_schema_input_type=Text | Quote),
        Field(description="the exact words of the article"),
    ]
    topics: Annotated[tuple[TopicId, ...], Field(min_length=1, description="what it is about, the chief topic first")]
    id: Annotated[ClaimId | None, Field(description="its name; without it, the first words of the quote")] = None
    former_ids: Annotated[tuple[ClaimId, ...], Field(description="its old ids")] = ()
    text: Annotated[Text | None, Field(description="the editor's wording: one neutral sentence")] = None
    label: Annotated[Label | None, Field(description="the matter in at most five words, for lists and scores")] = None
    summit: Annotated[SummitId | None, Field(description="the summit it belongs to, where it is not the file's")] = None
    about: Annotated[tuple[EntityId, ...], Field(description="the entries of registries that it is about")] = ()
    modality: Annotated[Modality, Field(description="what kind of statement it is")] = "fact"
    hedge: Annotated[Text | None, Field(description="the article's own hedge")] = None
    likelihood: Annotated[Likelihood | None, Field(description="how likely the source says it is")] = None
    attribution: Annotated[tuple[Attribution, ...], Field(description="on whose word, if not only the source's")] = ()
    origin: Annotated[Text | None, Field(description="where the news first came from")] = None
    weight: Annotated[Weight, Field(description="whether it counts in scores")] = "major"
    level: Annotated[Level | None, Field(description="how binding it is: a step of the commitment ladder")] = None
    figure: Annotated[Figure | None, Field(description="the number it gives")] = None
    due: Annotated[PartialDate | None, Field(description="when it should have come true")] = None
    resolution: Annotated[Text | None, Field(description="the rule that will decide it")] = None
    relations: Annotated[tuple[Relation, ...], Field(description="how it stands to other claims")] = ()
    history: Annotated[tuple[StatusEntry, ...], Field(description="what became of it")] = ()
    review_by: Annotated[PartialDate | None, Field(description="when somebody should look at it again")] = None
    recorded: Annotated[PartialDate | None, Field(description="when it was entered, where after the article")] = None
    draft: Annotated[Flag, Field(description="kept out of the site")] = False
    visibility: Annotated[Visibility, Field(description="who may read it: `internal` is for the desk alone")] = "public"

    @property
    def rung(self) -> int | None:
        """The step of the commitment ladder as a number, 1 for the weakest."""
        return LEVELS.index(self.level) + 1 if self.level else None

    @property
    def is_forward(self) -> bool:
        """Whether it speaks of what is to come, so that something can become of it."""
        return self.modality in FORWARD

    @property
    def is_factual(self) -> bool:
        """Whether it says that something is so, whoever says it."""
        return self.modality in FACTUAL

    @property
    def status(self) -> str | None:
        """The last status of the history; forward-looking claims without one are pending, others have none."""
        if self.history:
            return self.history[-1].status
        return "pending" if self.is_forward else None

    @property
    def is_open(self) -> bool:
        """Whether its outcome is still to come."""
        return self.is_forward and self.status in OPEN_STATUSES


@frozen
class Annotations(Record):
    """One file of `content/annotations/`: the claims found in the article of the same name."""

    claims: Annotated[tuple[Claim, ...], Field(description="the claims, in any order")] = ()
    summit: Annotated[SummitId | None, Field(description="the summit that the claims of this file belong to")] = None
