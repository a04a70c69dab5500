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
    before = tree(site / "content")
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
    assert tree(site / "content") == before


def test_the_text_of_a_claim_is_edited_at_its_place(page: Page, site: Path) -> None:
    """And a file that somebody has saved meanwhile is not changed."""
    file = site / "content/annotations/preview.yaml"
    first = file.read_bytes()
    page.goto("articles/preview.html")
    note = page.locator("li[data-claim='preview#joint-exercise']")
    note.locator("summary").first.click()
    note.get_by_role("button", name="Edit the claim").click()
    dialog = page.get_by_role("dialog", name="Edit a claim")
    assert dialog.get_by_label("Text", exact=True).input_value() == "Brandt would consider a joint exercise."
    file.write_bytes(first + b"# by another hand\n")
    dialog.get_by_label("Text", exact=True).fill("Brandt may agree to an exercise.")
    dialog.get_by_role("button", name="Save").click()
    dialog.get_by_role("alert").get_by_text("was changed since this page was made").wait_for()
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    note.get_by_role("button", name="Edit the claim").click()
    dialog.get_by_label("Text", exact=True).fill("Brandt may agree to an exercise.")
    dialog.get_by_role("button", name="Save").click()
    page.get_by_text("Brandt may agree to an exercise.").first.wait_for()
    old, new = b"text: Brandt would consider a joint exercise.", b"text: Brandt may agree to an exercise."
    assert file.read_bytes() == first.replace(old, new) + b"# by another hand\n"


def test_other_fields_and_more_voices_are_written_in_the_style_that_stands_there(page: Page, site: Path) -> None:
    """One line for each field; undone, the file has its first bytes. What cannot be changed is shown to be written."""
    file = site / "content/annotations/preview.yaml"
    first = file.read_bytes()
    page.goto("articles/preview.html")
    note = page.locator("li[data-claim='preview#on-friday']")
    note.locator("summary").first.click()
    note.get_by_role("button", name="Edit the claim").click()
    dialog = page.get_by_role("dialog", name="Edit a claim")
    dialog.get_by_label("Energy").check()
    dialog.get_by_label("Trade").uncheck()
    dialog.get_by_label("Trade").check()
    dialog.get_by_label("Kind of statement").select_option("fact")
    dialog.get_by_label("Hedge").fill("will: receive")
    dialog.get_by_text("On whose word", exact=True).first.click()
    dialog.get_by_role("group", name="Voice 1").get_by_label("On whose word").fill("harbor-times")
    dialog.get_by_role("button", name="Another voice").press("Enter")
    voice = dialog.get_by_role("group", name="Voice 2")
    assert page.evaluate(ACTIVE) == voice.get_by_label("On whose word").get_attribute("id")
    voice.get_by_label("or described as").fill("two officials")
    voice.get_by_label("Basis").select_option("anonymous")
    dialog.get_by_role("button", name="Another voice").click()
    dialog.get_by_role("button", name="Remove voice 3").click()
    dialog.get_by_text("More", exact=True).click()
    dialog.get_by_label("Weight").select_option("minor")
    dialog.get_by_label("Summit").select_option("port-sel")
    dialog.get_by_label("Due").fill("")
    dialog.get_by_role("button", name="Save").click()
    dialog.get_by_role("alert").get_by_text("a comment in content/annotations/preview.yaml would be lost").wait_for()
    by_hand = dialog.locator("pre", has_text="topics:").inner_text()  # it is asked for after the refusal
    assert "    topics: [energy, trade]\n" in by_hand
    assert "due:" not in by_hand
    assert file.read_bytes() == first
    dialog.get_by_label("Due").fill("2026-03-06")
    dialog.get_by_role("button", name="Save").click()
    page.locator("dialog").wait_for(state="detached")
    told = page.locator("li[data-claim='preview#on-friday']").get_by_text("two officials").first
    told.wait_for(state="attached")
    old, new = EDITED
    assert file.read_bytes() == first.replace(old.encode(), new.encode())
    page.get_by_role("button", name="Undo").click()
    told.wait_for(state="detached")
    assert file.read_bytes() == first


ACTIVE = "document.getElementById('_briefing-desk').shadowRoot.activeElement.id"
EDITED = (
    "    topics: [trade]\n    modality: expectation\n    due",
    "    topics: [energy, trade]\n    summit: port-sel\n    modality: fact\n    hedge: 'will: receive'\n"
    "    attribution:\n      - {by: harbor-times}\n      - {described_as: two officials, basis: anonymous}\n"
    "    weight: minor\n    due",
)


def test_a_suggestion_becomes_a_draft_by_the_keyboard_alone(page: Page, site: Path) -> None:
    """Each that has the focus is shown in the text; what is claimed is not suggested again; all can be undone."""
    before = tree(site / "content")
    file = site / "content/annotations/preview.yaml"
    page.goto("articles/preview.html")
    page.get_by_role("button", name="Suggest claims (s)").wait_for()
    page.keyboard.press("s")
    dialog = page.get_by_role("dialog", name="Suggestions")
    dialog.wait_for()
    page.evaluate(AXE.read_text())
    assert page.evaluate(RUN, [["wcag2a", "wcag2aa", "wcag21aa", "best-practice"], {}]) == []
    hints = dialog.get_by_role("listitem").get_by_role("button")
    offered = hints.all_inner_texts()
    chosen = "According to two officials, the leaders are likely to announce a contract for natural gas."
    assert chosen in offered
    assert not [one for one in offered if "on Friday" in one or "joint exercise" in one]
    choose(page, chosen)
    page.get_by_role("dialog", name="New claim").wait_for()
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    assert page.evaluate("getSelection().toString()").split() == chosen.rstrip(".").split()
    page.keyboard.press("s")
    choose(page, chosen)
    dialog = page.get_by_role("dialog", name="New claim")
    assert dialog.locator("blockquote").inner_text() == chosen.rstrip(".")
    assert page.evaluate(SHOWN) == [chosen.rstrip(".")]
    assert dialog.get_by_label("Kind of statement").input_value() == "expectation"
    assert dialog.get_by_role("group", name="Voice 2").get_by_label("or described as").input_value() == "two officials"
    assert dialog.get_by_label("Draft, kept out of the site").is_checked()
    dialog.get_by_label("Text", exact=True).fill("A contract is likely.")
    dialog.get_by_role("button", name="Add").press("Enter")
    page.get_by_text("Pages show it once it is no draft.").wait_for()
    assert b"    text: A contract is likely.\n" in file.read_bytes()
    assert b"    draft: true\n" in file.read_bytes()
    page.keyboard.press("s")
    dialog = page.get_by_role("dialog", name="Suggestions")
    dialog.wait_for()
    assert chosen not in dialog.get_by_role("listitem").get_by_role("button").all_inner_texts()
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    assert page.evaluate(SHOWN) == []
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Taken back.").wait_for()
    assert tree(site / "content") == before


def choose(page: Page, sentence: str) -> None:
    """Go down the list of suggestions to that sentence, and choose it."""
    page.get_by_role("dialog", name="Suggestions").wait_for()
    for _ in range(20):
        if page.evaluate(FOCUSED) == sentence:
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


FOCUSED = "document.getElementById('_briefing-desk').shadowRoot.activeElement.innerText"
SHOWN = "[...(CSS.highlights.get('briefing-words') ?? [])].map(one => one.toString().replace(/\\s+/g, ' '))"


def test_suggestions_of_a_text_that_is_kept_apart_are_shown_in_the_whole_of_it(page: Page, site: Path) -> None:
    """Which is opened for that; unticked, what is added is no draft."""
    page.goto("articles/apart.html")
    page.get_by_role("button", name="Suggest claims (s)").click()
    dialog = page.get_by_role("dialog", name="Suggestions")
    dialog.get_by_role("button", name="less likely").click()
    dialog.get_by_role("button", name="First deliveries are due by sea.").click()
    dialog = page.get_by_role("dialog", name="New claim")
    dialog.get_by_label("Draft, kept out of the site").uncheck()
    assert page.evaluate(SHOWN) == ["First deliveries are due by sea"]
    dialog.get_by_role("button", name="Add").click()
    page.locator("li[data-claim='apart#first-deliveries-are-due-by-sea']").wait_for(state="attached")
    assert "draft" not in (site / "content/annotations/apart.yaml").read_text()


def test_a_text_that_is_kept_apart_is_marked_in_and_anchored(page: Page, site: Path) -> None:
    """Its page shows no more than is quoted, its editor sees the whole; undone, there are no anchors either."""
    before = tree(site / "content")
    page.goto("articles/apart.html")
    page.get_by_role("button", name="Show the whole text").click()
    page.locator("#_briefing-text").wait_for()
    select(page, "First deliveries", "by sea")
    page.keyboard.press("m")
    page.get_by_role("dialog", name="New claim").wait_for()
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
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
    assert tree(site / "content") == before


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
