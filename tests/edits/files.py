"""Edits of whole files: new, deleted, renamed, swapped, touched, broken."""

import json
import os
import re
import shutil
from pathlib import Path

from tests.edits.editor import (
    DAYS,
    FORWARD,
    FUTURE_TIME,
    LATE,
    NOTHING,
    NUMBER,
    OLD_TIME,
    THEME,
    Dice,
    Known,
    claims_of,
    forget,
    mapping,
    one_of,
    pages,
    put,
    put_front,
    replace_everywhere,
    sources,
    split,
    text_of,
)
from tests.edits.fieldvalues import ARTICLE, CLAIM, SUMMIT, words
from tests.fuzz.slips import mutated
from tests.sites.rich import Data, dumped, quote_of, write_article


def new_article(dice: Dice, root: Path) -> str:
    """An article with a few claims."""
    known, id = Known(root), f"new-{dice.randrange(1000)}"
    if not known.entries("sources") or (root / f"content/articles/{id}.md").exists():
        return NOTHING
    front: Data = {"title": words(dice), "source": "", "published": ""}
    for key in ("source", "published", *dice.sample(sorted(ARTICLE.keys() - {"draft", "visibility"}), 3)):
        if value := ARTICLE[key](dice, known):
            front[key] = value
    claims = []
    for _ in range(dice.randint(0, 3)):
        fields = dice.sample(sorted(CLAIM.keys() - {"draft", "visibility", "recorded"}), 4)
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
    for key in dice.sample(sorted(SUMMIT.keys() - {"draft", "visibility", "title", "start"}), 6):
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
    chance, own = dice.random(), sorted((root / "templates").rglob("*.html"))
    if chance < 0.4:
        names = sorted(path.relative_to(THEME).as_posix() for path in THEME.rglob("*.html"))
        name = dice.choice(["base.html", "_voice.html", "parts/lists.html", "parts/claim.html", *names])
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


def promise(dice: Dice, root: Path) -> str:
    """The addresses of articles and claims as they are now, now and then with one that is not there; or no promise."""
    path, known = root / "urls.json", Known(root)
    if path.exists() and dice.random() < 0.5:
        path.unlink()
        return "nothing is promised"
    of_claims = ("articles/" + ref.replace("#", ".html#") for ref in known.refs)
    addresses = {"index.html", *(f"articles/{id}.html" for id in known.articles), *of_claims}
    if dice.random() < 0.2:
        addresses.add(f"topics/gone-{dice.randrange(9)}.html")
    path.write_text(json.dumps(sorted(addresses), indent=dice.choice([0, None])), encoding="utf-8")
    return f"{len(addresses)} addresses are promised"
