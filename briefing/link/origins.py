"""Origins, not outlets: where a claim first came from, and who stands behind what several claims say alike."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from pydantic_core import PydanticCustomError

from briefing.diagnostics import Diagnostic, Note, Pointer
from briefing.link.relations import Related
from briefing.model.claim import Attribution, Claim
from briefing.model.dates import PartialDate
from briefing.model.entity import Entity
from briefing.model.frozen import frozen
from briefing.read.articles import ArticleHead
from briefing.read.content import Content

# Relations between claims that say the same thing.
ALIKE = frozenset(["confirms", "repeats"])
_REPORT = re.compile(r"(.+)-(\d{4}(?:-\d{2}){0,2})")


@frozen
class Origin:
    """Where news first came from. Claims of one origin have the same `key`.

    It is a registered voice (`id`) or one described in `words`, perhaps by one report of a `day`. `unnamed` holds the
    words for a voice whose name is withheld.
    """

    key: str
    id: str | None = None
    day: PartialDate | None = None
    words: str | None = None
    unnamed: str | None = None


@frozen
class Outlet:
    """Who brings the news to the reader: a registered voice, or one described in an article's words."""

    id: str | None
    words: str | None = None


@frozen
class Sourcing:
    """The outlets and the origins of claims that say the same thing, each once, the first to say it first.

    A claim that repeats another one adds an outlet, but no origin.
    """

    outlets: tuple[Outlet, ...]
    origins: tuple[Origin, ...]


# Finds the person, organization, place or source of an id.
Find = Callable[[str], Entity | None]


def origin_of(find: Find, article: ArticleHead, claim: Claim) -> Origin:
    """The origin that the claim names, else the last voice of its chain, else the source of its article.

    Entities are looked for under the ids of `named_origins` and of the last voice.
    """
    last = claim.attribution[-1] if claim.attribution else None
    unnamed = _words(find, last) if last and last.basis == "anonymous" else None
    if claim.origin:
        name, day = _report(claim.origin)
        id = next((id for id in (claim.origin, name) if find(id)), None)
        if id or last is None:
            return Origin(claim.origin, id, None if id == claim.origin else day, None if id else _spaced(name), unnamed)
        return Origin(claim.origin, last.by, day, last.described_as, unnamed)
    if last is None:
        return Origin(article.record.source, article.record.source)
    return Origin(last.by or _folded(last.described_as or ""), last.by, None, last.described_as, unnamed)


def named_origins(origin: str) -> tuple[str, ...]:
    """The ids that an origin may be of: its own, or that of who made the report that it names."""
    return origin, _report(origin)[0]


def outlet_of(content: Content, article: ArticleHead, claim: Claim) -> Outlet:
    """The outlet nearest the reader: the first voice where that is an outlet, else the source of the article."""
    first = claim.attribution[0] if claim.attribution else None
    if first and (first.basis == "report" or first.by in content.sources):
        return Outlet(first.by, None if first.by else first.described_as)
    return Outlet(article.record.source)


def check_origins(content: Content) -> Iterator[Diagnostic]:
    """Claims that confirm one of their own origin, which only repeat it."""
    claims = {claim.ref: (file.head, claim) for file in content.articles.values() for claim in file.claims}
    for article, anchored in claims.values():
        for index, relation in enumerate(anchored.claim.relations):
            if relation.type != "confirms" or relation.to not in claims:
                continue
            other, confirmed = claims[relation.to]
            key = origin_of(content.entity, article, anchored.claim).key
            if (
                key == origin_of(content.entity, other, confirmed.claim).key
                and article.annotations
                and other.annotations
            ):
                where = Pointer(article.annotations, ("claims", anchored.index, "relations", index, "type"))
                note = Note("the other claim is here", Pointer(other.annotations, ("claims", confirmed.index)))
                message = f"`{anchored.id}` cannot confirm `{relation.to}`: both come from `{key}`"
                help = "write `repeats`, or give each claim the `origin` that it really has"
                yield Diagnostic("confirms-same-origin", message, where, help, (note,))


def sourcing(content: Content, related: Mapping[str, Iterable[Related]]) -> dict[str, Sourcing]:
    """The sourcing of every claim that is not alone in what it says, where these are the relations of all claims.

    Claims that confirm or repeat each other say the same thing. One that does so to several which have nothing to do
    with each other says all of that, without making one thing of it.
    """
    claims = _not_alone(content, related)
    groups, joined = _groups({ref: claim for ref, (_, claim) in claims.items()})
    members: dict[str, list[str]] = {}
    for ref in claims:
        for group in dict.fromkeys([groups.of(ref), *joined.get(ref, ())]):
            members.setdefault(group, []).append(ref)
    of_group = {
        group: _sourcing(content, {ref: claims[ref] for ref in refs})
        for group, refs in members.items()
        if len(refs) > 1
    }
    found = {}
    for ref in claims:
        parts = [of_group[group] for group in [groups.of(ref), *joined.get(ref, ())] if group in of_group]
        if parts:
            found[ref] = parts[0] if len(parts) == 1 else _united(parts)
    return found


def _not_alone(content: Content, related: Mapping[str, Iterable[Related]]) -> dict[str, tuple[ArticleHead, Claim]]:
    """The claims that confirm or repeat others, and those others, the oldest first."""
    alike = {ref for ref, of_claim in related.items() if any(one.type in ALIKE for one in of_claim)}
    ids = {ref.partition("#")[0] for ref in alike} & content.articles.keys()
    found = {
        claim.ref: (content.articles[id].head, claim.claim)
        for id in ids
        for claim in content.articles[id].claims
        if claim.ref in alike
    }
    return dict(sorted(found.items(), key=lambda item: (item[1][0].record.published, item[0])))


def _sourcing(content: Content, claims: Mapping[str, tuple[ArticleHead, Claim]]) -> Sourcing:
    outlets = dict.fromkeys(outlet_of(content, article, claim) for article, claim in claims.values())
    own = [
        (article, claim)
        for article, claim in claims.values()
        if not any(relation.type == "repeats" and relation.to in claims for relation in claim.relations)
    ]
    origins: dict[str, Origin] = {}
    for article, claim in own or list(claims.values())[:1]:
        origin = origin_of(content.entity, article, claim)
        origins.setdefault(origin.key, origin)
    return Sourcing(tuple(outlets), tuple(origins.values()))


def _united(parts: Iterable[Sourcing]) -> Sourcing:
    outlets: dict[Outlet, None] = {}
    origins: dict[str, Origin] = {}
    for part in parts:
        outlets.update(dict.fromkeys(part.outlets))
        for origin in part.origins:
            origins.setdefault(origin.key, origin)
    return Sourcing(tuple(outlets), tuple(origins.values()))


class _Groups:
    """Disjoint sets of claim references (union by path halving)."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def of(self, ref: str) -> str:
        while (above := self.parent.get(ref, ref)) != ref:
            self.parent[ref] = self.parent.get(above, above)
            ref = above
        return ref

    def join(self, ref: str, other: str) -> None:
        self.parent[self.of(ref)] = self.of(other)


def _groups(claims: dict[str, Claim]) -> tuple[_Groups, dict[str, tuple[str, ...]]]:
    """The claims that say one thing each, and those that say what several groups do."""
    groups = _Groups()
    several: dict[str, list[str]] = {}
    for ref, claim in claims.items():
        targets = [relation.to for relation in claim.relations if relation.type in ALIKE and relation.to in claims]
        if len(targets) == 1:
            groups.join(ref, targets[0])
        elif targets:
            several[ref] = targets
    joined: dict[str, tuple[str, ...]] = {}
    for ref, targets in several.items():
        if len({groups.of(target) for target in targets}) == 1:
            groups.join(ref, targets[0])
    for ref, targets in several.items():
        roots = dict.fromkeys(groups.of(target) for target in targets)
        if len(roots) > 1:
            joined[ref] = tuple(roots)
    return groups, joined


def _report(origin: str) -> tuple[str, PartialDate | None]:
    """The name and the date in the name of one report: `nikkei-2025-02-05`."""
    match = _REPORT.fullmatch(origin)
    try:
        return (match[1], PartialDate.parse(match[2])) if match else (origin, None)
    except PydanticCustomError:
        return origin, None


def _words(find: Find, voice: Attribution) -> str:
    entity = find(voice.by) if voice.by else None
    return entity.name if entity else voice.described_as or ""


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _spaced(name: str) -> str:
    """A name that is written like an id, as words."""
    return name if " " in name else name.replace("-", " ")
