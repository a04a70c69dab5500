"""The demonstration site in a browser and before an HTML validator: what a reader's software makes of it."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from briefing.build import Request, build
from tests.demo.browsing import BOUND, VNU, Reader
from tests.markup import parsed
from tests.sites.desks import Paper, words_of, write_desk

# One page of each kind, and more of some: those in the long runs.
MORE = (
    "archive/ledger-2026.html",
    "articles/2025-11-13-korea-joint-fact-sheet.html",
    "organizations/nippon-steel.html",
    "places/japan.html",
    "summits/trump-lee-2025-10.html",
)
PAGES = (
    "index.html",
    "404.html",
    "about.html",
    "archive/trade-2025.html",
    "articles/2025-02-05-ishiba-trump-preview.html",
    "articles/2026-11-20-desk-sums.html",
    "articles/index.html",
    "archive/timeline-2025.html",
    "data.html",
    "figures.html",
    "ledger.html",
    "people/donald-trump.html",
    "sources/white-house.html",
    "summits/index.html",
    "summits/ishiba-trump-2025-02.html",
    "timeline.html",
    "timelines/topic-energy.html",
    "topics/energy.html",
    "voices.html",
    *(pytest.param(name, marks=pytest.mark.long) for name in MORE),
)
WIDTHS = (360, 768, 1280)
MEDIA = {"light": {}, "dark": {"color_scheme": "dark"}, "print": {"media": "print"}}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# On paper nothing is pressed and no link is told from the words around it.
NOT_ON_PAPER = ("target-size", "link-in-text-block")
# What the colors of a screen decide; all else is as it is on a light one.
OF_COLORS = ["color-contrast", "link-in-text-block"]

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_right_on_every_screen_and_on_paper(reader: Reader, name: str) -> None:
    """Each medium before axe, and its pairs with all widths by measure; on a phone all that is folded is open."""
    reader.open(name)
    reader.unfold()
    for number, (medium, features) in enumerate(MEDIA.items()):
        reader.show(**features)
        for width in WIDTHS:
            reader.resize((width, 740))
            assert reader.flaws() == [], (medium, width)
        reader.resize((WIDTHS[number], 740))
        but = NOT_ON_PAPER if medium == "print" else ()
        rules = OF_COLORS if medium == "dark" else RULES
        assert reader.violations(rules, but) == [], (medium, WIDTHS[number])
        reader.unfold(False)
    reader.show()
    assert reader.violations(["target-size"]) == []
    assert reader.complaints == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_a_small_phone_or_with_text_of_twice_the_size(reader: Reader, name: str) -> None:
    try:
        for width, percent in ((320, 100), (640, 200), (1280, 200)):
            reader.set_text(percent)
            reader.open(name, (width, 640))
            assert reader.flaws() == [], (width, percent)
    finally:
        reader.set_text(100)


@pytest.mark.parametrize("name", ["index.html", "summits/index.html"])
def test_numbers_of_meetings_say_what_they_count_where_no_heads_of_columns_are(reader: Reader, name: str) -> None:
    page = reader.open(name)
    told = page.evaluate(
        """() => [...document.querySelectorAll('.board tbody tr')].map(row => [...row.cells].slice(2)
            .filter(cell => cell.textContent.trim())
            .map(cell => getComputedStyle(cell, '::before').content.replaceAll('"', '').trim()))"""
    )
    heads = ["Said before", "Promised", "Open"]
    assert told
    for labels in told:
        assert labels
        assert labels == [head for head in heads if head in labels]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_all_of_a_page_is_there_without_scripts(browser: Browser, site: Path, scripts: bool) -> None:
    """What scripts add is more: no text waits for them, and no list is shorter."""
    reader = Reader(browser, site, scripts)
    for name in ("ledger.html", "topics/energy.html", "articles/2025-02-05-ishiba-trump-preview.html"):
        page = reader.open(name, (1280, 800))
        assert reader.flaws() == []
        assert scripts or not page.locator("main form").count()
        rows = page.locator("main [data-claim]")
        assert rows.count() == len([one for one in parsed(site / name).iter() if one.get("data-claim")])
    reader.page.close()


def test_a_status_keeps_its_shape_where_colors_are_forced(reader: Reader) -> None:
    """A box with a border, and no two kinds of those that a legend names have the same one."""
    page = reader.open("summits/ishiba-trump-2025-02.html", forced_colors="active")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    shapes = page.evaluate(
        """() => [...document.querySelectorAll('.legend .st')].map(one => {
            const box = getComputedStyle(one, '::before');
            const fill = (box.backgroundImage.match(/\\w+-gradient\\(\\w+|\\d+%/g) || []).join(' ');
            const is_filled = box.backgroundColor !== 'rgba(0, 0, 0, 0)';
            return [parseFloat(box.borderTopWidth), [box.borderTopStyle, box.content, fill, is_filled].join()];
        })"""
    )
    assert len(shapes) == 6
    assert all(width >= 1 for width, _ in shapes)
    assert all(not shape.startswith("none") for _, shape in shapes)
    assert len({shape for _, shape in shapes}) == 6, shapes


def test_a_chip_leads_to_its_card_and_on_to_its_marked_words(reader: Reader) -> None:
    page = reader.open("summits/ishiba-trump-2025-02.html", (1280, 800))
    chip = page.locator(".chips a").first
    anchor = str(chip.get_attribute("href"))[1:]
    chip.press("Enter")
    card = page.locator("li:target")
    assert card.get_attribute("id") == anchor
    ref = str(card.get_attribute("data-claim"))
    card.locator("details").evaluate("one => { one.open = true }")
    quoted = card.locator("details a:has(q)").first.inner_text()
    card.locator(".t a").press("Enter")
    page.wait_for_url("**/articles/**")
    assert page.evaluate("document.querySelector(':target').tagName") == "MARK"
    id = page.evaluate("document.querySelector(':target').id")
    assert page.url.endswith("/articles/{}.html#{}".format(*ref.split("#")))
    marked = page.evaluate(
        f"[...document.querySelectorAll('mark[data-claims~=\"{id}\"]')].map(m => m.textContent).join('')"
    )
    assert "".join(marked.split()) == "".join(quoted.strip("“”").split())


def test_an_address_of_a_folded_card_opens_it(reader: Reader) -> None:
    page = reader.open("summits/ishiba-trump-2025-02.html")
    ids = [str(one.get_attribute("id")) for one in page.locator("details.more li[id]").all()]
    assert len(ids) > 5
    for id in ids[:: len(ids) // 4]:
        reader.open("about.html")
        reader.open(f"summits/ishiba-trump-2025-02.html#{id}")
        page.locator("li:target p.t").wait_for(state="visible")
        assert page.locator("li:target").get_attribute("id") == id


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_what_happened_and_what_changed_can_be_had_alone(browser: Browser, site: Path, scripts: bool) -> None:
    reader = Reader(browser, site, scripts)
    page = reader.open("timeline.html", (1280, 800))
    strands = {name: page.locator(f".time .{name}") for name in ("happened", "changed")}
    days = page.locator(".time > li:visible").count()
    for name, other in (("happened", "changed"), ("changed", "happened")):
        page.locator(f"nav.toc a[href='#page_{name}']").click()
        strands[other].first.wait_for(state="hidden")
        assert not [one for one in strands[other].all() if one.is_visible()]
        assert all(one.is_visible() for one in strands[name].all())
        shown = page.locator(".time > li:visible")
        assert 0 < shown.count() < days
        assert page.locator(f".time > li:visible:not(:has(.{name}))").count() == 0
        assert page.locator("main section:visible").count() == page.locator(f"main section:has(.{name})").count()
        assert page.url.endswith(f"#page_{name}")
    page.locator("nav.toc a[href='#page_all']").click()
    strands["happened"].first.wait_for(state="visible")
    assert page.locator(".time > li:visible").count() == days
    reader.page.close()


def test_pages_are_valid_html(site: Path) -> None:
    """Every page, before the validator of the W3C's own checker."""
    command = ["java", "-jar", str(VNU), "--skip-non-html", "--errors-only", "--format", "gnu", str(site)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.stderr == ""
    assert found.returncode == 0


@pytest.mark.parametrize(("scripts", "fragment"), [(True, "#old"), (False, "")], ids=["with scripts", "without"])
def test_a_page_that_has_moved_leads_on(browser: Browser, scripts: bool, fragment: str, tmp_path: Path) -> None:
    claim = {"new": {"former_ids": ["old"]}}
    folder = write_desk(tmp_path, {"a": Paper("2025-02-05", claim)})
    file = folder / "content/articles/a.md"
    file.write_text(file.read_text(encoding="utf-8").replace("source:", "aliases: [b]\nsource:"), encoding="utf-8")
    assert build(Request(folder), folder / "site").written is not None
    page = browser.new_context(java_script_enabled=scripts).new_page()
    page.goto((folder / "site/articles/b.html").as_uri() + "#old")
    page.wait_for_url("**/articles/a.html*", timeout=BOUND)
    assert page.url == (folder / "site/articles/a.html").as_uri() + fragment
    assert page.locator("mark:has(> #old)").inner_text() == words_of("new")


def test_sources_have_their_address_on_paper_and_only_there(reader: Reader) -> None:
    page = reader.open("summits/ishiba-trump-2025-02.html")
    addresses = page.locator("#page_sources .paper")
    assert addresses.count() > 3
    assert not any(one.is_visible() for one in addresses.all())
    reader.show(media="print")
    assert all(one.is_visible() and one.inner_text().startswith("http") for one in addresses.all())
