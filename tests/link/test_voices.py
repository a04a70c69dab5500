"""Voices: who says a claim, who passes it on, whom it is about, and the offices they held."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from briefing.diagnostics import Pointer
from briefing.link.offices import check_offices
from briefing.link.voices import voices_of
from briefing.model.base import validated
from briefing.model.claim import Attribution
from briefing.views.phrases import unmarked
from briefing.views.words import VoiceName, attribution_parts
from tests.markup import links_in, parsed, refs_in, section, text_of
from tests.sites.desks import Paper, built, linked
from tests.sites.wording import wording

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


@pytest.mark.slow
def test_many_entries_are_listed_by_first_letter(tmp_path: Path) -> None:
    names = [f"{letter} {number}" for letter in "Aébz7" for number in range(70)]
    people = "".join(f"p{number}: {{name: {name}}}\n" for number, name in enumerate(names))
    output = built(tmp_path, {"talks": Paper("2025-02-05")}, {"content/people.yaml": people})
    letters = next(one for one in parsed(output / "voices.html").iter("ul") if one.get("class") == "links")
    assert [text_of(one) for one in letters] == ["0-9 70", "A 70", "B 70", "E 70", "Z 70"]
    listed = [link for path in links_in(letters) for link in links_in(next(parsed(output / path).iter("main")))]
    assert {link for link in listed if "/people/" in link} == {f"../people/p{number}.html" for number in range(350)}


@pytest.mark.slow
def test_long_lists_go_on_by_year(tmp_path: Path) -> None:
    def claim() -> dict[str, Any]:
        return {"attribution": [{"by": "brandt"}], "modality": "expectation"}

    papers = {f"a{n}": Paper(f"{2001 + n % 20}-03-01", {f"c{m}": claim() for m in range(5)}) for n in range(30)}
    output = built(tmp_path, papers)
    here = section(parsed(output / "people/brandt.html"), "What they said")
    assert "150 claims, 150 look ahead: 150 can be rated. 150 pending" in text_of(here)
    years = [link for link in links_in(here) if "/archive/" in link]
    assert len(years) == 20
    refs = [ref for link in years for ref in refs_in(parsed(output / link.removeprefix("../")))]
    assert Counter(refs) == Counter(f"{id}#c{m}" for id in papers for m in range(5))


# --- Attributions in words ------------------------------------------------------------------------------------

GAZETTE = VoiceName(unmarked("Gazette"), "sources/gazette.html")
WIRE = VoiceName(unmarked("Wire"), "sources/wire.html")
BRANDT = VoiceName(unmarked("Ilse Brandt"), "people/brandt.html", unmarked("Prime Minister"))
TWO = VoiceName(unmarked("two officials"))


def voice(by: str | None = None, basis: str = "named") -> Attribution:
    return validated(Attribution, {"by": by, "described_as": None if by else "x", "basis": basis})


PHRASES: dict[str, tuple[list[tuple[Attribution, VoiceName]], str]] = {
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
        "<Ilse Brandt> (Prime Minister) (unnamed) reports",
    ),
}


@pytest.mark.parametrize("case", PHRASES)
def test_an_attribution_links_the_names_in_it(case: str) -> None:
    voices, told = PHRASES[case]
    parts = attribution_parts(voices, GAZETTE, wording())
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
