"""Stretches: what pages show of a text that is not there, put together from quotes and offsets alone."""

import re
import unicodedata
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.claim import Quote
from briefing.read.folding import fold
from briefing.read.passages import Passage
from briefing.read.stretches import Quoted, as_written, covered, disagreement, stretches


def quoted(text: str, *spans: tuple[int, int], written: dict[int, str] | None = None) -> list[Quoted]:
    """Quotes of these stretches of a folded text, numbered from 1; some of them written otherwise."""
    return [
        (Passage(start, end, f"c{number}", number), Quote(exact=(written or {}).get(number, text[start:end])))
        for number, (start, end) in enumerate(spans, 1)
    ]


def words_of(html: str) -> str:
    """The text of a stretch, without the numbers of claims."""
    return unescape(re.sub(r"<sup.*?</sup>|<[^>]*>", "", html))


def marked(html: str) -> dict[str, str]:
    """The words that are marked for each claim."""
    found: dict[str, str] = {}
    active: list[list[str]] = []
    for tag, claims, text in re.findall(r'(</?(?:mark|sup))(?:[^>]*data-claims="([^"]*)")?[^>]*>|([^<]+)', html):
        if tag == "<mark":
            active.append(claims.split())
        elif tag == "</mark":
            active.pop()
        for id in active[-1] if active and text else ():
            found[id] = found.get(id, "") + unescape(text)
    return found


TEXT = "the two will build a canal between the lakes and share its costs"


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], []),
        ([(0, 7)], ["the two"]),
        ([(0, 7), (0, 7)], ["the two"]),
        ([(0, 7), (4, 18)], ["the two will build"]),
        ([(0, 18), (8, 12)], ["the two will build"]),
        ([(8, 12), (0, 18)], ["the two will build"]),
        ([(0, 5), (5, 7)], ["the two"]),
        ([(0, 7), (8, 12)], ["the two", "will"]),
        ([(13, 18), (0, 3)], ["the", "build"]),
        ([(0, 7), (4, 12), (8, 18), (4, 7), (40, 44)], ["the two will build", "akes"]),
    ],
    ids=["none", "one", "twice", "overlapping", "inside", "inside, first", "touching", "apart", "order", "many"],
)
def test_what_overlaps_or_touches_is_one_stretch(spans: list[tuple[int, int]], expected: list[str]) -> None:
    assert [stretch.words for stretch in stretches(quoted(TEXT, *spans))] == expected


def test_words_are_shown_as_they_were_written() -> None:
    text = 'called it "a win-win" for both'
    claims = quoted(text, (7, 21), (10, 30), written={1: "it “a  win–win”", 2: "'“a win‑win” for\nboth'".strip("'")})
    (stretch,) = stretches(claims)
    assert stretch.words == "it “a win–win” for both"
    assert marked(stretch.html) == {"c1": "it “a win–win”", "c2": "“a win–win” for both"}


@pytest.mark.parametrize(
    ("spans", "written", "expected"),
    [
        ([(0, 2), (0, 6)], {2: "o\ufb03ce"}, "o\ufb03ce"),
        ([(0, 3), (2, 6)], {1: "of\u00adf", 2: "fice"}, "of\u00adfice"),
        ([(0, 4), (1, 6)], {1: "offi", 2: "\ufb03ce"}, "office"),
    ],
    ids=["a ligature longer than the first", "a soft hyphen", "a ligature over the seam"],
)
def test_a_seam_within_one_character_shows_no_letter_twice(
    spans: list[tuple[int, int]], written: dict[int, str], expected: str
) -> None:
    (stretch,) = stretches(quoted("office", *spans, written=written))
    assert stretch.words == expected
    assert fold(stretch.words).text == "office"


def test_a_stretch_is_between_what_its_first_and_last_quotes_name() -> None:
    claims = [
        (Passage(10, 20, "a", 1), Quote(exact=TEXT[10:20], prefix="before", suffix="not this")),
        (Passage(12, 16, "b", 2), Quote(exact=TEXT[12:16], prefix="nor this", suffix="nor that")),
        (Passage(15, 30, "c", 3), Quote(exact=TEXT[15:30], prefix="nor these", suffix="after")),
    ]
    (stretch,) = stretches(claims)
    assert (stretch.prefix, stretch.suffix) == ("before", "after")


def test_anchors_whose_words_do_not_agree_are_found() -> None:
    right = quoted(TEXT, (0, 18), (8, 40), (30, 44), (50, 60))
    assert disagreement(right) is None
    wrong = [*right[:2], (Passage(12, 16, "x", 9), Quote(exact="ship")), *right[2:]]
    pair = disagreement(wrong)
    assert pair is not None
    assert [passage.id for passage in pair] == ["c2", "x"]


# Words with everything that folding changes.
ODD = "ab \u00a0\u00ad\u200b'’“\"-–\ufb01\ufb03\uff11…e\u0301é二つ 、ガカ\u3099각ｶﾞ"
SOME = st.text(st.sampled_from(ODD), min_size=1, max_size=30)


@given(SOME, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), min_size=1, max_size=6))
def test_any_stretch_is_the_text_that_its_passages_cover(text: str, places: list[tuple[int, int]]) -> None:
    """Quotes are taken from the text as it was written, at places where folding gives back just them."""
    folded = fold(text)
    claims: list[Quoted] = []
    for number, (start, length) in enumerate(places, 1):
        end = min(len(folded.text), start + length)
        if start >= end:
            continue
        words = text[slice(*folded.origin(start, end))]
        if not any(map(str.isalnum, words)) or fold(words.strip()).text.strip() != folded.text[start:end]:
            continue
        claims.append((Passage(start, end, f"c{number}", number), Quote(exact=words)))
    parts = covered(claims)
    made = stretches(claims)
    assert disagreement(claims) is None
    assert [fold(stretch.words).text for stretch in made] == [folded.text[start:end] for start, end in parts]
    assert [fold(words_of(stretch.html)).text for stretch in made] == [folded.text[start:end] for start, end in parts]
    shown: dict[str, str] = {}
    for stretch in made:
        shown |= marked(stretch.html)
    for passage, quote in claims:
        assert fold(as_written(quote)).text in fold(shown[passage.id]).text
    assert unicodedata.is_normalized("NFC", "".join(shown))
