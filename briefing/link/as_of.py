"""The site as the desk could have known it on a day: everything recorded later is left out before linking.

Of what is dated by its month or year nobody knows the day, so it counts as known at the end.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from briefing.diagnostics import Diagnostic, Pointer
from briefing.model.claim import Claim
from briefing.model.config import Config
from briefing.model.dates import PartialDate
from briefing.model.entity import Entity
from briefing.model.registries import ENTITIES
from briefing.model.summit import AgendaItem, Summit
from briefing.model.topic import StandingPage, Topic
from briefing.read.annotations import AnchoredClaim
from briefing.read.articles import ArticleFile
from briefing.read.content import Content
from briefing.read.pages import PageFile

E = TypeVar("E", bound=Entity)
P = TypeVar("P", Topic, StandingPage)


def as_known_on(content: Content, config: Config, day: date) -> tuple[Content, Config, list[Diagnostic]]:
    """Content and configuration without what came after `day`; a problem where nothing came before it."""
    kept = {id: file for id, file in content.articles.items() if file.record.readable.latest <= day}
    if not kept:
        return content, config, _too_early(content, day)
    claims = {claim.ref for file in kept.values() for claim in file.claims}
    past = replace(content)
    past.articles = {id: _article(file, claims, day) for id, file in kept.items()}
    past.texts = {id: content.texts[id] for id in kept}
    met = {id for file in kept.values() for id in [*file.record.summits, *(c.summit for c in file.claims if c.summit)]}
    past.summits = {
        id: _summit(file, past, claims, day)
        for id, file in content.summits.items()
        if id in met or file.record.start.day.latest <= day
    }
    past.summits = {id: _follows(file, past) for id, file in past.summits.items()}
    past.topics = {id: _page_as_of(file, day, _leads(file.record, claims)) for id, file in content.topics.items()}
    past.pages = {id: _page_as_of(file, day, {}) for id, file in content.pages.items()}
    named = set(_named(past))
    for kind in ENTITIES:
        registry = getattr(content, kind)
        setattr(past, kind, {id: _entity(entity, day) for id, entity in registry.items() if id in named})
    measured = {
        claim.claim.figure.measure for file in past.articles.values() for claim in file.claims if claim.claim.figure
    }
    past.measures = {id: measure for id, measure in content.measures.items() if id in measured}
    gone = tuple(one for one in config.gone if _is_past(one.on, day))
    return past, replace(config, gone=gone, **_leads(config, claims)), []


def _too_early(content: Content, day: date) -> list[Diagnostic]:
    if not content.articles:
        return []
    first = min(content.articles.values(), key=lambda file: (file.record.readable.latest, file.id))
    message = f"nothing is known on {day}: this, the first article, is of {first.record.readable}"
    help = "name a day on or after the first article's"
    return [Diagnostic("nothing-known-yet", message, Pointer(first.path, ("published",)), help)]


def _is_past(value: PartialDate | None, day: date) -> bool:
    return value is None or value.latest <= day


def _article(file: ArticleFile, claims: set[str], day: date) -> ArticleFile:
    record = file.record
    past = replace(
        record,
        updated=record.updated if record.updated and record.updated.day.latest <= day else None,
        accessed=record.accessed if _is_past(record.accessed, day) else None,
        corrections=tuple(correction for correction in record.corrections if correction.on.latest <= day),
    )
    anchored = tuple(replace(claim, claim=_claim(claim, claims, day)) for claim in file.claims)
    return ArticleFile(replace(file.head, record=past), anchored)


def _claim(anchored: AnchoredClaim, claims: set[str], day: date) -> Claim:
    claim = anchored.claim
    return replace(
        claim,
        history=tuple(entry for entry in claim.history if entry.on.latest <= day),
        relations=tuple(relation for relation in claim.relations if relation.to in claims),
    )


def _leads(record: Summit | Topic | Config, claims: set[str]) -> dict[str, Any]:
    return {
        "lead": tuple(ref for ref in record.lead if ref in claims),
        "exclude": tuple(ref for ref in record.exclude if ref in claims),
    }


# What a record says of a text that was not there.
_UNWRITTEN: Mapping[str, Any] = {"summary": None, "written": None}


def _summit(file: PageFile[Summit], past: Content, claims: set[str], day: date) -> PageFile[Summit]:
    """A meeting still to come is planned, whatever became of it."""
    record = file.record
    is_over = (record.end or record.start).day.latest <= day
    update: dict[str, Any] = {
        "status": record.status if is_over else "planned",
        "documents": tuple(id for id in record.documents if id in past.articles),
        "agenda": tuple(replace(topic, items=_items(topic.items, past, claims)) for topic in record.agenda),
        "verdict": record.verdict if record.verdict and record.verdict.written.latest <= day else None,
        **_leads(record, claims),
    }
    if not _is_past(record.written, day):
        update |= _UNWRITTEN
    html = file.html if _is_past(record.written, day) else ""
    return replace(file, record=replace(record, **update), html=html, links=file.links if html else ())


def _items(items: Iterable[AgendaItem], past: Content, claims: set[str]) -> tuple[AgendaItem, ...]:
    """Subjects of an agenda with the claims that were known, and the one whose status was."""
    return tuple(
        replace(
            item,
            claims=tuple(ref for ref in item.claims if ref in claims),
            now=item.now if item.now and _has_status(past, item.now) else None,
        )
        for item in items
    )


def _has_status(past: Content, ref: str) -> bool:
    article = past.articles.get(ref.partition("#")[0])
    return article is not None and any(claim.ref == ref and claim.claim.status for claim in article.claims)


def _follows(file: PageFile[Summit], past: Content) -> PageFile[Summit]:
    if file.record.follows in past.summits:
        return file
    return replace(file, record=replace(file.record, follows=None))


def _page_as_of(file: PageFile[P], day: date, update: dict[str, Any]) -> PageFile[P]:
    """A text written later is left out; its page stays."""
    if _is_past(file.record.written, day):
        return replace(file, record=replace(file.record, **update))
    return replace(file, record=replace(file.record, **{**update, **_UNWRITTEN}), html="", links=())


def _entity(entity: E, day: date) -> E:
    roles = tuple(
        role if role.end is None or role.end.latest <= day else replace(role, end=None)
        for role in entity.roles
        if role.start is None or role.start.latest <= day
    )
    return replace(entity, roles=roles)


def _named(content: Content) -> Iterator[str]:
    """The people, organizations, places and sources that the past content names, and those these belong to."""
    waiting = list(_directly_named(content))
    seen: set[str] = set()
    while waiting:
        id = waiting.pop()
        entity = content.entity(id)
        if id in seen or entity is None:
            continue
        seen.add(id)
        yield id
        waiting += [role.organization for role in entity.roles if role.organization]
        country = getattr(entity, "country", None)
        if country:
            waiting.append(country)


def _directly_named(content: Content) -> Iterable[str]:
    for file in content.articles.values():
        yield file.record.source
        yield from file.record.issued_by
        for anchored in file.claims:
            yield from anchored.claim.about
            yield from (voice.by for voice in anchored.claim.attribution if voice.by)
            if anchored.claim.figure:
                measure = content.measures.get(anchored.claim.figure.measure)
                yield from measure.about if measure else ()
    for summit in content.summits.values():
        record = summit.record
        for participant in record.participants:
            yield participant.person
            if participant.side:
                yield participant.side
        if record.venue:
            yield from (id for id in (record.venue.city, record.venue.country) if id)
