"""A site in which every kind of record has some that are internal, with a word in each of their fields, names and files
that stands nowhere else; and a search for these words in an output, however they are written there."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml

from tests.sites.rich import Data, dumped, write_front_matter, write_rich_site, write_yaml


def word(what: str) -> str:
    """A word that stands for one thing and is nowhere else; it can be an id, a name, or the name of a file."""
    return f"zq{sha256(what.encode()).hexdigest()[:10]}x"


def said(what: str) -> str:
    return f"What is said of {word(what)} here"


def is_secret(text: str) -> bool:
    return re.search(r"zq[0-9a-f]{10}x", text) is not None


# --- Records, as internal ones: every field that can hold words of its own does.

ENTITY: Data = {
    "name": said("name"),
    "names": {"ja": said("name in Japanese")},
    "aliases": [said("other name")],
    "former_ids": [word("former id")],
    "ids": {"wikidata": "Q190210417"},
    "summary": said("summary"),
    "roles": [{"post": said("post"), "organization": word("organization"), "start": "2020"}],
}
MORE: Mapping[str, Data] = {
    "people": {"country": word("place")},
    "organizations": {"country": word("place"), "url": f"https://example.org/{word('url')}"},
    "places": {"timezone": "Europe/Oslo"},
    "sources": {
        "url": f"https://example.org/{word('source url')}",
        "reliability": "A",
        "reliability_note": said("reliability"),
    },
}


def entities(state: str) -> dict[str, Data]:
    """An entry of each registry; and one that is public, and that only internal records name."""
    found: dict[str, Data] = {}
    for kind, one in {
        "people": "person",
        "organizations": "organization",
        "places": "place",
        "sources": "source",
    }.items():
        for id, more in ((word(one), {"visibility": state}), (word(f"{one} by the way"), {})):
            of = _renamed(ENTITY, id)
            found.setdefault(kind, {})[id] = of | {"roles": ENTITY["roles"] if more else []} | MORE[kind] | more
            if not more:
                found[kind][id].pop("country", None)
    measure = {
        "label": said("label"),
        "unit": said("unit"),
        "unit_forms": {"one": said("one unit")},
        "about": [word("place"), "northland"],
        "topics": ["trade", word("topic")],
        "summary": said("measure"),
        "former_ids": [word("former measure")],
    }
    by_the_way = {**_renamed(measure, "m"), "topics": [*measure["topics"]], "about": [word("place by the way")]}
    found["measures"] = {word("measure"): {**measure, "visibility": state}, word("measure by the way"): by_the_way}
    return found


def _renamed(data: Data, by: str) -> Data:
    """The same with other words."""
    words = re.compile(r"zq[0-9a-f]{10}x")
    return json.loads(words.sub(lambda found: word(f"{found[0]} of {by}"), json.dumps(data)))  # type: ignore[no-any-return]


def claim(id: str, quote: str, summit: str = "harbor-2026") -> Data:
    return {
        "id": word(id),
        "quote": {"exact": quote, "prefix": None, "suffix": None},
        "former_ids": [word(f"formerly {id}")],
        "topics": ["trade", word("topic")],
        "text": said(f"text of {id}"),
        "label": word(f"label of {id}"),
        "summit": summit,
        "about": [word("place by the way"), "northland"],
        "modality": "commitment",
        "hedge": said(f"hedge of {id}"),
        "likelihood": "likely",
        "attribution": [
            {"by": word("person by the way"), "cue": said(f"cue of {id}")},
            {"described_as": said(f"voice of {id}"), "basis": "anonymous"},
            {"by": word("organization by the way")},
        ],
        "origin": word("source by the way"),
        "level": "agreed-in-principle",
        "figure": {"measure": word("measure by the way"), "value": "190210417"},
        "due": "2031-09-17",
        "resolution": said(f"rule of {id}"),
        "relations": [{"type": "updates", "to": "preview#c1"}],
        "history": [
            {"status": "fulfilled", "on": "2026-01-11", "why": said(f"why of {id}"), "evidence": ["year-later#c1"]}
        ],
        "review_by": "2031-09-18",
    }


ARTICLE: Data = {
    "title": said("title"),
    "source": word("source"),
    "published": "2026-01-08",
    "authors": [said("author")],
    "dateline": said("dateline"),
    "summary": said("article"),
    "url": f"https://example.org/{word('article url')}",
    "archive_url": f"https://example.org/{word('archive')}",
    "summits": [word("summit"), "delta-2025"],
    "issued_by": [word("place")],
    "corrections": [{"on": "2026-01-09", "text": said("correction")}],
    "aliases": [word("former article")],
}
SUMMIT: Data = {
    "title": said("meeting"),
    "start": "2026-01-07",
    "status": "held",
    "summary": said("meeting in a sentence"),
    "verdict": {"text": said("verdict"), "written": "2026-01-10"},
    "venue": {"site": said("building"), "city": word("place"), "country": "northland"},
    "participants": [
        {"person": word("person"), "side": word("place"), "office": said("office"), "role": said("role")},
        {"person": "brandt", "side": "northland"},
    ],
    "agenda": [
        {"topic": word("topic"), "items": [{"item": said("item"), "claims": [f"{word('article')}#{word('in')}"]}]}
    ],
    "documents": [word("article")],
    "lead": [f"{word('article')}#{word('in')}"],
    "aliases": [word("former meeting")],
}
TOPIC: Data = {
    "title": said("topic title"),
    "synonyms": [said("synonym")],
    "summary": said("topic in a sentence"),
    "aliases": [word("former topic")],
}
PAGE: Data = {"title": said("page"), "summary": said("page in a sentence"), "aliases": [word("former page")]}
REF, INSIDE, APART = f"{word('article')}#{word('in')}", f"preview#{word('beside')}", f"wire-apart#{word('apart')}"
BODY = f"""
{said("text")}, in words that {word("in")} quotes.

![{word("picture")}](../media/{word("map")}.png) and [numbers](../media/{word("numbers")}.csv), by
[a person](../people/{word("person by the way")}.md), <!-- {word("comment")} -->
<https://example.org/{word("link")}> and [the text](../articles/preview.md#{word("beside")}).

## {said("heading")}

| {word("cell")} |
|---|
| {word("row")} |
"""


def write_secret_site(root: Path, state: str = "internal") -> Path:
    """The rich site with records that are `internal`, or else `public`; what is kept apart is to be anchored still."""
    write_rich_site(root)
    for kind, entries in entities(state).items():
        _merge(root / f"content/{kind}.yaml", entries)
    own, shown = {"visibility": state}, ARTICLE | {"visibility": state}
    article, text = word("article"), f"{said('text')}, in words that {word('in')} quotes"
    write_front_matter(root / f"content/articles/{article}.md", shown, BODY)
    write_yaml(
        root / f"content/annotations/{article}.yaml", {"claims": [_without_nothing(claim("in", text, word("summit")))]}
    )
    cut = word("passages")
    media = f"Only [a file](../media/{word('hidden')}.pdf) and {said('passage')}.\n"
    front = {
        **_renamed(shown, cut),
        **{key: ARTICLE[key] for key in ("source", "summits", "issued_by")},
        "rights": "link",
    }
    write_front_matter(root / f"content/articles/{cut}.md", front, media)
    for folder, record in (("summits", SUMMIT), ("topics", TOPIC), ("pages", PAGE)):
        body = f"\n{said(f'body of {folder}')}, [a link](../articles/{article}.md), ![x](../media/{word('map')}.png).\n"
        write_front_matter(root / f"content/{folder}/{word(folder[:-1])}.md", record | own, body)
    for name in (f"{word('map')}.png", f"{word('numbers')}.csv", f"{word('hidden')}.pdf"):
        (root / "content/media" / name).write_bytes(b"%PDF\x89PNG " + word(f"bytes of {name}").encode())
    _beside(root, state)
    _kept_apart(root, state)
    _name_it_in_public(root, article)
    return root


def _beside(root: Path, state: str) -> None:
    """Internal claims in articles that are not: in one with its text, whose words are public then, and in two of which
    only what is quoted is shown."""
    quote = "In paragraph No. 1300"
    inner = _without_nothing(claim("beside", quote)) | {"visibility": state}
    path = root / "content/annotations/preview.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["claims"].insert(0, inner)
    path.write_text(f"# {word('comment in YAML')}\n{dumped(data)}", encoding="utf-8")
    shown = said("passage that nobody may see")
    for id, rights in (("wire-apart", "passages"), ("wire-link", "link")):
        front = {"title": f"Quoted in {id}", "source": "wire", "published": "2026-01-06", "rights": rights}
        write_front_matter(root / f"content/articles/{id}.md", front, f"\nThe first words stand here.\n\n{shown}.\n")
        claims = [
            _without_nothing(claim("apart", shown)) | {"visibility": state},
            {"id": "first", "quote": "The first words stand", "topics": ["trade"]},
        ]
        write_yaml(root / f"content/annotations/{id}.yaml", {"claims": claims})


def _kept_apart(root: Path, state: str) -> None:
    """Articles whose texts are not in the output: an internal one, and one of which an internal claim quotes words."""
    inner, told = word("apart article"), said("words of a text kept apart")
    for id, more in ((inner, {"visibility": state}), ("kept-apart", {})):
        front = {"title": f"Of {id}", "source": "wire", "published": "2026-01-06", "text": "apart", **more}
        write_front_matter(root / f"content/articles/{id}.md", front, f"\n{said('note')}\n" if more else "\nA note.\n")
        (root / "content/texts").mkdir(exist_ok=True)
        (root / f"content/texts/{id}.md").write_text(f"These words are here. {told}. And more.\n", encoding="utf-8")
        claims = [
            _without_nothing(claim("within", told)) | {"visibility": state},
            {"id": "words", "quote": "These words are here", "topics": ["trade"]},
        ]
        write_yaml(root / f"content/annotations/{id}.yaml", {"claims": claims})


def _name_it_in_public(root: Path, article: str) -> None:
    """Lists of public records that have internal ones."""
    refs = [REF, INSIDE, APART]
    config = yaml.safe_load((root / "config.yaml").read_text(encoding="utf-8"))
    config["topics"] = {word("topic"): said("name of a topic"), **config["topics"]}
    config["lead"], config["exclude"] = [REF, *config["lead"]], [INSIDE, *config["exclude"]]
    config["nav"] = [word("page"), *config["nav"]]
    write_yaml(root / "config.yaml", config)
    item = {"item": "Nets for all", "claims": [INSIDE, APART, "year-later#c2"], "now": INSIDE}
    agenda = [{"topic": word("topic"), "items": [said("item under a topic")]}, {"topic": "trade", "items": [item]}]
    changes: Data = {"agenda": agenda, "documents": [article], "lead": refs, "exclude": [], "follows": word("summit")}
    _change_front(root / "content/summits/harbor-2026.md", changes)
    _change_front(root / "content/topics/fishing.md", {"lead": [REF], "exclude": [INSIDE]})
    _change_front(root / "content/articles/analysis.md", {"summits": [word("summit"), "delta-2025"]})
    path = root / "content/annotations/year-notes.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["claims"][0] |= {
        "topics": [word("topic"), *data["claims"][0]["topics"]],
        "relations": [{"type": "updates", "to": REF}, *data["claims"][0]["relations"]],
        "summit": word("summit"),
    }
    write_yaml(path, data)


def _merge(path: Path, entries: Data) -> None:
    """A registry with more entries, the first of them before its own."""
    write_yaml(path, entries | yaml.safe_load(path.read_text(encoding="utf-8")))


def _change_front(path: Path, changes: Data) -> None:
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    write_front_matter(path, yaml.safe_load(front) | changes, body)


def _without_nothing(data: Data) -> Data:
    quote = {key: value for key, value in data["quote"].items() if value}
    return data | {"quote": quote}


def without_secrets(root: Path) -> None:
    """Remove from a site whatever a secret word stands in, as if it had never been there."""
    for path in sorted(root.rglob("*")):
        if not path.is_file() or ".briefing" in path.parts:
            continue
        if is_secret(path.name):
            path.unlink()
        elif path.suffix == ".yaml" and path.parts[-2] != "templates":
            write_yaml(path, _clean(yaml.safe_load(path.read_text(encoding="utf-8"))))
        elif path.suffix == ".md" and path.parts[-2] != "texts" and is_secret(text := path.read_text(encoding="utf-8")):
            _, front, body = text.split("---\n", 2)
            write_front_matter(path, _clean(yaml.safe_load(front)), body)


def _clean(value: Any) -> Any:
    """The value without what is internal, and without what only that names: entries and parts by their ids."""
    if isinstance(value, dict):
        of = {key: _clean(one) for key, one in value.items() if not is_secret(key)}
        return {key: one for key, one in of.items() if one is not None}
    if isinstance(value, list):
        return [one for one in map(_clean, value) if one is not None and not _is_of_secret(one)]
    return None if isinstance(value, str) and is_secret(value) else value


def _is_of_secret(one: Any) -> bool:
    """Whether an entry of a list has lost what makes it one."""
    keys = ("quote", "to", "topic", "person")
    return isinstance(one, dict) and bool(
        {"visibility"} & one.keys()
        or not ({*keys, "on", "post", "item", "by", "described_as"} & one.keys())
        or ("type" in one and "to" not in one)
    )


# --- The search


def leaks(output: Path) -> dict[str, set[str]]:
    """The secret words in an output, by the path of the file whose name or bytes have them."""
    found: dict[str, set[str]] = {}
    for path in sorted(output.rglob("*")):
        name = path.relative_to(output).as_posix()
        data = path.read_bytes() if path.is_file() else b""
        for text in (name, *_readings(data)):
            if words := set(re.findall(r"zq[0-9a-f]{10}x", text.casefold())):
                found.setdefault(name, set()).update(words)
    return found


def _readings(data: bytes) -> Iterator[str]:
    """The bytes as whoever looks for something would read them."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        text = data.decode(encoding, "replace")
        yield text
        yield html.unescape(unquote(text))
        yield unquote(html.unescape(text))
        yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
        yield re.sub(r"\r?\n[ \t]", "", text)  # folded lines of calendars
        yield re.sub(r"<[^>]*>|[\s\u00ad\u200b-\u200d\u2060\ufeff-]", "", text)
