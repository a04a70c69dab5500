"""The annotations of the demonstration, read by a processor of JSON-LD: the facts of the YAML, in words that stand
where they are said to."""

import json
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from tests.demo.reading import CONTENT, Claim, claims, front_matter, read
from tests.machines.linked import (
    AS,
    OA,
    RDF,
    SCHEMA_ORG,
    expanded,
    ids,
    of_type,
    text,
)

HOST = "https://example.net/"
CREATED = "http://purl.org/dc/terms/created"
EVIDENCE = "http://purl.org/spar/cito/citesAsEvidence"
ARTICLES = sorted({claim.of for claim in claims().values()})


@pytest.fixture(scope="module")
def collections(site: Path) -> dict[str, list[dict[str, Any]]]:
    """What each file says at an address that it was not made for."""
    files = sorted((site / "annotations").iterdir())
    return {file.stem: expanded(file.read_bytes(), f"{HOST}annotations/{file.name}") for file in files}


def one_line(words: str) -> str:
    return " ".join(words.split())


def quoted(claim: Claim) -> str:
    quote = claim.fields["quote"]
    return one_line(quote["exact"] if isinstance(quote, dict) else quote)


def page_of(ref: str) -> str:
    return f"{HOST}articles/{ref.replace('#', '.html#')}"


def selectors(annotation: dict[str, Any]) -> dict[str, dict[str, Any]]:
    [target] = annotation[f"{OA}hasTarget"]
    return {one["@type"][0].removeprefix(OA): one for one in target[f"{OA}hasSelector"]}


def bodies(annotation: dict[str, Any], purpose: str) -> list[dict[str, Any]]:
    of = [body for body in annotation[f"{OA}hasBody"] if ids(body, f"{OA}hasPurpose") == [f"{OA}{purpose}"]]
    return list(of)


def test_every_article_with_claims_has_its_file(collections: dict[str, Any]) -> None:
    assert sorted(collections) == ARTICLES


@pytest.mark.parametrize("article", ARTICLES)
def test_an_annotation_has_the_facts_of_its_claim(collections: dict[str, Any], article: str) -> None:
    found = {one["@id"]: one for one in of_type(collections[article], f"{OA}Annotation")}
    wanted = {ref: claim for ref, claim in claims().items() if claim.of == article}
    assert set(found) == {f"{HOST}annotations/{ref.replace('#', '.jsonld#')}" for ref in wanted}
    for ref, claim in wanted.items():
        annotation = found[f"{HOST}annotations/{ref.replace('#', '.jsonld#')}"]
        [statement] = bodies(annotation, "describing")
        assert text(statement, f"{RDF}value") == one_line(claim.fields["text"])
        assert statement["@id"] == page_of(ref).replace("#", "#claim_")
        topics = [f"{HOST}topics/{topic}.html" for topic in claim.fields["topics"]]
        assert [ids(body, f"{OA}hasSource") for body in bodies(annotation, "classifying")] == [[t] for t in topics]
        steps = [
            (
                text(body, f"{SCHEMA_ORG}alternateName"),
                text(body, CREATED),
                text(body, f"{RDF}value"),
                ids(body, EVIDENCE),
            )
            for body in bodies(annotation, "assessing")
        ]
        assert steps == [
            (step["status"], step["on"], one_line(step["why"]), list(map(page_of, step.get("evidence", []))))
            for step in claim.history
        ]


@pytest.mark.parametrize("article", ARTICLES)
def test_selectors_lead_to_the_words(collections: dict[str, Any], pages: dict[str, Element], article: str) -> None:
    """The mark on the page, and the place that was anchored in a text that is not here."""
    record, page = front_matter("articles")[article], pages[f"articles/{article}.html"]
    anchored = CONTENT / f"anchors/{article}.yaml"
    anchors = read(anchored.read_text(encoding="utf-8")) if anchored.exists() else None
    shown = text_of_article(page)
    for annotation in of_type(collections[article], f"{OA}Annotation"):
        id = annotation["@id"].rpartition("#")[2]
        found, claim = selectors(annotation), claims()[f"{article}#{id}"]
        words = text(found["TextQuoteSelector"], f"{OA}exact")
        assert words is not None
        assert one_line(words) == quoted(claim)
        assert shown.count(words) >= 1
        if shown.count(words) > 1:
            assert text(found["TextQuoteSelector"], f"{OA}prefix") or text(found["TextQuoteSelector"], f"{OA}suffix")
        assert text(found["FragmentSelector"], f"{RDF}value") == id
        place = [int(str(text(found["TextPositionSelector"], f"{OA}{end}"))) for end in ("start", "end")]
        if anchors:
            anchor = anchors["claims"][id]
            assert place == [int(anchor["offset"]), int(anchor["offset"]) + int(anchor["length"])]
        else:
            assert shown[slice(*place)] == words
        [source] = annotation[f"{OA}hasTarget"][0][f"{OA}hasSource"]
        assert source["@id"] == f"{HOST}articles/{article}.html"
        assert ids(source, f"{OA}canonical") == ([record["url"]] if "url" in record else [])
        assert ids(source, f"{OA}via") == ([record["archive_url"]] if "archive_url" in record else [])
    [told] = of_type(collections[article], f"{SCHEMA_ORG}TextObject")
    [size] = told[f"{SCHEMA_ORG}size"]
    if anchors:
        assert text(told, f"{SCHEMA_ORG}sha256") == anchors["text"]["sha256"]
        assert text(size, f"{SCHEMA_ORG}value") == anchors["text"]["length"]
    else:
        assert text(size, f"{SCHEMA_ORG}value") == str(len(shown))


def text_of_article(page: Element) -> str:
    """The article's words on its page, without what the desk sets between them and without the numbers of claims."""
    found = []
    for part in page.iter():
        is_text = part.tag == "section" and part.get("aria-label") == "Text"
        if is_text or (part.tag == "blockquote" and part.get("class") == "excerpt"):
            for numbered in [*part.iter("p"), *part.iter("blockquote")]:
                for sup in numbered.findall("sup[@class='ref']"):
                    blank(sup)
            found.append("".join(part.itertext()))
    return one_line(" ".join(found))


def blank(element: Element) -> None:
    """Without its words, but with those behind it."""
    for one in element.iter():
        if one is not element:
            one.text = one.tail = None
    element.text = None


@pytest.mark.parametrize("article", ARTICLES)
def test_no_more_of_a_text_is_told_than_was_quoted(site: Path, article: str) -> None:
    """Of a text that is not shown: nothing beside a quote but what editors wrote there."""
    if front_matter("articles")[article].get("rights") == "full":
        return
    data = json.loads((site / f"annotations/{article}.jsonld").read_bytes())
    for annotation in data["first"]["items"]:
        quote = claims()[f"{article}#{annotation['id'].rpartition('#')[2]}"].fields["quote"]
        written = quote if isinstance(quote, dict) else {}
        [selector] = [one for one in annotation["target"]["selector"] if one["type"] == "TextQuoteSelector"]
        for side in ("prefix", "suffix"):
            assert selector.get(side) == written.get(side)


def test_counts_add_up(collections: dict[str, Any]) -> None:
    total = 0
    for article, collection in collections.items():
        [page] = of_type(collection, f"{AS}OrderedCollectionPage")
        count = int(str(text(collection[0], f"{AS}totalItems")))
        assert collection[0]["@id"] == f"{HOST}annotations/{article}.jsonld"
        assert count == len(page[f"{AS}items"][0]["@list"]) == len(of_type(collection, f"{SCHEMA_ORG}Claim"))
        total += count
    assert total == len(claims())


@pytest.mark.parametrize("article", ARTICLES)
def test_claims_are_told_in_words_of_schema_org(collections: dict[str, Any], article: str) -> None:
    record = front_matter("articles")[article]
    [page] = of_type(collections[article], f"{SCHEMA_ORG}WebPage")
    [original] = page[f"{SCHEMA_ORG}isBasedOn"]
    address = record.get("url") or f"{HOST}articles/{article}.html#this"
    assert original["@id"] == address
    assert text(original, f"{SCHEMA_ORG}datePublished") == record["published"].rstrip("~?%")
    for one in of_type(collections[article], f"{SCHEMA_ORG}Claim"):
        claim = claims()[f"{article}#{one['@id'].rpartition('#claim_')[2]}"]
        assert text(one, f"{SCHEMA_ORG}text") == one_line(claim.fields["text"])
        [quotation] = one[f"{SCHEMA_ORG}appearance"]
        assert quotation["@id"] == page_of(claim.ref)
        assert text(quotation, f"{SCHEMA_ORG}text") == quoted(claim)
        assert ids(quotation, f"{SCHEMA_ORG}isPartOf") == [address]
        about = [id.rpartition("/")[2] for id in ids(one, f"{SCHEMA_ORG}about")]
        assert about == [f"{id}.html#this" for id in claim.fields.get("about", [])]
        figures = one.get(f"{SCHEMA_ORG}mentions", [])
        assert bool(figures) == ("figure" in claim.fields)
        for figure in figures:
            check_figure(figure, claim)


NUMBERS = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}


def check_figure(figure: dict[str, Any], claim: Claim) -> None:
    written = claim.fields["figure"]
    is_observed = claim.modality in ("fact", "background") and written.get("target") != "true"
    assert figure["@type"] == [f"{SCHEMA_ORG}{'Observation' if is_observed else 'QuantitativeValue'}"]
    known = {name: text(figure, f"{SCHEMA_ORG}{name}") for name in ("value", "minValue", "maxValue")}
    scale = NUMBERS.get(written.get("scale", ""), 1)
    value = float(written["value"]) * scale
    wanted: dict[str, float] = {"value": value}
    match written.get("qualifier"):
        case "range":
            wanted = {"minValue": value, "maxValue": float(written["high"]) * scale}
        case "at-least" | "more-than":
            wanted = {"minValue": value}
        case "up-to" | "less-than":
            wanted = {"maxValue": value}
    assert {name: float(told) for name, told in known.items() if told} == pytest.approx(wanted)


def test_a_page_leads_to_its_annotations(pages: dict[str, Element]) -> None:
    for article in ARTICLES:
        links = [one for one in pages[f"articles/{article}.html"].iter("link") if one.get("rel") == "alternate"]
        found = [one.get("href") for one in links if one.get("type") == "application/ld+json"]
        assert found == [f"../annotations/{article}.jsonld"]
