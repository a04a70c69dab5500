"""What an agenda may name, and how long a verdict may be; no mistake is told twice."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing.build import Request, check
from briefing.model.base import validated
from briefing.model.summit import AgendaItem, AgendaTopic, Summit
from tests.samples import first_of
from tests.sites.desks import Paper, write_desk

# Claims of the meeting: one of what is to come, one with a status, one without; and one of no meeting.
CLAIMS: dict[str, dict[str, Any]] = {
    "ahead": {"modality": "commitment", "summit": "meeting"},
    "settled": {
        "summit": "meeting",
        "history": [{"status": "unverified", "on": "2025-02-09", "why": "Nobody else says so."}],
    },
    "plain": {"summit": "meeting"},
    "apart": {},
    "apart-and-ahead": {"modality": "commitment"},
}


def told(folder: Path, items: list[Any], claims: dict[str, Any] | None = None, **facts: Any) -> list[tuple[str, str]]:
    """The codes and messages of a site whose meeting has these on its agenda."""
    head = {"title": "The meeting", "start": "2025-02-07", **facts, "agenda": [{"topic": "trade", "items": items}]}
    summit = f"---\n{yaml.safe_dump(head, allow_unicode=True)}---\n"
    papers = {"a": Paper("2025-02-05", claims or CLAIMS)}
    root = write_desk(folder, papers, {"content/summits/meeting.md": summit})
    return [(one.code, one.message) for one in check(Request(root)).outcome().problems]


ANSWERED: dict[str, Any] = {
    "a text": "Steel",
    "a number": 12,
    "nothing but the subject": {"item": "Steel"},
    "claims alone": {"item": "Steel", "claims": ["a#plain", "a#ahead"]},
    "what came of it alone": {"item": "Steel", "now": "a#ahead"},
    "what came of it in a claim of no meeting": {"item": "Steel", "claims": ["a#plain"], "now": "a#apart-and-ahead"},
    "one claim for both": {"item": "Steel", "claims": ["a#settled"], "now": "a#settled"},
    "no claim": {"item": "Steel", "claims": [], "now": None},
}


@pytest.mark.parametrize("case", first_of(3, ANSWERED))
def test_an_item_is_answered_by_what_there_is(case: str, tmp_path: Path) -> None:
    assert told(tmp_path, [ANSWERED[case]]) == []


def test_a_text_is_an_item_without_claims() -> None:
    agenda = [{"topic": "trade", "items": ["Steel", {"item": "Fish", "claims": ["a#one"], "now": "a#two"}]}]
    summit = validated(Summit, {"title": "The meeting", "start": "2025-02-07", "agenda": agenda})
    assert summit.agenda == (AgendaTopic("trade", (AgendaItem("Steel"), AgendaItem("Fish", ("a#one",), "a#two"))),)


UNFIT: dict[str, tuple[Any, str]] = {
    "of no meeting": (
        {"claims": ["a#apart"]},
        "`a#apart` belongs to no meeting, and cannot answer what is on the agenda of `meeting`",
    ),
    "without a status": ({"now": "a#plain"}, "`a#plain` has no status that could say what came of `Steel`"),
}


@pytest.mark.parametrize("case", UNFIT)
def test_a_claim_that_cannot_answer_is_told(case: str, tmp_path: Path) -> None:
    item, message = UNFIT[case]
    assert told(tmp_path, [{"item": "Steel", **item}]) == [("agenda-unfit", message)]


def test_a_draft_answers_nothing(tmp_path: Path) -> None:
    claims = {**CLAIMS, "ahead": {**CLAIMS["ahead"], "draft": True}}
    item = {"item": "Steel", "now": "a#ahead"}
    assert told(tmp_path, [item], claims) == [("draft-reference", "the claim `a#ahead` is a draft")]


def test_of_a_claim_with_a_mistake_no_status_is_missed(tmp_path: Path) -> None:
    claims = {**CLAIMS, "settled": {**CLAIMS["settled"], "weight": "small"}}
    item = {"item": "Steel", "claims": ["a#settled"], "now": "a#settled"}
    assert [code for code, _ in told(tmp_path, [item], claims)] == ["bad-value"]


def test_a_claim_of_a_meeting_that_is_not_there_is_told_once(tmp_path: Path) -> None:
    claims = {**CLAIMS, "ahead": {**CLAIMS["ahead"], "summit": "meetings"}}
    item = {"item": "Steel", "claims": ["a#ahead"], "now": "a#ahead"}
    assert told(tmp_path, [item], claims) == [("dangling-reference", "there is no summit `meetings`")]


def test_the_meeting_of_a_file_is_known_whatever_else_is_wrong_at_its_head(tmp_path: Path) -> None:
    told(tmp_path, [{"item": "Steel", "claims": ["a#plain"], "now": "a#ahead"}])
    claims = tmp_path / "content/annotations/a.yaml"
    text = claims.read_text(encoding="utf-8").replace("  summit: meeting\n", "")
    claims.write_text(f"summit: meeting\nnote: to be read again\n{text}", encoding="utf-8")
    problems = check(Request(tmp_path)).outcome().problems
    assert [problem.code for problem in problems] == ["unknown-key"]


WORDS = " ".join(["word"] * 45)
# Verdicts, and how many words are told of them where they are too many.
VERDICTS: dict[str, tuple[str, int | None]] = {
    "45 words": (WORDS, None),
    "46 words": (f"{WORDS} more", 46),
    "45 words and a dash": (f"{WORDS[:-5]} \u2013 word", None),
    "90 characters without spaces": ("\u5408\u610f" * 45, None),
    "91 characters without spaces": ("\u5408\u610f" * 45 + "\u66f8", 46),
}


@pytest.mark.parametrize("case", VERDICTS)
def test_a_verdict_is_read_at_a_glance(case: str, tmp_path: Path) -> None:
    text, count = VERDICTS[case]
    message = f"the verdict has {count} words, and may have 45"
    verdict = {"text": text, "written": "2025-02-09"}
    assert told(tmp_path, ["Steel"], verdict=verdict) == ([("verdict-long", message)] if count else [])


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ("Five words and no more", None),
        ("Six words and not one more", "the label has 6 words, and may have 5"),
        ("防衛費のGDP比2%への引き上げ", None),
        ("防衛費の国内総生産比2%への引き上げ時期", None),
        ("防衛費の国内総生産比2%への引き上げの時期", "the label has 21 characters, and may have 20"),
        ("米国製 装備品 の 調達 額 の 公表", None),
    ],
)
def test_a_label_has_five_words_or_in_japanese_twenty_characters(
    label: str, message: str | None, tmp_path: Path
) -> None:
    claims = {**CLAIMS, "plain": {**CLAIMS["plain"], "label": label}}
    assert told(tmp_path, ["Steel"], claims) == ([("bad-value", message)] if message else [])
