"""Figures in a sentence: value, scale, qualifier and currency as it writes them, and what is no figure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.suggest.numbers import Number, numbers_in


def told(number: Number) -> tuple[str, str | None, str | None, str, str | None]:
    """Value, upper end, scale, qualifier, and the currency or unit."""
    return number.value, number.high, number.scale, number.qualifier, number.currency or number.unit


FIGURES = {
    "with nearly 54,000 military personnel": ("54000", None, None, "nearly", None),
    "a bid of $14.9 billion": ("14.9", None, "billion", "exact", "USD"),
    "valued at U.S. $36 billion": ("36", None, "billion", "exact", "USD"),
    "up to £3bn of orders": ("3", None, "billion", "up-to", "GBP"),
    "about 5m euros": ("5", None, "million", "about", "EUR"),
    "a $1.2-billion plan": ("1.2", None, "billion", "exact", "USD"),
    "two percent of GDP": ("2", None, None, "exact", "percent"),
    "a tariff of no greater than 15 percent": ("15", None, None, "up-to", "percent"),
    "it need not fund more than $20 billion": ("20", None, "billion", "up-to", "USD"),
    "as high as an average of 37%": ("37", None, None, "up-to", "percent"),
    "at least 12 million metric tons": ("12", None, "million", "at-least", None),
    "removing 10 percentage points": ("10", None, None, "exact", "percentage points"),
    "to be increased fourfold": ("4", None, None, "exact", "fold"),
    "between $5 billion and $7 billion": ("5", "7", "billion", "range", "USD"),
    "growth of 10-15 percent": ("10", "15", None, "range", "percent"),
    "a fall of -5 percent": ("-5", None, None, "exact", "percent"),
    "54 000 people": ("54000", None, None, "exact", None),
    "₹1,00,000 crore": ("100000", None, "crore", "exact", "INR"),
    "約5500億ドルを投資する": ("5500", None, "億", "about", "USD"),
    "3兆5000億円の予算": ("3.5", None, "兆", "exact", "JPY"),
    "15％の関税": ("15", None, None, "exact", "percent"),
    "100億円以上": ("100", None, "億", "at-least", "JPY"),
    "12억 달러": ("12", None, "억", "exact", "USD"),
}


@pytest.mark.parametrize(("text", "expected"), FIGURES.items(), ids=FIGURES)
def test_a_figure_is_read_as_the_sentence_writes_it(text: str, expected: tuple[str | None, ...]) -> None:
    assert [told(number) for number in numbers_in(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "under Executive Order 14257 of April 2, 2025",
        "section 232 and Article 5",
        "F-35 fighters, AP1000 reactors and 6G",
        "the 2+2 committee met on 29 October",
        "at 12:30 in the 1990s",
        "in fiscal 2025–26, from 2026 to 2028",
        "No. 5 of the list",
        "2025年10月28日",
    ],
)
def test_what_is_numbered_or_dated_is_no_figure(text: str) -> None:
    assert numbers_in(text) == []


def test_a_change_is_two_figures_of_which_the_first_is_what_was_before() -> None:
    before, after = numbers_in("will lower its tariff from 25 percent to 18 percent")
    assert (before.value, before.is_before) == ("25", True)
    assert (after.value, after.is_before) == ("18", False)


def test_the_words_after_a_number_tell_what_it_counts() -> None:
    assert numbers_in("a purchase order of 103 Boeing aircraft powered by others")[0].counted.startswith(
        "Boeing aircraft"
    )


def test_a_length_of_time_is_a_figure_only_where_somebody_measures_it() -> None:
    (length,) = numbers_in("the contract would run for 20 years")
    assert (length.value, length.counted.split()[0], length.is_certain) == ("20", "years", False)


@given(st.text(alphabet="0123456789.,- $%約億円betweenandtofrom\n", max_size=60))
def test_a_figure_stands_where_it_says_in_whatever_text(text: str) -> None:
    for number in numbers_in(text):
        assert 0 <= number.start <= number.amount_at < number.end <= len(text)
        float(number.value)
