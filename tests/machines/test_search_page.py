"""The search in a browser: what readers type leads to the words of a claim, from a host's folder and from a disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.commands import built
from tests.demo.browsing import chromium
from tests.machines.searchable import ARTICLES, QUERIES, header_policy, served, write_searchable

pytestmark = pytest.mark.slow

JAPANESE = [query for query in QUERIES if not query.isascii()]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("searchable")
    return built(write_searchable(folder / "desk"), folder / "site")


@pytest.fixture(scope="module", params=["host", "disk"])
def address(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    if request.param == "disk":
        yield f"{site.as_uri()}/"
    else:
        with served(site, header_policy()) as address:
            yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda told: complaints.append(told.text) if told.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.close()
    assert complaints == []


def test_there_are_twenty_queries_and_ten_of_them_are_japanese() -> None:
    assert len(QUERIES) == 20
    assert len(JAPANESE) == 10


def test_every_query_leads_to_the_words_of_its_claim(address: str, page: Page) -> None:
    found, words = {}, {}
    for query in QUERIES:
        page.goto(f"{address}search.html")
        page.keyboard.type(query)
        page.locator("#search_status b").wait_for()
        first = page.locator("#search_results li").first
        found[query] = ref = str(first.get_attribute("data-claim"))
        first.locator("a").click()
        article, _, id = ref.partition("#")
        page.wait_for_url(f"{address}articles/{article}.html#{id}")
        words[ref] = page.locator(f"mark[data-claims~='{id}']").all_inner_texts()
    assert found == QUERIES
    assert words == {ref: [quote_of(ref)] for ref in words}


def quote_of(ref: str) -> str:
    article, _, id = ref.partition("#")
    return ARTICLES[article][3][id].quote


def test_a_result_says_what_is_stated_how_it_stands_its_source_and_its_day(address: str, page: Page) -> None:
    page.goto(f"{address}search.html#?q=供給網")
    row = page.locator("#search_results li").first
    assert row.locator("b.st").inner_text() == "pending"
    assert row.locator("a").inner_text() == ARTICLES["talks"][3]["rare-earths"].quote
    assert row.locator("a").get_attribute("lang") == "ja"
    assert row.locator("a i").inner_text() == "供給網"
    assert "Asahi" in row.locator(".u").inner_text()
    assert row.locator("time").get_attribute("datetime") == "2026-02-20"


def test_what_is_no_text_of_the_page_is_shown_as_text(address: str, page: Page) -> None:
    page.goto(f"{address}search.html#?q=revenue duties")
    assert page.locator("#search_results q").first.inner_text().strip('“”"') == ARTICLES["tariffs"][3]["revenue"].quote
    assert page.locator("#search_results q b").count() == 0


def test_the_keyboard_goes_from_any_page_to_the_words_of_a_claim(address: str, page: Page) -> None:
    page.goto(f"{address}ledger.html")
    page.keyboard.press("/")
    page.wait_for_url(f"{address}search.html")
    page.keyboard.type("tariff")
    page.locator("#search_status b").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.closest('li').dataset.claim") == "tariffs#letter"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}articles/tariffs.html#letter")
    page.go_back()
    page.locator("#search_status b").wait_for()
    assert page.input_value("#search_words") == "tariff"


def test_what_is_found_is_narrowed_down(address: str, page: Page) -> None:
    page.goto(f"{address}search.html#?q=takaichi")
    page.locator("#search_results li:nth-child(2)").wait_for()
    page.select_option("[name=year]", "2025")
    page.locator("#search_results li:only-child").wait_for()
    assert page.locator("#search_results li").get_attribute("data-claim") == "tariffs#steel"


def refs(page: Page, query: str) -> list[str | None]:
    """The claims that are found, in their order, once it is said how many."""
    page.goto(f"{page.url.partition('search.html')[0]}search.html#?q=")
    page.fill("#search_words", query)
    page.locator("#search_status p").wait_for()
    return [row.get_attribute("data-claim") for row in page.locator("#search_results li").all()]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"tariff of 25"', ["tariffs#letter"]),
        ('"25 tariff"', []),
        ("“old rate” steel", ["tariffs#steel"]),
        ("「防衛費」", ["budget#defense-share"]),
        ('"tarif"', []),  # what is in quotes is no beginning
        ("tarif", ["tariffs#letter", "tariffs#revenue", "tariffs#steel"]),
        ("2026-02-20", ["talks#tariff", "talks#visit", "talks#rare-earths"]),
        ("2026-02 鉱物", ["talks#rare-earths"]),
        ("2026-0", [f"{article}#{id}" for article in ("talks", "budget") for id in ARTICLES[article][3]]),
        ("june 2025 gas", ["harbor#lng"]),
        ("2025-13", []),
        ("pending", ["talks#rare-earths"]),
    ],
)
def test_phrases_days_and_beginnings(address: str, page: Page, query: str, found: list[str]) -> None:
    page.goto(f"{address}search.html")
    assert sorted(map(str, refs(page, query))) == sorted(found)


# Typed by somebody who means no harm, or some: nothing is found, it is said so, and the next query works.
STRANGE = [
    *("__proto__", "constructor", "toString", ".*+?^${}()|[]\\/", "<img src=x onerror=alert(1)>", "\u202eabc", "😀 🏝️"),
    *('"', "'; DROP TABLE claims --", "%00%ff", "&q=x#?q=y", "qqqq " * 2000, "防" * 3000),
    *("العربية עברית", "#topic-trade"),
]


def test_strange_queries_are_queries(address: str, page: Page) -> None:
    page.goto(f"{address}search.html")
    for query in STRANGE:
        page.fill("#search_words", query)
        page.locator("#search_status p").wait_for()
        assert page.locator("#search_status b").count() == 0 or not page.locator("[data-told=found]").count(), query
        page.fill("#search_words", "container")
        page.locator("[data-told=found]").wait_for()
    page.fill("#search_words", "   ")
    page.locator("#search_status:empty").wait_for()
    assert page.locator("#search_results li").count() == 0


def test_what_nothing_has_is_named(address: str, page: Page) -> None:
    page.goto(f"{address}search.html?q=container+zebra+yak")
    assert page.locator("[data-told=missing] b").inner_text() == "zebra yak"
    page.fill("#search_words", "container takaichi")
    assert page.locator("[data-told=none]").inner_text().startswith("Nothing has all of these words")


def test_who_is_looked_for_is_led_to_the_page_of_a_person(address: str, page: Page) -> None:
    page.goto(f"{address}search.html?q=高市")
    first = page.locator("#search_names a").first
    assert (first.inner_text(), first.get_attribute("href")) == ("Sanae Takaichi", "people/takaichi.html")
    page.select_option("[name=year]", "2025")  # claims of that year are wanted, and no page is of one
    page.locator("#search_results li:only-child").wait_for()
    assert page.locator("#search_names li").count() == 0


def test_the_address_is_that_of_the_query(address: str, page: Page) -> None:
    page.goto(f"{address}search.html?q=tariff&year=2025")
    page.locator("[data-told=found]").wait_for()
    page.fill("#search_words", "harbor deal")
    page.locator("#search_results li").first.wait_for()
    assert page.url.endswith("q=harbor+deal&year=2025")
    page.reload()
    page.locator("[data-told=found]").wait_for()
    assert (page.input_value("#search_words"), page.input_value("[name=year]")) == ("harbor deal", "2025")
    page.fill("#search_words", "")
    page.select_option("[name=year]", "")
    page.locator("#search_status:empty").wait_for()
    assert "q=" not in page.url.partition("#")[2] or address.startswith("http")
    page.goto("about:blank")
    page.go_back()
    assert page.input_value("#search_words") == ""


def test_pairs_that_stand_apart_are_not_the_word_that_was_typed(address: str, page: Page) -> None:
    page.goto(f"{address}search.html#?q=車関税で")  # 車関 is in the words, 税で in the title
    page.locator("#search_status p").wait_for()
    assert page.locator("#search_results li").count() == 0


def test_a_part_that_is_missing_is_told_and_the_next_query_works(site: Path, page: Page) -> None:
    with served(site, header_policy()) as address:
        page.route("**/search/all-c0.js*", lambda route: route.fulfill(body=""), times=1)
        page.goto(f"{address}search.html#?q=revenue")
        page.locator("#search_status", has_text="could not be loaded").wait_for()
        page.fill("#search_words", "container")
        page.locator("#search_status b").wait_for()
        assert page.locator("#search_results li").first.get_attribute("data-claim") == "harbor#port"


def test_without_scripts_the_page_says_where_else_to_look(site: Path, browser: Browser) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{site.as_uri()}/search.html")
    assert "needs scripts" in page.locator("main").inner_text()
    assert not page.locator("form").is_visible()
    page.close()
