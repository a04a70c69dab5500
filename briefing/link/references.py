"""References between files: every one leads to a record that exists and is published."""

from collections.abc import Iterable, Iterator
from functools import cache, cached_property

from briefing.diagnostics import Diagnostic, Note, Pointer, Step
from briefing.link.former import called_now
from briefing.model.config import Config
from briefing.model.entity import Entity, Organization, Person, Place, Source
from briefing.model.frozen import frozen
from briefing.model.registries import ENTITIES
from briefing.model.summit import AgendaTopic
from briefing.read.annotations import AnchoredClaim
from briefing.read.articles import ArticleFile
from briefing.read.content import CONFIG, Content
from briefing.read.lookalikes import told_apart
from briefing.read.records import nearest
from briefing.wording import a_or_an, alternatives

VOICES = ("people", "organizations", "sources")
_SINGULAR = {
    "articles": "article",
    "claims": "claim",
    "measures": "measure",
    "organizations": "organization",
    "pages": "standing page",
    "people": "person",
    "places": "place",
    "sources": "source",
    "summits": "summit",
    "topics": "topic",
}


HOW_TO_PUBLISH = "remove its `visibility: internal`, make what names it here internal too, or name something else"
# The ids of all published records by kind.
Existing = dict[str, set[str]]


@frozen
class Reference:
    """A reference as written: what kinds of record it may name, and where it stands."""

    kinds: tuple[str, ...]
    id: str
    where: Pointer


class References:
    """The references of a site, which lead to the records of its content."""

    def __init__(self, content: Content, config: Config) -> None:
        self._content, self._config = content, config
        self._existing, self._hints = _existing(content, config), _Hints(content)
        self._known = _Known(self._existing)

    def check_site(self) -> Iterator[Diagnostic]:
        """What is wrong with the references of all that is no article, in the order of files."""
        yield from _shared_ids(self._content)
        yield from self._check(_of_site(self._content, self._config))

    def check_article(self, article: ArticleFile) -> Iterator[Diagnostic]:
        """What is wrong with those of an article and of its claims."""
        return self._check(_of_article(article, self._known))

    def _check(self, references: Iterable[Reference]) -> Iterator[Diagnostic]:
        for reference in references:
            if not any(reference.id in self._existing[kind] for kind in reference.kinds):
                problem = _explained(reference, self._content, self._existing, self._hints)
                if problem:
                    yield problem


def _existing(content: Content, config: Config) -> Existing:
    existing = {kind: set(getattr(content, kind)) for kind in ("articles", "summits", "pages", "measures", *ENTITIES)}
    existing["topics"] = set(config.topics)
    existing["claims"] = {claim.ref for article in content.articles.values() for claim in article.claims}
    return existing


def _explained(reference: Reference, content: Content, existing: Existing, hints: "_Hints") -> Diagnostic | None:
    """The diagnostic for a reference to nothing published; None where the record exists but cannot be read."""
    what = alternatives([_SINGULAR[kind] for kind in reference.kinds])
    for kind in reference.kinds:
        if content.is_internal(kind, reference.id):
            message = f"the {_SINGULAR[kind]} `{reference.id}` is internal"
            return Diagnostic("internal-reference", message, reference.where, HOW_TO_PUBLISH)
        if reference.id in content.drafts.get(kind, ()):
            message = f"the {_SINGULAR[kind]} `{reference.id}` is a draft"
            help = "publish it by removing its `draft: true`, build with --drafts, or remove the reference"
            return Diagnostic("draft-reference", message, reference.where, help)
        # A topic exists by being in the configuration; its page alone does not make it one.
        known = content.known.get(kind, ())
        if (reference.id in known and kind != "topics") or "*" in known:
            return None
    if reference.kinds == ("claims",) and reference.id.partition("#")[0] in content.known.get("broken", ()):
        return None
    candidates = sorted(id for kind in reference.kinds for id in existing[kind])
    meant = nearest(reference.id, candidates)
    help = _how_to_add(reference, hints)
    if meant:
        help = f"write {told_apart(meant, reference.id)}, or {help}"
    if now := hints.called_now(reference):
        help = f"write `{now}`, as it is called now"
    if reference.kinds == VOICES and reference.id in content.places:
        name = content.places[reference.id].name
        help = f"a place has no voice: write `described_as: {name}`, or name a government or office"
    return Diagnostic("dangling-reference", f"there is no {what} `{reference.id}`", reference.where, help)


class _Hints:
    """What is found out only where a reference leads nowhere, and once for all of them."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self.place_for = cache(content.place_for)

    @cached_property
    def _now(self) -> dict[tuple[str, str], str]:
        return called_now(self._content)

    def called_now(self, reference: Reference) -> str | None:
        """The id of the record that had the one in the reference before."""
        found = (self._now.get((kind, reference.id)) for kind in reference.kinds)
        return next((id for id in found if id), None)


def _how_to_add(reference: Reference, hints: _Hints) -> str:
    match reference.kinds:
        case ("claims",):
            article, _, claim = reference.id.partition("#")
            return f"add a claim with the id `{claim}` to content/annotations/{article}.yaml"
        case ("topics",):
            return f"add `{reference.id}` to the topics in {CONFIG}"
        case (("articles" | "summits" | "pages") as kind,):
            return f"add content/{kind}/{reference.id}.md"
        case kinds:
            return f"add `{reference.id}` to {alternatives([hints.place_for(kind) for kind in kinds])}"


def _shared_ids(content: Content) -> Iterator[Diagnostic]:
    """People, organizations, places and sources share one namespace, because claims name them all alike."""
    first: dict[str, str] = {}
    for kind in ENTITIES:
        for id in sorted(content.known.get(kind, ())):
            if id in first and id != "*":
                where = Pointer(content.file_of(kind, id), (id,), key=True)
                note = Note("the other is here", Pointer(content.file_of(first[id], id), (id,), key=True))
                message = f"`{id}` is both {a_or_an(_SINGULAR[first[id]])} and {a_or_an(_SINGULAR[kind])}"
                yield Diagnostic("duplicate-id", message, where, "give one of the two another id", (note,))
            else:
                first[id] = kind


def _of_site(content: Content, config: Config) -> Iterator[Reference]:
    yield from _claims(CONFIG, ("lead",), config.lead)
    yield from _claims(CONFIG, ("exclude",), config.exclude)
    yield from _many(("pages",), CONFIG, ("nav",), config.nav)
    for kind in ENTITIES:
        for id, record in getattr(content, kind).items():
            yield from _of_entity(record, content.file_of(kind, id), id)
    for id, measure in content.measures.items():
        path = content.file_of("measures", id)
        yield from _many(ENTITIES, path, (id, "about"), measure.about)
        yield from _many(("topics",), path, (id, "topics"), measure.topics)
    yield from _of_pages(content)


def _of_article(article: ArticleFile, known: "_Known") -> Iterator[Reference]:
    """Those of an article; of its claims only those of the kinds of which one leads nowhere."""
    yield Reference(("sources",), article.record.source, Pointer(article.path, ("source",)))
    yield from _many(("summits",), article.path, ("summits",), article.record.summits)
    yield from _many(("places",), article.path, ("issued_by",), article.record.issued_by)
    yield from _of_claims(article, known)


def _of_entity(record: Entity, path: str, id: str) -> Iterator[Reference]:
    if isinstance(record, Person | Organization | Place | Source) and record.country:
        yield Reference(("places",), record.country, Pointer(path, (id, "country")))
    for index, role in enumerate(record.roles):
        if role.organization:
            yield Reference(("organizations",), role.organization, Pointer(path, (id, "roles", index, "organization")))


def _of_pages(content: Content) -> Iterator[Reference]:
    for file in content.topics.values():
        yield Reference(("topics",), file.id, Pointer(file.path))
        yield from _claims(file.path, ("lead",), file.record.lead)
        yield from _claims(file.path, ("exclude",), file.record.exclude)
    for summit in content.summits.values():
        path, record = summit.path, summit.record
        if record.venue:
            for key in ("city", "country"):
                if place := getattr(record.venue, key):
                    yield Reference(("places",), place, Pointer(path, ("venue", key)))
        for index, participant in enumerate(record.participants):
            yield Reference(("people",), participant.person, Pointer(path, ("participants", index, "person")))
            if participant.side:
                yield Reference(("places",), participant.side, Pointer(path, ("participants", index, "side")))
        yield from _of_agenda(path, record.agenda)
        yield from _many(("articles",), path, ("documents",), record.documents)
        if record.follows:
            yield Reference(("summits",), record.follows, Pointer(path, ("follows",)))
        yield from _claims(path, ("lead",), record.lead)
        yield from _claims(path, ("exclude",), record.exclude)


def _of_agenda(path: str, agenda: Iterable[AgendaTopic]) -> Iterator[Reference]:
    for index, topic in enumerate(agenda):
        yield Reference(("topics",), topic.topic, Pointer(path, ("agenda", index, "topic")))
        for number, item in enumerate(topic.items):
            way = ("agenda", index, "items", number)
            yield from _claims(path, (*way, "claims"), item.claims)
            if item.now:
                yield Reference(("claims",), item.now, Pointer(path, (*way, "now")))


class _Known:
    """The ids that claims may name."""

    def __init__(self, existing: Existing) -> None:
        self.topics, self.summits, self.measures = existing["topics"], existing["summits"], existing["measures"]
        self.claims = existing["claims"]
        self.entities = set[str]().union(*(existing[kind] for kind in ENTITIES))
        self.voices = set[str]().union(*(existing[kind] for kind in VOICES))


def _of_claims(article: ArticleFile, known: _Known) -> Iterator[Reference]:
    if article.annotations is None:
        return
    path = article.annotations
    summits_said: set[str | None] = set()
    for anchored in article.claims:
        claim, way = anchored.claim, ("claims", anchored.index)
        if not known.topics.issuperset(claim.topics):
            yield from _many(("topics",), path, (*way, "topics"), claim.topics)
        if not known.entities.issuperset(claim.about):
            yield from _many(ENTITIES, path, (*way, "about"), claim.about)
        if claim.summit and claim.summit not in known.summits:
            yield Reference(("summits",), claim.summit, Pointer(path, (*way, "summit")))
        if not claim.summit and anchored.summit and anchored.summit not in {*article.record.summits, *summits_said}:
            summits_said.add(anchored.summit)
            yield Reference(("summits",), anchored.summit, Pointer(path, ("summit",)))
        if claim.figure and claim.figure.measure not in known.measures:
            yield Reference(("measures",), claim.figure.measure, Pointer(path, (*way, "figure", "measure")))
        yield from _of_voices(anchored, path, known)
        yield from _of_others(anchored, path, known)


def _of_voices(anchored: AnchoredClaim, path: str, known: _Known) -> Iterator[Reference]:
    for index, voice in enumerate(anchored.claim.attribution):
        if voice.by and voice.by not in known.voices:
            way = ("claims", anchored.index, "attribution", index, "by")
            yield Reference(VOICES, voice.by, Pointer(path, way))


def _of_others(anchored: AnchoredClaim, path: str, known: _Known) -> Iterator[Reference]:
    way = ("claims", anchored.index)
    for index, relation in enumerate(anchored.claim.relations):
        if relation.to not in known.claims:
            yield Reference(("claims",), relation.to, Pointer(path, (*way, "relations", index, "to")))
    for index, entry in enumerate(anchored.claim.history):
        if not known.claims.issuperset(entry.evidence):
            yield from _claims(path, (*way, "history", index, "evidence"), entry.evidence)


def _claims(path: str, way: tuple[Step, ...], ids: Iterable[str]) -> Iterator[Reference]:
    return _many(("claims",), path, way, ids)


def _many(kinds: tuple[str, ...], path: str, way: tuple[Step, ...], ids: Iterable[str]) -> Iterator[Reference]:
    for index, id in enumerate(ids):
        yield Reference(kinds, id, Pointer(path, (*way, index)))
