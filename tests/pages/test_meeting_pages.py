"""What the page of a meeting has first: its agenda, its score, what is open by day, and an axis of time."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.link.changes import StatusMoved, changes_of
from briefing.pages import axes
from briefing.pages.axes import APART, AxisView, Mark, axis
from briefing.pages.scores import MOST_CHIPS, open_by_day
from briefing.views.views import Views
from tests.markup import having, links_in, parsed, refs_in, text_of
from tests.sites.desks import Paper, built, linked, words_of

Fields = dict[str, Any]
SVG = "{http://www.w3.org/2000/svg}"


def ahead(status: str | None = None, on: str = "2025-03-01", **more: object) -> Fields:
    """A claim that looks ahead to the meeting, perhaps with an outcome."""
    evidence = [] if status in (None, "pending", "unratable") else ["seen#it"]
    history = [{"status": status, "on": on, "why": "So it is.", "evidence": evidence}] if status else []
    return {"modality": "expectation", "summit": "meeting", "history": history, **more}


def papers(claims: dict[str, Fields], published: str = "2025-02-05") -> dict[str, Paper]:
    return {"talks": Paper(published, claims), "seen": Paper("2025-02-08", {"it": {}})}


def meeting(more: str = "", status: str = "held") -> dict[str, str]:
    head = f"---\ntitle: The meeting\nstart: 2025-02-07\nstatus: {status}\n{more}---\n"
    return {"content/summits/meeting.md": head, "content/places.yaml": "east: {name: East}\nwest: {name: West}\n"}


def page_of(folder: Path, claims: dict[str, Fields], more: str = "", status: str = "held") -> Element:
    return parsed(built(folder, papers(claims), meeting(more, status)) / "summits/meeting.html")


# --- The score ------------------------------------------------------------------------------------------------


def score_of(page: Element) -> Element:
    [score] = [one for one in page.iter("section") if one.get("aria-labelledby") == "page_score"]
    return next(iter(score.iter("table")))


def states_of(chips: Element) -> list[str]:
    return [str(link.get("class")).removeprefix("st ") for link in chips.iter("a")]


def test_each_claim_is_a_chip_in_the_order_of_outcomes_that_leads_to_its_card(tmp_path: Path) -> None:
    claims = {
        "a": ahead(),
        "b": ahead("unratable"),
        "c": ahead("fulfilled"),
        "d": ahead("not-fulfilled"),
        "small": ahead("fulfilled", weight="minor"),
    }
    page = page_of(tmp_path, claims)
    [chips] = having(score_of(page), "ul", "chips")
    assert states_of(chips) == ["fulfilled", "not-fulfilled", "pending", "unratable"]
    assert links_in(chips) == [f"#claim_talks_{id}" for id in ("c", "d", "a", "b")]
    assert [text_of(chip) for chip in chips.findall("li")] == [
        "c: fulfilled",
        "d: not fulfilled",
        "a: pending",
        "b: cannot be rated",
    ]
    cards = {one.get("id"): one.get("data-claim") for one in page.iter("li") if one.get("id")}
    assert [cards[link.removeprefix("#")] for link in links_in(chips)] == [f"talks#{id}" for id in ("c", "d", "a", "b")]
    assert cards["claim_talks_small"] == "talks#small"
    [heading] = [text_of(cell) for cell in score_of(page).iter("th") if "Said before" in text_of(cell)]
    assert heading == "Said before 4"


@pytest.mark.parametrize(("count", "are_chips"), [(MOST_CHIPS, True), (MOST_CHIPS + 1, False)])
def test_chips_turn_to_bars_where_they_are_too_many(count: int, are_chips: bool, tmp_path: Path) -> None:
    claims = {f"c{number:02}": ahead("fulfilled" if number % 3 else None) for number in range(count)}
    score = score_of(page_of(tmp_path, claims))
    chips, bars = having(score, "ul", "chips"), having(score, f"{SVG}svg", "bar")
    assert [len(links_in(one)) for one in chips] == ([count] if are_chips else [])
    fulfilled = sum(number % 3 > 0 for number in range(count))
    told = f"Said before: {fulfilled} fulfilled, {count - fulfilled} pending"
    assert [one.get("aria-label") for one in bars] == ([] if are_chips else [told])
    for bar in bars:
        parts = [(int(str(one.get("x"))), int(str(one.get("width")))) for one in bar]
        assert [x for x, _ in parts] == [0, *(x + width for x, width in parts[:-1])]
        assert sum(width for _, width in parts) == 1000


def test_minor_claims_are_in_no_chip_and_no_sum(tmp_path: Path) -> None:
    page = page_of(tmp_path, {"one": ahead("fulfilled"), "two": ahead(weight="minor"), "three": ahead(weight="minor")})
    [sums] = having(page, "p", "sums")
    assert text_of(sums) == "1 of 1 expectation came true. 2 minor claims are not counted."
    [chips] = having(score_of(page), "ul", "chips")
    assert len(links_in(chips)) == 1


# --- What is open ---------------------------------------------------------------------------------------------


def test_what_is_open_stands_by_the_day_to_look_again_the_soonest_first(tmp_path: Path) -> None:
    claims = {
        "never": ahead(),
        "late": ahead(review_by="2026-06-30"),
        "month": ahead(review_by="2026-05"),
        "soon": ahead(review_by="2026-05-02"),
        "also": ahead(review_by="2026-05-02"),
        "year": ahead(review_by="2026"),
        "done": ahead("fulfilled"),
        "unclear": ahead("unratable", review_by="2026-05-02"),
    }
    site = linked(tmp_path / "linked", papers(claims), meeting())
    given = [site.claims[f"talks#{id}"] for id in claims]
    views = Views(site.meetings["meeting"].scope)
    days = open_by_day(given, views)
    found = [(day.by and day.by.iso, [claim.anchored.id for claim in day.claims.items]) for day in days]
    assert found == [
        ("2026-05-02", ["soon", "also"]),
        ("2026-05", ["month"]),
        ("2026-06-30", ["late"]),
        ("2026", ["year"]),
        (None, ["never"]),
    ]
    page = page_of(tmp_path / "built", claims)
    [lines] = having(page, "dl", "next")
    told = {text_of(one[0]): links_in(one[1]) for one in lines}
    assert list(told) == ["May 2, 2026", "May 2026", "Jun 30, 2026", "2026", "no day set"]
    assert told["no day set"] == ["#claim_talks_never"]
    assert sorted(told["May 2, 2026"]) == ["#claim_talks_also", "#claim_talks_soon"]
    assert any(text_of(one) == "6 open: when we look again" for one in page.iter("h3"))


def test_of_nothing_open_nothing_is_said(tmp_path: Path) -> None:
    assert having(page_of(tmp_path, {"one": ahead("fulfilled")}), "dl", "next") == []


# --- The agenda -----------------------------------------------------------------------------------------------

AGENDA = "agenda: [{topic: trade, items: [{item: Tariffs, claims: [talks#one], now: talks#one}, Steel]}]\n"


def answers_of(page: Element) -> list[list[str]]:
    [table] = having(page, "table", "answers")
    return [[text_of(cell) for cell in row] for row in table.iter("tr")]


def test_the_agenda_of_a_meeting_that_was_held_says_what_came_of_it(tmp_path: Path) -> None:
    page = page_of(tmp_path, {"one": ahead("fulfilled", label="Tariffs come down")}, AGENDA)
    head, first, second = answers_of(page)
    assert head[0] == "Subject"
    assert head[-1] == "Since then"
    before = f"Before: {words_of('one')}1 Gazette Nothing recorded."
    assert first == ["Tariffs", before, "fulfilled So it is. Mar 1, 2025" + "2"]  # the number of what shows it
    assert second == ["Steel", "Nothing recorded.", "Nothing recorded."]
    assert any(text_of(one) == "What was on the agenda, and what came of it" for one in page.iter("h2"))


def test_what_came_of_a_subject_may_be_told_by_another_claim_which_is_then_named(tmp_path: Path) -> None:
    claims = {"one": ahead(), "two": ahead("fulfilled", label="Tariffs come down")}
    _, first, _ = answers_of(page_of(tmp_path, claims, AGENDA.replace("now: talks#one", "now: talks#two")))
    assert first[-1] == "Tariffs come down" + "1" + " fulfilled So it is. Mar 1, 2025" + "2"


def test_the_agenda_of_a_planned_meeting_says_what_is_expected_and_on_whose_word(tmp_path: Path) -> None:
    page = page_of(tmp_path, {"one": ahead()}, AGENDA, "planned")
    head, first, second = answers_of(page)
    assert head[:2] == ["Subject", "Expected, and on whose word"]
    assert words_of("one") in first[1]
    assert second[:2] == ["Steel", "Nothing recorded."]
    assert "Since then" not in text_of(page)
    assert any(text_of(one) == "What is on the agenda" for one in page.iter("h2"))
    [table] = having(page, "table", "answers")
    assert set(refs_in(table)) == {"talks#one"}


def test_an_agenda_without_any_answer_gives_way_to_the_bottom_line(tmp_path: Path) -> None:
    more = "agenda: [{topic: trade, items: [Tariffs]}]\nlead: [talks#one]\n"
    page = page_of(tmp_path, {"one": ahead()}, more)
    assert having(page, "table", "answers") == []
    assert any(text_of(one) == "The bottom line" for one in page.iter("h2"))
    assert "Agenda: Tariffs." in [text_of(line) for line in page.iter("p")]


SIDES = "participants: [{person: brandt, side: east}, {person: ito, side: west}]\ndocuments: [text]\n"
PEOPLE = "brandt: {name: Ilse Brandt}\nito: {name: Ken Ito}\n"
# Whose text is known, and whether the page says that it is one side's only.
KNOWN = {"east": True, "west": True, "east, west": False, "": False}


@pytest.mark.parametrize("issued", KNOWN)
def test_a_page_says_where_only_the_text_of_one_side_is_known(issued: str, tmp_path: Path) -> None:
    by = f"issued_by: [{issued}]\n" if issued else ""
    head = f"---\ntitle: Text\nsource: gazette\npublished: 2025-02-08\n{by}---\n"
    files = {
        **meeting(SIDES + AGENDA.replace("talks", "text")),
        "content/people.yaml": PEOPLE,
        "content/articles/text.md": f"{head}\nHere {words_of('one')}.\n",
    }
    claims = {"text": Paper("2025-02-08", {"one": ahead()})}
    page = text_of(parsed(built(tmp_path, claims, files) / "summits/meeting.html"))
    assert (f"Known here from one text only: {issued.title()}." in page) is KNOWN[issued]
    assert page.count("Known here from one text only") == KNOWN[issued]


# --- The axis -------------------------------------------------------------------------------------------------

START = date(2025, 2, 7)


def axis_of(folder: Path, claims: dict[str, Fields]) -> AxisView | None:
    site = linked(folder, papers(claims), meeting())
    moved = [change for change in changes_of(site.claims.values(), ()) if isinstance(change, StatusMoved)]
    return axis(START, moved, site.claims.values())


def test_a_meeting_after_which_nothing_changed_has_no_axis(tmp_path: Path) -> None:
    for number, claims in enumerate([{"a": ahead()}, {"a": ahead("unratable")}, {"a": ahead("pending")}]):
        assert axis_of(tmp_path / str(number), claims) is None
    assert having(page_of(tmp_path / "built", {"a": ahead()}), f"{SVG}svg", "axis") == []


def test_an_axis_has_what_changed_and_what_is_to_be_looked_at(tmp_path: Path) -> None:
    claims = {
        "a": ahead("fulfilled", "2025-03-01"),
        "b": ahead("fulfilled", "2025-03-01"),
        "c": ahead("unratable", "2025-06-01"),
        "d": ahead(review_by="2027-02-07"),
        "e": ahead("fulfilled", "2026-02-07", review_by="2026-08-01"),
    }
    found = axis_of(tmp_path, claims)
    assert found is not None
    assert [(point.count, point.is_ahead) for point in found.points] == [(2, False), (1, False), (1, True)]
    assert [year for year, _ in found.years] == [2025, 2026, 2027]
    places = [float(point.x) for point in found.points]
    assert places == sorted(places)


MARKS = st.lists(st.tuples(st.floats(axes._BEGIN, axes._BEGIN + axes._WIDTH), st.integers(1, 50)), max_size=60)


@given(MARKS, MARKS)
def test_no_point_covers_the_number_of_another_and_none_is_lost(changes: list[Mark], reviews: list[Mark]) -> None:
    shown = axes._without_crowding(sorted(changes), sorted(reviews))
    for is_ahead, marks in ((False, changes), (True, reviews)):
        assert sum(count for _, count, ahead in shown if ahead is is_ahead) == sum(count for _, count in marks)
    places = [x for x, _, _ in shown]
    assert all(second - first >= APART - 1e-9 for first, second in pairwise(places))
    assert all(axes._BEGIN - 1e-9 <= x <= axes._BEGIN + axes._WIDTH + 1e-9 for x in places)


def test_days_that_are_many_stay_apart_on_the_page(tmp_path: Path) -> None:
    days = [START + timedelta(days=9 * number) for number in range(1, 70)]
    claims = {f"c{n}": ahead("fulfilled", day.isoformat()) for n, day in enumerate(days)}
    claims |= {f"r{n}": ahead(review_by=(day + timedelta(days=4)).isoformat()) for n, day in enumerate(days)}
    [drawn] = having(page_of(tmp_path, claims), f"{SVG}svg", "axis")
    places = [float(str(one.get("cx")).removesuffix("%")) for one in drawn.iter(f"{SVG}circle")]
    assert all(second - first >= APART - 0.11 for first, second in pairwise(places))
    assert 0 < min(places) < max(places) < 100


def test_the_timeline_has_a_line_a_day_the_newest_first_and_counts_what_cannot_be_rated(tmp_path: Path) -> None:
    claims = {
        "a": ahead("fulfilled", "2025-03-01"),
        "b": ahead("partly", "2025-04-01"),
        "c": ahead("unratable", "2025-04-01"),
        "d": ahead("unratable", "2025-05-01"),
    }
    page = page_of(tmp_path, claims)
    [section] = [one for one in page.iter("section") if one.get("id") == "page_timeline"]
    [days] = having(section, "ol", "time")
    assert [[text_of(part) for part in day] for day in days.findall("li")] == [
        ["May 1, 2025", "1 cannot be rated"],
        ["Apr 1, 2025", "b partly 1 cannot be rated"],
        ["Mar 1, 2025", "a fulfilled"],
    ]
