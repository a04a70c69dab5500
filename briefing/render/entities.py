"""Entries of the registries as pages show them: names, offices, meetings, and what else names them."""

from dataclasses import dataclass

from briefing.model.entity import Entity, Organization, Person, Place, Role, Source
from briefing.render.maker import Maker
from briefing.render.tongues import Phrase, spoken
from briefing.render.views import DateView, LinkView

NOUNS = {"people": "person", "organizations": "organization", "places": "place", "sources": "source"}


@dataclass(frozen=True, slots=True)
class EntityView:
    """Who or what this is: a `noun` such as "place", perhaps its `kind`; `names` are those in other languages."""

    noun: str
    kind: str | None
    name: Phrase
    names: tuple[Phrase, ...]
    aliases: tuple[Phrase, ...]
    summary: Phrase | None
    country: LinkView | None
    wikidata: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class RoleView:
    """An office: who held it, where, and from when to when as far as is known."""

    holder: LinkView
    post: Phrase
    organization: LinkView | None
    start: DateView | None
    end: DateView | None


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A summit that somebody took part in, and in which office."""

    summit: LinkView
    status: str
    date: DateView
    office: Phrase | None


def entity_view(maker: Maker, kind: str, entity: Entity) -> EntityView:
    """The head of an entry's page."""
    kind_of_noun = getattr(entity, "kind", "other")
    country = entity.country if isinstance(entity, Person | Organization | Place | Source) else None
    return EntityView(
        noun=NOUNS[kind],
        kind=kind_of_noun if kind_of_noun != "other" else None,
        name=maker.views.own(entity.name),
        names=tuple(spoken(name, language) for language, name in entity.names.items()),
        aliases=tuple(maker.views.own(alias) for alias in entity.aliases),
        summary=maker.views.own(entity.summary),
        country=maker.views.entity_link(country) if country else None,
        wikidata=entity.ids.wikidata if entity.ids else None,
        url=getattr(entity, "url", None),
    )


def role_view(maker: Maker, person: str, role: Role) -> RoleView:
    """An office of a person."""
    views = maker.views
    return RoleView(
        holder=views.entity_link(person),
        post=views.own(role.post),
        organization=views.entity_link(role.organization) if role.organization else None,
        start=views.date(role.start) if role.start else None,
        end=views.date(role.end) if role.end else None,
    )


def meeting_view(maker: Maker, summit: str, person: str | None = None) -> MeetingView:
    """A summit in the list of a place, or of a person with the office held then."""
    views, record = maker.views, maker.site.content.summits[summit].record
    office = None
    for participant in record.participants:
        if person is not None and participant.person == person:
            entity = maker.site.content.people[person]
            office = views.own(participant.office) or views.office(entity, record.start.day.earliest)
    return MeetingView(views.summit_link(summit), record.status, views.date(record.start), office)
