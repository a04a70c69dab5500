"""Scopes: what the views of an article or of a page may look at beside it. Nothing else can be seen through one.

So whether anything of that has changed is told by its digest, and nothing has to note what is looked at.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from briefing.link.clock import Clock
from briefing.model.config import Config
from briefing.model.dates import PartialDate
from briefing.model.digests import SIZE, digest, joined
from briefing.model.entity import Entity, Organization, Person, Place, Source
from briefing.model.measure import Measure
from briefing.model.summit import Summit
from briefing.model.words import Words
from briefing.read.annotations import AnchoredClaim
from briefing.read.articles import ArticleHead
from briefing.read.content import Content

# What names a record: its kind and its id. Any entry of the registries of entities is of the kind `entity`.
Key = tuple[str, str]


@dataclass(frozen=True)
class Settings:
    """What views need to know of the configuration, of the edition and of the theme: its words."""

    language: str
    timezone: str
    recorded_since: PartialDate | None
    as_of: date | None
    words: Words

    @classmethod
    def of(cls, config: Config, as_of: date | None, words: Words) -> "Settings":
        return cls(config.language, config.timezone, config.recorded_since, as_of, words)

    @cached_property
    def digest(self) -> bytes:
        return digest(self.language, self.timezone, self.recorded_since, self.as_of, self.words.digest)


class Cited(NamedTuple):
    """A claim as others show it, with the head of its article."""

    article: ArticleHead
    anchored: AnchoredClaim


class Named(NamedTuple):
    """An entry of a registry with its kind, and the names of the entries that it names."""

    kind: str
    entity: Entity
    names: Mapping[str, str]


class Records:
    """The records of a site by key, each with a digest. What is not there has one too. `recent` and
    `shared` are for those who show the records: what they have made lately, by what it is of, and what is the same for
    many."""

    def __init__(self, content: Content, config: Config) -> None:
        self.content, self.topics = content, config.topics
        self.recent: dict[object, Any] = {}
        self.shared: dict[object, Any] = {}
        self._digests: dict[Key, bytes] = {}
        self._entities: dict[str, Named | None] = {}

    def replace(self, content: Content, config: Config, changed: Iterable[Key]) -> None:
        """Have the records of another content, which differs from the one before in what is `changed`."""
        self.content, self.topics = content, config.topics
        self.recent.clear()
        self.shared.clear()
        for key in changed:
            self._digests.pop(key, None)
            self._entities.pop(key[1], None)
        cited = [key for key in self._digests if key[0] == "claim"]
        for key in cited:
            del self._digests[key]  # they have the digests of their sources in them

    def digest(self, key: Key) -> bytes:
        """The digest of all that a scope with that key shows of the record."""
        found = self._digests.get(key)
        if found is None:
            found = self._digests[key] = self._digest(*key)
        return found

    def _digest(self, kind: str, id: str) -> bytes:
        if kind == "claim":
            cited = self.claim(id)
            if cited is None:
                return bytes(SIZE)
            source = self.digest(("entity", cited.article.record.source))
            return joined([cited.anchored.digest, cited.article.digest, source])
        match kind:
            case "entity":
                return digest(self.entity(id))
            case "measure":
                return digest(self.content.measures.get(id))
            case "summit":
                file = self.content.summits.get(id)
                return digest(file.record) if file else bytes(SIZE)
        assert kind == "topic"
        return digest(self.topics.get(id))

    def claim(self, ref: str) -> Cited | None:
        """The claim with that reference."""
        article = self.content.articles.get(ref.partition("#")[0])
        found = (anchored for anchored in article.claims if anchored.ref == ref) if article else ()
        return next((Cited(article.head, anchored) for anchored in found if article), None)

    def entity(self, id: str) -> Named | None:
        """The person, organization, place or source of that id."""
        if id not in self._entities:
            entity = self.content.entity(id)
            self._entities[id] = self._named(id, entity) if entity else None
        return self._entities[id]

    def _named(self, id: str, entity: Entity) -> Named:
        others = ((other, self.content.entity(other)) for other in named_by(entity))
        return Named(self.content.kind_of(id), entity, {other: found.name for other, found in others if found})


def named_by(entity: Entity) -> Iterator[str]:
    """The ids of the entries that one names."""
    if isinstance(entity, Person | Organization | Place | Source) and entity.country:
        yield entity.country
    yield from (role.organization for role in entity.roles if role.organization)


class Scope:
    """The records with some keys, and no others: KeyError for any other."""

    def __init__(self, records: Records, settings: Settings, clock: Clock, keys: Iterable[Key]) -> None:
        self._records, self._keys = records, dict.fromkeys(keys)
        self.settings, self.clock = settings, clock

    @cached_property
    def digest(self) -> bytes:
        """Of all that can be seen; not of the clock, whose answers depend on what it is asked."""
        return joined([self.settings.digest, *self.digests(self._keys)])

    def digests(self, keys: Iterable[Key]) -> Iterator[bytes]:
        """The digests of records, whether or not they are in the scope."""
        return map(self._records.digest, keys)

    def with_more(self, keys: Iterable[Key]) -> "Scope":
        """The scope of more records."""
        return Scope(self._records, self.settings, self.clock, [*self._keys, *keys])

    @property
    def recent(self) -> dict[object, Any]:
        """What has been made lately of what scopes of the site show: it goes with the site."""
        return self._records.recent

    @property
    def shared(self) -> dict[object, Any]:
        """What has been made that is the same for many: it goes with the site too."""
        return self._records.shared

    @property
    def keys(self) -> Iterable[Key]:
        """What can be seen."""
        return self._keys

    def with_sources(self, keys: Iterable[Key]) -> Iterator[Key]:
        """Some keys, and those of the sources of the claims among them, which count for the digests of these."""
        for key in keys:
            yield key
            cited = self._records.claim(key[1]) if key[0] == "claim" else None
            if cited:
                yield "entity", cited.article.record.source

    @cached_property
    def _seen(self) -> frozenset[Key]:
        return frozenset(self.with_sources(self._keys))

    def _checked(self, key: Key) -> str:
        if key not in self._keys and key not in self._seen:
            raise KeyError(f"{' '.join(key)} is not in this scope: name it where the scope is made")
        return key[1]

    def named(self, id: str) -> Named | None:
        """An entry of a registry, if there is one of that id."""
        return self._records.entity(self._checked(("entity", id)))

    def find(self, id: str) -> Entity | None:
        """An entry of a registry, if there is one of that id, without what it names."""
        found = self.named(id)
        return found.entity if found else None

    def entity(self, id: str) -> Entity:
        """An entry of a registry that is there."""
        found = self.named(id)
        assert found is not None
        return found.entity

    def source(self, id: str) -> Source:
        """A source."""
        found = self.entity(id)
        assert isinstance(found, Source)
        return found

    def measure(self, id: str) -> Measure:
        """A measure."""
        return self._records.content.measures[self._checked(("measure", id))]

    def topic(self, id: str) -> str:
        """The name of a topic."""
        return self._records.topics[self._checked(("topic", id))]

    def summit(self, id: str) -> Summit:
        """A summit."""
        return self._records.content.summits[self._checked(("summit", id))].record

    def claim(self, ref: str) -> Cited:
        """A claim as it is cited."""
        found = self._records.claim(self._checked(("claim", ref)))
        assert found is not None
        return found
