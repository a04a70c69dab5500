"""Pages of invented news sites: their facts and paragraphs as hand-written expectations have them, and no more."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
import yaml

from briefing.importing.run import Imported
from tests.importing.desk import checked_with_quotes, imported, lines, site, written

LAYOUTS = Path(__file__).parent / "layouts"
CASES = sorted(file.stem for file in LAYOUTS.glob("*.html"))
EXPECTED: dict[str, Any] = {
    case: yaml.load((LAYOUTS / f"{case}.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader) for case in CASES
}
ARTICLES = [case for case in CASES if "refused" not in EXPECTED[case]]
FACTS = ("title", "published", "updated", "language", "url", "source")


@cache
def desk() -> tuple[Path, dict[str, Imported], dict[str, str]]:
    """All layouts imported in one run: the site, the articles, and what was said of those that were refused."""
    root = site(Path(mkdtemp()))
    run = imported(root, *(LAYOUTS / f"{case}.html" for case in CASES))
    refused = {
        Path(problem.place.path).stem: problem.message for problem in run.problems if problem.code == "no-article"
    }
    return root, {Path(one.source).stem: one for one in run.imported}, refused


def test_there_are_many_layouts_and_each_has_expectations() -> None:
    assert len(ARTICLES) >= 20
    assert {file.stem for file in LAYOUTS.glob("*.yaml")} == set(CASES)
    for case in ARTICLES:
        assert len(EXPECTED[case]["has"]) >= 3


@pytest.mark.parametrize("case", [case for case in CASES if case not in ARTICLES])
def test_a_page_without_an_article_is_refused_with_the_reason(case: str) -> None:
    _, articles, refused = desk()
    assert case not in articles
    assert EXPECTED[case]["refused"] in refused[case]


@pytest.mark.parametrize("case", ARTICLES)
def test_the_facts_are_those_of_the_page(case: str) -> None:
    root, articles, _ = desk()
    facts, expected = written(root, articles[case].path).facts, EXPECTED[case]
    for name in FACTS:
        if name in expected:
            value = "" if expected[name] == "null" else expected[name]
            assert (facts.get(name) or "") == value, name
    assert facts.get("authors", []) == expected.get("authors", [])
    day = expected["published"][:10] if expected["published"] != "null" else "undated"
    assert Path(articles[case].path).stem.startswith(f"{day}-")


@pytest.mark.parametrize("case", ARTICLES)
def test_the_paragraphs_are_those_of_the_article(case: str) -> None:
    root, articles, _ = desk()
    expected, found = EXPECTED[case], lines(articles[case])
    assert [line for line in expected["has"] if line not in found] == []
    assert [words for words in expected["lacks"] if any(words in line for line in found)] == []
    body = written(root, articles[case].path).body
    assert [line for line in expected.get("markdown", []) if line not in body] == []


def test_every_paragraph_of_every_article_is_accepted_as_a_quote() -> None:
    root, articles, _ = desk()
    outcome = checked_with_quotes(root, list(articles.values()))
    assert [f"{problem.place}: {problem.message}" for problem in outcome.problems if problem.severity == "error"] == []
    assert outcome.counts is not None
    assert outcome.counts.claims > 100
