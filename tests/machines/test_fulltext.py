"""`search: pagefind`: whole pages are found as well, and what Pagefind makes is part of the site as any other file."""

import re
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Page

from briefing.diagnostics import EnvironmentProblem
from briefing.write import fulltext
from tests.commands import build_command, built, built_apart, environment
from tests.demo.browsing import chromium
from tests.machines.searchable import header_policy, served, write_searchable

pytestmark = pytest.mark.slow

PAGEFIND = "search: pagefind\n"
# What docs/hosting.md says to add.
WITH_WASM = header_policy().replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("searchable")
    return built_apart(write_searchable(folder / "desk", PAGEFIND), folder / "site")


@pytest.fixture(scope="module")
def page(site: Path) -> Iterator[Page]:
    with chromium() as browser, served(site, WITH_WASM) as address:
        page = browser.new_page()
        page.goto(f"{address}search.html")
        yield page


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("防衛費", "articles/budget.html#defense-share"),
        ("関税", "articles/talks.html#tariff"),
        ("再稼働", "articles/budget.html#nuclear"),
        ("container", "articles/harbor.html#port"),
        ("aluminum", "articles/tariffs.html#steel"),
    ],
)
def test_a_hit_in_an_article_leads_to_the_mark_of_its_claim(page: Page, query: str, path: str) -> None:
    page.fill("#search_words", query)
    link = page.locator(f"#search_pages a[href$='{path}']")
    link.wait_for()
    assert link.get_attribute("href") == f"/a/b/{path}"
    assert page.locator("#search_pages q i").first.inner_text()


def test_pages_are_narrowed_down_by_what_they_are(page: Page) -> None:
    page.fill("#search_words", "tariff")
    page.locator("#search_pages a[href*='articles/']").first.wait_for()
    page.select_option("[name=kind]", "topic")
    page.locator("#search_pages li:only-child a[href*='topics/trade.html']").wait_for()
    page.select_option("[name=kind]", "")


class Marked(HTMLParser):
    """Whether a page has an element that Pagefind looks into, and the policy of the page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.is_indexed, self.policy = False, ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.is_indexed |= "data-pagefind-body" in found
        if found.get("http-equiv") == "Content-Security-Policy":
            self.policy = str(found["content"])


def test_only_primary_pages_are_marked_and_only_the_search_may_run_the_machine_of_pagefind(site: Path) -> None:
    pages = {path.relative_to(site).as_posix(): Marked(path.read_text("utf-8")) for path in site.rglob("*.html")}
    marked = {path for path, page in pages.items() if page.is_indexed}
    assert {"articles/talks.html", "topics/trade.html"} <= marked
    assert all(re.fullmatch(r"(articles|topics|summits)/(?!index)[\w-]+\.html|[\w-]+\.html", path) for path in marked)
    assert marked.isdisjoint({"index.html", "ledger.html", "timeline.html", "search.html", "404.html"})
    assert [path for path, page in pages.items() if "wasm" in page.policy] == ["search.html"]


def files_of(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_without_it_no_page_knows_of_pagefind(tmp_path: Path) -> None:
    site = built(write_searchable(tmp_path / "desk"), tmp_path / "site")
    files = files_of(site)
    assert [path for path, data in files.items() if path.endswith(".html") and b"pagefind" in data] == []
    assert [path for path in files if path.startswith("pagefind")] == []


def test_an_edit_is_in_the_index_and_what_stays_the_same_is_not_made_again(tmp_path: Path) -> None:
    desk, site = write_searchable(tmp_path / "desk", PAGEFIND), tmp_path / "site"
    before = files_of(built_apart(desk, site))
    built_apart(desk, site)
    assert files_of(site) == before
    (desk / "templates/assets").mkdir(parents=True)
    (desk / "templates/assets/custom.css").write_text("b { color: red }")
    built_apart(desk, site)
    # Pages have the new name of the style sheet, but no other words.
    assert not [
        path for path, data in files_of(site).items() if before.get(path) != data and path.startswith("pagefind/")
    ]
    article = desk / "content/articles/harbor.md"
    article.write_text(article.read_text("utf-8") + "\nA quay of basalt is planned.\n", "utf-8")
    built_apart(desk, site, "--verify")
    after = files_of(site)
    fragments = [path for path in after if path.startswith("pagefind/fragment/")]
    assert len(fragments) == len([path for path in before if path.startswith("pagefind/fragment/")])
    assert any(path not in before for path in fragments)
    (site / fragments[0]).unlink()
    built_apart(desk, site)
    again = files_of(site)  # some of its files have other names and bytes each time
    assert len(again) == len(after)
    assert {path for path in again if not path.startswith("pagefind")} == {
        path for path in after if not path.startswith("pagefind")
    }


def test_what_is_missing_is_said_in_one_line_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fulltext, "_PACKAGES", ("pagefind-that-is-nowhere",))
    with pytest.raises(EnvironmentProblem) as problem:
        fulltext.indexer()
    assert "pipx install '.[search]'" in str(problem.value)


def test_a_search_that_there_is_not_is_an_error_with_its_place(tmp_path: Path) -> None:
    desk = write_searchable(tmp_path / "desk", "search: lunr\n")
    command = [*build_command(desk, tmp_path / "site"), "--format=concise"]
    done = subprocess.run(command, env=environment(), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("config.yaml:2:9: error[bad-value]")
