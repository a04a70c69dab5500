"""The ledger: what is late and overdue, how old claims are, in which order they stand, and what the pages say."""

import re
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from briefing.build import Request, build
from briefing.link.ledger import ORDER, entries_of, entry_of, open_first, settled_last, unrated
from briefing.link.lists import Lists
from briefing.model.claim import STATUSES
from briefing.views.words import span_words
from tests.samples import first_of
from tests.sites.desks import Paper, built, linked, view_of, write_desk
from tests.sites.wording import wording

Fields = dict[str, Any]
FORWARD = ("expectation", "proposal", "commitment")


def entry(status: str, on: str, since: str | None = None) -> Fields:
    evidence = [] if status in ("pending", "unratable", "unverified") else ["seen#it"]
    return {"status": status, "on": on, "why": f"It was {on}.", "evidence": evidence} | (
        {"since": since} if since else {}
    )


def expectation(*history: Fields, due: str | None = None, modality: str = "expectation", **more: object) -> Fields:
    return {"modality": modality, "history": list(history), **({"due": due} if due else {}), **more}


# Evidence for every status, and a later article that makes 2025-06-30 the newest date.
SEEN = {"seen": Paper("2025-01-01", {"it": {}}), "newest": Paper("2025-06-30", {"now": {}})}

# A claim of 2025-01-01; how long it was late, and how long it has been overdue.
TIMING: dict[str, tuple[Fields, str | None, str | None]] = {
    "fulfilled on the day": (expectation(entry("fulfilled", "2025-02-07"), due="2025-02-07"), None, None),
    "fulfilled the day after": (expectation(entry("fulfilled", "2025-02-08"), due="2025-02-07"), "1 day", None),
    "recorded the day after": (
        expectation(entry("fulfilled", "2025-02-08", "2025-02-07"), due="2025-02-07"),
        None,
        None,
    ),
    "in part, months later": (expectation(entry("partly", "2025-06-10"), due="2025-02-07"), "4 months", None),
    "some time in a month": (expectation(entry("fulfilled", "2025-02"), due="2025-02-07"), None, None),
    "due some time in a month": (expectation(entry("fulfilled", "2025-02-28"), due="2025-02"), None, None),
    "due in a month before": (expectation(entry("fulfilled", "2025-03-01"), due="2025-02"), "1 day", None),
    "without a due date": (expectation(entry("fulfilled", "2025-06-10")), None, None),
    "not fulfilled, seen later": (expectation(entry("not-fulfilled", "2025-03-01"), due="2025-02-07"), None, None),
    "not ratable, seen later": (expectation(entry("unratable", "2025-03-01"), due="2025-02-07"), None, None),
    "late, and seen again": (
        expectation(entry("fulfilled", "2025-02-10"), entry("fulfilled", "2025-06-01"), due="2025-02-07"),
        "3 days",
        None,
    ),
    "back and forth, late in the end": (
        expectation(
            entry("fulfilled", "2025-02-01"),
            entry("stalled", "2025-02-05"),
            entry("fulfilled", "2025-02-17"),
            due="2025-02-07",
        ),
        "10 days",
        None,
    ),
    "open, due on the newest date": (expectation(due="2025-06-30"), None, None),
    "open, due the day before": (expectation(due="2025-06-29"), None, "1 day"),
    "in progress, due long ago": (expectation(entry("in-progress", "2025-02-01"), due="2025-02"), None, "4 months"),
    "open, due some time in the month": (expectation(due="2025-06"), None, None),
    "open without a due date": (expectation(), None, None),
}


@pytest.mark.parametrize("case", TIMING)
def test_what_came_true_after_its_due_date_is_late_and_what_is_open_is_overdue(case: str, tmp_path: Path) -> None:
    claim, late, overdue = TIMING[case]
    site = linked(tmp_path, {"talks": Paper("2025-01-01", {"one": claim}), **SEEN})
    view = view_of(site, "talks#one")
    assert (view.late, view.overdue) == (late, overdue)


SPANS = [
    ("2025-01-01", "2025-01-01", "0 days"),
    ("2025-01-01", "2025-01-02", "1 day"),
    ("2025-01-01", "2025-03-02", "60 days"),
    ("2025-01-01", "2025-03-03", "2 months"),
    ("2025-01-31", "2025-04-30", "2 months"),
    ("2025-01-30", "2025-04-30", "3 months"),
    ("2024-01-15", "2026-12-15", "35 months"),
    ("2024-01-15", "2027-01-14", "35 months"),
    ("2024-01-15", "2027-01-15", "3 years"),
    ("2020-02-29", "2030-02-28", "9 years"),
]


@pytest.mark.parametrize(("start", "end", "words"), SPANS)
def test_a_span_is_told_in_days_then_months_then_years(start: str, end: str, words: str) -> None:
    assert span_words(date.fromisoformat(start), date.fromisoformat(end), wording()) == words


def test_delays_are_counted_to_the_newest_date_in_the_records(tmp_path: Path) -> None:
    papers = {
        "talks": Paper("2025-01-01", {"one": {"modality": "expectation", "due": "2025-01-31"}, "fact": {}}),
        "seen": Paper("2025-09-30", {"it": {}}),
    }
    site = linked(tmp_path, papers)
    assert site.clock.day == date(2025, 9, 30)
    assert view_of(site, "talks#one").overdue == "7 months"
    assert view_of(site, "talks#fact").overdue is None


def test_only_what_looks_ahead_is_in_the_ledger(tmp_path: Path) -> None:
    kinds = (*FORWARD, "fact", "opinion", "background")
    site = linked(tmp_path, {"talks": Paper("2025-01-01", {kind: {"modality": kind} for kind in kinds})})
    assert {claim.anchored.id for claim in site.claims.values() if entry_of(claim)} == set(FORWARD)


def test_open_entries_stand_by_due_date_and_the_others_by_the_day_of_their_outcome(tmp_path: Path) -> None:
    claims = {
        "far": expectation(due="2030"),
        "near": expectation(due="2025-03"),
        "past": expectation(entry("in-progress", "2025-01-02"), due="2025-01-02"),
        "never": expectation(),
        "first": expectation(entry("fulfilled", "2025-01-02")),
        "last": expectation(entry("overtaken", "2025-01-03")),
        "unclear": expectation(entry("unratable", "2025-01-04")),
    }
    papers = {"talks": Paper("2025-01-01", claims), "before": Paper("2024-01-01", {"older": expectation()}), **SEEN}
    site = linked(tmp_path, papers)
    entries = entries_of(site.claims.values())
    told = [
        [entry.linked.anchored.id for entry in group]
        for group in (open_first(entries), settled_last(entries), unrated(entries))
    ]
    assert told == [["past", "near", "far", "older", "never"], ["last", "first"], ["unclear"]]


def test_the_order_of_statuses_has_each_status_once() -> None:
    assert sorted(ORDER) == sorted(STATUSES["expectation"])


def plain(text: str) -> str:
    """What a reader sees."""
    return re.sub(r" (?=[.,)])|(?<=\() ", "", " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split()))


def ledger_page(folder: Path, papers: dict[str, Paper]) -> str:
    return (built(folder, papers) / "ledger.html").read_text(encoding="utf-8")


def table(page: str, name: str) -> list[list[str]]:
    """The words in the cells of a table, row by row."""
    found = re.search(rf'<table class="{name}">(.*?)</table>', page, re.DOTALL)
    assert found is not None
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", found[1])
    return [[plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


def test_the_counts_are_told_of_each_kind_and_what_cannot_be_rated_is_among_them(tmp_path: Path) -> None:
    claims = {
        "a": expectation(entry("fulfilled", "2025-02-08"), due="2025-02-07"),
        "b": expectation(entry("fulfilled", "2025-02-01"), due="2025-02-07"),
        "c": expectation(due="2025-02-07", modality="proposal"),
        "d": expectation(entry("not-fulfilled", "2025-02-08"), modality="commitment"),
        "e": expectation(entry("unratable", "2025-02-08"), modality="commitment"),
    }
    page = ledger_page(tmp_path, {"talks": Paper("2025-01-01", claims), **SEEN})
    assert "5 in all on June 30, 2025. 1 came true late. 1 is overdue." in plain(page)
    assert table(page, "counts") == [
        ["Status", "All", "Expected", "Proposed", "Promised", ""],
        ["fulfilled", "2", "2", "", "", ""],
        ["not fulfilled", "1", "", "", "1", ""],
        ["pending", "1", "", "1", "", ""],
        ["cannot be rated", "1", "", "", "1", ""],
    ]
    assert re.findall(r'<rect class="([\w-]+)" width="(\d+)"', page) == [
        ("fulfilled", "400"),
        ("not-fulfilled", "200"),
        ("pending", "200"),
        ("unratable", "200"),
    ]


def test_minor_claims_stand_in_the_ledger_and_are_not_counted(tmp_path: Path) -> None:
    claims = {
        "major": expectation(entry("fulfilled", "2025-02-08"), due="2025-02-07"),
        "late": expectation(entry("fulfilled", "2025-02-08"), due="2025-02-07", weight="minor"),
        "overdue": expectation(due="2025-02-07", weight="minor"),
    }
    page = ledger_page(tmp_path, {"talks": Paper("2025-01-01", claims), **SEEN})
    assert "1 in all on June 30, 2025. 1 came true late. 2 minor claims are not counted." in plain(page)
    assert [row[:3] for row in table(page, "counts")[1:]] == [["fulfilled", "1", "1"]]
    assert sorted(re.findall(r'<tr data-claim="([^"]+)"', page)) == ["talks#late", "talks#major", "talks#overdue"]
    topic = plain((tmp_path / "site/topics/trade.html").read_text(encoding="utf-8"))
    assert "1 fulfilled 1 came true late. 2 minor claims are not counted." in topic


def test_a_ledger_of_minor_claims_alone_is_a_ledger(tmp_path: Path) -> None:
    page = ledger_page(tmp_path, {"talks": Paper("2025-01-01", {"one": expectation(weight="minor")})})
    assert "0 in all on January 1, 2025. 1 minor claim is not counted." in plain(page)
    assert re.findall(r'<tr data-claim="([^"]+)"', page) == ["talks#one"]


def test_an_entry_leads_to_everything_that_the_records_have(tmp_path: Path) -> None:
    claim = expectation(
        entry("in-progress", "2025-01-20"),
        entry("stalled", "2025-02-01"),
        entry("fulfilled", "2025-02-20", "2025-02-19"),
        due="2025-02-07",
        text="A contract will be signed.",
        hedge="is likely to",
        likelihood="likely",
        attribution=[{"by": "wire", "basis": "report"}, {"described_as": "two aides", "basis": "anonymous"}],
        resolution="Fulfilled if a text says so.",
    )
    page = ledger_page(tmp_path, {"talks": Paper("2025-01-01", {"one": claim}), **SEEN})
    assert table(page, "lines") == [
        ["Claim", "Status", "Due"],
        [
            "A contract will be signed. Wire, citing two aides (unnamed), likely",
            "fulfilled Late by 12 days. Feb 20, 2025",
            "Feb 7, 2025",
        ],
    ]
    row = page.partition('<tr data-claim="talks#one"')[2].partition("</tr>")[0]
    assert '<td><a href="articles/talks.html#one">A contract will be signed.</a>' in row
    # What the row leaves out stands beside the words that it leads to.
    article = (tmp_path / "site/articles/talks.html").read_text(encoding="utf-8")
    note = re.search(r'<li id="claim_one"(.*?)</ol>', article, re.DOTALL)
    assert note is not None
    shown = plain(note[1])
    for words in (
        "expectation · Wire reports, citing two aides (unnamed), likely (55–80%, ICD 203): “is likely to” · due Feb 7",
        "First from two aides (unnamed)",
        "Rule Fulfilled if a text says so.",
        "fulfilled Late by 12 days. It was 2025-02-20. Feb 19, 2025",
        "Before stalled It was 2025-02-01. Feb 1, 2025",
        "Before in progress It was 2025-01-20. Jan 20, 2025",
    ):
        assert words in shown
    assert '<a href="../sources/wire.html">Wire</a>' in note[1]
    assert note[1].count('<a href="seen.html#it">it</a><sup>1</sup>') == 3


def test_the_whole_path_of_a_claim_is_shown_with_its_words_the_newest_first(tmp_path: Path) -> None:
    path = [
        ("pending", "2025-01-01"),
        ("in-progress", "2025-01-10"),
        ("stalled", "2025-02-01"),
        ("in-progress", "2025-03-01"),
    ]
    claim = expectation(*(entry(status, on) for status, on in path))
    output = built(tmp_path, {"talks": Paper("2025-01-01", {"one": claim}), **SEEN})
    shown = (output / "articles/talks.html").read_text(encoding="utf-8")
    steps = re.findall(
        r'<p>(?:<i>Before</i> )?<b class="st ([\w-]+)">[^<]*</b> It was [\d-]+\. <time datetime="([^"]+)">', shown
    )
    assert steps == path[::-1]
    assert shown.count('<a href="seen.html#it">it</a>') == 3


def test_a_site_without_anything_ahead_says_so(tmp_path: Path) -> None:
    page = ledger_page(tmp_path, {"talks": Paper("2025-01-01", {"one": {}})})
    assert "No expectation, proposal or commitment has been entered yet." in page
    assert "<table" not in page


@pytest.mark.slow
def test_a_long_ledger_is_cut_and_its_entries_stand_on_pages_by_year(tmp_path: Path) -> None:
    first = date(2024, 11, 1)
    papers = {
        f"p{n:02}": Paper(
            (first + timedelta(days=5 * n)).isoformat(),
            {f"open-{n}-{k}": expectation(due=f"{2030 + 5 * n + k}") for k in range(5)}
            | {f"unclear-{n}-{k}": expectation(entry("unratable", "2025-06-30")) for k in range(5)},
        )
        for n in range(24)
    }
    output = built(tmp_path, {**papers, **SEEN})
    page = (output / "ledger.html").read_text(encoding="utf-8")
    rows = re.findall(r'data-claim="([^"]+)"', page)
    assert rows == [f"p{n:02}#{kind}-{n}-{k}" for kind in ("open", "unclear") for n in range(12) for k in range(5)]
    assert re.findall(r'<h2>([^<]+) <span class="u">(\d+)</span></h2>\n<p class="u">([^<]+)</p>', page) == [
        ("Open, the first to come due first", "120", "The first 60 of 120."),
        ("Cannot be rated", "120", "The first 60 of 120."),
    ]
    periods = page.partition('<nav class="periods"')[2]
    assert re.findall(r'<a href="(archive/[^"]+)">(\d+)</a> <span class="u">(\d+)</span>', periods) == [
        ("archive/ledger-2025.html", "2025", "110"),
        ("archive/ledger-2024.html", "2024", "130"),
    ]
    years = ((output / f"archive/ledger-{year}.html").read_text(encoding="utf-8") for year in (2024, 2025))
    listed = [ref for year in years for ref in re.findall(r'data-claim="([^"]+)"', year)]
    assert sorted(listed) == sorted(f"{id}#{claim}" for id, paper in papers.items() for claim in paper.claims)


MEETING = "---\ntitle: The meeting\nstart: 2025-02-07\nstatus: {status}\n---\n"
OUTCOME = expectation(entry("partly", "2025-02-08"), summit="meeting")
UNRATED = expectation(entry("unratable", "2025-02-08"), summit="meeting")
AHEAD = expectation(summit="meeting")
BOTH = ["after#two", "before#one"]
POSTPONED = "The meeting has been postponed. What was expected of it stays open until it is held, or called off."
CANCELLED = "The meeting was cancelled. What was expected of it may still have come about in another way."
# A meeting's status, the claim said before it, the headings with the claims that stand below each of them, and what is
# said of the whole.
MEETINGS: dict[str, tuple[str, Fields, dict[str, list[str]], str | None]] = {
    "planned": ("planned", AHEAD, {"To watch": BOTH}, None),
    "planned, with an outcome": ("planned", OUTCOME, {"To watch": BOTH}, None),
    "planned, with one that cannot be rated": (
        "planned",
        UNRATED,
        {"To watch": ["after#two"], "Cannot be rated 1": ["before#one"]},
        None,
    ),
    "held": (
        "held",
        OUTCOME,
        {"Said before": ["before#one"], "Promised": ["after#two"]},
        "0 of 1 expectation came true, 1 partly. 0 of 1 promise is fulfilled.",
    ),
    "held, without an outcome": (
        "held",
        AHEAD,
        {"Said before": ["before#one"], "Promised": ["after#two"]},
        "0 of 1 expectation came true. 0 of 1 promise is fulfilled.",
    ),
    "held, with one that cannot be rated": (
        "held",
        UNRATED,
        {"Promised": ["after#two"], "Cannot be rated 1": ["before#one"]},
        "0 of 1 promise is fulfilled. 1 cannot be rated.",
    ),
    "postponed": ("postponed", AHEAD, {"To watch": BOTH}, POSTPONED),
    "cancelled": ("cancelled", OUTCOME, {"To watch": BOTH}, CANCELLED),
}


def cards(page: str) -> dict[str, list[str]]:
    """The claims of a topic of a meeting by the headings that they stand below."""
    topic = page.partition('<section id="topic_trade">')[2].partition("</section>")[0]
    parts = re.findall(
        r"(?:<h3>|<summary>)((?:(?!</h3>|</summary>).)*)</\w+>\n<ul class=\"cards\">(.*?)</ul>", topic, re.DOTALL
    )
    return {plain(title): re.findall(r'<li id="[^"]+" data-claim="([^"]+)"', text) for title, text in parts}


@pytest.mark.parametrize("case", first_of(3, MEETINGS))
def test_a_summit_page_turns_by_its_status_and_its_claims(case: str, tmp_path: Path) -> None:
    status, before, expected, sums = MEETINGS[case]
    papers = {"before": Paper("2025-02-07", {"one": before}), "after": Paper("2025-02-08", {"two": AHEAD})}
    papers["seen"] = Paper("2025-02-08", {"it": {}})
    output = built(tmp_path, papers, {"content/summits/meeting.md": MEETING.format(status=status)})
    page = (output / "summits/meeting.html").read_text(encoding="utf-8")
    assert cards(page) == expected
    assert [plain(text) for text in re.findall(r'<p class="sums">(.*?)</p>', page)] == ([sums] if sums else [])
    assert ('id="page_score"' in page) is (status == "held")


def test_what_the_documents_of_a_meeting_say_was_promised_there_whatever_their_date(tmp_path: Path) -> None:
    meeting = MEETING.format(status="held\ndocuments: [text]")
    papers = {"text": Paper("2025-02-07", {"one": AHEAD}), "news": Paper("2025-02-07", {"two": OUTCOME})}
    papers["seen"] = Paper("2025-02-08", {"it": {}})
    output = built(tmp_path, papers, {"content/summits/meeting.md": meeting})
    page = (output / "summits/meeting.html").read_text(encoding="utf-8")
    assert cards(page) == {"Said before": ["news#two"], "Promised": ["text#one"]}


def test_an_edition_as_of_a_day_counts_to_that_day(tmp_path: Path) -> None:
    claims = {"one": expectation(entry("fulfilled", "2025-04-01"), due="2025-02-07")}
    folder = write_desk(tmp_path, {"talks": Paper("2025-01-01", claims), **SEEN})
    run = build(Request(folder, as_of=date(2025, 2, 10)), tmp_path / "eve")
    assert not run.failed
    page = plain((tmp_path / "eve/ledger.html").read_text(encoding="utf-8"))
    assert "1 in all on February 10, 2025, the day of this edition. 1 is overdue." in page
    assert "the claim one ends Gazette pending Overdue for 3 days. Feb 7, 2025" in page


def test_the_ledger_is_one_for_all_pages(tmp_path: Path) -> None:
    site = linked(tmp_path, {"talks": Paper("2025-01-01", {"one": expectation(), "fact": {"modality": "fact"}})})
    lists = Lists(site)
    assert [linked.ref for linked in lists.ledger] == ["talks#one"]
    assert lists.ledger is lists.ledger
