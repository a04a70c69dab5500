"""Entries of feeds as a reader shows them, without the site: what is said, on whose word, where, and what shows it."""

from pathlib import Path
from typing import Any

import feedparser
from html5lib import parseFragment

from tests.sites.desks import Paper, built

CONFIG = {"config.yaml": "title: Desk\nbase_url: https://desk.example/briefings/\n"}
STEP = {"status": "fulfilled", "on": "2025-03-01", "why": "They signed.", "evidence": ["b#z"]}
PROMISE = {"modality": "commitment", "text": "They will sign it.", "history": [STEP]}


def feed(folder: Path, papers: dict[str, Paper], name: str = "feed.xml") -> Any:
    return feedparser.parse((built(folder, papers, CONFIG) / name).read_bytes())


def shown(entry: Any) -> str:
    """The text of an entry as a list of entries has it, without any markup."""
    return " ".join("".join(parseFragment(entry.content[0].value).itertext()).split())


def test_a_status_tells_who_said_it_where_and_which_words_show_it(tmp_path: Path) -> None:
    papers = {"a": Paper("2025-02-05", {"x": PROMISE}), "b": Paper("2025-02-27", {"z": {}}, "meridian")}
    [entry, *_] = feed(tmp_path, papers).entries
    told = shown(entry)
    assert "Gazette · About a, February 5, 2025" in told
    assert "pending → fulfilled: They signed. Shown by" in told
    assert "the claim z ends (Meridian)" in told
    assert 'href="https://desk.example/briefings/articles/b.html#z"' in entry.content[0].value


def test_the_publisher_is_named_beside_another_voice(tmp_path: Path) -> None:
    voice = {"attribution": [{"by": "brandt", "basis": "named"}]}
    papers = {"a": Paper("2025-02-05", {"x": {**PROMISE, **voice}}), "b": Paper("2025-02-27", {"z": {}})}
    assert "Ilse Brandt (Prime Minister) · About a, Gazette, February 5, 2025" in shown(
        feed(tmp_path, papers).entries[0]
    )


def test_signs_are_those_of_the_language(tmp_path: Path) -> None:
    papers = {"a": Paper("2025-02-05", {"x": PROMISE}), "b": Paper("2025-02-27", {"z": {}}, "meridian")}
    config = {"config.yaml": f"{CONFIG['config.yaml']}language: ja\n"}
    [entry, *_] = feedparser.parse((built(tmp_path, papers, config) / "feed.xml").read_bytes()).entries
    assert "未決 → 実現：They signed. 根拠 the claim z ends（Meridian）" in shown(entry)


def test_claims_that_do_not_fit_are_counted_with_a_link(tmp_path: Path) -> None:
    papers = {"a": Paper("2025-02-05", {f"c{number}": {"text": f"Claim {number}."} for number in range(23)})}
    [entry] = feed(tmp_path, papers).entries
    assert shown(entry).startswith("Gazette, February 5, 2025, 23 claims Claim 0. Gazette Claim 1.")
    assert "and 3 more" in shown(entry)
    assert 'href="https://desk.example/briefings/articles/a.html"' in entry.content[0].value
    assert entry.content[0].value.count("Claim ") == 20


def test_claims_that_came_later_than_their_article_are_told_to_be_such(tmp_path: Path) -> None:
    papers = {"a": Paper("2025-02-05", {"x": {}, "y": {"recorded": "2025-02-09"}})}
    assert [entry.title for entry in feed(tmp_path, papers).entries] == ["Claims added: About a", "About a"]


def test_no_two_lines_run_together_without_markup(tmp_path: Path) -> None:
    papers = {"a": Paper("2025-02-05", {"x": {"text": "They will sign it."}})}
    [entry] = feed(tmp_path, papers).entries
    assert "They will sign it. Gazette" in shown(entry)
    assert "<i>" not in entry.content[0].value  # which Japanese has none of


def test_feeds_are_told_apart_in_a_list_of_feeds_of_many_sites(tmp_path: Path) -> None:
    papers = {"a": Paper("2025-02-05", {"x": {}})}
    assert feed(tmp_path, papers).feed.title == "Desk"
    for name, title in (("topic-trade", "Trade"), ("source-gazette", "Gazette")):
        assert feedparser.parse((tmp_path / f"site/feeds/{name}.xml").read_bytes()).feed.title == f"{title} · Desk"
