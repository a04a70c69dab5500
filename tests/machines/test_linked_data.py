"""Annotations and what pages tell search engines, of articles with all kinds of rights and with words that would end
what they stand in."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from briefing.cli import main
from briefing.machines.json_ld import in_page
from briefing.read.folding import fold
from tests.machines.linked import OA, SCHEMA_ORG, check_schema, expanded, ids, of_type, text
from tests.markup import parsed

BASE = "https://example.org/a/b/"
BODY = """\
The ministers **will meet** on “Friday”. Nobody knows why they
will meet on Friday[^1], and 防衛費は
増える as well.

A last word on canals.

[^1]: A note.
"""
# The text above as quotes are matched against it, by hand.
FOLDED = (
    'The ministers will meet on "Friday". Nobody knows why they will meet on Friday, and 防衛費は増える as well. '
    "A last word on canals. A note."
)
HARMFUL = "He said ]]> and </script><script>alert(1)</script>\nand \u200f\"quotes\" & 'more' <!-- =1+1"
CLAIMS = f"""\
claims:
  - id: first
    quote: {{exact: will meet, suffix: 'on "Friday"'}}
    text: {json.dumps(HARMFUL)}
    topics: [trade, energy]
    modality: expectation
    attribution: [{{by: gazette}}, {{described_as: 'an aide </script>', basis: anonymous}}]
    history:
      - {{status: fulfilled, on: 2025-03, why: {json.dumps(HARMFUL)}, evidence: [later#came]}}
  - id: second
    quote: {{exact: will meet, prefix: why they}}
    topics: [trade]
  - id: third
    quote: 防衛費は増える
    topics: [trade]
    text: It grows.
"""
HEAD = "title: Talks </script>\nsource: gazette\npublished: 2025-02-05\nurl: https://example.com/talks\nlanguage: en\n"


def site(folder: Path, rights: str, kind: str = "newspaper") -> Path:
    """The site built from these words, with an address."""
    files = {
        "config.yaml": "title: Desk </script>\npublisher: The desk\n",
        "content/sources.yaml": f"gazette: {{name: Gazette, kind: {kind}}}\nherald: {{name: Herald}}\n",
        "content/articles/later.md": "---\ntitle: Later\nsource: herald\npublished: 2025-03-01\n---\n\nThey met.\n",
        "content/annotations/later.yaml": "claims: [{id: came, quote: They met, topics: [trade]}]\n",
        "content/articles/talks.md": f"---\n{HEAD}rights: {rights}\nauthors: [A. Writer, Gazette]\n---\n\n{BODY}",
        "content/annotations/talks.yaml": CLAIMS,
    }
    for path, words in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(words, encoding="utf-8")
    given = ["-C", str(folder), "build", "--base-url", BASE]
    result = CliRunner().invoke(main, given, catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return folder / "site"


def annotations(built: Path) -> dict[str, dict[str, Any]]:
    read = expanded((built / "annotations/talks.jsonld").read_bytes(), "https://elsewhere.example/x")
    check_schema(read)
    return {one["@id"].rpartition("#")[2]: one for one in of_type(read, f"{OA}Annotation")}


def quotes(built: Path) -> dict[str, tuple[str | None, ...]]:
    """The exact words of each annotation, and what stands before and after them."""
    found = {}
    for id, one in annotations(built).items():
        [selector] = of_type(one, f"{OA}TextQuoteSelector")
        found[id] = tuple(text(selector, f"{OA}{name}") for name in ("exact", "prefix", "suffix"))
    return found


def test_a_text_that_is_shown_has_its_words_around_the_quotes(tmp_path: Path) -> None:
    assert quotes(site(tmp_path, "full")) == {
        "first": ("will meet", "The ministers ", " on “Friday”. Nobody knows why th"[:32]),
        "second": (
            "will meet",
            " on “Friday”. Nobody knows why they "[-32:],
            " on Friday, and 防衛費は 増える as well."[:32],
        ),
        "third": ("防衛費は 増える", "y they will meet on Friday, and ", " as well. A last word on canals."),
    }


def test_of_other_texts_only_what_was_written_out_is_told(tmp_path: Path) -> None:
    told = {"first": ("will meet", None, 'on "Friday"'), "second": ("will meet", "why they", None)}
    passages, link = site(tmp_path / "a", "passages"), site(tmp_path / "b", "link")
    assert quotes(passages) == told | {"third": ("防衛費は 増える", None, None)}
    assert {around for found in quotes(link).values() for around in found[1:]} == {None}
    for built in (passages, link):
        file = (built / "annotations/talks.jsonld").read_text(encoding="utf-8")
        assert not any(words in file for words in ("ministers", "Nobody", "canals", "note"))


def test_places_count_characters_of_the_text_that_has_the_digest(tmp_path: Path) -> None:
    for rights in ("full", "passages", "link"):
        built = site(tmp_path / rights, rights)
        places = {}
        for id, one in annotations(built).items():
            [selector] = of_type(one, f"{OA}TextPositionSelector")
            places[id] = slice(*(int(str(text(selector, f"{OA}{end}"))) for end in ("start", "end")))
        assert {id: FOLDED[place] for id, place in places.items()} == {
            "first": "will meet",
            "second": "will meet",
            "third": "防衛費は増える",
        }
        assert FOLDED[places["second"].start - 9 : places["second"].start] == "why they "
        read = expanded((built / "annotations/talks.jsonld").read_bytes(), BASE)
        [told] = of_type(read, f"{SCHEMA_ORG}TextObject")
        assert text(told, f"{SCHEMA_ORG}sha256") == hashlib.sha256(FOLDED.encode()).hexdigest()
        assert text(told[f"{SCHEMA_ORG}size"][0], f"{SCHEMA_ORG}value") == str(len(FOLDED))


def test_addresses_are_whole_where_the_site_has_one(tmp_path: Path) -> None:
    one = annotations(site(tmp_path, "full"))["first"]
    assert one["@id"] == f"{BASE}annotations/talks.jsonld#first"
    [target] = one[f"{OA}hasTarget"]
    assert ids(target, f"{OA}hasSource") == [f"{BASE}articles/talks.html"]
    assert ids(target[f"{OA}hasSource"][0], f"{OA}canonical") == ["https://example.com/talks"]


def structured(built: Path, page: str) -> list[dict[str, Any]]:
    """What a page tells search engines: there is one element of it, and it ends where it should."""
    elements = [one for one in parsed(built / page).iter("script") if one.get("type") == "application/ld+json"]
    [element] = elements
    return expanded(element.text or "", BASE + page)


def test_words_that_would_end_the_element_do_not(tmp_path: Path) -> None:
    built = site(tmp_path, "full")
    page = built / "articles/talks.html"
    assert len(list(parsed(page).iter("script"))) == 2
    told = structured(built, "articles/talks.html")
    assert check_schema(told) > 3
    [review] = of_type(told, f"{SCHEMA_ORG}ClaimReview")
    assert (text(review, f"{SCHEMA_ORG}claimReviewed") or "").split() == HARMFUL.split()
    [body] = [one for one in annotations(built)["first"][f"{OA}hasBody"] if f"{SCHEMA_ORG}Rating" in one["@type"]]
    assert text(body, f"{SCHEMA_ORG}dateCreated") == "2025-03"
    page_html = page.read_text(encoding="utf-8")
    assert "alert(1)</script>" not in page_html


@given(st.text(max_size=50))
def test_any_text_comes_back_from_a_page(words: str) -> None:
    made = in_page({"text": words})
    assert not set("<>&\u2028\u2029\r\n") & set(made)
    assert json.loads(made) == {"text": words}


def test_an_article_of_others_stays_theirs(tmp_path: Path) -> None:
    told = structured(site(tmp_path, "full"), "articles/talks.html")
    [page] = of_type(told, f"{SCHEMA_ORG}WebPage")
    [original] = page[f"{SCHEMA_ORG}isBasedOn"]
    assert original["@type"] == [f"{SCHEMA_ORG}NewsArticle"]
    assert original["@id"] == "https://example.com/talks"
    authors = [(one["@type"], text(one, f"{SCHEMA_ORG}name")) for one in original[f"{SCHEMA_ORG}author"]]
    assert authors == [([f"{SCHEMA_ORG}Person"], "A. Writer"), ([f"{SCHEMA_ORG}Organization"], "Gazette")]
    assert text(original[f"{SCHEMA_ORG}publisher"][0], f"{SCHEMA_ORG}name") == "Gazette"
    assert text(page[f"{SCHEMA_ORG}publisher"][0], f"{SCHEMA_ORG}name") == "The desk"
    [review] = of_type(told, f"{SCHEMA_ORG}ClaimReview")
    assert ids(review, f"{SCHEMA_ORG}author") == ids(page, f"{SCHEMA_ORG}publisher")
    [rating] = review[f"{SCHEMA_ORG}reviewRating"]
    assert text(rating, f"{SCHEMA_ORG}ratingValue") == "5"
    assert text(rating, f"{SCHEMA_ORG}alternateName") == "fulfilled"
    assert f"{SCHEMA_ORG}author" not in review[f"{SCHEMA_ORG}itemReviewed"][0]  # an aide without a name


def test_the_desk_s_article_is_its_own_and_not_reviewed_by_itself(tmp_path: Path) -> None:
    told = structured(site(tmp_path, "full", kind="desk"), "articles/talks.html")
    [article] = of_type(told, f"{SCHEMA_ORG}NewsArticle")
    assert article["@id"] == f"{BASE}articles/talks.html"
    assert text(article[f"{SCHEMA_ORG}publisher"][0], f"{SCHEMA_ORG}name") == "The desk"
    assert not of_type(told, f"{SCHEMA_ORG}ClaimReview")


PIECES = st.sampled_from(
    ["a", "B", " ", "\n", "  ", "…", "ﬁ", "é", "e\u0301", "“", "防", "衛", "\u00ad", "½", "－", "１"]
)


@given(st.lists(PIECES, max_size=30).map("".join), st.data())
def test_the_way_to_the_folded_text_is_the_way_back_turned_round(written: str, data: st.DataObject) -> None:
    folded = fold(written)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    span = folded.origin(start, end)
    first, last = folded.place(*span)
    assert first <= start
    assert end <= last
    assert folded.origin(first, last) == span


@pytest.mark.parametrize("page", ["index.html", "topics/trade.html", "articles/talks.html"])
def test_a_page_can_be_shared(tmp_path: Path, page: str) -> None:
    built = site(tmp_path, "full")
    metas = {one.get("property") or one.get("name"): one for one in parsed(built / page).iter("meta")}
    told = {str(name): one.get("content") for name, one in metas.items()}
    assert told["og:type"] == "website"
    assert told["og:url"] == BASE + page.removesuffix("index.html")
    assert told["og:site_name"] == "Desk </script>"
    assert told["og:locale"] == "en_US"
    assert told["twitter:card"] == "summary"
    if page == "articles/talks.html":
        assert told["og:title"] == "Talks </script>"
        assert metas["og:description"].get("name") == "description"


def test_without_an_address_pages_tell_nothing_to_those_outside(tmp_path: Path) -> None:
    site(tmp_path, "full")
    CliRunner().invoke(main, ["-C", str(tmp_path), "build", "--output", str(tmp_path / "bare")], catch_exceptions=False)
    page = (tmp_path / "bare/articles/talks.html").read_text(encoding="utf-8")
    assert "schema.org" not in page
    assert "og:" not in page
