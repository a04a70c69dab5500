"""Readouts: the texts of each side on the demonstration's pages against its YAML, and the rules on small sites."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
import yaml

from briefing.build import Request, build, check
from briefing.link.checks import check_records
from briefing.link.readouts import Readouts, readouts_of
from briefing.link.site import link
from briefing.read.content import read_content

ROOT = Path(__file__).parents[2]
CONNECTING = ("repeats", "confirms", "qualifies", "updates")
LADDER = ["mentioned", "welcomed", "expressed-willingness", "will-consider", "agreed-in-principle"]
LADDER += ["committed", "signed", "funded", "delivered"]


# --- The demonstration site -----------------------------------------------------------------------------------


def read(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


def front(folder: str, id: str) -> dict[str, Any]:
    return dict(read((ROOT / "content" / folder / f"{id}.md").read_text(encoding="utf-8").split("---\n")[1]))


SUMMITS = sorted(file.stem for file in (ROOT / "content/summits").glob("*.md"))
DOCUMENTS = {id: front("summits", id).get("documents", []) for id in SUMMITS}
SIDES = {id: frozenset(front("articles", id).get("issued_by", [])) for ids in DOCUMENTS.values() for id in ids}
WITH_READOUTS = [id for id, documents in DOCUMENTS.items() if len({SIDES[one] for one in documents if SIDES[one]}) > 1]


@dataclass(frozen=True)
class Spoken:
    """A claim that is a document's word."""

    ref: str
    claim: dict[str, Any]
    sides: frozenset[str]

    @property
    def level(self) -> str | None:
        return self.claim.get("level")


@cache
def spoken(summit: str) -> dict[str, Spoken]:
    excluded = front("summits", summit).get("exclude", [])
    found = {}
    for article in DOCUMENTS[summit]:
        data = read((ROOT / "content/annotations" / f"{article}.yaml").read_text(encoding="utf-8"))
        for claim in data["claims"]:
            ref = f"{article}#{claim['id']}"
            if ref not in excluded and claim.get("summit", data.get("summit")) == summit:
                found[ref] = Spoken(ref, claim, SIDES[article])
    return found


def counterparts(summit: str) -> dict[str, set[str]]:
    """The claims of another text that speak of the same matter, under a topic that both have."""
    claims = spoken(summit)
    found: dict[str, set[str]] = {ref: set() for ref in claims}
    for one, other in product(claims.values(), repeat=2):
        related = {relation["to"] for relation in one.claim.get("relations", []) if relation["type"] in CONNECTING}
        if other.ref in related and one.sides != other.sides and set(one.claim["topics"]) & set(other.claim["topics"]):
            found[one.ref].add(other.ref)
            found[other.ref].add(one.ref)
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("readouts") / "site"
    assert not build(Request(ROOT), output).failed
    return output


def parsed(file: Path) -> Element:
    root: Element = html5lib.parse(file.read_text(encoding="utf-8"), namespaceHTMLElements=False)
    return root


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def refs_in(element: Element) -> list[str]:
    return [str(one.get("data-claim")) for one in element.iter() if one.get("data-claim")]


def of_class(element: Element, name: str) -> list[Element]:
    return [one for one in element.iter() if name in str(one.get("class", "")).split()]


def agenda(page: Element) -> dict[str, Element]:
    """Topic to its part of the agenda."""
    whole = next(one for one in page.iter("section") if any(text_of(child) == "The agenda" for child in one))
    return {
        str(next(one.iter("a")).get("href")).removeprefix("../topics/").removesuffix(".html"): one
        for one in whole.findall("section")
    }


def test_the_demonstration_has_meetings_with_texts_of_several_sides() -> None:
    assert WITH_READOUTS == ["trump-lee-2025-10", "trump-takaichi-2025-10"]


def test_a_meeting_of_which_one_text_is_known_has_no_readouts(site: Path) -> None:
    for id in set(SUMMITS) - set(WITH_READOUTS):
        page = text_of(parsed(site / f"summits/{id}.html"))
        assert "Only one side says this" not in page
        assert "In more than one text" not in page


@pytest.mark.parametrize("summit", WITH_READOUTS)
def test_every_claim_of_the_texts_stands_where_its_relations_put_it(site: Path, summit: str) -> None:
    """Beside its counterparts, or under those of one text only; each once under its first topic."""
    claims, near = spoken(summit), counterparts(summit)
    everybody = frozenset(side for one in claims.values() for side in one.sides)
    names = read((ROOT / "content/places.yaml").read_text(encoding="utf-8"))
    seen: list[str] = []
    for topic, part in agenda(parsed(site / f"summits/{summit}.html")).items():
        for matter in of_class(part, "matter"):
            together = refs_in(matter)
            assert any(claims[ref].claim["topics"][0] == topic for ref in together)
            assert all(near[ref] <= set(together) and near[ref] for ref in together)
            seen += [ref for ref in together if claims[ref].claim["topics"][0] == topic]
            for side in of_class(matter, "side"):
                label = text_of(of_class(side, "kind")[0])
                for ref in refs_in(side):
                    assert label.startswith("Joint text" if claims[ref].sides == everybody else "Text")
                    assert all(names[place]["name"] in label for place in claims[ref].sides)
        for column in [one for sides in of_class(part, "sides") for one in of_class(sides, "side")]:
            heading = text_of(next(column.iter("h4")))
            for ref in refs_in(column):
                assert not near[ref]
                assert claims[ref].claim["topics"][0] == topic
                assert (heading == "Only one side says this: United States") == (claims[ref].sides < everybody)
            seen += refs_in(column)
    assert sorted(seen) == sorted(claims)


@pytest.mark.parametrize("summit", WITH_READOUTS)
def test_the_strength_of_each_verb_is_told(site: Path, summit: str) -> None:
    claims, told = spoken(summit), 0
    for part in agenda(parsed(site / f"summits/{summit}.html")).values():
        for side in of_class(part, "side"):
            for item in side.iter("li"):
                level = claims[str(item.get("data-claim"))].level
                strength = [text_of(one) for one in of_class(item, "strength")]
                rung = LADDER.index(level) + 1 if level else 0
                squares = "■" * rung + "□" * (9 - rung)
                assert strength == ([f"{squares} {level.replace('-', ' ')} ({rung} of 9)"] if level else [])
                told += len(strength)
    assert told > 5


def test_remarks_of_the_desk_stay_among_the_other_claims(site: Path) -> None:
    remark = "2026-11-20-desk-sums#list-total"
    part = agenda(parsed(site / "summits/trump-takaichi-2025-10.html"))["investment"]
    assert remark in refs_in(part)
    assert remark not in [ref for side in of_class(part, "side") for ref in refs_in(side)]


DESK = "2026-11-20-desk-sums"


def test_the_texts_speak_for_the_sides_that_the_documents_name() -> None:
    """Joint statements, signed texts and joint fact sheets speak for two; fact sheets and orders for one."""
    joint = {
        "2024-04-10-biden-kishida-statement": {"japan", "united-states"},
        "2025-02-07-ishiba-trump-statement": {"japan", "united-states"},
        "2025-02-13-trump-modi-statement": {"india", "united-states"},
        "2025-10-27-golden-age-agreement": {"japan", "united-states"},
        "2025-10-27-critical-minerals": {"japan", "united-states"},
        "2025-11-13-korea-joint-fact-sheet": {"south-korea", "united-states"},
        "2026-02-06-india-joint-statement": {"india", "united-states"},
    }
    for file in (ROOT / "content/articles").glob("*.md"):
        sides = set(front("articles", file.stem).get("issued_by", []))
        assert sides == joint.get(
            file.stem, set() if file.stem in ("2025-02-05-ishiba-trump-preview", DESK) else {"united-states"}
        )


# --- The rules ------------------------------------------------------------------------------------------------


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
    site, wrong = link(content, content.config), list(check_records(content, content.config))
    assert [one.message for one in (*problems, *wrong) if one.severity == "error"] == []
    return readouts_of(site, content.summits["talks"])


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


# The levels of what the joint text and the east say on one matter, and where the verb is the stronger.
STRONGER: dict[str, tuple[str | None, str | None, str]] = {
    "the joint text": ("committed", "welcomed", "Joint text: East and West stronger here"),
    "the east": ("mentioned", "delivered", "Text: East stronger here"),
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
    labels = [text_of(one) for side in of_class(page, "side") for one in of_class(side, "kind")]
    assert [label for label in labels if "stronger" in label] == ([marked] if marked else [])


def test_a_text_of_some_sides_is_neither_joint_nor_of_one_side(tmp_path: Path) -> None:
    texts = {"all": Text("west, east, south", {"gas": claim()}), "two": Text("west, east", {"oil": claim()})}
    assert not build(Request(write_meeting(tmp_path, texts)), tmp_path / "site").failed
    page = parsed(tmp_path / "site/summits/talks.html")
    assert [text_of(one) for one in page.iter("h4")] == [
        "Only in the joint text: East, South and West",
        "Only these sides say this: East and West",
    ]


def test_a_side_that_is_not_a_place_is_an_error(tmp_path: Path) -> None:
    run = check(Request(write_meeting(tmp_path, {"joint": Text("west, gazette", {"gas": claim()})})))
    (problem,) = run.problems
    assert (problem.code, problem.message) == ("dangling-reference", "there is no place `gazette`")
    located = run.outcome().problems
    assert str(located[0].place) == "content/articles/joint.md:5:19"
