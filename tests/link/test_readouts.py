"""Readouts: what the texts of each side say of the same matters."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing.build import Request, build, check
from briefing.link.checks import check_records
from briefing.link.readouts import Readouts, readouts_of
from briefing.link.site import curated, link
from briefing.read.content import read_content
from tests.markup import having, parsed, refs_in, text_of


@dataclass(frozen=True)
class Text:
    """A document: the sides it speaks for, its source, and its claims by id."""

    sides: str
    claims: Mapping[str, Mapping[str, Any]]
    source: str = "gazette"


def claim(*relations: tuple[str, str], **more: object) -> dict[str, Any]:
    return {"relations": [{"type": type, "to": to} for type, to in relations], **more}


def write_meeting(folder: Path, texts: Mapping[str, Text], more: str = "") -> Path:
    """A meeting whose documents are the texts."""
    documents = f"documents: [{', '.join(texts)}]"
    files = {
        "config.yaml": "title: Desk\n",
        "content/sources.yaml": "gazette: {name: Gazette}\npalace: {name: Palace, kind: government}\n",
        "content/places.yaml": "east: {name: East}\nwest: {name: West}\nsouth: {name: South}\n",
        "content/summits/talks.md": f"---\ntitle: Talks\nstart: 2025-02-07\nstatus: held\n{documents}\n{more}\n---\n",
    }
    for id, text in texts.items():
        head = f"title: {id}\nsource: {text.source}\npublished: 2025-02-08\nissued_by: [{text.sides}]"
        body = " ".join(f"Here {id} says {one}." for one in text.claims)
        files[f"content/articles/{id}.md"] = f"---\n{head}\n---\n{body}\n"
        claims = [
            {"id": one, "quote": f"{id} says {one}", "topics": ["trade"], **fields}
            for one, fields in text.claims.items()
        ]
        files[f"content/annotations/{id}.yaml"] = yaml.safe_dump({"summit": "talks", "claims": claims})
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(data, encoding="utf-8")
    return folder


def meeting(folder: Path, texts: Mapping[str, Text], more: str = "") -> Readouts | None:
    content, problems = read_content(write_meeting(folder, texts, more))
    assert content.config is not None
    site, wrong = link(content, content.config), list(check_records(content, content.config).all)
    assert [one.message for one in (*problems, *wrong) if one.severity == "error"] == []
    summit = content.summits["talks"].record
    claims = curated(site.by_summit.get("talks", []), summit.exclude)
    return readouts_of([site.article(id) for id in summit.documents], claims)


def told(readouts: Readouts | None) -> dict[str, list[list[str]]]:
    """By topic: the claims of each matter, then those of each text that stand alone."""
    assert readouts is not None
    return {
        topic: [
            *([one.ref for of_text in matter for one in of_text] for matter in readout.matters),
            ["alone", *(one.ref for of_text in readout.alone for one in of_text)],
        ]
        for topic, readout in readouts.topics.items()
    }


CONNECTING = ("repeats", "confirms", "qualifies", "updates")
CONNECTED: dict[str, tuple[dict[str, Any], bool]] = {
    **{f"one {type} the other": (claim((type, "joint#gas"), origin="x"), True) for type in CONNECTING},
    "one disputes the other": (claim(("disputes", "joint#gas")), False),
    "one corrects the other": (claim(("corrects", "joint#gas")), False),
    "a second topic in common": (claim(("repeats", "joint#gas"), topics=["energy", "trade"]), True),
    "no topic in common": (claim(("repeats", "joint#gas"), topics=["energy"]), False),
    "no relation": (claim(), False),
}


@pytest.mark.parametrize("case", CONNECTED)
def test_relations_of_a_common_topic_bring_claims_together(case: str, tmp_path: Path) -> None:
    own, is_together = CONNECTED[case]
    texts = {"joint": Text("west, east", {"gas": claim(topics=["trade"])}), "east": Text("east", {"fuel": own})}
    readouts = told(meeting(tmp_path, texts))
    together = ["joint#gas", "east#fuel"]
    assert readouts["trade"][0] == (
        together if is_together else ["alone", *together[: 1 + (own.get("topics") is None)]]
    )
    if "energy" in str(own.get("topics")):
        assert readouts["energy"][0] == (together if is_together else ["alone", "east#fuel"])


def test_a_relation_from_either_end_and_through_a_third_text_is_one_matter(tmp_path: Path) -> None:
    texts = {
        "east": Text("east", {"gas": claim(("repeats", "joint#gas"))}),
        "joint": Text("west, east", {"gas": claim(), "oil": claim()}),
        "west": Text("west", {"gas": claim(("qualifies", "joint#gas"))}),
    }
    assert told(meeting(tmp_path, texts)) == {"trade": [["joint#gas", "east#gas", "west#gas"], ["alone", "joint#oil"]]}


def test_two_documents_of_the_same_sides_are_one_text(tmp_path: Path) -> None:
    texts = {
        "joint": Text("west, east", {"gas": claim()}),
        "also": Text("east, west", {"gas": claim(("repeats", "joint#gas"))}),
    }
    assert meeting(tmp_path, texts) is None
    readouts = meeting(tmp_path / "more", {**texts, "east": Text("east", {"oil": claim()})})
    assert readouts is not None
    assert readouts.texts == (("east", "west"), ("east",))
    assert [[one.id for one in documents] for documents in readouts.documents] == [["joint", "also"], ["east"]]
    assert not readouts.topics["trade"].matters


def test_texts_that_say_not_whose_they_are_count_for_nothing(tmp_path: Path) -> None:
    assert meeting(tmp_path, {"east": Text("east", {"gas": claim()}), "other": Text("", {"gas": claim()})}) is None


# The source of a text, the chain of a claim in it, and whether that is the text's own word.
REMARKS: dict[str, tuple[str, list[str], bool]] = {
    "no chain": ("gazette", [], True),
    "the source of a report": ("gazette", ["gazette"], False),
    "the source citing somebody": ("gazette", ["gazette", "palace"], True),
    "a government in its own document": ("palace", ["palace"], True),
}


@pytest.mark.parametrize("case", REMARKS)
def test_what_the_source_of_a_report_remarks_is_not_the_word_of_the_text(case: str, tmp_path: Path) -> None:
    source, chain, is_its_word = REMARKS[case]
    own = claim(attribution=[{"by": by} for by in chain])
    texts = {"joint": Text("west, east", {"gas": claim()}), "east": Text("east", {"oil": own}, source)}
    readouts = meeting(tmp_path, texts)
    assert readouts is not None
    assert ("east#oil" in readouts.refs) == is_its_word


def test_a_claim_kept_off_the_page_is_no_counterpart(tmp_path: Path) -> None:
    texts = {
        "joint": Text("west, east", {"gas": claim()}),
        "east": Text("east", {"gas": claim(("repeats", "joint#gas"))}),
    }
    readouts = told(meeting(tmp_path, texts, "exclude: [joint#gas]"))
    assert readouts == {"trade": [["alone", "east#gas"]]}


RUNGS = {"mentioned": 1, "welcomed": 2, "committed": 6, "signed": 7, "delivered": 9}
# The levels of what the joint text and the east say on one matter, and where the verb is the stronger.
STRONGER: dict[str, tuple[str | None, str | None, str]] = {
    "the joint text": ("committed", "welcomed", "East and West stronger"),
    "the east": ("mentioned", "delivered", "East stronger"),
    "both alike": ("signed", "signed", ""),
    "nothing to compare with": ("signed", None, ""),
}


@pytest.mark.parametrize("case", STRONGER)
def test_the_stronger_verb_is_marked(case: str, tmp_path: Path) -> None:
    joint, east, marked = STRONGER[case]
    levels = [{"level": level} if level else {} for level in (joint, east)]
    texts = {
        "joint": Text("west, east", {"gas": claim(**levels[0])}),
        "east": Text("east", {"gas": claim(("repeats", "joint#gas"), **levels[1])}),
    }
    assert not build(Request(write_meeting(tmp_path, texts)), tmp_path / "site").failed
    page = parsed(tmp_path / "site/summits/talks.html")
    [matter] = having(page, "table", "differ")
    labels = [text_of(one) for one in matter.iter("th")]
    assert [label.removesuffix(" stronger") for label in labels] == ["East and West", "East"]
    assert [label for label in labels if "stronger" in label] == ([marked] if marked else [])
    rungs = [text_of(one) for one in matter.iter("span") if one.get("title")]
    assert rungs == [f"{level} ({RUNGS[level]} of 9)" for level in (joint, east) if level]


def test_a_text_of_some_sides_is_neither_joint_nor_of_one_side(tmp_path: Path) -> None:
    texts = {"all": Text("west, east, south", {"gas": claim()}), "two": Text("west, east", {"oil": claim()})}
    assert not build(Request(write_meeting(tmp_path, texts)), tmp_path / "site").failed
    page = parsed(tmp_path / "site/summits/talks.html")
    [readout] = having(page, "div", "readout")
    assert [(text_of(one), refs_in(list_)) for one, list_ in pairwise(readout) if one.tag == "p"] == [
        ("Only in the joint text", ["all#gas"]),
        ("Only said by East and West", ["two#oil"]),
    ]


def test_a_side_that_is_not_a_place_is_an_error(tmp_path: Path) -> None:
    run = check(Request(write_meeting(tmp_path, {"joint": Text("west, gazette", {"gas": claim()})})))
    (problem,) = run.problems
    assert (problem.code, problem.message) == ("dangling-reference", "there is no place `gazette`")
    located = run.outcome().problems
    assert str(located[0].place) == "content/articles/joint.md:5:19"
