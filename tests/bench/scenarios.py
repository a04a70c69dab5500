"""What changes between two builds: each edit is made in a built site, and says what the next build has to show."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus import TOPICS
from peers import ROOT


@dataclass(frozen=True)
class Proof:
    """One of the files that match `pages`, in the output, must contain `text`."""

    pages: str
    text: str

    def holds(self, output: Path) -> bool:
        """Whether the edit is seen."""
        return any(self.text in page.read_text(encoding="utf-8") for page in output.rglob(self.pages))


@dataclass(frozen=True)
class Edit:
    """One kind of edit. `make` is given the folder of the site and the number of the round, a new one each time."""

    name: str
    make: Callable[[Path, int], Proof | None]


def change_nothing(site: Path, number: int) -> None:
    """The build finds that there is nothing to do."""


def change_text(folder: str) -> Callable[[Path, int], Proof]:
    """A sentence more in one article; a different article in each round."""

    def make(site: Path, number: int) -> Proof:
        file = site / folder / f"a{number:05}.md"
        file.write_text(f"{file.read_text(encoding='utf-8')}\nRound {number} added this.\n", encoding="utf-8")
        return Proof(f"{file.stem}.html", f"Round {number} added this.")

    return make


def change_status(site: Path, number: int) -> Proof:
    """Another status, and why, in the history of one claim."""
    statuses = ("in-progress", "fulfilled", "not-fulfilled")
    for file in sorted((site / "content/annotations").iterdir()):
        text = file.read_text(encoding="utf-8")
        if entry := re.search(r"status: ([\w-]+), (on: \S+) why: The text says so", text):
            status = statuses[(statuses.index(entry[1]) + 1) % len(statuses)]
            words = f"status: {status}, {entry[2]} why: Round {number} shows it"
            file.write_text(text.replace(entry[0], words, 1), encoding="utf-8")
            return Proof(f"{file.stem}.html", f"Round {number} shows it")
    raise LookupError("no claim with a history is left to change")


def change_topic(site: Path, number: int) -> Proof:
    """One claim goes to a topic it was not under."""
    file = site / f"content/annotations/a{number:05}.yaml"
    text = file.read_text(encoding="utf-8")
    topics = re.search(r"(?<=topics: )\[.*\]", text[text.index("- id: claim-1") :])
    assert topics, f"the second claim of {file} has topics"
    topic = next(topic for topic in TOPICS if topic not in topics[0])
    start = text.index("- id: claim-1") + topics.start()
    changed = f"{text[:start]}[{topic}]{text[start + len(topics[0]) :]}"
    file.write_text(changed, encoding="utf-8")
    return Proof(f"{topic}*.html", f"{file.stem}.html#claim-1")


def change_template(name: str, before: str, pages: str) -> Callable[[Path, int], Proof]:
    """The site's own version of a template, with a comment added at some words of it."""

    def make(site: Path, number: int) -> Proof:
        comment = f"<!-- round {number} -->"
        text = (ROOT / "templates" / name).read_text(encoding="utf-8")
        assert before in text, f"{name} has {before}"
        (site / "templates").mkdir(exist_ok=True)
        (site / "templates" / name).write_text(text.replace(before, before + comment, 1), encoding="utf-8")
        return Proof(pages, comment)

    return make


def change_title(site: Path, number: int) -> Proof:
    """The title of the site, which stands on every page."""
    file = site / "config.yaml"
    title = f"Generated site {number}"
    text = re.sub("^title: .*", f"title: {title}", file.read_text(encoding="utf-8"), count=1)
    file.write_text(text, encoding="utf-8")
    return Proof("index.html", title)


EDITS = (
    Edit("nothing", change_nothing),
    Edit("one article's text", change_text("content/articles")),
    Edit("one claim's status", change_status),
    Edit("one claim's topics", change_topic),
    Edit("a template of one kind of page", change_template("source.html", "{% block said %}", "harbor-wire.html")),
    Edit("a template of every page", change_template("base.html", "<body>", "a00000.html")),
    Edit("one value of the configuration, on every page", change_title),
)
HUGO_EDIT = Edit("one article's text", change_text("content/articles"))
