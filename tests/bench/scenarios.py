"""What changes between two builds: each edit is made in a built site, and says what has to be shown then, and where."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus import TOPICS
from peers import ROOT


@dataclass(frozen=True)
class Proof:
    """Once `file`, in the site, is changed, one of the pages that match `pages` must have `text`, after `after`."""

    file: str
    pages: str
    text: str
    after: str = ""

    def holds(self, output: Path) -> bool:
        """Whether one of the pages of a folder shows the edit."""
        return any(self.shown(page.read_text(encoding="utf-8")) for page in output.rglob(self.pages))

    def shown(self, page: str) -> bool:
        """Whether a page shows the edit."""
        return self.text in page.partition(self.after)[2] if self.after else self.text in page


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
        return Proof(f"{folder}/{file.name}", f"articles/{file.stem}.html", f"Round {number} added this.")

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
            return _on_its_article(file, f"Round {number} shows it")
    raise LookupError("no claim with a history is left to change")


def change_topic(site: Path, number: int) -> Proof:
    """One claim goes to a topic it was not under, whose page shows it."""
    file = site / f"content/annotations/a{number:05}.yaml"
    topic = _moved(file, "claim-1")
    return Proof(f"content/annotations/{file.name}", f"{topic}*.html", f"{file.stem}.html#claim-1")


def change_last_topic(site: Path, number: int) -> Proof:
    """The same of the last claim of an article, beside which the new topic is named."""
    file = site / f"content/annotations/a{number:05}.yaml"
    topic = _moved(file, "claim-3")
    return _on_its_article(file, f"topics/{topic}.html", after='id="claim_claim-3"')


def _moved(file: Path, claim: str) -> str:
    """Give a claim a topic that it was not under; returns the topic."""
    text = file.read_text(encoding="utf-8")
    begin = text.index(f"- id: {claim}")
    topics = re.search(r"(?<=topics: )\[.*\]", text[begin:])
    assert topics, f"{claim} of {file} has topics"
    topic = next(topic for topic in TOPICS if topic not in topics[0])
    file.write_text(text[:begin] + text[begin:].replace(topics[0], f"[{topic}]", 1), encoding="utf-8")
    return topic


def change_claim_text(site: Path, number: int) -> Proof:
    """What one claim says in the words of the desk."""
    file = site / f"content/annotations/a{number:05}.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("What part 2 says", f"What round {number} says", 1), encoding="utf-8")
    return _on_its_article(file, f"What round {number} says")


def _on_its_article(annotations: Path, text: str, after: str = "") -> Proof:
    return Proof(f"content/annotations/{annotations.name}", f"articles/{annotations.stem}.html", text, after)


def change_registry(site: Path, number: int) -> Proof:
    """The name of a source, on whose word many claims rest."""
    file = site / "content/sources.yaml"
    text = re.sub("(?m)^harbor-wire: .*", f"harbor-wire: {{name: Wire {number}}}", file.read_text(encoding="utf-8"))
    file.write_text(text, encoding="utf-8")
    return Proof("content/sources.yaml", "sources/harbor-wire.html", f"Wire {number}")


def change_template(template: Path, before: str, pages: str) -> Callable[[Path, int], Proof]:
    """The site's own version of a template, with a comment added at some words of it."""

    def make(site: Path, number: int) -> Proof:
        comment = f"<!-- round {number} -->"
        text = template.read_text(encoding="utf-8")
        assert before in text, f"{template} has {before}"
        (site / "templates").mkdir(exist_ok=True)
        own = site / "templates" / template.name
        own.write_text(text.replace(before, before + comment, 1), encoding="utf-8")
        return Proof(f"templates/{template.name}", pages, comment)

    return make


def change_title(site: Path, number: int) -> Proof:
    """The title of the site, which stands on every page."""
    file = site / "config.yaml"
    title = f"Generated site {number}"
    text = re.sub("^title: .*", f"title: {title}", file.read_text(encoding="utf-8"), count=1)
    file.write_text(text, encoding="utf-8")
    return Proof("config.yaml", "index.html", title)


def edits(templates: Path) -> tuple[Edit, ...]:
    """What a build has to follow, where these are the templates of the tool."""
    return (
        Edit("nothing", change_nothing),
        Edit("one article's text", change_text("content/articles")),
        Edit("one claim's status", change_status),
        Edit("one claim's topics", change_topic),
        Edit("a template of one kind of page", _change_source_page(templates)),
        Edit("a template of every page", change_template(templates / "base.html", "<body>", "a00000.html")),
        Edit("one value of the configuration, on every page", change_title),
    )


def _change_source_page(templates: Path) -> Callable[[Path, int], Proof]:
    return change_template(templates / "source.html", "{% block said %}", "sources/harbor-wire.html")


EDITS = edits(ROOT / "templates")
HUGO_EDIT = Edit("one article's text", change_text("content/articles"))
# What a site kept in memory has to follow; each names one page by its whole path.
RESIDENT_EDITS = (
    Edit("article text", change_text("content/articles")),
    Edit("claim status", change_status),
    Edit("claim topics", change_last_topic),
    Edit("claim text", change_claim_text),
    Edit("registry entry", change_registry),
    Edit("configuration", change_title),
    Edit("template", _change_source_page(ROOT / "templates")),
)
