"""The demonstration site in a browser and before an HTML validator: what a reader's software makes of it."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from briefing.build import Request, build
from tests.commands import BOUND_SECONDS, REPOSITORY
from tests.sites.desks import Paper, words_of, write_desk

AXE = REPOSITORY / "node_modules/axe-core/axe.min.js"
VNU = REPOSITORY / "node_modules/vnu-jar/build/dist/vnu.jar"
# One page of each kind.
PAGES = (
    "index.html",
    "summits/index.html",
    "summits/ishiba-trump-2025-02.html",
    "topics/energy.html",
    "articles/index.html",
    "articles/2025-02-05-ishiba-trump-preview.html",
    "figures.html",
    "timeline.html",
    "timelines/topic-trade.html",
    "changes.html",
    "changes/topic-trade.html",
    "voices.html",
    "people/donald-trump.html",
    "organizations/nippon-steel.html",
    "places/japan.html",
    "sources/white-house.html",
    "summits/trump-lee-2025-10.html",
    "about.html",
)

pytestmark = pytest.mark.slow

BOUND = BOUND_SECONDS * 1000  # as the browser counts


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags, timeout=BOUND)
        yield browser
        browser.close()


def opened(browser: Browser, site: Path, name: str, **options: object) -> tuple[Page, list[str]]:
    """The page, and what the browser complained about while loading it."""
    page = browser.new_context(bypass_csp=True, **options).new_page()  # type: ignore[arg-type]
    page.set_default_timeout(BOUND)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
    page.goto((site / name).as_uri())
    return page, complaints


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(browser: Browser, site: Path, name: str, scheme: str) -> None:
    page, complaints = opened(browser, site, name, color_scheme=scheme)
    page.add_script_tag(path=str(AXE))
    violations = page.evaluate(
        "axe.run({preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
        ".then(r => r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html).join(' | ')))"
    )
    assert violations == []
    assert complaints == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_a_phone(browser: Browser, site: Path, name: str) -> None:
    page, _ = opened(browser, site, name, viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("width", [320, 1280])
def test_no_word_of_a_chart_leaves_it_or_meets_another(browser: Browser, site: Path, width: int) -> None:
    page, _ = opened(browser, site, "figures.html", viewport={"width": width, "height": 640})
    clipped, charts = page.evaluate(
        """() => {
            const charts = [...document.querySelectorAll('svg.chart')];
            const bad = charts.flatMap(svg => [...svg.querySelectorAll('.bar')].filter(bar => {
                const [label, words] = [...bar.querySelectorAll('text')].map(text => text.getBBox());
                const box = svg.viewBox.baseVal;
                return label.x < 0 || label.x + label.width > words.x || words.x + words.width > box.width + 1
                    || label.y < 0 || words.y + words.height > box.height;
            }).map(bar => bar.textContent));
            return [bad, charts.length];
        }"""
    )
    assert clipped == []
    assert charts > 5


@pytest.mark.parametrize("name", PAGES)
def test_policy_lets_nothing_of_the_page_be_refused(browser: Browser, site: Path, name: str) -> None:
    page = browser.new_page()
    page.set_default_timeout(BOUND)
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    page.goto((site / name).as_uri())
    assert refused == []
    assert page.evaluate("document.styleSheets.length") == 1


def test_link_to_a_claim_lands_on_its_marked_words(browser: Browser, site: Path) -> None:
    page, _ = opened(browser, site, "summits/ishiba-trump-2025-02.html")
    words = page.locator("[data-claim] a.words").first
    quoted = words.inner_text()
    words.press("Enter")
    page.wait_for_function("location.pathname.includes('/articles/') && document.querySelector(':target')")
    target = page.evaluate("document.querySelector(':target').tagName + ' ' + document.querySelector(':target').id")
    tag, _, id = target.partition(" ")
    assert tag == "MARK"
    marked = page.evaluate(
        f"[...document.querySelectorAll('mark[data-claims~=\"{id}\"]')].map(m => m.textContent).join('')"
    )
    assert "".join(marked.split()) == "".join(quoted.strip("“”").split())


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


def test_links_that_lead_outside_have_their_address_on_paper_and_only_there(browser: Browser, site: Path) -> None:
    """Wherever they stand: the source of an article, its archived copy, and who somebody is elsewhere."""
    told = """() => [...document.querySelectorAll('main a')].map(link => [
        link.getAttribute('href'), getComputedStyle(link, '::after').content])"""
    shown = 0
    for name in ("articles/2025-02-05-ishiba-trump-preview.html", "organizations/openai.html", "index.html"):
        page, _ = opened(browser, site, name)
        assert {content for _, content in page.evaluate(told)} == {"none"}
        page.emulate_media(media="print")
        for href, content in page.evaluate(told):
            is_outside = href.startswith("http")
            assert (href in content) == is_outside, (name, href, content)
            shown += is_outside
    assert shown > 1
