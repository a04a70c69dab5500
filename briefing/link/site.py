"""The linked site: every claim with its article, and the ways from one record to the others."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

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
        object.__setattr__(self, "fingerprint", f"{self.article.fingerprint}{self.anchored.fingerprint}{of_others}")

    @property
    def summit(self) -> str | None:
        return self.anchored.summit

    @property
    def recorded(self) -> date:
        """The day since which the desk can have known it."""
        said, recorded = self.article.record.published.day, self.claim.recorded
        return max(said.earliest, recorded.earliest) if recorded else said.earliest

    @property
    def text(self) -> str:
        """The editor's words; where there are none, the article's own, in quotation marks."""
        return self.claim.text or f"“{self.anchored.words}”"


@dataclass(slots=True, eq=False)
class Site:
    """All records and the claims by what they belong to; lists of claims are newest first."""

    content: Content
    config: Config
    as_of: date | None = None
    claims: dict[str, LinkedClaim] = field(default_factory=dict)
    by_summit: dict[str, list[LinkedClaim]] = field(default_factory=lambda: defaultdict(list))
    by_topic: dict[str, list[LinkedClaim]] = field(default_factory=lambda: defaultdict(list))
    articles: list[ArticleFile] = field(default_factory=list)
    articles_by_summit: dict[str, list[ArticleFile]] = field(default_factory=lambda: defaultdict(list))
    summits: list[str] = field(default_factory=list)
    followed_by: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def articles_on(self, summit: str) -> list[ArticleFile]:
        """The articles that name the summit, newest first."""
        return self.articles_by_summit.get(summit, [])


def link(content: Content, config: Config, as_of: date | None = None) -> Site:
    """The site. References to records that are not there lead nowhere."""
    site = Site(content, config, as_of)
    site.articles = sorted(content.articles.values(), key=_newest_article)
    related, alike = relations(site.articles), sourcing(content)
    for article in site.articles:
        for summit in article.record.summits:
            site.articles_by_summit[summit].append(article)
        for anchored in article.claims:
            claim = LinkedClaim(article.head, anchored, related.get(anchored.ref, ()), alike.get(anchored.ref))
            site.claims[claim.ref] = claim
            if claim.summit:
                site.by_summit[claim.summit].append(claim)
            for topic in dict.fromkeys(claim.claim.topics):
                site.by_topic[topic].append(claim)
    site.summits = sorted(content.summits, key=lambda id: (content.summits[id].record.start, id), reverse=True)
    for id in reversed(site.summits):
        previous = content.summits[id].record.follows
        if previous:
            site.followed_by[previous].append(id)
    return site


def _newest_article(article: ArticleFile) -> tuple[int, float, str]:
    when = article.record.published
    return -when.day.earliest.toordinal(), -(when.instant.timestamp() if when.instant else 0.0), article.id


def curated(claims: Iterable[LinkedClaim], exclude: Iterable[str]) -> list[LinkedClaim]:
    """The claims without those an editor keeps off the page."""
    left_out = set(exclude)
    return [claim for claim in claims if claim.ref not in left_out]
