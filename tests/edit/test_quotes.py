"""Another quote for a claim: nothing but the quote is written anew. And a correction in an article's front matter."""

from datetime import date

import pytest
import yaml

from briefing.edit.corrections import with_correction
from briefing.edit.quotes import with_quote
from briefing.edit.refusal import Refused
from briefing.model.claim import Quote

PATH, ARTICLE = "content/annotations/x.yaml", "content/articles/x.md"
WHOLE = Quote(exact="new words: here")
BETWEEN = Quote(exact="new words", prefix="say the", suffix="of, all")
# The file before, the quote, and the file after.
CASES = {
    "plain": (
        "# top\nclaims:\n  - id: a  # first\n    quote: old words  # why\n    topics: [t]\n",
        WHOLE,
        "# top\nclaims:\n  - id: a  # first\n    quote: 'new words: here'  # why\n    topics: [t]\n",
    ),
    "double quoted": (
        'claims:\n- {id: a, quote: "old, words", topics: [t]} # end\n',
        WHOLE,
        "claims:\n- {id: a, quote: 'new words: here', topics: [t]} # end\n",
    ),
    "folded": (
        "claims:\n  - id: a\n    quote: >-\n      old\n      words\n    topics: [t]\n",
        WHOLE,
        "claims:\n  - id: a\n    quote: 'new words: here'\n    topics: [t]\n",
    ),
    "crlf": (
        "claims:\r\n  - id: a\r\n    quote: old words\r\n    topics: [t]",
        WHOLE,
        "claims:\r\n  - id: a\r\n    quote: 'new words: here'\r\n    topics: [t]",
    ),
    "with words around it": (
        "claims:\n  - id: a\n    quote: old words\n    topics: [t]\n",
        BETWEEN,
        "claims:\n  - id: a\n    quote: {exact: new words, prefix: say the, suffix: 'of, all'}\n    topics: [t]\n",
    ),
    "in brackets": (
        "claims:\n  - id: a\n    quote: {exact: old words, prefix: say}   # twice\n    topics: [t]\n",
        BETWEEN,
        "claims:\n  - id: a\n    quote: {exact: new words, prefix: say the, suffix: 'of, all'}   # twice\n"
        "    topics: [t]\n",
    ),
    "below its key": (
        "claims:\n  - id: a\n    quote:\n      prefix: say  # before\n      exact: old words\n    topics: [t]\n",
        BETWEEN,
        "claims:\n  - id: a\n    quote:\n      prefix: say the  # before\n"
        "      exact: new words\n      suffix: of, all\n"
        "    topics: [t]\n",
    ),
    "no longer with words around it": (
        "claims:\n  - id: a\n    quote: {exact: old words, prefix: say}\n    topics: [t]\n",
        Quote(exact="new"),
        "claims:\n  - id: a\n    quote: {exact: new}\n    topics: [t]\n",
    ),
    "the second of two": (
        "claims:\n  - id: b\n    quote: old words\n    topics: [t]\n\n"
        "  - topics: [t]\n    id: a\n    quote: old words\n",
        WHOLE,
        "claims:\n  - id: b\n    quote: old words\n    topics: [t]\n\n"
        "  - topics: [t]\n    id: a\n    quote: 'new words: here'\n",
    ),
}


@pytest.mark.parametrize(("before", "quote", "after"), CASES.values(), ids=CASES)
def test_only_the_quote_is_written_anew(before: str, quote: Quote, after: str) -> None:
    assert with_quote(PATH, before.encode(), "a", quote).decode() == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "claims:\n  - quote: old words\n    topics: [t]\n",
            "claims:\n  - id: old-words\n    quote: new\n    topics: [t]\n",
        ),
        ("claims: [{quote: old words, topics: [t]}]\n", "claims: [{id: old-words, quote: new, topics: [t]}]\n"),
    ],
)
def test_a_claim_without_an_id_keeps_the_one_of_its_old_words(before: str, after: str) -> None:
    assert with_quote(PATH, before.encode(), "old-words", Quote(exact="new")).decode() == after


@pytest.mark.parametrize(
    "text", ["claims: [\n", "claims:\n  - id: b\n    quote: x\n    topics: [t]\n", "claims: 5\n", "- x\n"]
)
def test_a_file_that_cannot_be_changed_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        with_quote(PATH, text.encode(), "a", WHOLE)


DAY, TEXT = date(2026, 3, 5), "It says: other words."
ENTRY = "  - on: 2026-03-05\n    text: 'It says: other words.'\n"
HEADS = {
    "first": ("title: T\nsource: s\n", f"title: T\nsource: s\ncorrections:\n{ENTRY}"),
    "before what comes last": (
        "title: T\naliases: [y]  # old\ndraft: true\n",
        f"title: T\ncorrections:\n{ENTRY}aliases: [y]  # old\ndraft: true\n",
    ),
    "behind another": (
        "corrections:\n  - {on: 2026-03-04, text: One.}  # first\ntitle: T\n",
        f"corrections:\n  - {{on: 2026-03-04, text: One.}}  # first\n{ENTRY}title: T\n",
    ),
    "in brackets": (
        "title: T\ncorrections: [{on: 2026-03-04, text: One.}]\n",
        "title: T\ncorrections: [{on: 2026-03-04, text: One.}, {on: 2026-03-05, text: 'It says: other words.'}]\n",
    ),
    "empty": ("title: T\ncorrections:\nsource: s\n", f"title: T\ncorrections:\n{ENTRY}source: s\n"),
}


@pytest.mark.parametrize(("before", "after"), HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("body", ["\nBody --- text.\n", "", "\n---\ncorrections:\n  - x\n---\n"])
def test_a_correction_is_the_last_of_its_list(before: str, after: str, body: str) -> None:
    result = with_correction(ARTICLE, f"---\n{before}---\n{body}".encode(), DAY, TEXT).decode()
    assert result == f"---\n{after}---\n{body}"
    head = yaml.load(result.split("---\n")[1], Loader=yaml.BaseLoader)
    assert head["corrections"][-1] == {"on": "2026-03-05", "text": TEXT}


def test_line_ends_and_a_byte_order_mark_stay() -> None:
    before = "\ufeff---\r\ntitle: T\r\n---\r\n\r\nBody.\r\n"
    after = "\ufeff---\r\ntitle: T\r\ncorrections:\r\n  - on: 2026-03-05\r\n    text: Other.\r\n---\r\n\r\nBody.\r\n"
    assert with_correction(ARTICLE, before.encode(), DAY, "Other.").decode() == after


@pytest.mark.parametrize(
    "text", ["no front matter\n", "---\ntitle: [\n---\n", "---\ncorrections: none\n---\n", "---\n- x\n---\n"]
)
def test_an_article_that_cannot_be_corrected_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        with_correction(ARTICLE, text.encode(), DAY, TEXT)
