"""Views: what a template may see of a record. Plain frozen values, so that a page depends on nothing else.

Those that stand in lists are made once and equal only themselves (`eq=False`), which makes them quick to look up.
"""

from dataclasses import dataclass

from markupsafe import Markup

# More relations, outlets or origins of one claim than these are counted, not shown.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class DateView:
    """A date in words, and as HTML's `datetime` attribute has it."""

    text: str
    iso: str


@dataclass(frozen=True, slots=True)
class LinkView:
    """A title and the path, relative to the root, of the page that has it."""

    title: str
    path: str


@dataclass(frozen=True, slots=True, eq=False)
class AttributionView:
    """On whose word: texts, each with the path of the page of whom it names, or none. As a text, the whole phrase."""

    parts: tuple[tuple[str, str | None], ...]

    def __str__(self) -> str:
        return "".join(text for text, _ in self.parts)


@dataclass(frozen=True, slots=True, eq=False)
class CitationView:
    """Where words stand: the article, who published it and when, and the words; those of the desk are ours."""

    path: str
    title: str
    source: str
    published: DateView
    quote: str
    is_ours: bool


@dataclass(frozen=True, slots=True)
class StepView:
    """One entry of a claim's history."""

    status: str
    on: DateView
    since: DateView | None
    why: str
    evidence: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class RelationView:
    """A relation to another claim, seen from this one: `type` is "confirms" or "confirmed by"."""

    type: str
    ref: str
    text: str | None
    citation: CitationView


@dataclass(frozen=True, slots=True)
class SourcingView:
    """The outlets and the origins of claims that say the same thing: how many, and the names of the first ones."""

    outlets: tuple[str, ...]
    outlet_count: int
    origins: tuple[str, ...]
    origin_count: int


@dataclass(frozen=True, slots=True, eq=False)
class ClaimView:
    """A claim as pages show it; `citation.path` leads to its marked words. `text` is the editor's, if there is one."""

    ref: str
    id: str
    former_ids: tuple[str, ...]
    number: int
    text: str | None
    citation: CitationView
    modality: str
    attribution: AttributionView
    hedge: str | None
    likelihood: str | None
    likelihood_range: str | None
    status: str | None
    history: tuple[StepView, ...]
    is_forward: bool
    is_open: bool
    level: str | None
    rung: int | None
    figure: str | None
    measure: str | None
    due: DateView | None
    resolution: str | None
    checked: DateView | None
    review_by: DateView | None
    relations: tuple[RelationView, ...]
    relation_count: int
    topics: tuple[LinkView, ...]
    summit: LinkView | None
    origin: str
    sourcing: SourcingView | None
    age: str | None
    late: str | None
    overdue: str | None


@dataclass(frozen=True, slots=True, eq=False)
class ArticleView:
    """An article in lists."""

    path: str
    title: str
    source: str
    source_path: str
    published: DateView
    summary: str | None
    claims: int
    open: int


@dataclass(frozen=True, slots=True)
class ParticipantView:
    """Who takes part, in which office at that time, for which side."""

    name: str
    path: str
    office: str | None
    side: LinkView | None
    role: str | None


@dataclass(frozen=True, slots=True)
class TimeView:
    """The beginning in one place's time."""

    place: str | None
    text: str
    iso: str


@dataclass(frozen=True, slots=True)
class SummitView:
    """A summit in lists and at the head of its page."""

    path: str
    title: str
    kind: str
    status: str
    summary: str | None
    starts: tuple[TimeView, ...]
    end: DateView | None
    venue: str | None
    participants: tuple[ParticipantView, ...]
    claims: int
    open: int


def trusted(html: str) -> Markup:
    """HTML that `briefing.read` made (`markup` and `passages`): the only text that templates show unescaped."""
    return Markup(html)  # noqa: S704
