"""`--drafts`: an edition in a folder of its own, of which every page says what it is."""

from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from click.testing import CliRunner

from briefing.cli import main
from tests.sites.desks import Paper, write_desk

DRAFT = "---\ntitle: Not yet\nsource: gazette\npublished: 2026-03-02\ndraft: true\n---\n\nWords.\n"
MOVED = "---\ntitle: About\naliases: [imprint]\n---\n\nWho we are.\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with so many articles that it has pages by year, with a page that has moved, and a draft."""
    papers = {f"a{number:03}": Paper(f"2025-01-{number % 28 + 1:02}") for number in range(101)}
    papers["talks"] = Paper("2026-03-01", {"one": {"modality": "expectation"}})
    more = {"content/articles/draft.md": DRAFT, "content/pages/about.md": MOVED}
    return write_desk(tmp_path_factory.mktemp("desk"), papers, more)


def run(desk: Path, *options: str) -> None:
    ended = CliRunner().invoke(main, ["-C", str(desk), "build", *options])
    assert ended.exit_code == 0, ended.output


def pages(folder: Path) -> dict[str, Element]:
    found = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}
    return {name: html5lib.parse(text, namespaceHTMLElements=False) for name, text in found.items()}


def is_marked(page: Element) -> tuple[bool, bool]:
    """Whether a page tells its readers, and whether it tells search engines."""
    notes = ["".join(note.itertext()) for note in page.iter("p") if note.get("role") == "note"]
    robots = [meta.get("content") for meta in page.iter("meta") if meta.get("name") == "robots"]
    return any("drafts" in note and "not for publication" in note for note in notes), robots == ["noindex"]


def test_drafts_go_to_a_folder_of_their_own_and_every_page_says_so(desk: Path) -> None:
    run(desk, "--drafts")
    assert not (desk / "site").exists()
    found = pages(desk / "site-drafts")
    assert {"index.html", "404.html", "imprint.html", "articles/draft.html", "articles/index.html"} <= set(found)
    assert any(name.startswith("archive/") for name in found)
    assert [name for name, page in found.items() if is_marked(page) != (True, True)] == []


def test_the_published_site_is_left_alone_and_unmarked(desk: Path) -> None:
    run(desk)
    before = {path: path.read_bytes() for path in (desk / "site").rglob("*") if path.is_file()}
    run(desk, "--drafts")
    assert {path: path.read_bytes() for path in (desk / "site").rglob("*") if path.is_file()} == before
    published = pages(desk / "site")
    assert "articles/draft.html" not in published
    unfound = {"imprint.html", "changes.html", "404.html"}
    assert {is_marked(page) for name, page in published.items() if name not in unfound} == {(False, False)}


@pytest.mark.slow
def test_the_edition_changes_with_the_option_in_one_output(desk: Path) -> None:
    for option, marked in (["--drafts"], True), ([], False), (["--drafts"], True):
        run(desk, *option, "--output", str(desk / "out"))
        assert is_marked(pages(desk / "out")["index.html"]) == (marked, marked)
        assert (desk / "out/articles/draft.html").exists() == marked
