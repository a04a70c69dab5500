"""What claims are called in a few words: by their editor, or by the beginning of what they say, never by a digest."""

import json
import re
from pathlib import Path

import html5lib
import pytest

from briefing.build import Request, build
from briefing.wording import shortened
from tests.sites.desks import Paper, write_desk

DIGEST = re.compile("q[- ][0-9a-f]{8}")
QUOTE = "両首脳は来月の会談で条約に署名する見通しだと政府の高官は述べた"
SHORT = "両首脳は来月の会談で条約に署名する見通し…"
BEGUN = "The two leaders will in all likelihood…"
SAID = "The two leaders will in all likelihood sign a treaty next month"


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Short", "Short"),
        (SAID, "The two leaders will in all likelihood…"),
        ("A statement of as many characters as 40.", "A statement of as many characters as 40."),
        (QUOTE, SHORT),
        ("x" * 60, "x" * 40 + "…"),
        ("First line\nof a text that goes on, and on for long", "First line of a text that goes on, and…"),
        ("", ""),
    ],
)
def test_a_text_is_cut_between_words_where_it_has_them(text: str, short: str) -> None:
    assert shortened(text, 40) == short


def test_no_reader_and_no_program_is_told_a_digest_for_the_name_of_a_claim(tmp_path: Path) -> None:
    """Of two claims in Japanese, one with the desk's own text; neither has an id or a label. One of them was called by
    its digest when that was written down as its id."""
    claim = "topics: [trade], modality: expectation, due: 2026-05, review_by: 2026-04-20"
    moved = "history: [{status: stalled, on: 2026-03-20, why: No, evidence: [talks#gas]}]"
    claims = (
        f"claims:\n  - {{quote: {QUOTE}, {claim}, {moved}}}\n"
        f"  - {{quote: 交渉は続く, text: {SAID}, {claim}, {moved}}}\n"
        f"  - {{id: q-1a2b3c4d, quote: 閣僚も出席する, {claim}}}\n"
    )
    files = {
        "config.yaml": "title: Desk\nbase_url: https://desk.example/\ntopics: [trade]\n",
        "content/articles/kaidan.md": (
            "---\ntitle: 会談\nsource: gazette\npublished: 2026-03-01\nlanguage: ja\n---\n\n"
            f"{QUOTE}。交渉は続く。閣僚も出席する。\n"
        ),
        "content/annotations/kaidan.yaml": claims,
    }
    desk = write_desk(tmp_path, {"talks": Paper("2026-03-02", {"gas": {}})}, files)
    run = build(Request(desk), desk / "site")
    assert run.written, [problem.message for problem in run.problems]
    for path in (desk / "site").rglob("*.html"):
        page = html5lib.parse(path.read_text(encoding="utf-8"), namespaceHTMLElements=False)
        told = [text for one in page.iter() if one.tag != "script" for text in (one.text, one.tail, one.get("title"))]
        assert [text for text in told if text and DIGEST.search(text)] == [], path
    ledger = (desk / "site/ledger.html").read_text(encoding="utf-8")
    assert QUOTE in ledger
    feed, calendar = ((desk / "site" / name).read_text(encoding="utf-8") for name in ("feed.xml", "calendar.ics"))
    titles = re.findall("<title[^>]*>(.*?)</title>", feed)
    assert {f"{SHORT}: stalled", f"{BEGUN}: stalled"} <= set(titles)
    events = re.findall("^SUMMARY:(.*)", calendar.replace("\r\n ", ""), re.MULTILINE)
    assert len(events) >= 6
    assert not any(DIGEST.search(event) for event in events)
    graph = json.loads((desk / "site/annotations/kaidan.jsonld").read_text(encoding="utf-8"))
    names = set(re.findall(r'"name": "(.*?)"', json.dumps(graph, ensure_ascii=False)))
    assert {SHORT, BEGUN, "閣僚も出席する"} <= names
    assert not any(DIGEST.search(name) for name in names)
