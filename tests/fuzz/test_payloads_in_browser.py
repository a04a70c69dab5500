"""Script payloads in every place that an author can write to, opened in a real browser: none of them runs.

Each payload has a number and calls `ran(number)`, or asks another server for it. A payload that the tool refuses, as a
broken link for one, is told at its line, taken out there, and not counted. The pages are opened with their content
security policy and without it, so that nothing rests on the policy alone.
"""

import http.server
import itertools
import json
import threading
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from briefing.build import Request, build, check
from tests.commands import BOUND_SECONDS

pytestmark = pytest.mark.slow

BOUND = BOUND_SECONDS * 1000  # as the browser counts
AWAY = "https://elsewhere.example"
# `{n}` is the number of the payload. What each would do if it came out as it stands:
VECTORS = {
    "script": "<script>ran({n})</script>",
    "script of another server": f"<script src={AWAY}/{{n}}></script>",
    "script in capitals": "<ScRiPt >ran({n})</sCrIpT >",
    "script in SVG": "<svg><script>ran({n})</script></svg>",
    "script on several lines": "<script\n>ran({n})</script\n>",
    "image": "<img src=none-{n} onerror=ran({n})>",
    "image of another server": f'<img src="{AWAY}/{{n}}">',
    "image, slashes": '<img/src="none-{n}"/onerror="ran({n})"/>',
    "SVG": "<svg onload=ran({n})>",
    "SVG, animated": "<svg><animate onbegin=ran({n}) attributeName=x dur=1s>",
    "body": "<body onload=ran({n})>",
    "frame": "<iframe src='javascript:parent.ran({n})'></iframe>",
    "frame with a document": "<iframe srcdoc='<script>parent.ran({n})</script>'></iframe>",
    "details": "<details open ontoggle=ran({n})><summary>a</summary></details>",
    "focus": "<input autofocus onfocus=ran({n})>",
    "video": "<video><source src=none-{n} onerror=ran({n})></video>",
    "object": "<object data='data:text/html,<script>parent.ran({n})</script>'></object>",
    "embed": "<embed src='javascript:ran({n})'>",
    "link": "<a href='javascript:ran({n})'>a</a>",
    "link, written apart": "<a href='java&#10;script&colon;ran({n})'>a</a>",
    "link with a handler": f"<a href='{AWAY}/' onclick='ran({{n}})'>a</a>",
    "form": "<form action='javascript:ran({n})'><button>a</button></form>",
    "handler": "<div onmouseover=ran({n})>a</div>",
    "handler of a cell": "<table><tr><td onclick=ran({n}) background='https://elsewhere.example/{n}'>a</table>",
    "handler of a heading": "<h2 onclick=ran({n})>a</h2>",
    "handler of a paragraph": "<p onclick=ran({n}) style='background:url(https://elsewhere.example/{n})'>a</p>",
    "handler of bold text": "<b onpointerenter=ran({n})>a</b>",
    "handler of a list": "<ol start='1\" onclick=\"ran({n})'><li onclick=ran({n})>a</ol>",
    "style": f"<style>@import '{AWAY}/{{n}}'; * {{{{ background: url({AWAY}/{{n}}b) }}}}</style>",
    "style sheet": f"<link rel=stylesheet href={AWAY}/{{n}}>",
    "refresh": f"<meta http-equiv=refresh content='0;url={AWAY}/{{n}}'>",
    "template": "<template shadowrootmode=open><script>ran({n})</script></template>",
    "noscript": "<noscript><p title='</noscript><img src=none-{n} onerror=ran({n})>'></noscript>",
    "math": "<math><mtext><table><mglyph><style><img src=none-{n} onerror=ran({n})>",
}
# How they are tried in the text of an article: what must be got out of first, and what is around it.
WAYS = (
    "{v}",
    "a {v} b",
    "a\n{v}\nb",
    '"{v}',
    "'>{v}",
    '">{v}',
    '"/>{v}',
    "--> {v}",
    "<!-- --> {v}",
    "<!--{v}-->",
    "]]>{v}",
    "</script>{v}",
    "</style>{v}",
    "</title>{v}",
    "</textarea>{v}",
    "</p></section></main>{v}",
    "<div>{v}</div>",
    "<table><tr><td>{v}</td></tr></table>",
    "<ul><li>{v}</ul>",
    "<h2>{v}</h2>",
    "<blockquote>\n\n{v}\n\n</blockquote>",
    "<b>{v}",
    "<a href='https://example.org/'>{v}</a>",
    "<td colspan='{v}'>a</td>",
    "*{v}*",
    "**{v}**",
    "~~{v}~~",
    "# {v}",
    "- {v}",
    "> {v}",
    "1. {v}",
    "| {v} |\n|---|\n| {v} |",
    "`{v}`",
    "``` {v}\na\n```",
    "```\n{v}\n```",
    "    {v}",
    "[{v}](https://example.org)",
    "[a](https://example.org '{q}')",
    '[a](https://example.org "\\"{q}")',
    "[a](<https://example.org/{u}>)",
    "<https://example.org/{u}>",
    "![{v}](https://example.org/a.png)",
    "![a](https://example.org/{u})",
    "a^[{v}]",
    "a[^{n}]\n\n[^{n}]: {v}",
    "&lt;{v}",
    "\\{v}",
    "[a][r{n}]\n\n[r{n}]: https://example.org '{q}'",
    "<javascript:ran({n})>",
    "[a](javascript:ran({n}))",
    "![a](javascript:ran({n}))",
    "[a](JaVaScRiPt:ran({n}))",
    "[a](data:text/html,{u})",
    "[a](&#106;avascript:ran({n}))",
    "[a](java&Tab;script:ran({n}))",
    "[a](//elsewhere.example/{n})",
    "![a](https://elsewhere.example/{n})",
    '<a href="{q}">a</a>',
    "<a href='https://example.org' {v}",
    '<span title="{q}" onclick=ran({n})>a</span>',
    "<b onclick=ran({n})>a</b>",
    "{{{{ {v} }}}}",
    "{{% raw %}}{v}",
)
RECORDS = 8  # of each kind
ATTRIBUTE = '" onmouseover="ran({n})" autofocus onfocus="ran({n})" x="'


VALUES = (
    *VECTORS.values(),
    ATTRIBUTE,
    "</title>" + VECTORS["script"],
    '">' + VECTORS["image"],
    "'>" + VECTORS["SVG"],
)


@dataclass(frozen=True)
class Piece:
    """A part of a file, with the number of the payload in it; `instead` stands there if the payload is refused."""

    text: str
    number: int = 0
    instead: str = ""


@dataclass
class Payloads:
    """The files of a site, in pieces."""

    files: dict[str, list[Piece]] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def put(self, path: str, make: Callable[[int], str], instead: str = "") -> None:
        """A piece that holds a payload."""
        number = next(self.numbers)
        self.files.setdefault(path, []).append(Piece(make(number), number, instead))

    def plain(self, path: str, text: str) -> None:
        self.files.setdefault(path, []).append(Piece(text))

    def refuse(self, path: str, lines: set[int]) -> bool:
        """Take out the payloads at these lines; False where there is none at one of them."""
        ends = list(itertools.accumulate(piece.text.count("\n") for piece in self.files[path]))
        found = {bisect_left(ends, line) for line in lines}
        are_payloads = all(self.files[path][at].number for at in found)
        for at in found:
            self.files[path][at] = Piece(self.files[path][at].instead)
        return are_payloads

    def write(self, folder: Path) -> None:
        for path, pieces in self.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text("".join(piece.text for piece in pieces), encoding="utf-8")

    @property
    def count(self) -> int:
        """How many payloads there are."""
        return sum(piece.number > 0 for pieces in self.files.values() for piece in pieces)


def in_prose(way: str, vector: str, number: int) -> str:
    """A payload in Markdown; `{q}` is one that does not end a title or attribute by itself, `{u}` an address."""
    shown = vector.format(n=number)
    quoted, address = shown.replace("'", '\\"'), shown.replace(" ", "/").replace("<", "%3C").replace(">", '"')
    return way.format(v=shown, q=quoted, u=address, n=number)


def valued(key: str, value: str) -> Callable[[int], str]:
    """A line of YAML with a payload in its value, or in all places that its pattern has for one."""
    pattern = key if "{" in key else key.replace("{", "{{") + "{}"

    def line(number: int) -> str:
        text = json.dumps(value.format(n=number), ensure_ascii=False)
        return pattern.format(*[text] * pattern.count("{}")) + "\n"

    return line


def site_of_payloads() -> Payloads:
    """Every vector in every way in an article, and in every field of some record."""
    payloads = Payloads()
    for key in ("title", "description", "publisher"):
        payloads.put("config.yaml", valued(f"{key}: ", ATTRIBUTE + VECTORS["script"]))
    payloads.plain("config.yaml", "topics:\n")
    values = itertools.cycle(VALUES)
    for number in range(RECORDS):
        payloads.put("config.yaml", valued(f"  t{number}: ", next(values)), f"  t{number}: T\n")
        _entries(payloads, number, values)
        _pages(payloads, number, values)
    for number, vector in enumerate(VECTORS.values()):
        _article(payloads, number, vector)
        _annotations(payloads, number, values)
    return payloads


def _entries(payloads: Payloads, number: int, values: Iterator[str]) -> None:
    for kind, keys in {
        "people": ("summary", "aliases: [{}, {}, {}]", "names: {{ja: {}}}", "roles: [{{post: {}}}, {{post: {}}}]"),
        "organizations": ("summary", "url", "aliases: [{}, {}, {}]"),
        "places": ("summary", "names: {{ja: {}}}"),
        "sources": ("summary", "url", "language"),
    }.items():
        path = f"content/{kind}.yaml"
        payloads.plain(path, f"{kind}{number}:\n")
        payloads.put(path, valued("  name: ", next(values)), "  name: N\n")
        for key in keys:
            payloads.put(path, valued(f"  {key}: " if "{" not in key else f"  {key}", next(values)))
    path = "content/measures.yaml"
    payloads.plain(path, f"m{number}:\n")
    payloads.put(path, valued("  label: ", next(values)), "  label: M\n")
    payloads.put(path, valued("  unit: ", next(values)), "  unit: boats\n")


def _pages(payloads: Payloads, number: int, values: Iterator[str]) -> None:
    for kind, id, facts in (("summits", "s", "start: 2025-02-07\n"), ("pages", "p", ""), ("topics", "t", "")):
        path = f"content/{kind}/{id}{number}.md"
        payloads.plain(path, f"---\n{facts}")
        payloads.put(path, valued("title: ", next(values)), "title: T\n")
        payloads.put(path, valued("summary: ", next(values)))
        payloads.plain(path, "---\n\n")
        for value in VALUES:
            payloads.put(path, partial(in_prose, "{v}\n\n", value))


def _article(payloads: Payloads, number: int, vector: str) -> None:
    path, of = f"content/articles/a{number}.md", number % RECORDS
    payloads.plain(path, f"---\nsource: sources{of}\npublished: 2025-02-05\nsummits: [s{of}]\n")
    payloads.put(path, valued("title: ", vector), "title: T\n")
    for key in ("summary: ", "dateline: ", "authors: [{}, {}]", "url: ", "language: "):
        payloads.put(path, valued(key, vector))
    payloads.plain(path, "---\n\nThe two leaders will meet on Friday.\n\n")
    for way in WAYS:
        payloads.put(path, partial(in_prose, way + "\n\n", vector))


def _annotations(payloads: Payloads, number: int, values: Iterator[str]) -> None:
    path, of = f"content/annotations/a{number}.yaml", number % RECORDS
    payloads.plain(path, "claims:\n  - quote: will meet on Friday\n    id: c\n    modality: expectation\n")
    payloads.plain(path, f"    topics: [t{of}]\n    about: [people{of}]\n    figure: {{measure: m{of}, value: 5}}\n")
    payloads.put(path, valued("    text: ", next(values)))
    payloads.put(path, valued("    resolution: ", next(values)))
    payloads.plain(path, f"    attribution:\n      - by: people{of}\n")
    payloads.put(path, valued("      - described_as: ", next(values)))
    payloads.plain(path, "    history:\n      - status: unratable\n        on: 2025-02-08\n")
    payloads.put(path, valued("        why: ", next(values)), "        why: W\n")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, int]:
    """The site's output; how many payloads are in it, and how many were refused."""
    folder = tmp_path_factory.mktemp("payloads")
    payloads = site_of_payloads()
    tried = payloads.count
    (folder / "content/media").mkdir(parents=True)
    (folder / 'content/media/"><img src=x onerror=ran(0)>.png').write_bytes(b"x")
    for _ in range(9):
        payloads.write(folder)
        errors = [problem for problem in check(Request(folder)).outcome().problems if problem.severity == "error"]
        if not errors:
            break
        for path in {problem.place.path for problem in errors}:
            lines = {int(str(problem.place).split(":")[-2]) for problem in errors if problem.place.path == path}
            assert payloads.refuse(path, lines), [problem for problem in errors if problem.place.path == path]
    run = build(Request(folder), folder / "site")
    assert not run.failed
    return folder / "site", payloads.count, tried - payloads.count


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def origin(built: tuple[Path, int, int]) -> Iterator[str]:
    """The address of a server on this machine that has the site."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(built[0])))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    flags.append("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags, timeout=BOUND)
        yield browser
        browser.close()


@dataclass
class Seen:
    """What happened on pages: numbers of payloads that ran, handlers and scripts that wait for a reader, requests."""

    ran: list[str] = field(default_factory=list)
    armed: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


# Every handler is set off, every link and form of a script followed; what would be one is told as well.
PROBE = r"""() => {
    const armed = [];
    for (const element of document.querySelectorAll('*')) {
        for (const {name, value} of [...element.attributes]) {
            if (name.startsWith('on') || name === 'srcdoc' || name === 'style') {
                armed.push(element.tagName + ' ' + name + '=' + value);
                element.dispatchEvent(new Event(name.slice(2)));
            }
            const scheme = value.replace(/[\x00-\x20]/g, '').toLowerCase().split(':')[0];
            const leads = ['href', 'src', 'action', 'data'].includes(name);
            if (leads && ['javascript', 'data', 'vbscript'].includes(scheme)) {
                armed.push(element.tagName + ' ' + name + '=' + value);
                if (element.click) element.click();
                if (element.submit) element.submit();
            }
        }
        const {tagName} = element;
        // The theme's own scripts make the first, and have the second: they go nowhere.
        const mark = element.cloneNode(false).outerHTML.replace(' hidden=""', '');
        if (mark === '<form class="filter" role="search"></form>') continue;
        if (mark === '<form class="search" id="search_form" role="search"></form>') continue;
        if (['IFRAME', 'OBJECT', 'EMBED', 'FORM', 'BASE', 'STYLE'].includes(tagName)) armed.push(tagName);
    }
    return armed;
}"""


def opened(browser: Browser, origin: str, paths: list[str], *, policy: bool) -> dict[str, Seen]:
    """All the pages, one after the other, and what happened on each."""
    context = browser.new_context(bypass_csp=not policy)
    context.set_default_timeout(BOUND)
    seen = {path: Seen() for path in paths}
    now = [Seen()]
    context.expose_function("noted", lambda what: now[0].ran.append(str(what)))
    context.add_init_script("window.ran = window.alert = number => top.noted(number)")
    page = context.new_page()
    page.on("request", lambda request: now[0].requests.append(request.url))
    for path in paths:
        now[0] = seen[path]
        try:
            page.goto(origin + path, wait_until="load")
            now[0].armed += page.evaluate(PROBE)
            page.evaluate("new Promise(done => setTimeout(done, 10))")  # what waits in line runs
        except Error:
            now[0].armed.append("the page was left")
            page.close()
            page = context.new_page()
            page.on("request", lambda request: now[0].requests.append(request.url))
    context.close()
    return seen


@pytest.mark.parametrize(
    "policy", [pytest.param(True, marks=pytest.mark.long), False], ids=["with its policy", "without its policy"]
)
def test_no_payload_runs_and_nothing_is_asked_of_others(
    browser: Browser,
    built: tuple[Path, int, int],
    origin: str,
    policy: bool,
    record_property: Callable[[str, object], None],
) -> None:
    site, shown, refused = built
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    paths = sorted(path for path in files if path.endswith(".html"))
    seen = opened(browser, origin, paths, policy=policy)
    for name, value in (("shown", shown), ("refused", refused), ("pages", len(paths))):
        record_property(name, value)
    assert shown > 3_000
    assert len(paths) > 90
    assert {path: on.ran + on.armed for path, on in seen.items() if on.ran + on.armed} == {}
    asked = {unquote(url).removeprefix(origin).partition("?")[0] for on in seen.values() for url in on.requests}
    assert asked - files == set()


def test_a_payload_that_comes_out_is_seen(browser: Browser, built: tuple[Path, int, int], origin: str) -> None:
    """What is looked for above is found where it is: on pages that are nothing but one payload each."""
    folder = built[0].parent / "site" / "planted"
    folder.mkdir()
    for number, vector in enumerate(VECTORS.values()):
        text = f"<!doctype html><title>T</title><p>a</p>{vector.format(n=number)}<p>b</p>"
        (folder / f"{number}.html").write_text(text, encoding="utf-8")
    seen = opened(browser, origin, [f"planted/{number}.html" for number in range(len(VECTORS))], policy=False)
    quiet = {
        path
        for path, on in seen.items()
        if not on.ran and not on.armed and all(url.startswith(origin) for url in on.requests)
    }
    assert [name for number, name in enumerate(VECTORS) if f"planted/{number}.html" in quiet] == []
    assert sum(bool(on.ran) for on in seen.values()) > 15
