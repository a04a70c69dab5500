"""The plan: which pages there are, and for each its template and the only values it may show."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from briefing.diagnostics import Diagnostic, Note, Place
from briefing.link.site import LinkedClaim, Site, curated
from briefing.model.addresses import page_path
from briefing.model.claim import STATUSES
from briefing.model.config import Config
from briefing.model.summit import Summit
from briefing.read.content import CONFIG, ArticleFile, Written
from briefing.read.markup import Link
from briefing.render.views import ClaimView, LinkView, Views, trusted

# More than these on one page and the older ones move to pages by year, then by month.
NEWEST = 100
PER_YEAR = 300
RECENT = 10


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be made: a pure function of these values. `source` is the file it stands for."""

    path: str
    template: str
    context: Mapping[str, object]
    source: str
    links: tuple[Link, ...] = ()
    root: str | None = None  # the absolute path links begin with, for the page that is served at any address


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims stand at each status, in the vocabulary's order, and how many there are."""

    statuses: tuple[tuple[str, int], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Head:
    """What every page says of itself."""

    title: str
    path: str
    description: str | None = None
    canonical: str | None = None


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page shows of the site."""

    title: str
    description: str | None
    publisher: str | None
    language: str
    topics: tuple[LinkView, ...]
    nav: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class AgendaView:
    """A topic of a summit: what is on its agenda, and its claims."""

    topic: LinkView
    items: tuple[str, ...]
    claims: tuple[ClaimView, ...]


def plan(site: Site) -> list[Page]:
    """All pages of the site."""
    return list(_Planner(site).pages())


def collisions(pages: Sequence[Page], others: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Outputs that a file system could take for one. `others` maps the remaining outputs to their files."""
    seen: dict[str, tuple[str, str]] = {}
    outputs = [*((page.path, page.source) for page in pages), *others.items()]
    for path, source in outputs:
        key = unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
        if key in seen:
            other_path, other = seen[key]
            note = Note(f"{other_path} is also the address of", Place(other))
            message = f"two files want the address {path}"
            yield Diagnostic("output-collision", message, Place(source), "rename one of them", (note,))
        seen.setdefault(key, (path, source))


@dataclass(slots=True)
class _Planner:
    """Makes the pages, kind by kind."""

    site: Site
    views: Views = field(init=False)
    frame: SiteView = field(init=False)

    def __post_init__(self) -> None:
        self.views = Views(self.site)
        config = self.site.config
        self.frame = SiteView(
            config.title,
            config.description,
            config.publisher,
            config.language,
            tuple(self.views.topic_link(id) for id in config.topics),
            tuple(
                LinkView(self.site.content.pages[id].record.title, page_path("pages", id))
                for id in config.nav
                if id in self.site.content.pages
            ),
        )

    @property
    def config(self) -> Config:
        return self.site.config

    def pages(self) -> Iterator[Page]:
        yield from self._articles()
        for id in self.site.summits:
            yield from self._summit(self.site.content.summits[id])
        for id in self.config.topics:
            yield from self._topic(id)
        for file in self.site.content.pages.values():
            path = page_path("pages", file.id)
            context = {"html": trusted(file.html), "summary": file.record.summary}
            yield self._page(path, "page.html", file.record.title, context, file.path, file.links, file.record.summary)
            yield from self._redirects("pages", file.record.aliases, path, file.path, file.record.title)
        yield from self._indexes()
        missing = self._page("404.html", "404.html", "Page not found", {}, "templates/404.html")
        yield replace(missing, root=self._root())

    def _page(
        self,
        path: str,
        template: str,
        title: str,
        context: Mapping[str, object],
        source: str,
        links: tuple[Link, ...] = (),
        description: str | None = None,
    ) -> Page:
        base = self.config.base_url
        canonical = f"{base.rstrip('/')}/{'' if path == 'index.html' else path}" if base else None
        head = Head(title, path, description, canonical)
        return Page(path, template, {"site": self.frame, "page": head, **context}, source, links)

    def _root(self) -> str:
        """The absolute path of the site, which only the page for missing pages needs."""
        base = self.config.base_url or ""
        _, _, path = base.partition("://")[2].partition("/")
        return f"/{path.strip('/')}/" if path.strip("/") else "/"

    def _redirects(self, kind: str, aliases: Iterable[str], target: str, source: str, title: str) -> Iterator[Page]:
        for alias in aliases:
            yield self._page(page_path(kind, alias), "redirect.html", title, {"target": target}, source)

    def _articles(self) -> Iterator[Page]:
        for file in self.site.articles:
            record, path = file.record, page_path("articles", file.id)
            context = {
                "article": self.views.article(file),
                "authors": record.authors,
                "dateline": record.dateline,
                "language": record.language or self.config.language,
                "url": record.url,
                "archive_url": record.archive_url,
                "accessed": self.views.date(record.accessed) if record.accessed else None,
                "updated": self.views.date(record.updated) if record.updated else None,
                "corrections": tuple((self.views.date(c.on), c.text) for c in record.corrections),
                "rights": record.rights,
                "html": trusted(file.html),
                "claims": self.views.claims(LinkedClaim(file, anchored) for anchored in file.claims),
                "summits": tuple(self.views.summit_link(id) for id in self._summits_of(file)),
            }
            yield self._page(path, "article.html", record.title, context, file.path, file.links, record.summary)
            yield from self._redirects("articles", record.aliases, path, file.path, record.title)

    def _summits_of(self, file: ArticleFile) -> Iterable[str]:
        return dict.fromkeys([*file.record.summits, *(claim.summit for claim in file.claims if claim.summit)])

    def _summit(self, file: Written[Summit]) -> Iterator[Page]:
        record, path = file.record, page_path("summits", file.id)
        claims = curated(self.site.by_summit.get(file.id, []), record.exclude)
        forward = [claim for claim in claims if claim.claim.is_forward]
        agenda = {item.topic: item.items for item in record.agenda}
        topics = [*agenda, *(topic for topic in self.config.topics if topic not in agenda)]
        documents = [self.site.content.articles[id] for id in record.documents]
        context = {
            "summit": self.views.summit(file),
            "html": trusted(file.html),
            "lead": self.views.claims_by_ref(record.lead),
            "expectations": self.views.claims(forward),
            "counts": _tally(forward),
            "agenda": tuple(
                AgendaView(
                    self.views.topic_link(topic),
                    agenda.get(topic, ()),
                    self.views.claims(claim for claim in claims if claim.claim.topics[0] == topic),
                )
                for topic in topics
                if topic in agenda or any(claim.claim.topics[0] == topic for claim in claims)
            ),
            "documents": tuple(self.views.article(article) for article in documents),
            "articles": tuple(
                self.views.article(article)
                for article in self.site.articles
                if file.id in article.record.summits and article.id not in record.documents
            ),
            "previous": self.views.summit_link(record.follows) if record.follows else None,
            "next": tuple(self.views.summit_link(id) for id in self.site.followed_by.get(file.id, ())),
            "window": tuple(
                (label, self.views.date(value))
                for label, value in (
                    ("from", record.window.start),
                    ("interim", record.window.interim),
                    ("final", record.window.final),
                )
                if value
            )
            if record.window
            else (),
        }
        yield self._page(path, "summit.html", record.title, context, file.path, file.links, record.summary)
        yield from self._redirects("summits", record.aliases, path, file.path, record.title)

    def _topic(self, id: str) -> Iterator[Page]:
        file, path = self.site.content.topics.get(id), page_path("topics", id)
        record = file.record if file else None
        claims = self.views.claims(curated(self.site.by_topic.get(id, []), record.exclude if record else ()))
        title = (record.title if record else None) or self.config.topics[id]
        source = file.path if file else CONFIG
        newest, years, archive = _archived(claims, f"archive/{id}")
        context = {
            "name": self.config.topics[id],
            "summary": record.summary if record else None,
            "synonyms": record.synonyms if record else (),
            "html": trusted(file.html) if file else "",
            "lead": self.views.claims_by_ref(record.lead if record else ()),
            "open": tuple(claim for claim in claims if claim.is_open)[:NEWEST],
            "open_count": sum(claim.is_open for claim in claims),
            "claims": newest,
            "count": len(claims),
            "years": years,
        }
        summary = record.summary if record else None
        yield self._page(path, "topic.html", title, context, source, file.links if file else (), summary)
        if record:
            yield from self._redirects("topics", record.aliases, path, source, title)
        for part in archive:
            more = {"up": LinkView(title, path), "claims": part.items, "periods": part.periods, "kind": "claims"}
            yield self._page(part.path, "archive.html", f"{title}, {part.label}", more, source)

    def _indexes(self) -> Iterator[Page]:
        summits = tuple(self.views.summit(self.site.content.summits[id]) for id in self.site.summits)
        articles = tuple(self.views.article(file) for file in self.site.articles)
        planned = tuple(summit for summit in reversed(summits) if summit.status in ("planned", "postponed"))
        context = {
            "planned": planned,
            "summits": tuple(summit for summit in summits if summit not in planned)[:RECENT],
            "lead": self.views.claims_by_ref(self.config.lead),
            "changes": self._changes(),
            "articles": articles[:RECENT],
            "topics": tuple(
                (link, self._open_in(id)) for id, link in zip(self.config.topics, self.frame.topics, strict=True)
            ),
        }
        yield self._page("index.html", "home.html", self.config.title, context, CONFIG, (), self.config.description)
        yield self._page("summits/index.html", "summits.html", "Summits", {"summits": summits}, CONFIG)
        newest, years, archive = _archived(articles, "archive/articles")
        listing: dict[str, object] = {"articles": newest, "years": years, "count": len(articles)}
        yield self._page("articles/index.html", "articles.html", "Articles", listing, CONFIG)
        for part in archive:
            up = LinkView("Articles", "articles/index.html")
            more = {"up": up, "articles": part.items, "periods": part.periods, "kind": "articles"}
            yield self._page(part.path, "archive.html", f"Articles, {part.label}", more, CONFIG)

    def _open_in(self, topic: str) -> int:
        return sum(claim.claim.is_open for claim in self.site.by_topic.get(topic, ()))

    def _changes(self) -> tuple[ClaimView, ...]:
        """The claims whose status moved last, the newest first."""
        excluded = set(self.config.exclude)
        moved = [c for c in self.site.claims.values() if len(c.claim.history) and c.ref not in excluded]
        moved = [claim for claim in moved if claim.claim.status != "pending"]
        moved.sort(key=lambda claim: (claim.claim.history[-1].on.latest, claim.ref), reverse=True)
        return self.views.claims(moved[:RECENT])


def _tally(claims: Sequence[LinkedClaim]) -> Tally:
    order = STATUSES["expectation"]
    counts = Counter(claim.claim.status for claim in claims)
    return Tally(tuple((status, counts[status]) for status in order if counts[status]), len(claims))


class Dated(Protocol):
    """What can be listed by year and month."""

    @property
    def year(self) -> int: ...
    @property
    def month(self) -> int: ...


D = TypeVar("D", bound=Dated)


@dataclass(frozen=True, slots=True)
class Part:
    """A page of older items: the items, or links to pages of its months."""

    path: str
    label: str
    items: tuple[object, ...]
    periods: tuple[tuple[LinkView, int], ...]


def _archived(items: tuple[D, ...], stem: str) -> tuple[tuple[D, ...], tuple[tuple[LinkView, int], ...], list[Part]]:
    """The newest items, links to pages by year with their counts, and those pages.

    Addresses are stable: a year's page stays where it is when it grows so long that it lists months instead.
    """
    if len(items) <= NEWEST:
        return items, (), []
    parts: list[Part] = []
    years: list[tuple[LinkView, int]] = []
    for year, of_year in _grouped(items, lambda item: f"{item.year:04}"):
        path = f"{stem}-{year}.html"
        years.append((LinkView(year, path), len(of_year)))
        if len(of_year) <= PER_YEAR:
            parts.append(Part(path, year, of_year, ()))
            continue
        months: list[tuple[LinkView, int]] = []
        for month, of_month in _grouped(of_year, lambda item: f"{item.year:04}-{item.month:02}"):
            months.append((LinkView(month, f"{stem}-{month}.html"), len(of_month)))
            parts.append(Part(f"{stem}-{month}.html", month, of_month, ()))
        parts.append(Part(path, year, (), tuple(months)))
    return items[:NEWEST], tuple(years), parts


def _grouped(items: tuple[D, ...], key: Callable[[D], str]) -> list[tuple[str, tuple[D, ...]]]:
    groups: dict[str, list[D]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return [(name, tuple(group)) for name, group in groups.items()]
