"""What linked data says, as graphs that rdflib and PyLD have read, and whether it says it in words that there are.

The vocabularies (schema.org, Web Annotation, Activity Streams, FOAF, Dublin Core) are packages of npm, each the triples
that its publisher publishes; no context or vocabulary is loaded from elsewhere.
"""

import hashlib
import json
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from pyld import jsonld
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from tests.commands import REPOSITORY
from tests.machines.linked import AS, CONTEXTS, SCHEMA_ORG, loaded

SCHEMA = Namespace(SCHEMA_ORG)
PACKAGES = ("as", "dc11", "dcmitype", "dcterms", "foaf", "oa", "schema")
# The context of annotations has these addresses, the packages have others, and both are in use.
SPELLED = {"http://schema.org/": SCHEMA_ORG, "https://www.w3.org/ns/activitystreams#": AS}
# What no package has: https://sparontologies.github.io/cito/current/cito.html, without a domain or a range.
MORE = frozenset([URIRef("http://purl.org/spar/cito/citesAsEvidence")])
DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?)?)?")
# How a text is written that stands for a value of one of these types: https://schema.org/DataType
WRITTEN: dict[Node, Callable[[str], object]] = {
    SCHEMA.Text: lambda _: True,
    SCHEMA.URL: lambda text: bool(urlsplit(text).scheme),
    SCHEMA.Date: DATE.fullmatch,
    SCHEMA.DateTime: DATE.fullmatch,
    SCHEMA.Number: re.compile(r"-?\d+(\.\d+)?").fullmatch,
    SCHEMA.Integer: re.compile(r"-?\d+").fullmatch,
    SCHEMA.Boolean: re.compile("true|false").fullmatch,
    RDFS.Literal: lambda _: True,
}


def graph_of(data: bytes | str, base: str) -> Graph:
    """What a document of JSON-LD at an address says, as rdflib reads it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib, by itself
        return Graph().parse(data=json.dumps(_with_contexts(json.loads(data))), format="json-ld", base=base)


def graph_by_pyld(data: bytes | str, base: str) -> Graph:
    """The same as PyLD reads it."""
    options = {"base": base, "documentLoader": loaded, "format": "application/n-quads"}
    return Graph().parse(data=jsonld.to_rdf(json.loads(data), options), format="nt")


def _with_contexts(value: Any, is_context: bool = False) -> Any:
    if isinstance(value, list):
        return [_with_contexts(one, is_context) for one in value]
    if isinstance(value, dict) and not is_context:
        return {key: _with_contexts(one, key == "@context") for key, one in value.items()}
    return CONTEXTS[value] if is_context and isinstance(value, str) else value


def told(graph: Graph) -> Counter[tuple[str, ...]]:
    """What a graph says, the same for any names of its blank nodes: each has that of all that is said of it, which may
    be no circle."""

    @cache
    def named(node: Node) -> str:
        if not isinstance(node, BNode):
            return node.n3()
        said = sorted(f"{p.n3()} {named(o)}" for p, o in graph.predicate_objects(node))
        return hashlib.sha256(" ; ".join(said).encode()).hexdigest()

    return Counter((named(s), p.n3(), named(o)) for s, p, o in graph)


def misuses(graph: Graph) -> list[str]:
    """Types and properties that no vocabulary has or that it has given up, and where one is used of what or for what it
    is not there."""
    found = set()
    for s, p, o in graph:
        if p == RDF.type:
            found |= set() if (o, RDF.type, None) in _vocabularies() else {f"no such type: {o}"}
        elif p not in MORE and not str(p).startswith((str(RDF), str(RDFS))):
            found |= set(_misuse(graph, s, p, o))
    return sorted(found)


def _misuse(graph: Graph, s: Node, p: Node, o: Node) -> Iterator[str]:
    kinds = frozenset(graph.objects(s, RDF.type))
    known = _declared(p)
    if known is None:
        yield f"no such property: {p}"
        return
    if known.is_given_up:
        yield f"given up: {p}"
    if known.domains and not _all_types(kinds) & known.domains:
        yield f"of what has no such property: {p} of {sorted(map(str, kinds))}"
    if known.ranges and not _fits(graph, o, known.ranges):
        value = str(o) if isinstance(o, Literal) else sorted(map(str, graph.objects(o, RDF.type)))
        yield f"for what is none: {p} for {value}"


class Declared(NamedTuple):
    """What a vocabulary says of a property; where it says nothing of types, any will do."""

    is_given_up: bool
    domains: frozenset[Node]
    ranges: frozenset[Node]


@cache
def _declared(p: Node) -> Declared | None:
    known = _vocabularies()
    if (p, RDF.type, None) not in known:
        return None
    domains = {*known.objects(p, SCHEMA.domainIncludes), *known.objects(p, RDFS.domain)} - {OWL.Thing}
    ranges = [*known.objects(p, SCHEMA.rangeIncludes), *known.objects(p, RDFS.range)]
    unions = [one for kind in ranges for members in known.objects(kind, OWL.unionOf) for one in known.items(members)]
    return Declared((p, SCHEMA.supersededBy, None) in known, frozenset(domains), frozenset([*ranges, *unions]))


def _fits(graph: Graph, value: Node, ranges: frozenset[Node]) -> bool:
    if isinstance(value, Literal):
        is_written = any(WRITTEN[kind](str(value)) for kind in WRITTEN.keys() & ranges)
        # The members of enumerations are written as texts: https://schema.org/docs/gs.html
        member = value.startswith(SCHEMA_ORG) and _vocabularies().objects(URIRef(value), RDF.type)
        is_member = bool(member and _all_types(frozenset(member)) & ranges)
        return (value.datatype or XSD.string) in ranges or is_written or is_member
    types = _all_types(frozenset([*graph.objects(value, RDF.type), *_vocabularies().objects(value, RDF.type)]))
    # Of what is only named here, nothing else is known.
    return bool(types & ranges) or (not types and (SCHEMA.URL in ranges or not ranges <= WRITTEN.keys()))


@cache
def _all_types(kinds: frozenset[Node]) -> frozenset[Node]:
    """Some types, and all that these are one of."""
    known, found, ahead = _vocabularies(), set[Node](), list(kinds)
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead += known.objects(one, RDFS.subClassOf)
            for members in known.objects(one, OWL.intersectionOf):
                ahead += known.items(members)
    return frozenset(found)


@cache
def _vocabularies() -> Graph:
    graph = Graph()
    for package in PACKAGES:
        quads = (REPOSITORY / f"node_modules/@vocabulary/{package}/{package}.nq").read_text(encoding="utf-8")
        for theirs, ours in SPELLED.items():
            quads = quads.replace(f"<{theirs}", f"<{ours}")
        # The fourth word of each line names the vocabulary.
        triples = re.sub(r" <[^<> ]*> \.$", " .", quads, flags=re.MULTILINE).replace("_:", f"_:{package}")
        graph.parse(data=triples, format="nt")
    return graph
