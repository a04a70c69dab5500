"""Edits of single records: one fact, one claim, one entry."""

import re
from pathlib import Path

from tests.edits.editor import (
    DAYS,
    ENTITIES,
    FORWARD,
    LATE,
    NOTHING,
    NUMBER,
    Dice,
    Known,
    forget,
    mapping,
    one_of,
    pages,
    put,
    put_front,
    replace_everywhere,
    split,
    text_of,
)
from tests.edits.fieldvalues import (
    ARTICLE,
    CLAIM,
    CONFIG,
    ENTITY,
    MEASURE,
    ONLY_FOR,
    PAGE,
    SUMMIT,
    TOPIC,
    _changed_page,
    change,
    words,
)
from tests.sites.rich import Data, dumped


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
    """Another modality; its history goes if that is of another vocabulary. Evidence mostly stays what is so."""
    if (found := _a_claim(dice, root)) is None:
        return NOTHING
    path, data, claim = found
    kinds = ["fact", "background"]
    if f"{path.stem}#{claim.get('id')}" not in Known(root).cited or dice.random() < 0.1:
        kinds += [*FORWARD, "opinion"]
    old, new = claim.get("modality"), dice.choice(kinds)
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
    others = known.shown_after(path.stem) if dice.random() < 0.9 else known.refs
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
