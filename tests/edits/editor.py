"""What an editor does by hand: reads and writes the files of a site, knows what is in it, keeps references whole."""

import os
import random
import re
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from tests.commands import REPOSITORY
from tests.sites.rich import Data, dumped

Dice = random.Random
Edit = Callable[[Dice, Path], str]

NOTHING = "nothing to do"
THEME = REPOSITORY / "templates"
ENTITIES = ("people", "organizations", "places", "sources")
FORWARD = ("expectation", "proposal", "commitment")
# Later than anything in the start site, so that whatever is recorded on it may cite all there is.
LATE = [f"2026-{month:02}-{day:02}" for month in range(2, 13) for day in (1, 15, 28)]
DAYS = [f"{year}-{month:02}-{day:02}" for year in (2024, 2025) for month in range(1, 13) for day in (3, 17)]
TEXTS = ("Cod", "Nets & <b>lines</b>", 'The "deal"', "Straße, 漁業", "More of it", "None")
NUMBER = re.compile(r"No\. \d{4}")
OLD_TIME, FUTURE_TIME = 1_000_000_000, 4_000_000_000


class Known:
    """What a site has that an edit may name; `page` is the id of the page that is edited."""

    def __init__(self, root: Path, page: str = "") -> None:
        self.root, self.page = root, page

    def ids(self, folder: str, suffix: str = ".md") -> list[str]:
        return sorted(path.stem for path in (self.root / "content" / folder).glob(f"*{suffix}"))

    @cached_property
    def config(self) -> Data:
        return mapping(self.root / "config.yaml")

    @cached_property
    def topics(self) -> list[str]:
        topics = self.config.get("topics")
        return list(topics) if isinstance(topics, dict) else ["trade"]

    @cached_property
    def articles(self) -> list[str]:
        """The ids of the published articles."""
        return [id for id in self.ids("articles") if not is_hidden(head(self.root / f"content/articles/{id}.md"))]

    @cached_property
    def refs(self) -> list[str]:
        """The published claims."""
        files = {id: claims_of(self.root / f"content/annotations/{id}.yaml") for id in self.articles}
        return [f"{id}#{claim.get('id')}" for id, claims in files.items() for claim in claims if not is_hidden(claim)]

    @cached_property
    def of_meeting(self) -> list[str]:
        """The published claims of the meeting that is edited, of which something can become or has become."""
        found = []
        for id in self.articles:
            path = self.root / f"content/annotations/{id}.yaml"
            named = head(self.root / f"content/articles/{id}.md").get("summits") or [""]
            default = mapping(path).get("summit") or (named[0] if len(named) == 1 else "")
            for claim in claims_of(path):
                has_status = claim.get("modality") in FORWARD or claim.get("history")
                if has_status and claim.get("summit", default) == self.page and not is_hidden(claim):
                    found.append(f"{id}#{claim.get('id')}")
        return found

    def shown_after(self, article: str) -> list[str]:
        """The published claims of other articles that say what is so, none of them older than the article."""
        since = str(head(self.root / f"content/articles/{article}.md").get("published", ""))[:10]
        return [
            f"{id}#{claim.get('id')}"
            for id in self.articles
            if id != article and str(head(self.root / f"content/articles/{id}.md").get("published", ""))[:10] >= since
            for claim in claims_of(self.root / f"content/annotations/{id}.yaml")
            if claim.get("modality", "fact") in ("fact", "background") and not is_hidden(claim)
        ]

    @cached_property
    def cited(self) -> set[str]:
        """The claims that are evidence for others."""
        return {
            ref
            for id in self.articles
            for claim in claims_of(self.root / f"content/annotations/{id}.yaml")
            for entry in claim.get("history") or ()
            if isinstance(entry, dict)
            for ref in entry.get("evidence") or ()
        }

    def entries(self, registry: str) -> list[str]:
        return list(mapping(self.root / f"content/{registry}.yaml"))


def is_hidden(record: Mapping[str, Any]) -> bool:
    return record.get("draft") == "true" or record.get("visibility") == "internal"


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def parsed(text: str) -> Data:
    """A mapping whose scalars are all texts; empty where the text is none."""
    try:
        data = yaml.load(text, yaml.CBaseLoader)
    except yaml.YAMLError:
        return {}
    return data if isinstance(data, dict) else {}


def mapping(path: Path) -> Data:
    return parsed(text_of(path))


def split(path: Path) -> tuple[Data, str]:
    """The front matter and the body of a Markdown file."""
    parts = text_of(path).split("---\n", 2)
    return (parsed(parts[1]), parts[2]) if len(parts) == 3 else ({}, text_of(path))


def head(path: Path) -> Data:
    return split(path)[0]


def claims_of(path: Path) -> list[Data]:
    claims = mapping(path).get("claims")
    return [claim for claim in claims if isinstance(claim, dict)] if isinstance(claims, list) else []


def put(dice: Dice, path: Path, data: str | bytes) -> None:
    """Write a file in one of the ways of editors: in place or by another in its place, its time kept or set back."""
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.stat() if path.exists() else None
    content = data.encode("utf-8", "surrogateescape") if isinstance(data, str) else data
    if dice.random() < 0.5:
        path.write_bytes(content)
    else:
        beside = path.with_name(f".{path.name}.new")
        beside.write_bytes(content)
        beside.replace(path)
    chance = dice.random()
    if before and chance < 0.25:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    elif chance < 0.3:
        os.utime(path, (OLD_TIME, OLD_TIME))


def put_front(dice: Dice, path: Path, front: Data, body: str) -> None:
    put(dice, path, f"---\n{dumped(front)}---\n{body}")


def pages(root: Path, *folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((root / "content" / folder).glob("*.md"))]


def sources(root: Path) -> list[Path]:
    """All source files."""
    folders = (root / "content", root / "templates")
    found = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    return [root / "config.yaml", *found]


def one_of(dice: Dice, items: list[Any]) -> Any:
    """One of them; None of none."""
    return dice.choice(items) if items else None


def some_of(dice: Dice, items: list[Any], most: int = 3) -> list[Any]:
    return dice.sample(items, min(len(items), dice.randint(0, most)))


def replace_everywhere(dice: Dice, root: Path, old: str, new: str) -> None:
    """A name replaced wherever it stands as a whole word."""
    word = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])")
    for path in sources(root):
        if path.suffix in (".md", ".yaml") and old in (text := text_of(path)):
            put(dice, path, word.sub(new, text))


def forget(dice: Dice, root: Path, *ids: str) -> None:
    """What names one of the ids goes: entries of lists, values of keys, links; a status without evidence is open."""
    gone = set(ids)
    for path in sources(root):
        if path.suffix not in (".md", ".yaml") or not any(id in text_of(path) for id in ids):
            continue
        data, body = split(path) if path.suffix == ".md" else (mapping(path), "")
        for id in ids:
            target = id.replace("#", ".md#") if "#" in id else f"{id}.md"
            body = re.sub(rf"\[([^\]]*)\]\([^)]*/?{re.escape(target)}(?:#[^)]*)?\)", r"\1", body)
        data = _without(data, gone)
        for claim in data.get("claims") or ():
            _keep_valid(claim)
        put(dice, path, f"---\n{dumped(data)}---\n{body}" if path.suffix == ".md" else dumped(data))


def _without(value: Any, gone: set[str]) -> Any:
    if isinstance(value, dict):
        return {key: _without(one, gone) for key, one in value.items() if not (isinstance(one, str) and one in gone)}
    if isinstance(value, list):
        return [one for one in (_without(one, gone) for one in value if _is_kept(one, gone)) if one not in ({}, [])]
    return value


def _is_kept(value: Any, gone: set[str]) -> bool:
    named = value.get("to", value.get("person", value.get("by"))) if isinstance(value, dict) else value
    return not (isinstance(named, str) and named in gone)


def _keep_valid(claim: Any) -> None:
    if not isinstance(claim, dict):
        return
    for entry in claim.get("history") or ():
        if isinstance(entry, dict) and not entry.get("evidence", True):
            entry["status"] = "pending" if claim.get("modality") in FORWARD else "unverified"
    if isinstance(claim.get("figure"), dict) and "measure" not in claim["figure"]:
        del claim["figure"]
    if claim.get("relations") == []:
        del claim["relations"]
