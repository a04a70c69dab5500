"""All linked data of the demonstration as graphs, read by rdflib: the facts of the YAML, the same that PyLD reads, in
words that their vocabularies have for them."""

import re
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, Graph, Namespace, URIRef
from rdflib.term import Node

from tests.demo.reading import ADDRESS, CONTENT, claims, config, front_matter, read, registry
from tests.machines.vocabularies import graph_by_pyld, graph_of, misuses, told

pytestmark = pytest.mark.slow
OA, SCHEMA = Namespace("http://www.w3.org/ns/oa#"), Namespace("https://schema.org/")
EVIDENCE = URIRef("http://purl.org/spar/cito/citesAsEvidence")
SETTLED = {"fulfilled": 5, "confirmed": 5, "partly": 3, "not-fulfilled": 1, "corrected": None}


@pytest.fixture(scope="module")
def documents(shared: Path) -> dict[str, str]:
    """Every annotation file, and what each page tells those outside, by address."""
    found = {file: file.read_text(encoding="utf-8") for file in shared.glob("annotations/*.jsonld")}
    for page in shared.rglob("*.html"):
        scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.read_text(encoding="utf-8"))
        assert len(scripts) <= 1
        found |= dict.fromkeys([page] * len(scripts), "".join(scripts))
    return {ADDRESS + file.relative_to(shared).as_posix(): data for file, data in found.items()}


@pytest.fixture(scope="module")
def graphs(documents: dict[str, str]) -> dict[str, Graph]:
    return {address: graph_of(data, address) for address, data in documents.items()}


@pytest.fixture(scope="module")
def annotations(graphs: dict[str, Graph]) -> Graph:
    return united(graphs, ".jsonld")


def united(graphs: dict[str, Graph], ending: str) -> Graph:
    whole = Graph()
    for address, graph in graphs.items():
        if address.endswith(ending):
            whole += graph
    return whole


def text(graph: Graph, node: Node, name: URIRef) -> str:
    """The one value of a property."""
    [value] = graph.objects(node, name)
    return str(value)


def of_type(graph: Graph, kind: URIRef) -> list[Node]:
    return list(graph.subjects(RDF.type, kind))


def ref_of(address: str) -> str:
    return str(address).removeprefix(f"{ADDRESS}annotations/").replace(".jsonld", "")


def page_of(ref: str) -> str:
    return f"{ADDRESS}articles/{ref.replace('#', '.html#')}"


def one_line(words: str) -> str:
    return " ".join(words.split())


def test_both_libraries_read_the_same(documents: dict[str, str], graphs: dict[str, Graph]) -> None:
    assert len(documents) > len(front_matter("summits")) + len({claim.of for claim in claims().values()})
    for address, data in documents.items():
        assert told(graphs[address]) == told(graph_by_pyld(data, address)), address


def test_all_is_said_in_words_that_there_are(graphs: dict[str, Graph]) -> None:
    assert {address: wrong for address, graph in graphs.items() if (wrong := misuses(graph))} == {}


def test_every_quote_is_told_with_its_place_and_source(annotations: Graph) -> None:
    found = {ref_of(str(one)): one for one in of_type(annotations, OA.Annotation)}
    assert found.keys() == claims().keys()
    for ref, annotation in found.items():
        claim, [target] = claims()[ref], annotations.objects(annotation, OA.hasTarget)
        selectors = {annotations.value(one, RDF.type): one for one in annotations.objects(target, OA.hasSelector)}
        written = claim.fields["quote"]
        exact = text(annotations, selectors[OA.TextQuoteSelector], OA.exact)
        assert one_line(exact) == one_line(written["exact"] if isinstance(written, dict) else written)
        [page] = annotations.objects(target, OA.hasSource)
        assert str(page) == f"{page_of(claim.of)}.html"
        assert [str(one) for one in annotations.objects(page, OA.canonical)] == [
            claim.article[name] for name in ["url"] if name in claim.article
        ]
        anchored = CONTENT / f"anchors/{claim.of}.yaml"
        if anchored.exists():
            anchor = read(anchored.read_text(encoding="utf-8"))["claims"][ref.partition("#")[2]]
            place = [int(text(annotations, selectors[OA.TextPositionSelector], end)) for end in (OA.start, OA.end)]
            assert place == [int(anchor["offset"]), int(anchor["offset"]) + int(anchor["length"])]


def test_every_status_is_told_with_its_day_reason_and_evidence(annotations: Graph) -> None:
    found = []
    for rating in of_type(annotations, SCHEMA.Rating):
        [annotation] = annotations.subjects(OA.hasBody, rating)
        shown = sorted(map(str, annotations.objects(rating, EVIDENCE)))
        facts = [text(annotations, rating, name) for name in (SCHEMA.alternateName, DCTERMS.created, RDF.value)]
        found.append((ref_of(str(annotation)), *facts, shown))
    assert sorted(found) == sorted(
        (ref, step["status"], step["on"], one_line(step["why"]), sorted(map(page_of, step.get("evidence", []))))
        for ref, claim in claims().items()
        for step in claim.history
    )


def test_what_is_settled_is_rated(graphs: dict[str, Graph]) -> None:
    told = united(graphs, ".html")
    found = {}
    for review in of_type(told, SCHEMA.ClaimReview):
        [author] = told.objects(review, SCHEMA.author)
        assert text(told, author, SCHEMA.name) == config()["publisher"]
        [rating] = told.objects(review, SCHEMA.reviewRating)
        value = told.value(rating, SCHEMA.ratingValue)
        said = one_line(text(told, review, SCHEMA.claimReviewed))
        found[text(told, review, SCHEMA.url)] = said, None if value is None else int(str(value))
    desks = {id for id, source in registry("sources").items() if source.get("kind") == "desk"}
    assert found == {
        page_of(ref.replace("#", "#claim_")): (one_line(claim.fields["text"]), SETTLED[claim.history[-1]["status"]])
        for ref, claim in claims().items()
        if claim.article["source"] not in desks and claim.history and claim.history[-1]["status"] in SETTLED
    }


def test_every_meeting_is_an_event(graphs: dict[str, Graph]) -> None:
    told, people = united(graphs, ".html"), registry("people")
    found = {
        (
            text(told, event, SCHEMA.name),
            text(told, event, SCHEMA.startDate),
            frozenset(text(told, who, SCHEMA.name) for who in told.objects(event, SCHEMA.attendee)),
        )
        for event in of_type(told, SCHEMA.Event)
    }
    assert found == {
        (one["title"], one["start"], frozenset(people[who["person"]]["name"] for who in one["participants"]))
        for one in front_matter("summits").values()
    }
