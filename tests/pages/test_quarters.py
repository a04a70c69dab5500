"""The ledger through time, against a count of each claim on each day."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from briefing.link.ledger import UNRATED
from briefing.model.claim import OPEN_STATUSES
from briefing.model.dates import PartialDate
from briefing.pages.quarters import quarters

FIRST = date(2023, 11, 20)
DAYS = st.integers(0, 900).map(lambda days: FIRST + timedelta(days))
STATUSES = st.sampled_from(["pending", "in-progress", "fulfilled", "partly", "not-fulfilled", UNRATED])


@st.composite
def claims(draw: st.DrawFn) -> Any:
    steps = draw(st.lists(st.tuples(DAYS, STATUSES), max_size=4))
    history = tuple(SimpleNamespace(came_about=PartialDate.of(day), status=status) for day, status in steps)
    claim = SimpleNamespace(weight=draw(st.sampled_from(["major", "major", "minor"])), history=history)
    return SimpleNamespace(published=draw(DAYS), claim=claim)


def stood(claim: Any, day: date) -> str:
    """How a claim stood on a day: by the last step in its history that had come about by then."""
    status = "pending"
    for step in claim.claim.history:
        if step.came_about.latest <= day:
            status = step.status
    return "open" if status in OPEN_STATUSES else "unrated" if status == UNRATED else "settled"


@given(st.lists(claims(), max_size=12), DAYS)
def test_at_the_end_of_each_quarter_claims_are_counted_as_they_stood(found: list[Any], today: date) -> None:
    major = [claim for claim in found if claim.claim.weight == "major"]
    for quarter in quarters(found, today):
        month = quarter.number * 3
        after = date(quarter.year + month // 12, month % 12 + 1, 1)
        day = min(after - timedelta(1), today)
        known = [stood(claim, day) for claim in major if claim.published <= day]
        counts = [known.count(kind) for kind in ("settled", "open", "unrated")]
        assert [quarter.settled, quarter.open, quarter.unrated] == counts


@given(st.lists(claims(), min_size=1, max_size=5), DAYS)
def test_the_last_is_the_present_one_and_there_are_none_before_two(found: list[Any], today: date) -> None:
    drawn = quarters(found, today)
    assert len(drawn) != 1
    if drawn:
        assert (drawn[-1].year, drawn[-1].number) == (today.year, (today.month + 2) // 3)
