"""What is said in words that no vocabulary has, or not for that, is found; and harmful words change nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.machines.test_linked_data import BASE, site, structured_text
from tests.machines.vocabularies import graph_by_pyld, graph_of, misuses, told

pytestmark = pytest.mark.slow
EVENT: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "Event",
    "@id": "https://desk.example/talks.html#this",
    "name": "Talks",
    "startDate": "2025-02",
    "eventStatus": "https://schema.org/EventScheduled",
    "location": {"@type": "City", "name": "Geneva", "sameAs": "https://www.wikidata.org/entity/Q71"},
    "attendee": {"@id": "https://desk.example/people/ana.html#this"},
}


def misuses_with(**changes: object) -> list[str]:
    return misuses(graph_of(json.dumps({**EVENT, **changes}), BASE))


def test_what_is_said_as_it_should_be_is_not_found() -> None:
    assert misuses_with() == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"begin": "2025"}, "no such property: https://schema.org/begin"),
        ({"@type": "Talks"}, "no such type: https://schema.org/Talks"),
        ({"ratingValue": "5"}, "of what has no such property: https://schema.org/ratingValue"),
        ({"location": {"@type": "Person"}}, "for what is none: https://schema.org/location for"),
        ({"startDate": "next week"}, "for what is none: https://schema.org/startDate for next week"),
        ({"eventStatus": "https://schema.org/Wednesday"}, "for what is none: https://schema.org/eventStatus for"),
        ({"eventStatus": "on"}, "for what is none: https://schema.org/eventStatus for on"),
        ({"location": {"@type": "Place", "map": "https://desk.example/"}}, "given up: https://schema.org/map"),
    ],
)
def test_what_is_said_wrongly_is_found(changes: dict[str, object], found: str) -> None:
    assert any(one.startswith(found) for one in misuses_with(**changes))


@pytest.mark.parametrize("kind", ["newspaper", "think-tank", "desk"])
def test_harmful_words_are_words_for_both_libraries(tmp_path: Path, kind: str) -> None:
    built = site(tmp_path, "full", kind)
    annotations = (built / "annotations/talks.jsonld").read_text(encoding="utf-8")
    for data in (annotations, structured_text(built, "articles/talks.html")):
        graph = graph_of(data, BASE)
        assert len(graph) > 10
        assert told(graph) == told(graph_by_pyld(data, BASE))
        assert misuses(graph) == []
