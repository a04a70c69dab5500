"""A generated site: N articles of about 6 KB with four claims and a figure each, one summit for every twenty articles.

Deterministic: the same N gives the same bytes. Run as `python tests/bench/corpus.py N FOLDER`. The articles are records
first, so that `peers.py` can write the same ones in the form of other generators.
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

TOPICS = ("defense", "energy", "trade", "investment")
SOURCES = ("harbor-wire", "northern-gazette", "meridian-post", "strait-times", "capital-radio", "delta-review")
PEOPLE = tuple(f"delegate-{number:02}" for number in range(40))
WHO = (
    "The trade ministry",
    "A senior delegate",
    "The coast guard",
    "An energy company",
    "The host government",
    "The central bank",
)
DID = ("expects", "proposed", "described", "put off", "welcomed", "questioned", "published", "set out", "signed off on")
WHAT = (
    "a lower tariff on farm goods",
    "a second gas terminal",
    "joint patrols in the strait",
    "a fund for chip plants",
    "a longer lease for the base",
    "a review of export licences",
    "a shared stock of fuel",
    "a port for container ships",
)
HOW = (
    "after a night of talks in the capital",
    "before the ministers meet again in spring",
    "although the price has not been named",
    "as both sides had asked for in writing",
    "while the opposition called for a vote",
    "with a first report due within a year",
    "in a letter that reached reporters on Friday",
    "to calm buyers on both coasts",
)
HEADINGS = (
    "What is known",
    "The money",
    "What each side wants",
    "At sea",
    "Next dates",
    "Reactions",
    "In the small print",
)
MODALITIES = ("fact", "expectation", "proposal", "commitment")
MEASURES = 40
STATUSES = ("pending", "in-progress", "fulfilled", "not-fulfilled")


# The next article, whose first claim shows what became of this one's, and the day on which the desk says so.
Shown = tuple[str, date] | None


@dataclass(frozen=True)
class Article:
    """One article: its facts, its text in Markdown, and its claims as the lines of an annotation file.

    `topics` are those of its first claim, one or two: other generators list the article under them.
    """

    id: str
    title: str
    source: str
    published: date
    summit: str
    topics: tuple[str, ...]
    body: str
    claims: str


def summit_ids(count: int) -> list[str]:
    """The summits of a site of `count` articles."""
    return [f"meeting-{number:04}" for number in range(max(1, count // 20))]


def articles(count: int) -> Iterator[Article]:
    """The articles of a site of `count`; about 6 KB each, so they are made one at a time."""
    dice = random.Random(count)
    summits = summit_ids(count)
    days = [date(2019, 1, 1) + timedelta(days=dice.randrange(2000)) for _ in range(count)]
    in_order = sorted(range(count), key=lambda number: (days[number], number))
    following = dict(pairwise(in_order))
    for number, day in enumerate(days):
        next = following.get(number)
        shown = (article_id(next), max(days[next], day + timedelta(days=30))) if next is not None else None
        yield _article(number, day, shown, dice.choice(summits), dice)


def article_id(number: int) -> str:
    """The id of an article."""
    return f"a{number:05}"


def write_corpus(count: int, folder: Path) -> None:
    """Write a site of `count` articles into a new folder, in the form of `briefing`."""
    for name in ("articles", "annotations", "summits"):
        (folder / "content" / name).mkdir(parents=True, exist_ok=True)
    (folder / "config.yaml").write_text("title: Generated site\ntopics: [defense, energy, trade, investment]\n")
    _write_registries(folder / "content")
    dice = random.Random(-count)
    for id in summit_ids(count):
        _write_summit(folder / "content/summits", id, dice)
    for article in articles(count):
        _write_article(folder / "content", article)


def _write_registries(content: Path) -> None:
    names = "".join(f"{id}: {{name: {id.replace('-', ' ').title()}}}\n" for id in SOURCES)
    (content / "sources.yaml").write_text(names)
    people = "".join(
        f"{id}: {{name: {id.replace('-', ' ').title()}, roles: [{{post: Envoy, start: 2018}}]}}\n" for id in PEOPLE
    )
    (content / "people.yaml").write_text(people)
    measures = "".join(
        f"measure-{number:02}: {{label: Quantity {number}, unit: tons, topics: [{TOPICS[number % 4]}]}}\n"
        for number in range(MEASURES)
    )
    (content / "measures.yaml").write_text(measures)
    (content / "places.yaml").write_text("coastland: {name: Coastland, kind: country, timezone: Asia/Tokyo}\n")


def _write_summit(folder: Path, id: str, dice: random.Random) -> None:
    number = int(id.removeprefix("meeting-"))
    day = date(2019, 1, 1) + timedelta(days=dice.randrange(2000))
    facts = f"title: Meeting {number}\nstart: {day}\nstatus: held\nparticipants: [{{person: {dice.choice(PEOPLE)}}}]"
    (folder / f"{id}.md").write_text(f"---\n{facts}\n---\nMeeting {number} of its kind.\n")


def _write_article(content: Path, article: Article) -> None:
    facts = f"title: {article.title}\nsource: {article.source}\npublished: {article.published}"
    head = f"---\n{facts}\nsummits: [{article.summit}]\n---\n"
    (content / "articles" / f"{article.id}.md").write_text(head + article.body, encoding="utf-8")
    (content / "annotations" / f"{article.id}.yaml").write_text(
        f"summit: {article.summit}\nclaims:\n{article.claims}", encoding="utf-8"
    )


def _article(number: int, day: date, shown: Shown, summit: str, dice: random.Random) -> Article:
    topics = _some_topics(dice)
    paragraphs, claims = [], []
    for part, heading in enumerate(HEADINGS):
        paragraphs.append(f"## {heading}\n")
        paragraphs.extend(" ".join(_sentence(dice) for _ in range(4)) + "\n" for _ in range(2))
        if part in (1, 4):
            paragraphs.append(f"> “{_sentence(dice)}” said {dice.choice(PEOPLE)}.\n")
        if part == 3:
            paragraphs.append("\n".join(f"- {_sentence(dice)}" for _ in range(4)) + "\n")
        if part < 4:
            words = f"{dice.choice(WHO)} {dice.choice(DID)} plan {number}-{part} of {dice.randrange(2, 90)} parts"
            paragraphs.append(f"{words}, {dice.choice(HOW)}.\n")
            claims.append(_claim(shown, words, part, topics if part == 0 else _some_topics(dice), day, dice))
            if part == 0:
                measure = f"measure-{number % MEASURES:02}"
                claims.append(f"    figure: {{measure: {measure}, value: {number % 977}, as_of: {day}}}\n")
    return Article(
        id=article_id(number),
        title=f"Report {number} on {dice.choice(WHAT)}",
        source=dice.choice(SOURCES),
        published=day,
        summit=summit,
        topics=topics,
        body="\n".join(paragraphs),
        claims="".join(claims),
    )


def _some_topics(dice: random.Random) -> tuple[str, ...]:
    return tuple(sorted(dice.sample(TOPICS, dice.randrange(1, 3))))


def _sentence(dice: random.Random) -> str:
    what = dice.choice(WHAT)
    chance = dice.random()
    if chance < 0.12:
        what = f"**{what}**"
    elif chance < 0.2:
        what = f"[{what}](https://example.org/{dice.randrange(9999)})"
    return f"{dice.choice(WHO)} {dice.choice(DID)} {what} {dice.choice(HOW)}."


def _claim(shown: Shown, words: str, part: int, topics: tuple[str, ...], day: date, dice: random.Random) -> str:
    modality = MODALITIES[part]
    lines = [
        f"  - id: claim-{part}",
        f"    quote: {words}",
        f"    text: What part {part} says in the words of the desk.",
        f"    topics: [{', '.join(topics)}]",
        f"    modality: {modality}",
    ]
    if modality != "fact":
        lines += [
            "    likelihood: likely",
            f"    attribution: [{{by: {dice.choice(SOURCES)}, basis: report}}, {{by: {dice.choice(PEOPLE)}}}]",
            f"    due: {day + timedelta(days=90)}",
        ]
        status = dice.choice(STATUSES)
        if status != "pending" and shown:
            article, on = shown
            evidence = f"evidence: [{article}#claim-0]"
            lines += ["    history:", f"      - {{status: {status}, on: {on}, why: The text says so, {evidence}}}"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    write_corpus(int(sys.argv[1]), Path(sys.argv[2]))
