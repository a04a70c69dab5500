"""The review clock: what is due on a day, the oldest first, and when each open claim was last looked at."""

from datetime import date
from pathlib import Path

from briefing.build import Request, check
from briefing.diagnostics import Location
from tests.markup import parsed, text_of
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


SAID = ("Last looked at Jan 1, 2025.", "To be looked at again by Mar 1, 2025.", "Feb 15, 2025", "Feb 2, 2025")


def test_pages_say_when_each_open_claim_was_last_checked(tmp_path: Path) -> None:
    claims = {id: {**fields, "summit": "meeting"} for id, fields in PAPERS["first"].claims.items()}
    summit = {"content/summits/meeting.md": "---\ntitle: The meeting\nstart: 2025-02-07\nstatus: held\n---\n"}
    output = built(tmp_path, {"first": Paper("2025-01-01", claims)}, summit)
    for path in ("articles/first.html", "summits/meeting.html"):
        items = [item for item in parsed(output / path).iter("li") if item.get("data-claim") and item.get("id")]
        told = {item.get("data-claim"): [said for said in map(text_of, item.iter()) if said in SAID] for item in items}
        assert {ref: list(dict.fromkeys(said)) for ref, said in told.items()} == {
            "first#later": ["Last looked at Jan 1, 2025."],
            "first#sooner": ["Last looked at Jan 1, 2025.", "To be looked at again by Mar 1, 2025."],
            "first#far": ["Last looked at Jan 1, 2025."],
            "first#looked-at": ["Feb 15, 2025"],
            "first#over": ["Feb 2, 2025"],
        }
