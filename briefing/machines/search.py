"""The index of claims for `templates/assets/search.js`: script files that hand over their data by calling a function,
because that also works from a disk, where a page may load scripts and nothing else.

A *segment* is an index of its own, of some articles. Its terms are parted into *shards* by how they begin, and what is
shown of its claims into *parts*. All that is kept of a claim in terms is its number in the segment.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from operator import sub
from typing import NamedTuple

from briefing.machines.terms import is_wide, normalised, terms

# No file has more than 300 KB: a shard is made of texts of so much weight, and a part of so much.
SHARD, PART = 140_000, 50_000
# What a hit is worth by where its term stands. Two bits have it.
ELSEWHERE, TITLE, VOICE, STATEMENT = range(4)


class ClaimEntry(NamedTuple):
    """A claim: its id in its article, what it says in the desk's words, if it does, and in the article's; who says it;
    how it stands; what else it is found by, words and marks of lists (`#topic-trade`)."""

    id: str
    text: str | None
    quote: str
    who: str
    status: str | None
    words: str
    marks: tuple[str, ...]


class ArticleEntry(NamedTuple):
    """An article with its claims: its page, its title, who published it, on which day (in ISO 8601 and for people), and
    its language."""

    page: str
    title: str
    source: str
    iso: str
    day: str
    language: str
    claims: tuple[ClaimEntry, ...]


def script(name: str, data: object) -> bytes:
    """A file that hands over its data under a name."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    written = written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"briefingSearch({json.dumps(name)},{written});\n".encode()


def weight(text: str) -> int:
    """How much room a text takes: its characters, one of Japanese as seven of them, because each begins a term there
    that takes up to 13 bytes."""
    return 3 * len(text.encode("utf-8", "surrogatepass")) - 2 * len(text)


def shard_of(term: str, count: int) -> int:
    """The shard of a term: told by its first character in scripts without blanks, by its first two in others, so that
    those that begin alike are in one."""
    second = 0 if len(term) == 1 or is_wide(term) else ord(term[1])
    return (ord(term[0]) * 31 + second) % count


class Segment:
    """Articles, indexed when somebody first asks for it."""

    def __init__(self, articles: Sequence[ArticleEntry], shards: int) -> None:
        self._articles, self._count = articles, shards

    def shard(self, number: int) -> str:
        """The lines of a shard in their order: a term, and the numbers of its claims, each with what it is worth there,
        as differences from the last."""
        return "\n".join(["", *sorted(self._shards[number]), ""])

    def part(self, start: int, end: int) -> list[object]:
        """What is shown of some of its claims, article by article."""
        found: list[object] = []
        at = 0
        for article in self._articles:
            claims = article.claims[max(start - at, 0) : max(end - at, 0)]
            at += len(article.claims)
            if claims:
                found.append([*article[:-1], [_shown(claim) for claim in claims]])
        return found

    @cached_property
    def _shards(self) -> Sequence[list[str]]:
        values: dict[str, list[int]] = defaultdict(list)
        for number, worth in enumerate(self._claims()):
            first = 4 * number
            for term, weight in worth.items():
                values[term].append(first + weight)
        shards: list[list[str]] = [[] for _ in range(self._count)]
        for term, of in values.items():
            shards[shard_of(term, self._count)].append(f"{term} {_differences(of)}")
        return shards

    def _claims(self) -> Iterator[dict[str, int]]:
        """What the terms of each claim are worth, the best of the places where they stand."""
        for article in self._articles:
            common = dict.fromkeys(terms(normalised(f"{article.source} {article.iso[:4]} {article.day}")), ELSEWHERE)
            title = dict.fromkeys(terms(normalised(article.title)), TITLE)
            for claim in article.claims:
                others = f"{claim.words} {claim.quote}" if claim.text else claim.words
                worth = common | dict.fromkeys((*terms(normalised(others)), *claim.marks), ELSEWHERE)
                worth.update(title)
                worth.update(dict.fromkeys(terms(normalised(claim.who)), VOICE))
                worth.update(dict.fromkeys(terms(normalised(claim.text or claim.quote)), STATEMENT))
                yield worth


def _shown(claim: ClaimEntry) -> tuple[str | None, ...]:
    """What is shown of a claim; and, of scripts without blanks, by what words it is found besides: for pairs of
    characters that stand in its terms may stand apart."""
    return (*claim[:5], *([claim.words] if not claim.words.isascii() else ()))


def _differences(values: Sequence[int]) -> str:
    return " ".join(map(str, [values[0], *map(sub, values[1:], values)]))
