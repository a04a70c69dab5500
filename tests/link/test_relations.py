"""Relations from both ends, and accounts that differ."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from briefing.link.differences import differences
from tests.samples import first_of
from tests.sites.desks import Paper, built, linked, view_of, words_of

Fields = dict[str, Any]
MEETING = "---\ntitle: The meeting\nstart: 2025-02-07\nstatus: held\n{more}---\n"
SUMMIT = {"content/summits/meeting.md": MEETING.format(more="")}

BOTH_ENDS = {
    "confirms": "confirmed by",
    "disputes": "disputed by",
    "refutes": "refuted by",
    "qualifies": "qualified by",
    "updates": "updated by",
    "corrects": "corrected by",
    "repeats": "repeated by",
}


def to(type: str, *refs: str) -> Fields:
    return {"relations": [{"type": type, "to": ref} for ref in refs]}


@pytest.mark.parametrize("type", first_of(3, BOTH_ENDS))
def test_a_relation_is_shown_on_both_claims_and_leads_to_the_words_of_the_other(type: str, tmp_path: Path) -> None:
    output = built(
        tmp_path,
        {
            "old": Paper("2025-02-01", {"a": {"label": "The first & only"}}, "kyodo"),
            "new": Paper("2025-02-02", {"b": to(type, "old#a")}, "wire"),
        },
    )
    for page, said, ref, words in (
        ("new", type, "old#a", "The first &amp; only"),
        ("old", BOTH_ENDS[type], "new#b", "b"),
    ):
        shown = (output / "articles" / f"{page}.html").read_text(encoding="utf-8")
        item = re.search(rf'<p data-claim="{ref}">(.*?)</p>', shown)
        assert item is not None
        article, _, claim = ref.partition("#")
        assert item[1] == f'<i>{said.capitalize()}</i> <a href="{article}.html#{claim}">{words}</a><sup>1</sup>'
        sources = shown.partition('<section id="page_sources">')[2]
        assert re.findall(r'<li><a href="([^"]+)">', sources) == [f"{article}.html"]


def test_own_relations_come_first_then_those_of_others_the_newest_first(tmp_path: Path) -> None:
    site = linked(
        tmp_path,
        {
            "a": Paper("2025-02-01", {"x": {}}),
            "b": Paper("2025-02-02", {"x": to("updates", "a#x")}),
            "c": Paper("2025-02-03", {"x": to("qualifies", "b#x")}),
            "d": Paper("2025-02-04", {"x": to("disputes", "b#x")}),
        },
    )
    found = site.claims["b#x"].related
    assert [(one.type, one.other, one.is_from_other) for one in found] == [
        ("updates", "a#x", False),
        ("disputes", "d#x", True),
        ("qualifies", "c#x", True),
    ]


def test_more_relations_than_fit_are_counted(tmp_path: Path) -> None:
    papers = {f"p{n:02}": Paper(f"2025-02-{n + 1:02}", {"x": to("updates", "first#x")}) for n in range(15)}
    output = built(tmp_path, {"first": Paper("2025-01-01", {"x": {}}), **papers})
    shown = (output / "articles/first.html").read_text(encoding="utf-8")
    assert shown.count("<i>Updated by</i>") == 12
    assert "<p>and 3 more</p>" in shown
    site = linked(tmp_path, {})
    assert view_of(site, "first#x").relation_count == 15


def figure(value: object, **more: object) -> Fields:
    return {"figure": {"measure": "gas", "value": str(value), "as_of": "2025-02", **more}}


def said(modality: str) -> Fields:
    return {"modality": modality}


# Two figures for one measure, and whether they cannot both be right.
PAIRS: dict[str, tuple[Fields, Fields, bool]] = {
    "two values": (figure(30), figure(33), True),
    "one value": (figure(30), figure("30.0"), False),
    "one value in two scales": (figure(30, scale="thousand"), figure(30000), False),
    "two values in two scales": (figure(30, scale="thousand"), figure(30), True),
    "two dates": (figure(30), figure(33, as_of="2025-03"), False),
    "a month and a day of it": (figure(30), figure(33, as_of="2025-02-01"), False),
    "two stages": (figure(30, stage="announced"), figure(33, stage="delivered"), False),
    "two values at one stage": (figure(30, stage="announced"), figure(33, stage="announced"), True),
    "a target and an actual value": (figure(30, target="true"), figure(33), False),
    "two targets": (figure(30, target="true"), figure(33, target="true"), True),
    "a deprecated value": (figure(30, rank="deprecated"), figure(33), False),
    "a preferred value": (figure(30, rank="preferred"), figure(33), True),
    "two units": (figure(30, unit="tons"), figure(33), False),
    "about the value": (figure(54000, qualifier="about"), figure(53900), False),
    "not about the value": (figure(54000, qualifier="about"), figure(53400), True),
    "nearly, and a little less": (figure(54000, qualifier="nearly"), figure(53900), False),
    "nearly, and just that": (figure(54000, qualifier="nearly"), figure(54000), True),
    "nearly, and more": (figure(54000, qualifier="nearly"), figure(54200), True),
    "nearly, and far less": (figure(54000, qualifier="nearly"), figure(50000), True),
    "at least, and more": (figure(30, qualifier="at-least"), figure(33), False),
    "at least, and less": (figure(30, qualifier="at-least"), figure(29), True),
    "at least, and just that": (figure(30, qualifier="at-least"), figure(30), False),
    "more than, and just that": (figure(30, qualifier="more-than"), figure(30), True),
    "up to, and less": (figure(30, qualifier="up-to"), figure(12), False),
    "up to, and more": (figure(30, qualifier="up-to"), figure(31), True),
    "less than, and just that": (figure(30, qualifier="less-than"), figure(30), True),
    "in the range": (figure(30, qualifier="range", high="40"), figure(40), False),
    "beyond the range": (figure(30, qualifier="range", high="40"), figure(41), True),
    "two limits that leave room": (figure(30, qualifier="at-least"), figure(40, qualifier="up-to"), False),
    "two limits that leave none": (figure(40, qualifier="at-least"), figure(30, qualifier="up-to"), True),
    "a forecast and the outcome": (figure(30) | said("expectation"), figure(33), False),
    "a promise and the outcome": (figure(30) | said("commitment"), figure(33), False),
    "a demand and the outcome": (figure(30) | said("proposal"), figure(33), False),
    "an opinion and the outcome": (figure(30) | said("opinion"), figure(33), False),
    "a forecast and a promise": (figure(30) | said("expectation"), figure(33) | said("commitment"), False),
    "background and a fact": (figure(30) | said("background"), figure(33), True),
    "two forecasts": (figure(30) | said("expectation"), figure(33) | said("expectation"), True),
    "two accounts of a promise": (figure(30) | said("commitment"), figure(33) | said("commitment"), True),
    "two demands": (figure(30) | said("proposal"), figure(33) | said("proposal"), False),
    "two opinions": (figure(30) | said("opinion"), figure(33) | said("opinion"), False),
}


@pytest.mark.parametrize("case", PAIRS)
def test_values_differ_if_they_cannot_both_be_right(case: str, tmp_path: Path) -> None:
    one, other, differ = PAIRS[case]
    site = linked(tmp_path, {"talks": Paper("2025-02-05", {"one": one, "other": other})}, told_of_meeting())
    found = differences(site).get("meeting", ())
    assert [set(difference.claims) for difference in found] == ([{"talks#one", "talks#other"}] if differ else [])


def told_of_meeting() -> dict[str, str]:
    """The summit, and an article that names it, so that its claims are of it."""
    article = "---\ntitle: Talks\nsource: gazette\npublished: 2025-02-05\nsummits: [meeting]\n---\n\n"
    words = " ".join(f"Here {words_of(claim)}." for claim in ("one", "other", "third"))
    return {**SUMMIT, "content/articles/talks.md": f"{article}{words}\n"}


def test_figures_without_a_date_are_not_compared(tmp_path: Path) -> None:
    bare = [{"figure": {"measure": "gas", "value": value}} for value in ("30", "33")]
    site = linked(tmp_path, {"talks": Paper("2025-02-05", {"one": bare[0], "other": bare[1]})}, told_of_meeting())
    assert differences(site) == {}


@pytest.mark.parametrize("type", ["updates", "corrects"])
def test_a_value_that_takes_anothers_place_does_not_contradict_it(type: str, tmp_path: Path) -> None:
    claims = {"one": figure(30), "other": figure(33) | to(type, "talks#one")}
    site = linked(tmp_path, {"talks": Paper("2025-02-05", claims)}, told_of_meeting())
    assert differences(site) == {}


def test_only_the_values_that_stand_apart_are_shown(tmp_path: Path) -> None:
    claims = {"one": figure(30), "other": figure(33), "third": figure(5, qualifier="at-least")}
    site = linked(tmp_path, {"talks": Paper("2025-02-05", claims)}, told_of_meeting())
    assert [difference.claims for difference in differences(site)["meeting"]] == [("talks#one", "talks#other")]


@pytest.mark.parametrize("type", ["disputes", "refutes"])
def test_a_dispute_of_both_sides_is_one_difference(type: str, tmp_path: Path) -> None:
    claims = {"one": to(type, "talks#other"), "other": to("disputes", "talks#one")}
    site = linked(tmp_path, {"talks": Paper("2025-02-05", claims)}, told_of_meeting())
    assert [difference.claims for difference in differences(site)["meeting"]] == [("talks#one", "talks#other")]


def test_a_difference_with_a_claim_from_elsewhere_stands_on_the_page_of_the_summit(tmp_path: Path) -> None:
    papers = {
        "talks": Paper("2025-02-05", {"one": {}}),
        "later": Paper("2025-03-01", {"x": to("disputes", "talks#one")}, "wire"),
    }
    site = linked(tmp_path, papers, told_of_meeting())
    assert {summit: [d.claims for d in found] for summit, found in differences(site).items()} == {
        "meeting": [("later#x", "talks#one")]
    }


def accounts(page: str) -> list[list[str]]:
    """The claims of each difference that a page shows."""
    tables = re.findall(r'<table class="differ">(.*?)</table>', page, re.DOTALL)
    return [re.findall(r'<tr data-claim="([^"]+)">', text) for text in tables]


def summit_page(folder: Path, claims: dict[str, Fields], exclude: Iterable[str] = ()) -> str:
    more = told_of_meeting()
    if exclude:
        more["content/summits/meeting.md"] = MEETING.format(more=f"exclude: [{', '.join(exclude)}]\n")
    output = built(folder, {"talks": Paper("2025-02-05", claims)}, more)
    return (output / "summits/meeting.html").read_text(encoding="utf-8")


def test_the_summit_page_shows_both_accounts_with_their_words(tmp_path: Path) -> None:
    page = summit_page(tmp_path, {"one": figure(30), "other": figure(33), "third": to("disputes", "talks#one")})
    assert page.count("<h2>Accounts differ</h2>") == 1
    assert accounts(page) == [["talks#one", "talks#other"], ["talks#one", "talks#third"]]
    section = page[page.index("Accounts differ") :]
    section = section[: section.index("</section>")]
    assert '<caption>Gas, <time datetime="2025-02">Feb 2025</time></caption>' in section
    for claim in ("one", "other", "third"):
        assert f'<a href="../articles/talks.html#{claim}"><q>{words_of(claim)}</q></a>' in section
    assert "<b>30 cubic meters</b>" in section
    assert "<b>33 cubic meters</b>" in section


def test_a_summit_without_differences_has_no_section_for_them(tmp_path: Path) -> None:
    assert "Accounts differ" not in summit_page(tmp_path, {"one": figure(30), "other": figure(30)})


def test_a_claim_that_is_kept_off_the_page_is_no_account(tmp_path: Path) -> None:
    claims = {"one": figure(30), "other": figure(33), "third": figure(36)}
    assert accounts(summit_page(tmp_path, claims, ["talks#other"])) == [["talks#one", "talks#third"]]
    assert "Accounts differ" not in summit_page(tmp_path, claims, ["talks#other", "talks#third"])
