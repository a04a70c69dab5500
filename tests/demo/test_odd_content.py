"""Odd content on a small phone: pages say what was written, and no more, and nothing of them leaves the window."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser

from tests.demo.browsing import Reader
from tests.demo.test_in_browser import RULES
from tests.markup import having, parsed, text_of
from tests.sites.desks import Paper, built, words_of

pytestmark = pytest.mark.slow

PAGES = (
    "index.html",
    "summits/none.html",
    "summits/one.html",
    "summits/many.html",
    "summits/planned.html",
    "summits/index.html",
    "topics/trade.html",
    "articles/many.html",
    "articles/passages.html",
    "people/brandt.html",
    "people/odd.html",
    "ledger.html",
    "figures.html",
    "timeline.html",
)


# Markup, quotes of all kinds, an emoji of several parts, and words that run from right to left.
ODD = (
    '<b>"Summit" of O\'Neill & <script>alert(1)</script></b> „Treffen“ «rencontre» 👩🏽‍🚀🇯🇵 '
    "قمة الرياض والدوحة في الدوحة שלום עולם "
)
TITLE = (ODD + "and what the ministers of all countries that take part in it are expected to agree on there " * 3)[
    :300
].rstrip()
LONG_WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 2
TOPICS = {f"topic-{number}": f"Topic {number}" for number in range(1, 12)} | {"trade": f"Trade and {LONG_WORD}"}


def _summit(**fields: Any) -> str:
    head = yaml.safe_dump({"status": "held", **fields}, allow_unicode=True, sort_keys=False)
    return f"---\n{head}---\n\nThe overview, with a {LONG_WORD}.\n"


def _claim(topic: str, number: int) -> dict[str, Any]:
    return {
        "topics": [topic],
        "modality": "commitment",
        "summit": "many",
        "text": f"{TITLE} {number}",
        "label": f"{LONG_WORD[:60]} {number}",
        "resolution": f"Fulfilled if {LONG_WORD} says so.",
        "hedge": "ends",
        "figure": {"measure": "money", "value": "1234567890123", "as_of": "2025-02-07"},
    }


def odd_site(folder: Path) -> Path:
    """Meetings with no claims, with one, and with a dozen topics; one to come; an odd title; people without office."""
    many = {f"many-{number}": _claim(topic, number) for number, topic in enumerate(TOPICS)}
    papers = {
        "alone": Paper("2025-02-06", {"alone": {"topics": ["trade"], "modality": "expectation", "summit": "one"}}),
        "many": Paper("2025-02-07", many),
        "passages": Paper("2025-02-06", {"some": {"topics": ["trade"], "modality": "opinion", "summit": "one"}}),
    }
    passages = f"---\ntitle: {LONG_WORD}\nsource: wire\npublished: 2025-02-06\nrights: passages\n---\n\n"
    agenda: list[dict[str, Any]] = [
        {"topic": topic, "items": [f"{label} of {LONG_WORD}"]} for topic, label in TOPICS.items()
    ]
    agenda[0]["items"] = [{"item": TITLE, "claims": ["many#many-0", "many#many-1"], "now": "many#many-2"}]
    files = {
        "content/articles/passages.md": f"{passages}Left out.\n\nHere {words_of('some')}, and so on.\n\nLeft out.\n",
        "config.yaml": yaml.safe_dump({"title": "Desk", "topics": TOPICS}, allow_unicode=True, sort_keys=False),
        "content/people.yaml": yaml.safe_dump(
            {"brandt": {"name": "Ilse Brandt"}, "odd": {"name": TITLE[:120]}}, allow_unicode=True
        ),
        "content/summits/none.md": _summit(title=TITLE, start="2025-02-05", participants=[{"person": "odd"}]),
        "content/summits/one.md": _summit(title="One", start="2025-02-07", participants=[{"person": "brandt"}]),
        "content/summits/many.md": _summit(
            title=TITLE[:200] + " of many",
            start="2025-02-07",
            participants=[{"person": "brandt", "role": LONG_WORD[:70]}, {"person": "odd"}],
            agenda=agenda,
            documents=["many"],
        ),
        "content/summits/planned.md": _summit(
            title=f"Planned {LONG_WORD}", start="2026-02-07", status="planned", agenda=agenda[1:]
        ),
    }
    return built(folder, papers, files)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return odd_site(tmp_path_factory.mktemp("odd"))


@pytest.fixture(scope="module")
def odd_reader(browser: Browser, odd: Path) -> Reader:
    return Reader(browser, odd)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_odd_content_holds_on_a_small_phone(odd_reader: Reader, name: str) -> None:
    odd_reader.open(name, (320, 640))
    assert odd_reader.flaws() == []
    odd_reader.unfold()
    assert odd_reader.flaws() == []
    assert odd_reader.violations(RULES) == []
    assert odd_reader.complaints == []


def test_a_title_is_its_characters_and_no_markup(odd: Path) -> None:
    assert len(TITLE) > 290
    page = parsed(odd / "summits/none.html")
    [heading] = page.iter("h1")
    assert text_of(heading) == " ".join(TITLE.split())
    assert not [one for one in page.iter() if one.tag in ("script", "b") and "alert" in text_of(one)]


def test_a_meeting_without_claims_has_no_empty_parts(odd: Path) -> None:
    """Nor one with a single claim: every section has more than its heading, and no line of contents leads nowhere."""
    for id in ("none", "one", "many", "planned"):
        page = parsed(odd / f"summits/{id}.html")
        assert not [one for one in page.iter("section") if len(list(one)) < 2]
        assert not [one for one in page.iter() if one.tag in ("ul", "ol", "tbody", "dl") and not list(one)], id
        ids = {str(one.get("id")) for one in page.iter() if one.get("id")}
        for link in having(page, "nav", "toc")[0].iter("a") if having(page, "nav", "toc") else []:
            assert str(link.get("href"))[1:] in ids


def test_an_article_of_which_passages_may_be_shown_has_these_alone(odd: Path) -> None:
    told = text_of(parsed(odd / "articles/passages.html"))
    assert f"Here {words_of('some')}" in told
    assert ", and so on." in told
    assert "Left out." not in told


def test_a_dozen_topics_each_have_their_section(odd: Path) -> None:
    page = parsed(odd / "summits/many.html")
    sections = [str(one.get("id")) for one in page.iter("section") if str(one.get("id")).startswith("topic_")]
    assert sections == [f"topic_{topic}" for topic in TOPICS]
    assert all(len(having(part, "ul", "cards")) == 1 for part in page.iter("section") if part.get("id") in sections)


def test_somebody_without_an_office_is_named_without_one(odd: Path) -> None:
    head = text_of(having(parsed(odd / "summits/one.html"), "header", "page")[0])
    assert "Ilse Brandt" in head
    assert "Ilse Brandt," not in head
    assert "()" not in head
