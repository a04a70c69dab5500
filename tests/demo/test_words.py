"""The words of the demonstration: others' are few and exact, ours are shown as ours, and no date says too much."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import html5lib
import pytest
import yaml

from briefing.build import Request, build

ROOT = Path(__file__).parents[2]
MOST_WORDS = 12
DESK = "briefing-desk"


def read(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


def front(id: str) -> dict[str, Any]:
    return dict(read((ROOT / f"content/articles/{id}.md").read_text(encoding="utf-8").split("---\n")[1]))


ARTICLES = {file.stem: front(file.stem) for file in sorted((ROOT / "content/articles").glob("*.md"))}
CLAIMS = {
    f"{file.stem}#{claim['id']}": claim
    for file in sorted((ROOT / "content/annotations").glob("*.yaml"))
    for claim in read(file.read_text(encoding="utf-8"))["claims"]
}
CONFIG = read((ROOT / "config.yaml").read_text(encoding="utf-8"))


def words_of(claim: dict[str, Any]) -> str:
    quote = claim["quote"]
    return str(quote if isinstance(quote, str) else quote["exact"])


def known_since(ref: str) -> str:
    """The day since which the words of a claim can have been read."""
    article = ARTICLES[ref.partition("#")[0]]
    return max(str(article["published"])[:10], str(article.get("revised", ""))[:10])


def test_no_quote_is_longer_than_twelve_words() -> None:
    long = {ref for ref, claim in CLAIMS.items() if len(words_of(claim).split()) > MOST_WORDS}
    assert long == set()
    assert len(CLAIMS) > 350


def test_every_document_is_kept_apart_and_only_the_desks_report_is_in_its_own_words() -> None:
    sources = read((ROOT / "content/sources.yaml").read_text(encoding="utf-8"))
    own = {id for id, article in ARTICLES.items() if sources[article["source"]].get("kind") == "desk"}
    assert {article["source"] for id, article in ARTICLES.items() if id in own} == {DESK}
    assert {id for id, article in ARTICLES.items() if article.get("text") != "apart"} == own
    anchored = {file.stem for file in (ROOT / "content/anchors").glob("*.yaml")}
    assert anchored == ARTICLES.keys() - own


def test_the_anchors_are_of_the_claims_that_there_are() -> None:
    for file in (ROOT / "content/anchors").glob("*.yaml"):
        anchors = read(file.read_text(encoding="utf-8"))["claims"]
        assert set(anchors) == {ref.partition("#")[2] for ref in CLAIMS if ref.partition("#")[0] == file.stem}


def test_no_status_is_dated_before_its_evidence_or_rests_on_our_own_words() -> None:
    for ref, claim in CLAIMS.items():
        for entry in claim.get("history", []):
            assert known_since(ref)[:7] <= entry["on"], ref
            for evidence in entry.get("evidence", []):
                assert known_since(evidence) <= entry["on"], (ref, evidence)
                assert ARTICLES[evidence.partition("#")[0]]["source"] != DESK, (ref, evidence)


def test_no_forecast_is_the_desks() -> None:
    ahead = [claim for claim in CLAIMS.values() if claim.get("modality") in ("expectation", "proposal", "commitment")]
    assert [c for c in ahead if any(voice.get("by") == DESK for voice in c.get("attribution", []))] == []


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    output = tmp_path_factory.mktemp("words") / "site"
    run = build(Request(ROOT, strict=True), output)
    assert not run.failed
    return {
        path.relative_to(output).as_posix(): html5lib.parse(path.read_bytes(), namespaceHTMLElements=False)
        for path in output.rglob("*.html")
    }


@pytest.mark.slow
def test_what_is_in_quotation_marks_is_a_quote_of_somebody_else(site: dict[str, Any]) -> None:
    quotes = {" ".join(words_of(c).split()) for ref, c in CLAIMS.items() if not ref.startswith("2026-11-20-desk")}
    shown = {" ".join("".join(q.itertext()).split()) for page in site.values() for q in page.iter("q")}
    assert shown == quotes


@pytest.mark.slow
def test_every_page_of_a_document_says_when_its_words_were_checked(site: dict[str, Any]) -> None:
    for id, article in ARTICLES.items():
        text = " ".join("".join(site[f"articles/{id}.html"].itertext()).split())
        assert ("checked" in text) == (article.get("text") == "apart"), id


@pytest.mark.slow
def test_no_page_says_that_anything_was_recorded_or_checked_before_it_was_entered(site: dict[str, Any]) -> None:
    since = date.fromisoformat(CONFIG["recorded_since"])
    assert since.year == 2026
    for path, page in site.items():
        text = " ".join("".join(page.itertext()).split())
        for day in re.findall(r"(?:[Rr]ecorded|[Cc]hecked)(?: on)? ([A-Z][a-z]+ \d+, \d{4})", text):
            assert datetime.strptime(day, "%B %d, %Y").date() >= since, (path, day)
