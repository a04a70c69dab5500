"""The index of claims for `templates/assets/search.js`: script files that hand over their data by calling a function,
because that also works from a disk, where a page may load scripts and nothing else.

A *segment* is an index of its own, of some articles. Its terms are parted into *shards* by how they begin, and what is
shown of its claims into *parts*. In terms, articles and claims are numbers, their places in the segment. What all
claims of an article have, such as its title, is said of the article once.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from operator import sub
from typing import NamedTuple

from briefing.machines.terms import is_wide, normalised, terms

# The folder of the files in a site.
FOLDER = "search/"
# A shard is made of texts of so much weight, and a part of so much: some 20 and 50 KB; no file has more than 300 KB.
SHARD, PART = 52_000, 50_000
# What a hit is worth by where its term stands. Two bits have it.
ELSEWHERE, TITLE, VOICE, STATEMENT = range(4)
# The characters that numbers are written with: printable ones that JSON writes as they are, and no blank. One of the
# first 46 ends a number; each of the others adds a digit in base 45, the lowest first.
_DIGITS = "".join(map(chr, range(35, 127))).replace("\\", "")
_LAST, _BASE = 46, 45

Postings = Mapping[str, Sequence[int]]


class ClaimEntry(NamedTuple):
    """A claim: its id in its article, what it says in the desk's words, if it does, and in the article's; who says it;
    how it stands; what else it is found by: its label, the names of who says it, other words, and marks of lists
    (`#topic-trade`)."""

    id: str
    text: str | None
    quote: str
    who: str
    status: str | None
    label: str | None
    names: tuple[str, ...]
    words: tuple[str, ...]
    marks: tuple[str, ...]


class ArticleEntry(NamedTuple):
    """An article with its claims: its page, its title, who published it, on which day (in ISO 8601 and for people), and
    its language; words and marks by which each of its claims is found."""

    page: str
    title: str
    source: str
    iso: str
    day: str
    language: str
    words: tuple[str, ...]
    marks: tuple[str, ...]
    claims: tuple[ClaimEntry, ...]


def script(name: str, data: object) -> bytes:
    """A file that hands over its data under a name."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    written = written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"briefingSearch({json.dumps(name)},{written});\n".encode()


def weight(text: str) -> int:
    """How much room a text takes: its characters, one of Japanese as seven of them, because each begins a term there
    that takes up to 13 bytes."""
    return len(text) if text.isascii() else 3 * len(text.encode("utf-8", "surrogatepass")) - 2 * len(text)


def shard_of(term: str, count: int) -> int:
    """The shard of a term: told by its first character in scripts without blanks, by its first two in others, so that
    those that begin alike are in one."""
    second = 0 if len(term) == 1 or is_wide(term) else ord(term[1])
    return (ord(term[0]) * 31 + second) % count


@lru_cache(maxsize=65536)
def number(value: int) -> str:
    """A number as the index has it."""
    written = ""
    while value >= _LAST:
        value, digit = divmod(value, _BASE)
        written += _DIGITS[_LAST + digit]
    return written + _DIGITS[value]


def shown(articles: Iterable[ArticleEntry]) -> list[object]:
    """What is shown of claims, article by article; and, of scripts without blanks, by what words they are found
    besides: for pairs of characters that stand in their terms may stand apart."""
    return [
        [*article[:6], _wide(article.words), [[*claim[:5], *_besides(claim)] for claim in article.claims]]
        for article in articles
    ]


def _besides(claim: ClaimEntry) -> list[str]:
    found = _wide((claim.label or "", *claim.names, *claim.words))
    return [found] if found else []


def _wide(words: Iterable[str]) -> str:
    return "\n".join(word for word in words if not word.isascii())


class Segment:
    """Articles, indexed when somebody first asks for it."""

    def __init__(self, articles: Sequence[ArticleEntry], shards: int) -> None:
        self._articles, self._count = articles, shards

    def shard(self, at: int) -> list[str]:
        """How many claims each article has, and the lines of a shard in their order: a term, then the claims and the
        articles that it stands in, each with what it is worth there, as differences from the last."""
        counts = "".join(number(len(article.claims)) for article in self._articles)
        return [counts, "\n".join(["", *sorted(self._shards[at]), ""])]

    @cached_property
    def _shards(self) -> Sequence[list[str]]:
        claims, articles = self._postings()
        shards: list[list[str]] = [[] for _ in range(self._count)]
        for term, of in claims.items():
            more = f" {_differences(articles[term])}" if term in articles else ""
            shards[shard_of(term, self._count)].append(f"{term} {_differences(of)}{more}")
        for term in articles.keys() - claims.keys():
            shards[shard_of(term, self._count)].append(f"{term}  {_differences(articles[term])}")
        return shards

    def _postings(self) -> tuple[Postings, Postings]:
        """The claims that have a term of their own, and the articles all of whose claims have it, with what it is worth
        in each: the best of the places where it stands."""
        of_claims: dict[str, list[int]] = defaultdict(list)
        of_articles: dict[str, list[int]] = defaultdict(list)
        first = 0
        for place, article in enumerate(self._articles):
            title = terms(normalised(article.title))
            common = _found_by((article.source, article.day, article.iso[:4], *article.words)).union(article.marks)
            for term in title:
                of_articles[term].append(4 * place + TITLE)
            for term in common - title:
                of_articles[term].append(4 * place + ELSEWHERE)
            common |= title
            for claim in article.claims:
                stated, voices, others = _places(claim)
                for term in stated:
                    of_claims[term].append(first + STATEMENT)
                for term in voices - stated:
                    of_claims[term].append(first + VOICE)
                for term in others - stated - voices - common:
                    of_claims[term].append(first + ELSEWHERE)
                first += 4
        return of_claims, of_articles


def _places(claim: ClaimEntry) -> tuple[set[str], set[str], set[str]]:
    """The terms of what a claim states, of who says it, and of all else."""
    stated = terms(normalised(f"{claim.text or claim.quote}\n{claim.label or ''}"))
    others = _found_by(claim.words).union(claim.marks)
    if claim.text:
        others |= terms(normalised(claim.quote))
    return stated, _found_by((claim.who, *claim.names)), others


def _found_by(names: Iterable[str]) -> set[str]:
    return set().union(*map(_terms_of_name, names))


@lru_cache(maxsize=65536)
def _terms_of_name(name: str) -> frozenset[str]:
    """Names are few, and come again and again."""
    return frozenset(terms(normalised(name)))


def _differences(values: Sequence[int]) -> str:
    return number(values[0]) + "".join(map(number, map(sub, values[1:], values)))
