"""Records to views: each record's view is made once, in the site's language."""

import datetime
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, TypeVar, overload

from briefing.link.clock import Clock, last_recorded
from briefing.link.differences import differences
from briefing.link.ledger import Entry, entry_of
from briefing.link.meetings import venue_of
from briefing.link.origins import Origin, origin_of
from briefing.link.own_words import is_own
from briefing.link.relations import Related
from briefing.link.site import LinkedClaim, Site
from briefing.model.addresses import page_path
from briefing.model.article import Article
from briefing.model.claim import Attribution, StatusEntry
from briefing.model.dates import PartialDate, When
from briefing.model.entity import Entity
from briefing.model.summit import Participant, Summit
from briefing.read.articles import ArticleFile
from briefing.read.pages import Written
from briefing.render import words
from briefing.render.tongues import Phrase, english, spoken
from briefing.render.trace import Read, Trace, Traced
from briefing.render.views import (
    SHOWN,
    ArticleView,
    AttributionView,
    CitationView,
    ClaimView,
    DateView,
    LinkView,
    ParticipantView,
    RelationView,
    SourcingView,
    StepView,
    SummitView,
    TimeView,
)

R = TypeVar("R")
V = TypeVar("V")


class Views(Traced):
    """Makes each record's view once, from a site that notes what is read of it; `whole` is the same without notes."""

    def __init__(self, site: Site, whole: Site, trace: Trace) -> None:
        self.site = site
        self.language = whole.config.language
        self.locale = words.locale_of(self.language)
        self._trace = trace
        clock = cache(lambda: Clock(last_recorded(whole)))
        self._clock = trace.table("clock", lambda: {"day": clock().day})
        self.has_passed = trace.of_days("has passed", lambda day: clock().has_passed(day))
        self.is_to_come = trace.of_days("is to come", lambda day: clock().is_to_come(day))
        # In words, which do not change every day.
        self._since = trace.of_days("since", lambda day: words.span_words(day, now) if (now := clock().day) else None)
        self.differences = trace.table("differences", lambda: differences(whole))
        self._claims: dict[str, tuple[ClaimView, set[Read]]] = {}
        self._citations: dict[str, tuple[CitationView, set[Read]]] = {}
        self._others: dict[int, tuple[tuple[Any, object], set[Read]]] = {}
        self._dates: dict[PartialDate, DateView] = {}
        self._entries: dict[str, Entry | None] = {}

    @overload
    def own(self, text: str) -> Phrase: ...
    @overload
    def own(self, text: None) -> None: ...
    def own(self, text: str | None) -> Phrase | None:
        """A text of the desk, which is in the site's language."""
        return spoken(text, self.language)

    def language_of(self, record: Article) -> str:
        """The language of an article: its own, else that of its source, else the site's."""
        return record.language or self.site.content.sources[record.source].language or self.language

    def title(self, record: Article) -> Phrase:
        """The title of an article in its language."""
        return spoken(record.title, self.language_of(record))

    def entry(self, linked: LinkedClaim) -> Entry | None:
        """A claim's entry in the ledger, of which nothing needs to be noted: it comes from the claim alone."""
        if linked.ref not in self._entries:
            self._entries[linked.ref] = entry_of(linked)
        return self._entries[linked.ref]

    def ledger(self, claims: Iterable[LinkedClaim]) -> list[Entry]:
        """The entries of those claims that have one, in their order."""
        return [entry for linked in claims if (entry := self.entry(linked))]

    @property
    def today(self) -> datetime.date | None:
        """The day at which the records' clock stands; most pages only ask how a date stands to it."""
        return self._clock["day"]

    def is_overdue(self, entry: Entry) -> bool:
        """Whether a claim is still open although the day on which it was due is over."""
        return entry.deadline is not None and self.has_passed(entry.deadline)

    def claims(self, claims: Iterable[LinkedClaim]) -> tuple[ClaimView, ...]:
        return tuple(self.claim(claim) for claim in claims)

    def claims_by_ref(self, refs: Iterable[str]) -> tuple[ClaimView, ...]:
        return self.claims(self.site.claims[ref] for ref in refs)

    def claim(self, linked: LinkedClaim) -> ClaimView:
        return self._trace.once(self._claims, linked.ref, lambda: self._claim(linked))

    def date(self, value: PartialDate | When) -> DateView:
        day = value.day if isinstance(value, When) else value
        assert isinstance(day, PartialDate)
        view = self._dates.get(day)
        if view is None:
            view = self._dates[day] = DateView(words.date_words(day, self.locale), day.iso)
        return view

    def once(self, record: R, make: Callable[[R], V]) -> V:
        """The view of a record, made when it is first asked for. To compare all that records say would take longer
        than to make most views; so a record is known by being the same, and is kept with its view."""
        view, _ = self._trace.once(self._others, id(record), lambda: (make(record), record))
        return view  # type: ignore[no-any-return]

    def article(self, file: ArticleFile) -> ArticleView:
        return self.once(file, self._article)

    def _article(self, file: ArticleFile) -> ArticleView:
        record = file.record
        return ArticleView(
            path=page_path("articles", file.id),
            title=self.title(record),
            source=self.source_name(record.source),
            source_path=page_path("sources", record.source),
            published=self.date(record.published),
            summary=self.own(record.summary),
            claims=len(file.claims),
            open=sum(anchored.claim.is_open for anchored in file.claims),
        )

    def summit(self, file: Written[Summit]) -> SummitView:
        record, claims = file.record, self.site.by_summit.get(file.id, [])
        return SummitView(
            path=page_path("summits", file.id),
            title=self.own(record.title),
            kind=record.kind,
            status=record.status,
            summary=self.own(record.summary),
            starts=self._starts(record),
            end=self.date(record.end) if record.end else None,
            venue=self._venue(record),
            participants=tuple(self._participant(record, participant) for participant in record.participants),
            claims=len(claims),
            open=sum(linked.is_open for linked in claims),
        )

    def office(self, entity: Entity, day: datetime.date) -> Phrase | None:
        """The office held on that day, with its organization."""
        role = entity.role_on(day)
        if role is None or role.organization is None:
            return self.own(role.post) if role else None
        organization = self.site.content.organizations[role.organization].name
        return self.own(role.post if organization in role.post else f"{role.post}, {organization}")

    def source_name(self, id: str) -> Phrase:
        return self.own(self.site.content.sources[id].name)

    def summit_link(self, id: str) -> LinkView:
        return LinkView(self.own(self.site.content.summits[id].record.title), page_path("summits", id))

    def topic_link(self, id: str) -> LinkView:
        return LinkView(self.own(self.site.config.topics[id]), page_path("topics", id))

    def citation(self, linked: LinkedClaim) -> CitationView:
        return self._trace.once(self._citations, linked.ref, lambda: self._citation(linked))

    def _citation(self, linked: LinkedClaim) -> CitationView:
        record, anchored = linked.article.record, linked.anchored
        return CitationView(
            path=f"{page_path('articles', linked.article.id)}#{anchored.id}",
            title=self.title(record),
            source=self.source_name(record.source),
            published=self.date(record.published),
            quote=spoken(anchored.words, self.language_of(record)),
            is_ours=is_own(record, self.site.content),
        )

    def _claim(self, linked: LinkedClaim) -> ClaimView:
        claim, anchored, status = linked.claim, linked.anchored, linked.status
        related, entry = linked.related, self.entry(linked)
        measure = self.site.content.measures[claim.figure.measure] if claim.figure else None
        return ClaimView(
            ref=linked.ref,
            id=anchored.id,
            former_ids=claim.former_ids,
            number=anchored.number,
            text=self.own(claim.text),
            citation=self.citation(linked),
            modality=claim.modality,
            attribution=self._attribution(linked),
            hedge=spoken(claim.hedge, self.language_of(linked.article.record)) if claim.hedge else None,
            likelihood=claim.likelihood,
            likelihood_range=words.likelihood_words(claim.likelihood) if claim.likelihood else None,
            status=status,
            history=tuple(self._step(entry) for entry in claim.history),
            is_forward=linked.is_forward,
            is_open=linked.is_open,
            level=claim.level,
            rung=claim.rung,
            figure=words.figure_words(claim.figure, measure, self.locale) if claim.figure and measure else None,
            measure=self.own(measure.label) if measure else None,
            due=self.date(claim.due) if claim.due else None,
            resolution=self.own(claim.resolution),
            checked=self._checked(linked),
            review_by=self.date(claim.review_by) if claim.review_by else None,
            relations=tuple(self._relation(one) for one in related[:SHOWN]),
            relation_count=len(related),
            topics=tuple(self.topic_link(topic) for topic in dict.fromkeys(claim.topics)),
            summit=self.summit_link(linked.summit) if linked.summit else None,
            origin=self.origin(origin_of(self.site.content, linked.article, claim)),
            sourcing=self._sourcing_of(linked),
            age=self._since(linked.published) if entry else None,
            late=words.span_words(*entry.late) if entry and entry.late else None,
            overdue=self._since(entry.deadline) if entry and entry.deadline and self.is_overdue(entry) else None,
        )

    def _checked(self, linked: LinkedClaim) -> DateView | None:
        """The day the desk last wrote down how the claim stands; at first that on which it recorded the claim. None in
        an edition of a day before anything was entered."""
        history, since = linked.claim.history, self.site.config.recorded_since
        day = history[-1].on if history else PartialDate.of(linked.recorded)
        if since and day.latest < since.earliest:
            as_of = self.site.as_of
            return None if as_of and as_of < since.earliest else self.date(since)
        return self.date(day)

    def origin(self, origin: Origin) -> Phrase:
        """The name of an origin."""
        name = self._voice_name(origin.id, origin.words)
        return words.origin_words(origin, name, self.own(origin.unnamed), self.locale)

    def _voice_name(self, id: str | None, described: str | None) -> Phrase:
        entity = self.site.content.entity(id) if id else None
        return self.own(entity.name if entity else described or "")

    def _sourcing_of(self, linked: LinkedClaim) -> SourcingView | None:
        found = linked.sourcing
        if found is None:
            return None
        outlets = tuple(self._voice_name(outlet.id, outlet.words) for outlet in found.outlets[:SHOWN])
        origins = tuple(self.origin(origin) for origin in found.origins[:SHOWN])
        return SourcingView(outlets, len(found.outlets), origins, len(found.origins))

    def _attribution(self, linked: LinkedClaim) -> AttributionView:
        voices = [(voice, self._named(voice, linked.published)) for voice in linked.claim.attribution]
        record = linked.article.record
        source = words.Named(self.source_name(record.source), page_path("sources", record.source))
        if voices and is_own(record, self.site.content):
            voices = [(words.REPORTED, source), *(voice for voice in voices if voice[0].by != record.source)]
        return AttributionView(words.attribution_parts(voices, source))

    def _named(self, voice: Attribution, day: datetime.date) -> words.Named:
        entity = self.site.content.entity(voice.by) if voice.by else None
        if entity is None or voice.by is None:
            return words.Named(self.own(voice.described_as or ""))
        return words.Named(self.own(entity.name), self.entity_path(voice.by), self.office(entity, day))

    def entity_path(self, id: str) -> str:
        """The page of a person, an organization, a place or a source."""
        return page_path(self.site.content.kind_of(id), id)

    def entity_link(self, id: str) -> LinkView:
        entity = self.site.content.entity(id)
        assert entity is not None
        return LinkView(self.own(entity.name), self.entity_path(id))

    def _step(self, entry: StatusEntry) -> StepView:
        evidence = tuple(self.citation(self.site.claims[ref]) for ref in entry.evidence)
        since = self.date(entry.since) if entry.since else None
        return StepView(entry.status, self.date(entry.on), since, self.own(entry.why), evidence)

    def _relation(self, related: Related) -> RelationView:
        other = self.site.claims[related.other]
        type = words.relation_words(related.type, related.is_from_other)
        return RelationView(type, other.ref, self.own(other.claim.text), self.citation(other))

    def _venue(self, record: Summit) -> Phrase | None:
        if record.venue is None:
            return None
        places = [self.site.content.places[id].name for id in (record.venue.city, record.venue.country) if id]
        return self.own(", ".join(part for part in (record.venue.site, *places) if part) or None)

    def _participant(self, record: Summit, participant: Participant) -> ParticipantView:
        person = self.site.content.people[participant.person]
        office = self.own(participant.office) or self.office(person, record.start.day.earliest)
        side = self.entity_link(participant.side) if participant.side else None
        name, role = self.own(person.name), self.own(participant.role)
        return ParticipantView(name, page_path("people", participant.person), office, side, role)

    def _starts(self, record: Summit) -> tuple[TimeView, ...]:
        """The beginning at the venue, then in the time of each side where that is another."""
        instant = record.start.instant
        if instant is None:
            day = self.date(record.start)
            return (TimeView(None, day.text, day.iso),)
        zones: dict[str, str | None] = {}
        places = self.site.content.places
        sides = [participant.side for participant in record.participants]
        local = venue_of(record, places)
        zones[local.timezone if local and local.timezone else self.site.config.timezone] = local.name if local else None
        for id in dict.fromkeys(side for side in sides if side):
            side_zone = places[id].timezone
            if side_zone and side_zone not in zones:
                zones[side_zone] = places[id].name
        starts = []
        for name, place in zones.items():
            time = words.time_words(instant, name, self.locale)
            starts.append(TimeView(self.own(place) or english(name), time, instant.isoformat()))
        return tuple(starts)
