"""JSON-LD as a processor of others reads it, with the few terms that are used here, written down by hand.

No context is loaded from elsewhere. A term that is in none of these, and not in `SCHEMA`, is nobody's.
"""

import json
from collections.abc import Iterator
from typing import Any

from pyld import jsonld

OA, AS = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#"
SCHEMA_ORG, RDF = "https://schema.org/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
ANNO = "http://www.w3.org/ns/anno.jsonld"
_COUNT = "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"
# Of https://www.w3.org/TR/annotation-vocab/#json-ld-context: no more than what our files use.
ANNOTATIONS: dict[str, Any] = {
    "id": "@id",
    "type": "@type",
    **{name: f"{OA}{name}" for name in ("Annotation", "TextualBody", "SpecificResource")},
    **{name: f"{OA}{name}" for name in ("FragmentSelector", "TextQuoteSelector", "TextPositionSelector")},
    **{name: f"{OA}{name}" for name in ("assessing", "classifying", "describing", "exact", "prefix", "suffix")},
    "AnnotationCollection": f"{AS}OrderedCollection",
    "AnnotationPage": f"{AS}OrderedCollectionPage",
    "Organization": "http://xmlns.com/foaf/0.1/Organization",
    "Text": "http://purl.org/dc/dcmitype/Text",
    "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": f"{OA}hasPurpose", "@type": "@vocab"},
    "body": {"@id": f"{OA}hasBody", "@type": "@id"},
    "target": {"@id": f"{OA}hasTarget", "@type": "@id"},
    "source": {"@id": f"{OA}hasSource", "@type": "@id"},
    "selector": {"@id": f"{OA}hasSelector", "@type": "@id"},
    "canonical": {"@id": f"{OA}canonical", "@type": "@id"},
    "via": {"@id": f"{OA}via", "@type": "@id"},
    "conformsTo": {"@id": "http://purl.org/dc/terms/conformsTo", "@type": "@id"},
    "creator": {"@id": "http://purl.org/dc/terms/creator", "@type": "@id"},
    "homepage": {"@id": "http://xmlns.com/foaf/0.1/homepage", "@type": "@id"},
    "first": {"@id": f"{AS}first", "@type": "@id"},
    "items": {"@id": f"{AS}items", "@type": "@id", "@container": "@list"},
    "total": {"@id": f"{AS}totalItems", "@type": _COUNT},
    "startIndex": {"@id": f"{AS}startIndex", "@type": _COUNT},
    "start": {"@id": f"{OA}start", "@type": _COUNT},
    "end": {"@id": f"{OA}end", "@type": _COUNT},
    "format": "http://purl.org/dc/elements/1.1/format",
    "language": "http://purl.org/dc/elements/1.1/language",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "name": "http://xmlns.com/foaf/0.1/name",
    "value": f"{RDF}value",
}

# The properties that schema.org has for each type that is used here, its own and those of the types that it is one of.
_THING = "name description url sameAs image"
_WORK = (
    f"{_THING} about abstract archivedAt author citation creditText dateCreated dateModified datePublished encoding "
    "hasPart inLanguage isAccessibleForFree isBasedOn isPartOf keywords license mentions publisher text"
)
_QUANTITY = f"{_THING} maxValue minValue unitCode unitText value"
_ORGANIZATION, _PLACE = f"{_THING} address", f"{_THING} address"
_ARTICLE = f"{_WORK} headline articleBody"
TYPES: dict[str, frozenset[str]] = {
    name: frozenset(properties.split())
    for name, properties in {
        **dict.fromkeys(("CreativeWork", "WebPage", "WebSite", "Quotation"), _WORK),
        "Dataset": f"{_WORK} creator distribution measurementTechnique variableMeasured",
        **dict.fromkeys(("NewsArticle", "Report"), _ARTICLE),
        "Claim": f"{_WORK} appearance firstAppearance claimInterpreter",
        "ClaimReview": f"{_WORK} claimReviewed itemReviewed reviewBody reviewRating",
        "Rating": f"{_THING} alternateName bestRating ratingExplanation ratingValue worstRating author",
        **dict.fromkeys(("TextObject", "DataDownload"), f"{_WORK} contentUrl encodingFormat sha256 size"),
        "Event": f"{_THING} about attendee endDate eventStatus location organizer startDate superEvent",
        **dict.fromkeys(("Place", "Country", "City", "AdministrativeArea"), _PLACE),
        "PostalAddress": f"{_THING} addressCountry addressLocality addressRegion",
        "Person": f"{_THING} affiliation jobTitle worksFor",
        **dict.fromkeys(("Organization", "NewsMediaOrganization", "ResearchOrganization"), _ORGANIZATION),
        **dict.fromkeys(("GovernmentOrganization", "Corporation", "PoliticalParty"), _ORGANIZATION),
        "QuantitativeValue": _QUANTITY,
        "Observation": f"{_QUANTITY} observationAbout observationDate variableMeasured",
    }.items()
}


def _loaded(url: str, _: object) -> dict[str, Any]:
    contexts = {ANNO: ANNOTATIONS, "https://schema.org": {"@vocab": SCHEMA_ORG}}
    return {"contentType": None, "contextUrl": None, "documentUrl": url, "document": {"@context": contexts[url]}}


def expanded(data: bytes | str, base: str) -> list[dict[str, Any]]:
    """The nodes of a document at an address, with whole names."""
    return list(jsonld.expand(json.loads(data), {"base": base, "documentLoader": _loaded}))


def statements(data: bytes | str, base: str) -> list[dict[str, Any]]:
    """All that a document says, as triples of RDF."""
    return list(jsonld.to_rdf(json.loads(data), {"base": base, "documentLoader": _loaded})["@default"])


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """All nodes in what was expanded."""
    if isinstance(value, list):
        for one in value:
            yield from nodes(one)
    elif isinstance(value, dict):
        if "@value" not in value:
            yield value
        for key, one in value.items():
            if not key.startswith("@") or key in ("@list", "@graph"):
                yield from nodes(one)


def of_type(value: Any, *names: str) -> list[dict[str, Any]]:
    """The nodes of these types, each a whole name."""
    return [one for one in nodes(value) if set(names) & set(one.get("@type", ()))]


def ids(node: dict[str, Any], name: str) -> list[str]:
    """The addresses that a property leads to."""
    return [str(one["@id"]) for one in node.get(name, ())]


def text(node: dict[str, Any], name: str) -> str | None:
    """The one value of a property, if it has one."""
    values = node.get(name, ())
    assert len(values) <= 1
    return str(values[0]["@value"]) if values else None


def check_schema(value: Any) -> int:
    """Every node of schema.org's has a type of the list and no property that its type has not; how many there are."""
    count = 0
    for one in nodes(value):
        types = [kind.removeprefix(SCHEMA_ORG) for kind in one.get("@type", ()) if kind.startswith(SCHEMA_ORG)]
        used = {key.removeprefix(SCHEMA_ORG) for key in one if key.startswith(SCHEMA_ORG)}
        if any(kind.startswith((OA, AS)) for kind in one.get("@type", ())):
            continue
        for kind in types:
            assert used <= TYPES[kind], (kind, used - TYPES[kind])
        assert types or not used, used
        count += bool(types)
    return count
