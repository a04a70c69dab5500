"""Feeds while the desk works, read by feedparser: a typo is no news, a new status is one entry, and names stay."""

from pathlib import Path
from typing import Any

import feedparser

from tests.sites.desks import Paper, built

CONFIG = {"config.yaml": "title: Desk\nbase_url: https://desk.example/briefings/\n"}
EXPECTATION = {"modality": "expectation", "text": "They will sing it.", "recorded": "2025-02-08"}


def feeds(folder: Path, papers: dict[str, Paper]) -> dict[str, bytes]:
    """The feeds of a site by their paths."""
    site = built(folder, papers, CONFIG)
    files = [site / "feed.xml", *site.glob("feeds/*.xml")]
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


def entries(data: bytes) -> dict[str, Any]:
    return {entry.id: entry for entry in feedparser.parse(data).entries}


def papers(**fields: Any) -> dict[str, Paper]:
    return {
        "a": Paper("2025-02-05", {"x": {**EXPECTATION, **fields}, "y": EXPECTATION}),
        "b": Paper("2025-02-27", {"z": {"text": "They sang."}}, "meridian"),
    }


def test_a_typo_in_an_article_changes_no_feed(tmp_path: Path) -> None:
    before = feeds(tmp_path, papers())
    assert before.keys() == {"feed.xml", "feeds/source-gazette.xml", "feeds/source-meridian.xml"} | {
        f"feeds/topic-{topic}.xml" for topic in ("defense", "energy", "trade", "investment")
    }
    text = (tmp_path / "content/articles/a.md").read_text("utf-8")
    for more in ("A typpo.", "A typo."):
        site = built(tmp_path, papers(), {**CONFIG, "content/articles/a.md": f"{text}\n{more}\n"})
        assert more in (site / "articles/a.html").read_text("utf-8")
        assert {path: (site / path).read_bytes() for path in before} == before


def test_a_typo_in_a_claim_is_no_new_entry(tmp_path: Path) -> None:
    before, after = feeds(tmp_path, papers()), feeds(tmp_path, papers(text="They will sign it."))
    for path, data in before.items():
        assert {id: entry.updated for id, entry in entries(data).items()} == {
            id: entry.updated for id, entry in entries(after[path]).items()
        }
    told = "".join(entry.content[0].value for entry in entries(after["feed.xml"]).values())
    assert "They will sign it." in told


def test_a_new_status_is_one_entry_of_each_feed_that_it_belongs_to(tmp_path: Path) -> None:
    step = {"status": "fulfilled", "on": "2025-03-01", "why": "They signed.", "evidence": ["b#z"]}
    before, after = feeds(tmp_path, papers()), feeds(tmp_path, papers(history=[step]))
    concerned = {"feed.xml", "feeds/source-gazette.xml", "feeds/topic-trade.xml"}
    for path, data in before.items():
        old, new = entries(data), entries(after[path])
        assert old.keys() <= new.keys()
        assert len(new) - len(old) == (path in concerned), path
        for id in new.keys() - old.keys():
            assert new[id].updated == "2025-03-01T00:00:00Z"
            assert new[id].link == "https://desk.example/briefings/articles/a.html#x"
            assert "They signed." in new[id].content[0].value


def test_what_would_harm_a_reader_is_text(tmp_path: Path) -> None:
    text = 'a ]]> </content> "b" & <script>alert(1)</script>'
    [entry, *_] = [
        entry for entry in entries(feeds(tmp_path, papers(text=text))["feed.xml"]).values() if "alert" in str(entry)
    ]
    assert "<script" not in entry.content[0].value
