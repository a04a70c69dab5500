"""What describes the data, by the schemas of others: the Data Package by frictionless, the citation by that of the
Citation File Format, which check-jsonschema has."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package

from briefing.machines.catalog import layouts
from briefing.machines.citation import Dataset, citation, described
from briefing.model.config import License

ODD = "]]> \"q\" 'x' : # & <b> = - ? 日本 \u05e9\nand a second line"
DATASETS = {
    "least": Dataset("Desk", "1d634d639fc3", None),
    "number": Dataset("2025", "123456789012", date(1, 1, 1)),
    "odd": Dataset(ODD, "1e63", date(2025, 2, 28), ODD, "http://localhost:8000/a/b/", ODD, License(name=ODD)),
    "most": Dataset(
        "Desk",
        "0000000000",
        date(9999, 12, 31),
        "All of it",
        "https://desk.example/caf%C3%A9/",
        "The desk",
        License(name="CC-BY-4.0", url="https://creativecommons.org/licenses/by/4.0/"),
    ),
}


def cff(*files: Path) -> tuple[int, str]:
    command = [
        str(Path(sys.executable).with_name("check-jsonschema")),
        "--builtin-schema",
        "vendor.citation-file-format",
    ]
    ended = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=False, timeout=60)
    return ended.returncode, ended.stdout


def test_citations_are_of_their_schema(tmp_path: Path) -> None:
    for name, dataset in DATASETS.items():
        (tmp_path / f"{name}.cff").write_bytes(citation(dataset))
    code, told = cff(*sorted(tmp_path.iterdir()))
    assert code == 0, told


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("authors:", "author:"),
        ("2025-02-28", "2025-02"),
        ("type: dataset", "type: data"),
        ("http://localhost:8000/a/b/", "a/b/"),
        ("version: 1e63\n", "version: 1e63\nlicense: ours\n"),
        ("1.2.0", "1.3.0"),
    ],
)
def test_a_wrong_citation_is_found(old: str, new: str, tmp_path: Path) -> None:
    text = citation(DATASETS["odd"]).decode()
    assert old in text
    (tmp_path / "CITATION.cff").write_text(text.replace(old, new), encoding="utf-8")
    assert cff(tmp_path / "CITATION.cff")[0] == 1


def test_a_licence_that_has_neither_a_short_name_nor_an_address_is_told() -> None:
    for name, short in {"All rights reserved": "All-rights-reserved", "著作権": "other"}.items():
        dataset = DATASETS["odd"]._replace(license=License(name=name))
        assert json.loads(described(dataset, []))["licenses"] == [{"name": short, "title": name}]


def faults(package: dict[str, Any]) -> list[str]:
    return [error.message for error in Package.metadata_validate(package)]


@pytest.mark.parametrize("name", DATASETS)
def test_packages_are_of_their_schema(name: str) -> None:
    tables = [(layout, [f"{table}.csv"]) for table, layout in layouts().items()]
    assert len(tables) > 20
    assert faults(json.loads(described(DATASETS[name], tables))) == []


def test_a_wrong_package_is_found() -> None:
    tables = [(layout, [f"{table}.csv"]) for table, layout in layouts().items()]
    for part, value in {"licenses": [{"title": "Ours"}], "resources": [{"name": "x"}], "contributors": "x"}.items():
        assert faults(json.loads(described(DATASETS["most"], tables)) | {part: value}), part
