"""The search of claims: how long after a query is typed the first result is in the page of Chromium.

    python tests/bench/searching.py                    the demonstration, and 10,000 articles with 40,000 claims
    python tests/bench/searching.py --rounds 3 1000    other numbers of rounds and articles; 0 is the demonstration
    python tests/bench/searching.py --sites FOLDER     sites that were built before, by their numbers of articles

Each query is asked in a browser that has nothing of the site, from a server on this machine, in two ways. *Typed*: the
page stands, the whole query is put into its field, and the clock runs from that event. *Opened*: the clock runs from
the click on a link to the query, so that the page itself is in it. `shown` is the time until the first result is in the
page, `all` that until it says how many there are. What the browser fetched for a query is counted too.

The articles are those of the other benchmarks, whose few words stand in very many claims; what the desk says of each
is of 20,000 invented words, as rare as those of a language are, or of Japanese ones.
"""

import argparse
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import accumulate
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parent))

from corpus import write_corpus
from peers import FOLDER, ROOT
from playwright.sync_api import Browser, Page, sync_playwright
from serving import load

ROUNDS, SIZES = 5, (0, 10_000)
BOUND = 30  # seconds
DEMONSTRATION = (
    *("2025", "tariff", "japan", "trump", "golden age", '"golden age"', "takaichi", "nippon steel", "pending"),
    *("550 billion", "2026-03", "rice", "関税", "防衛費", "日米首脳", "の"),
)
# Frequent and rare words, the beginning of one, names, years and days, statuses, and what nothing has.
GENERATED = (
    *("2020", "2019", "2024", "tariff", "report", "plan", "says", "2020 tariff", "coast guard", "delegate 07"),
    *("meeting 123", "fulfilled", "report 4321", "plan 17-2", "harbor wire", "2020-03", "2021-05-17", "march 2020"),
    *("{common}", "{rare}", "{rarest}", "{common} {rare}", '"{common} {next}"', "{beginning}", "qqqq"),
    *("関税", "防衛費", "首脳会談", "の", "合意"),
)
WORDS, SENTENCE = 20_000, 14
JAPANESE = [
    "関税",
    "防衛費",
    "首脳会談",
    "合意",
    "政府",
    "自動車",
    "半導体",
    "交渉",
    "共同声明",
    "投資",
    "日米",
    "大統領",
    "外務省",
    "輸出",
    "引き下げ",
    "協力",
]

WATCHING = """
    const times = window.searchTimes = { began: 0, first: null, all: null, claim: null };
    addEventListener("input", () => Object.assign(times, { began: performance.now(), first: null, all: null }), true);
    new MutationObserver(() => {
        const row = document.querySelector("#search_results li");
        if (row && times.first === null) times.first = performance.now() - times.began;
        const told = document.querySelector("#search_status p");
        if (told && times.all === null) times.all = performance.now() - times.began;
    }).observe(document, { childList: true, subtree: true });
"""


class Taken(NamedTuple):
    """Milliseconds until the first result and until all was told; the files and kilobytes that were fetched."""

    shown: float
    all: float
    files: int
    kilobytes: float


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, help="numbers of articles (default: 0 and 10000)")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of each query (default: %(default)s)")
    parser.add_argument("--sites", type=Path, help="a folder with sites that were built before")
    parser.add_argument("--only", help="one query")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.serve:
        serve(arguments.serve)
    FOLDER.mkdir(exist_ok=True)
    for size in arguments.sizes or SIZES:
        with tempfile.TemporaryDirectory(dir=FOLDER, prefix="searching-") as folder:
            site = (arguments.sites or Path(folder)) / str(size)
            if not site.exists():
                build(size, Path(folder), site)
            queries = [arguments.only] if arguments.only else queries_of(size)
            print(f"{about(site)}; {arguments.rounds} rounds, {load()}", flush=True)
            with served(site) as address, browser() as asked:
                print(table(measured(asked, address, queries, arguments.rounds)), flush=True)
            print(f"at the end: {load()}\n", flush=True)


# --- Sites ----------------------------------------------------------------------------------------------------


def build(size: int, folder: Path, site: Path) -> None:
    """Build the demonstration, or a generated site of so many articles."""
    root = folder / "desk" if size else ROOT
    if size:
        write_corpus(size, root)
        write_texts(root)
    subprocess.run([sys.executable, "-m", "briefing", "-C", root, "build", "--output", site], check=True)


def vocabulary() -> list[str]:
    """Invented words, the most frequent first."""
    dice = random.Random(WORDS)
    found: dict[str, None] = {}
    while len(found) < WORDS:
        syllables = (dice.choice("bdfgklmnprstvz") + dice.choice("aeiou") for _ in range(dice.randrange(2, 5)))
        found["".join(syllables)] = None
    return list(found)


def write_texts(root: Path) -> None:
    """Give each claim a text of its own."""
    dice, words = random.Random(SENTENCE), vocabulary()
    weights = list(accumulate(1 / rank for rank in range(1, WORDS + 1)))

    def text(_: re.Match[str]) -> str:
        if dice.random() < 0.1:
            return f"text: {'の'.join(dice.choice(JAPANESE) for _ in range(5))}を発表した。"
        return f"text: {' '.join(dice.choices(words, cum_weights=weights, k=SENTENCE)).capitalize()}."

    for file in sorted((root / "content/annotations").iterdir()):
        file.write_text(re.sub("text: .*", text, file.read_text(encoding="utf-8")), encoding="utf-8")


def queries_of(size: int) -> list[str]:
    """What is asked of a site."""
    words = vocabulary()
    common, rare = words[20], words[2000]
    named = {"common": common, "next": words[3], "rare": rare, "rarest": words[15_000], "beginning": words[500][:4]}
    return [query.format(**named) for query in (GENERATED if size else DEMONSTRATION)]


def about(site: Path) -> str:
    """How many claims a site has, and its index."""
    files = [file.stat().st_size for file in (site / "search").rglob("*.js")]
    claims = sum(len(re.findall(r"<mark\b", file.read_text(encoding="utf-8"))) for file in site.glob("articles/*.html"))
    whole, largest = sum(files) / 1000, max(files) / 1000
    return f"{claims:,} passages; index: {len(files)} files, {whole:,.0f} KB, the largest {largest:.0f} KB"


# --- Asking ---------------------------------------------------------------------------------------------------


class Handler(SimpleHTTPRequestHandler):
    """Files, on connections that stay."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None: ...


class Server(ThreadingHTTPServer):
    """Browsers that go away while it answers are no errors."""

    def handle_error(self, request: Any, client_address: Any) -> None: ...


def serve(site: Path) -> None:
    """Serve a site until the process is ended."""

    def handler(*args: Any) -> Handler:
        return Handler(*args, directory=str(site))

    server = Server(("127.0.0.1", 0), handler)
    print(f"http://127.0.0.1:{server.server_port}/", flush=True)
    server.serve_forever()


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a site that another process serves."""
    command = [sys.executable, __file__, "--serve", str(site)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


def measured(browser: Browser, address: str, queries: Sequence[str], rounds: int) -> dict[str, list[list[Taken]]]:
    """By query, what it took when it was typed and when it was opened. The first round is not counted."""
    taken: dict[str, list[list[Taken]]] = {query: [[], []] for query in queries}
    for number in range(rounds + 1):
        for query in queries:
            for way, into in enumerate(taken[query]):
                one = asked(browser, address, query, is_typed=way == 0)
                if number:
                    into.append(one)
    return taken


def asked(browser: Browser, address: str, query: str, is_typed: bool) -> Taken:
    """Ask in a browser that has nothing of the site."""
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(WATCHING)
    if is_typed:
        page.goto(f"{address}search.html", wait_until="networkidle")
        fetched = len(resources(page))
        page.fill("[name=q]", query)
    else:
        fetched = 0
        page.goto("about:blank")
        page.goto(f"{address}search.html?{urlencode({'q': query})}")
    times = ended(page, query)
    files = resources(page)[fetched:]
    context.close()
    shown = times["first"] if times["first"] is not None else times["all"]
    return Taken(shown, times["all"], len(files), sum(files) / 1000)


def ended(page: Page, query: str) -> dict[str, Any]:
    """The times of a page, once it has said how many results there are."""
    deadline = time.monotonic() + BOUND
    while (times := page.evaluate("searchTimes"))["all"] is None:
        if time.monotonic() > deadline:
            sys.exit(f"`{query}`: nothing was told in {BOUND} s")
        time.sleep(0.02)
    return dict(times)


def resources(page: Page) -> list[float]:
    """The bytes of the parts of the index that were fetched."""
    return list(
        page.evaluate(
            "performance.getEntriesByType('resource').filter(one => one.name.includes('/search/'))"
            ".map(one => one.encodedBodySize)"
        )
    )


def table(taken: dict[str, list[list[Taken]]]) -> str:
    """Medians and worst, as Markdown; the slowest query at the end."""
    head = "| query | typed: shown, median | worst | all, median | files | KB | opened: shown, median | worst |"
    rows = [head, "|---|" + "--:|" * 7]
    for query, (typed, opened) in taken.items():
        rows.append(
            f"| `{query}` | {_median(typed):.0f} | {max(one.shown for one in typed):.0f} | "
            f"{median(one.all for one in typed):.0f} | {typed[0].files} | {typed[0].kilobytes:.0f} | "
            f"{_median(opened):.0f} | {max(one.shown for one in opened):.0f} |"
        )
    slowest = max(taken, key=lambda query: _median(taken[query][0]))
    return "\n".join([*rows, "", f"slowest when typed: `{slowest}`, {_median(taken[slowest][0]):.0f} ms"])


def _median(some: Sequence[Taken]) -> float:
    return median(one.shown for one in some)


if __name__ == "__main__":
    main()
