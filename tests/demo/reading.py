"""The files of the demonstration, read without the program."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from tests.commands import REPOSITORY

CONTENT = REPOSITORY / "content"
FORWARD = ("expectation", "proposal", "commitment")
OPEN = ("pending", "in-progress", "stalled")
# The article in which the desk reports itself.
OWN_REPORT = "2026-11-20-desk-sums"
# Where the site stands that is made for one.
ADDRESS = "https://example.org/a/b/"

Data = dict[str, Any]


def read(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CBaseLoader)


@cache
def config() -> Data:
    return dict(read((REPOSITORY / "config.yaml").read_text(encoding="utf-8")))


@cache
def registry(name: str) -> dict[str, Data]:
    return dict(read((CONTENT / f"{name}.yaml").read_text(encoding="utf-8")))


@cache
def front_matter(folder: str) -> dict[str, Data]:
    """The front matter of each file of a folder."""
    files = sorted((CONTENT / folder).glob("*.md"))
    return {file.stem: read(file.read_text(encoding="utf-8").split("---\n")[1]) for file in files}


@cache
def annotations() -> dict[str, Data]:
    """The annotation file of each article."""
    files = sorted((CONTENT / "annotations").glob("*.yaml"))
    return {file.stem: read(file.read_text(encoding="utf-8")) for file in files}


@dataclass(frozen=True)
class Claim:
    """A claim as the YAML has it, with the front matter of its article and the summit after the defaults."""

    ref: str
    fields: Data
    article: Data
    summit: str | None

    @property
    def of(self) -> str:
        """The id of its article."""
        return self.ref.partition("#")[0]

    @property
    def published(self) -> str:
        return str(self.article["published"])[:10]

    @property
    def quote(self) -> str:
        quote = self.fields["quote"]
        return str(quote if isinstance(quote, str) else quote["exact"])

    @property
    def modality(self) -> str:
        return str(self.fields.get("modality", "fact"))

    @property
    def is_forward(self) -> bool:
        return self.modality in FORWARD

    @property
    def history(self) -> list[Data]:
        return list(self.fields.get("history", []))

    @property
    def status(self) -> str | None:
        return str(self.history[-1]["status"]) if self.history else "pending" if self.is_forward else None

    @property
    def is_minor(self) -> bool:
        """Whether it is left out of what is counted."""
        return bool(self.fields.get("weight") == "minor")

    @property
    def is_open(self) -> bool:
        return self.is_forward and self.status in OPEN

    @property
    def relations(self) -> list[tuple[str, str]]:
        return [(relation["type"], relation["to"]) for relation in self.fields.get("relations", [])]

    @property
    def chain(self) -> list[str | None]:
        """Who says it, the last one first of all."""
        return [voice.get("by") for voice in self.fields.get("attribution", [])]


@cache
def claims() -> dict[str, Claim]:
    """All claims, in the order of their files."""
    found = {}
    for id, data in annotations().items():
        article = front_matter("articles")[id]
        named = article.get("summits", [])
        default = data.get("summit") or (named[0] if len(named) == 1 else None)
        for fields in data["claims"]:
            ref = f"{id}#{fields['id']}"
            found[ref] = Claim(ref, fields, article, fields.get("summit") or default)
    return found
