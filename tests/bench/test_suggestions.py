"""Bounds of what is suggested: a change that makes it worse than this fails. `make bench-suggest` prints all of it."""

from collections.abc import Sequence

import pytest
from suggestions import HELD_OUT, MARKED, Case, cases, marked_fields, ranking, suggested_fields

from briefing.suggest.ranking import BAR

pytestmark = pytest.mark.slow


@pytest.fixture(name="marked", scope="module")
def marked_fixture() -> Sequence[Case]:
    return cases(MARKED)


def test_the_articles_are_those_that_are_told_of(marked: Sequence[Case]) -> None:
    """And every word that their editor marked is found, so that no hit is missed."""
    assert len(marked) == 17
    assert {case.article.id for case in marked} >= HELD_OUT
    claims = [claim for case in marked for claim in case.article.claims]
    assert len(claims) == 425
    assert all(claim.span for claim in claims)


@pytest.mark.parametrize("held_out", [False, True], ids=["all", "held out"])
def test_suggestions_are_right_and_find_most(marked: Sequence[Case], held_out: bool) -> None:
    """Precision of 0.85 at a recall of 0.55 was asked for; every sentence has one of 0.54."""
    found = ranking([case for case in marked if not held_out or case.article.id in HELD_OUT])
    assert found.baseline < 0.6
    assert found.precision > 0.9
    assert found.recall > 0.62


def test_a_higher_score_is_more_often_right(marked: Sequence[Case]) -> None:
    precisions = [ranking(marked, bar).precision for bar in range(BAR - 3, BAR + 3)]
    assert precisions == sorted(precisions)


def test_fields_guessed_from_a_quote_are_right(marked: Sequence[Case]) -> None:
    fields = marked_fields(marked)
    assert fields.right["figure: value, scale, qualifier"] >= 47
    assert fields.share("figure: value, scale, qualifier") >= 0.95
    assert fields.share("figure: measure") >= 0.88
    assert fields.share("figure: there is one where guessed") >= 0.95
    assert fields.share("hedge: verbatim in the sentence") == 1
    assert fields.of["hedge: verbatim in the sentence"] > 100
    assert fields.share("voice") >= 0.88
    assert fields.share("topic: one of the claim's") >= 0.85


def test_fields_of_suggestions_are_right(marked: Sequence[Case]) -> None:
    fields = suggested_fields(marked)
    assert fields.share("quote: found once") == 1
    assert fields.share("hedge: verbatim in the sentence") == 1
    assert fields.share("figure: value, scale, qualifier") >= 0.95
    assert fields.share("voice") >= 0.87
