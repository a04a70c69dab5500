"""What the search shows of articles and their claims, and by what it finds them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from briefing.link.scope import Key
from briefing.link.site import LinkedArticle, LinkedClaim
from briefing.machines.search import ArticleEntry, ClaimEntry
from briefing.model.addresses import page_path
from briefing.model.digests import joined
from briefing.views.phrases import plain
from briefing.views.views import Views
from briefing.views.voices import who_of


class Entries:
    """The entries of some articles in the index, and what tells these from any other, each made once."""

    def __init__(self, linked: Sequence[LinkedArticle]) -> None:
        self.linked = linked

    @cached_property
    def digests(self) -> Sequence[bytes]:
        """An article's is no other where its claims only grow older."""
        return [_seen(article) for article in self.linked]

    @cached_property
    def made(self) -> Sequence[ArticleEntry]:
        """The entries."""
        words = _Words()
        return [_entry(article, words) for article in self.linked]


def _seen(article: LinkedArticle) -> bytes:
    claims = [linked.anchored.digest for linked in article.claims]
    return joined([article.headline.digest, *claims, *article.headline.scope.digests(_named(article))])


def _named(article: LinkedArticle) -> Iterable[Key]:
    """The records that the entries of its claims name."""
    found: dict[Key, None] = {}
    for linked in article.claims:
        claim = linked.claim
        for id in claim.topics:
            found["topic", id] = None
        for voice in claim.attribution:
            if voice.by:
                found["entity", voice.by] = None
        for id in claim.about:
            found["entity", id] = None
        if linked.summit:
            found["summit", linked.summit] = None
    return found


class _Words:
    """What records are called, found once for all articles that name them."""

    def __init__(self) -> None:
        self._names: dict[str, tuple[str, ...]] = {}
        self._statuses: dict[str, str] = {}

    def names(self, ids: Iterable[str], views: Views) -> Iterator[str]:
        """What entries of registries are called, also in other languages."""
        for id in ids:
            if id not in self._names:
                entity = views.scope.find(id)
                self._names[id] = (entity.name, *entity.aliases, *entity.names.values()) if entity else ()
            yield from self._names[id]

    def status(self, status: str, views: Views) -> str:
        """What a status is called."""
        if status not in self._statuses:
            self._statuses[status] = plain(views.say(f"status.{status}"))
        return self._statuses[status]


def _entry(article: LinkedArticle, words: _Words) -> ArticleEntry:
    record = article.record
    views = Views(article.headline.scope.with_more(_named(article)))
    day = views.date(record.published)
    summits = {linked.summit for linked in article.claims}
    common = summits.pop() if len(summits) == 1 else None
    return ArticleEntry(
        page_path("articles", article.id),
        record.title,
        plain(views.source_name(record.source)),
        day.iso,
        plain(day.short),
        views.language_of(record),
        (plain(day.text), *([views.scope.summit(common).title] if common else [])),
        (
            f"#year-{article.claims[0].published.year:04}",
            f"#day-{day.iso}",
            *([f"#summit-{common}"] if common else []),
        ),
        tuple(_claims(article, common, words, views)),
    )


def _claims(article: LinkedArticle, common: str | None, words: _Words, views: Views) -> Iterator[ClaimEntry]:
    """The entries of its claims, without the summit that all of them have in common."""
    for linked in article.claims:
        claim, status = linked.claim, linked.status
        summit = linked.summit if linked.summit != common else None
        topics = tuple(dict.fromkeys(claim.topics))
        yield ClaimEntry(
            linked.anchored.id,
            claim.text,
            linked.anchored.words,
            plain(who_of(linked, views)),
            status,
            claim.label,
            tuple(words.names([voice.by for voice in claim.attribution if voice.by], views)),
            (
                *(views.scope.topic(id) for id in topics),
                *words.names(claim.about, views),
                *([views.scope.summit(summit).title] if summit else []),
                *([words.status(status, views)] if status else []),
            ),
            tuple(_marks(linked, topics, summit)),
        )


def _marks(linked: LinkedClaim, topics: Iterable[str], summit: str | None) -> Iterator[str]:
    yield from (f"#topic-{id}" for id in topics)
    if summit:
        yield f"#summit-{summit}"
    if linked.status:
        yield f"#status-{linked.status}"
