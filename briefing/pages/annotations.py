"""The annotations of an article as JSON-LD: each claim with the words that it rests on, and what became of it."""

from collections.abc import Mapping
from functools import partial

from briefing.link.site import LinkedArticle, LinkedClaim
from briefing.machines.json_ld import MEDIA_TYPE, Node, as_file, node
from briefing.machines.web_annotations import Annotation, Assessment, Source, Statement, Words, collection
from briefing.model.addresses import page_path
from briefing.pages.linked_data import (
    Addresses,
    Publication,
    cited_path,
    claim,
    original,
    statement_path,
    things,
)
from briefing.pages.page import Alternate, File
from briefing.read.quoted import QuotedWords, QuotePlace
from briefing.views.views import Views

FOLDER = "annotations/"


def annotations_of(id: str) -> Alternate:
    """The annotations of an article."""
    return Alternate("annotations", f"{FOLDER}{id}.jsonld", MEDIA_TYPE)


def annotations_file(article: LinkedArticle, quoted: QuotedWords, publication: Publication) -> File:
    """The file that has them."""
    path = annotations_of(article.id).path
    return File(path, partial(_made, path, article, quoted, publication), article.headline.path)


def _made(path: str, article: LinkedArticle, quoted: QuotedWords, publication: Publication) -> bytes:
    views, record, addresses = Views(article.scope), article.record, Addresses(publication.base, path)
    page = addresses.of(page_path("articles", article.id))
    source = Source(page, views.language_of(record), record.url, record.archive_url)
    places = {place.id: place for place in quoted.places}
    annotations = [_annotation(linked, path, places, addresses) for linked in article.claims]
    about = _about(page, article, quoted, views, addresses)
    return as_file(collection(addresses.of(path), record.title, desk_agent(publication), source, annotations, about))


def desk_agent(publication: Publication) -> Node:
    """Who made the annotations, in the words of their own vocabulary."""
    told: Node = {"type": "Organization", "name": publication.publisher}
    return told | ({"homepage": publication.base} if publication.base else {})


def _annotation(linked: LinkedClaim, path: str, places: Mapping[str, QuotePlace], addresses: Addresses) -> Annotation:
    views, record, id = Views(linked.scope), linked.claim, linked.anchored.id
    at, language = places.get(id), views.language
    statement = Statement(addresses.of(statement_path(linked)), record.text, language) if record.text else None
    words = Words(
        linked.anchored.words,
        at.prefix if at else None,
        at.suffix if at else None,
        id,
        (at.start, at.end) if at else None,
    )
    steps = tuple(
        Assessment(
            entry.status,
            entry.on.iso,
            entry.why,
            language,
            tuple(addresses.of(cited_path(views.scope.claim(ref))) for ref in entry.evidence),
        )
        for entry in record.history
    )
    topics = tuple(addresses.of(page_path("topics", topic)) for topic in dict.fromkeys(record.topics))
    return Annotation(addresses.of(f"{path}#{id}"), words, statement, topics, steps)


def _about(page: str, article: LinkedArticle, quoted: QuotedWords, views: Views, addresses: Addresses) -> Node:
    """The page with the article that it rests on, its claims, and the text that words are counted in."""
    theirs = original(article.headline, views, addresses)
    length = node("QuantitativeValue", value=quoted.text.length, unitText="characters")
    text = node("TextObject", encodingFormat="text/plain", sha256=quoted.text.sha256, size=length)
    return node(
        "WebPage",
        id=page,
        isBasedOn=theirs | {"encoding": text},
        hasPart=[claim(linked, addresses) for linked in article.claims],
        mentions=things(article.claims, addresses),
    )
