"""A meeting with very many articles: its page stays one that a phone can load, and pages by year have all of it."""

from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from tests.sites.desks import Paper, built, words_of

ARTICLES = 720
MODALITIES = ("expectation", "commitment", "fact")
SUMMIT = {
    "content/places.yaml": "land: {name: Land}\nsee: {name: See}\n",
    "content/summits/meeting.md": (
        "---\ntitle: Meeting\nstart: 2026-03-05\nstatus: held\ndocuments: [a000, a001, a002]\n---\n\nWords.\n"
    ),
}


def published(number: int) -> str:
    return f"2026-{number % 6 + 1:02}-{number % 28 + 1:02}"


def text_of(id: str, number: int, claims: dict[str, dict[str, object]]) -> str:
    """An article that names the meeting; three of them are texts of its sides."""
    sides = {0: "[land]", 1: "[see]", 2: "[land, see]"}
    issued = f"issued_by: {sides[number]}\n" if number in sides else ""
    head = f"title: About {id}\nsource: gazette\npublished: {published(number)}\nsummits: [meeting]\n{issued}"
    return f"---\n{head}---\n\n" + " ".join(f"Here {words_of(claim)}." for claim in claims) + "\n"


def site_of(folder: Path, articles: int) -> Path:
    """A meeting with so many articles of three claims each, before it, on its day and after it."""
    papers, files = {}, dict(SUMMIT)
    for number in range(articles):
        id = f"a{number:03}"
        claims: dict[str, dict[str, object]] = {
            f"c{number}x{part}": {"modality": modality, "summit": "meeting", "topics": ["trade"], "text": "A text."}
            for part, modality in enumerate(MODALITIES)
        }
        papers[id] = Paper(published(number), claims)
        files[f"content/articles/{id}.md"] = text_of(id, number, claims)
    return built(folder, papers, files)


def parsed(file: Path) -> Element:
    return html5lib.parse(file.read_text(encoding="utf-8"), namespaceHTMLElements=False)


def refs_in(page: Element) -> set[str]:
    return {str(element.get("data-claim")) for element in page.iter() if "data-claim" in element.attrib}


def links_in(page: Element, start: str) -> list[str]:
    hrefs = [str(link.get("href")) for link in page.iter("a")]
    return [href.removeprefix("../") for href in hrefs if href.startswith(f"../{start}")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site_of(tmp_path_factory.mktemp("summit"), ARTICLES)


@pytest.mark.slow
def test_the_page_of_a_meeting_with_720_articles_is_small(site: Path) -> None:
    # It was of 1,890,287 bytes: every claim in the ledger or under its topic, and every article in the list.
    assert (site / "summits/meeting.html").stat().st_size < 200_000


@pytest.mark.slow
def test_what_is_cut_says_how_much_there_is(site: Path) -> None:
    page = parsed(site / "summits/meeting.html")
    told = [" ".join("".join(line.itertext()).split()) for line in page.iter("p") if line.get("class") == "u"]
    cut = [line for line in told if line.startswith("The newest")]
    assert "The newest 20 of 720." in cut
    assert sum(line.startswith("The newest 30 of ") for line in cut) == 2
    assert "The newest 12 of 717." in cut


@pytest.mark.slow
def test_the_pages_by_year_have_all_claims_and_all_articles(site: Path) -> None:
    page = parsed(site / "summits/meeting.html")
    assert links_in(page, "archive/summits/") == [
        "archive/summits/meeting-2026.html",
        "archive/summits/meeting-articles-2026.html",
    ]
    claims = periods(site, "meeting-2026.html")
    assert set().union(*map(refs_in, claims)) == {f"a{n:03}#c{n}x{part}" for n in range(ARTICLES) for part in range(3)}
    links = [link for page in periods(site, "meeting-articles-2026.html") for link in links_in_main(page)]
    listed = {Path(link).stem for link in links if link.startswith("../../articles/")}
    assert listed == {f"a{n:03}" for n in range(ARTICLES)}


def links_in_main(page: Element) -> list[str]:
    return [str(link.get("href")) for link in next(iter(page.iter("main"))).iter("a")]


def periods(site: Path, name: str) -> list[Element]:
    """The page of a period, and those of its months and days."""
    page = parsed(site / "archive/summits" / name)
    shorter = [link for link in links_in_main(page) if link.startswith(name.removesuffix(".html") + "-")]
    return [page, *(of for link in shorter for of in periods(site, link))]


def test_a_meeting_with_few_claims_shows_them_all(tmp_path: Path) -> None:
    site = site_of(tmp_path, 30)
    page = (site / "summits/meeting.html").read_text(encoding="utf-8")
    assert len(refs_in(parsed(site / "summits/meeting.html"))) == 90
    assert "are shown" not in page
    assert "The newest" not in page
    assert not (site / "archive/summits").exists()


def test_a_place_of_very_many_people_and_bodies_lists_sixty_of_each(tmp_path: Path) -> None:
    people = "".join(f"p{n:03}: {{name: Person {n:03}, country: land}}\n" for n in range(61))
    bodies = "".join(f"b{n:03}: {{name: Body {n:03}, country: land}}\n" for n in range(60))
    files = {
        "content/people.yaml": people,
        "content/organizations.yaml": bodies,
        "content/places.yaml": "land: {name: L}\n",
    }
    page = parsed(built(tmp_path, {}, files) / "places/land.html")
    assert len(links_in(page, "people/")) == len(links_in(page, "organizations/")) == 60
    told = ["".join(line.itertext()) for line in next(iter(page.iter("main"))).iter("p") if line.get("class") == "u"]
    assert told[:1] == ["All 61"]
    assert [line for line in told if line.startswith("All")] == ["All 61"]


def test_people_and_bodies_with_very_many_meetings_and_offices_list_sixty(tmp_path: Path) -> None:
    summits = {
        f"content/summits/s{n:02}.md": (
            f"---\ntitle: S{n}\nstart: 2025-{n % 12 + 1:02}-{n % 28 + 1:02}\nparticipants: [{{person: p00}}]\n---\n"
        )
        for n in range(61)
    }
    people = "".join(f"p{n:02}: {{name: P{n}, roles: [{{post: Clerk, organization: body}}]}}\n" for n in range(61))
    files = {"content/people.yaml": people, "content/organizations.yaml": "body: {name: Body}\n", **summits}
    site = built(tmp_path, {}, files)
    assert len(links_in(parsed(site / "people/p00.html"), "summits/s")) == 60
    assert "The newest 60 of 61." in (site / "people/p00.html").read_text(encoding="utf-8")
    assert len(links_in(parsed(site / "organizations/body.html"), "people/")) == 60
    assert "The first 60 of 61." in (site / "organizations/body.html").read_text(encoding="utf-8")
