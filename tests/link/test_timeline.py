"""The timeline: what is told in it, and only once, in which order, and how long ones are cut."""

from pathlib import Path
from typing import Any

import pytest

from briefing.link.changes import is_unrated
from briefing.link.site import Site
from briefing.link.timeline import Entry, Event, parted, timeline_of
from tests.markup import parsed, text_of
from tests.pages.dated import days_in, entries_in, lines_in, tally
from tests.sites.desks import Paper, built, linked

# --- What is told -----------------------------------------------------------------------------------------


def claim(**fields: Any) -> dict[str, Any]:
    return {"modality": "expectation", **fields}


def steps(*entries: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"status": status, "on": on, "why": "So it is.", "evidence": ["seen#it"]} for status, on in entries]


def timeline(site: Site) -> list[Entry]:
    return timeline_of(site.headlines, site.claims.values(), site.meetings.values())


def kind_of(entry: Entry) -> str:
    return entry.kind if isinstance(entry, Event) else type(entry).__name__


SEEN = {"seen": Paper("2025-02-05", {"it": {}})}
# What is told of a claim besides that it was added.
TOLD: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "a claim without history": (claim(), []),
    "that it is pending at first": (claim(history=steps(("pending", "2025-02"))), []),
    "that it is unverified at first": ({"history": steps(("unverified", "2025-02"))}, []),
    "that it was settled at first": (claim(history=steps(("fulfilled", "2025-03"))), [("StatusMoved", "2025-03")]),
    "every later step, back to pending too": (
        claim(history=steps(("pending", "2025-02"), ("stalled", "2025-03"), ("pending", "2025-04"))),
        [("StatusMoved", "2025-04"), ("StatusMoved", "2025-03")],
    ),
    "no step that changes nothing": (
        claim(history=steps(("stalled", "2025-03"), ("stalled", "2025-04"))),
        [("StatusMoved", "2025-03")],
    ),
    "a step on the day on which it was recorded": (
        claim(history=[{**steps(("fulfilled", "2025-03"))[0], "since": "2025-02-20"}]),
        [("StatusMoved", "2025-03")],
    ),
    "the due date of an open claim": (claim(due="2026"), [("due", "2026")]),
    "not that of a settled claim": (
        claim(due="2026", history=steps(("fulfilled", "2025-03"))),
        [("StatusMoved", "2025-03")],
    ),
    "not that of a fact": ({"due": "2026"}, []),
}


@pytest.mark.parametrize("case", TOLD)
def test_what_is_told_of_a_claim(case: str, tmp_path: Path) -> None:
    fields, expected = TOLD[case]
    entries = timeline(linked(tmp_path, {"talks": Paper("2025-02-05", {"said": fields}), **SEEN}))
    told = [(kind_of(entry), str(entry.on)) for entry in entries]
    assert [one for one in told if one[0] not in ("publication", "ClaimsAdded")] == expected


def test_a_status_that_came_about_earlier_says_since_when(tmp_path: Path) -> None:
    [step] = steps(("fulfilled", "2025-03-07"))
    for since, says in (("2025-03-06", " since Mar 6, 2025"), ("2025-03-07", ""), (None, "")):
        history = [{**step, "since": since} if since else step]
        folder = tmp_path / str(since)
        output = built(folder, {"talks": Paper("2025-02-05", {"said": claim(history=history)}), **SEEN})
        [line] = [line for line in lines_in(parsed(output / "timeline.html")) if line.kind == "status"]
        assert line.date == "2025-03-07"
        assert text_of(line.item) == f"the claim said ends pending →, now fulfilled{says}"


# When an article came out and its claims were recorded, and the entries that tell of it.
ADDED: dict[str, tuple[str, str | None, list[tuple[str, str]]]] = {
    "on the same day": ("2025-02-05", None, [("2025-02-05", "publication")]),
    "at a time": ("2025-02-05T09:00+09:00", "2025-02-05", [("2025-02-05", "publication")]),
    "on a day nobody is sure of": ("2025-02-05~", None, [("2025-02-05", "publication")]),
    "later": ("2025-02-05", "2025-02-06", [("2025-02-06", "added"), ("2025-02-05", "publication")]),
}


@pytest.mark.parametrize("case", ADDED)
def test_an_article_and_its_claims_are_told_once(case: str, tmp_path: Path) -> None:
    published, recorded, expected = ADDED[case]
    fields = {"recorded": recorded} if recorded else {}
    page = parsed(built(tmp_path, {"talks": Paper(published, {"said": fields})}) / "timeline.html")
    lines = lines_in(page)
    assert [(line.date, line.kind) for line in lines] == expected
    assert [text_of(line.item).endswith("1 claim") for line in lines] == [True, False][: len(lines)]
    assert tally(page) == f"{len(lines)} entr{'y' if len(lines) == 1 else 'ies'}"


def test_an_article_without_claims_is_told_too(tmp_path: Path) -> None:
    assert [kind_of(entry) for entry in timeline(linked(tmp_path, {"talks": Paper("2025-02-05")}))] == ["publication"]


def test_a_correction_is_told_once_on_its_own_day(tmp_path: Path) -> None:
    head = "---\ntitle: Talks\nsource: wire\npublished: 2025-02-05\ncorrections:\n"
    article = head + "  - {on: 2025-02-09, text: The tariff is 15 percent.}\n---\n\nThey met.\n"
    file = built(tmp_path, {}, {"content/articles/talks.md": article}) / "timeline.html"
    assert entries_in(file) == [("2025-02-09", "correction", "talks"), ("2025-02-05", "publication", "talks")]
    assert text_of(lines_in(parsed(file))[0].item) == "Corrected: Talks The tariff is 15 percent."


def test_a_day_begins_with_the_meeting_and_ends_with_what_changed(tmp_path: Path) -> None:
    summit = "---\ntitle: Meeting\nstart: 2025-02-05\nstatus: held\n---\n"
    said = {
        "a": claim(history=steps(("unratable", "2025-02-05"))),
        "b": claim(history=steps(("fulfilled", "2025-02-05"))),
        "c": claim(due="2025-02-05"),
        "d": claim(recorded="2025-02-05"),
    }
    papers = {"old": Paper("2025-02-04", said), "talks": Paper("2025-02-05"), **SEEN}
    entries = timeline(linked(tmp_path, papers, {"content/summits/meeting.md": summit}))
    of_day = [kind_of(entry) for entry in entries if str(entry.on) == "2025-02-05"]
    assert of_day[0] == "meeting"
    assert sorted(of_day[1:3]) == ["ClaimsAdded", "publication"]
    assert of_day[3:] == ["due", "StatusMoved", "StatusMoved", "ClaimsAdded"]
    assert [is_unrated(entry) for entry in entries][4:6] == [False, True]


def test_the_claims_that_cannot_be_rated_are_a_count_beside_what_else_changed(tmp_path: Path) -> None:
    said = {f"u{n}": claim(history=steps(("unratable", "2025-03-01"))) for n in range(120)}
    said |= {"good": claim(history=steps(("fulfilled", "2025-03-01")))}
    page = parsed(built(tmp_path, {"talks": Paper("2025-02-05", said), **SEEN}) / "timeline.html")
    assert [text_of(line.item) for line in lines_in(page)][:2] == [
        "the claim good ends pending →, now fulfilled",
        "120 claims found that cannot be rated",
    ]
    assert tally(page) == "123 entries"


def test_dates_of_less_precision_are_shown_as_such_and_stand_under_their_month_or_year(tmp_path: Path) -> None:
    papers = {
        "a": Paper("2024"),
        "b": Paper("2024-03"),
        "c": Paper("2024-03-31"),
        "d": Paper("2024-12-31"),
        "e": Paper("2025-01-01"),
    }
    page = parsed(built(tmp_path, papers) / "timeline.html")
    headings = [text_of(one) for one in page.iter() if one.tag in ("h2", "h3")]
    assert headings == ["2025", "January 2025", "2024", "Some time in 2024", "December 2024", "March 2024"]
    assert [(date, text_of(day.findall("time")[0])) for date, day in days_in(page)] == [
        ("2025-01-01", "Jan 1, 2025"),
        ("2024", "2024"),
        ("2024-12-31", "Dec 31, 2024"),
        ("2024-03-31", "Mar 31, 2024"),
        ("2024-03", "Mar 2024"),
    ]


def test_an_open_claim_that_was_due_stands_in_the_past(tmp_path: Path) -> None:
    papers = {"a": Paper("2024-01-01", {"x": claim(due="2024-06"), "y": claim(due="2026")}), "b": Paper("2025-01-01")}
    site = linked(tmp_path, papers)
    ahead, past = parted(timeline(site), site.clock.is_to_come)
    assert [str(entry.on) for entry in ahead] == ["2026"]
    assert [str(entry.on) for entry in past if kind_of(entry) == "due"] == ["2024-06"]
    page = parsed(built(tmp_path, papers) / "timeline.html")
    coming = next(one for one in page.iter("section") if text_of(one).startswith("Still to come"))
    assert [line.entry for line in lines_in(coming)] == [("2026", "due", "a#y")]
    assert ("2024-06", "due", "a#x") in [line.entry for line in lines_in(page)][1:]


def test_what_is_to_come_has_the_soonest_first(tmp_path: Path) -> None:
    said = {f"c{n}": claim(due=due) for n, due in enumerate(("2027", "2026-05-01", "2026-05", "2026-04-30"))}
    site = linked(tmp_path, {"a": Paper("2025-01-01", said)})
    ahead, _ = parted(timeline(site), site.clock.is_to_come)
    assert [str(entry.on) for entry in ahead] == ["2026-04-30", "2026-05-01", "2026-05", "2027"]


def test_a_page_leaves_out_the_claims_kept_off_it(tmp_path: Path) -> None:
    said = {f"c{n}": claim(due="2024-02", history=steps(("in-progress", "2025-02-06"))) for n in range(6)}
    papers = {"a": Paper("2024-01-01", {"x": claim(due="2024-02"), **said}), "b": Paper("2025-01-01"), **SEEN}
    site = built(tmp_path, papers, {"content/topics/trade.md": "---\nexclude: [a#x]\n---\n"})
    of_topic = {about for _, _, about in entries_in(site / "timelines/topic-trade.html")}
    assert {"a#c0", "a#c5"} <= of_topic
    assert "a#x" not in of_topic
    assert "a#x" not in (site / "topics/trade.html").read_text(encoding="utf-8")
    assert ("2024-02", "due", "a#x") in entries_in(site / "timeline.html")


@pytest.mark.parametrize(("steps_of", "is_long"), [(8, False), (9, True)])
def test_a_summit_or_a_topic_of_which_more_than_ten_are_told_has_a_page_of_them(
    steps_of: int, is_long: bool, tmp_path: Path
) -> None:
    said = {f"c{n}": claim(summit="meeting", history=steps(("fulfilled", "2025-03-01"))) for n in range(steps_of)}
    papers = {"talks": Paper("2025-02-05", said), "seen": Paper("2025-02-05", {"it": {"topics": ["energy"]}})}
    summit = "---\ntitle: Meeting\nstart: 2025-02-05\nstatus: held\n---\n"
    output = built(tmp_path, papers, {"content/summits/meeting.md": summit})
    for page in ("summit-meeting", "topic-trade"):
        kind, _, id = page.partition("-")
        assert (output / f"timelines/{page}.html").exists() is is_long
        links = [one for one in parsed(output / f"{kind}s/{id}.html").iter("a") if "timelines/" in str(one.get("href"))]
        assert [text_of(one) for one in links] == [f"The timeline: all {steps_of + 2} entries"] * is_long


# --- Long timelines -------------------------------------------------------------------------------------------


def published(*days: str) -> dict[str, Paper]:
    return {f"p{number:04}": Paper(day) for number, day in enumerate(days)}


def test_a_timeline_of_a_hundred_events_is_one_page(tmp_path: Path) -> None:
    site = built(tmp_path, published(*["2024-01-01"] * 100))
    assert len(entries_in(site / "timeline.html")) == 100
    assert not (site / "archive").exists() or not list(site.glob("archive/timeline*"))


@pytest.mark.slow
def test_a_longer_one_is_cut_by_year_and_a_long_year_by_month_and_a_long_month_by_day(tmp_path: Path) -> None:
    days = [*["2023-05-01"] * 30, *["2024"] * 3, *["2024-01"] * 2, *["2024-01-07"] * 300, *["2024-01-08"] * 101]
    site = built(tmp_path, published(*days))
    counts = {
        file.stem.removeprefix("timeline-"): len(entries_in(file)) for file in site.glob("archive/timeline-*.html")
    }
    assert counts == {"2023": 30, "2024": 3, "2024-01": 2, "2024-01-07": 300, "2024-01-08": 101}
    assert len(entries_in(site / "timeline.html")) == 100
    year = (site / "archive/timeline-2024.html").read_text(encoding="utf-8")
    assert 'href="timeline-2024-01.html">Jan 2024</a> <span class="u">403</span>' in year
    assert tally(parsed(site / "archive/timeline-2024.html")) == "3 of 406 entries are shown here."


@pytest.mark.slow
def test_no_page_of_a_year_changes_its_address_when_the_site_grows(tmp_path: Path) -> None:
    small = built(tmp_path / "small", published(*["2023-05-01"] * 101))
    large = built(tmp_path / "large", published(*["2023-05-01"] * 401, *["2024-02-01"] * 5))
    addresses = {file.name for file in small.glob("archive/timeline-*.html")}
    assert addresses == {"timeline-2023.html"}
    assert addresses <= {file.name for file in large.glob("archive/timeline-*.html")}
