"""The sources of a page: numbered in the order in which they first stand on it, and listed once each at its end."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from briefing.build import Request, build
from tests.markup import having, links_in, parsed, text_of
from tests.outputs import tree
from tests.samples import first_of
from tests.sites.desks import Paper, built, write_desk

Fields = dict[str, Any]


def shown(*refs: str) -> Fields:
    """A claim that came true as other claims show, said on the way to a meeting."""
    history = [{"status": "fulfilled", "on": "2025-03-01", "why": "So it is.", "evidence": list(refs)}]
    return {"modality": "expectation", "summit": "meeting", "history": history}


PAPERS = {
    "talks": Paper("2025-02-05", {"gas": shown("late#it", "seen#it", "late#again"), "oil": shown("seen#it")}),
    "news": Paper("2025-02-06", {"tax": shown("seen#it")}),
    "seen": Paper("2025-03-01", {"it": {"topics": ["energy"]}}),
    "late": Paper("2025-03-01", {"it": {"topics": ["energy"]}, "again": {"topics": ["energy"]}}),
}


def meeting(id: str = "seen", title: str = "About seen", more: str = "") -> Mapping[str, str]:
    """The files of the meeting, and of an article with another title or more in its head."""
    head = f"---\ntitle: {title}\nsource: gazette\npublished: 2025-03-01\n{more}---\n"
    return {
        "content/summits/meeting.md": "---\ntitle: The meeting\nstart: 2025-02-07\nstatus: held\n---\n",
        f"content/articles/{id}.md": f"{head}\nHere the claim it ends.\n",
    }


def numbers_in(page: Element) -> list[tuple[int, str]]:
    """The numbers on a page in their order, each with the article that the link before it leads to."""
    found = []
    for element in page.iter():
        children = list(element)
        for link, number in pairwise(children):
            if link.tag == "a" and number.tag == "sup" and not number.get("class"):
                found.append((int(text_of(number)), str(link.get("href")).partition("#")[0]))
    return found


def sources_of(page: Element) -> list[str]:
    """The articles that are listed as the sources of a page."""
    [section] = [one for one in page.iter("section") if one.get("id") == "page_sources"]
    [list_] = having(section, "ol", "src")
    return [links_in(item)[0] for item in list_.findall("li")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("sources"), PAPERS, meeting())


@pytest.mark.parametrize("path", ["summits/meeting.html", "topics/trade.html", "topics/energy.html"])
def test_each_article_has_the_number_of_its_place_in_the_list(path: str, site: Path) -> None:
    page = parsed(site / path)
    numbers, sources = numbers_in(page), sources_of(page)
    assert len(numbers) > len(sources) > 1
    assert all(sources[number - 1] == article for number, article in numbers)
    assert len(set(sources)) == len(sources)


@pytest.mark.parametrize("path", ["summits/meeting.html", "topics/trade.html"])
def test_numbers_count_up_as_articles_first_come_up(path: str, site: Path) -> None:
    numbers = [number for number, _ in numbers_in(parsed(site / path))]
    first = list(dict.fromkeys(numbers))
    assert first == list(range(1, len(first) + 1))


def test_what_is_cited_in_a_fold_has_a_number_as_well(site: Path) -> None:
    page = parsed(site / "summits/meeting.html")
    [card] = [one for one in page.iter("li") if one.get("data-claim") == "talks#gas"]
    told = {article: number for number, article in numbers_in(card)}
    assert list(told) == ["../articles/talks.html", "../articles/late.html", "../articles/seen.html"]
    assert sources_of(page)[told["../articles/late.html"] - 1] == "../articles/late.html"


def test_a_page_that_cites_nothing_has_no_list_and_no_way_to_one(tmp_path: Path) -> None:
    summit = {"content/summits/meeting.md": "---\ntitle: The meeting\nstart: 2025-02-07\n---\n"}
    site = built(tmp_path, {"talks": Paper("2025-02-05", {"gas": {"topics": ["energy"]}})}, summit)
    for path in ("summits/meeting.html", "topics/trade.html", "articles/talks.html", "index.html"):
        text = (site / path).read_text(encoding="utf-8")
        assert "page_sources" not in text, path
        assert 'class="src"' not in text, path
    assert "#page_sources" in links_in(parsed(site / "topics/energy.html"))


def test_an_article_on_paper_has_the_addresses_of_its_original_and_of_its_copy(tmp_path: Path) -> None:
    more = "url: https://example.org/seen\narchive_url: https://archive.example.org/1\n"
    page = parsed(built(tmp_path, PAPERS, meeting(more=more)) / "articles/seen.html")
    shown_on_paper = [text_of(one) for one in having(page, "span", "paper")]
    assert shown_on_paper == ["https://example.org/seen", "https://archive.example.org/1"]


def test_no_mark_of_a_number_is_left_on_any_page(site: Path) -> None:
    for path in site.rglob("*.html"):
        assert not set(path.read_text(encoding="utf-8")) & set("\x01\x02\x03\x04\x05\x06\x07"), path.name


# What of an article is told in lists of sources, and what is not.
TOLD: dict[str, tuple[str, str, bool]] = {
    "its title": ("Something new", "", True),
    "its address": ("About seen", "url: https://example.org/new\n", True),
    "its summary": ("About seen", "summary: Something new.\n", False),
}


@pytest.mark.parametrize("case", first_of(3, TOLD))
def test_a_cited_article_that_changes_changes_the_pages_that_list_it(case: str, tmp_path: Path) -> None:
    title, more, is_listed = TOLD[case]
    before = tree(built(tmp_path / "desk", PAPERS, meeting()))
    files = meeting(title=title, more=more)
    for folder in ("desk", "clean"):
        assert not build(Request(write_desk(tmp_path / folder, PAPERS, files)), tmp_path / folder / "site").failed
    after = tree(tmp_path / "desk/site")
    assert after == tree(tmp_path / "clean/site")
    for path in ("summits/meeting.html", "articles/news.html"):
        assert (before[path] != after[path]) is is_listed, path


def test_a_part_of_a_site_may_tell_what_it_likes_of_a_source_and_is_never_stale(tmp_path: Path) -> None:
    row = '<li><a href="{{ href(article.path) }}">{{ article.title }}</a> {{ article.published.text }}</li>\n'
    claim_row = (
        '<li data-claim="{{ claim.ref }}">{{ claim.label }}{% for step in claim.history %}'
        "{% for one in step.evidence %}<sup>{{ source(one) }}</sup>{% endfor %}{% endfor %}</li>\n"
    )
    files = {"templates/parts/source-row.html": row, "templates/parts/claim-row.html": claim_row}
    assert "About seen" in (built(tmp_path / "desk", PAPERS, {**meeting(), **files}) / "topics/trade.html").read_text(
        encoding="utf-8"
    )
    for folder in ("desk", "clean"):
        root = write_desk(tmp_path / folder, PAPERS, {**meeting(title="Something new"), **files})
        assert not build(Request(root), tmp_path / folder / "site").failed
    assert tree(tmp_path / "desk/site") == tree(tmp_path / "clean/site")
    assert b"Something new" in tree(tmp_path / "desk/site")["topics/trade.html"]


@pytest.mark.parametrize("asked", ["claims", "open"])
def test_what_those_that_cite_an_article_cannot_know_of_it_is_not_to_be_had(asked: str, tmp_path: Path) -> None:
    files = {**meeting(), "templates/parts/source-row.html": f"<li>{{{{ article.{asked} }}}}</li>\n"}
    problems = build(Request(write_desk(tmp_path, PAPERS, files)), tmp_path / "site").outcome().problems
    assert {(one.code, str(one.place)) for one in problems} == {
        ("template-error", "templates/parts/source-row.html:1:1")
    }


def test_ids_of_cards_are_no_others_whatever_an_article_is_called(tmp_path: Path) -> None:
    ahead: Fields = {"modality": "expectation", "summit": "meeting"}
    papers = {"topic": Paper("2025-02-05", {"trade": ahead}), "page": Paper("2025-02-05", {"timeline": dict(ahead)})}
    page = parsed(built(tmp_path, papers, meeting()) / "summits/meeting.html")
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    chips = [link for one in having(page, "ul", "chips") for link in links_in(one)]
    assert sorted(chips) == ["#claim_page_timeline", "#claim_topic_trade"]
    assert {link.removeprefix("#") for link in chips} <= set(ids)
