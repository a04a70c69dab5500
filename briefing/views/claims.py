"""The view of a claim, and those of what it rests on and stands to. Each part is made when a template asks for it."""

import datetime
from functools import cached_property

from briefing.link.ledger import Entry, entry_of
from briefing.link.origins import Origin, origin_of
from briefing.link.relations import Related
from briefing.link.scope import Cited
from briefing.link.site import LinkedClaim
from briefing.model.claim import LIKELIHOOD_RANGES, StatusEntry
from briefing.model.dates import PartialDate
from briefing.views import words
from briefing.views.phrases import Phrase, phrase
from briefing.views.values import (
    AttributionView,
    CitationView,
    DateView,
    LinkView,
    RelationView,
    SourcingView,
    StepView,
)
from briefing.views.views import Views
from briefing.views.voices import is_internal, voices_of, who_of

# More relations, outlets or origins of one claim than these are counted, not shown.
CONNECTIONS_SHOWN = 12
# So many views are kept: what shows a claim in several ways does so at one time.
RECENT = 512


class ClaimView:
    """A claim as pages show it; `citation.path` leads to its marked words."""

    def __init__(self, linked: LinkedClaim, views: Views) -> None:
        claim, anchored = linked.claim, linked.anchored
        self._linked, self._views, self._claim = linked, views, claim
        self.ref = linked.ref
        self.id = anchored.id
        self.former_ids = claim.former_ids
        self.number = anchored.number
        self.modality = claim.modality
        self.likelihood = claim.likelihood
        self.status = linked.status
        self.is_forward = linked.is_forward
        self.is_open = linked.is_open
        self.level = claim.level
        self.rung = claim.rung
        self.is_minor = claim.weight == "minor"
        self.is_internal = is_internal(linked)
        self.anchor = anchor_of(linked)

    @cached_property
    def text(self) -> Phrase | None:
        """The editor's text, if there is one."""
        return self._views.own(self._claim.text)

    @cached_property
    def label(self) -> Phrase:
        """The matter in a few words: the editor's, else those of its id or of what it says."""
        return self._views.label(self._linked.article.record, self._linked.anchored)

    @cached_property
    def citation(self) -> CitationView:
        """Where its words stand."""
        return self._views.citation(Cited(self._linked.article.head, self._linked.anchored))

    @property
    def attribution(self) -> AttributionView:
        """Who says it, on whose word."""
        return voices_of(self._linked, self._views).attribution

    @property
    def voice(self) -> Phrase:
        """Who says it, on whose word, as one phrase without links."""
        return phrase(*(part for part, _ in self.attribution.parts))

    @cached_property
    def who(self) -> Phrase:
        """On whose word it is: names alone, without a verb; and that it is for the desk alone, if it is."""
        return who_of(self._linked, self._views)

    @property
    def hedge(self) -> Phrase | None:
        """The words that hedge it, in the language of the article."""
        hedge = self._claim.hedge
        language = self._views.language_of(self._linked.article.record)
        return self._views.wording.spoken(hedge, language) if hedge else None

    @property
    def likelihood_range(self) -> tuple[int, int] | None:
        """What the likelihood means in percent: at least, and at most (ICD 203)."""
        return LIKELIHOOD_RANGES[self.likelihood] if self.likelihood else None

    @cached_property
    def history(self) -> tuple[StepView, ...]:
        """What became of it, the oldest first."""
        return tuple(self._step(entry) for entry in self._claim.history)

    @property
    def step(self) -> StepView | None:
        """The last entry of its history: how it stands, and why."""
        return self.history[-1] if self.history else None

    def _step(self, entry: StatusEntry) -> StepView:
        views = self._views
        evidence = tuple(views.citation(views.scope.claim(ref)) for ref in entry.evidence)
        since = views.date(entry.since) if entry.since else None
        return StepView(entry.status, views.date(entry.on), since, views.own(entry.why), evidence)

    @cached_property
    def figure(self) -> Phrase | None:
        """Its figure in words."""
        figure = self._claim.figure
        return (
            words.figure_words(figure, self._views.scope.measure(figure.measure), self._views.wording)
            if figure
            else None
        )

    @property
    def measure(self) -> Phrase | None:
        """What its figure measures."""
        figure = self._claim.figure
        return self._views.own(self._views.scope.measure(figure.measure).label) if figure else None

    @cached_property
    def due(self) -> DateView | None:
        """When it is due."""
        return self._views.date(self._claim.due) if self._claim.due else None

    @property
    def resolution(self) -> Phrase | None:
        """How it is decided."""
        return self._views.own(self._claim.resolution)

    @property
    def checked(self) -> DateView | None:
        """The day the desk last wrote down how the claim stands; at first that on which it recorded the claim. None in
        an edition of a day before anything was entered."""
        history, settings = self._claim.history, self._views.scope.settings
        since, as_of = settings.recorded_since, settings.as_of
        day = history[-1].on if history else PartialDate.of(self._linked.recorded)
        if since and day.latest < since.earliest:
            return None if as_of and as_of < since.earliest else self._views.date(since)
        return self._views.date(day)

    @property
    def review_by(self) -> DateView | None:
        """When it is to be looked at again."""
        return self._views.date(self._claim.review_by) if self._claim.review_by else None

    @cached_property
    def relations(self) -> tuple[RelationView, ...]:
        """The first of its relations to other claims, without those by which it is confirmed and which its history
        names as evidence."""
        return tuple(self._relation(one) for one in self._related[:CONNECTIONS_SHOWN])

    @property
    def relation_count(self) -> int:
        """How many of these relations it has."""
        return len(self._related)

    @cached_property
    def _related(self) -> list[Related]:
        evidence = {ref for entry in self._claim.history for ref in entry.evidence}
        return [one for one in self._linked.related if not (_confirms(one) and one.other in evidence)]

    def _relation(self, related: Related) -> RelationView:
        views = self._views
        other = views.scope.claim(related.other)
        type = words.relation_type(related.type, related.is_from_other)
        return RelationView(type, related.other, views.own(other.anchored.claim.text), views.citation(other))

    @property
    def topics(self) -> tuple[LinkView, ...]:
        """Its topics."""
        return tuple(self._views.topic_link(topic) for topic in dict.fromkeys(self._claim.topics))

    @property
    def topic_ids(self) -> tuple[str, ...]:
        """The ids of its topics."""
        return tuple(dict.fromkeys(self._claim.topics))

    @property
    def side_ids(self) -> tuple[str, ...]:
        """The ids of the places that its article speaks for."""
        return self._linked.article.record.issued_by

    @property
    def sides(self) -> tuple[Phrase, ...]:
        """The names of these places."""
        return tuple(self._views.name(id, None) for id in self.side_ids)

    @property
    def source(self) -> Phrase:
        """Who published its article."""
        return self._views.source_name(self._linked.article.record.source)

    @property
    def summit(self) -> LinkView | None:
        """The summit it belongs to."""
        return self._views.summit_link(self._linked.summit) if self._linked.summit else None

    @property
    def origin(self) -> Phrase:
        """Where it first came from."""
        views = self._views
        return self._origin(origin_of(views.scope.find, self._linked.article.head, self._claim))

    def _origin(self, origin: Origin) -> Phrase:
        views = self._views
        return words.origin_words(origin, views.name(origin.id, origin.words), views.own(origin.unnamed), views.wording)

    @property
    def sourcing(self) -> SourcingView | None:
        """Who stands behind it, where several claims say the same."""
        found = self._linked.sourcing
        if found is None:
            return None
        outlets = tuple(self._views.name(outlet.id, outlet.words) for outlet in found.outlets[:CONNECTIONS_SHOWN])
        origins = tuple(self._origin(origin) for origin in found.origins[:CONNECTIONS_SHOWN])
        return SourcingView(outlets, len(found.outlets), origins, len(found.origins))

    @cached_property
    def _entry(self) -> Entry | None:
        return entry_of(self._linked)

    @property
    def late(self) -> Phrase | None:
        """How long after it was due it came true."""
        return words.span_words(*self._entry.late, self._views.wording) if self._entry and self._entry.late else None

    @cached_property
    def overdue(self) -> Phrase | None:
        """For how long it has been due."""
        due = self._claim.due
        return self._since(due.latest) if due and self._linked.is_overdue else None

    def _since(self, day: datetime.date) -> Phrase | None:
        length = self._views.scope.clock.since(day)
        return words.length_words(length, self._views.wording) if length else None


def _confirms(related: Related) -> bool:
    return related.is_from_other and related.type == "confirms"


def anchor_of(linked: LinkedClaim) -> str:
    """The id of a claim on a page that shows those of many articles. It has underscores, as all ids of the theme, and
    one more than any other, whatever the article is called."""
    return f"claim_{linked.ref.replace('#', '_')}"


def claim_view(linked: LinkedClaim) -> ClaimView:
    """The view of a claim, as its scope shows it. What it has made is there for the next who shows the claim."""
    recent = linked.scope.recent
    found: ClaimView | None = recent.get(linked)
    if found is None:
        if len(recent) >= RECENT:
            recent.clear()
        found = recent[linked] = ClaimView(linked, Views(linked.scope))
    return found
