"""The words of the demonstration: others' are few and exact, ours are shown as ours, and no date says too much."""

import re
from datetime import date, datetime
from xml.etree.ElementTree import Element

import pytest

from tests.demo.reading import CONTENT, OWN_REPORT, claims, config, front_matter, read, registry
from tests.demo.shown import marked
from tests.markup import text_of

MOST_WORDS = 12
DESK = "briefing-desk"


def known_since(ref: str) -> str:
    """The day since which the words of a claim can have been read."""
    article = claims()[ref].article
    return max(str(article["published"])[:10], str(article.get("revised", ""))[:10])


def test_no_quote_is_longer_than_twelve_words() -> None:
    long = {ref for ref, claim in claims().items() if len(claim.quote.split()) > MOST_WORDS}
    assert long == set()
    assert len(claims()) > 350


def test_every_document_is_kept_apart_and_only_the_desks_report_is_in_its_own_words() -> None:
    sources, articles = registry("sources"), front_matter("articles")
    own = {id for id, article in articles.items() if sources[article["source"]].get("kind") == "desk"}
    assert {article["source"] for id, article in articles.items() if id in own} == {DESK}
    assert {id for id, article in articles.items() if article.get("text") != "apart"} == own
    anchored = {file.stem for file in (CONTENT / "anchors").glob("*.yaml")}
    assert anchored == articles.keys() - own


def test_the_anchors_are_of_the_claims_that_there_are() -> None:
    for file in (CONTENT / "anchors").glob("*.yaml"):
        anchors = read(file.read_text(encoding="utf-8"))["claims"]
        assert {f"{file.stem}#{id}" for id in anchors} == {ref for ref, one in claims().items() if one.of == file.stem}


def test_no_status_is_dated_before_its_evidence_or_rests_on_our_own_words() -> None:
    for ref, claim in claims().items():
        for entry in claim.history:
            assert known_since(ref)[:7] <= entry["on"], ref
            for evidence in entry.get("evidence", []):
                assert known_since(evidence) <= entry["on"], (ref, evidence)
                assert claims()[evidence].article["source"] != DESK, (ref, evidence)


def test_no_forecast_is_the_desks() -> None:
    assert [claim.ref for claim in claims().values() if claim.is_forward and DESK in claim.chain] == []


@pytest.mark.slow
def test_what_is_in_quotation_marks_is_a_quote_of_somebody_else(pages: dict[str, Element]) -> None:
    """And each quote of a claim that looks ahead stands in them where the claim has its card."""
    quotes = {" ".join(claim.quote.split()): claim for claim in claims().values() if claim.of != OWN_REPORT}
    # The search has one without words, which its script puts in.
    shown = {text_of(q) for page in pages.values() for q in page.iter("q")} - {""}
    assert shown <= set(quotes)
    assert shown >= {quote for quote, claim in quotes.items() if claim.is_forward and claim.summit}


@pytest.mark.slow
def test_the_words_that_an_article_marks_are_the_quotes_of_its_claims(pages: dict[str, Element]) -> None:
    for claim in claims().values():
        words = marked(pages[f"articles/{claim.of}.html"], claim.ref.partition("#")[2])
        assert "".join(words.split()) == "".join(claim.quote.split()), claim.ref


@pytest.mark.slow
def test_every_page_of_a_document_says_when_its_words_were_checked(pages: dict[str, Element]) -> None:
    for id, article in front_matter("articles").items():
        text = text_of(pages[f"articles/{id}.html"])
        assert ("checked" in text) == (article.get("text") == "apart"), id


@pytest.mark.slow
def test_no_page_says_that_anything_was_recorded_or_checked_before_it_was_entered(pages: dict[str, Element]) -> None:
    since = date.fromisoformat(config()["recorded_since"])
    assert since.year == 2026
    for path, page in pages.items():
        text = text_of(page)
        for day in re.findall(r"(?:[Rr]ecorded|[Cc]hecked|Unchecked since)(?: on)? ([A-Z][a-z]+ \d+, \d{4})", text):
            form = "%B %d, %Y" if len(day.partition(" ")[0]) > 3 else "%b %d, %Y"
            assert datetime.strptime(day, form).date() >= since, (path, day)
