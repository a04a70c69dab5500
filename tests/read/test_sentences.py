"""Sentences: where they end, and where a full stop is not their end."""

import pytest

from briefing.read.markup import render_markdown
from briefing.read.sentences import sentences

CASES = {
    "One. Two! Three?": ["One.", "Two!", "Three?"],
    "An adviser to Mr. Vale spoke. Dr. Lind did not.": ["An adviser to Mr. Vale spoke.", "Dr. Lind did not."],
    "Donald J. Trump bid for U.S. Steel. It failed.": ["Donald J. Trump bid for U.S. Steel.", "It failed."],
    "See No. 5 of Feb. 7. Then go on.": ["See No. 5 of Feb. 7.", "Then go on."],
    'He said "yes." Then he left.': ['He said "yes."', "Then he left."],
    "It rose by 1.5 percent. Good.": ["It rose by 1.5 percent.", "Good."],
    "首相は合意した。次に会う。": ["首相は合意した。", "次に会う。"],
    "首相は「合意した。」と述べた。次。": ["首相は「合意した。」と述べた。", "次。"],
    "首相は「合意した。」次に会う。": ["首相は「合意した。」", "次に会う。"],
    "# Head\n\nOne\nline.\n\n- item\n- other": ["Head", "One\nline.", "item", "other"],
    "": [],
}


@pytest.mark.parametrize(("text", "expected"), CASES.items(), ids=[str(number) for number in range(len(CASES))])
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    rendered = render_markdown(text, "x.md")
    assert [rendered.text[start:end] for start, end in sentences(rendered)] == expected
