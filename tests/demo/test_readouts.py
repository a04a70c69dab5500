"""The texts of each side on the demonstration's pages, against an independent reading of its YAML."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from xml.etree.ElementTree import Element

import pytest

from tests.demo.reading import OWN_REPORT, Claim, claims, front_matter, registry
from tests.markup import having, refs_in, text_of

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


def parts_of(pages: dict[str, Element], summit: str) -> dict[str, Element]:
    """Topic to its section of the page of a meeting."""
    found = [one for one in pages[f"summits/{summit}.html"].iter("section") if one.get("id", "").startswith("topic_")]
    return {str(one.get("id")).removeprefix("topic_"): one for one in found}


def sides_in(part: Element) -> Iterator[tuple[str, Element, bool]]:
    """The texts in a section: what is said over each, its claims, and whether it stands beside another."""
    for readout in having(part, "div", "readout"):
        for matter in having(readout, "table", "differ"):
            for row in matter.iter("tr"):
                yield text_of(next(row.iter("th"))), row, True
        titles, lists = having(readout, "p", "alone"), readout.findall("ul")
        for title, one in zip(titles, lists, strict=True):
            yield text_of(title), one, False


def listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def test_the_demonstration_has_meetings_with_texts_of_several_sides() -> None:
    assert WITH_READOUTS == ["trump-lee-2025-10", "trump-takaichi-2025-10"]


def test_a_meeting_of_which_one_text_is_known_has_no_readouts_and_says_so(pages: dict[str, Element]) -> None:
    """Whose text it is, where it is not that of all sides."""
    for id in DOCUMENTS.keys() - set(WITH_READOUTS):
        page, names = pages[f"summits/{id}.html"], registry("places")
        assert not having(page, "div", "readout")
        sides = {one["side"] for one in front_matter("summits")[id]["participants"]}
        known = {side for one in DOCUMENTS[id] for side in sides_of(one)}
        told = text_of(having(page, "div", "brief")[0])
        assert ("Only a joint text is known here, none of one side alone." in told) == (known >= sides)
        missing = "" if known >= sides else listed([names[side]["name"] for side in sorted(known)])
        assert (f"Only the text of {missing} is known here." in told) == bool(missing)


@pytest.mark.parametrize("summit", WITH_READOUTS)
def test_every_claim_of_the_texts_stands_where_its_relations_put_it(pages: dict[str, Element], summit: str) -> None:
    """Beside its counterparts, or under those of one text only; each once under its first topic."""
    texts, near, names = spoken(summit), counterparts(summit), registry("places")
    everybody = frozenset(side for one in texts.values() for side in sides_of(one.of))
    seen: list[str] = []
    for topic, part in parts_of(pages, summit).items():
        for matter in (one for readout in having(part, "div", "readout") for one in having(readout, "table", "differ")):
            together = refs_in(matter)
            assert any(texts[ref].fields["topics"][0] == topic for ref in together)
            assert all(near[ref] <= set(together) and near[ref] for ref in together)
            seen += [ref for ref in together if texts[ref].fields["topics"][0] == topic]
        for title, side, is_beside in sides_in(part):
            for ref in refs_in(side):
                of = sides_of(texts[ref].of)
                if is_beside:
                    assert set(re.split(", | and ", title.removesuffix(" stronger"))) == {
                        names[one]["name"] for one in of
                    }
                else:
                    assert not near[ref]
                    assert texts[ref].fields["topics"][0] == topic
                    assert title == ("Only said by United States" if of < everybody else "Only in the joint text")
            seen += [] if is_beside else refs_in(side)
    assert sorted(seen) == sorted(texts)


@pytest.mark.parametrize("summit", WITH_READOUTS)
def test_the_strength_of_each_verb_is_told(pages: dict[str, Element], summit: str) -> None:
    told = 0
    for part in parts_of(pages, summit).values():
        for _, side, _ in sides_in(part):
            for item in side.iter("li"):
                level = claims()[str(item.get("data-claim"))].fields.get("level")
                rung = LADDER.index(level) + 1 if level else 0
                strength = [text_of(one) for one in having(item, "span", "u")]
                assert strength == ([f"{level.replace('-', ' ')} ({rung} of 9)"] if level else [])
                told += len(strength)
    assert told > 5


def test_the_text_that_goes_further_is_marked_as_the_stronger(pages: dict[str, Element]) -> None:
    """By the highest rung of its claims on a matter, where no two texts share it."""
    for summit in WITH_READOUTS:
        for part in parts_of(pages, summit).values():
            for matter in (
                one for readout in having(part, "div", "readout") for one in having(readout, "table", "differ")
            ):
                rows = list(matter.iter("tr"))
                levels = [[claims()[ref].fields.get("level") for ref in refs_in(row)] for row in rows]
                rungs = [max((LADDER.index(one) + 1 for one in of if one), default=0) for of in levels]
                for row, rung in zip(rows, rungs, strict=True):
                    is_marked = bool(having(row, "span", "strongest"))
                    assert not is_marked or rung == max(rungs) > min(rungs)


def test_remarks_of_the_desk_stay_among_the_other_claims(pages: dict[str, Element]) -> None:
    remark = f"{OWN_REPORT}#list-total"
    part = parts_of(pages, "trump-takaichi-2025-10")["investment"]
    assert remark in refs_in(part)
    assert remark not in [ref for _, side, _ in sides_in(part) for ref in refs_in(side)]


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
