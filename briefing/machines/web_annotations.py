"""Annotations of a document's words, as the W3C has them (Web Annotation Data Model and Vocabulary, 2017).

What its context has no word for, a status with its day and evidence, is said in those of schema.org, Dublin Core and
CiTO.
"""

from collections.abc import Iterable
from typing import Any

from briefing.machines.json_ld import Node
from briefing.model.frozen import frozen

# A second context names what is not in the first; that of schema.org begins anew, because both have a `name`.
SCHEMA = "https://schema.org/"
CONTEXT: list[Any] = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "schema": SCHEMA,
        "about": "schema:about",
        "Rating": "schema:Rating",
        "status": "schema:alternateName",
        "day": "http://purl.org/dc/terms/created",
        "evidence": {"@id": "http://purl.org/spar/cito/citesAsEvidence", "@type": "@id"},
    },
]
SCHEMA_CONTEXT: list[Any] = [None, {"@vocab": SCHEMA}]


@frozen
class Source:
    """The page that has the words: its address, the language of the words, the address at which they were published,
    and one of a copy."""

    address: str
    language: str
    canonical: str | None
    copy: str | None


@frozen
class Words:
    """Words and where they stand: `fragment` is the id of an element that has them, `start` and `end` count characters
    of the normalized text from 0 on."""

    exact: str
    prefix: str | None
    suffix: str | None
    fragment: str
    place: tuple[int, int]


@frozen
class Statement:
    """What the words say, in a language; its own address."""

    address: str
    text: str
    language: str


@frozen
class Assessment:
    """What had become of the statement on a day, why, and the addresses of words that show it."""

    status: str
    day: str
    why: str
    language: str
    evidence: tuple[str, ...]


@frozen
class Annotation:
    """Something said of words. `topics` are addresses."""

    address: str
    words: Words
    statement: Statement | None
    topics: tuple[str, ...]
    assessments: tuple[Assessment, ...]


def collection(
    address: str, label: str, creator: Node, source: Source, annotations: Iterable[Annotation], about: Node
) -> Node:
    """All annotations of a document, with what else is known of it, as one page of a collection."""
    items = [_annotation(annotation, source) for annotation in annotations]
    page = {"id": f"{address}#page_1", "type": "AnnotationPage", "startIndex": 0, "items": items}
    return {
        "@context": CONTEXT,
        "id": address,
        # schema.org says of works what they are about, and of nothing else.
        "type": ["AnnotationCollection", "schema:Collection"],
        "label": label,
        "creator": creator,
        "total": len(items),
        "first": page,
        "about": {"@context": SCHEMA_CONTEXT, **about},
    }


def _annotation(annotation: Annotation, source: Source) -> Node:
    bodies = [_text(one.text, one.language, "describing", id=one.address) for one in (annotation.statement,) if one]
    bodies += [{"type": "SpecificResource", "source": topic, "purpose": "classifying"} for topic in annotation.topics]
    bodies += [_assessment(assessment) for assessment in annotation.assessments]
    motivation = "assessing" if annotation.assessments else "describing" if annotation.statement else "classifying"
    target = {"type": "SpecificResource", "source": _source(source), "selector": _selectors(annotation.words)}
    return {
        "id": annotation.address,
        "type": "Annotation",
        "motivation": motivation,
        "body": bodies,
        "target": target,
    }


def _source(source: Source) -> Node:
    given = {"canonical": source.canonical, "via": source.copy}
    told = {name: value for name, value in given.items() if value}
    return {"id": source.address, "type": "Text", "format": "text/html", "language": source.language, **told}


def _selectors(words: Words) -> list[Node]:
    quote = {"type": "TextQuoteSelector", "exact": words.exact, "prefix": words.prefix, "suffix": words.suffix}
    selectors: list[Node] = [{name: value for name, value in quote.items() if value}]
    selectors.append({"type": "TextPositionSelector", "start": words.place[0], "end": words.place[1]})
    # How fragments of HTML are to be read (RFC 3236).
    mark = {"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc3236", "value": words.fragment}
    return [*selectors, mark]


def _text(value: str, language: str, purpose: str, **more: object) -> Node:
    return {
        **more,
        "type": "TextualBody",
        "purpose": purpose,
        "value": value,
        "format": "text/plain",
        "language": language,
    }


def _assessment(assessment: Assessment) -> Node:
    told = _text(assessment.why, assessment.language, "assessing")
    told |= {"type": ["TextualBody", "Rating"], "status": assessment.status, "day": assessment.day}
    return told | ({"evidence": list(assessment.evidence)} if assessment.evidence else {})
