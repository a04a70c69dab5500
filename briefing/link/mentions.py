"""Mentions: what records other than claims name each person, organization, place and source."""

from dataclasses import dataclass, field

from briefing.link.site import Site
from briefing.model.entity import Role


@dataclass(slots=True)
class Mentions:
    """By the id of an entry: the summits, offices, people, organizations, texts and articles that name it.

    Summits, texts and articles are newest first, people and organizations in the order of their names.
    """

    summits: dict[str, list[str]] = field(default_factory=dict)
    officers: dict[str, list[tuple[str, Role]]] = field(default_factory=dict)
    people: dict[str, list[str]] = field(default_factory=dict)
    organizations: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    articles: dict[str, list[str]] = field(default_factory=dict)


def mentions_of(site: Site) -> Mentions:
    """All mentions, gathered once."""
    found, content = Mentions(), site.content
    for id in site.summits:
        record = content.summits[id].record
        named = [name for one in record.participants for name in (one.person, one.side)]
        named += [record.venue.city, record.venue.country] if record.venue else []
        for name in dict.fromkeys(name for name in named if name):
            found.summits.setdefault(name, []).append(id)
    for article in site.files:
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
    return found
