"""The demonstration's pages of people, organizations, places and sources against its YAML."""

import re
from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from briefing.model.claim import STATUSES
from briefing.model.registries import ENTITIES
from tests.demo.reading import Claim, claims, registry
from tests.demo.shown import counted, kind_of, note_of
from tests.markup import having, links_in, refs_in, section, text_of

# The heading of each list of claims on a page, by the folder of the page.
SECTIONS = {
    "people": {"said": "What they said", "about": "What was said of them"},
    "organizations": {"said": "What it said", "about": "What was said of it"},
    "places": {"about": "What was said of it"},
    "sources": {"origin": "What it reported first", "relay": "What it passed on", "about": "What was said of it"},
}
ENTRIES = [(kind, id) for kind in ENTITIES for id in registry(kind)]


def origin(claim: Claim) -> str | None:
    return claim.chain[-1] if claim.chain else str(claim.article["source"])


def expected(name: str, id: str) -> list[Claim]:
    """The claims of one list of an entry."""
    everything = claims().values()
    if name == "said":
        return [one for one in everything if id in one.chain]
    if name == "about":
        return [one for one in everything if id in one.fields.get("about", [])]
    if name == "origin":
        return [one for one in everything if origin(one) == id]
    return [one for one in everything if id in (one.article["source"], *one.chain) and origin(one) != id]


def record_words(said: list[Claim]) -> str:
    """How many claims there are, how many of them look ahead, and how many of these can be rated."""
    forward = [one for one in said if one.is_forward and not one.is_minor]
    words = f"{len(said)} claim{'' if len(said) == 1 else 's'}"
    if forward:
        unrated = sum(one.status == "unratable" for one in forward)
        words += f", {len(forward)} look{'s' if len(forward) == 1 else ''} ahead: "
        words += f"{len(forward) - unrated} can be rated"
    return f"{words}."


def record(said: list[Claim]) -> Counter[str]:
    """How many stand at each status: of those that look ahead, without minor ones, and of the rest."""
    found = Counter("minor" if one.is_minor else str(one.status) for one in said if one.is_forward)
    return found + Counter(one.status for one in said if not one.is_forward and one.status)


@pytest.mark.parametrize(("kind", "id"), ENTRIES, ids=[f"{kind}/{id}" for kind, id in ENTRIES])
def test_a_page_has_the_claims_and_the_counts_that_the_yaml_gives(
    pages: dict[str, Element], kind: str, id: str
) -> None:
    page = pages[f"{kind}/{id}.html"]
    for name, heading in SECTIONS[kind].items():
        wanted = expected(name, id)
        here = section(page, heading)
        shown = Counter(refs_in(here))
        if not wanted:
            assert not shown
            assert text_of(having(here, "p", "u")[0]).endswith((" here.", "begins with it."))
            continue
        [line] = having(here, "p", "counts")
        assert text_of(line).startswith(record_words(wanted))
        statuses: Counter[str] = Counter()
        for mark in having(line, "b", "st"):
            statuses[kind_of(mark)] += int(text_of(mark).split()[0])
        statuses["minor"] = counted(line)["minor"]
        assert +statuses == record(wanted)
        if len(wanted) <= 100:
            assert shown == Counter(one.ref for one in wanted)
        else:
            parts = [path for path in pages if path.startswith(f"archive/{kind}/{id}-{name}-")]
            assert set(shown) < {one.ref for one in wanted}
            assert Counter(ref for path in parts for ref in refs_in(pages[path])) == Counter(one.ref for one in wanted)


def test_facts_are_counted_by_status_and_the_rest_is_told(pages: dict[str, Element]) -> None:
    facts = [one for one in expected("origin", "white-house") if not one.is_forward]
    counts = Counter(one.status for one in facts)
    told = " ".join(f"{counts[status]} {status}" for status in STATUSES["fact"] if counts[status])
    here = text_of(section(pages["sources/white-house.html"], "What it reported first"))
    assert f"Of the {len(facts)} that do not look ahead: {told} {counts[None]} without a status." in here


def test_no_page_of_a_voice_has_a_percentage_of_its_own(pages: dict[str, Element]) -> None:
    for kind, id in ENTRIES:
        tallies = having(pages[f"{kind}/{id}.html"], "p", "counts")
        assert not re.search(r"%|per ?cent", " ".join(map(text_of, tallies)))


def test_the_index_has_every_entry_with_its_counts(pages: dict[str, Element]) -> None:
    page = pages["voices.html"]
    for kind in ENTITIES:
        here = next(one for one in page.iter("section") if text_of(one).lower().startswith(kind))
        entries = {str(next(item.iter("a")).get("href")): text_of(item) for item in here.iter("li")}
        assert set(entries) == {f"{kind}/{id}.html" for id in registry(kind)}
        assert text_of(having(here, "span", "u")[0]) == str(len(entries))
        for id, entry in registry(kind).items():
            spoken = len(expected("origin", id) + expected("relay", id) if kind == "sources" else expected("said", id))
            about = len(expected("about", id))
            parts = [f"{spoken} said"] * bool(spoken and kind != "places")
            parts += [f"{about} about {'them' if kind == 'people' else 'it'}"] * bool(about)
            assert entries[f"{kind}/{id}.html"] == f"{entry['name']} {', '.join(parts) or 'no claims'}"


def role_on(person: dict[str, Any], day: str) -> dict[str, str]:
    """The role of one of the demonstration's people, whose dates are whole days."""
    return next(role for role in person["roles"] if role.get("start", "0000") <= day <= role.get("end", "9999"))


def test_a_person_is_named_with_the_office_held_on_the_day_of_the_article(pages: dict[str, Element]) -> None:
    people, organizations, checked = registry("people"), registry("organizations"), 0
    for one in claims().values():
        for id in {id for id in one.chain if id in people}:
            note = note_of(pages[f"articles/{one.of}.html"], one.ref.partition("#")[2])
            [voice] = having(note, "p", "v")
            role = role_on(people[id], one.published)
            employer = organizations[role["organization"]]["name"] if "organization" in role else ""
            office = f"{role['post']}, {employer}" if employer else role["post"]
            assert f"{people[id]['name']} ({office})" in text_of(voice)
            assert f"../people/{id}.html" in links_in(voice)
            checked += 1
    assert checked > 30


def test_a_person_page_tells_offices_and_meetings_with_their_dates(pages: dict[str, Element]) -> None:
    ishiba = text_of(pages["people/shigeru-ishiba.html"])
    assert "Prime Minister of Japan, Oct 1, 2024 to Oct 21, 2025" in ishiba
    assert "Ishiba-Trump summit, Washington, Feb 7, 2025, as Prime Minister of Japan" in ishiba
    assert "President of the United States, since Jan 20, 2025" in text_of(pages["people/donald-trump.html"])


def test_names_in_other_languages_say_so_and_wikidata_is_linked(pages: dict[str, Element]) -> None:
    page = pages["people/narendra-modi.html"]
    names = {one.get("lang"): text_of(one) for one in page.iter("span") if one.get("lang")}
    assert names == registry("people")["narendra-modi"]["names"]
    assert "https://www.wikidata.org/wiki/Q1058" in links_in(page)


def test_a_place_lists_its_meetings_its_texts_and_its_people(pages: dict[str, Element]) -> None:
    page = pages["places/south-korea.html"]
    assert {
        "../summits/trump-lee-2025-10.html",
        "../people/lee-jae-myung.html",
        "../organizations/korean-air.html",
    } <= set(links_in(page))
    texts = links_in(section(page, "Texts that speak for it"))
    assert texts == ["../articles/2025-11-13-korea-joint-fact-sheet.html"]


def test_heads_and_participants_link_to_whom_they_name(pages: dict[str, Element]) -> None:
    article = pages["articles/2025-11-13-korea-joint-fact-sheet.html"]
    [head] = having(article, "header", "page")
    assert "../sources/white-house.html" in links_in(head)
    [head] = having(pages["summits/trump-lee-2025-10.html"], "header", "page")
    assert links_in(head) == ["../people/donald-trump.html", "../people/lee-jae-myung.html"]
    for id, office in (("donald-trump", "President of the United States"), ("lee-jae-myung", "President")):
        assert f"{registry('people')[id]['name']}, {office}" in text_of(head)
