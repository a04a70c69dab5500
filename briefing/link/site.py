"""The linked site: every claim with its article, and the ways from one record to the others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, ValuesView
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from briefing.link.origins import Sourcing, sourcing
from briefing.link.relations import Related, relations
from briefing.model.claim import Claim
from briefing.model.config import Config
from briefing.read.annotations import AnchoredClaim
from briefing.read.articles import ArticleFile, ArticleHead
from briefing.read.content import Content


@dataclass(frozen=True, slots=True, eq=False)
class LinkedClaim:
    """A claim in its article, its relations to others, and its sourcing where others say the same.

    The `fingerprint` differs for claims of which anything differs.
    """

    article: ArticleHead
    anchored: AnchoredClaim
    related: tuple[Related, ...] = ()
    sourcing: Sourcing | None = None
    fingerprint: str = field(init=False)
    # Asked for so often that properties would cost a tenth of a build.
    ref: str = field(init=False)
    claim: Claim = field(init=False)
    published: date = field(init=False)
    status: str | None = field(init=False)
    is_forward: bool = field(init=False)
    is_open: bool = field(init=False)

    def __post_init__(self) -> None:
        claim = self.anchored.claim
        object.__setattr__(self, "ref", self.anchored.ref)
        object.__setattr__(self, "claim", claim)
        object.__setattr__(self, "status", claim.status)
        object.__setattr__(self, "is_forward", claim.is_forward)
        object.__setattr__(self, "is_open", claim.is_open)
        object.__setattr__(self, "published", self.article.record.published.day.earliest)
        of_others = f"{self.related}{self.sourcing}" if self.related or self.sourcing else ""
        object.__setattr__(self, "fingerprint", f"{self.article.digest.hex()}{self.anchored.digest.hex()}{of_others}")

    @property
    def summit(self) -> str | None:
        return self.anchored.summit

    @property
    def recorded(self) -> date:
        """The day since which the desk can have known it."""
        readable, recorded = self.article.record.readable, self.claim.recorded
        return max(readable.earliest, recorded.earliest) if recorded else readable.earliest


class Connections(NamedTuple):
    """The relations of claims, and the sourcing of those that are not alone in what they say, by reference."""

    related: dict[str, tuple[Related, ...]]
    alike: dict[str, Sourcing]


class Claims(Mapping[str, LinkedClaim]):
    """The claims of a site by reference, in the order of its articles. One that is looked up alone is linked alone."""

    def __init__(self, site: "Site") -> None:
        self._site = site
        self._alone: dict[str, LinkedClaim] = {}

    @cached_property
    def _all(self) -> dict[str, LinkedClaim]:
        linked = (one for file in self._site.articles for one in self._of(file))
        return {one.ref: self._alone.get(one.ref, one) for one in linked}

    def _of(self, file: ArticleFile) -> Iterator[LinkedClaim]:
        related, alike = self._site.connections
        for anchored in file.claims:
            yield LinkedClaim(file.head, anchored, related.get(anchored.ref, ()), alike.get(anchored.ref))

    def __getitem__(self, ref: str) -> LinkedClaim:
        if "_all" in self.__dict__:
            return self._all[ref]
        if ref not in self._alone:
            file = self._site.content.articles[ref.partition("#")[0]]
            self._alone |= {one.ref: one for one in self._of(file) if one.ref not in self._alone}
        return self._alone[ref]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return sum(len(file.claims) for file in self._site.articles)

    def values(self) -> ValuesView[LinkedClaim]:
        """All claims."""
        return self._all.values()


@dataclass(eq=False)
class Site:
    """All records, and what is found from them when somebody first asks for it. Lists of claims are newest first."""

    content: Content
    config: Config
    connections: Connections
    as_of: date | None = None

    @cached_property
    def articles(self) -> Sequence[ArticleFile]:
        """All articles, newest first."""
        return sorted(self.content.articles.values(), key=newest_first)

    @cached_property
    def claims(self) -> Mapping[str, LinkedClaim]:
        return Claims(self)

    @cached_property
    def by_summit(self) -> Mapping[str, list[LinkedClaim]]:
        """The claims that belong to each summit."""
        found: dict[str, list[LinkedClaim]] = {}
        for linked in self.claims.values():
            if linked.summit:
                found.setdefault(linked.summit, []).append(linked)
        return found

    @cached_property
    def by_topic(self) -> Mapping[str, list[LinkedClaim]]:
        """The claims on each topic."""
        found: dict[str, list[LinkedClaim]] = {}
        for linked in self.claims.values():
            for topic in dict.fromkeys(linked.claim.topics):
                found.setdefault(topic, []).append(linked)
        return found

    @cached_property
    def articles_by_summit(self) -> Mapping[str, list[ArticleFile]]:
        """The articles that name each summit."""
        found: dict[str, list[ArticleFile]] = {}
        for article in self.articles:
            for summit in article.record.summits:
                found.setdefault(summit, []).append(article)
        return found

    @cached_property
    def summits(self) -> Sequence[str]:
        """The ids of all summits, newest first."""
        summits = self.content.summits
        return sorted(summits, key=lambda id: (summits[id].record.start, id), reverse=True)

    @cached_property
    def followed_by(self) -> Mapping[str, list[str]]:
        """The ids of those summits that follow another one, oldest first."""
        found: dict[str, list[str]] = {}
        for id in reversed(self.summits):
            previous = self.content.summits[id].record.follows
            if previous:
                found.setdefault(previous, []).append(id)
        return found


def link(content: Content, config: Config, as_of: date | None = None, found: Connections | None = None) -> Site:
    """The site. References to records that are not there lead nowhere.

    `found` are the connections of just this content, where they are known already.
    """
    return Site(content, config, found or connections(content), as_of)


def connections(content: Content) -> Connections:
    """What stands between the claims of a site."""
    articles = sorted(content.articles.values(), key=newest_first)
    return Connections(relations(articles), sourcing(content))


def newest_first(article: ArticleFile) -> tuple[int, float, str]:
    """Where an article stands among others."""
    when = article.record.published
    return -when.day.earliest.toordinal(), -(when.instant.timestamp() if when.instant else 0.0), article.id


def curated(claims: Iterable[LinkedClaim], exclude: Iterable[str]) -> list[LinkedClaim]:
    """The claims without those an editor keeps off the page."""
    left_out = set(exclude)
    return [claim for claim in claims if claim.ref not in left_out]
