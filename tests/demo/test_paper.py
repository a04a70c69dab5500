"""Summits of the demonstration on paper: the brief on one sheet, and each statement with the source that it is from."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main
from tests.commands import REPOSITORY
from tests.demo.reading import claims, config, front_matter
from tests.paper.reading import Paper, breaches
from tests.samples import one_in

pytestmark = pytest.mark.slow
SUMMITS = {"ishiba-trump-2025-02": 8, "trump-modi-2025-02": 10, "trump-takaichi-2025-10": 11}


@pytest.mark.parametrize("summit", one_in(2, SUMMITS))
def test_a_summit_on_paper(summit: str, tmp_path: Path) -> None:
    path = tmp_path / "brief.pdf"
    ended = CliRunner().invoke(
        main, ["-C", str(REPOSITORY), "pdf", summit, "--output", str(path)], catch_exceptions=False
    )
    assert ended.exit_code == 0, ended.output
    assert breaches(path) == []
    paper, record = Paper(path), front_matter("summits")[summit]
    items = [item["item"] if isinstance(item, dict) else item for topic in record["agenda"] for item in topic["items"]]
    assert [item for item in items if item not in paper.pages[0]] == []
    assert len(paper.pages) <= SUMMITS[summit]
    site = config()["title"]
    assert paper.tops == [site, *[f"{site} {record['title']}"] * (len(paper.pages) - 1)]  # and nothing of the text
    shown = 0
    for claim in claims().values():
        words = str(claim.fields.get("text", ""))
        numbers = paper.numbers_of(words) if words and claim.summit == summit else set()
        for number in numbers:
            assert paper.sources[number].startswith(" ".join(claim.article["title"].split())), claim.ref
            assert "".join(str(claim.article.get("url", "")).split()) in paper.sources[number].replace(" ", "")
        shown += len(numbers)
    assert shown > 20
    assert [text for _, text in paper.bookmarks][:2] == [
        record["title"],
        "What was on the agenda, and what came of it",
    ]
