"""What pages say of dates that are not those of the writing: versions, reconstructions, and the desk's own reports."""

from datetime import date
from pathlib import Path

import html5lib
import pytest

from briefing.build import Request, build

SITE = {
    "config.yaml": "title: Small\ntopics: [trade]\nrecorded_since: 2025-06-01\n",
    "content/sources.yaml": "wire: {name: Wire}\ndesk: {name: Our desk, kind: desk}\n",
    "content/articles/talks.md": "---\ntitle: Talks\nsource: wire\npublished: 2025-01-05~\n---\nThey will sign it.",
    "content/articles/text.md": (
        "---\ntitle: Text\nsource: wire\npublished: 2025-02-01\nrevised: 2025-02-04\n---\nThey have signed it."
    ),
    "content/articles/sums.md": "---\ntitle: Sums\nsource: desk\npublished: 2025-06-02\n---\nWe count one signature.",
    "content/annotations/talks.yaml": (
        "claims:\n  - id: sign\n    quote: will sign it\n    topics: [trade]\n    modality: expectation\n"
        "    due: 2025-01-20\n    history:\n"
        "      - {status: fulfilled, on: 2025-02-04, since: 2025-02-01, why: They did., evidence: [text#signed]}\n"
        "  - {id: they, quote: They, topics: [trade], modality: expectation, due: 2025-05-12, review_by: 2026-01-01}\n"
    ),
    "content/annotations/text.yaml": "claims:\n  - {id: signed, quote: have signed it, topics: [trade]}\n",
    "content/annotations/sums.yaml": (
        "claims:\n  - {id: one, quote: one signature, topics: [trade], attribution: [{described_as: a clerk}],\n"
        "     relations: [{type: qualifies, to: text#signed}]}\n"
    ),
}
HEADING = "Reconstructed from what had been published by then; entered from June 1, 2025 on."


def words(site: dict[str, str], path: str) -> str:
    """The text of a page as an HTML parser that is not ours has it."""
    return " ".join("".join(html5lib.parse(site[path], namespaceHTMLElements=False).itertext()).split())


def built(folder: Path, as_of: date | None = None) -> dict[str, str]:
    for name, text in SITE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    output = folder / f"site-{as_of}"
    run = build(Request(folder, as_of=as_of), output)
    assert [problem.message for problem in run.problems] == []
    return {path.relative_to(output).as_posix(): path.read_text(encoding="utf-8") for path in output.rglob("*.html")}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return built(tmp_path_factory.mktemp("entered"))


def test_an_approximate_date_is_told_so_and_is_valid_in_the_markup(site: dict[str, str]) -> None:
    assert "about January 5, 2025" in words(site, "articles/talks.html")
    assert all('datetime="2025-01-05~"' not in page for page in site.values())
    assert '<time datetime="2025-01-05">about January 5, 2025</time>' in site["articles/talks.html"]


def test_a_later_version_is_named_at_its_head(site: dict[str, str]) -> None:
    assert "February 1, 2025 · in the words of February 4, 2025" in words(site, "articles/text.html")


def test_the_ledger_says_since_when_it_is_kept(site: dict[str, str]) -> None:
    assert HEADING in words(site, "ledger.html")
    assert HEADING not in words(site, "index.html")


def test_no_page_says_that_anything_was_recorded_or_checked_before(site: dict[str, str]) -> None:
    for path in site.keys() - {"data.html"}:  # which tells of the column
        said = words(site, path)
        assert "recorded" not in said, path
        assert "checked February" not in said, path
        assert "checked January" not in said, path
        assert "Last looked at Feb" not in said, path
        assert "Last looked at Jan" not in said, path
    assert "will sign it Wirefulfilled Late by 12 days. Feb 4, 2025Jan 20, 2025" in words(site, "ledger.html")
    assert "Wire · Late by 12 days. · about Jan 5, 2025" in words(site, "topics/trade.html")
    told = words(site, "articles/talks.html")
    assert "fulfilled Late by 12 days. They did. Feb 1, 2025" in told
    assert "pending Overdue for 21 days. Last looked at Jun 1, 2025." in told
    assert "To be looked at again by Jan 1, 2026." in told


def row_of(site: dict[str, str], path: str, ref: str) -> str:
    """What a page shows of a claim in its lists."""
    page = html5lib.parse(site[path], namespaceHTMLElements=False)
    found = [element for element in page.iter() if element.get("data-claim") == ref]
    return " ".join(" ".join("".join(element.itertext()).split()) for element in found)


def test_rows_and_the_articles_page_tell_what_is_late_and_overdue_and_by_how_much(site: dict[str, str]) -> None:
    """The records' clock is at the newest article: June 2, 2025."""
    for path in ("ledger.html", "topics/trade.html"):
        assert "Late by 12 days." in row_of(site, path, "talks#sign")
        assert "Overdue for 21 days." in row_of(site, path, "talks#they")
    assert "Late by 12 days." in words(site, "articles/talks.html")
    assert "Overdue for 21 days." in words(site, "articles/talks.html")


def test_an_edition_of_an_earlier_day_is_headed_as_a_reconstruction(tmp_path: Path) -> None:
    early = built(tmp_path, date(2025, 2, 20))
    assert all(HEADING in words(early, path) for path in early.keys() - {"changes.html"})
    assert all("Last looked at Jun" not in words(early, path) for path in early)
    late = built(tmp_path, date(2025, 6, 10))
    assert all(HEADING not in words(late, path) for path in late)


def test_a_version_of_a_later_day_is_not_in_an_edition_of_an_earlier_one(tmp_path: Path) -> None:
    eve = built(tmp_path, date(2025, 2, 3))
    assert "articles/text.html" not in eve
    assert "pending" in words(eve, "articles/talks.html")
    assert "articles/text.html" in built(tmp_path, date(2025, 2, 4))


def test_the_desks_own_words_are_ours_and_in_no_quotation_marks(site: dict[str, str]) -> None:
    assert "Our report" in words(site, "articles/sums.html")
    for path, page in site.items():
        quoted = [text for q in html5lib.parse(page, namespaceHTMLElements=False).iter("q") for text in q.itertext()]
        assert "one signature" not in quoted, path
    assert "one signature1 Our desk, citing a clerk · Jun 2, 2025" in words(site, "topics/trade.html")
    assert "Qualified by one1" in words(site, "articles/text.html")
    assert "Sums, Our desk, Jun 2, 2025 (our report)" in words(site, "articles/text.html")
    assert "<q>will sign it</q>" in site["topics/trade.html"]
