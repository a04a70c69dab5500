"""`briefing serve`: how long after a file is saved a browser shows it.

    python tests/bench/serving.py                  100 and 10,000 articles, 50 rounds of saves
    python tests/bench/serving.py --rounds 10 1000

The real command serves generated articles, and the page that each edit shows on is open in Chromium. In each round
every kind of edit is made once, to another article. The clock runs from the time of the file's last change to the first
frame that the browser draws with the edit in it. The check behind is never waited for, so that most saves come while
one is running, as when somebody works.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from corpus import write_corpus
from peers import FOLDER, ROOT
from playwright.sync_api import Error, Page, sync_playwright
from resident import table
from scenarios import Proof, change_claim_text, change_template, change_text

ROUNDS, SIZES = 50, (100, 10_000)
# Seconds from an opened page to the edit, in which the check behind begins; and at most until it is shown.
PAUSE, BOUND = 0.5, 30
# One frame later, whether a page has a text, in its markup too.
SHOWN = """text => new Promise(resolve => requestAnimationFrame(
    () => resolve(document.documentElement.outerHTML.includes(text))))"""


@dataclass(frozen=True)
class Save:
    """One kind of edit: the page that shows it, known before, and what is done."""

    name: str
    page: Callable[[Path, int], str]
    make: Callable[[Path, int], Proof]


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, help="numbers of articles (default: 100 and 10000)")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="edits of each kind (default: %(default)s)")
    arguments = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    for size in arguments.sizes or SIZES:
        with tempfile.TemporaryDirectory(dir=FOLDER, prefix="serving-") as folder:
            write_corpus(size, Path(folder))
            started = time.perf_counter()
            with served(Path(folder)) as address, browser_page() as page:
                print(f"{size:,} articles, served after {time.perf_counter() - started:.1f} s, {load()}", flush=True)
                print(table(measured(Path(folder), address, page, arguments.rounds), "one file saved, one page shown"))
                print(f"at the end: {load()}", flush=True)


def load() -> str:
    """How busy the machine is."""
    return f"load {os.getloadavg()[0]:.1f} of {os.cpu_count()} processors"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a site that is served."""
    command = [sys.executable, "-m", "briefing", "-C", str(folder), "serve", "--port=0"]
    with tempfile.NamedTemporaryFile() as printed:
        process = subprocess.Popen(command, stdout=printed, stderr=printed)
        try:
            address = None
            while address is None:
                if process.poll() is not None:
                    sys.exit(Path(printed.name).read_text(encoding="utf-8"))
                time.sleep(0.05)
                address = re.search(r"at (http://\S+/)", Path(printed.name).read_text(encoding="utf-8"))
            yield address[1]
        finally:
            process.terminate()
            process.wait()


@contextmanager
def browser_page() -> Iterator[Page]:
    """A tab of Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser.new_page()
        browser.close()


def measured(folder: Path, address: str, page: Page, rounds: int) -> dict[str, list[float]]:
    """The seconds of every edit by its kind."""
    seconds: dict[str, list[float]] = {save.name: [] for save in SAVES}
    for number in range(1, rounds + 1):
        for save in SAVES:
            page.goto(address + save.page(folder, number))
            time.sleep(PAUSE)
            proof = save.make(folder, number)
            saved = os.stat(folder / proof.file).st_mtime
            while not is_shown(page, proof.text):
                if time.time() > saved + BOUND:
                    sys.exit(f"{save.name}: {page.url} does not show `{proof.text}`")
            seconds[save.name].append(time.time() - saved)
    return seconds


def is_shown(page: Page, text: str) -> bool:
    """Whether the page that is open has a text; not while it is loaded again."""
    try:
        return bool(page.evaluate(SHOWN, text))
    except Error:
        return False


def article_page(_: Path, number: int) -> str:
    """The page of the article whose number that of the round is."""
    return f"articles/a{number:05}.html"


def _with_history(folder: Path, number: int) -> Path:
    """The annotations of the first article from that number on of which a claim has a status with the first reason."""
    while True:
        file = folder / f"content/annotations/a{number:05}.yaml"
        if "why: The text says so" in file.read_text(encoding="utf-8"):
            return file
        number += 1


def status_page(folder: Path, number: int) -> str:
    """The page of the article whose claim gets another status."""
    return f"articles/{_with_history(folder, number).stem}.html"


def change_one_status(folder: Path, number: int) -> Proof:
    """Another status, and why, in the history of one claim."""
    statuses = ("in-progress", "fulfilled", "not-fulfilled")
    file = _with_history(folder, number)
    text = file.read_text(encoding="utf-8")
    entry = re.search(r"status: ([\w-]+), (on: \S+) why: The text says so", text)
    assert entry, "it has one"
    status = statuses[(statuses.index(entry[1]) + 1) % len(statuses)]
    words = f"status: {status}, {entry[2]} why: Round {number} shows it"
    file.write_text(text.replace(entry[0], words, 1), encoding="utf-8")
    return Proof(f"content/annotations/{file.name}", f"articles/{file.stem}.html", f"Round {number} shows it")


SAVES = (
    Save("claim text", article_page, change_claim_text),
    Save("claim status", status_page, change_one_status),
    Save("article text", article_page, change_text("content/articles")),
    Save("template", article_page, change_template(ROOT / "templates/article.html", "{% block main %}", "")),
)

if __name__ == "__main__":
    main()
