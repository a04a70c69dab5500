"""What somebody sees who edits with the site open in a browser."""

import http.server
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.commands import BOUND_SECONDS, add_page, small_site, wait_until
from tests.demo.browsing import AXE, BOUND, RUN, chromium
from tests.serve.serving import ANNOTATIONS, ARTICLE, PAGE, Running, save, started

pytestmark = pytest.mark.slow
CLAIM = "claims:\n  - quote: {quote}\n    text: {text}\n    topics: [defense]\n"
PARAGRAPHS = "".join(f"\nParagraph {number} of [many](https://example.org/{number}).\n" for number in range(80))
expect.set_options(timeout=BOUND)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = small_site(tmp_path / "desk", extra="about")
    with (folder / ARTICLE).open("a", encoding="utf-8") as article:
        article.write(PARAGRAPHS)
    return folder


@pytest.fixture
def running(desk: Path) -> Iterator[Running]:
    with started(desk) as running:
        yield running


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    context.set_default_timeout(BOUND)
    yield context
    context.close()


def opened(context: BrowserContext, running: Running, path: str = PAGE, complaints: list[str] | None = None) -> Page:
    """A tab with a page, which is followed from now on."""
    page = context.new_page()
    page.on("console", lambda told: complaints.append(told.text) if complaints is not None else None)
    page.on("pageerror", lambda error: complaints.append(str(error)) if complaints is not None else None)
    page.goto(f"http://127.0.0.1:{running.port}{path}")
    return page


def say(desk: Path, text: str, quote: str = "will meet on Friday") -> None:
    save(desk / ANNOTATIONS, CLAIM.format(quote=quote, text=text))


def test_nine_tabs_of_one_browser_follow_and_so_does_who_is_left(
    context: BrowserContext, running: Running, desk: Path
) -> None:
    tabs = [opened(context, running) for _ in range(9)]
    say(desk, "Said first.")
    for tab in tabs:
        expect(tab.locator("main")).to_contain_text("Said first.")
    tabs[0].close()
    say(desk, "Said second.")
    for tab in tabs[1:]:
        expect(tab.locator("main")).to_contain_text("Said second.")
    for tab in tabs[1:-1]:
        tab.close()
    say(desk, "Said third.")
    expect(tabs[-1].locator("main")).to_contain_text("Said third.")


def test_scroll_focus_and_what_is_open_are_kept(context: BrowserContext, running: Running, desk: Path) -> None:
    say(desk, "Said first.")
    page = opened(context, running)
    expect(page.locator("main")).to_contain_text("Said first.")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.locator("a", has_text="many").nth(40).focus()
    page.evaluate("scrollTo(0, 1500)")
    before = page.evaluate("[scrollY, document.activeElement.href]")
    assert before[0] == 1500
    page.evaluate("window.isOld = true")
    say(desk, "Said second.")
    expect(page.locator("main")).to_contain_text("Said second.")
    page.wait_for_load_state()
    wait_until(lambda: page.evaluate("!window.isOld && scrollY === 1500"))
    assert page.evaluate("[scrollY, document.activeElement.href]") == before
    assert page.evaluate("[...document.querySelectorAll('details')].every(one => one.open)")


def test_a_page_that_stays_the_same_is_not_loaded_again(context: BrowserContext, running: Running, desk: Path) -> None:
    still, other = opened(context, running, "/about.html"), opened(context, running)
    still.evaluate("window.isOld = true")
    say(desk, "Said first.")
    expect(other.locator("main")).to_contain_text("Said first.")
    running.wait_for(lambda news: bool(news["is_checked"]))
    assert still.evaluate("window.isOld")


def test_mistakes_are_shown_over_the_page_and_go(context: BrowserContext, running: Running, desk: Path) -> None:
    complaints: list[str] = []
    page = opened(context, running, complaints=complaints)
    say(desk, "Said first.")
    expect(page.locator("main")).to_contain_text("Said first.")
    page.evaluate("window.isOld = true")
    say(desk, "Said second.", quote="will part on Monday")
    panel = page.locator("#_briefing-problems")
    expect(panel.locator("pre")).to_contain_text(f"--> {ANNOTATIONS}:2:12")
    expect(panel.locator("pre")).to_be_visible()
    expect(panel.locator("summary")).to_contain_text("1 error")
    assert panel.evaluate("one => getComputedStyle(one).position") == "fixed"
    expect(page.locator("main")).to_contain_text("Said first.")
    # Where the panel is folded it stays so, until something else is wrong.
    panel.locator("summary").click()
    expect(panel.locator("pre")).not_to_be_visible()
    running.wait_for(lambda news: bool(news["is_checked"]))
    expect(panel.locator("summary")).to_have_text("1 error")
    expect(panel.locator("pre")).not_to_be_visible()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(RUN, [["wcag2a", "wcag2aa", "best-practice"], {}]) == []
    page.emulate_media(media="print")
    expect(panel).not_to_be_visible()
    page.emulate_media(media="screen")
    assert page.evaluate("window.isOld")
    say(desk, "Said first.")
    expect(panel).to_have_count(0)
    assert page.evaluate("window.isOld")
    assert complaints == []


def test_warnings_are_there_but_not_in_the_way(context: BrowserContext, running: Running, desk: Path) -> None:
    page = opened(context, running)
    save(desk / "content/articles/unread.txt", "x")
    panel = page.locator("#_briefing-problems")
    expect(panel.locator("summary")).to_contain_text("1 warning")
    expect(panel.locator("pre")).not_to_be_visible()


def test_pages_come_go_and_come_back(context: BrowserContext, running: Running, desk: Path) -> None:
    page = opened(context, running, "/about.html")
    text = (desk / "content/pages/about.md").read_text(encoding="utf-8")
    (desk / "content/pages/about.md").unlink()
    expect(page.locator("h1")).not_to_have_text("Page about")
    assert running.ask("/about.html").status == 404
    save(desk / "content/pages/about.md", text)
    expect(page.locator("h1")).to_have_text("Page about")
    page.goto(f"http://127.0.0.1:{running.port}/new.html")
    add_page(desk, "new")
    expect(page.locator("h1")).to_have_text("Page new")


def test_a_site_that_cannot_be_shown_yet_comes_by_itself(context: BrowserContext, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    with started(folder) as running:
        page = opened(context, running)
        expect(page.locator("body")).to_contain_text("there is no config.yaml here")
        small_site(folder)
        expect(page.locator("h1")).to_contain_text("Talks begin")
        expect(page.locator("#_briefing-problems")).to_have_count(0)


def test_styles_are_followed_and_nothing_breaks_the_policy(
    context: BrowserContext, running: Running, desk: Path
) -> None:
    complaints: list[str] = []
    page = opened(context, running, complaints=complaints)
    (desk / "templates/assets").mkdir(parents=True)
    save(desk / "templates/assets/custom.css", "body { background: rgb(1, 2, 3) }\n")
    expect(page.locator("body")).to_have_css("background-color", "rgb(1, 2, 3)")
    assert complaints == []


def test_a_server_that_was_started_again_is_followed(context: BrowserContext, desk: Path) -> None:
    with started(desk) as first:
        page, port = opened(context, first), first.port
        expect(page.locator("h1")).to_contain_text("Talks begin")
    say(desk, "Said in between.")
    with started(desk, f"--port={port}"):
        expect(page.locator("main")).to_contain_text("Said in between.")
        say(desk, "Said later.")
        expect(page.locator("main")).to_contain_text("Said later.")


def test_a_page_that_is_held_waits(context: BrowserContext, running: Running, desk: Path) -> None:
    """As while somebody writes in a panel of it."""
    page = opened(context, running)
    page.evaluate("import('/_briefing/live.js').then(live => { window.release = live.hold() })")
    say(desk, "Said first.")
    running.wait_for(lambda news: bool(news["is_checked"]))
    expect(page.locator("main")).not_to_contain_text("Said first.")
    page.evaluate("release()")
    expect(page.locator("main")).to_contain_text("Said first.")


def test_it_works_behind_a_server_that_has_it_under_a_path(
    context: BrowserContext, running: Running, desk: Path
) -> None:
    with proxy(running.port) as port:
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{port}/desk/preview{PAGE}")
        say(desk, "Said first.")
        expect(page.locator("main")).to_contain_text("Said first.")
        say(desk, "Said second.", quote="will part on Monday")
        expect(page.locator("#_briefing-problems pre")).to_be_visible()


def test_where_a_browser_has_no_locks_every_tab_asks(context: BrowserContext, running: Running, desk: Path) -> None:
    context.add_init_script("Object.defineProperty(navigator, 'locks', { value: undefined })")
    tabs = [opened(context, running) for _ in range(2)]
    say(desk, "Said first.")
    for tab in tabs:
        expect(tab.locator("main")).to_contain_text("Said first.")


@contextmanager
def proxy(port: int) -> Iterator[int]:
    """A server that has another one below `/desk/preview/`, as those have that show what runs on distant machines."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.removeprefix("/desk/preview/")
            request = urllib.request.Request(f"http://127.0.0.1:{port}/{path}", method=self.command)
            with urllib.request.urlopen(request, timeout=BOUND_SECONDS) as answer:
                self.send_response(answer.status)
                for name in ("Content-Type", "ETag"):
                    if answer.headers[name]:
                        self.send_header(name, answer.headers[name])
                self.end_headers()
                while part := answer.read1():
                    self.wfile.write(part)

        def do_HEAD(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.handle_error = True, lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_the_stream_ends_when_nobody_listens(context: BrowserContext, running: Running) -> None:
    """The connections of a browser that has gone are given back."""
    for _ in range(3):
        opened(context, running).close()
    context.close()
    threads = Path(f"/proc/{running.process.pid}/task")
    if threads.exists():
        wait_until(lambda: len(list(threads.iterdir())) < 12)
