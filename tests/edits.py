"""Edits as people make them to a site's sources: each changes files below a root and says in words what it did.

Most leave the site valid, some do not. What an edit chooses depends only on the dice and on the files it finds.
"""

import os
import random
import re
import shutil
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from commands import REPOSITORY
from richsite import Data, dumped, quote_of, write_article
from slips import mutated

Dice = random.Random
Edit = Callable[[Dice, Path], str]
Value = Callable[[Dice, "Known"], Any]

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
    """What a site has that an edit may name."""

    def __init__(self, root: Path) -> None:
        self.root = root

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
        return [id for id in self.ids("articles") if not is_draft(head(self.root / f"content/articles/{id}.md"))]

    @cached_property
    def refs(self) -> list[str]:
        """The published claims."""
        files = {id: claims_of(self.root / f"content/annotations/{id}.yaml") for id in self.articles}
        return [f"{id}#{claim.get('id')}" for id, claims in files.items() for claim in claims if not is_draft(claim)]

    def entries(self, registry: str) -> list[str]:
        return list(mapping(self.root / f"content/{registry}.yaml"))


def is_draft(record: Mapping[str, Any]) -> bool:
    return record.get("draft") == "true"


# --- Reading and writing


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


# --- Values for fields


def words(dice: Dice, _: Known | None = None) -> str:
    return f"{dice.choice(TEXTS)}, No. {dice.randrange(1000, 10000)}"


def choice(*values: Any) -> Value:
    return lambda dice, known: dice.choice(values)


def entities(dice: Dice, known: Known, registries: tuple[str, ...] = ENTITIES, most: int = 3) -> list[str]:
    return some_of(dice, [id for registry in registries for id in known.entries(registry)], most)


def entity(*registries: str) -> Value:
    return lambda dice, known: one_of(dice, [id for registry in registries for id in known.entries(registry)])


def refs(dice: Dice, known: Known) -> list[str]:
    return some_of(dice, known.refs)


def chain(dice: Dice, known: Known) -> list[Data]:
    voices = entities(dice, known, ("people", "organizations", "sources"), 2)
    named = [{"by": voice, "cue": words(dice), "basis": dice.choice(["named", "report"])} for voice in voices]
    return named or [{"described_as": words(dice), "basis": "anonymous"}]


def figure(dice: Dice, known: Known) -> Data | None:
    measure = one_of(dice, known.entries("measures"))
    if measure is None:
        return None
    fields: Data = {"measure": measure, "value": str(dice.randrange(1, 60000))}
    optional: dict[str, Any] = {
        "as_of": dice.choice([*DAYS, "2023", "2025", "2025-02"]),
        "qualifier": dice.choice(["about", "at-least", "up-to"]),
        "scale": dice.choice(["thousand", "million"]),
        "target": "true",
        "rank": dice.choice(["preferred", "deprecated"]),
        "stage": dice.choice(["announced", "delivered"]),
        "unit": dice.choice(["tons", "crates"]),
    }
    return fields | {key: value for key, value in optional.items() if dice.random() < 0.25}


def relation(dice: Dice, known: Known) -> list[Data]:
    types = ("confirms", "disputes", "refutes", "qualifies", "updates", "corrects", "repeats", "repeats", "repeats")
    return [{"type": dice.choice(types), "to": ref} for ref in some_of(dice, known.refs, 2)]


def participants(dice: Dice, known: Known) -> list[Data]:
    people, sides = known.entries("people"), known.entries("places")
    return [{"person": one, "side": dice.choice(sides or ["x"]), "role": words(dice)} for one in some_of(dice, people)]


def agenda(dice: Dice, known: Known) -> list[Data]:
    return [{"topic": topic, "items": [words(dice)]} for topic in some_of(dice, known.topics)]


def roles(dice: Dice, known: Known) -> list[Data]:
    body = one_of(dice, known.entries("organizations"))
    second = {"post": words(dice), "start": dice.choice(DAYS), **({"organization": body} if body else {})}
    return [{"post": words(dice), "end": dice.choice(DAYS)}, second]


def slugs(dice: Dice, known: Known) -> list[str]:
    return [f"old-{dice.randrange(100)}" for _ in range(dice.randint(1, 2))]


CLAIM: dict[str, Value] = {
    "text": words,
    "hedge": words,
    "resolution": words,
    "origin": lambda dice, known: dice.choice([*known.entries("sources"), "leak-2025-01-30", "a leak"]),
    "topics": lambda dice, known: dice.sample(known.topics, dice.randint(1, len(known.topics))),
    "summit": lambda dice, known: one_of(dice, known.ids("summits")),
    "about": entities,
    "attribution": chain,
    "level": choice("mentioned", "welcomed", "committed", "signed", "delivered"),
    "likelihood": choice("likely", "unlikely", "very likely", "almost certain"),
    "due": choice(*DAYS, *LATE, "2026", "2027-03"),
    "review_by": choice(*LATE),
    "recorded": choice(*DAYS, *LATE[:3]),
    "figure": figure,
    "relations": relation,
    "draft": choice("true"),
}
ARTICLE: dict[str, Value] = {
    "title": words,
    "source": entity("sources"),
    "published": choice(*DAYS, "2026-01-12", "2025-02-07T08:00+09:00", "2025-02"),
    "updated": choice(*DAYS, *LATE[:2]),
    "authors": lambda dice, known: [words(dice)],
    "dateline": words,
    "language": choice("ja", "de", "en"),
    "summary": words,
    "url": choice("https://example.org/a", "https://example.org/b?c=d&e"),
    "archive_url": choice("https://example.net/a"),
    "accessed": choice(*DAYS),
    "rights": choice("full", "passages", "link"),
    "summits": lambda dice, known: some_of(dice, known.ids("summits"), 2),
    "issued_by": lambda dice, known: entities(dice, known, ("places",), 2),
    "corrections": lambda dice, known: [{"on": dice.choice(DAYS + LATE), "text": words(dice)}],
    "aliases": slugs,
    "draft": choice("true"),
}
SUMMIT: dict[str, Value] = {
    "title": words,
    "start": choice(*DAYS, *LATE, "2025-02-07T11:30-01:00", "2026-10"),
    "end": choice(*LATE),
    "kind": choice("bilateral", "trilateral", "multilateral"),
    "status": choice("planned", "held", "postponed", "cancelled"),
    "summary": words,
    "venue": lambda dice, known: {"site": words(dice), "city": one_of(dice, known.entries("places")) or "x"},
    "participants": participants,
    "agenda": agenda,
    "documents": lambda dice, known: some_of(dice, known.articles),
    "follows": lambda dice, known: one_of(dice, known.ids("summits")),
    "window": choice({"from": "2025-02-07", "final": "2028"}, {"interim": "2026-02"}),
    "lead": refs,
    "exclude": refs,
    "aliases": slugs,
    "written": choice(*DAYS),
    "draft": choice("true"),
}
ENTITY: dict[str, Value] = {
    "name": words,
    "names": choice({"ja": "名前"}, {"de": "Name"}),
    "aliases": lambda dice, known: [words(dice)],
    "ids": choice({"wikidata": "Q17"}, {"wikidata": "Q42"}),
    "summary": words,
    "roles": roles,
    "country": entity("places"),
    "draft": choice("true"),
}
ONLY_FOR: dict[str, dict[str, Value]] = {
    "people": {},
    "organizations": {"kind": choice("company", "party", "media"), "url": choice("https://example.org/o")},
    "places": {"kind": choice("country", "city", "sea"), "timezone": choice("Asia/Tokyo", "UTC", "America/New_York")},
    "sources": {
        "kind": choice("wire", "government", "magazine"),
        "language": choice("ja", "fr"),
        "reliability": choice("A", "C", "F"),
        "reliability_note": words,
    },
}
MEASURE: dict[str, Value] = {
    "label": words,
    "unit": choice("tons", "crates", "boats"),
    "about": entities,
    "topics": lambda dice, known: some_of(dice, known.topics),
    "summary": words,
    "stale_after": choice("P1M", "P1Y", "P9Y"),
    "draft": choice("true"),
}
TOPIC: dict[str, Value] = {
    "title": words,
    "synonyms": lambda dice, known: [words(dice)],
    "summary": words,
    "lead": refs,
    "exclude": refs,
    "aliases": slugs,
    "written": choice(*DAYS, *LATE[:2]),
    "draft": choice("true"),
}
PAGE: dict[str, Value] = {key: TOPIC[key] for key in ("title", "summary", "aliases", "written", "draft")}
CONFIG: dict[str, Value] = {
    "title": words,
    "description": words,
    "publisher": words,
    "base_url": choice("https://example.org/", "https://example.net/deep/er", "http://localhost:8000"),
    "language": choice("en", "ja", "de", "fr"),
    "timezone": choice("Asia/Tokyo", "UTC", "America/New_York"),
    "topics": lambda dice, known: _topics(dice, known.config.get("topics")),
    "nav": lambda dice, known: dice.sample(known.ids("pages"), len(known.ids("pages"))),
    "lead": refs,
    "exclude": refs,
}
REQUIRED = {"title", "name", "source", "published", "start", "topics", "label", "unit", "currency", "quote"}


def _topics(dice: Dice, topics: Any) -> Data:
    """The topics in another order, one renamed, one more, or, seldom, one less."""
    names = dict(topics) if isinstance(topics, dict) and topics else {"trade": "Trade"}
    chance = dice.random()
    if chance < 0.4:
        ids = list(names)
        dice.shuffle(ids)
        return {id: names[id] for id in ids}
    if chance < 0.7:
        return names | {dice.choice(list(names)): words(dice)}
    if chance < 0.9:
        return names | {f"topic-{dice.randrange(9)}": words(dice)}
    names.pop(dice.choice(list(names)))
    return names


def change(dice: Dice, known: Known, record: Data, table: Mapping[str, Value]) -> str:
    """Set one field of a record, or remove it; `draft` is seldom set, and soon taken away."""
    if "draft" in record and dice.random() < 0.5:
        key = "draft"
    else:
        key = dice.choice([key for key in table if key != "draft" or dice.random() < 0.4])
    if key in record and key not in REQUIRED and dice.random() < (1.0 if key == "draft" else 0.3):
        del record[key]
        return f"no {key}"
    value = table[key](dice, known)
    if value is None:
        return NOTHING
    if key == "unit" and "currency" in record and dice.random() < 0.9:
        key, value = "currency", dice.choice(["EUR", "USD", "JPY"])
    record[key] = value
    return f"{key}: {value}"


def _changed_page(dice: Dice, root: Path, path: Path | None, table: Mapping[str, Value]) -> str:
    if path is None:
        return NOTHING
    front, body = split(path)
    told = change(dice, Known(root), front, table)
    put_front(dice, path, front, body)
    return f"{path.relative_to(root)}: {told}"


# --- Edits of single records


def article_facts(dice: Dice, root: Path) -> str:
    return _changed_page(dice, root, one_of(dice, pages(root, "articles")), ARTICLE)


def summit_facts(dice: Dice, root: Path) -> str:
    return _changed_page(dice, root, one_of(dice, pages(root, "summits")), SUMMIT)


def topic_facts(dice: Dice, root: Path) -> str:
    return _changed_page(dice, root, one_of(dice, pages(root, "topics")), TOPIC)


def page_facts(dice: Dice, root: Path) -> str:
    return _changed_page(dice, root, one_of(dice, pages(root, "pages")), PAGE)


def body_text(dice: Dice, root: Path) -> str:
    """A paragraph more, one less without a quote in it, other numbers, or a link."""
    path = one_of(dice, pages(root, "articles", "articles", "articles", "summits", "topics", "pages"))
    if path is None:
        return NOTHING
    front, body = split(path)
    paragraphs = body.split("\n\n")
    free = [index for index, paragraph in enumerate(paragraphs) if " stand" not in paragraph]
    known, chance = Known(root), dice.random()
    if chance < 0.25 and free:
        told = f"without {paragraphs.pop(dice.choice(free))!r}"
    elif chance < 0.5 and NUMBER.search(body):
        told, paragraphs = "numbers", [NUMBER.sub(f"No. {dice.randrange(1000, 10000)}", body)]
    else:
        target = one_of(dice, [*(f"../articles/{ref.replace('#', '.md#')}" for ref in known.refs), "../pages/about.md"])
        told = f"A word on [it]({target}), {words(dice)}." if chance > 0.75 else f"More to say, {words(dice)}."
        paragraphs.insert(dice.randint(1, len(paragraphs)), told)
    put_front(dice, path, front, "\n\n".join(paragraphs).rstrip("\n") + "\n")
    return f"{path.relative_to(root)}: {told}"


def _a_claim(dice: Dice, root: Path) -> tuple[Path, Data, Data] | None:
    """A claim with its file and what is in that."""
    path = one_of(dice, sorted((root / "content/annotations").glob("*.yaml")))
    data = mapping(path) if path else {}
    claims = [claim for claim in data.get("claims") or () if isinstance(claim, dict)]
    return (path, data, dice.choice(claims)) if claims else None


def claim_facts(dice: Dice, root: Path) -> str:
    if (found := _a_claim(dice, root)) is None:
        return NOTHING
    path, data, claim = found
    told = change(dice, Known(root), claim, CLAIM)
    put(dice, path, dumped(data))
    return f"{path.stem}#{claim.get('id')}: {told}"


def claim_modality(dice: Dice, root: Path) -> str:
    """Another modality; its history goes if that is of another vocabulary."""
    if (found := _a_claim(dice, root)) is None:
        return NOTHING
    path, data, claim = found
    old, new = claim.get("modality"), dice.choice([*FORWARD, "fact", "background", "opinion"])
    claim["modality"] = new
    if (old in FORWARD) != (new in FORWARD) or new == "opinion":
        claim.pop("history", None)
    put(dice, path, dumped(data))
    return f"{path.stem}#{claim.get('id')}: modality {new}"


def claim_history(dice: Dice, root: Path) -> str:
    """One entry more, one less, or other words or evidence for the last."""
    if (found := _a_claim(dice, root)) is None:
        return NOTHING
    path, data, claim = found
    history = [entry for entry in claim.get("history") or () if isinstance(entry, dict)]
    mine, known = f"{path.stem}#{claim.get('id')}", Known(root)
    others = [ref for ref in known.refs if ref != mine]
    chance = dice.random()
    if history and chance < 0.15:
        told = f"without {history.pop()}"
    elif history and chance < 0.3:
        history[-1]["why"] = told = words(dice)
    elif history and chance < 0.45 and history[-1].get("on", "") >= LATE[0] and others:
        history[-1]["evidence"] = dice.sample(others, min(2, len(others)))
        told = f"evidence {history[-1]['evidence']}"
    else:
        entry = _entry(dice, claim, history, others)
        history.append(entry)
        told = f"then {entry}"
    claim["history"] = history
    if not history:
        del claim["history"]
    put(dice, path, dumped(data))
    return f"{mine}: {told}"


def _entry(dice: Dice, claim: Data, history: list[Data], others: list[str]) -> Data:
    """An entry that may follow on the others."""
    modality = claim.get("modality", "fact")
    statuses = ["unverified", "confirmed", "disputed", "corrected"]
    if modality in FORWARD:
        statuses = ["pending", "in-progress", "stalled", "fulfilled", "partly", "not-fulfilled", "overtaken"]
    status = "unratable" if modality == "opinion" else dice.choice(statuses)
    last = history[-1].get("on", "") if history else ""
    on = dice.choice([day for day in LATE if day >= last] or [last])
    entry: Data = {"status": status, "on": on, "why": words(dice)}
    if status not in ("pending", "unverified", "unratable") and others:
        entry["evidence"] = dice.sample(others, min(len(others), dice.randint(1, 2)))
    if dice.random() < 0.2:
        entry["since"] = dice.choice(DAYS)
    return entry


def quote_words(dice: Dice, root: Path) -> str:
    """Other words in the article, and in the quote of them; seldom in one of the two only."""
    if (found := _a_claim(dice, root)) is None:
        return NOTHING
    path, data, claim = found
    quote, article = str(claim.get("quote")), root / f"content/articles/{path.stem}.md"
    new = re.sub("^the (?:.* )?words", f"the {dice.choice(['very', 'fine', 'plain', 'own'])} words", quote)
    claim["quote"] = new
    text = text_of(article)
    chance = dice.random()
    if chance > 0.05 and text:
        put(dice, article, text.replace(quote, new))
    if chance < 0.95:
        put(dice, path, dumped(data))
    return f"{path.stem}: {quote!r} becomes {new!r}"


def claim_list(dice: Dice, root: Path) -> str:
    """The claims of a file in another order, one less (and the references to it), or one more on other words."""
    if (found := _a_claim(dice, root)) is None:
        return NOTHING
    path, data, claim = found
    claims, chance = data["claims"], dice.random()
    if chance < 0.3:
        dice.shuffle(claims)
        told = "another order"
    elif chance < 0.6:
        claims.remove(claim)
        told = f"without {claim.get('id')}"
    else:
        # Of two claims on overlapping words the passage is split.
        quote = str(claim.get("quote")).removesuffix(" stand")
        claims.append({"id": f"d{dice.randrange(1000)}", "quote": quote, "topics": list(claim.get("topics", ()))})
        told = f"one more on {quote!r}"
    put(dice, path, dumped(data))
    if told.startswith("without") and dice.random() < 0.8:
        forget(dice, root, f"{path.stem}#{claim.get('id')}")
    return f"{path.stem}: {told}"


def claim_id(dice: Dice, root: Path) -> str:
    """Another id, mostly wherever it is named."""
    if (found := _a_claim(dice, root)) is None:
        return NOTHING
    path, data, claim = found
    old, new = claim.get("id"), f"e{dice.randrange(1000)}"
    claim["id"] = new
    put(dice, path, dumped(data))
    if dice.random() < 0.85:
        replace_everywhere(dice, root, f"{path.stem}#{old}", f"{path.stem}#{new}")
        replace_everywhere(dice, root, f"{path.stem}.md#{old}", f"{path.stem}.md#{new}")
    return f"{path.stem}#{old} becomes #{new}"


def entity_facts(dice: Dice, root: Path) -> str:
    """A field of an entry of a registry, an entry more, one less, or one under another id."""
    registry = dice.choice(ENTITIES)
    path = root / f"content/{registry}.yaml"
    data, known, chance = mapping(path), Known(root), dice.random()
    if not data:
        return NOTHING
    id = dice.choice(list(data))
    if chance < 0.7 and isinstance(data[id], dict):
        told = f"{id}: {change(dice, known, data[id], ENTITY | ONLY_FOR[registry])}"
    elif chance < 0.8:
        told, data[f"new-{dice.randrange(100)}"] = "one more", {"name": words(dice)}
    elif chance < 0.85:
        del data[id]
        told = f"without {id}"
        if dice.random() < 0.7:
            forget(dice, root, id)
    elif chance < 0.95:
        new = f"{id[:20]}-{dice.randrange(100)}"
        put(dice, path, dumped({new if key == id else key: value for key, value in data.items()}))
        replace_everywhere(dice, root, id, new)
        return f"{id} is called {new}"
    else:
        ids = list(data)
        dice.shuffle(ids)
        told, data = "another order", {id: data[id] for id in ids}
    put(dice, path, dumped(data))
    return f"{registry}: {told}"


def measure_facts(dice: Dice, root: Path) -> str:
    """A field of a measure, one more, one less, or another order."""
    path = root / "content/measures.yaml"
    data, chance = mapping(path), dice.random()
    if not data:
        return NOTHING
    id = dice.choice(list(data))
    if chance < 0.75 and isinstance(data[id], dict):
        told = f"{id}: {change(dice, Known(root), data[id], MEASURE)}"
    elif chance < 0.85:
        told, data[f"new-{dice.randrange(100)}"] = "one more", {"label": words(dice), "unit": "tons"}
    elif chance < 0.95:
        ids = list(data)
        dice.shuffle(ids)
        told, data = "another order", {id: data[id] for id in ids}
    else:
        del data[id]
        told = f"without {id}"
    put(dice, path, dumped(data))
    return f"measures: {told}"


def config_facts(dice: Dice, root: Path) -> str:
    path = root / "config.yaml"
    data = mapping(path)
    told = change(dice, Known(root), data, CONFIG)
    put(dice, path, dumped(data))
    return f"config: {told}"


# --- Edits of whole files


def new_article(dice: Dice, root: Path) -> str:
    """An article with a few claims."""
    known, id = Known(root), f"new-{dice.randrange(1000)}"
    if not known.entries("sources") or (root / f"content/articles/{id}.md").exists():
        return NOTHING
    front: Data = {"title": words(dice), "source": "", "published": ""}
    for key in ("source", "published", *dice.sample(sorted(ARTICLE.keys() - {"draft"}), 3)):
        if value := ARTICLE[key](dice, known):
            front[key] = value
    claims = []
    for _ in range(dice.randint(0, 3)):
        fields = dice.sample(sorted(CLAIM.keys() - {"draft", "recorded"}), 4)
        claim = {"modality": dice.choice([*FORWARD, "fact"]), "topics": [dice.choice(known.topics)]}
        claims.append(claim | {key: value for key in fields if (value := CLAIM[key](dice, known))})
    write_article(root, id, front, claims)
    return f"the article {id}"


def long_article(dice: Dice, root: Path) -> str:
    """An article with so many claims that lists grow into archives, or with less again."""
    known, path = Known(root), root / "content/annotations/long.yaml"
    if path.exists() and dice.random() < 0.7:
        data = mapping(path)
        data["claims"] = list(data.get("claims") or ())[: dice.choice([40, 70, 90])]
        put(dice, path, dumped(data))
        return "fewer claims in the article long"
    source, count = one_of(dice, known.entries("sources")), dice.choice([70, 90, 90, 110, 110, 310])
    if source is None:
        return NOTHING
    claims = [_short_claim(dice, known.topics) for _ in range(count)]
    write_article(root, "long", {"title": words(dice), "source": source, "published": "2025-11-03"}, claims)
    return f"the article long, with {count} claims"


def _short_claim(dice: Dice, topics: list[str]) -> Data:
    return {"topics": [topics[0] if dice.random() < 0.9 else topics[-1]], "modality": dice.choice(FORWARD)}


def many_articles(dice: Dice, root: Path) -> str:
    """So many articles without claims that their list gets pages by year; the second time they go again."""
    there = sorted((root / "content/articles").glob("many-*.md"))
    for path in there:
        path.unlink()
    source = one_of(dice, Known(root).entries("sources"))
    for number in range(0 if there or source is None else 90):
        day = f"{dice.choice([2023, 2024])}-{dice.randint(1, 12):02}-10"
        write_article(root, f"many-{number}", {"title": f"Many {number}", "source": source, "published": day}, [])
    return "without the many articles" if there else "many articles"


def delete_article(dice: Dice, root: Path) -> str:
    """One article less, mostly also wherever it or its claims are named."""
    path = one_of(dice, pages(root, "articles"))
    if path is None:
        return NOTHING
    annotations = root / f"content/annotations/{path.stem}.yaml"
    refs = [f"{path.stem}#{claim.get('id')}" for claim in claims_of(annotations)]
    path.unlink()
    if dice.random() < 0.9:
        annotations.unlink(missing_ok=True)
    if dice.random() < 0.8:
        forget(dice, root, path.stem, *refs)
    return f"without the article {path.stem}"


def delete_annotations(dice: Dice, root: Path) -> str:
    path = one_of(dice, sorted((root / "content/annotations").glob("*.yaml")))
    if path is None:
        return NOTHING
    refs = [f"{path.stem}#{claim.get('id')}" for claim in claims_of(path)]
    path.unlink()
    if dice.random() < 0.8:
        forget(dice, root, *refs)
    return f"without annotations of {path.stem}"


def add_annotations(dice: Dice, root: Path) -> str:
    """Claims for an article that has none."""
    known = Known(root)
    bare = [id for id in known.articles if not (root / f"content/annotations/{id}.yaml").exists()]
    if not (id := one_of(dice, bare)):
        return NOTHING
    path = root / f"content/articles/{id}.md"
    front, body = split(path)
    quote = quote_of(f"a{dice.randrange(1000)}", id)
    put_front(dice, path, front, f"{body}\nNow {quote}.\n")
    claim = {"id": "c1", "quote": quote, "topics": [dice.choice(known.topics)], "modality": dice.choice(FORWARD)}
    put(dice, root / f"content/annotations/{id}.yaml", dumped({"claims": [claim]}))
    return f"annotations of {id}"


def rename_article(dice: Dice, root: Path) -> str:
    """Another id for an article; the old one mostly as an alias, and replaced wherever it is named."""
    path = one_of(dice, pages(root, "articles"))
    if path is None:
        return NOTHING
    old, new = path.stem, f"{path.stem[:20]}-{dice.randrange(100)}"
    target = path.with_name(f"{new}.md")
    if target.exists():
        return NOTHING
    path.rename(target)
    annotations = root / f"content/annotations/{old}.yaml"
    if annotations.exists():
        annotations.rename(annotations.with_name(f"{new}.yaml"))
    if dice.random() < 0.9:
        replace_everywhere(dice, root, old, new)
    if dice.random() < 0.6:
        front, body = split(target)
        front["aliases"] = [*front.get("aliases", ()), old]
        put_front(dice, target, front, body)
    return f"the article {old} is called {new}"


def new_summit(dice: Dice, root: Path) -> str:
    known, id = Known(root), f"meeting-{dice.randrange(100)}"
    front: Data = {"title": words(dice), "start": dice.choice(DAYS + LATE)}
    for key in dice.sample(sorted(SUMMIT.keys() - {"draft", "title", "start"}), 6):
        if value := SUMMIT[key](dice, known):
            front[key] = value
    put_front(dice, root / f"content/summits/{id}.md", front, f"\nWhat it is about, {words(dice)}.\n")
    return f"the summit {id}"


def delete_or_rename_summit(dice: Dice, root: Path) -> str:
    path = one_of(dice, pages(root, "summits"))
    if path is None:
        return NOTHING
    if dice.random() < 0.5:
        path.unlink()
        if dice.random() < 0.9:
            forget(dice, root, path.stem)
        return f"without the summit {path.stem}"
    new = f"{path.stem[:20]}-{dice.randrange(100)}"
    path.rename(path.with_name(f"{new}.md"))
    replace_everywhere(dice, root, path.stem, new)
    return f"the summit {path.stem} is called {new}"


def page_or_topic_file(dice: Dice, root: Path) -> str:
    """A standing page or a topic's page more or less."""
    known = Known(root)
    folder = dice.choice(["pages", "topics"])
    path = one_of(dice, pages(root, folder))
    if path and dice.random() < 0.5:
        path.unlink()
        if folder == "pages" and dice.random() < 0.8:
            forget(dice, root, path.stem)
        return f"without {folder}/{path.stem}"
    id = f"page-{dice.randrange(20)}" if folder == "pages" else dice.choice(known.topics)
    put_front(dice, root / f"content/{folder}/{id}.md", {"title": words(dice)}, f"\nThis is {words(dice)}.\n")
    return f"{folder}/{id}, new"


def template_file(dice: Dice, root: Path) -> str:
    """A template of the theme taken over and changed, one of the site's own changed, new or gone."""
    chance, own = dice.random(), sorted((root / "templates").glob("*.html"))
    if chance < 0.4:
        name = dice.choice(
            ["base.html", "_parts.html", "_voice.html", *sorted(path.name for path in THEME.glob("*.html"))]
        )
        path = root / "templates" / name
        put(dice, path, _marked(dice, text_of(path) or text_of(THEME / name)))
        return f"templates/{name} with a mark"
    if chance < 0.6:
        path = root / "templates" / dice.choice(["_own-first.html", "_own-second.html", "_unused.html"])
        put(dice, path, f"<p>{dice.choice(['First', 'Second'])} part, No. {dice.randrange(1000, 10000)}</p>\n")
        return f"{path.name}, new or other"
    if not own:
        return NOTHING
    path = dice.choice(own)
    if chance < 0.8:
        path.unlink()
        return f"without templates/{path.name}"
    if chance < 0.95:
        put(dice, path, NUMBER.sub(f"No. {dice.randrange(1000, 10000)}", text_of(path)))
        return f"templates/{path.name}: another number"
    put(dice, path, text_of(path) + dice.choice(["{% if %}", "{{ nobody.knows }}", '{% include "absent.html" %}']))
    return f"templates/{path.name}: a mistake"


def _marked(dice: Dice, text: str) -> str:
    """A template with a word more before one of the ends of its blocks and macros."""
    ends = [match.start() for match in re.finditer(r"\{% end(?:block|macro) %\}|</body>", text)]
    at = dice.choice(ends) if ends else len(text)
    return f"{text[:at]} own No. {dice.randrange(1000, 10000)} {text[at:]}"


def asset_or_media(dice: Dice, root: Path) -> str:
    """A file that is published as it is: new, changed, gone, or one of the theme taken over."""
    folder = root / dice.choice(["content/media", "templates/assets"])
    files, chance = sorted(path for path in folder.glob("*") if path.is_file()), dice.random()
    if chance < 0.35 or not files:
        name = dice.choice(["style.css", "more.css"]) if folder.name == "assets" else dice.choice(["a.txt", "b.csv"])
        put(dice, folder / name, f"{words(dice)}\n")
        return f"{folder.name}/{name}, new or other"
    path = dice.choice(files)
    if chance < 0.55:
        path.unlink()
        return f"without {folder.name}/{path.name}"
    put(dice, path, path.read_bytes() + dice.randbytes(3))
    return f"{folder.name}/{path.name}: other bytes"


# --- Edits of files as such


def white_space(dice: Dice, root: Path) -> str:
    """Empty lines and blanks that mean nothing, and comments."""
    path = dice.choice([path for path in sources(root) if path.suffix in (".md", ".yaml", ".html")])
    text = text_of(path)
    more = {".md": "\n\n", ".yaml": "\n# a comment\n", ".html": "{# a comment #}"}[path.suffix]
    put(dice, path, text + more if dice.random() < 0.7 else text.replace(".\n", ".  \n"))
    return f"{path.relative_to(root)}: white space"


def touch(dice: Dice, root: Path) -> str:
    """Another time for a file or for all, and nothing else."""
    paths = sources(root) if dice.random() < 0.3 else [dice.choice(sources(root))]
    time = dice.choice([None, OLD_TIME, FUTURE_TIME])
    for path in paths:
        os.utime(path, None if time is None else (time, time))
    return f"{len(paths)} files touched, {time}"


def same_size(dice: Dice, root: Path) -> str:
    """A number in a file changes, its size and its time do not: in place, or by another file in its place."""
    path = dice.choice([path for path in sources(root) if b"No. " in path.read_bytes()] or [root / "config.yaml"])
    before, text = path.stat(), path.read_bytes().decode("utf-8", "surrogateescape")
    places = list(NUMBER.finditer(text))
    if not places:
        return NOTHING
    start, end = dice.choice(places).span()
    new = f"{text[:start]}No. {dice.randrange(1000, 10000)}{text[end:]}".encode("utf-8", "surrogateescape")
    if dice.random() < 0.5:
        with path.open("r+b") as file:
            file.write(new)
    else:
        beside = path.with_name(f".{path.name}.new")
        beside.write_bytes(new)
        beside.replace(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    return f"{path.relative_to(root)}: a number, in secret"


def swap(dice: Dice, root: Path) -> str:
    """Two files change names; articles with their annotations."""
    folder = dice.choice(["articles", "articles", "summits", "pages", "media"])
    files = sorted(path for path in (root / "content" / folder).glob("*") if path.is_file())
    if len(files) < 2:
        return NOTHING
    one, other = dice.sample(files, 2)
    _swap(one, other)
    if folder == "articles":
        notes = [root / f"content/annotations/{path.stem}.yaml" for path in (one, other)]
        _swap(notes[0], notes[1])
    return f"{folder}: {one.name} and {other.name} change names"


def _swap(one: Path, other: Path) -> None:
    aside = one.with_name(".aside")
    for source, target in ((one, aside), (other, one), (aside, other)):
        if source.exists():
            source.rename(target)


def duplicate(dice: Dice, root: Path) -> str:
    """A file takes over the bytes of another of its folder, its times too."""
    path = dice.choice(sources(root))
    others = [other for other in sorted(path.parent.glob(f"*{path.suffix}")) if other != path]
    if not others:
        return NOTHING
    other = dice.choice(others)
    shutil.copy2(other, path)
    return f"{path.relative_to(root)} is a copy of {other.name}"


def slip(dice: Dice, root: Path) -> str:
    """A slip of the hand, mostly a mistake."""
    path = dice.choice([path for path in sources(root) if path.suffix in (".md", ".yaml")])
    text = text_of(path)
    if not text:
        return NOTHING
    put(dice, path, mutated(text, dice))
    return f"{path.relative_to(root)}: a slip of the hand"


def stray_file(dice: Dice, root: Path) -> str:
    """A file that nothing reads, or a link where a file should be; the second time it goes again."""
    path = root / dice.choice(["content/stray.yaml", "content/articles/stray.txt", "content/media/stray.exe"])
    if path.exists() or path.is_symlink():
        path.unlink()
        return f"without {path.name}"
    path.parent.mkdir(parents=True, exist_ok=True)
    if dice.random() < 0.7:
        path.write_text("stray", encoding="utf-8")
    else:
        path.symlink_to(root / "config.yaml")
    return f"{path.relative_to(root)}"


# --- References


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


# --- All of them

# How often each comes up.
WEIGHTS: dict[Edit, int] = {
    article_facts: 12,
    body_text: 10,
    claim_facts: 22,
    claim_history: 10,
    claim_modality: 2,
    claim_list: 5,
    claim_id: 2,
    quote_words: 4,
    summit_facts: 8,
    topic_facts: 3,
    page_facts: 2,
    entity_facts: 10,
    measure_facts: 4,
    config_facts: 6,
    new_article: 4,
    long_article: 1,
    many_articles: 1,
    delete_article: 2,
    delete_annotations: 1,
    add_annotations: 3,
    rename_article: 3,
    new_summit: 2,
    delete_or_rename_summit: 2,
    page_or_topic_file: 3,
    template_file: 8,
    asset_or_media: 4,
    white_space: 3,
    touch: 2,
    same_size: 6,
    swap: 3,
    duplicate: 1,
    slip: 1,
    stray_file: 1,
}
EDITS: dict[str, Edit] = {edit.__name__: edit for edit in WEIGHTS}


def any_edit(dice: Dice, root: Path) -> str:
    """One of the edits, each as often as its weight says."""
    (edit,) = dice.choices(list(WEIGHTS), list(WEIGHTS.values()))
    return f"{edit.__name__}: {edit(dice, root)}"
