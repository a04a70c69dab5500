"""`--as-of`: the site as it could have been known on a day holds no trace of anything recorded later."""

import json
from datetime import date
from pathlib import Path

import pytest
import yaml

from briefing.build import Request, build, check
from briefing.model.summit import Summit
from tests.samples import first_of
from tests.sites.desks import Paper, write_desk
from tests.sites.rich import ARTICLES, SUMMITS, quote_of, write_rich_site


@pytest.mark.parametrize("day", first_of(3, ["2025-02-08", "2025-05-30", "2025-06-01", "2025-12-31"]))
def test_nothing_recorded_later_is_in_any_file(day: str, tmp_path: Path) -> None:
    run = build(Request(write_rich_site(tmp_path / "desk"), as_of=date.fromisoformat(day)), tmp_path / "site")
    assert [problem.message for problem in run.problems if problem.severity == "error"] == []
    files = {path: path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()}
    for words, since in recorded().items():
        found = [path.name for path, data in files.items() if words.encode() in data]
        assert bool(found) == (since <= day), (words, since, found)
    for words, since in verdicts().items():
        found = [path.name for path, data in files.items() if words.encode() in data]
        assert since <= day or not found, (words, since, found)


def recorded() -> dict[str, str]:
    """What the pages of the rich site tell only once it is recorded: words of claims and of their histories."""
    found = {}
    for id, (head, claims) in ARTICLES.items():
        for number, claim in enumerate(claims, 1):
            if "draft" not in head and "draft" not in claim:
                since = max(head["published"][:10], claim.get("recorded", ""))
                found[quote_of(f"c{number}", id)] = since
                found |= {entry["why"]: entry["on"] for entry in claim.get("history", [])}
    return found


def verdicts() -> dict[str, str]:
    """The verdicts of the rich site, each with the day from which it is known; that of a month from its end."""
    written = {
        summit["verdict"]["text"]: summit["verdict"]["written"] for summit in SUMMITS.values() if "verdict" in summit
    }
    return {words: "2025-02-28" if day == "2025-02" else day for words, day in written.items()}


@pytest.mark.parametrize("day", first_of(3, ["2025-02-08", "2025-05-30", "2025-12-31"]))
def test_no_record_has_a_later_verdict(day: str, tmp_path: Path) -> None:
    run = check(Request(write_rich_site(tmp_path), as_of=date.fromisoformat(day)))
    assert run.site is not None
    records = [summit.record for summit in run.site.content.summits.values()]
    assert {record.verdict.text for record in records if record.verdict} == {
        words for words, since in verdicts().items() if since <= day
    }


def test_no_table_has_the_day_of_a_text_that_is_left_out(tmp_path: Path) -> None:
    day = "2025-02-08"
    build(Request(write_rich_site(tmp_path / "desk"), as_of=date.fromisoformat(day)), tmp_path / "site")
    found = json.loads((tmp_path / "site/data/summits.json").read_bytes())
    assert {row["written"] for row in found if row["summary"] is None} == {None}
    cited = yaml.safe_load((tmp_path / "site/data/CITATION.cff").read_text("utf-8"))
    assert cited["date-released"] <= day


def test_a_claim_recorded_later_than_its_article_is_left_out_with_its_mark(tmp_path: Path) -> None:
    write = {
        "config.yaml": "title: Small\ntopics: [trade]\n",
        "content/sources.yaml": "wire: {name: Wire}\n",
        "content/articles/a.md": "---\ntitle: A\nsource: wire\npublished: 2025-01-01\n---\nFirst words, second words.",
        "content/annotations/a.yaml": (
            "claims:\n  - {quote: First words, topics: [trade]}\n"
            "  - {quote: second words, topics: [trade], recorded: 2025-03-01}\n"
        ),
    }
    for name, text in write.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    build(Request(tmp_path, as_of=date(2025, 2, 1)), tmp_path / "site")
    page = (tmp_path / "site/articles/a.html").read_text(encoding="utf-8")
    assert 'id="first-words"' in page
    assert "second-words" not in page


# What is dated how, the newest day on which it is not yet known, and the first on which it is.
DATED = {
    "an article of a month": ({"published": "2025-02"}, "first words", "2025-02-27", "2025-02-28"),
    "an article of a year": ({"published": "2024"}, "first words", "2024-12-30", "2024-12-31"),
    "an article of a day": ({"published": "2025-02-05"}, "first words", "2025-02-04", "2025-02-05"),
    "a claim recorded in a month": ({"recorded": "2025-03"}, 'id="one"', "2025-03-30", "2025-03-31"),
    "a status of a month": ({"on": "2025-03"}, "Nobody can tell.", "2025-03-30", "2025-03-31"),
    "a correction of a month": ({"correction": "2025-03"}, "It was 5.", "2025-03-30", "2025-03-31"),
    "a text written in a month": ({"written": "2025-03"}, "The background.", "2025-03-30", "2025-03-31"),
    "a meeting of a month": ({"start": "2025-03"}, "The meeting", "2025-03-30", "2025-03-31"),
}


def dated(folder: Path, **dates: str) -> Path:
    """A site in which each of these things is dated, with an article that has always been known."""
    when = {"published": "2024-06-01", "recorded": "2024-06-01", "on": "2024-06-01", "correction": "2024-06-01"}
    when |= {"written": "2024-06-01", "start": "2024-06-01", **dates}
    if when["published"] > "2024-06-01" or "published" in dates:
        when |= dict.fromkeys(("recorded", "on", "correction"), "2025-12-31")
    article = "---\ntitle: {}\nsource: wire\npublished: {}\n{}---\n\n{}.\n"
    corrections = f"corrections: [{{on: {when['correction']}, text: It was 5.}}]\n"
    history = f"[{{status: unratable, on: {when['on']}, why: Nobody can tell.}}]"
    claim = f"{{id: one, quote: first words, topics: [trade], modality: opinion, history: {history}"
    claim += f", recorded: {when['recorded']}}}" if "recorded" in dates else "}"
    files = {
        "config.yaml": "title: Small\ntopics: [trade]\n",
        "content/sources.yaml": "wire: {name: Wire}\n",
        "content/articles/old.md": article.format("Old", "2020-01-01", "", "Nothing"),
        "content/articles/a.md": article.format("A", when["published"], corrections, "The first words"),
        "content/annotations/a.yaml": f"claims:\n  - {claim}\n",
        "content/topics/trade.md": f"---\nwritten: {when['written']}\n---\n\nThe background.\n",
        "content/summits/m.md": f"---\ntitle: The meeting\nstart: {when['start']}\n---\n",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("case", first_of(3, DATED))
def test_what_is_dated_by_its_month_or_year_is_known_at_its_end(case: str, tmp_path: Path) -> None:
    dates, words, before, after = DATED[case]
    folder = dated(tmp_path, **dates)
    shown = {}
    for day in (before, after):
        run = build(Request(folder, as_of=date.fromisoformat(day)), tmp_path / day)
        assert [problem.message for problem in run.problems] == []
        shown[day] = any(words in path.read_text(encoding="utf-8") for path in (tmp_path / day).rglob("*.html"))
    assert shown == {before: False, after: True}


def meeting(folder: Path, day: str, summit: str) -> Summit:
    """A meeting of February 7 as it was known on a day, with an agenda that claims of several days answer."""
    settled = {"status": "unverified", "on": "2025-03-10", "why": "Nobody else says so."}
    papers = {
        "eve": Paper("2025-02-05", {"ahead": {"summit": "m", "modality": "expectation"}}),
        "text": Paper("2025-02-08", {"promise": {"summit": "m", "modality": "commitment"}, "fact": {"summit": "m"}}),
        "late": Paper("2025-02-05", {"entered": {"summit": "m", "modality": "commitment", "recorded": "2025-03-10"}}),
        "year": Paper("2025-03-01", {"count": {"summit": "m", "history": [settled]}}),
    }
    root = write_desk(folder, papers, {"content/summits/m.md": f"---\ntitle: M\nstart: 2025-02-07\n{summit}---\n"})
    run = check(Request(root, as_of=date.fromisoformat(day)))
    assert [problem.message for problem in run.problems] == []
    assert run.site is not None
    return run.site.content.summits["m"].record


# The day in a verdict, the newest on which it is not yet known, and the first on which it is.
WRITTEN = [
    ("2025-03-01", "2025-02-28", "2025-03-01"),
    ("2025-03", "2025-03-30", "2025-03-31"),
    ("2025", "2025-12-30", "2025-12-31"),
]


@pytest.mark.parametrize(("written", "before", "after"), WRITTEN)
def test_a_verdict_is_known_from_the_day_it_was_written(written: str, before: str, after: str, tmp_path: Path) -> None:
    verdict = f"verdict: {{text: It came to nothing., written: {written}}}\n"
    assert meeting(tmp_path / "before", before, verdict).verdict is None
    known = meeting(tmp_path / "after", after, verdict).verdict
    assert known is not None
    assert known.text == "It came to nothing."


AGENDA = """\
agenda:
  - topic: trade
    items:
      - Steel
      - {item: Gas, claims: [eve#ahead, text#promise], now: text#promise}
      - {item: Fish, claims: [late#entered, text#fact], now: late#entered}
      - {item: Boats, claims: [year#count], now: year#count}
"""
# By day: the claims of each item, and the one whose status says what came of it.
KNOWN: dict[str, list[tuple[str, tuple[str, ...], str | None]]] = {
    "2025-02-06": [("Steel", (), None), ("Gas", ("eve#ahead",), None), ("Fish", (), None), ("Boats", (), None)],
    "2025-02-08": [
        ("Steel", (), None),
        ("Gas", ("eve#ahead", "text#promise"), "text#promise"),
        ("Fish", ("text#fact",), None),
        ("Boats", (), None),
    ],
    # The count is there and nothing has been said yet of whether it is right.
    "2025-03-09": [
        ("Steel", (), None),
        ("Gas", ("eve#ahead", "text#promise"), "text#promise"),
        ("Fish", ("text#fact",), None),
        ("Boats", ("year#count",), None),
    ],
    "2025-03-10": [
        ("Steel", (), None),
        ("Gas", ("eve#ahead", "text#promise"), "text#promise"),
        ("Fish", ("late#entered", "text#fact"), "late#entered"),
        ("Boats", ("year#count",), "year#count"),
    ],
}


@pytest.mark.parametrize("day", KNOWN)
def test_an_agenda_is_answered_by_what_was_known(day: str, tmp_path: Path) -> None:
    (topic,) = meeting(tmp_path, day, AGENDA).agenda
    assert [(item.item, item.claims, item.now) for item in topic.items] == KNOWN[day]
