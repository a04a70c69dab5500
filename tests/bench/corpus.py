"""A generated site: N articles of about 6 KB with four claims and a figure each, one summit for every twenty articles.

Deterministic: the same N gives the same bytes. Run as `python tests/bench/corpus.py N FOLDER`.
"""

import random
import sys
from datetime import date, timedelta
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


def write_corpus(count: int, folder: Path) -> None:
    """Write a site of `count` articles into a new folder."""
    dice = random.Random(count)
    for name in ("articles", "annotations", "summits"):
        (folder / "content" / name).mkdir(parents=True, exist_ok=True)
    (folder / "config.yaml").write_text("title: Generated site\ntopics: [defense, energy, trade, investment]\n")
    _write_registries(folder / "content")
    summits = max(1, count // 20)
    for number in range(summits):
        _write_summit(folder / "content/summits", number, dice)
    for number in range(count):
        _write_article(folder / "content", number, summits, dice)


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


def _write_summit(folder: Path, number: int, dice: random.Random) -> None:
    day = date(2019, 1, 1) + timedelta(days=dice.randrange(2000))
    facts = f"title: Meeting {number}\nstart: {day}\nstatus: held\nparticipants: [{{person: {dice.choice(PEOPLE)}}}]"
    text = f"---\n{facts}\n---\n"
    (folder / f"meeting-{number:04}.md").write_text(f"{text}The {number}th meeting of its kind.\n")


def _write_article(content: Path, number: int, summits: int, dice: random.Random) -> None:
    id = f"a{number:05}"
    day = date(2019, 1, 1) + timedelta(days=dice.randrange(2000))
    summit = f"meeting-{dice.randrange(summits):04}"
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
            claims.append(_claim(id, words, part, day, dice))
            if part == 0:
                measure = f"measure-{number % MEASURES:02}"
                claims.append(f"    figure: {{measure: {measure}, value: {number % 977}, as_of: {day}}}\n")
    title = f"Report {number} on {dice.choice(WHAT)}"
    facts = f"title: {title}\nsource: {dice.choice(SOURCES)}\npublished: {day}\nsummits: [{summit}]"
    head = f"---\n{facts}\n---\n"
    (content / "articles" / f"{id}.md").write_text(head + "\n".join(paragraphs), encoding="utf-8")
    (content / "annotations" / f"{id}.yaml").write_text(
        f"summit: {summit}\nclaims:\n" + "".join(claims), encoding="utf-8"
    )


def _sentence(dice: random.Random) -> str:
    what = dice.choice(WHAT)
    chance = dice.random()
    if chance < 0.12:
        what = f"**{what}**"
    elif chance < 0.2:
        what = f"[{what}](https://example.org/{dice.randrange(9999)})"
    return f"{dice.choice(WHO)} {dice.choice(DID)} {what} {dice.choice(HOW)}."


def _claim(article: str, words: str, part: int, day: date, dice: random.Random) -> str:
    modality = MODALITIES[part]
    lines = [
        f"  - id: claim-{part}",
        f"    quote: {words}",
        f"    text: What part {part} says in the words of the desk.",
        f"    topics: [{', '.join(sorted(dice.sample(TOPICS, dice.randrange(1, 3))))}]",
        f"    modality: {modality}",
    ]
    if modality != "fact":
        lines += [
            "    likelihood: likely",
            f"    attribution: [{{by: {dice.choice(SOURCES)}, basis: report}}, {{by: {dice.choice(PEOPLE)}}}]",
            f"    due: {day + timedelta(days=90)}",
        ]
        status = dice.choice(STATUSES)
        if status != "pending":
            evidence = f"evidence: [{article}#claim-0]"
            on = day + timedelta(days=30)
            lines += ["    history:", f"      - {{status: {status}, on: {on}, why: The text says so, {evidence}}}"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    write_corpus(int(sys.argv[1]), Path(sys.argv[2]))
