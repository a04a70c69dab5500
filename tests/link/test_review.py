"""The review clock: what is due on a day, the oldest first, and when each open claim was last looked at."""

from datetime import date
from pathlib import Path

import html5lib

from briefing.build import Request, check
from briefing.diagnostics import Location
from tests.sites.desks import Paper, built, write_desk

EXPECTATION = {"modality": "expectation"}
PAPERS = {
    "first": Paper(
        "2025-01-01",
        {
            "later": {**EXPECTATION, "due": "2025-06-01"},
            "sooner": {**EXPECTATION, "due": "2025-09-01", "review_by": "2025-03-01"},
            "far": {**EXPECTATION, "due": "2026-01-01"},
            "looked-at": {
                **EXPECTATION,
                "history": [{"status": "pending", "on": "2025-02-15", "why": "Nothing is known yet."}],
            },
            "over": {
                **EXPECTATION,
                "due": "2025-02-01",
                "history": [{"status": "unratable", "on": "2025-02-02", "why": "Nobody can tell."}],
            },
        },
    )
}


def test_what_is_due_is_told_with_its_place_the_oldest_first(tmp_path: Path) -> None:
    run = check(Request(write_desk(tmp_path, PAPERS)), on=date(2025, 6, 1))
    diagnostics = run.outcome().problems
    assert [(d.code, d.message) for d in diagnostics] == [
        ("review-due", "`sooner` is pending and was to be reviewed by 2025-03-01"),
        ("review-due", "`later` is pending and was due on 2025-06-01"),
    ]
    source = (tmp_path / "content/annotations/first.yaml").read_text(encoding="utf-8").split("\n")
    for diagnostic, day in zip(diagnostics, ("2025-03-01", "2025-06-01"), strict=True):
        assert isinstance(diagnostic.place, Location)
        assert day in source[diagnostic.place.line - 1]


def test_nothing_is_due_before_its_day(tmp_path: Path) -> None:
    assert check(Request(write_desk(tmp_path, PAPERS)), on=date(2025, 2, 28)).problems.found == []


def test_pages_say_when_each_open_claim_was_last_checked(tmp_path: Path) -> None:
    page = (built(tmp_path, PAPERS) / "articles/first.html").read_text(encoding="utf-8")
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    told = {}
    for item in tree.iter("li"):
        rules = [" ".join("".join(p.itertext()).split()) for p in item.iter("p") if p.get("class") == "rule"]
        if item.get("data-claim"):
            told[item.get("data-claim")] = [rule for rule in rules if rule.startswith("Last checked")]
    assert told == {
        "first#later": ["Last checked January 1, 2025."],
        "first#sooner": ["Last checked January 1, 2025, to be checked by March 1, 2025."],
        "first#far": ["Last checked January 1, 2025."],
        "first#looked-at": ["Last checked February 15, 2025."],
        "first#over": [],
    }
