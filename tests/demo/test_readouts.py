"""The texts of each side on the demonstration's pages, against an independent reading of its YAML."""

from functools import cache
from itertools import product
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from tests.demo.reading import OWN_REPORT, Claim, claims, front_matter, registry
from tests.markup import having, parsed, refs_in, text_of

CONNECTING = ("repeats", "confirms", "qualifies", "updates")
LADDER = ["mentioned", "welcomed", "expressed-willingness", "will-consider", "agreed-in-principle"]
LADDER += ["committed", "signed", "funded", "delivered"]
DOCUMENTS = {id: summit.get("documents", []) for id, summit in front_matter("summits").items()}


def sides_of(article: str) -> frozenset[str]:
    return frozenset(front_matter("articles")[article].get("issued_by", []))


WITH_READOUTS = [id for id, ids in DOCUMENTS.items() if len({sides_of(one) for one in ids if sides_of(one)}) > 1]


@cache
def spoken(summit: str) -> dict[str, Claim]:
    """The claims that are the word of its documents."""
    excluded = front_matter("summits")[summit].get("exclude", [])
    texts = [one for one in claims().values() if one.of in DOCUMENTS[summit]]
    return {one.ref: one for one in texts if one.summit == summit and one.ref not in excluded}


def counterparts(summit: str) -> dict[str, set[str]]:
    """The claims of another text that speak of the same matter, under a topic that both have."""
    found: dict[str, set[str]] = {ref: set() for ref in spoken(summit)}
    for one, other in product(spoken(summit).values(), repeat=2):
        related = {to for type, to in one.relations if type in CONNECTING}
        common = set(one.fields["topics"]) & set(other.fields["topics"])
        if other.ref in related and sides_of(one.of) != sides_of(other.of) and common:
            found[one.ref].add(other.ref)
            found[other.ref].add(one.ref)
    return found


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
    for id in DOCUMENTS.keys() - set(WITH_READOUTS):
        page = text_of(parsed(site / f"summits/{id}.html"))
        assert "Only one side says this" not in page
        assert "In more than one text" not in page


@pytest.mark.parametrize("summit", WITH_READOUTS)
def test_every_claim_of_the_texts_stands_where_its_relations_put_it(site: Path, summit: str) -> None:
    """Beside its counterparts, or under those of one text only; each once under its first topic."""
    texts, near, names = spoken(summit), counterparts(summit), registry("places")
    everybody = frozenset(side for one in texts.values() for side in sides_of(one.of))
    seen: list[str] = []
    for topic, part in agenda(parsed(site / f"summits/{summit}.html")).items():
        for matter in having(part, "*", "matter"):
            together = refs_in(matter)
            assert any(texts[ref].fields["topics"][0] == topic for ref in together)
            assert all(near[ref] <= set(together) and near[ref] for ref in together)
            seen += [ref for ref in together if texts[ref].fields["topics"][0] == topic]
            for side in having(matter, "*", "side"):
                label = text_of(having(side, "*", "kind")[0])
                for ref in refs_in(side):
                    assert label.startswith("Joint text" if sides_of(texts[ref].of) == everybody else "Text")
                    assert all(names[place]["name"] in label for place in sides_of(texts[ref].of))
        for column in [one for sides in having(part, "*", "sides") for one in having(sides, "*", "side")]:
            heading = text_of(next(column.iter("h4")))
            for ref in refs_in(column):
                assert not near[ref]
                assert texts[ref].fields["topics"][0] == topic
                assert (heading == "Only one side says this: United States") == (sides_of(texts[ref].of) < everybody)
            seen += refs_in(column)
    assert sorted(seen) == sorted(texts)


@pytest.mark.parametrize("summit", WITH_READOUTS)
def test_the_strength_of_each_verb_is_told(site: Path, summit: str) -> None:
    told = 0
    for part in agenda(parsed(site / f"summits/{summit}.html")).values():
        for side in having(part, "*", "side"):
            for item in side.iter("li"):
                level = claims()[str(item.get("data-claim"))].fields.get("level")
                strength = [text_of(one) for one in having(item, "*", "strength")]
                rung = LADDER.index(level) + 1 if level else 0
                squares = "■" * rung + "□" * (9 - rung)
                assert strength == ([f"{squares} {level.replace('-', ' ')} ({rung} of 9)"] if level else [])
                told += len(strength)
    assert told > 5


def test_remarks_of_the_desk_stay_among_the_other_claims(site: Path) -> None:
    remark = f"{OWN_REPORT}#list-total"
    part = agenda(parsed(site / "summits/trump-takaichi-2025-10.html"))["investment"]
    assert remark in refs_in(part)
    assert remark not in [ref for side in having(part, "*", "side") for ref in refs_in(side)]


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
    nobodys = ("2025-02-05-ishiba-trump-preview", OWN_REPORT)
    for article in front_matter("articles"):
        assert sides_of(article) == joint.get(article, set() if article in nobodys else {"united-states"})
