"""Origins, not outlets: where a claim comes from, and how many stand behind what several claims say alike."""

import re
from pathlib import Path
from typing import Any

import pytest

from briefing.link.origins import origin_of, outlet_of
from briefing.link.site import Site
from tests.sites.desks import Paper, built, linked, view_of

Fields = dict[str, Any]


def voice(by: str | None = None, words: str | None = None, basis: str = "named") -> Fields:
    return {"by": by, "basis": basis} if by else {"described_as": words, "basis": basis}


RADIO, KYODO = voice("harbor-radio", basis="report"), voice("kyodo", basis="report")
OFFICIALS = voice(words="two officials", basis="anonymous")

# The attribution and the origin that a claim gives, then its key and how pages name it.
ORIGINS: dict[str, tuple[list[Fields], str | None, str, str]] = {
    "no chain: the article's source": ([], None, "gazette", "Gazette"),
    "the last voice": ([RADIO, KYODO], None, "kyodo", "Kyodo"),
    "a person": ([voice("brandt")], None, "brandt", "Ilse Brandt"),
    "a described voice": ([RADIO, voice(words="a  Joint Statement")], None, "a joint statement", "a  Joint Statement"),
    "an unnamed voice": ([RADIO, OFFICIALS], None, "two officials", "two officials (unnamed)"),
    "an unnamed voice that says so itself": (
        [voice(words="unnamed aides", basis="anonymous")],
        None,
        "unnamed aides",
        "unnamed aides",
    ),
    "a registered origin": ([RADIO], "kyodo", "kyodo", "Kyodo"),
    "one report of a registered origin": ([RADIO], "kyodo-2025-02-04", "kyodo-2025-02-04", "Kyodo, February 4, 2025"),
    "a month's report": ([], "kyodo-2025-02", "kyodo-2025-02", "Kyodo, February 2025"),
    "an unnamed voice in a report": (
        [RADIO, KYODO, OFFICIALS],
        "kyodo-2025-02-04",
        "kyodo-2025-02-04",
        "Kyodo, February 4, 2025, citing two officials (unnamed)",
    ),
    "an origin that is not registered": (
        [voice(words="the two leaders")],
        "joint-statement-2025-02-07",
        "joint-statement-2025-02-07",
        "the two leaders, February 7, 2025",
    ),
    "an origin without a chain": ([], "cable-12-2025", "cable-12-2025", "cable 12, 2025"),
    "an origin in plain words": ([], "A cable from Paris-Nord", "A cable from Paris-Nord", "A cable from Paris-Nord"),
    "an impossible date": ([], "kyodo-2025-13", "kyodo-2025-13", "kyodo 2025 13"),
}


@pytest.mark.parametrize("case", ORIGINS)
def test_the_origin_is_the_given_one_or_the_last_voice_or_the_source(case: str, tmp_path: Path) -> None:
    attribution, origin, key, name = ORIGINS[case]
    fields: Fields = {"attribution": attribution} | ({"origin": origin} if origin else {})
    site = linked(tmp_path, {"talks": Paper("2025-02-05", {"one": fields})})
    one = site.claims["talks#one"]
    found = origin_of(site.content.entity, one.article.head, one.claim)
    assert found.key == key
    assert view_of(site, "talks#one").origin == name


OUTLETS: dict[str, tuple[list[Fields], str]] = {
    "no chain": ([], "gazette"),
    "an outlet reports": ([RADIO, OFFICIALS], "harbor-radio"),
    "a registered source speaks for itself": ([voice("kyodo"), OFFICIALS], "kyodo"),
    "a described outlet reports": ([voice(words="a press preview", basis="report"), KYODO], "a press preview"),
    "a person speaks in the article": ([voice("brandt")], "gazette"),
    "unnamed officials speak in the article": ([OFFICIALS], "gazette"),
}


@pytest.mark.parametrize("case", OUTLETS)
def test_the_outlet_is_the_first_voice_that_is_one_or_the_source(case: str, tmp_path: Path) -> None:
    attribution, expected = OUTLETS[case]
    site = linked(tmp_path, {"talks": Paper("2025-02-05", {"one": {"attribution": attribution}})})
    one = site.claims["talks#one"]
    outlet = outlet_of(site.content, one.article.head, one.claim)
    assert (outlet.id or outlet.words) == expected


def relation(type: str, *to: str) -> Fields:
    return {"relations": [{"type": type, "to": ref} for ref in to]}


def counts(site: Site) -> dict[str, tuple[int, int]]:
    """How many outlets and origins stand behind each claim that is not alone."""
    return {ref: (len(found.outlets), len(found.origins)) for ref, found in site.connections.alike.items()}


def papers(*claims: tuple[str, str, Fields]) -> dict[str, Paper]:
    """Articles of one claim `x` each: id, source, fields; each a day after the one before."""
    return {id: Paper(f"2025-02-{day:02}", {"x": fields}, source) for day, (id, source, fields) in enumerate(claims, 1)}


def test_claims_without_company_have_no_sourcing(tmp_path: Path) -> None:
    site = linked(tmp_path, papers(("a", "kyodo", {}), ("b", "wire", relation("updates", "a#x"))))
    assert counts(site) == {}


def test_outlets_that_repeat_one_report_are_one_origin(tmp_path: Path) -> None:
    site = linked(
        tmp_path,
        papers(
            ("a", "kyodo", {}),
            ("b", "wire", {"attribution": [voice("wire", basis="report"), KYODO], **relation("repeats", "a#x")}),
            ("c", "harbor-radio", relation("repeats", "b#x")),
        ),
    )
    assert counts(site) == dict.fromkeys(["a#x", "b#x", "c#x"], (3, 1))


def test_the_page_says_how_many_outlets_have_it_from_whom(tmp_path: Path) -> None:
    output = built(
        tmp_path,
        papers(
            ("a", "kyodo", {}),
            ("b", "wire", relation("repeats", "a#x")),
            ("c", "harbor-radio", relation("repeats", "a#x")),
        ),
    )
    for article in "abc":
        shown = (output / "articles" / f"{article}.html").read_text(encoding="utf-8")
        assert re.search(
            r"<p><i>Sources</i> 3 outlets \((\w+(?: \w+)*; ){2}\w+(?: \w+)*\), 1 origin \(Kyodo\)</p>", shown
        )


def test_a_confirmation_adds_its_own_origin(tmp_path: Path) -> None:
    site = linked(
        tmp_path,
        papers(
            ("a", "kyodo", {}),
            ("b", "wire", relation("confirms", "a#x")),
            ("c", "meridian", relation("repeats", "b#x")),
        ),
    )
    assert counts(site) == dict.fromkeys(["a#x", "b#x", "c#x"], (3, 2))
    found = view_of(site, "c#x").sourcing
    assert found is not None
    assert found.origins == ("Kyodo", "Wire")


def test_a_claim_that_says_two_things_does_not_make_them_one(tmp_path: Path) -> None:
    site = linked(
        tmp_path,
        papers(
            ("tax", "kyodo", {}),
            ("gas", "meridian", {}),
            ("both", "wire", relation("confirms", "tax#x", "gas#x")),
            ("late", "harbor-radio", relation("repeats", "gas#x")),
        ),
    )
    assert counts(site) == {"tax#x": (2, 2), "gas#x": (3, 2), "both#x": (4, 3), "late#x": (3, 2)}


def test_one_that_points_twice_into_one_story_is_part_of_it(tmp_path: Path) -> None:
    site = linked(
        tmp_path,
        papers(
            ("a", "kyodo", {}),
            ("b", "wire", relation("repeats", "a#x")),
            ("c", "meridian", relation("repeats", "a#x", "b#x")),
        ),
    )
    assert counts(site) == dict.fromkeys(["a#x", "b#x", "c#x"], (3, 1))


def test_claims_that_repeat_each_other_in_a_circle_have_one_origin(tmp_path: Path) -> None:
    site = linked(
        tmp_path, papers(("a", "kyodo", relation("repeats", "b#x")), ("b", "wire", relation("repeats", "a#x")))
    )
    assert counts(site) == {"a#x": (2, 1), "b#x": (2, 1)}


def test_more_names_than_fit_are_counted(tmp_path: Path) -> None:
    many = [(f"r{number:02}", "gazette", {"origin": f"cable {number}"}) for number in range(1, 21)]
    chained = [
        (id, source, fields | (relation("confirms", "r01#x") if n else {}))
        for n, (id, source, fields) in enumerate(many)
    ]
    site = linked(tmp_path, papers(*chained))
    found = view_of(site, "r01#x").sourcing
    assert found is not None
    assert (found.outlet_count, found.origin_count, len(found.origins)) == (1, 20, 12)
