"""`briefing suggest`: what is suggested, what its fields are, and what is written."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.cli import main
from briefing.model.quoting import QuoteLimits
from briefing.read.content import read_records
from briefing.read.marked import read_marked
from briefing.suggest.guess import guess
from briefing.suggest.known import known_of
from briefing.suggest.ranking import LOWEST
from briefing.suggest.signals import MAX_SENTENCE, Reading
from briefing.suggest.suggestion import suggestions
from tests.commands import environment
from tests.suggest.desks import ANNOTATIONS, ARTICLE, HEAD, ID, desk

pytestmark = pytest.mark.slow


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(root), *arguments])


def claims_of(root: Path, *arguments: str) -> dict[str, dict[str, Any]]:
    """The suggested claims, by the beginning of their quotes."""
    rows = json.loads(run(root, "suggest", ID, "--format", "json", *arguments).stdout)["suggestions"]
    quotes = [row["claim"]["quote"] for row in rows]
    exact = [quote if isinstance(quote, str) else quote["exact"] for quote in quotes]
    return {" ".join(words.split()[:2]): row["claim"] for words, row in zip(exact, rows, strict=True)}


def test_likely_claims_are_suggested_and_others_are_not(tmp_path: Path) -> None:
    assert [*claims_of(desk(tmp_path))] == [
        "Estmark buys",
        "According to",
        "Meridian reported",
        "Prime Minister",
        "Mara Lind",
    ]


def test_the_fields_say_what_the_sentence_says(tmp_path: Path) -> None:
    claims = claims_of(desk(tmp_path))
    assert claims["According to"] == {
        "quote": (
            "According to two officials who asked not to be named, the leaders are likely to announce a contract for "
            "natural gas"
        ),
        "topics": ["energy"],
        "modality": "expectation",
        "hedge": "are likely to",
        "likelihood": "likely",
        "attribution": [
            {"by": "harbor-times", "basis": "report"},
            {"described_as": "two officials", "cue": "According to", "basis": "anonymous"},
        ],
        "draft": True,
    }
    assert claims["Estmark buys"]["figure"] == {
        "measure": "gas-imports",
        "value": "12",
        "qualifier": "about",
        "scale": "billion",
    }
    assert claims["Mara Lind"]["modality"] == "opinion"
    assert claims["Mara Lind"]["attribution"][-1] == {"by": "mara-lind", "cue": "called", "basis": "named"}
    assert claims["Meridian reported"]["attribution"][-1] == {"by": "meridian", "cue": "reported", "basis": "report"}


def test_the_list_says_where_each_stands_and_why(tmp_path: Path) -> None:
    told = run(desk(tmp_path), "suggest", ARTICLE, "--limit", "1")
    assert told.exit_code == 0
    assert told.stdout == (
        "1. line 14: Estmark buys about 12 billion cubic meters of gas a year.\n"
        "   fact; energy; hedge “about”; about 12 billion of gas-imports\n"
        "   because: figure about 12 billion; measure gas-imports; “buys”; names estmark; words of energy\n"
        "1 suggestion. 4 more are less likely: leave out `--limit`. "
        "`--format yaml` gives claims to paste, `--write` adds them as drafts.\n"
    )


def test_what_is_pasted_and_what_is_written_are_claims_that_check_takes(tmp_path: Path) -> None:
    root = desk(tmp_path)
    pasted = "claims:\n" + run(root, "suggest", ID, "--format", "yaml").stdout
    assert len(yaml.safe_load(pasted)["claims"]) == 5
    told = run(root, "suggest", ID, "--write")
    assert told.exit_code == 0
    assert f"5 drafts added to {ANNOTATIONS}." in told.stdout
    written = yaml.safe_load((root / ANNOTATIONS).read_text(encoding="utf-8"))["claims"]
    key = str
    assert sorted(written, key=key) == sorted(yaml.safe_load(pasted)["claims"], key=key)
    assert all(claim["draft"] for claim in written)
    assert [claim["quote"].split()[0] for claim in written] == ["Prime", "According", "Meridian", "Estmark", "Mara"]
    assert run(root, "check", "--drafts", "--strict").exit_code == 0


def test_a_marked_sentence_is_not_suggested_again(tmp_path: Path) -> None:
    root = desk(tmp_path, **{ANNOTATIONS: "claims:\n  - quote: are likely to announce\n    topics: [energy]\n"})
    before = (root / ANNOTATIONS).read_bytes()
    assert "According to" not in claims_of(root)
    run(root, "suggest", ID, "--write", "--limit", "2")
    assert (root / ANNOTATIONS).read_bytes().startswith(before)
    run(root, "suggest", ID, "--write")
    assert run(root, "suggest", ID).stdout.startswith("Nothing to suggest")


def test_words_that_stand_twice_are_quoted_with_those_around_them(tmp_path: Path) -> None:
    twice = "First, Estmark buys 12 billion cubic meters of gas. It pays. Estmark buys 12 billion cubic meters of gas."
    root = desk(tmp_path, **{ARTICLE: HEAD + twice + "\n"})
    quotes = [one["quote"] for one in claims_of(root).values()]
    assert {"exact": "Estmark buys 12 billion cubic meters of gas", "prefix": "gas. It pays."} in quotes
    run(root, "suggest", ID, "--write")
    assert run(root, "check", "--drafts").exit_code == 0


def test_the_same_article_gives_the_same_suggestions(tmp_path: Path) -> None:
    """Whatever the order in which a process happens to keep sets."""
    command = [sys.executable, "-m", "briefing", "-C", str(desk(tmp_path)), "suggest", ID, "--all", "--format", "json"]
    told = [subprocess.run(command, env=environment(PYTHONHASHSEED=seed), stdout=-1, check=True) for seed in "123"]
    assert len({one.stdout for one in told}) == 1
    assert len(json.loads(told[0].stdout)["suggestions"]) == 5


def test_no_more_is_quoted_of_a_text_kept_apart_than_may_be(tmp_path: Path) -> None:
    body = desk(tmp_path).joinpath(ARTICLE).read_text(encoding="utf-8").partition("---\n\n")[2]
    root = desk(
        tmp_path,
        **{
            "config.yaml": "title: Desk\ntopics: {energy: Energy}\nquotes: {words: 7, sentences: false}\n",
            ARTICLE: HEAD.replace("---\n\n", "text: apart\n---\n"),
            f"content/texts/{ID}.md": body,
        },
    )
    quotes = [claim["quote"] for claim in claims_of(root).values()]
    assert len(quotes) == 5
    assert all(len(quote.split()) <= 7 for quote in quotes)
    assert "the leaders are likely to announce" in " | ".join(quotes)
    told = run(root, "suggest", ID, "--write")
    assert f"Then run `briefing anchor {ID}`." in told.stdout
    assert run(root, "anchor", ID).exit_code == 0
    assert run(root, "anchor", "--check", "--strict").exit_code == 0
    (root / f"content/texts/{ID}.md").unlink()
    gone = run(root, "suggest", ID)
    assert gone.exit_code == 1
    assert "the text of this article is kept apart and is not here" in gone.stderr


def test_other_languages_have_figures_quotations_and_names(tmp_path: Path) -> None:
    japanese = (
        "ブラント首相は3月2日、「天然ガスの契約を結ぶ」と述べた。エストマルクは5500億ドルを投資する。天気は良かった。\n"
    )
    root = desk(
        tmp_path,
        **{
            ARTICLE: HEAD + japanese,
            "content/people.yaml": "ilse-brandt: {name: Ilse Brandt, names: {ja: ブラント}}\n",
            "content/places.yaml": "estmark: {name: Estmark, names: {ja: エストマルク}}\n",
            "content/topics/energy.md": "---\nsynonyms: [天然ガス]\n---\n",
        },
    )
    rows = json.loads(run(root, "suggest", ID, "--format", "json").stdout)["suggestions"]
    sentences = {row["sentence"]: row["reason"] for row in rows}
    assert [*sentences] == [
        "エストマルクは5500億ドルを投資する。",
        "ブラント首相は3月2日、「天然ガスの契約を結ぶ」と述べた。",
    ]
    assert (
        "quotation; names ilse-brandt; words of energy"
        in sentences["ブラント首相は3月2日、「天然ガスの契約を結ぶ」と述べた。"]
    )
    run(root, "suggest", ID, "--write")
    assert run(root, "check", "--drafts").exit_code == 0


@pytest.mark.parametrize(
    ("files", "told", "code"),
    [
        ({ARTICLE: "no front matter\n"}, "the file has no front matter", 1),
        ({ANNOTATIONS: "claims: [\n"}, ANNOTATIONS, 1),
        ({ANNOTATIONS: "claims:\n  - quote: not there\n    topics: [energy]\n"}, "quote is not in the article", 1),
        ({"content/people.yaml": "ilse-brandt: [x]\n"}, "content/people.yaml:1", 1),
        ({"config.yaml": "topics: {energy: Energy}\n"}, "`title` is missing", 1),
        ({ARTICLE: HEAD}, "Nothing to suggest", 0),
        ({ARTICLE: HEAD + "?\n\n- \n\n| a |\n|---|\n| 1 |\n"}, "Nothing to suggest", 0),
    ],
)
def test_bad_input_is_told_and_nothing_is_written(tmp_path: Path, files: dict[str, str], told: str, code: int) -> None:
    root = desk(tmp_path, **files)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    result = run(root, "suggest", ID, "--write")
    assert (result.exit_code, told in result.output) == (code, True), result.output
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_an_unknown_article_is_a_wrong_call(tmp_path: Path) -> None:
    told = run(desk(tmp_path), "suggest", "2026-03-02-time")
    assert told.exit_code == 2
    assert "there is no article `2026-03-02-time`" in told.output


def test_words_in_a_text_without_end_are_guessed_from_what_is_near(tmp_path: Path) -> None:
    """Whoever marks words in it waits no longer than elsewhere."""
    body = "Ilse Brandt said and Tomas Vale told officials that it may; " * 3_000
    root = desk(tmp_path, **{ARTICLE: HEAD + body + "at least $5 billion, according to Mara Lind, " + body + "\n"})
    content, jobs, _ = read_records(root)
    reading = Reading(read_marked(root, jobs[0]), known_of(content))
    start = reading.text.index("at least $5")
    first, last = reading.sentence_at((start, start + 20))
    assert first <= start < start + 20 <= last <= first + MAX_SENTENCE
    assert guess(reading, (start, start + 20))["attribution"][-1]["by"] == "mara-lind"
    whole = reading.sentence_at((0, len(reading.text)))
    assert whole[1] - whole[0] <= MAX_SENTENCE
    assert guess(reading, (0, len(reading.text)))["topics"]


WORDS = [
    *(
        "Ilse Brandt",
        "said",
        "will",
        "may",
        "about",
        "$5 billion",
        "12",
        "percent",
        "According to",
        "officials",
        "Estmark",
    ),
    *(
        "likely to",
        "“",
        "”",
        '"',
        ".",
        ",",
        "(",
        ")",
        "\n\n",
        "# ",
        "- ",
        "gas",
        "not",
        "「",
        "」",
        "。",
        "合意",
        "…",
        "1/2",
    ),
]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_whatever_the_text_every_quote_stands_in_it_once_and_every_hedge_in_its_sentence(
    tmp_path_factory: pytest.TempPathFactory, body: str
) -> None:
    root = desk(tmp_path_factory.mktemp("any"), **{ARTICLE: HEAD + body + "\n"})
    content, jobs, _ = read_records(root)
    article = read_marked(root, jobs[0])
    assert article.text is not None
    for one in suggestions(article, known_of(content), QuoteLimits(words=6), LOWEST):
        quote = one.fields["quote"]
        exact = quote if isinstance(quote, str) else quote["exact"]
        text = " ".join(article.text.rendered.text.split())
        assert text.count(exact) == 1 or not isinstance(quote, str)
        assert one.fields.get("hedge", "") in one.sentence
        assert sum(any(map(str.isalnum, word)) for word in exact.split()) <= 8
