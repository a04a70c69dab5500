"""Voices: the pages of people, organizations, places and sources against an independent reading of the YAML."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
import yaml

from briefing.build import Request, build
from briefing.diagnostics import Pointer
from briefing.link.offices import check_offices
from briefing.link.voices import voices_of
from briefing.model.claim import STATUSES, Attribution
from briefing.model.registries import ENTITIES
from briefing.render.tongues import english
from briefing.render.words import Named, attribution_parts
from tests.sites.desks import Paper, built, linked

ROOT = Path(__file__).parents[2]
FORWARD = ("expectation", "proposal", "commitment")
# The heading of each list of claims on a page, by the folder of the page.
SECTIONS = {
    "people": {"said": "What they said", "about": "What was said of them"},
    "organizations": {"said": "What it said", "about": "What was said of it"},
    "places": {"about": "What was said of it"},
    "sources": {"origin": "What it reported first", "relay": "What it passed on", "about": "What was said of it"},
}


# --- The demonstration site -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """A claim as the YAML has it, with the facts of its article."""

    ref: str
    claim: dict[str, Any]
    source: str
    published: str

    @property
    def chain(self) -> list[str | None]:
        return [voice.get("by") for voice in self.claim.get("attribution", [])]

    @property
    def origin(self) -> str | None:
        return self.chain[-1] if self.chain else self.source

    @property
    def is_forward(self) -> bool:
        return self.claim.get("modality") in FORWARD

    @property
    def status(self) -> str | None:
        history = self.claim.get("history")
        return str(history[-1]["status"]) if history else "pending" if self.is_forward else None


def read(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


def registry(kind: str) -> dict[str, Any]:
    return dict(read((ROOT / "content" / f"{kind}.yaml").read_text(encoding="utf-8")))


ENTRIES = [(kind, id) for kind in ENTITIES for id in registry(kind)]


@cache
def said() -> dict[str, Said]:
    found = {}
    for file in sorted((ROOT / "content/annotations").glob("*.yaml")):
        article = read((ROOT / "content/articles" / f"{file.stem}.md").read_text(encoding="utf-8").split("---\n")[1])
        for claim in read(file.read_text(encoding="utf-8"))["claims"]:
            ref = f"{file.stem}#{claim['id']}"
            found[ref] = Said(ref, claim, article["source"], article["published"][:10])
    return found


def expected(name: str, id: str) -> list[Said]:
    """The claims of one list of an entry."""
    claims = said().values()
    if name == "said":
        return [one for one in claims if id in one.chain]
    if name == "about":
        return [one for one in claims if id in one.claim.get("about", [])]
    if name == "origin":
        return [one for one in claims if one.origin == id]
    return [one for one in claims if id in (one.source, *one.chain) and one.origin != id]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("voices") / "site"
    assert not build(Request(ROOT), output).failed
    return output


def parsed(file: Path) -> Element:
    root: Element = html5lib.parse(file.read_text(encoding="utf-8"), namespaceHTMLElements=False)
    return root


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def refs_in(element: Element) -> list[str]:
    return [str(one.get("data-claim")) for one in element.iter() if one.get("data-claim")]


def links_in(element: Element) -> list[str]:
    return [str(one.get("href")) for one in element.iter("a")]


def section(page: Element, heading: str) -> Element:
    return next(
        one for one in page.iter("section") if any(text_of(child) == heading for child in one if child.tag == "h2")
    )


def record_words(claims: list[Said]) -> str:
    """What a page tells of claims, in its own words."""
    forward = [one for one in claims if one.is_forward]
    counts, unrated = Counter(one.status for one in forward), sum(one.status == "unratable" for one in forward)
    words = f"{len(claims)} claim{'' if len(claims) == 1 else 's'}"
    if forward:
        words += f", {len(forward)} of which look{'s' if len(forward) == 1 else ''} ahead: "
        words += f"{len(forward) - unrated} can be rated"
        order = ("fulfilled", "partly", "not-fulfilled", "overtaken", "superseded", "stalled", "in-progress", "pending")
        told = [f"{counts[status]} {status.replace('-', ' ')}" for status in order if counts[status]]
        words += f" ({', '.join(told)}), " if told else " and "
        words += f"{unrated} cannot be rated"
    return f"{words}."


def without_lateness(words: str) -> str:
    return re.sub(r" \d+ came true late\.", "", words)


@pytest.mark.parametrize(("kind", "id"), ENTRIES, ids=[f"{kind}/{id}" for kind, id in ENTRIES])
def test_a_page_has_the_claims_and_the_counts_that_the_yaml_gives(site: Path, kind: str, id: str) -> None:
    page = parsed(site / kind / f"{id}.html")
    for name, heading in SECTIONS[kind].items():
        claims = expected(name, id)
        here = section(page, heading)
        shown = set(refs_in(here))
        if not claims:
            assert shown == set()
            continue
        tally = next(text_of(one) for one in here.iter("p") if one.get("class") == "tally")
        assert without_lateness(tally).startswith(record_words(claims))
        if len(claims) <= 100:
            assert Counter(refs_in(here)) == Counter(one.ref for one in claims)
        else:
            older = [ref for part in site.glob(f"archive/{kind}/{id}-{name}-*.html") for ref in refs_in(parsed(part))]
            assert shown < {one.ref for one in claims}
            assert Counter(older) == Counter(one.ref for one in claims)


def test_facts_are_counted_by_status_and_the_rest_is_told(site: Path) -> None:
    claims = [one for one in expected("origin", "white-house") if not one.is_forward]
    counts = Counter(one.status for one in claims)
    told = "".join(f"{counts[status]} {status}, " for status in STATUSES["fact"] if counts[status])
    here = text_of(section(parsed(site / "sources/white-house.html"), "What it reported first"))
    assert f"Of the {len(claims)} that do not look ahead {told}{counts[None]} without a status." in here


def test_no_page_of_a_voice_has_a_percentage_of_its_own(site: Path) -> None:
    for kind in ENTITIES:
        for file in (site / kind).glob("*.html"):
            tallies = [one for one in parsed(file).iter("p") if one.get("class") in ("tally", "note")]
            assert not re.search(r"%|per ?cent", " ".join(map(text_of, tallies)))


def test_the_index_has_every_entry_with_its_counts(site: Path) -> None:
    page = parsed(site / "voices.html")
    for kind in ENTITIES:
        here = next(one for one in page.iter("section") if text_of(one).lower().startswith(kind))
        entries = {str(next(item.iter("a")).get("href")): text_of(item) for item in here.iter("li")}
        assert set(entries) == {f"{kind}/{id}.html" for id in registry(kind)}
        for id, entry in registry(kind).items():
            spoken = len(expected("origin", id) + expected("relay", id) if kind == "sources" else expected("said", id))
            about = len(expected("about", id))
            parts = [f"{spoken} said"] * bool(spoken and kind != "places")
            parts += [f"{about} about {'them' if kind == 'people' else 'it'}"] * bool(about)
            assert entries[f"{kind}/{id}.html"] == f"{entry['name']} {', '.join(parts) or 'no claims'}"


def role_on(person: dict[str, Any], day: str) -> dict[str, str]:
    """The role of one of the demonstration's people, whose dates are whole days."""
    return next(role for role in person["roles"] if role.get("start", "0000") <= day <= role.get("end", "9999"))


def test_a_person_is_named_with_the_office_held_on_the_day_of_the_article(site: Path) -> None:
    people, organizations, checked = registry("people"), registry("organizations"), 0
    for one in said().values():
        for id in {id for id in one.chain if id in people}:
            article, _, claim = one.ref.partition("#")
            page = parsed(site / "articles" / f"{article}.html")
            item = next(item for item in page.iter("li") if item.get("id") == f"claim_{claim}")
            voice = next(child for child in item.iter("p") if child.get("class") == "voice")
            role = role_on(people[id], one.published)
            employer = organizations[role["organization"]]["name"] if "organization" in role else ""
            office = f"{role['post']}, {employer}" if employer else role["post"]
            assert f"{people[id]['name']} ({office})" in text_of(voice)
            assert f"../people/{id}.html" in links_in(voice)
            checked += 1
    assert checked > 30


def test_a_person_page_tells_offices_and_meetings_with_their_dates(site: Path) -> None:
    ishiba = text_of(parsed(site / "people/shigeru-ishiba.html"))
    assert "Prime Minister of Japan, October 1, 2024 to October 21, 2025" in ishiba
    assert "Ishiba-Trump summit, Washington, February 7, 2025, as Prime Minister of Japan" in ishiba
    assert "President of the United States, since January 20, 2025" in text_of(
        parsed(site / "people/donald-trump.html")
    )


def test_names_in_other_languages_say_so_and_wikidata_is_linked(site: Path) -> None:
    page = parsed(site / "people/narendra-modi.html")
    names = {one.get("lang"): text_of(one) for one in page.iter("span") if one.get("lang")}
    assert names == registry("people")["narendra-modi"]["names"]
    assert "https://www.wikidata.org/wiki/Q1058" in links_in(page)


def test_a_place_lists_its_meetings_its_texts_and_its_people(site: Path) -> None:
    page = parsed(site / "places/south-korea.html")
    assert {
        "../summits/trump-lee-2025-10.html",
        "../people/lee-jae-myung.html",
        "../organizations/korean-air.html",
    } <= set(links_in(page))
    texts = links_in(section(page, "Texts that speak for it"))
    assert texts == ["../articles/2025-11-13-korea-joint-fact-sheet.html"]


def test_heads_and_participants_link_to_whom_they_name(site: Path) -> None:
    article = parsed(site / "articles/2025-11-13-korea-joint-fact-sheet.html")
    assert "../sources/white-house.html" in links_in(next(article.iter("article")).find("header") or article)
    summit = parsed(site / "summits/trump-lee-2025-10.html")
    facts = next(one for one in summit.iter("dl") if one.get("class") == "facts")
    assert links_in(facts) == ["../people/donald-trump.html", "../people/lee-jae-myung.html"]


# --- Who is the origin, who passes it on ----------------------------------------------------------------------

Chain = tuple[Mapping[str, str], ...]
OFFICIALS = {"described_as": "two officials", "basis": "anonymous"}
# A claim of an article of the gazette: its chain, who is its origin, who passes it on.
CHAINS: dict[str, tuple[Chain, str | None, list[str]]] = {
    "none: the article's own source": ((), "gazette", []),
    "one voice": (({"by": "brandt"},), "brandt", ["gazette"]),
    "the source itself": (({"by": "gazette", "basis": "report"},), "gazette", []),
    "an outlet and a voice": (({"by": "wire", "basis": "report"}, {"by": "brandt"}), "brandt", ["gazette", "wire"]),
    "the source and a voice": (({"by": "gazette", "basis": "report"}, {"by": "brandt"}), "brandt", ["gazette"]),
    "an origin that nobody names": (({"by": "wire", "basis": "report"}, OFFICIALS), None, ["gazette", "wire"]),
    "the same voice twice": (({"by": "wire"}, {"by": "kyodo"}, {"by": "wire"}), "wire", ["gazette", "kyodo"]),
}


@pytest.mark.parametrize("case", CHAINS)
def test_the_last_voice_is_the_origin_and_those_before_it_pass_it_on(case: str, tmp_path: Path) -> None:
    chain, origin, relays = CHAINS[case]
    site = linked(tmp_path, {"talks": Paper("2025-02-05", {"it": {"attribution": [dict(one) for one in chain]}})})
    voices = voices_of(site.claims.values())
    assert [id for id, voice in voices.items() if voice.origin] == ([origin] if origin else [])
    assert sorted(id for id, voice in voices.items() if voice.relay) == sorted(relays)
    assert sorted(id for id, voice in voices.items() if voice.said) == sorted({v["by"] for v in chain if "by" in v})


def test_a_claim_about_somebody_is_not_said_by_them(tmp_path: Path) -> None:
    claims = {"it": {"about": ["brandt", "wire"]}}
    voices = voices_of(linked(tmp_path, {"talks": Paper("2025-02-05", claims)}).claims.values())
    assert [len(voices[id].about) for id in ("brandt", "wire")] == [1, 1]
    assert not voices["brandt"].said
    assert not voices["wire"].relay


def test_an_entry_that_nothing_names_has_a_page_that_says_so(tmp_path: Path) -> None:
    output = built(tmp_path, {"talks": Paper("2025-02-05", {"it": {}})})
    assert "Ilse Brandt is not quoted or cited here." in text_of(parsed(output / "people/brandt.html"))
    assert "Nothing is said of Ilse Brandt here." in text_of(parsed(output / "people/brandt.html"))


def test_offices_are_shown_as_precisely_as_they_are_known(tmp_path: Path) -> None:
    roles = "{post: Mayor, end: 2019-05}, {post: Minister, start: 2020, end: 2024-05-01}, {post: Envoy}"
    people = {"content/people.yaml": f"brandt: {{name: Ilse Brandt, roles: [{roles}]}}\n"}
    page = parsed(built(tmp_path, {"talks": Paper("2025-02-05")}, people) / "people/brandt.html")
    offices = next(one for one in page.iter("ul") if one.get("class") == "offices")
    assert [text_of(one) for one in offices] == ["Mayor, until May 2019", "Minister, 2020 to May 1, 2024", "Envoy"]


def test_an_organization_names_who_held_office_there(tmp_path: Path) -> None:
    more = {
        "content/organizations.yaml": "ministry: {name: Ministry}\n",
        "content/people.yaml": "brandt:\n  name: Ilse Brandt\n"
        "  roles: [{post: Minister, organization: ministry, start: 2020-05}]\n",
    }
    output = built(tmp_path, {"talks": Paper("2025-02-05")}, more)
    page = parsed(output / "organizations/ministry.html")
    assert "Ilse Brandt, Minister, since May 2020" in text_of(page)
    assert "../people/brandt.html" in links_in(page)
    assert "../organizations/ministry.html" in links_in(parsed(output / "people/brandt.html"))


def test_a_source_tells_its_language_and_its_grade(tmp_path: Path) -> None:
    grade = "language: ja, reliability: B, reliability_note: 'Right in 2024, the desk'"
    more = {"content/sources.yaml": f"gazette: {{name: Gazette, kind: wire, {grade}}}\n"}
    page = text_of(parsed(built(tmp_path, {"talks": Paper("2025-02-05")}, more) / "sources/gazette.html"))
    assert "source · wire" in page
    assert "Japanese" in page
    assert "B, usually reliable" in page
    assert "Right in 2024, the desk" in page


def test_many_entries_are_listed_by_first_letter(tmp_path: Path) -> None:
    names = [f"{letter} {number}" for letter in "Aébz7" for number in range(70)]
    people = "".join(f"p{number}: {{name: {name}}}\n" for number, name in enumerate(names))
    output = built(tmp_path, {"talks": Paper("2025-02-05")}, {"content/people.yaml": people})
    letters = next(one for one in parsed(output / "voices.html").iter("ul") if one.get("class") == "letters")
    assert [text_of(one) for one in letters] == ["0-9 (70)", "A (70)", "B (70)", "E (70)", "Z (70)"]
    listed = [link for path in links_in(letters) for link in links_in(next(parsed(output / path).iter("main")))]
    assert {link for link in listed if "/people/" in link} == {f"../people/p{number}.html" for number in range(350)}


def test_long_lists_go_on_by_year(tmp_path: Path) -> None:
    def claim() -> dict[str, Any]:
        return {"attribution": [{"by": "brandt"}], "modality": "expectation"}

    papers = {f"a{n}": Paper(f"{2001 + n % 20}-03-01", {f"c{m}": claim() for m in range(5)}) for n in range(30)}
    output = built(tmp_path, papers)
    here = section(parsed(output / "people/brandt.html"), "What they said")
    assert "150 claims, 150 of which look ahead: 150 can be rated (150 pending), 0 cannot be rated." in text_of(here)
    years = [link for link in links_in(here) if "/archive/" in link]
    assert len(years) == 20
    refs = [ref for link in years for ref in refs_in(parsed(output / link.removeprefix("../")))]
    assert Counter(refs) == Counter(f"{id}#c{m}" for id in papers for m in range(5))


# --- Attributions in words ------------------------------------------------------------------------------------

GAZETTE = Named(english("Gazette"), "sources/gazette.html")
WIRE = Named(english("Wire"), "sources/wire.html")
BRANDT = Named(english("Ilse Brandt"), "people/brandt.html", english("Prime Minister"))
TWO = Named(english("two officials"))


def voice(by: str | None = None, basis: str = "named") -> Attribution:
    return Attribution.model_validate({"by": by, "described_as": None if by else "x", "basis": basis})


PHRASES: dict[str, tuple[list[tuple[Attribution, Named]], str]] = {
    "no chain": ([], "<Gazette> reports"),
    "a person": ([(voice("brandt"), BRANDT)], "<Ilse Brandt> (Prime Minister) says"),
    "an outlet": ([(voice("wire", "report"), WIRE)], "<Wire> reports"),
    "an outlet and a person": (
        [(voice("wire", "report"), WIRE), (voice("brandt"), BRANDT)],
        "<Wire> reports, citing <Ilse Brandt> (Prime Minister)",
    ),
    "people not named": ([(voice(basis="anonymous"), TWO)], "According to two officials (unnamed)"),
    "an outlet, people not named": (
        [(voice("wire", "report"), WIRE), (voice(basis="anonymous"), TWO)],
        "<Wire> reports, citing two officials (unnamed)",
    ),
    "a person not to be named": (
        [(voice("brandt", "anonymous"), BRANDT)],
        "<Ilse Brandt> (Prime Minister) reports (unnamed)",
    ),
}


@pytest.mark.parametrize("case", PHRASES)
def test_an_attribution_links_the_names_in_it(case: str) -> None:
    voices, told = PHRASES[case]
    parts = attribution_parts(voices, GAZETTE)
    assert "".join(f"<{text}>" if path else text for text, path in parts) == told


# --- Offices not held -----------------------------------------------------------------------------------------

# Roles of Brandt, and whether a warning says that she held none on 2025-02-05.
HELD: dict[str, tuple[str, bool]] = {
    "none recorded": ("", False),
    "without dates": ("{post: Envoy}", False),
    "held now": ("{post: Envoy, start: 2024}", False),
    "ended the day before": ("{post: Envoy, end: 2025-02-04}", True),
    "ended that day": ("{post: Envoy, end: 2025-02-05}", False),
    "ended some time that month": ("{post: Envoy, end: 2025-02}", False),
    "began the day after": ("{post: Envoy, start: 2025-02-06}", True),
    "began some time that year": ("{post: Envoy, start: 2025}", False),
    "between two": ("{post: Envoy, end: 2024}, {post: Minister, start: 2026}", True),
    "ended, but another has no dates": ("{post: Envoy, end: 2024}, {post: Doctor}", False),
}


def people(roles: str) -> dict[str, str]:
    return {"content/people.yaml": f"brandt: {{name: Ilse Brandt, roles: [{roles}]}}\n"}


@pytest.mark.parametrize("case", HELD)
def test_a_voice_without_an_office_on_that_day_is_a_warning(case: str, tmp_path: Path) -> None:
    roles, is_told = HELD[case]
    papers = {"talks": Paper("2025-02-05", {"it": {"attribution": [{"by": "brandt"}]}})}
    problems = list(check_offices(linked(tmp_path, papers, people(roles)).content))
    assert [(problem.code, problem.severity) for problem in problems] == [("office-not-held", "warning")] * is_told


def test_one_gap_is_told_once_at_its_earliest_claim(tmp_path: Path) -> None:
    def claim() -> dict[str, Any]:
        return {"attribution": [{"by": "wire"}, {"by": "brandt"}]}

    first = Paper("2025-01-05", {"first": claim(), "second": claim()})
    papers = {"b": Paper("2025-02-05", {"late": claim()}), "c": first}
    site = linked(tmp_path, papers, people("{post: Envoy, end: 2024-06}, {post: Minister, start: 2026-03}"))
    (problem,) = check_offices(site.content)
    assert problem.place == Pointer("content/annotations/c.yaml", ("claims", 0, "attribution", 1, "by"))
    assert problem.message == "Ilse Brandt held none of their offices on 2025-01-05"
    assert [note.message for note in problem.notes] == [
        "`Envoy` ended on 2024-06",
        "`Minister` began on 2026-03",
        "2 more claims name them in that time",
    ]


def test_two_gaps_are_told_apart(tmp_path: Path) -> None:
    claim = {"attribution": [{"by": "brandt"}]}
    papers = {"a": Paper("2020-02-05", {"it": claim}), "b": Paper("2025-02-05", {"it": claim})}
    site = linked(tmp_path, papers, people("{post: Envoy, start: 2021, end: 2022}"))
    told = {problem.message for problem in check_offices(site.content)}
    assert told == {f"Ilse Brandt held none of their offices on {day}" for day in ("2020-02-05", "2025-02-05")}


# An office that the editor gives a participant on 2025-02-07, her roles, and what is told.
GIVEN: dict[str, tuple[str, str, list[str]]] = {
    "one held then": ("Envoy", "{post: Envoy, start: 2024}", []),
    "one of the registry that had ended": (
        "envoy",
        "{post: Envoy, end: 2024}, {post: Minister, start: 2025}",
        ["Ilse Brandt was not envoy on 2025-02-07"],
    ),
    "one held again": ("Envoy", "{post: Envoy, end: 2020}, {post: Envoy, start: 2024}", []),
    "one that the registry does not have": ("Chair", "{post: Envoy, end: 2024}", []),
}


@pytest.mark.parametrize("case", GIVEN)
def test_an_office_given_to_a_participant_is_checked_against_the_roles(case: str, tmp_path: Path) -> None:
    office, roles, told = GIVEN[case]
    head = f"title: Talks\nstart: 2025-02-07\nparticipants: [{{person: brandt, office: {office}}}]"
    more = {**people(roles), "content/summits/talks.md": f"---\n{head}\n---\n"}
    problems = check_offices(linked(tmp_path, {"talks": Paper("2025-02-05")}, more).content)
    assert [problem.message for problem in problems] == told


def test_the_demonstration_has_no_office_that_was_not_held(site: Path) -> None:
    assert site.exists()
    run = build(Request(ROOT), site)
    assert [problem for problem in run.problems if problem.code == "office-not-held"] == []
