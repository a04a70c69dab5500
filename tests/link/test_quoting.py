"""How much is quoted of texts that are kept apart: what is counted, and what is told."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.anchor import anchor, verify
from briefing.build import check
from briefing.read.markup import render_markdown
from briefing.read.passages import whole_sentences
from briefing.read.word_count import words_in
from briefing.request import Request
from tests.samples import first_of

WORDS = {
    "": 0,
    "...": 0,
    "one": 1,
    "one, two – three": 3,
    "a free-trade zone": 3,
    "U.S. Steel's 14.9 billion": 4,
    "日本": 1,
    "日本国": 2,
    "新たな黄金時代 of 2025": 6,
    "한국과 일본": 2,
}


@pytest.mark.parametrize("text", WORDS)
def test_words_are_counted(text: str) -> None:
    assert words_in(text) == WORDS[text]


BODY = """\
## A plan for both sides

They will meet on Friday. “We agreed!” said Dr. Brandt. The U.S. Navy
stays in Port Sel

- a list of things.
- 両国は合意した。次の会談は春に行う。
"""
SENTENCES = {
    "They will meet on Friday": True,
    "They will meet on Friday.": True,
    "will meet on Friday. “We agreed!” said Dr. Brandt": True,
    "We agreed": False,
    "will meet on Friday": False,
    "They will meet": False,
    "A plan for both sides": False,
    "stays in Port Sel": False,
    "U.S. Navy": False,
    "a list of things": True,
    "list of things": False,
    "両国は合意した": True,
    "国は合意した": False,
}


@pytest.mark.parametrize("quote", SENTENCES)
def test_a_whole_sentence_is_told_from_a_part_of_one(quote: str) -> None:
    rendered = render_markdown(BODY, "content/texts/talks.md")
    start = rendered.text.replace("\n", " ").index(quote)
    found = whole_sentences(rendered, {"claim": (start, start + len(quote))})
    assert bool(found) == SENTENCES[quote]


TEXT = "one two three four five six seven eight nine ten"  # 48 characters
CLAIMS = (
    "claims:\n  - {id: a, quote: one two three, topics: [trade]}\n  - {id: b, quote: three four, topics: [trade]}\n"
)
ARTICLE = "---\ntitle: Numbers\nsource: gazette\npublished: 2025-02-05\ntext: apart\n---\n"


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def told(root: Path, config: str, source: str) -> list[str]:
    """The codes and messages of a build without the text, after it was anchored."""
    write(
        root,
        {
            "config.yaml": f"title: Desk\n{config}\n",
            "content/sources.yaml": f"gazette: {{name: Gazette{source}}}\n",
            "content/articles/talks.md": ARTICLE,
            "content/annotations/talks.yaml": CLAIMS,
            "content/texts/talks.md": TEXT,
        },
    )
    anchor(Request(root), [], datetime(2025, 3, 1, tzinfo=UTC))
    (root / "content/texts/talks.md").unlink()
    return [f"{problem.code}: {problem.message}" for problem in check(Request(root)).problems]


# `one two three four`, where the two quotes share a word: 18 of 48 characters, 37.5 percent.
LONG = "quote-too-long: the quote has 3 words, and may have 2"
MUCH = "quoted-too-much: the quotes take 18 of the text's 48 characters, and may take {} %"
LIMITS: dict[str, tuple[str, str, list[str]]] = {
    "none": ("", "", []),
    "words that suffice": ("quotes: {words: 3}", "", []),
    "too few words": ("quotes: {words: 2}", "", [LONG]),
    "a share that suffices": ("quotes: {share: 37.5}", "", []),
    "too small a share": ("quotes: {share: 37.4}", "", [MUCH.format("37.4")]),
    "of a source alone": ("", ", quotes: {words: 2, share: 30}", [MUCH.format("30"), LONG]),
    "a source's in place of the site's": ("quotes: {words: 2, share: 30}", ", quotes: {words: 3, share: 40}", []),
    "one of them": ("quotes: {words: 3, share: 30}", ", quotes: {words: 2}", [MUCH.format("30"), LONG]),
}


@pytest.mark.parametrize("name", first_of(3, LIMITS))
def test_limits_are_those_of_the_source_or_else_of_the_site(name: str, tmp_path: Path) -> None:
    config, source, expected = LIMITS[name]
    assert sorted(told(tmp_path, config, source)) == sorted(expected)


def test_with_the_text_words_are_counted(tmp_path: Path) -> None:
    """Four of ten words are quoted, and 37.5 percent of the characters."""
    told(tmp_path, "quotes: {share: 39}", "")
    write(tmp_path, {"content/texts/talks.md": TEXT})
    problems = [problem.message for problem in verify(Request(tmp_path), []).problems]
    assert problems == ["the quotes take 4 of the text's 10 words, and may take 39 %"]


def test_a_text_shown_in_its_own_file_has_no_limits(tmp_path: Path) -> None:
    told(tmp_path, "quotes: {words: 1, share: 1}", "")
    (tmp_path / "content/anchors/talks.yaml").unlink()
    write(tmp_path, {"content/articles/talks.md": ARTICLE.replace("text: apart\n", "") + TEXT})
    assert not list(check(Request(tmp_path)).problems)
