"""The linked site: every article and claim with what it stands in, each with a digest, and the lists they are in."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple, Self

from briefing.link.clock import Clock, clock_of
from briefing.link.keys import keys_of_claim, keys_of_summit
from briefing.link.origins import Sourcing, sourcing
from briefing.link.relations import Related, relations
from briefing.link.scope import Key, Records, Scope, Settings
from briefing.model.article import Article
from briefing.model.claim import Claim
from briefing.model.config import Config
from briefing.model.dates import When
from briefing.model.digests import digest, joined
from briefing.model.summit import Summit
from briefing.model.words import NO_WORDS, Words
from briefing.read.annotations import AnchoredClaim
from briefing.read.articles import ArticleFile, ArticleHead
from briefing.read.content import Content
from briefing.read.pages import PageFile


class _Linked:
    """What has a digest, which is reckoned when somebody first asks for it: a site kept in memory needs few of them."""

    __slots__ = ("digest",)

    digest: bytes

    def __getattr__(self, name: str) -> bytes:
        """Python asks for what is not there yet."""
        if name != "digest":
            raise AttributeError(name)
        self.digest = found = self._digest()
        return found

    @abstractmethod
    def _digest(self) -> bytes: ...

    @property
    def about(self) -> Self:
        """Itself: of changes and events it is what they are about."""
        return self


class Headline(_Linked):
    """An article without its claims: what these and the events of the timeline need of it, and no more.

    The `digest` differs where anything does that its views show.
    """

    __slots__ = ("annotations", "head", "id", "path", "published", "record", "scope")

    def __init__(self, head: ArticleHead, scope: Scope) -> None:
        self.head, self.scope = head, scope
        self.id: str = head.id
        self.path: str = head.path
        self.record: Article = head.record
        self.annotations: str | None = head.annotations
        self.published: When = head.record.published

    def _digest(self) -> bytes:
        return joined([self.head.digest, self.scope.digest])


class LinkedClaim(_Linked):
    """A claim in its article, with its relations to others, and its sourcing where others say the same.

    The `digest` differs where anything does that any page could show of it.
    """

    __slots__ = (
        *("article", "anchored", "related", "sourcing", "_scope"),
        *("ref", "claim", "published", "status", "is_forward", "is_open", "is_overdue"),
    )

    def __init__(self, article: Headline, anchored: AnchoredClaim, connections: "Connections") -> None:
        claim, ref = anchored.claim, anchored.ref
        self.article, self.anchored = article, anchored
        self.related: tuple[Related, ...] = connections.related.get(ref, ())
        self.sourcing: Sourcing | None = connections.alike.get(ref)
        self._scope: Scope | None = None
        self.ref: str = ref
        self.claim: Claim = claim
        self.published: date = article.published.day.earliest
        self.status: str | None = claim.status
        self.is_forward: bool = claim.is_forward
        self.is_open: bool = claim.is_open
        clock = article.scope.clock
        self.is_overdue: bool = bool(self.is_open and claim.due and clock.has_passed(claim.due.latest))

    def _digest(self) -> bytes:
        article, anchored = self.article, self.anchored
        stands = [digest(self.related, self.sourcing)] if self.related or self.sourcing else []
        seen = article.scope.digests(self.names())
        return joined([article.digest, anchored.digest, *stands, *seen, _delay(self, article.scope.clock)])

    def names(self) -> Iterator[Key]:
        """What its views show of other records, and all that it refers to."""
        return keys_of_claim(self.anchored, self.related, self.sourcing)

    @property
    def scope(self) -> Scope:
        """What its views may look at beside it and its article."""
        if self._scope is None:
            self._scope = self.article.scope.with_more(self.names())
        return self._scope

    @property
    def summit(self) -> str | None:
        return self.anchored.summit

    @property
    def recorded(self) -> date:
        """The day since which the desk can have known it."""
        readable, recorded = self.article.record.readable, self.claim.recorded
        return max(readable.earliest, recorded.earliest) if recorded else readable.earliest


class LinkedArticle(_Linked):
    """An article with its claims. The `digest` differs where anything does that any page could show of it; of its text
    there is one apart."""

    __slots__ = ("claims", "headline", "id", "published", "record", "scope")

    def __init__(self, file: ArticleFile, scope: Scope, connections: "Connections") -> None:
        record = file.record
        self.id: str = file.id
        self.record: Article = record
        self.published: When = record.published
        of_text = [("entity", id) for id in (record.source, *record.issued_by)]
        self.headline = Headline(file.head, scope.with_more(of_text))
        self.claims = tuple([LinkedClaim(self.headline, one, connections) for one in file.claims])
        summits = [*record.summits, *(one.summit for one in file.claims if one.summit)]
        self.scope = self.headline.scope.with_more(("summit", id) for id in summits)

    def _digest(self) -> bytes:
        return joined([self.headline.digest, self.scope.digest, *[claim.digest for claim in self.claims]])

    @property
    def seen(self) -> Iterator[Key]:
        """The records that it, its headline and its claims may look at."""
        yield from self.scope.keys
        for claim in self.claims:
            yield from self.scope.with_sources(claim.names())


class LinkedSummit:
    """A summit, and the scope of the views of it in lists. The `digest` differs where anything does of what they show,
    or of its own text."""

    __slots__ = ("digest", "file", "id", "path", "record", "scope")

    def __init__(self, file: PageFile[Summit], scope: Scope) -> None:
        self.file, self.scope = file, scope
        self.id: str = file.id
        self.path: str = file.path
        self.record: Summit = file.record
        self.digest = digest(file, scope.digest)


class Connections(NamedTuple):
    """The relations of claims, and the sourcing of those that are not alone in what they say, by reference."""

    related: dict[str, tuple[Related, ...]]
    alike: dict[str, Sourcing]


@dataclass(eq=False)
class Site:
    """All records, and what is found from them when somebody first asks for it. Lists of claims are newest first."""

    content: Content
    config: Config
    connections: Connections
    clock: Clock
    settings: Settings
    records: Records
    as_of: date | None = None

    # Those articles that have been asked for, and of some of them, which records they see.
    linked: dict[str, LinkedArticle] = field(default_factory=dict)
    seen: dict[str, frozenset[Key]] = field(default_factory=dict)

    @cached_property
    def articles(self) -> Sequence[LinkedArticle]:
        """All articles, newest first."""
        return [self.article(file.id) for file in self.files]

    @cached_property
    def files(self) -> Sequence[ArticleFile]:
        """What was read of all articles, newest first."""
        return sorted(self.content.articles.values(), key=newest_first)

    @cached_property
    def headlines(self) -> Sequence[Headline]:
        """All articles without their claims, newest first."""
        return headlines(self.articles)

    def article(self, id: str) -> LinkedArticle:
        """The article of that id."""
        found = self.linked.get(id)
        if found is None:
            found = self.linked[id] = LinkedArticle(self.content.articles[id], self._empty, self.connections)
        return found

    @cached_property
    def _empty(self) -> Scope:
        return self.scope(())

    def scope(self, keys: Iterable[Key]) -> Scope:
        """The scope of the records with these keys."""
        return Scope(self.records, self.settings, self.clock, keys)

    @cached_property
    def claims(self) -> Mapping[str, LinkedClaim]:
        """The claims by reference, in the order of the articles."""
        return {linked.ref: linked for article in self.articles for linked in article.claims}

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
    def articles_by_summit(self) -> Mapping[str, list[LinkedArticle]]:
        """The articles that name each summit."""
        found: dict[str, list[LinkedArticle]] = {}
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
    def meetings(self) -> Mapping[str, LinkedSummit]:
        """The summits by their ids."""
        files = self.content.summits.values()
        return {file.id: LinkedSummit(file, self.scope(keys_of_summit(file.record))) for file in files}

    @cached_property
    def followed_by(self) -> Mapping[str, list[str]]:
        """The ids of those summits that follow another one, oldest first."""
        found: dict[str, list[str]] = {}
        for id in reversed(self.summits):
            previous = self.content.summits[id].record.follows
            if previous:
                found.setdefault(previous, []).append(id)
        return found


def link(
    content: Content,
    config: Config,
    as_of: date | None = None,
    found: Connections | None = None,
    clock: Clock | None = None,
    words: Words = NO_WORDS,
) -> Site:
    """The site. References to records that are not there lead nowhere.

    `found` are the connections of just this content, and `clock` is its clock, where they are known already; `words`
    are those that pages say it with.
    """
    clock, settings = clock or clock_of(content.articles.values(), as_of), Settings.of(config, as_of, words)
    return Site(content, config, found or connections(content), clock, settings, Records(content, config), as_of)


def connections(content: Content) -> Connections:
    """What stands between the claims of a site."""
    files = (file for file in content.articles.values() if any(claim.claim.relations for claim in file.claims))
    related = relations(sorted(files, key=newest_first))
    return Connections(related, sourcing(content, related))


def _delay(linked: LinkedClaim, clock: Clock) -> bytes:
    """For how long a claim has been due that is open: all that pages show of it which changes with the clock."""
    due = linked.claim.due
    return repr(clock.since(due.latest)).encode() if due and linked.is_overdue else b""


def newest_first(article: ArticleFile | LinkedArticle) -> tuple[int, float, str]:
    """Where an article stands among others."""
    when = article.record.published
    return -when.day.earliest.toordinal(), -(when.instant.timestamp() if when.instant else 0.0), article.id


def headlines(articles: Iterable[LinkedArticle]) -> list[Headline]:
    """Articles without their claims."""
    return [article.headline for article in articles]


def curated(claims: Iterable[LinkedClaim], exclude: Iterable[str]) -> list[LinkedClaim]:
    """The claims without those an editor keeps off the page."""
    left_out = set(exclude)
    return [claim for claim in claims if claim.ref not in left_out]
