"""Views: what a template may see of a record. Plain frozen values, so that a page depends on nothing else."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from briefing.link.site import LinkedClaim, Site
from briefing.model.addresses import page_path
from briefing.model.claim import StatusEntry
from briefing.model.dates import PartialDate, When
from briefing.model.entity import Entity
from briefing.model.summit import Participant, Summit
from briefing.read.articles import ArticleFile
from briefing.read.content import Written
from briefing.render import words


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


@dataclass(frozen=True, slots=True)
class CitationView:
    """Where words stand: the article, who published it and when, and the words."""

    path: str
    title: str
    source: str
    published: DateView
    quote: str


@dataclass(frozen=True, slots=True)
class StepView:
    """One entry of a claim's history."""

    status: str
    on: DateView
    why: str
    evidence: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class RelationView:
    """A relation to another claim, seen from this one."""

    type: str
    text: str
    path: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim as pages show it; `citation.path` leads to its marked words."""

    ref: str
    id: str
    number: int
    text: str
    citation: CitationView
    modality: str
    attribution: str
    hedge: str | None
    likelihood: str | None
    likelihood_range: str | None
    status: str | None
    history: tuple[StepView, ...]
    is_forward: bool
    is_open: bool
    level: str | None
    figure: str | None
    measure: str | None
    due: DateView | None
    resolution: str | None
    review_by: DateView | None
    relations: tuple[RelationView, ...]
    topics: tuple[LinkView, ...]
    summit: LinkView | None
    origin: str | None


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article in lists."""

    path: str
    title: str
    source: str
    published: DateView
    summary: str | None
    claims: int
    open: int


@dataclass(frozen=True, slots=True)
class ParticipantView:
    """Who takes part, in which office at that time, for which side."""

    name: str
    office: str | None
    side: str | None
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
    """HTML that `briefing.read.markup` made: the only text that templates show unescaped."""
    return Markup(html)  # noqa: S704


class Views:
    """Makes each record's view once."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.locale = words.locale_of(site.config.language)
        self._claims: dict[str, ClaimView] = {}
        self._citations: dict[str, CitationView] = {}

    def claims(self, claims: Iterable[LinkedClaim]) -> tuple[ClaimView, ...]:
        return tuple(self.claim(claim) for claim in claims)

    def claims_by_ref(self, refs: Iterable[str]) -> tuple[ClaimView, ...]:
        return self.claims(self.site.claims[ref] for ref in refs)

    def claim(self, linked: LinkedClaim) -> ClaimView:
        view = self._claims.get(linked.ref)
        if view is None:
            view = self._claims[linked.ref] = self._claim(linked)
        return view

    def date(self, value: PartialDate | When) -> DateView:
        day = value.day if isinstance(value, When) else value
        assert isinstance(day, PartialDate)
        return DateView(words.date_words(day, self.locale), str(day))

    def article(self, file: ArticleFile) -> ArticleView:
        record = file.record
        return ArticleView(
            path=page_path("articles", file.id),
            title=record.title,
            source=self.source_name(record.source),
            published=self.date(record.published),
            summary=record.summary,
            claims=len(file.claims),
            open=sum(anchored.claim.is_open for anchored in file.claims),
        )

    def summit(self, file: Written[Summit]) -> SummitView:
        record, claims = file.record, self.site.by_summit.get(file.id, [])
        return SummitView(
            path=page_path("summits", file.id),
            title=record.title,
            kind=record.kind,
            status=record.status,
            summary=record.summary,
            starts=self._starts(record),
            end=self.date(record.end) if record.end else None,
            venue=self._venue(record),
            participants=tuple(self._participant(record, participant) for participant in record.participants),
            claims=len(claims),
            open=sum(linked.claim.is_open for linked in claims),
        )

    def office(self, entity: Entity, day: datetime.date) -> str | None:
        """The office held on that day, with its organization."""
        role = words.role_on(entity, day)
        if role is None or role.organization is None:
            return role.post if role else None
        organization = self.site.content.organizations[role.organization].name
        return role.post if organization in role.post else f"{role.post}, {organization}"

    def source_name(self, id: str) -> str:
        return self.site.content.sources[id].name

    def summit_link(self, id: str) -> LinkView:
        return LinkView(self.site.content.summits[id].record.title, page_path("summits", id))

    def topic_link(self, id: str) -> LinkView:
        return LinkView(self.site.config.topics[id], page_path("topics", id))

    def citation(self, linked: LinkedClaim) -> CitationView:
        view = self._citations.get(linked.ref)
        if view is None:
            record, anchored = linked.article.record, linked.anchored
            view = self._citations[linked.ref] = CitationView(
                path=f"{page_path('articles', linked.article.id)}#{anchored.id}",
                title=record.title,
                source=self.source_name(record.source),
                published=self.date(record.published),
                quote=anchored.words,
            )
        return view

    def _claim(self, linked: LinkedClaim) -> ClaimView:
        claim, anchored, status = linked.claim, linked.anchored, linked.claim.status
        measure = self.site.content.measures[claim.figure.measure] if claim.figure else None
        return ClaimView(
            ref=linked.ref,
            id=anchored.id,
            number=anchored.number,
            text=claim.text or anchored.words,
            citation=self.citation(linked),
            modality=claim.modality,
            attribution=self._attribution(linked),
            hedge=claim.hedge,
            likelihood=claim.likelihood,
            likelihood_range=words.likelihood_words(claim.likelihood) if claim.likelihood else None,
            status=status,
            history=tuple(self._step(entry) for entry in claim.history),
            is_forward=claim.is_forward,
            is_open=claim.is_open,
            level=claim.level,
            figure=words.figure_words(claim.figure, measure, self.locale) if claim.figure and measure else None,
            measure=measure.label if measure else None,
            due=self.date(claim.due) if claim.due else None,
            resolution=claim.resolution,
            review_by=self.date(claim.review_by) if claim.review_by else None,
            relations=tuple(self._relation(relation.type, relation.to) for relation in claim.relations),
            topics=tuple(self.topic_link(topic) for topic in dict.fromkeys(claim.topics)),
            summit=self.summit_link(linked.summit) if linked.summit else None,
            origin=claim.origin,
        )

    def _attribution(self, linked: LinkedClaim) -> str:
        voices = []
        for voice in linked.claim.attribution:
            entity = self.site.content.entity(voice.by) if voice.by else None
            name = voice.described_as or ""
            if entity:
                office = self.office(entity, linked.published)
                name = f"{entity.name} ({office})" if office else entity.name
            voices.append((voice, name))
        return words.attribution_words(voices, self.source_name(linked.article.record.source))

    def _step(self, entry: StatusEntry) -> StepView:
        evidence = tuple(self.citation(self.site.claims[ref]) for ref in entry.evidence)
        return StepView(entry.status, self.date(entry.on), entry.why, evidence)

    def _relation(self, type: str, ref: str) -> RelationView:
        other = self.site.claims[ref]
        return RelationView(type, other.claim.text or other.anchored.words, self.citation(other).path)

    def _venue(self, record: Summit) -> str | None:
        if record.venue is None:
            return None
        places = [self.site.content.places[id].name for id in (record.venue.city, record.venue.country) if id]
        return ", ".join(part for part in (record.venue.site, *places) if part) or None

    def _participant(self, record: Summit, participant: Participant) -> ParticipantView:
        person = self.site.content.people[participant.person]
        office = participant.office or self.office(person, record.start.day.earliest)
        side = self.site.content.places[participant.side].name if participant.side else None
        return ParticipantView(person.name, office, side, participant.role)

    def _starts(self, record: Summit) -> tuple[TimeView, ...]:
        """The beginning at the venue, then in the time of each side where that is another."""
        instant = record.start.instant
        if instant is None:
            day = self.date(record.start)
            return (TimeView(None, day.text, day.iso),)
        zones: dict[str, str | None] = {}
        places = self.site.content.places
        venue = [record.venue.city, record.venue.country] if record.venue else []
        sides = [participant.side for participant in record.participants]
        local = next((places[id] for id in venue if id and places[id].timezone), None)
        zones[local.timezone if local and local.timezone else self.site.config.timezone] = local.name if local else None
        for id in dict.fromkeys(side for side in sides if side):
            side_zone = places[id].timezone
            if side_zone and side_zone not in zones:
                zones[side_zone] = places[id].name
        starts = []
        for name, place in zones.items():
            day_words, time = words.time_words(instant, name, self.locale)
            starts.append(TimeView(place or name, f"{day_words}, {time}", instant.isoformat()))
        return tuple(starts)
