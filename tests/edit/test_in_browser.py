"""The desk in Chromium: words selected in a page become a claim, the claim gets a status, and all is taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.demo.browsing import AXE, BOUND, RUN, chromium
from tests.edit.selecting import select_at_random
from tests.edit.served import served, write_site
from tests.outputs import tree

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path)


@pytest.fixture
def page(site: Path, browser: Browser) -> Iterator[Page]:
    with served(site) as address:
        context = browser.new_context(base_url=address)
        page = context.new_page()
        page.set_default_timeout(BOUND)
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        yield page
        context.close()
        # A refusal is an answer like any other to the script, but Chromium tells of its status.
        assert [one for one in wrong if "409 (Conflict)" not in one] == []


SELECT = """([start, end]) => {
    const walker = document.createTreeWalker(document.querySelector('.prose:not([hidden])'), NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let isBegun = false;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const from = node.data.indexOf(start), to = node.data.indexOf(end);
        if (!isBegun && from >= 0) { range.setStart(node, from); isBegun = true; }
        if (isBegun && to >= 0) { range.setEnd(node, to + end.length); break; }
    }
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


def select(page: Page, start: str, end: str) -> None:
    """Select the words from `start` to `end`, which each stand in one piece of text."""
    page.evaluate(SELECT, [start, end])


def test_words_become_a_claim_with_a_status_and_all_is_undone(page: Page, site: Path) -> None:
    """The way of a desk: select, add, see it on the summit's page, say what became of it, take both back."""
    before = tree(site)
    file = site / "content/annotations/preview.yaml"
    first = file.read_bytes()
    page.goto("articles/preview.html")
    select(page, "likely", "natural gas")
    page.get_by_role("button", name="Mark as claim").wait_for()
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog", name="New claim")
    assert dialog.locator("blockquote").inner_text() == "likely to announce a contract for natural gas"
    assert dialog.get_by_label("Kind of statement").input_value() == "expectation"
    assert "likely" in dialog.get_by_label("Hedge").input_value()
    dialog.get_by_label("Text", exact=True).fill("They will announce a contract: for gas.")
    for topic in dialog.get_by_role("group", name="Topics").get_by_role("checkbox").all():
        topic.uncheck()
    dialog.get_by_label("Energy").check()
    dialog.get_by_text("More", exact=True).click()
    dialog.get_by_label("Id", exact=True).fill("gas-contract")
    dialog.get_by_label("Recorded", exact=True).fill("")
    dialog.get_by_role("button", name="Add").click()
    page.locator("li[data-claim='preview#gas-contract']").wait_for(state="attached")
    added = file.read_bytes()
    start = added.index(b"\n  - id: gas-contract\n")
    block = added[start : added.index(b"# the end", start)]
    assert added.replace(block, b"") == first
    assert b"    quote: likely to announce a contract for natural gas\n    text: 'They will announce" in block

    page.goto("summits/port-sel.html")
    page.get_by_text("They will announce a contract: for gas.").first.wait_for()

    page.goto("articles/preview.html")
    note = page.locator("li[data-claim='preview#gas-contract']")
    note.locator("summary").first.click()
    note.get_by_role("button", name="Add a status").click()
    dialog = page.get_by_role("dialog", name="Status")
    dialog.get_by_label("Status", exact=True).select_option("fulfilled")
    dialog.get_by_label("On", exact=True).fill("2026-03-07")
    dialog.get_by_label("Why", exact=True).fill("The communiqué says so.")
    dialog.get_by_role("button", name="Add").click()
    dialog.get_by_role("alert").get_by_text("names no evidence").wait_for()
    assert file.read_bytes() == added
    dialog.get_by_label("Evidence", exact=True).fill("concluded gas")
    dialog.get_by_role("button", name="Cite communique#concluded").click()
    dialog.get_by_role("button", name="Add").click()
    page.locator("li[data-claim='preview#gas-contract'] summary .st.fulfilled").wait_for()
    assert b"        evidence: [communique#concluded]\n" in file.read_bytes()

    page.get_by_role("button", name="Undo").click()
    page.locator("li[data-claim='preview#gas-contract'] summary .st.pending").wait_for(state="attached")
    assert file.read_bytes() == added
    page.get_by_role("button", name="Undo").click()
    note.wait_for(state="detached")
    assert tree(site) == before


def test_the_text_of_a_claim_is_edited_at_its_place(page: Page, site: Path) -> None:
    """And a file that somebody has saved meanwhile is not changed."""
    file = site / "content/annotations/preview.yaml"
    first = file.read_bytes()
    page.goto("articles/preview.html")
    note = page.locator("li[data-claim='preview#joint-exercise']")
    note.locator("summary").first.click()
    note.get_by_role("button", name="Edit the text").click()
    dialog = page.get_by_role("dialog", name="Text of a claim")
    assert dialog.get_by_label("Text", exact=True).input_value() == "Brandt would consider a joint exercise."
    file.write_bytes(first + b"# by another hand\n")
    dialog.get_by_label("Text", exact=True).fill("Brandt may agree to an exercise.")
    dialog.get_by_role("button", name="Save").click()
    dialog.get_by_role("alert").get_by_text("was changed since this page was made").wait_for()
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    note.get_by_role("button", name="Edit the text").click()
    dialog.get_by_label("Text", exact=True).fill("Brandt may agree to an exercise.")
    dialog.get_by_role("button", name="Save").click()
    page.get_by_text("Brandt may agree to an exercise.").first.wait_for()
    old, new = b"text: Brandt would consider a joint exercise.", b"text: Brandt may agree to an exercise."
    assert file.read_bytes() == first.replace(old, new) + b"# by another hand\n"


def test_a_text_that_is_kept_apart_is_marked_in_and_anchored(page: Page, site: Path) -> None:
    """Its page shows no more than is quoted, its editor sees the whole; undone, there are no anchors either."""
    before = tree(site)
    page.goto("articles/apart.html")
    page.get_by_role("button", name="Show the whole text").click()
    page.locator("#_briefing-text").wait_for()
    select(page, "First deliveries", "by sea")
    page.keyboard.press("m")
    page.get_by_role("dialog", name="New claim").wait_for()
    page.keyboard.press("Escape")
    select(page, "contract for", "gas")
    page.get_by_role("button", name="Mark as claim").click()
    dialog = page.get_by_role("dialog", name="New claim")
    assert dialog.locator("blockquote").inner_text() == "contract for natural gas"
    dialog.get_by_label("Energy").check()
    dialog.get_by_role("button", name="Add").click()
    page.locator("li[data-claim='apart#contract-for-natural-gas']").wait_for(state="attached")
    assert "contract-for-natural-gas:" in (site / "content/anchors/apart.yaml").read_text()
    page.get_by_role("button", name="Undo").click()
    page.locator("li[data-claim]").wait_for(state="detached")
    assert tree(site) == before


def test_the_panel_is_a_dialog_for_everybody(page: Page) -> None:
    """Its focus stays in it, Escape closes it and gives the focus back; nothing in it breaks a rule that axe knows."""
    page.goto("articles/preview.html")
    select(page, "likely", "natural gas")
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog", name="New claim")
    dialog.wait_for()
    for fold in dialog.locator("summary").all():
        fold.click()
    page.evaluate(AXE.read_text())
    assert page.evaluate(RUN, [["wcag2a", "wcag2aa", "wcag21aa", "best-practice"], {}]) == []
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") in ("_briefing-desk", "")
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    assert page.evaluate("getSelection().toString()").startswith("likely")
    page.keyboard.press("m")
    dialog.wait_for()


def test_nothing_can_be_changed_where_it_is_read_only(site: Path, browser: Browser) -> None:
    """There is no button, no token and no address for it."""
    with served(site, "--read-only") as address:
        context = browser.new_context(base_url=address)
        page = context.new_page()
        page.goto("articles/preview.html")
        page.wait_for_load_state("networkidle")
        select(page, "likely", "natural gas")
        page.keyboard.press("m")
        assert page.locator("dialog, ._briefing-button").count() == 0
        assert "data-token" not in page.content()
        assert page.request.get("_briefing/desk/choices?article=preview").status == 404
        assert page.request.post("_briefing/desk/undo", data={"undo": "x"}).status == 405
        context.close()


@pytest.mark.parametrize("article", ["preview", "apart"])
def test_random_selections_are_quotes_that_are_found(page: Page, site: Path, article: str) -> None:
    """Across emphasis, links, list items, footnotes, cells and marks: each is one block more, and `check` finds it."""
    select_at_random(page, site, article, 12)
