"""Random values for every field of every record, and changes of one field."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.edits.editor import DAYS, ENTITIES, LATE, NOTHING, TEXTS, Dice, Known, one_of, put_front, some_of, split
from tests.sites.rich import Data

Value = Callable[[Dice, Known], Any]
# By these a record is kept out of an edition.
HIDING = ("draft", "visibility")


def words(dice: Dice, _: Known | None = None) -> str:
    return f"{dice.choice(TEXTS)}, No. {dice.randrange(1000, 10000)}"


def choice(*values: Any) -> Value:
    return lambda dice, known: dice.choice(values)


def mostly(often: Sequence[Any], else_: Sequence[Any]) -> Value:
    """What goes with the dates that are there already, and now and then what may contradict them."""
    return lambda dice, known: dice.choice(often if dice.random() < 0.8 else else_)


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
        "qualifier": dice.choice(["about", "nearly", "at-least", "up-to"]),
        "scale": dice.choice(["thousand", "million", "crore", "億"]),
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


def gone(dice: Dice, known: Known) -> Data:
    """Nearly always something that is not there."""
    name = f"old-{dice.randrange(1000)}"
    article = one_of(dice, known.ids("articles")) or name
    address = dice.choice([f"articles/{name}.html", f"articles/{article}.html#{name}", "feeds/topic-fish.xml"])
    return {"address": address, "why": words(dice), "on": dice.choice(DAYS)}


def agenda(dice: Dice, known: Known) -> list[Data]:
    def item() -> str | Data:
        claims = known.of_meeting if dice.random() < 0.9 else known.refs
        if dice.random() < 0.4 or not claims:
            return words(dice)
        return {"item": words(dice), "claims": some_of(dice, claims, 2), "now": dice.choice(claims)}

    return [{"topic": topic, "items": [item()]} for topic in some_of(dice, known.topics)]


def verdict(dice: Dice, known: Known) -> Data:
    return {"text": words(dice), "written": dice.choice(LATE)}


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
    "label": lambda dice, known: f"label {dice.randrange(1000)}",
    "weight": choice("minor", "major"),
    "level": choice("mentioned", "welcomed", "committed", "signed", "delivered"),
    "likelihood": choice("likely", "unlikely", "very likely", "almost certain"),
    "due": choice(*LATE, "2026", "2027-03"),
    "review_by": choice(*LATE),
    "recorded": choice(*LATE[:3]),
    "figure": figure,
    "relations": relation,
    "former_ids": slugs,
    "draft": choice("true"),
    "visibility": choice("internal", "internal", "public"),
}
ARTICLE: dict[str, Value] = {
    "title": words,
    "source": entity("sources"),
    "published": mostly(
        ("2025-02-03", "2025-02-07", "2025-02-07T08:00+09:00", "2025-02"), (*DAYS, "2026-01-12", "2025-01-20~")
    ),
    "updated": choice(*LATE[:2]),
    "revised": choice(*LATE[:1]),
    "authors": lambda dice, known: [words(dice)],
    "dateline": words,
    "language": choice("ja", "de", "en", "ar"),
    "summary": words,
    "url": choice("https://example.org/a", "https://example.org/b?c=d&e"),
    "archive_url": choice("https://example.net/a"),
    "accessed": choice(*LATE),
    "rights": choice("full", "passages", "link"),
    "summits": lambda dice, known: some_of(dice, known.ids("summits"), 2),
    "issued_by": lambda dice, known: entities(dice, known, ("places",), 2),
    "corrections": lambda dice, known: [{"on": dice.choice(LATE), "text": words(dice)}],
    "aliases": slugs,
    "draft": choice("true"),
    "visibility": choice("internal", "internal", "public"),
}
SUMMIT: dict[str, Value] = {
    "title": words,
    "start": mostly((*DAYS[:8], "2024-03"), (*DAYS, *LATE, "2025-02-07T11:30-01:00", "2026-10")),
    "end": choice(*LATE[-3:], "2027-01"),
    "kind": choice("bilateral", "trilateral", "multilateral"),
    "status": choice("planned", "held", "postponed", "cancelled"),
    "summary": words,
    "venue": lambda dice, known: {"site": words(dice), "city": one_of(dice, known.entries("places")) or "x"},
    "participants": participants,
    "agenda": agenda,
    "verdict": verdict,
    "documents": lambda dice, known: some_of(dice, known.articles),
    "follows": lambda dice, known: one_of(dice, known.ids("summits")),
    "window": choice({"from": "2026-12-30", "final": "2028"}, {"interim": "2027-02"}),
    "lead": refs,
    "exclude": refs,
    "aliases": slugs,
    "written": choice(*DAYS),
    "draft": choice("true"),
    "visibility": choice("internal", "internal", "public"),
}
ENTITY: dict[str, Value] = {
    "name": words,
    "names": choice({"ja": "名前"}, {"de": "Name"}),
    "aliases": lambda dice, known: [words(dice)],
    "ids": choice({"wikidata": "Q17"}, {"wikidata": "Q42"}),
    "summary": words,
    "roles": roles,
    "country": entity("places"),
    "former_ids": slugs,
    "draft": choice("true"),
    "visibility": choice("internal", "internal", "public"),
}
ONLY_FOR: dict[str, dict[str, Value]] = {
    "people": {},
    "organizations": {"kind": choice("company", "party", "media"), "url": choice("https://example.org/o")},
    "places": {"kind": choice("country", "city", "sea"), "timezone": choice("Asia/Tokyo", "UTC", "America/New_York")},
    "sources": {
        "kind": choice("wire", "government", "magazine"),
        "url": choice("https://example.org/s"),
        "language": choice("ja", "fr"),
        "reliability": choice("A", "C", "F"),
        "reliability_note": words,
        "quotes": choice({"words": "4"}, {"share": "10"}),
    },
}
MEASURE: dict[str, Value] = {
    "label": lambda dice, known: f"label {dice.randrange(1000)}",
    "unit": choice("tons", "crates", "boats"),
    "unit_forms": choice({"one": "crate"}, {"one": "boat", "few": "boats"}),
    "about": entities,
    "topics": lambda dice, known: some_of(dice, known.topics),
    "summary": words,
    "stale_after": choice("P1M", "P1Y", "P9Y"),
    "former_ids": slugs,
    "draft": choice("true"),
    "visibility": choice("internal", "internal", "public"),
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
    "visibility": choice("internal", "internal", "public"),
}
PAGE: dict[str, Value] = {
    **{key: TOPIC[key] for key in ("title", "summary", "aliases", "written", *HIDING)},
    "language": choice("ja", "de", "en", "ar"),
}
CONFIG: dict[str, Value] = {
    "title": words,
    "description": words,
    "publisher": words,
    "license": choice({"name": "CC-BY-4.0"}, {"name": "MIT", "url": "https://example.org/mit"}, {"name": "Ask us"}),
    "search": choice("claims"),  # the other needs a program that is slow
    "base_url": choice("https://example.org/", "https://example.net/deep/er", "http://localhost:8000"),
    "language": choice("en", "ja", "de", "fr", "he"),
    "domain": choice("desk.example.org", "www.example.net"),
    "host": choice("netlify"),
    "robots": choice("User-agent: *\nDisallow: /data/", "# Welcome"),
    "timezone": choice("Asia/Tokyo", "UTC", "America/New_York"),
    "topics": lambda dice, known: _topics(dice, known.config.get("topics")),
    "recorded_since": choice(*DAYS),
    "preview_images": choice("true", "false"),
    "nav": lambda dice, known: dice.sample(known.ids("pages"), len(known.ids("pages"))),
    "quotes": choice({"words": "3"}, {"share": "5"}, {"words": "20", "share": "90"}),
    "lead": refs,
    "exclude": refs,
    "gone": lambda dice, known: [gone(dice, known) for _ in range(2)],
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
    """Set one field of a record, or remove it; one that hides it is seldom set, and soon taken away."""
    hiding = [key for key in HIDING if key in record]
    if hiding and dice.random() < 0.5:
        key = hiding[0]
    else:
        key = dice.choice([key for key in table if key not in HIDING or dice.random() < 0.3])
    if key in record and key not in REQUIRED and dice.random() < (1.0 if key in HIDING else 0.3):
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
    told = change(dice, Known(root, path.stem), front, table)
    put_front(dice, path, front, body)
    return f"{path.relative_to(root)}: {told}"
