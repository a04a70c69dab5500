"""The data of the demonstration, read by csv, json and frictionless: the same facts as the YAML, and nothing else."""

import csv
import json
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import yaml
from frictionless import Package

from tests.demo.reading import annotations, claims, config, front_matter, registry
from tests.machines.test_catalog import cff

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def tables(site: Path) -> Mapping[str, Rows]:
    """The tables by name, as a spreadsheet reads them."""
    found = {}
    for file in sorted((site / "data").glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as stream:
            found[file.stem] = list(csv.DictReader(stream))
        assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    return found


def test_every_claim_is_a_row_with_its_words_and_its_status(tables: Mapping[str, Rows]) -> None:
    found = {row["claim"]: row for row in tables["claims"]}
    assert found.keys() == claims().keys()
    assert len(found) == len(tables["claims"])
    for ref, claim in claims().items():
        row = found[ref]
        assert " ".join(row["words"].lstrip("'").split()) == " ".join(claim.quote.lstrip("'").split())
        assert row["article"] == claim.of
        assert row["summit"] == (claim.summit or "")
        assert row["status"] == (claim.status or "")
        assert row["modality"] == claim.modality
        assert row["text"].lstrip("'") == " ".join(str(claim.fields.get("text", "")).split()).lstrip("'")
        assert row["page"] == f"articles/{ref.replace('#', '.html#')}"
        for field in ("due", "review_by", "hedge", "level", "likelihood"):
            assert row[field].lstrip("'") == str(claim.fields.get(field, "")), (ref, field)


def test_lists_are_tables(tables: Mapping[str, Rows]) -> None:
    all_claims = claims().items()
    topics = {(ref, topic) for ref, claim in all_claims for topic in claim.fields["topics"]}
    assert {(row["claim"], row["topic"]) for row in tables["claims_topics"]} == topics
    steps = [
        (ref, str(number), entry["status"], entry["on"])
        for ref, claim in all_claims
        for number, entry in enumerate(claim.history, 1)
    ]
    found = [(row["claim"], row["number"], row["status"], row["on"]) for row in tables["history"]]
    assert sorted(found) == sorted(steps)
    evidence = Counter(
        (ref, shown) for ref, claim in all_claims for entry in claim.history for shown in entry.get("evidence", [])
    )
    assert Counter((row["claim"], row["evidence"]) for row in tables["evidence"]) == evidence
    relations = {(ref, of["type"], of["to"]) for ref, claim in all_claims for of in claim.fields.get("relations", [])}
    assert {(row["claim"], row["type"], row["to"]) for row in tables["relations"]} == relations
    voices = [(ref, of.get("by", "")) for ref, claim in all_claims for of in claim.fields.get("attribution", [])]
    assert Counter((row["claim"], row["by"]) for row in tables["attributions"]) == Counter(voices)


def test_figures_are_what_they_are_in_the_yaml(tables: Mapping[str, Rows]) -> None:
    figures = {ref: claim.fields["figure"] for ref, claim in claims().items() if "figure" in claim.fields}
    assert {row["claim"] for row in tables["figures"]} == figures.keys()
    for row in tables["figures"]:
        figure = figures[row["claim"]]
        assert row["measure"] == figure["measure"]
        assert Decimal(row["value"]) == Decimal(figure["value"])
        assert row["scale"] == figure.get("scale", "")


def test_the_other_records_are_all_there(tables: Mapping[str, Rows]) -> None:
    assert {row["article"] for row in tables["articles"]} == front_matter("articles").keys()
    assert {row["article"]: row["source"] for row in tables["articles"]} == {
        id: article["source"] for id, article in front_matter("articles").items()
    }
    assert {row["summit"] for row in tables["summits"]} == front_matter("summits").keys()
    assert [row["topic"] for row in tables["topics"]] == list(config()["topics"])
    for name in ("people", "organizations", "places", "sources", "measures"):
        label = "label" if name == "measures" else "name"
        assert {row["id"]: row[label] for row in tables[name]} == {
            id: entry[label] for id, entry in registry(name).items()
        }
    assert annotations().keys() >= {row["article"] for row in tables["claims"]}


def test_json_says_the_same_as_csv(tables: Mapping[str, Rows], site: Path) -> None:
    for name, rows in tables.items():
        read = json.loads((site / f"data/{name}.json").read_text(encoding="utf-8"))
        assert len(read) == len(rows)
        for one, row in zip(read, rows, strict=True):
            for column, cell in one.items():
                told = "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)
                assert row[column] in (told, f"'{told}")


@pytest.mark.slow
def test_the_package_is_valid_with_all_its_keys(tables: Mapping[str, Rows], site: Path) -> None:
    package = Package(str(site / "data/datapackage.json"))
    assert {resource.name for resource in package.resources} == tables.keys()
    report = package.validate()
    assert report.valid, report.flatten(["type", "message"])[:5]
    assert sum(len(resource.schema.foreign_keys) for resource in package.resources) > 40


@pytest.mark.slow
def test_a_wrong_row_is_found_by_that(site: Path, tmp_path: Path) -> None:
    for file in (site / "data").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    with (tmp_path / "claims_topics.csv").open("a", encoding="utf-8") as stream:
        stream.write("2020-01-01-nowhere#nothing,1,trade\r\n")
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.flatten(["type"]) == [["foreign-key"]]


def test_it_is_cited_with_a_version_that_is_of_the_records(site: Path, tmp_path: Path) -> None:
    assert cff(site / "data/CITATION.cff")[0] == 0
    cited = yaml.safe_load((site / "data/CITATION.cff").read_text(encoding="utf-8"))
    assert cited["cff-version"] == "1.2.0"
    assert cited["title"] == config()["title"]
    assert cited["authors"] == [{"name": config()["publisher"]}]
    assert cited["license-url"] == config()["license"]["url"]
    package = json.loads((site / "data/datapackage.json").read_text(encoding="utf-8"))
    assert package["version"] == cited["version"]
    assert package["created"][:10] == cited["date-released"]


def test_its_date_is_that_of_the_newest_record(site: Path) -> None:
    """Also of a text that says when it was written, as the verdict on a meeting does."""
    written = [str(record["verdict"]["written"]) for record in front_matter("summits").values() if "verdict" in record]
    cited = yaml.safe_load((site / "data/CITATION.cff").read_text(encoding="utf-8"))
    assert cited["date-released"] >= max(written)


@pytest.mark.parametrize(("column", "wrong"), [("status", "kept"), ("due", "next week")])
def test_what_a_column_cannot_have_is_found_by_that(site: Path, tmp_path: Path, column: str, wrong: str) -> None:
    package = json.loads((site / "data/datapackage.json").read_text(encoding="utf-8"))
    [table] = [table for table in package["resources"] if table["name"] == "claims"]
    field = {**next(field for field in table["schema"]["fields"] if field["name"] == column), "name": "x"}
    (tmp_path / "x.csv").write_text(f"x\n{wrong}\n", encoding="utf-8")
    alone = {"name": "x", "resources": [{"name": "x", "path": "x.csv", "schema": {"fields": [field]}}]}
    (tmp_path / "datapackage.json").write_text(json.dumps(alone), encoding="utf-8")
    assert Package(str(tmp_path / "datapackage.json")).validate().flatten(["type"]) == [["constraint-error"]]


def test_the_page_tells_how_days_are_written(pages: Mapping[str, Element]) -> None:
    table = next(one for one in pages["data.html"].iter("section") if one.get("id") == "table_claims")
    told = {"".join(row[0].itertext()): "".join(row[2].itertext()) for row in table.iter("tr")}
    assert told["due"] == "when it should have come true (2025-02-07, 2025-02, 2025~)"
    assert "not-fulfilled" in told["status"]


def test_the_page_of_the_data_names_every_column_and_leads_to_every_file(
    pages: Mapping[str, Element], tables: Mapping[str, Rows], site: Path
) -> None:
    page = pages["data.html"]
    links = {link.get("href") for link in page.iter("a")}
    assert {f"data/{file.name}" for file in (site / "data").iterdir()} <= links
    shown = {section.get("id"): section for section in page.iter("section")}
    for name, rows in tables.items():
        columns = ["".join(row[0].itertext()) for row in shown[f"table_{name}"].iter("tr")][1:]
        assert columns == list(rows[0]) if rows else columns
