"""Former ids: after a record is called otherwise its old addresses still lead to it, and what cannot be is told."""

import re
from pathlib import Path

import pytest

from briefing.build import Request, build, check
from tests.outputs import asset_in
from tests.sites.desks import Paper, words_of, write_desk

PAGES = {"people": "brandt", "organizations": "ministry", "places": "estmark", "sources": "gazette"}
REGISTRIES = {
    "content/people.yaml": "ilse-brandt: {name: Ilse Brandt, former_ids: [brandt, brandt-2]}\n",
    "content/organizations.yaml": "foreign-ministry: {name: Ministry, former_ids: [ministry]}\n",
    "content/places.yaml": "estmark-land: {name: Estmark, former_ids: [estmark]}\n",
    "content/sources.yaml": "the-gazette: {name: Gazette, former_ids: [gazette]}\n",
    "content/measures.yaml": "natural-gas: {label: Gas, unit: cubic meters, former_ids: [gas]}\n",
}
CLAIM = {"former_ids": ["x", "first-words"], "figure": {"measure": "natural-gas", "value": "1"}}
DESK = {"a": Paper("2025-02-05", {"renamed": CLAIM}, "the-gazette")}


def html(folder: Path, path: str) -> str:
    return (folder / "site" / path).read_text(encoding="utf-8")


def told(folder: Path) -> list[tuple[str, str, str, str]]:
    problems = check(Request(folder)).outcome().problems
    return [(problem.code, str(problem.place), problem.message, problem.help) for problem in problems]


def built(folder: Path, papers: dict[str, Paper], more: dict[str, str]) -> Path:
    run = build(Request(write_desk(folder, papers, more)), folder / "site")
    assert run.written is not None, list(run.problems)
    return folder


@pytest.mark.parametrize(("kind", "old"), PAGES.items())
def test_the_old_page_of_an_entry_leads_to_the_new_one(kind: str, old: str, tmp_path: Path) -> None:
    folder = built(tmp_path, DESK, REGISTRIES)
    new = REGISTRIES[f"content/{kind}.yaml"].partition(":")[0]
    page = html(folder, f"{kind}/{old}.html")
    # Without scripts at once; with them the fragment of the address is kept.
    assert f'<noscript><meta http-equiv="refresh" content="0; url={new}.html"></noscript>' in page
    assert f'<a href="{new}.html">' in page
    script = asset_in(folder / "site", "redirect.js")
    assert f'<script src="../assets/{script.name}"></script>' in page
    assert "location.hash" in script.read_text(encoding="utf-8")
    assert html(folder, f"{kind}/{new}.html")


def test_the_old_pages_by_year_of_an_entry_lead_to_the_new_ones(tmp_path: Path) -> None:
    claims = {f"c{number}": {"about": ["ilse-brandt"]} for number in range(101)}
    folder = built(tmp_path, {"a": Paper("2024-02-05", claims, "the-gazette")}, REGISTRIES)
    old = html(folder, "archive/people/brandt-about-2024.html")
    assert 'url=ilse-brandt-about-2024.html"' in old
    assert html(folder, "archive/people/ilse-brandt-about-2024.html")


def test_the_old_fragments_of_a_claim_stand_at_its_words_and_beside_them(tmp_path: Path) -> None:
    page = html(built(tmp_path, DESK, REGISTRIES), "articles/a.html")
    mark = '<mark id="renamed" data-claims="renamed"><span id="x"></span><span id="first-words"></span>'
    assert f"{mark}{words_of('renamed')}</mark>" in page
    beside = page.partition('<li id="claim_renamed"')[2].partition("</li>")[0]
    assert '<span id="claim_x"></span><span id="claim_first-words"></span>' in beside


@pytest.mark.parametrize("rights", ["passages", "link"])
def test_so_they_do_where_only_passages_are_shown(rights: str, tmp_path: Path) -> None:
    folder = write_desk(tmp_path, DESK, REGISTRIES)
    file = folder / "content/articles/a.md"
    file.write_text(file.read_text(encoding="utf-8").replace("source:", f"rights: {rights}\nsource:"), encoding="utf-8")
    assert build(Request(folder), folder / "site").written is not None
    assert '<mark id="renamed" data-claims="renamed"><span id="x"></span>' in html(folder, "articles/a.html")


def test_an_old_fragment_may_be_linked_to(tmp_path: Path) -> None:
    page = "---\ntitle: About\n---\nSee [it](../articles/a.md#x), and [her](/people/brandt.html).\n"
    built(tmp_path, DESK, REGISTRIES | {"content/pages/about.md": page})


def test_the_old_addresses_of_a_measure_lead_to_it(tmp_path: Path) -> None:
    folder = built(tmp_path, DESK, REGISTRIES)
    assert re.search(r'id="measure_natural-gas">\s*<span id="measure_gas"></span>', html(folder, "figures.html"))
    assert 'url=../figures.html#measure_natural-gas"' in html(folder, "figures/gas.html")


def test_the_old_addresses_of_a_measure_lead_to_its_page_where_it_has_one(tmp_path: Path) -> None:
    claims = {f"c{i}": {"figure": {"measure": "natural-gas", "value": str(i)}} for i in range(220)}
    folder = built(tmp_path, {"a": Paper("2025-02-05", claims, "the-gazette")}, REGISTRIES)
    assert 'url=natural-gas.html"' in html(folder, "figures/gas.html")
    assert 'id="measure_gas"' in html(folder, "figures.html")


def test_references_by_a_former_id_are_told_the_new_one(tmp_path: Path) -> None:
    claim = {
        "about": ["brandt"], "attribution": [{"by": "gazette"}], "figure": {"measure": "gas", "value": "1"},
        "relations": [{"type": "updates", "to": "a#x"}, {"type": "updates", "to": "old-a#x"}],
    }  # fmt: skip
    folder = write_desk(tmp_path, DESK | {"b": Paper("2025-02-06", {"y": claim}, "the-gazette")}, REGISTRIES)
    file = folder / "content/articles/a.md"
    file.write_text(file.read_text(encoding="utf-8").replace("source:", "aliases: [old-a]\nsource:"), encoding="utf-8")
    assert sorted((message, help) for _, _, message, help in told(folder)) == [
        ("there is no claim `a#x`", "write `a#renamed`, as it is called now"),
        ("there is no claim `old-a#x`", "write `a#renamed`, as it is called now"),
        ("there is no measure `gas`", "write `natural-gas`, as it is called now"),
        ("there is no person, organization or source `gazette`", "write `the-gazette`, as it is called now"),
        ("there is no person, organization, place or source `brandt`", "write `ilse-brandt`, as it is called now"),
    ]


def test_a_former_id_leads_to_one_entry(tmp_path: Path) -> None:
    people = "a: {name: A, former_ids: [b, old, a]}\nb: {name: B, former_ids: [old, older, older]}\n"
    folder = write_desk(tmp_path, DESK, REGISTRIES | {"content/people.yaml": people})
    help = "remove it from `former_ids`: its address leads to the other"
    assert told(folder) == [
        ("duplicate-id", "content/people.yaml:1:27", "`b` is the id of an entry", help),
        ("duplicate-id", "content/people.yaml:1:35", "`a` is the id of an entry", help),
        ("duplicate-id", "content/people.yaml:2:27", "`old` is a former id already", help),
        ("duplicate-id", "content/people.yaml:2:39", "`older` is a former id already", help),
    ]


def test_a_former_id_leads_to_one_claim(tmp_path: Path) -> None:
    claims = {"one": {"former_ids": ["two", "old", "here-the-claim"]}, "two": {"former_ids": ["old"]}}
    folder = write_desk(tmp_path, {"a": Paper("2025-02-05", claims, "the-gazette")}, REGISTRIES)
    found = [(code, message) for code, _, message, _ in told(folder)]
    assert found == [("duplicate-id", "`two` is the id of a claim"), ("duplicate-id", "`old` is a former id already")]


def test_a_former_id_is_an_id(tmp_path: Path) -> None:
    people = "a: {name: A, former_ids: [B b]}\n"
    claims = {"one": {"former_ids": ["Old"]}}
    folder = write_desk(
        tmp_path, {"a": Paper("2025-02-05", claims, "the-gazette")}, REGISTRIES | {"content/people.yaml": people}
    )
    assert [(code, help) for code, _, _, help in told(folder)] == [
        ("bad-id", "write `B-b`"),
        ("bad-id", "write `old`"),
    ]
