"""Entries of the registries as pages show them: names, offices, meetings, and what else names them."""

from dataclasses import dataclass, field, fields

from briefing.model.entity import Entity, Organization, Person, Place, Role, Source
from briefing.render.page import Maker
from briefing.render.trace import Traced
from briefing.render.views import DateView, LinkView

NOUNS = {"people": "person", "organizations": "organization", "places": "place", "sources": "source"}


@dataclass(frozen=True, slots=True)
class EntityView:
    """Who or what this is: a `noun` such as "place", perhaps its `kind`; `names` are pairs of language and name."""

    noun: str
    kind: str | None
    name: str
    names: tuple[tuple[str, str], ...]
    aliases: tuple[str, ...]
    summary: str | None
    country: LinkView | None
    wikidata: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class RoleView:
    """An office: who held it, where, and from when to when as far as is known."""

    holder: LinkView
    post: str
    organization: LinkView | None
    start: DateView | None
    end: DateView | None


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A summit that somebody took part in, and in which office."""

    summit: LinkView
    status: str
    date: DateView
    office: str | None


@dataclass(slots=True)
class Mentions(Traced):
    """What records other than claims name an entry, by its id: gathered once for all pages."""

    summits: dict[str, list[str]] = field(default_factory=dict)
    officers: dict[str, list[tuple[str, Role]]] = field(default_factory=dict)
    people: dict[str, list[str]] = field(default_factory=dict)
    organizations: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    articles: dict[str, list[str]] = field(default_factory=dict)


def mentions_of(maker: Maker) -> Mentions:
    """Summits and articles are newest first, people and organizations in the order of their names."""
    found, content = Mentions(), maker.site.content
    for id in maker.site.summits:
        record = content.summits[id].record
        named = [name for one in record.participants for name in (one.person, one.side)]
        named += [record.venue.city, record.venue.country] if record.venue else []
        for name in dict.fromkeys(name for name in named if name):
            found.summits.setdefault(name, []).append(id)
    for article in maker.site.articles:
        found.articles.setdefault(article.record.source, []).append(article.id)
        for place in dict.fromkeys(article.record.issued_by):
            found.texts.setdefault(place, []).append(article.id)
    for id, person in sorted(content.people.items(), key=lambda entry: (entry[1].name.casefold(), entry[0])):
        if person.country:
            found.people.setdefault(person.country, []).append(id)
        for role in person.roles:
            if role.organization:
                found.officers.setdefault(role.organization, []).append((id, role))
    for id, body in sorted(content.organizations.items(), key=lambda entry: (entry[1].name.casefold(), entry[0])):
        if body.country:
            found.organizations.setdefault(body.country, []).append(id)
    return Mentions(
        **{part.name: maker.trace.table(f"{part.name} of entries", getattr(found, part.name)) for part in fields(found)}
    )


def entity_view(maker: Maker, kind: str, entity: Entity) -> EntityView:
    """The head of an entry's page."""
    kind_of_noun = getattr(entity, "kind", "other")
    country = entity.country if isinstance(entity, Person | Organization | Place | Source) else None
    return EntityView(
        noun=NOUNS[kind],
        kind=kind_of_noun if kind_of_noun != "other" else None,
        name=entity.name,
        names=tuple(entity.names.items()),
        aliases=entity.aliases,
        summary=entity.summary,
        country=maker.views.entity_link(country) if country else None,
        wikidata=entity.ids.wikidata if entity.ids else None,
        url=getattr(entity, "url", None),
    )


def role_view(maker: Maker, person: str, role: Role) -> RoleView:
    """An office of a person."""
    views = maker.views
    return RoleView(
        holder=views.entity_link(person),
        post=role.post,
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
            office = participant.office or views.office(entity, record.start.day.earliest)
    return MeetingView(views.summit_link(summit), record.status, views.date(record.start), office)
