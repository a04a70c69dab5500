"""The site of records that have changed: what nothing has changed for is not linked again."""

from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date

from briefing.link.clock import Clock
from briefing.link.scope import Key, Settings, named_by
from briefing.link.site import Connections, Site, newest_first
from briefing.model.config import Config
from briefing.model.frozen import frozen
from briefing.model.registries import ENTITIES
from briefing.model.words import Words
from briefing.read.articles import ArticleFile
from briefing.read.content import Content


@frozen
class Changes:
    """What differs between the site `before` and records that were read since: which articles were `read` again, and
    which have claims that stand to others as they did not; the keys of their claims, and those of other records. Those
    that are `lost` have no record any more, or one of another kind."""

    before: Site
    read: Set[str]
    articles: Set[str]
    claims: Set[Key]
    records: Set[Key]
    lost: Set[Key]

    @property
    def unsure(self) -> Set[str]:
        """The ids of all articles that may have a reference which leads to no record."""
        seen = self.before.seen
        known = {id for id in self.before.content.articles if id in seen and self.lost.isdisjoint(seen[id])}
        return self.read | (self.before.content.articles.keys() - known)

    @property
    def touched(self) -> Set[str]:
        """The ids of all articles that something may have changed for."""
        keys = self.claims | self.records
        same = {id for id, seen in self.before.seen.items() if keys.isdisjoint(seen)}
        return self.articles | (self.before.content.articles.keys() - same)


def changes_since(before: Site, content: Content, config: Config, found: Connections) -> Changes:
    """What has changed since a site was linked."""
    look_up(before)
    files, old = content.articles, before.content.articles
    read = {id for id, file in files.items() if old.get(id) is not file} | (old.keys() - files.keys())
    claims, now = set(_claims(old, read)), set(_claims(files, read))
    records, gone = set(_changed_records(before, content, config)), set(_lost_records(before, content, config))
    apart = _changed_articles(before.connections, found)
    return Changes(before, read, read | apart, claims | now, records, (claims - now) | gone)


def relinked(
    changes: Changes,
    content: Content,
    config: Config,
    as_of: date | None,
    found: Connections,
    clock: Clock,
    words: Words,
) -> Site:
    """The site of `content`. Of the site before nothing may be asked any more: both have one set of records."""
    before, settings, touched = changes.before, Settings.of(config, as_of, words), changes.touched
    before.records.replace(content, config, changes.claims | changes.records)
    site = Site(content, config, found, clock, settings, before.records, as_of)
    is_same_day = (settings, clock) == (before.settings, before.clock)
    for id, seen in before.seen.items():
        if id not in changes.articles and changes.claims.isdisjoint(seen):
            site.seen[id] = seen
        if is_same_day and id in before.linked and id not in touched:
            site.linked[id] = before.linked[id]
    files, old = content.articles, before.content.articles
    if files.keys() == old.keys() and all(newest_first(old[id]) == newest_first(files[id]) for id in changes.articles):
        site.files = [files[file.id] for file in before.files]
    return site


def look_up(site: Site) -> None:
    """Note what each article sees that has been linked: if nothing of it changes, it need not be linked again."""
    known: dict[Key, Key] = {}
    for id, article in site.linked.items():
        if id not in site.seen:
            site.seen[id] = frozenset(known.setdefault(key, key) for key in article.seen)


def _claims(files: Mapping[str, ArticleFile], ids: Iterable[str]) -> Iterator[Key]:
    """The claims of some articles."""
    return (("claim", claim.ref) for id in ids if id in files for claim in files[id].claims)


def _changed_records(before: Site, content: Content, config: Config) -> Iterator[Key]:
    """The other records that are not what they were, and the entries that name one of them."""
    old, topics = before.content, before.config.topics
    entities = {id for kind in ENTITIES for id in _differing(getattr(old, kind), getattr(content, kind))}
    yield from (("entity", id) for id in entities)
    if entities:
        for kind in ENTITIES:
            for id, entity in getattr(content, kind).items():
                if not entities.isdisjoint(named_by(entity)):
                    yield "entity", id
    yield from (("measure", id) for id in _differing(old.measures, content.measures))
    yield from (("summit", id) for id in _differing(old.summits, content.summits))
    yield from (("topic", id) for id, _ in topics.items() ^ config.topics.items())


def _lost_records(before: Site, content: Content, config: Config) -> Iterator[Key]:
    """The other records that are not any more where they were."""
    old = before.content
    yield from (("entity", id) for kind in ENTITIES for id in getattr(old, kind).keys() - getattr(content, kind).keys())
    yield from (("measure", id) for id in old.measures.keys() - content.measures.keys())
    yield from (("summit", id) for id in old.summits.keys() - content.summits.keys())
    yield from (("topic", id) for id in before.config.topics.keys() - config.topics.keys())


def _differing(before: Mapping[str, object], now: Mapping[str, object]) -> Iterator[str]:
    """The ids of entries that were read again, and of those that are gone or new."""
    yield from (id for id, entry in before.items() if now.get(id) is not entry)
    yield from now.keys() - before.keys()


def _changed_articles(before: Connections, now: Connections) -> set[str]:
    """The ids of the articles with claims that stand to others as they did not before."""
    related = (ref for ref in before.related.keys() | now.related if before.related.get(ref) != now.related.get(ref))
    alike = (ref for ref in before.alike.keys() | now.alike if before.alike.get(ref) != now.alike.get(ref))
    return {ref.partition("#")[0] for refs in (related, alike) for ref in refs}
