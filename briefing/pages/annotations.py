"""The annotations of an article as JSON-LD: each claim with the words that it rests on, and what became of it."""

from functools import partial

from briefing.link.site import LinkedArticle, LinkedClaim
from briefing.machines.json_ld import MEDIA_TYPE, Node, as_file, node
from briefing.machines.web_annotations import Annotation, Assessment, Source, Statement, Words, collection
from briefing.model.addresses import page_path
from briefing.model.claim import StatusEntry
from briefing.pages.linked_data import (
    Addresses,
    Publication,
    cited_path,
    claim,
    original,
    statement_path,
    things,
)
from briefing.pages.page import AlternateView, File
from briefing.read.quoted import QuotedWords, QuotePlace
from briefing.views.views import Views

FOLDER = "annotations/"


def annotations_path(id: str) -> str:
    """Where the annotations of an article stand."""
    return f"{FOLDER}{id}.jsonld"


def annotations_of(id: str) -> AlternateView:
    """The annotations of an article."""
    return AlternateView("annotations", annotations_path(id), MEDIA_TYPE)


def annotations_file(article: LinkedArticle, quoted: QuotedWords, publication: Publication) -> File:
    """The file that has them."""
    path = annotations_path(article.id)
    return File(path, partial(_made, path, article, quoted, publication), article.headline.path)


def _made(path: str, article: LinkedArticle, quoted: QuotedWords, publication: Publication) -> bytes:
    views, record, addresses = Views(article.scope), article.record, Addresses(publication.base or "../")
    page = addresses.of(page_path("articles", article.id))
    source = Source(page, views.language_of(record), record.url, record.archive_url)
    places = {place.id: place for place in quoted.places}
    address = addresses.of(path) if publication.base else path.removeprefix(FOLDER)
    annotations = [_annotation(linked, places[linked.anchored.id], address, addresses) for linked in article.claims]
    about = _about(page, article, quoted, views, addresses)
    return as_file(collection(address, record.title, _maker(publication), source, annotations, about))


def _maker(publication: Publication) -> Node:
    """Who made the annotations, in the words of their own vocabulary."""
    told: Node = {"type": "Organization", "name": publication.publisher}
    return told | ({"homepage": publication.base} if publication.base else {})


def _annotation(linked: LinkedClaim, at: QuotePlace, file: str, addresses: Addresses) -> Annotation:
    record, language = linked.claim, linked.scope.settings.language
    statement = Statement(addresses.of(statement_path(linked)), record.text, language) if record.text else None
    words = Words(linked.anchored.words, at.prefix, at.suffix, at.id, (at.start, at.end))
    steps = tuple(_assessment(entry, linked, language, addresses) for entry in record.history)
    topics = tuple(addresses.of(page_path("topics", topic)) for topic in dict.fromkeys(record.topics))
    return Annotation(f"{file}#{at.id}", words, statement, topics, steps)


def _assessment(entry: StatusEntry, linked: LinkedClaim, language: str, addresses: Addresses) -> Assessment:
    evidence = tuple(addresses.of(cited_path(linked.scope.claim(ref))) for ref in entry.evidence)
    return Assessment(entry.status, entry.on.iso, entry.why, language, evidence)


def _about(page: str, article: LinkedArticle, quoted: QuotedWords, views: Views, addresses: Addresses) -> Node:
    """The page with the article that it rests on, its claims, and the text that words are counted in."""
    theirs = original(article.headline, views, addresses)
    length = node("QuantitativeValue", value=quoted.length, unitText="characters")
    text = node("TextObject", encodingFormat="text/plain", sha256=quoted.sha256, size=length)
    return node(
        "WebPage",
        id=page,
        isBasedOn=theirs | {"encoding": text},
        hasPart=[claim(linked, addresses) for linked in article.claims],
        mentions=things(article.claims, addresses),
    )
