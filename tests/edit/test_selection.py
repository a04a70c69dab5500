"""Selections in a page as quotes: the place that was meant, and words that `check` finds there alone."""

import pytest

from briefing.diagnostics import Pointer
from briefing.edit.refusal import Refused
from briefing.edit.selection import Selection, quote_of
from briefing.read.markup import render_markdown
from briefing.read.quotes import QuotedText

BODY = """\
The *two* leaders will meet on **Friday**.[^1] They will meet in the capital, which is
far away, and buy 54,000 tons of “gas”.

- They will meet again.
- They will meet again.
- They will meet again.

防衛費は三十五億円になる。

[^1]: The office said so.
"""


def text_of(body: str = BODY) -> QuotedText:
    return QuotedText("content/articles/x.md", render_markdown(body, "content/articles/x.md"))


@pytest.mark.parametrize(
    ("selection", "quote"),
    [
        (Selection("two leaders will meet on Friday"), ("two leaders will meet on Friday", None, None)),
        (Selection("capital, which is far"), ("capital, which is far", None, None)),
        (Selection("capital, which\n   is far "), ("capital, which is far", None, None)),
        (Selection("Friday. They"), ("Friday. They", None, None)),
        (Selection('"gas"'), ("“gas”", None, None)),
        (Selection("will meet", after=" in the capital"), ("will meet", "on Friday. They", None)),
        (Selection("will meet", before="The two leaders "), ("will meet", "The two leaders", None)),
        (Selection("防衛費"), ("防衛費", None, None)),
        (Selection("The office said so"), ("The office said so", None, None)),
    ],
)
def test_a_selection_is_the_quote_of_the_place_that_was_meant(
    selection: Selection, quote: tuple[str, str | None, str | None]
) -> None:
    """Across line ends, emphasis and footnotes; what stands around it decides which of several."""
    found = quote_of(text_of(), selection)
    assert (found.quote.exact, found.quote.prefix, found.quote.suffix) == quote
    assert not found.is_widened


@pytest.mark.parametrize(
    ("words", "whole"),
    [("4,000 tons", "54,000 tons"), ("apita", "capital"), ("五億円", "三十五億円")],
)
def test_a_cut_word_is_taken_whole(words: str, whole: str) -> None:
    """Which is told, so that nobody wonders."""
    found = quote_of(text_of(), Selection(words))
    assert (found.quote.exact, found.is_widened) == (whole, True)


def test_of_the_same_items_the_one_is_meant_that_was_selected() -> None:
    """Their surroundings are alike for a while; the quote is found once, and there."""
    text = text_of()
    starts = [
        index
        for index in range(len(text.rendered.text))
        if text.rendered.text.startswith("They will meet again", index)
    ]
    for start in starts:
        before, after = text.rendered.text[:start], text.rendered.text[start + len("They will meet again") :]
        found = quote_of(text, Selection("They will meet again", before, after, len("".join(before.split()))))
        assert found.span[0] == start
        assert text.find(found.quote, Pointer("x")) == (found.span, [])


def test_of_thousands_of_places_the_one_is_meant_that_was_selected() -> None:
    """A letter stands everywhere; the word that it was selected in is quoted."""
    text = text_of("and so on, " * 3000 + "to importance. " + "and so on, " * 3000)
    before, after = text.rendered.text.split("importance")
    assert quote_of(text, Selection("o", before + "imp", "rtance" + after)).quote.exact == "importance"


@pytest.mark.parametrize(
    ("selection", "told"),
    [
        (Selection(""), "no words are selected"),
        (Selection(" — "), "no words are selected"),
        (Selection("x" * 10_001), "more than 10,000 characters"),
        (Selection("leaders will never meet"), "do not stand together"),
    ],
)
def test_what_cannot_be_quoted_is_refused(selection: Selection, told: str) -> None:
    """With the reason."""
    with pytest.raises(Refused, match=told):
        quote_of(text_of(), selection)


def test_words_that_nothing_tells_from_others_are_refused() -> None:
    """Where a text says the same over and over."""
    with pytest.raises(Refused, match="between the same others"):
        quote_of(text_of("again and " * 2000), Selection("again", offset=5000))
