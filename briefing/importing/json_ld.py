"""The article that a page describes in JSON-LD, by the types and properties of schema.org."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Node = dict[str, Any]

ARTICLES = frozenset(
    [
        "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
        "BackgroundNewsArticle", "ReviewNewsArticle", "AdvertiserContentArticle", "SatiricalArticle", "BlogPosting",
        "SocialMediaPosting", "LiveBlogPosting", "Report", "TechArticle", "ScholarlyArticle", "PressRelease",
        "GovernmentDocument", "Statement", "SpecialAnnouncement",
    ]
)  # fmt: skip
LISTS = frozenset(["CollectionPage", "ItemList", "SearchResultsPage"])
# Where articles stand that the page is not about.
_ASIDE = frozenset(["itemListElement", "liveBlogUpdate", "hasPart", "relatedLink", "isPartOf", "citation", "mentions"])
_DEEPEST = 12
_SCRIPT = re.compile(r"^\s*(?://)?\s*(?:<!\[CDATA\[|<!--)|(?://)?\s*(?:\]\]>|-->)\s*;?\s*$")


@dataclass(slots=True)
class Described:
    """What the JSON-LD of a page says: of its article, and whether it says that it is a list.

    `article` is empty where there is none; `broken` counts scripts that are no JSON.
    """

    article: Node = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    is_list: bool = False
    broken: int = 0

    def one(self, *names: str) -> str:
        """The first of these properties that has a text."""
        return next((text for name in names for text in self.all(name)), "")

    def all(self, name: str) -> list[str]:
        """The texts of a property: of things their names, or their addresses."""
        return [text for value in _listed(self.article.get(name)) if (text := self.text(value))]

    def text(self, value: Any) -> str:
        """A value as text."""
        if isinstance(value, dict):
            node = self.resolved(value)
            return self.text(_first(node.get("name"))) or self.text(_first(node.get("@id") or node.get("url")))
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            return " ".join(html.unescape(re.sub(r"<[^<>]*>", "", str(value))).split())
        return ""

    def named(self, name: str) -> list[str]:
        """The names of a property's things; an address is none."""
        values = [
            self.resolved(value) if isinstance(value, dict) else value for value in _listed(self.article.get(name))
        ]
        names = [
            self.text(_first(value.get("name"))) if isinstance(value, dict) else self.text(value) for value in values
        ]
        return [name for name in names if name and not re.match(r"(?:https?:)?//|[#/]|www\.", name)]

    def resolved(self, value: Node) -> Node:
        """The thing that a reference stands for."""
        id = value.get("@id")
        return self.nodes.get(id, value) if isinstance(id, str) and set(value) <= {"@id", "@type"} else value

    @property
    def words(self) -> int:
        """How many words the page says that the article has; 0 where it does not."""
        count = self.one("wordCount", "wordcount")
        return int(count) if count.isdecimal() and len(count) < 7 else 0

    @property
    def body(self) -> str:
        """The text of the article, with its lines, where the page says it here too."""
        text = self.article.get("articleBody")
        return html.unescape(text) if isinstance(text, str) else ""

    @property
    def is_free(self) -> bool:
        """False where the page says that the article is not for everybody."""
        return str(self.article.get("isAccessibleForFree", "true")).lower() not in ("false", "0", "no")


def described(scripts: list[str], addresses: set[str]) -> Described:
    """What these scripts say. Of several articles the one at one of these addresses, else the first that is no item."""
    found = Described()
    articles: list[Node] = []
    for script in scripts:
        data = _parsed(script)
        if data is None:
            found.broken += 1
            continue
        for node, is_aside in _nodes(data, False, 0):
            types = _types(node)
            if isinstance(id := node.get("@id"), str) and len(node) > len({"@id", "@type"} & set(node)):
                found.nodes.setdefault(id, node)
            found.is_list = found.is_list or (bool(types & LISTS) and not is_aside)
            if (
                types & ARTICLES
                and not is_aside
                and (node.get("headline") or node.get("name") or node.get("datePublished"))
            ):
                articles.append(node)
    ours = [node for node in articles if addresses & set(_addresses(node))]
    found.article = next(iter(ours or articles), {})
    if len(articles) > 2 and not ours:
        found.article, found.is_list = {}, True
    return found


def _parsed(script: str) -> Any:
    text = _SCRIPT.sub("", _SCRIPT.sub("", script)).strip().rstrip(";")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any, is_aside: bool, depth: int) -> Iterator[tuple[Node, bool]]:
    """All things in a value, and whether each stands where things are that the page is not about."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _nodes(one, is_aside, depth + 1)
    elif isinstance(value, dict):
        if value.get("@type") or value.get("@id"):
            yield value, is_aside
        for key, one in value.items():
            if isinstance(one, dict | list):
                yield from _nodes(one, is_aside or key in _ASIDE, depth + 1)


def _types(node: Node) -> set[str]:
    return {str(name).rpartition("/")[2].rpartition(":")[2] for name in _listed(node.get("@type"))}


def _addresses(node: Node) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        for value in _listed(node.get(key)):
            address = value.get("@id") or value.get("url") if isinstance(value, dict) else value
            if isinstance(address, str):
                yield address.partition("#")[0].rstrip("/")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value
