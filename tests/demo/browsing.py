"""The demonstration site in a browser: a page that is used again and again, and what can be measured on it."""

import base64
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.commands import BOUND_SECONDS, REPOSITORY

AXE = REPOSITORY / "node_modules/axe-core/axe.min.js"
VNU = REPOSITORY / "node_modules/vnu-jar/build/dist/vnu.jar"
BOUND = BOUND_SECONDS * 1000  # as the browser counts
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
HOST = "briefing.test"
PHONE = (360, 740)

RUN = """([rules, off]) => axe.run({preload: false, resultTypes: ['violations'], runOnly: rules, rules: off}).then(
    found => found.violations.map(one => one.id + ': ' + one.nodes.slice(0, 3).map(node => node.html).join(' | ')))"""

# The words that a reader sees without opening anything: not those in closed details, nor those for screen readers.
WORDS = """() => {
    const root = document.querySelector('main'), words = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const holder = node.parentElement;
        if (!holder.checkVisibility({checkVisibilityCSS: true})) continue;
        if (holder.closest('.unseen, title, desc, head')) continue;
        if (holder.closest('thead') && getComputedStyle(holder.closest('thead')).position === 'absolute') continue;
        words.push(node.data);
    }
    return words.join(' ').split(/\\s+/).filter(word => /[\\p{L}\\p{N}]/u.test(word)).length;
}"""


# What is wrong with how a page is laid out: what is wider than the window, text that nobody can get at, and words of
# drawings that leave them or meet another.
FLAWS = """() => {
    const flaws = [], root = document.documentElement, main = document.querySelector('main');
    if (root.scrollWidth > innerWidth) flaws.push(`${root.scrollWidth - innerWidth} px too wide`);
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const holder = node.parentElement;
        if (!node.data.trim() || holder.checkVisibility({checkVisibilityCSS: true})) continue;
        if (holder.closest('.paper, title, desc')) continue;
        if (holder.closest('details:not([open])') || matchMedia('print').matches) continue;
        flaws.push(`hidden: ${node.data.slice(0, 60)}`);
    }
    for (const svg of main.querySelectorAll('svg')) {
        if (!svg.checkVisibility()) continue;
        const whole = svg.getBoundingClientRect(), seen = [];
        for (const text of svg.querySelectorAll('text')) {
            const box = text.getBoundingClientRect();
            if (box.left < whole.left - 1 || box.right > whole.right + 1 || box.top < whole.top - 1
                || box.bottom > whole.bottom + 1) flaws.push(`clipped: ${text.textContent}`);
            for (const [other, words] of seen) {
                if (box.left < other.right - 1 && other.left < box.right - 1 && box.top < other.bottom - 2
                    && other.top < box.bottom - 2) flaws.push(`${text.textContent} meets ${words}`);
            }
            seen.push([box, text.textContent]);
        }
    }
    return flaws;
}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS, timeout=BOUND)
        yield browser
        browser.close()


class Reader:
    """One page of a browser, which goes from address to address of a site as if it were served; with what it complained
    about, and what it asked of others, since the last."""

    def __init__(self, browser: Browser, site: Path) -> None:
        self.site = site
        self.page: Page = browser.new_page()
        self.page.set_default_timeout(BOUND)
        self.complaints: list[str] = []
        self.page.on("console", lambda told: self.complaints.append(told.text) if told.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.route("**/*", self._answer)
        self._session = self.page.context.new_cdp_session(self.page)

    def _answer(self, route: Route) -> None:
        host, _, path = route.request.url.removeprefix("http://").partition("/")
        file = self.site / path.partition("#")[0]
        if host == HOST and file.is_file():
            route.fulfill(path=file)
        else:
            self.complaints.append(f"not there: {route.request.url}")
            route.abort()

    def open(self, name: str, size: tuple[int, int] = PHONE, **media: Any) -> Page:
        self.complaints.clear()
        self.resize(size)
        self.page.goto(f"http://{HOST}/{name}")
        self.show(**media)
        return self.page

    def resize(self, size: tuple[int, int]) -> None:
        self.page.set_viewport_size({"width": size[0], "height": size[1]})

    def show(self, **media: Any) -> None:
        """As on a light screen, unless some media features are other ones."""
        self.page.emulate_media(**{"media": "screen", "color_scheme": "light", "forced_colors": "none", **media})

    def set_text(self, percent: int) -> None:
        """The size of text that the reader has chosen in the browser."""
        self._session.send("Page.setFontSizes", {"fontSizes": {"standard": 16 * percent // 100}})

    def unfold(self, is_open: bool = True) -> None:
        """Open all that is folded, or close it again."""
        self.page.evaluate("is => document.querySelectorAll('main details').forEach(one => { one.open = is })", is_open)

    def flaws(self) -> list[str]:
        return list(self.page.evaluate(FLAWS))

    def violations(self, rules: list[str], but: Iterable[str] = ()) -> list[str]:
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        return list(self.page.evaluate(RUN, [rules, {rule: {"enabled": False} for rule in but}]))

    def words(self) -> int:
        return int(self.page.evaluate(WORDS))

    def screens(self) -> float:
        """How many phone screens the page fills."""
        return float(self.page.evaluate("document.documentElement.scrollHeight")) / PHONE[1]

    def sheets(self) -> int:
        """How many pages of A4 it fills."""
        self.show(media="print")
        size = {"paperWidth": 8.27, "paperHeight": 11.69, "preferCSSPageSize": True, "printBackground": True}
        printed = base64.b64decode(self._session.send("Page.printToPDF", size)["data"])
        self.show()
        return pages_of(printed)


def pages_of(pdf: bytes) -> int:
    """The pages of a PDF file, whose objects may be in compressed streams."""
    parts = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return sum(len(re.findall(rb"/Type\s*/Page\b(?!s)", part)) for part in parts)
