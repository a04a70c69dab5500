"""Random selections in the pages of a server, each made a claim through the addresses that the panel uses."""

import json
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.commands import environment
from tests.outputs import tree

# A selection from one character of the text to another, counted without white space and the numbers of claims and
# footnotes: what the client makes of it, and the characters themselves. Without a selection, where words begin.
READ = """async ([from, to]) => {
    const script = document.querySelector('script[data-version]');
    const { selectionOf } = await import(script.src.replace('main.js', 'selection.js'));
    const root = document.querySelector('#_briefing-text') ?? document.querySelector('.reading .prose');
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), places = [], words = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.parentElement.closest('sup.ref, [role=doc-noteref], [role=doc-backlink], .corrections')) continue;
        for (let at = 0; at < node.data.length; at += 1) {
            if (!/\\S/.test(node.data[at])) continue;
            if (!at || /\\s/.test(node.data[at - 1])) words.push(places.length);
            places.push([node, at]);
        }
    }
    if (to === undefined) return [...words, places.length];
    const range = document.createRange(), shown = places.slice(from, to).map(([node, at]) => node.data[at]).join('');
    range.setStart(...places[from]);
    range.setEnd(places[to - 1][0], places[to - 1][1] + 1);
    return { ...selectionOf(range), shown };
}"""
# Where the marks of a claim begin and what they mark, counted in the same way.
MARKED = """(id) => {
    const root = document.querySelector('#_briefing-text') ?? document.querySelector('.reading .prose');
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    let count = 0, start = -1, text = '';
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const holder = node.parentElement;
        if (holder.closest('sup.ref, [role=doc-noteref], [role=doc-backlink], .corrections')) continue;
        const words = node.data.replace(/\\s/g, '');
        let mark = holder.closest('mark');
        while (mark && !mark.dataset.claims.split(' ').includes(id)) mark = mark.parentElement.closest('mark');
        if (mark && start < 0) start = count;
        if (mark) text += words;
        count += words.length;
    }
    return [start, text];
}"""


ALLOWED = ("review-due", "stale-figure", "quote-too-long", "quoted-too-much", "quote-is-sentence")


def post(page: Page, name: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    script = page.locator("script[data-token]")
    headers = {"Content-Type": "application/json", "X-Briefing-Token": str(script.get_attribute("data-token"))}
    answer = page.request.post(f"_briefing/desk/{name}", data=body, headers=headers)
    return answer.status, answer.json()


def select_at_random(page: Page, site: Path, article: str, count: int, seed: int = 15) -> None:
    """Make claims of so many random selections in an article, look at them, and take them back."""
    before, chance = tree(site / "content"), random.Random(f"{seed} {article}")
    open_text(page, article)
    words = page.evaluate(READ, [])
    spans = [span_at_random(chance, words, is_whole=number % 2 == 0) for number in range(count)]
    selections = [(start, page.evaluate(READ, [start, end])) for start, end in spans]
    made, done, widened = [], [], 0
    for start, selection in selections:
        shown = selection.pop("shown")
        status, answer = post(page, "quote", {"article": article, **selection})
        if not re.search(r"\w", shown):
            assert status == 409
            continue
        assert status == 200, (selection, answer)
        quote = answer["claim"]["quote"]
        exact = "".join((quote if isinstance(quote, str) else quote["exact"]).split())
        assert unseen(shown) in exact if answer["is_widened"] else unseen(shown) == exact
        widened += answer["is_widened"]
        claim = {"id": answer["claim"]["id"], "quote": quote, "topics": ["trade"]}
        file = next(
            (site / "content/annotations").rglob(f"{article}.yaml"), site / f"content/annotations/{article}.yaml"
        )
        old = file.read_bytes() if file.exists() else b""
        status, change = post(page, "add", {"article": article, "seen": answer["seen"], "claim": claim})
        assert status == 200, (claim, change)
        assert is_one_block(old, file.read_bytes(), claim["id"])
        done.append(change["undo"])
        made.append((claim["id"], exact, start, start + len(shown)))
    assert_clean(site)
    open_text(page, article)
    for id, exact, start, end in made:
        first, marked = page.evaluate(MARKED, id)
        assert marked == exact
        assert first <= start < end <= first + len(marked), f"{id} is marked elsewhere"
    for undo in reversed(done):
        assert post(page, "undo", {"undo": undo})[0] == 200
    assert tree(site / "content") == before
    assert 0 < widened < count


def span_at_random(chance: random.Random, words: list[int], is_whole: bool) -> tuple[int, int]:
    """A stretch of up to thirty words, or one that begins and ends anywhere in such."""
    first = chance.randrange(len(words) - 1)
    last = min(len(words) - 1, first + chance.randint(1, 30))
    if is_whole:
        return words[first], words[last]
    start = chance.randrange(words[first], words[last])
    return start, chance.randint(start + 1, words[last])


def open_text(page: Page, article: str) -> None:
    """Open an article, and the whole of a text that is kept apart, which stays open once it is."""
    page.goto(f"articles/{article}.html")
    page.wait_for_load_state("load")
    if page.locator("#page_words").count():
        if page.evaluate("id => sessionStorage.getItem(`briefing whole ${id}`)", article) is None:
            page.get_by_role("button", name="Show the whole text").click()
        page.locator("#_briefing-text").wait_for()


def unseen(text: str) -> str:
    """Without what no reader sees and no quote has."""
    return re.sub("[\u00ad\u200b\u2060\ufeff\\s]", "", text)


def is_one_block(before: bytes, after: bytes, id: str) -> bool:
    """Whether a file has one block more, of the claim of that id, and else is as it was."""
    start = next((at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), len(before))
    count = len(after) - len(before)
    while not (after[:start] + after[start + count :] == before and (start == 0 or after[start - 1 : start] == b"\n")):
        start -= 1
    block = after[start : start + count].decode()
    return block.count("\n  - ") + block.startswith("  - ") == 1 and f"- id: {id}\n" in block


def assert_clean(site: Path) -> None:
    """`briefing check` finds no error, and no warning but of what is due, or of how much a desk may quote of others."""
    command = [sys.executable, "-m", "briefing", "-C", str(site), "check", "--format", "json"]
    run = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
    told = json.loads(run.stdout)
    assert [one for one in told if one["code"] not in ALLOWED] == []
