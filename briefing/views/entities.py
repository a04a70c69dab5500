"""Entries of the registries as pages show them: names, offices, meetings, and what else names them."""

from briefing.link.scope import Named
from briefing.link.site import LinkedSummit
from briefing.model.entity import Organization, Person, Place, Role, Source
from briefing.model.frozen import frozen
from briefing.views.phrases import Phrase
from briefing.views.summits import office_of
from briefing.views.values import DateView, LinkView
from briefing.views.views import Views


@frozen
class EntityView:
    """Who or what this is: a `noun` such as "place", perhaps its `kind`; `names` are those in other languages."""

    noun: Phrase
    kind: Phrase | None
    name: Phrase
    names: tuple[Phrase, ...]
    aliases: tuple[Phrase, ...]
    summary: Phrase | None
    country: LinkView | None
    wikidata: str | None
    url: str | None


@frozen
class RoleView:
    """An office: who held it, where, and from when to when as far as is known."""

    holder: LinkView
    post: Phrase
    organization: LinkView | None
    start: DateView | None
    end: DateView | None


@frozen
class MeetingView:
    """A summit that somebody took part in, and in which office."""

    summit: LinkView
    status: str
    date: DateView
    office: Phrase | None


def entity_view(named: Named, views: Views) -> EntityView:
    """The head of an entry's page."""
    entity = named.entity
    kind: str = getattr(entity, "kind", "other")
    country = entity.country if isinstance(entity, Person | Organization | Place | Source) else None
    return EntityView(
        noun=views.say(f"noun.{named.kind}"),
        kind=views.say(f"entity_kind.{kind}") if kind != "other" else None,
        name=views.own(entity.name),
        names=tuple(views.wording.spoken(name, language) for language, name in entity.names.items()),
        aliases=tuple(views.own(alias) for alias in entity.aliases),
        summary=views.own(entity.summary),
        country=views.entity_link(country) if country else None,
        wikidata=entity.ids.wikidata if entity.ids else None,
        url=getattr(entity, "url", None),
    )


def role_view(person: str, role: Role, views: Views) -> RoleView:
    """An office of a person."""
    return RoleView(
        holder=views.entity_link(person),
        post=views.own(role.post),
        organization=views.entity_link(role.organization) if role.organization else None,
        start=views.date(role.start) if role.start else None,
        end=views.date(role.end) if role.end else None,
    )


def meeting_view(summit: LinkedSummit, views: Views, person: str | None = None) -> MeetingView:
    """A summit in the list of a place, or of a person with the office held then."""
    record, office = summit.record, None
    for participant in record.participants:
        if person is not None and participant.person == person:
            office = office_of(participant, record, Views(summit.scope))
    return MeetingView(views.summit_link(summit.id), record.status, views.date(record.start), office)
