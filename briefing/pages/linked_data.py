"""Records in the words of schema.org: who publishes and speaks, whose an article is, a claim with its words and its
figure."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from briefing.link.scope import Cited, Named
from briefing.link.site import Headline, LinkedClaim, Site
from briefing.machines.json_ld import Node, node, reference
from briefing.model.addresses import page_path
from briefing.model.article import Article
from briefing.model.claim import SCALES, Figure
from briefing.model.dates import When
from briefing.model.entity import Organization, Place, Source
from briefing.model.measure import Measure
from briefing.views.claims import claim_view
from briefing.views.phrases import plain
from briefing.views.views import Views

_PRESS = frozenset(["newspaper", "wire", "broadcaster", "magazine"])
_KINDS = {
    **dict.fromkeys((*_PRESS, "media"), "NewsMediaOrganization"),
    "think-tank": "ResearchOrganization",
    "government": "GovernmentOrganization",
    "company": "Corporation",
    "party": "PoliticalParty",
    "country": "Country",
    "city": "City",
    "region": "AdministrativeArea",
}


class Publication(NamedTuple):
    """What the site is called, who publishes it, in which language, and where it stands."""

    title: str
    publisher: str
    language: str
    base: str | None


def publication_of(site: Site) -> Publication:
    """That of a site."""
    config = site.config
    base = config.base_url.rstrip("/") + "/" if config.base_url else None
    return Publication(config.title, config.publisher or config.title, config.language, base)


class Addresses(NamedTuple):
    """Addresses in a file: below the address of the site, else below the way to its root from the file's own."""

    root: str

    def of(self, target: str) -> str:
        """The address of a page or a place on it."""
        return self.root + target

    def thing(self, kind: str, id: str) -> str:
        """The name of whom or what a page is about, which is not the page."""
        return self.of(f"{page_path(kind, id)}#this")


def desk(publication: Publication) -> Node:
    """Who publishes the site."""
    base = publication.base
    return node("Organization", id=f"{base}#desk" if base else None, name=publication.publisher, url=base)


def entity(id: str, named: Named, addresses: Addresses) -> Node:
    """A person, an organization, a place or a source."""
    entry = named.entity
    kind = {"people": "Person", "places": "Place"}.get(named.kind, "Organization")
    if isinstance(entry, Organization | Place | Source):
        kind = _KINDS.get(entry.kind, kind)
    same = f"http://www.wikidata.org/entity/{entry.ids.wikidata}" if entry.ids and entry.ids.wikidata else None
    url = getattr(entry, "url", None)
    return node(kind, id=addresses.thing(named.kind, id), name=entry.name, url=url, sameAs=same and reference(same))


def original(headline: Headline, views: Views, addresses: Addresses) -> Node:
    """The article itself, as its publisher has it."""
    record = headline.record
    kind = views.scope.source(record.source).kind
    type = "NewsArticle" if kind in _PRESS or kind == "desk" else "Report" if kind == "think-tank" else "CreativeWork"
    title = {"headline" if type == "NewsArticle" else "name": record.title}
    source = views.scope.named(record.source)
    assert source is not None
    return node(
        type,
        id=original_address(headline, addresses),
        **title,
        url=record.url,
        archivedAt=record.archive_url,
        inLanguage=views.language_of(record),
        datePublished=written(record.published),
        dateModified=written(record.updated) if record.updated else None,
        author=[_author(name, record, source) for name in record.authors],
        publisher=entity(record.source, source, addresses),
    )


def original_address(headline: Headline, addresses: Addresses) -> str:
    """What names the article: the address that its publisher gave it, else that of the words on our page."""
    return headline.record.url or addresses.of(page_path("articles", headline.id)) + "#this"


def _author(name: str, record: Article, source: Named) -> Node:
    return node("Organization" if name == source.entity.name else "Person", name=name)


def written(when: When) -> str:
    """A day or a moment as ISO 8601 has it."""
    return when.instant.isoformat() if when.instant else when.day.iso


def statement(linked: LinkedClaim) -> str:
    """What a claim says: the desk's words, else those of its article."""
    return linked.claim.text or linked.anchored.words


def words_path(linked: LinkedClaim) -> str:
    """Where the marked words of a claim stand."""
    return f"{page_path('articles', linked.article.id)}#{linked.anchored.id}"


def cited_path(cited: Cited) -> str:
    """Where the marked words of a cited claim stand."""
    return f"{page_path('articles', cited.article.id)}#{cited.anchored.id}"


def statement_path(linked: LinkedClaim) -> str:
    """Where the statement of a claim stands, beside the words."""
    return f"{page_path('articles', linked.article.id)}#claim_{linked.anchored.id}"


def speaker(linked: LinkedClaim, views: Views, addresses: Addresses) -> Node | None:
    """The last of those on whose word it is, if that is somebody of a registry who is named; else the source."""
    voices = linked.claim.attribution
    if voices and (voices[-1].by is None or voices[-1].basis == "anonymous"):
        return None
    id = voices[-1].by if voices else linked.article.record.source
    named = views.scope.named(id) if id else None
    return entity(id, named, addresses) if id and named else None


def claim(linked: LinkedClaim, addresses: Addresses) -> Node:
    """A claim: what it says, who says so, in which words of which article; and the figure that it gives."""
    views, record = Views(linked.scope), linked.claim
    view = claim_view(linked)
    quotation = node(
        "Quotation",
        id=addresses.of(words_path(linked)),
        text=linked.anchored.words,
        inLanguage=views.language_of(linked.article.record),
        isPartOf=reference(original_address(linked.article, addresses)),
    )
    about = [(id, views.scope.named(id)) for id in record.about]
    return node(
        "Claim",
        id=addresses.of(statement_path(linked)),
        name=plain(view.label),
        text=statement(linked),
        creditText=plain(view.who),
        author=speaker(linked, views, addresses),
        appearance=quotation,
        firstAppearance=_first(linked, views, addresses),
        about=[reference(addresses.thing(named.kind, id)) for id, named in about if named],
        keywords=[plain(topic.title) for topic in view.topics],
        mentions=_figure(linked, record.figure, views) if record.figure else None,
    )


def _first(linked: LinkedClaim, views: Views, addresses: Addresses) -> Node | None:
    """The oldest of the words that a claim repeats: of others nobody knows who said it first."""
    related = linked.related
    repeated = [views.scope.claim(one.other) for one in related if one.type == "repeats" and not one.is_from_other]
    oldest = min(repeated, key=lambda cited: cited.article.record.published, default=None)
    return reference(addresses.of(cited_path(oldest))) if oldest else None


def things(claims: Iterable[LinkedClaim], addresses: Addresses) -> list[Node]:
    """Whom and what claims are about, each once."""
    found: dict[str, Node] = {}
    for linked in claims:
        for id in linked.claim.about:
            if id not in found and (named := linked.scope.named(id)):
                found[id] = entity(id, named, addresses)
    return list(found.values())


def _figure(linked: LinkedClaim, figure: Figure, views: Views) -> Node:
    """A figure: an observation where something is said to be so; what is promised or expected is a quantity."""
    measure = views.scope.measure(figure.measure)
    values = {
        **_amounts(figure),
        "unitText": _unit(figure, measure),
        "description": plain(claim_view(linked).figure or ""),
    }
    if not linked.claim.is_factual or figure.target:
        return node("QuantitativeValue", name=measure.label, **values)
    day = figure.as_of or linked.article.published.day
    return node("Observation", variableMeasured=measure.label, observationDate=day.iso, **values)


def _unit(figure: Figure, measure: Measure) -> str | None:
    return figure.currency or figure.unit or measure.currency or measure.unit


def _amounts(figure: Figure) -> Node:
    """What is known of the number: itself, or only what it is at least or at most."""
    amount = _number(figure.amount)
    match figure.qualifier:
        case "range":
            high = (figure.high or figure.value) * SCALES[figure.scale]
            return {"minValue": amount, "maxValue": _number(high)}
        case "at-least" | "more-than":
            return {"minValue": amount}
        case "up-to" | "less-than":
            return {"maxValue": amount}
        case _:
            return {"value": amount}


def _number(value: Decimal) -> int | float | str:
    """A number as JSON has it, if that is the same one."""
    if value == value.to_integral_value():
        return int(value)
    return float(value) if Decimal(repr(float(value))) == value else str(value)
