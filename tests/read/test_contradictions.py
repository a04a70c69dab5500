"""What a site says twice or against itself: lists that repeat themselves, ranges and dates the wrong way round."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing.build import Request, check
from briefing.diagnostics import Diagnostic, Location
from briefing.model.article import Article
from briefing.model.claim import Claim
from briefing.model.config import Config
from briefing.model.entity import Person
from briefing.model.measure import Measure
from briefing.model.summit import AgendaItem, AgendaTopic, Summit
from briefing.model.topic import Topic
from briefing.read.contradictions import _parts
from tests.samples import first_of
from tests.sites.desks import Paper, write_desk

SUMMIT = "content/summits/meeting.md"
PEOPLE = "content/people.yaml"
MEETING = {"title": "The meeting", "start": "2025-02-07"}


def page(**facts: Any) -> str:
    return f"---\n{yaml.safe_dump(facts, allow_unicode=True)}---\n\nText.\n"


def article(**facts: Any) -> dict[str, str]:
    return {"content/articles/a.md": page(title="A", source="gazette", published="2025-02-05", **facts)}


def summit(**facts: Any) -> dict[str, str]:
    return {SUMMIT: page(**{**MEETING, **facts})}


def claim(**fields: Any) -> dict[str, Paper]:
    return {"a": Paper("2025-02-05", {"one": fields, "other": {}})}


def problems(folder: Path, files: Mapping[str, str | Paper]) -> list[Diagnostic]:
    papers = {id: one for id, one in files.items() if isinstance(one, Paper)}
    more = {path: one for path, one in files.items() if isinstance(one, str)}
    return list(check(Request(write_desk(folder, papers, more))).outcome().problems)


# Files that name a thing twice, and in which list.
TWICE: dict[str, tuple[Any, str]] = {
    "a topic of an agenda": (
        summit(agenda=[{"topic": "trade", "items": ["Fish"]}, {"topic": "trade", "items": ["Steel"]}]),
        "`trade` is in `agenda` twice",
    ),
    "an item of an agenda": (summit(agenda=[{"topic": "trade", "items": ["Fish", "Fish"]}]), "`Fish` is in `items`"),
    "an item with and without claims": (
        claim(summit="meeting")
        | summit(agenda=[{"topic": "trade", "items": [{"item": "Fish", "claims": ["a#one"]}, "Fish"]}]),
        "`Fish` is in `items` twice",
    ),
    "an item with other claims": (
        claim(summit="meeting", modality="commitment")
        | summit(
            agenda=[
                {"topic": "trade", "items": [{"item": "Fish", "claims": ["a#one"]}, {"item": "Fish", "now": "a#one"}]}
            ]
        ),
        "`Fish` is in `items` twice",
    ),
    "a claim of an item": (
        claim(summit="meeting")
        | summit(agenda=[{"topic": "trade", "items": [{"item": "Fish", "claims": ["a#one", "a#one"]}]}]),
        "`a#one` is in `claims` twice",
    ),
    "a participant": (
        summit(participants=[{"person": "brandt", "role": "host"}, {"person": "brandt"}]),
        "`brandt` is in `participants` twice",
    ),
    "a document": (article() | summit(documents=["a", "a"]), "`a` is in `documents` twice"),
    "a claim first": (claim() | summit(lead=["a#one", "a#other", "a#one"]), "`a#one` is in `lead` twice"),
    "a claim kept off": (claim() | summit(exclude=["a#one", "a#one"]), "`a#one` is in `exclude` twice"),
    "an old id": (summit(aliases=["old", "old"]), "`old` is in `aliases` twice"),
    "an author": (article(authors=["Ada Rios", "Ada Rios"]), "`Ada Rios` is in `authors` twice"),
    "a summit of an article": (article(summits=["meeting", "meeting"]) | summit(), "`meeting` is in `summits` twice"),
    "a correction": (
        article(corrections=[{"on": "2025-02-06", "text": "It was 5."} for _ in range(2)]),
        "the same entry is in `corrections` twice",
    ),
    "a topic of a claim": (claim(topics=["trade", "energy", "trade"]), "`trade` is in `topics` twice"),
    "what a claim is about": (claim(about=["brandt", "brandt"]), "`brandt` is in `about` twice"),
    "a relation": (
        claim(relations=[{"type": "updates", "to": "a#other"} for _ in range(2)]),
        "`updates a#other` is in `relations` twice",
    ),
    "evidence": (
        claim(modality="expectation")
        | {
            "b": Paper(
                "2025-02-05",
                {
                    "x": {
                        "modality": "expectation",
                        "history": [
                            {"status": "fulfilled", "on": "2025-03", "why": "So.", "evidence": ["a#other", "a#other"]}
                        ],
                    }
                },
            )
        },
        "`a#other` is in `evidence` twice",
    ),
    "a status": (
        claim(modality="expectation", history=[{"status": "pending", "on": "2025-03", "why": "So."} for _ in range(2)]),
        "the same entry is in `history` twice",
    ),
    "another name": (
        {PEOPLE: "brandt: {name: Ilse Brandt, aliases: [Brandt, Ilse, Brandt]}\n"},
        "`Brandt` is in `aliases` twice",
    ),
    "an office": (
        {PEOPLE: "brandt: {name: Ilse Brandt, roles: [{post: Minister}, {post: Minister}]}\n"},
        "the same entry is in `roles` twice",
    ),
    "a synonym": ({"content/topics/trade.md": page(synonyms=["tariffs", "tariffs"])}, "`tariffs` is in `synonyms`"),
    "a topic of a measure": (
        {"content/measures.yaml": "gas: {label: Gas, unit: tons, topics: [trade, trade]}\n"},
        "`trade` is in `topics` twice",
    ),
    "a page of the navigation": (
        {"config.yaml": "title: Desk\nnav: [about, about]\n", "content/pages/about.md": page(title="About")},
        "`about` is in `nav` twice",
    ),
    "a topic of the site": ({"config.yaml": "title: Desk\ntopics: [trade, trade]\n"}, "`trade` is in `topics` twice"),
}


@pytest.mark.parametrize("case", first_of(5, TWICE))
def test_no_list_names_a_thing_twice(case: str, tmp_path: Path) -> None:
    files, message = TWICE[case]
    (problem,) = problems(tmp_path, files)
    assert (problem.code, problem.severity) == ("duplicate-entry", "error")
    assert problem.message.startswith(message)
    first = problem.notes[0].place
    assert isinstance(first, Location)
    assert isinstance(problem.place, Location)
    assert first.path == problem.place.path
    assert (first.line, first.column) < (problem.place.line, problem.place.column)


# Records that repeat a part of something, not the whole.
NOT_TWICE: dict[str, Any] = {
    "news that comes back to a voice": claim(attribution=[{"by": "wire"}, {"by": "brandt"}, {"by": "wire"}]),
    "two relations to one claim": claim(
        relations=[{"type": "updates", "to": "a#other"}, {"type": "qualifies", "to": "a#other"}]
    ),
    "an item under two topics": summit(
        agenda=[{"topic": "trade", "items": ["Fish"]}, {"topic": "energy", "items": ["Fish"]}]
    ),
    "a claim of two items, and what came of both": claim(summit="meeting", modality="commitment")
    | summit(
        agenda=[{"topic": "trade", "items": [{"item": one, "claims": ["a#one"], "now": "a#one"} for one in "xy"]}]
    ),
    "an office held twice": {
        PEOPLE: "brandt: {name: B, roles: [{post: Minister, end: 2020}, {post: Minister, start: 2024}]}\n"
    },
    "a status looked at twice": claim(
        modality="expectation",
        history=[{"status": "pending", "on": on, "why": "So."} for on in ("2025-03", "2025-04")],
    ),
}


@pytest.mark.parametrize("case", NOT_TWICE)
def test_what_differs_in_anything_that_counts_is_not_the_same(case: str, tmp_path: Path) -> None:
    assert problems(tmp_path, NOT_TWICE[case]) == []


def test_every_list_of_every_record_is_looked_at() -> None:
    kinds = (AgendaItem, AgendaTopic, Article, Claim, Config, Measure, Person, Summit, Topic)
    found = {kind.__name__: set(_parts(kind)) for kind in kinds}
    assert found["AgendaTopic"] >= {"items"}
    assert found["AgendaItem"] >= {"claims"}
    assert found["Article"] >= {"authors", "summits", "issued_by", "corrections", "aliases"}
    assert found["Claim"] >= {"topics", "about", "attribution", "relations", "history", "figure"}
    assert found["Config"] >= {"nav", "lead", "exclude"}
    assert found["Summit"] >= {"participants", "agenda", "documents", "lead", "exclude", "aliases", "window"}
    assert found["Person"] >= {"aliases", "roles"}
    assert found["Measure"] >= {"about", "topics"}
    assert found["Topic"] >= {"synonyms", "lead", "exclude", "aliases"}


LED = ["a#one"]


@pytest.mark.parametrize(
    ("path", "files"),
    [
        pytest.param(SUMMIT, summit(lead=LED, exclude=["a#other", *LED]), id="summit"),
        pytest.param(
            "content/topics/trade.md", {"content/topics/trade.md": page(lead=LED, exclude=[*LED])}, id="topic"
        ),
    ],
)
def test_no_claim_is_led_with_and_kept_off(path: str, files: dict[str, str], tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, {**claim(), **files})
    assert (problem.code, problem.message) == ("duplicate-entry", "`a#one` is in `lead` and in `exclude`")
    assert isinstance(problem.place, Location)
    assert problem.place.path == path


def test_what_the_home_page_leads_with_may_be_kept_out_of_its_news(tmp_path: Path) -> None:
    config = f"title: Desk\nlead: {LED}\nexclude: {LED}\n"
    assert problems(tmp_path, {**claim(), "config.yaml": config}) == []


RECORDED_SINCE = {"config.yaml": "title: Desk\nrecorded_since: 2025-06\n"}
# Files in which something comes before what it follows on; the message, or None where that may be.
DATES: dict[str, tuple[Any, str | None]] = {
    "a meeting that ends before it begins": (
        summit(end="2025-02-06"),
        "`end` is 2025-02-06, before `start`, 2025-02-07",
    ),
    "a meeting that ends an hour before": (
        summit(start="2025-02-07T12:00-05:00", end="2025-02-07T17:30+01:00"),
        "`end` is 2025-02-07T17:30:00+01:00, before `start`, 2025-02-07T12:00:00-05:00",
    ),
    "a meeting that ends the day before elsewhere": (
        summit(start="2025-02-08T04:00+09:00", end="2025-02-07"),
        None,
    ),
    "a meeting that ends in its month": (summit(end="2025-02"), None),
    "a window that closes before it opens": (
        summit(window={"from": "2025-03-01", "final": "2025-02-28"}),
        "`final` is 2025-02-28, before `from`, 2025-03-01",
    ),
    "a first look after the last": (
        summit(window={"interim": "2026-03", "final": "2026-02"}),
        "`final` is 2026-02, before `interim`, 2026-03",
    ),
    "a window that opens before the meeting": (
        summit(window={"from": "2025-02-06"}),
        "`from` is 2025-02-06, before `start`, 2025-02-07",
    ),
    "a window that opens with it": (summit(window={"from": "2025-02-07", "interim": "2025", "final": "2026"}), None),
    "an article changed before it appeared": (
        article(updated="2025-02-04"),
        "`updated` is 2025-02-04, before `published`, 2025-02-05",
    ),
    "an article read before it appeared": (
        article(accessed="2025-02-04"),
        "`accessed` is 2025-02-04, before `published`, 2025-02-05",
    ),
    "an article in words older than itself": (
        article(revised="2025-02-04"),
        "`revised` is 2025-02-04, before `published`, 2025-02-05",
    ),
    "an article revised later": (article(revised="2025-03"), None),
    "an article revised about the day before": (article(revised="2025-02-04~"), None),
    "a meeting that ended about the day before": (summit(end="2025-02-06~"), None),
    "an article changed perhaps before": (article(updated="2025-02-04?"), None),
    "an office that may have ended before it began": (
        {PEOPLE: "brandt: {name: B, roles: [{post: Minister, start: 2024-05%, end: 2024-04-30}]}\n"},
        None,
    ),
    "a claim due about the day before": (claim(modality="commitment", due="2025-02-04~"), None),
    "an article of about the day after": (
        {"a": Paper("2025-02-05~", {"one": {"modality": "commitment", "due": "2025-02-04"}})},
        None,
    ),
    "a claim entered before any was": (
        {**claim(recorded="2025-03-01"), **RECORDED_SINCE},
        "`recorded` is 2025-03-01, before `recorded_since`, 2025-06",
    ),
    "a claim entered in the first month": ({**claim(recorded="2025-06-01"), **RECORDED_SINCE}, None),
    "a claim entered perhaps before": ({**claim(recorded="2025-03-01?"), **RECORDED_SINCE}, None),
    "statuses in an order that nobody knows": (
        claim(
            modality="commitment",
            history=[{"status": "pending", "on": on, "why": "So."} for on in ("2025-03-04~", "2025-03-04")],
        ),
        None,
    ),
    "an article corrected before it appeared": (
        article(corrections=[{"on": "2025-01", "text": "It was 5."}]),
        "`on` is 2025-01, before `published`, 2025-02-05",
    ),
    "an article corrected on its day": (article(corrections=[{"on": "2025-02-05", "text": "It was 5."}]), None),
    "an office that ended before it began": (
        {PEOPLE: "brandt: {name: B, roles: [{post: Minister, start: 2024-05, end: 2024-04-30}]}\n"},
        "`end` is 2024-04-30, before `start`, 2024-05",
    ),
    "an office of one month": ({PEOPLE: "brandt: {name: B, roles: [{post: M, start: 2024-05, end: 2024-05}]}\n"}, None),
    "a claim due before it was made": (
        claim(modality="commitment", due="2025-02-04"),
        "`due` is 2025-02-04, before the article of the claim, of 2025-02-05",
    ),
    "a claim due on its day": (claim(modality="commitment", due="2025-02-05"), None),
    "a claim due in its year": (claim(modality="commitment", due="2025"), None),
    "a claim looked at before it was made": (
        claim(modality="commitment", review_by="2024"),
        "`review_by` is 2024, before the article of the claim, of 2025-02-05",
    ),
    "a claim entered before it was made": (
        claim(recorded="2025-01"),
        "`recorded` is 2025-01, before the article of the claim, of 2025-02-05",
    ),
    "a status before the claim": (
        claim(modality="commitment", history=[{"status": "pending", "on": "2025-02-04", "why": "So."}]),
        "`on` is 2025-02-04, before the article of the claim, of 2025-02-05",
    ),
    "a status since an earlier day": (
        claim(history=[{"status": "unverified", "on": "2025-03-01", "since": "2025-01-01", "why": "So."}]),
        None,
    ),
    "a status since about the day after": (
        claim(history=[{"status": "unverified", "on": "2025-03-01", "since": "2025-03-02~", "why": "So."}]),
        None,
    ),
    "a status of before evidence of about its day": (
        {
            **claim(history=[{"status": "confirmed", "on": "2025-03-01", "why": "So.", "evidence": ["b#x"]}]),
            "b": Paper("2025-03-02~", {"x": {}}),
        },
        None,
    ),
    "a meeting that follows a later one": (
        summit(follows="later") | {"content/summits/later.md": page(title="Later", start="2025-02-08")},
        "the meeting of 2025-02-07 cannot follow that of 2025-02-08",
    ),
    "a meeting that follows one of its month": (
        summit(follows="later") | {"content/summits/later.md": page(title="Later", start="2025-02")},
        None,
    ),
}


@pytest.mark.parametrize("case", first_of(5, DATES))
def test_nothing_comes_before_what_it_follows_on(case: str, tmp_path: Path) -> None:
    files, message = DATES[case]
    told = [(one.code, one.message) for one in problems(tmp_path, files)]
    assert told == ([("dates-contradict", message)] if message else [])


RANGE = {"measure": "gas", "qualifier": "range"}


@pytest.mark.parametrize(("value", "high", "is_reversed"), [("10", "20", False), ("20", "10", True), ("5", "5", False)])
def test_a_range_does_not_end_below_its_beginning(value: str, high: str, is_reversed: bool, tmp_path: Path) -> None:
    found = problems(tmp_path, claim(figure={**RANGE, "value": value, "high": high}))
    assert [one.help for one in found] == ([f"write `value: {high}` and `high: {value}`"] if is_reversed else [])


@pytest.mark.parametrize("type", ["confirms", "disputes", "refutes", "qualifies", "updates", "corrects", "repeats"])
def test_a_claim_has_no_relation_to_itself(type: str, tmp_path: Path) -> None:
    found = problems(tmp_path, claim(relations=[{"type": type, "to": "a#one"}]))
    assert ("cyclic-reference", f"`a#one` {type} itself") in [(one.code, one.message) for one in found]


@pytest.mark.parametrize(("type", "is_wrong"), [("updates", True), ("corrects", True), ("disputes", False)])
def test_only_disputes_go_both_ways(type: str, is_wrong: bool, tmp_path: Path) -> None:
    claims = {"one": {"relations": [{"type": type, "to": "a#other"}]}}
    claims["other"] = {"relations": [{"type": type, "to": "a#one"}]}
    found = problems(tmp_path, {"a": Paper("2025-02-05", claims)})
    told = f"`a#one` {type} `a#other` {type} `a#one`"
    assert [one.message for one in found] == ([told] if is_wrong else [])


def test_all_that_contradicts_itself_is_told_in_one_run_with_what_else_is_wrong(tmp_path: Path) -> None:
    files = summit(end="2025-02-06", agenda=[{"topic": "trade"}, {"topic": "trade"}], documents=["nothing"])
    codes = [one.code for one in problems(tmp_path, files)]
    assert sorted(codes) == ["dangling-reference", "dates-contradict", "duplicate-entry"]
