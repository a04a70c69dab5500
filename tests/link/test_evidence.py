"""Evidence: what can show what became of a claim, and what shows nothing because it leans on that claim itself."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from briefing.diagnostics import Diagnostic, Pointer
from briefing.link.checks import check_records
from briefing.link.circles import circle_in_words, circles
from briefing.link.evidence import KINDS, kinds_for
from briefing.model.claim import STATUSES, STATUSES_WITHOUT_EVIDENCE
from briefing.model.dates import When
from briefing.read.content import read_content
from tests.sites.desks import Paper, write_desk

Fields = dict[str, Any]
ROOT = Path(__file__).parents[2]


def settled(status: str, *evidence: str, modality: str = "expectation", on: str = "2025-03-01") -> Fields:
    return {
        "modality": modality,
        "history": [{"status": status, "on": on, "why": "So it is.", "evidence": list(evidence)}],
    }


def related(type: str, to: str, **fields: object) -> Fields:
    return {"relations": [{"type": type, "to": to}], **fields}


def wrong(folder: Path, papers: Mapping[str, Paper]) -> list[Diagnostic]:
    content, problems = read_content(write_desk(folder, papers))
    assert [problem.message for problem in problems] == []
    assert content.config is not None
    return [one for one in check_records(content, content.config).all if one.code.startswith("evidence")]


def reasons(folder: Path, papers: Mapping[str, Paper]) -> list[str]:
    """Why evidence is refused, in the words after the colon."""
    return [one.message.partition(": ")[2] for one in wrong(folder, papers) if one.code == "evidence-unfit"]


# What a claim of 2025-02-05 is, its evidence, the evidence's article, and why that is no evidence.
FACT, PROMISE = {"modality": "fact"}, {"modality": "commitment"}
ONE: dict[str, tuple[Fields, Fields, str, list[str]]] = {
    "a fact": (settled("fulfilled", "seen#it"), FACT, "2025-02-08", []),
    "a background": (settled("fulfilled", "seen#it"), {"modality": "background"}, "2025-02-08", []),
    "a fact of the same day": (settled("fulfilled", "seen#it"), FACT, "2025-02-05", []),
    "a fact of that month": (settled("fulfilled", "seen#it"), FACT, "2025-02", []),
    "an expectation": (
        settled("fulfilled", "seen#it"),
        {"modality": "expectation"},
        "2025-02-08",
        ["it is an expectation"],
    ),
    "a proposal": (settled("partly", "seen#it"), {"modality": "proposal"}, "2025-02-08", ["it is a proposal"]),
    "an opinion": (settled("not-fulfilled", "seen#it"), {"modality": "opinion"}, "2025-02-08", ["it is an opinion"]),
    "an opinion on a fact": (
        settled("disputed", "seen#it", modality="fact"),
        {"modality": "opinion"},
        "2025-02-08",
        ["it is an opinion"],
    ),
    "an older fact": (
        settled("fulfilled", "seen#it"),
        FACT,
        "2025-02-04",
        ["it is of 2025-02-04, older than the claim"],
    ),
    "an older expectation": (
        settled("fulfilled", "seen#it"),
        {"modality": "expectation"},
        "2025-01",
        ["it is an expectation, and it is of 2025-01, older than the claim"],
    ),
    "an older fact for a fact": (
        settled("confirmed", "seen#it", modality="fact"),
        FACT,
        "2025-02-04",
        ["it is of 2025-02-04, older than the claim"],
    ),
    "an older account of what is disputed": (settled("disputed", "seen#it", modality="fact"), FACT, "2025-02-04", []),
    "what was expected is promised": (settled("fulfilled", "seen#it"), PROMISE, "2025-02-05", []),
    "a promise is not kept by a promise": (
        settled("fulfilled", "seen#it", modality="commitment"),
        PROMISE,
        "2025-02-08",
        ["it is a commitment"],
    ),
    "a promise is renewed": (settled("in-progress", "seen#it", modality="commitment"), PROMISE, "2025-02-06", []),
    "a promise of the same day renews nothing": (
        settled("in-progress", "seen#it", modality="commitment"),
        PROMISE,
        "2025-02-05",
        ["a promise is renewed by a later text"],
    ),
    "a promise of about the same day may renew": (
        settled("in-progress", "seen#it", modality="commitment"),
        PROMISE,
        "2025-02-05~",
        [],
    ),
    "a fact of about the day before": (settled("fulfilled", "seen#it"), FACT, "2025-02-04~", []),
    "a fact perhaps of the month before": (settled("fulfilled", "seen#it"), FACT, "2025-01?", []),
    "a newer expectation takes its place": (
        settled("superseded", "seen#it"),
        {"modality": "expectation"},
        "2025-02-08",
        [],
    ),
    "what only repeats it": (
        settled("confirmed", "seen#it", modality="fact"),
        related("repeats", "talks#said"),
        "2025-02-08",
        ["it only repeats the claim"],
    ),
    "an opinion, for what is pending": (settled("pending", "seen#it"), {"modality": "opinion"}, "2025-01-01", []),
}


@pytest.mark.parametrize("case", ONE)
def test_evidence_is_a_fact_of_another_article_that_is_not_older(case: str, tmp_path: Path) -> None:
    claim, evidence, day, expected = ONE[case]
    assert reasons(tmp_path, {"talks": Paper("2025-02-05", {"said": claim}), "seen": Paper(day, {"it": evidence})}) == (
        expected
    )


def test_evidence_of_the_same_article_shows_nothing(tmp_path: Path) -> None:
    claims = {"said": settled("fulfilled", "talks#other"), "other": {}}
    (problem,) = wrong(tmp_path, {"talks": Paper("2025-02-05", claims)})
    assert problem.message == "`talks#other` cannot show `fulfilled`: it is of the same article"
    way = ("claims", 0, "history", 0, "evidence", 0)
    assert problem.place == Pointer("content/annotations/talks.yaml", way)
    assert problem.notes[0].place == Pointer("content/annotations/talks.yaml", ("claims", 1, "quote"))


# What else is said of the evidence `seen#it`, and why it is none then.
CONTESTED: dict[str, tuple[Fields, Fields, list[str]]] = {
    "it is disputed": (settled("disputed", "other#x", modality="fact"), {}, ["it is itself disputed"]),
    "it was corrected": (settled("corrected", "other#x", modality="fact"), {}, ["it is itself corrected"]),
    "another claim disputes it": ({}, related("disputes", "seen#it"), ["it is disputed by `other#x`"]),
    "another claim refutes it": ({}, related("refutes", "seen#it"), ["it is refuted by `other#x`"]),
    "another claim corrects it": ({}, related("corrects", "seen#it"), ["it is corrected by `other#x`"]),
    "another claim updates it": ({}, related("updates", "seen#it"), []),
    "somebody thinks otherwise": ({}, related("disputes", "seen#it", modality="opinion"), []),
    "what disputes it is disputed itself": (
        {},
        related("disputes", "seen#it") | settled("corrected", "third#x", modality="fact"),
        [],
    ),
    "it is disputed and confirmed": (
        settled("confirmed", "third#x", modality="fact"),
        related("disputes", "seen#it"),
        [],
    ),
}


@pytest.mark.parametrize("case", CONTESTED)
def test_what_is_contested_itself_shows_nothing(case: str, tmp_path: Path) -> None:
    evidence, other, expected = CONTESTED[case]
    papers = {
        "talks": Paper("2025-02-05", {"said": settled("fulfilled", "seen#it")}),
        "seen": Paper("2025-02-06", {"it": evidence}),
        "other": Paper("2025-02-07", {"x": other}),
        "third": Paper("2025-02-08", {"x": {}}),
    }
    assert reasons(tmp_path, papers) == expected


def test_what_refutes_the_evidence_counts_no_longer_once_it_is_refuted_itself(tmp_path: Path) -> None:
    papers = {
        "talks": Paper("2025-02-05", {"said": settled("fulfilled", "seen#it")}),
        "seen": Paper("2025-02-06", {"it": {}}),
        "other": Paper("2025-02-07", {"x": related("refutes", "seen#it")}),
        "third": Paper("2025-02-08", {"x": related("refutes", "other#x")}),
    }
    assert reasons(tmp_path, papers) == []


def test_what_an_older_entry_rests_on_is_history_once_a_newer_one_stands(tmp_path: Path) -> None:
    first, second = settled("fulfilled", "seen#it"), settled("not-fulfilled", "other#x", on="2025-04-01")
    papers = {
        "talks": Paper("2025-02-05", {"said": first | {"history": first["history"] + second["history"]}}),
        "seen": Paper("2025-02-06", {"it": {}}),
        "other": Paper("2025-02-07", {"x": related("refutes", "seen#it")}),
    }
    assert reasons(tmp_path, papers) == []


def test_a_claim_can_be_disputed_by_the_one_that_it_disputes(tmp_path: Path) -> None:
    one = settled("disputed", "seen#it", modality="fact") | related("disputes", "seen#it")
    other = settled("disputed", "talks#said", modality="fact")
    papers = {"talks": Paper("2025-02-05", {"said": one}), "seen": Paper("2025-02-06", {"it": other})}
    assert wrong(tmp_path, papers) == []


# The evidence of claims of one day, and the circles in it.
CIRCLES: dict[str, tuple[dict[str, list[str]], list[str]]] = {
    "a chain": ({"a": ["b#x"], "b": ["c#x"], "c": []}, []),
    "two ways to one": ({"a": ["b#x", "c#x"], "b": ["c#x"], "c": []}, []),
    "itself": ({"a": ["a#x"]}, ["a claim cannot be its own evidence"]),
    "each other": ({"a": ["b#x"], "b": ["a#x"]}, ["`a#x` rests on `b#x` rests on `a#x`"]),
    "three, and one that leads there": (
        {"a": ["c#x"], "b": ["d#x"], "c": ["b#x"], "d": ["c#x"]},
        ["`b#x` rests on `d#x` rests on `c#x` rests on `b#x`"],
    ),
    "two circles": (
        {"a": ["b#x"], "b": ["a#x"], "c": ["d#x"], "d": ["c#x"]},
        ["`a#x` rests on `b#x` rests on `a#x`", "`c#x` rests on `d#x` rests on `c#x`"],
    ),
}


@pytest.mark.parametrize("case", CIRCLES)
def test_evidence_that_leads_back_is_told(case: str, tmp_path: Path) -> None:
    graph, expected = CIRCLES[case]
    papers = {
        id: Paper("2025-02-05", {"x": settled("confirmed", *to, modality="fact") if to else {}})
        for id, to in graph.items()
    }
    assert [one.message for one in wrong(tmp_path, papers) if one.code == "evidence-circular"] == expected


def test_circles_are_found_in_chains_of_any_length() -> None:
    count = 50_000
    edges = {f"{number:05}": [f"{(number + 1) % count:05}"] for number in range(count)}
    (circle,) = circles(edges)
    assert len(circle) == count
    assert circle_in_words(circle, "rests on").endswith("`00005` rests on 49994 more rests on `00000`")


def test_every_status_that_needs_evidence_has_its_kinds() -> None:
    every = {status for statuses in STATUSES.values() for status in statuses}
    assert KINDS.keys() == every - STATUSES_WITHOUT_EVIDENCE


def test_the_documentation_has_the_table() -> None:
    page = (ROOT / "docs/curating.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ((?:`[\w-]+`(?:, )?)+)( of an? [^|]+)? \| ((?:`\w+`(?:, )?)+) \|$", page, re.MULTILINE)
    circle_in_words = {
        (status, modality): set(re.findall(r"\w+", kinds))
        for statuses, of, kinds in rows
        for status in re.findall(r"[\w-]+", statuses)
        for modality in re.findall(r"`(\w+)`", of) or [one for one in STATUSES if status in STATUSES[one]]
    }
    assert circle_in_words == {
        (status, modality): set(kinds_for(modality, status))
        for modality, statuses in STATUSES.items()
        for status in statuses
        if status in KINDS
    }


# Two times, and whether the first is certainly earlier.
BEFORE = [
    ("2025-02-05", "2025-02-06", True),
    ("2025-02-05", "2025-02-05", False),
    ("2025-02", "2025-02-28", False),
    ("2025-02", "2025-03", True),
    ("2024", "2025-01-01", True),
    ("2025-02-05T09:00+09:00", "2025-02-05T09:00+01:00", True),
    ("2025-02-05T09:00+01:00", "2025-02-05T09:00+09:00", False),
    ("2025-02-06T01:00+09:00", "2025-02-05T17:00+00:00", True),
    ("2025-02-05T20:00+09:00", "2025-02-06", False),
    ("2025-02-05T09:00+09:00", "2025-02-07", True),
    ("2025-02-05", "2025-02-06T20:00-05:00", True),
    ("2025-02-06", "2025-02-07T09:00+09:00", False),
    ("0002-01-01T00:00+14:00", "0001", False),
    ("2025-02-04~", "2025-02-05", False),
    ("2025-02-04", "2025-03?", False),
    ("2024%", "2025-02-05T09:00+09:00", False),
]


@pytest.mark.parametrize(("first", "second", "expected"), BEFORE)
def test_a_time_is_before_another_only_where_that_is_certain(first: str, second: str, expected: bool) -> None:
    assert When.parse(first).is_before(When.parse(second)) is expected
