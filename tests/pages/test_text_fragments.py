"""Text fragments: the addresses, and that a browser finds the words they lead to."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from briefing.views.text_fragments import leading_to
from tests.commands import BOUND_SECONDS

BOUND = BOUND_SECONDS * 1000  # as the browser counts
PAGE = "https://example.org/statement.html"
LONG = "The two governments will build the canal that was promised, and share its costs."
JAPANESE = (
    "両国政府は、昨年約束された運河を二つの湖のあいだに建設し、"
    "その費用を等しく分担し、来年の春までに、詳細を共同で発表する"
)
NINE = "one two three four five six seven eight nine"
FEW_LONG = " ".join(letter * 30 for letter in "abc")

ADDRESSES: dict[str, tuple[tuple[Any, ...], str]] = {
    "words": (("share its costs",), "#:~:text=share%20its%20costs"),
    "what a directive is made of": (("a free-trade zone, R&D",), "#:~:text=a%20free%2Dtrade%20zone%2C%20R%26D"),
    "percent signs and hashes": (("50% of #1",), "#:~:text=50%25%20of%20%231"),
    "quotation marks": (("“a win” it's",), "#:~:text=%E2%80%9Ca%20win%E2%80%9D%20it%27s"),
    "white space": (("share\n its   costs",), "#:~:text=share%20its%20costs"),
    "words before": (("costs", "share its"), "#:~:text=share%20its-,costs"),
    "words after": (("share", None, "its costs"), "#:~:text=share,-its%20costs"),
    "both": (("its", "share", "costs"), "#:~:text=share-,its,-costs"),
    "hyphens before": (("its", "cost-free"), "#:~:text=cost%2Dfree-,its"),
    "many words before": (("its", "one two three four five six"), "#:~:text=three%20four%20five%20six-,its"),
    "eight words": ((NINE[:-5],), "#:~:text=" + NINE[:-5].replace(" ", "%20")),
    "nine words": ((NINE,), "#:~:text=one%20two%20three%20four,six%20seven%20eight%20nine"),
    "few long words": ((FEW_LONG,), "#:~:text=" + FEW_LONG.replace(" ", "%20")),
    "one long word": (("a" * 200,), "#:~:text=" + "a" * 200),
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_is_as_the_specification_has_it(name: str) -> None:
    arguments, expected = ADDRESSES[name]
    assert leading_to(PAGE, *arguments) == PAGE + expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a?b=c&d", "https://example.org/a?b=c&d#:~:text=its"),
        ("https://example.org/a#part", "https://example.org/a#part:~:text=its"),
        ("https://example.org/a#:~:text=old", "https://example.org/a#:~:text=its"),
        ("https://example.org/a#part:~:text=old", "https://example.org/a#part:~:text=its"),
        (
            "https://web.archive.org/web/2026/https://example.org/a",
            "https://web.archive.org/web/2026/https://example.org/a#:~:text=its",
        ),
    ],
)
def test_the_address_of_the_page_stays_what_it_is(url: str, expected: str) -> None:
    assert leading_to(url, "its") == expected


def test_long_words_without_spaces_are_cut_at_punctuation_only() -> None:
    start, end = unquote(leading_to(PAGE, JAPANESE).partition("text=")[2]).split(",")
    assert JAPANESE.startswith(start)
    assert JAPANESE.endswith(end)
    assert JAPANESE[len(start)] == "、"
    assert JAPANESE[-len(end) - 1] == "、"
    bare = JAPANESE.replace("、", "")
    assert unquote(leading_to(PAGE, bare).partition("text=")[2]) == bare


HTML = f"""\
<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Statement</title>
<style>:target-text {{ color: rgb(1, 2, 3) }} p {{ margin: 2000px 0 }}</style>
<p>The beginning. Nothing is here.</p>
<p>They want a free-trade zone, R&amp;D at 50% &amp; more: “a win for both”, it’s said (twice).</p>
<p id="again">The costs are high. The costs are low.</p>
<p>{LONG.replace("that was", "that <em>was</em>")}</p>
<p>The first of two</p><p>paragraphs with words enough for it to be long.</p>
<p lang="ja">{JAPANESE}。</p>
<p>The end.</p>
"""
# Words as an editor wrote them, with those before and after, and which paragraph a browser shows.
FOUND: dict[str, tuple[tuple[Any, ...], int]] = {
    "plain words": (("Nothing is here",), 0),
    "hyphen, comma, ampersand": (("a free-trade zone, R&D at 50% & more:",), 1),
    "typographic quotation marks": (("“a win for both”",), 1),
    "other quotation marks than the page has": (('"a win for both", it\'s said',), 1),
    "punctuation at the end": (("it's said (twice).",), 1),
    "a prefix": (("costs are", "high. The"), 2),
    "a suffix": (("The costs are", None, "low"), 2),
    "many words": ((LONG,), 3),
    "many words without the last stop": ((LONG[:-1],), 3),
    "words in two paragraphs": (("The first of two paragraphs with words enough for it",), 4),
    "many Japanese words": ((JAPANESE,), 6),
    "Japanese words": (("昨年約束された運河",), 6),
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("original")
    (folder / "statement.html").write_text(HTML, encoding="utf-8")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/statement.html"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags, timeout=BOUND)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_context(viewport={"width": 800, "height": 600}).new_page()
    page.set_default_timeout(BOUND)
    page.goto(address)
    yield page
    page.context.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", FOUND)
def test_a_browser_finds_the_words(name: str, browser: Browser, address: str) -> None:
    arguments, paragraph = FOUND[name]
    with opened(browser, leading_to(address, *arguments)) as page:
        page.wait_for_function("scrollY > 0")
        seen = page.evaluate(
            "[...document.querySelectorAll('p')].findIndex("
            "p => p.getBoundingClientRect().bottom > 0 && p.getBoundingClientRect().top < innerHeight)"
        )
    assert seen == paragraph


@pytest.mark.slow
def test_a_browser_stays_at_the_top_for_words_that_are_not_there(browser: Browser, address: str) -> None:
    with opened(browser, leading_to(address, "Nothing is everywhere")) as page:
        page.wait_for_timeout(300)
        assert page.evaluate("scrollY") == 0
