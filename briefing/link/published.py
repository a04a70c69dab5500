"""An edition for the public: what its records say of internal ones, and what only these name, is left out before
linking. The internal records themselves are apart from the moment they are read, in `Content.withheld`.

Lists in which editors choose what is shown lose what is internal: what belongs to what, relations, leads, agendas. What
a record says is not changed: where it rests on an internal record, or names one, that stays, and is an error.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from briefing.diagnostics import Diagnostic, Location, Pointer
from briefing.link.keys import keys_of_claim, keys_of_summit
from briefing.link.origins import named_origins
from briefing.link.references import HOW_TO_PUBLISH
from briefing.link.scope import Key, named_by
from briefing.model.addresses import FIGURES, FOLDERS, page_path
from briefing.model.claim import Claim
from briefing.model.config import Config
from briefing.model.measure import Measure
from briefing.model.registries import ENTITIES
from briefing.model.summit import AgendaItem, Summit
from briefing.model.topic import Topic
from briefing.read.annotations import AnchoredClaim
from briefing.read.articles import ArticleFile
from briefing.read.content import Content
from briefing.read.links import Link
from briefing.read.pages import PageFile

P = TypeVar("P", Summit, Topic)


def published(content: Content, config: Config) -> tuple[Content, Config]:
    """Content and configuration of the edition: the same where nothing is internal."""
    if content.withheld is None:
        return content, config
    public = replace(content)
    public.articles = {id: _article(file, content) for id, file in content.articles.items()}
    public.summits = {id: _page(file, _summit(file.record, content)) for id, file in content.summits.items()}
    public.topics = {
        id: _page(file, replace(file.record, **_leads(file.record, content))) for id, file in content.topics.items()
    }
    public.measures = {id: _measure(measure, content) for id, measure in content.measures.items()}
    inside = _only_inside(public, content.withheld)
    for kind in ENTITIES:
        setattr(public, kind, {id: one for id, one in getattr(public, kind).items() if ("entity", id) not in inside})
    public.measures = {id: one for id, one in public.measures.items() if ("measure", id) not in inside}
    media = _linked(content.withheld) - _linked(public)
    public.media = {address: path for address, path in content.media.items() if address not in media}
    topics = {id: name for id, name in config.topics.items() if not content.is_internal("topics", id)}
    nav = _kept("pages", config.nav, content)
    return public, replace(config, topics=topics, nav=nav, **_leads(config, content))


def _kept(kind: str, ids: tuple[str, ...], content: Content) -> tuple[str, ...]:
    """Those of the ids that are not of internal records."""
    kept = tuple(id for id in ids if not content.is_internal(kind, id))
    return ids if len(kept) == len(ids) else kept


def _article(file: ArticleFile, content: Content) -> ArticleFile:
    summits = _kept("summits", file.record.summits, content)
    claims = tuple(_anchored(one, content) for one in file.claims)
    head = file.head
    if summits is not file.record.summits:
        head = replace(head, record=replace(head.record, summits=summits))
    elif all(one is before for one, before in zip(claims, file.claims, strict=True)):
        return file
    return ArticleFile(head, claims)


def _anchored(anchored: AnchoredClaim, content: Content) -> AnchoredClaim:
    claim, summit = _claim(anchored.claim, content), anchored.summit
    if summit and content.is_internal("summits", summit):
        summit = None
    if claim is anchored.claim and summit == anchored.summit:
        return anchored
    return replace(anchored, claim=claim, summit=summit)


def _claim(claim: Claim, content: Content) -> Claim:
    """A claim without its relations to internal ones, off internal summits and topics. One that is on internal topics
    only keeps these, which is an error."""
    update: dict[str, Any] = {}
    topics = _kept("topics", claim.topics, content)
    if topics and topics is not claim.topics:
        update["topics"] = topics
    if claim.summit and content.is_internal("summits", claim.summit):
        update["summit"] = None
    relations = tuple(one for one in claim.relations if not content.is_internal("claims", one.to))
    if len(relations) < len(claim.relations):
        update["relations"] = relations
    return replace(claim, **update) if update else claim


def _page(file: PageFile[P], record: P) -> PageFile[P]:
    return file if record == file.record else replace(file, record=record)


def _measure(measure: Measure, content: Content) -> Measure:
    topics = _kept("topics", measure.topics, content)
    return measure if topics is measure.topics else replace(measure, topics=topics)


def _summit(record: Summit, content: Content) -> Summit:
    follows = record.follows
    return replace(
        record,
        agenda=tuple(
            replace(topic, items=tuple(_item(item, content) for item in topic.items))
            for topic in record.agenda
            if not content.is_internal("topics", topic.topic)
        ),
        documents=_kept("articles", record.documents, content),
        follows=None if follows and content.is_internal("summits", follows) else follows,
        **_leads(record, content),
    )


def _item(item: AgendaItem, content: Content) -> AgendaItem:
    now = None if item.now and content.is_internal("claims", item.now) else item.now
    return replace(item, claims=_kept("claims", item.claims, content), now=now)


def _leads(record: Summit | Topic | Config, content: Content) -> dict[str, Any]:
    return {name: _kept("claims", getattr(record, name), content) for name in ("lead", "exclude")}


# --- what only internal records name --------------------------------------------------------------------------------


def _only_inside(public: Content, withheld: Content) -> set[Key]:
    """The entries of registries that internal records name, and no public one. What nobody names is as ever."""
    suspects = _with_named(_named(withheld), public)
    if not suspects:
        return suspects
    entries = {*(("entity", id) for kind in ENTITIES for id in getattr(public, kind))}
    entries |= {("measure", id) for id in public.measures}
    others = (named for key in entries - suspects for named in _named_by_entry(key, public))
    return suspects - _with_named((key for key in (*_named(public, entries=False), *others) if key in suspects), public)


def _named(content: Content, entries: bool = True) -> Iterator[Key]:
    """What records name and their texts link to; what the entries of registries name is left out without `entries`."""
    for file in content.articles.values():
        yield "entity", file.record.source
        yield from (("entity", id) for id in file.record.issued_by)
        for anchored in file.claims:
            yield from keys_of_claim(anchored)
    for summit in content.summits.values():
        yield from keys_of_summit(summit.record)
    yield from (key for link in _links(content) if (key := _entry_at(link.target)))
    if entries:
        of_entries = [("entity", id) for kind in ENTITIES for id in getattr(content, kind)]
        for key in (*of_entries, *(("measure", id) for id in content.measures)):
            yield from _named_by_entry(key, content)


def _with_named(keys: Iterable[Key], content: Content) -> set[Key]:
    """The entries with these keys, and all that they name."""
    waiting, found = list(keys), set[Key]()
    while waiting:
        key = waiting.pop()
        is_entry = content.entity(key[1]) if key[0] == "entity" else key[0] == "measure" and key[1] in content.measures
        if is_entry and key not in found:
            found.add(key)
            waiting += _named_by_entry(key, content)
    return found


def _named_by_entry(key: Key, content: Content) -> Iterator[Key]:
    kind, id = key
    entity = content.entity(id) if kind == "entity" else None
    named = named_by(entity) if entity else content.measures[id].about if kind == "measure" else ()
    yield from (("entity", one) for one in named)


def _entry_at(target: str) -> Key | None:
    """The entry of a registry that a link leads to."""
    path, _, fragment = target.partition("#")
    if path == FIGURES:
        return "measure", fragment.removeprefix("measure_")
    folder, _, rest = path.partition("/")
    id = rest.partition("/")[0].removesuffix(".html")
    return ("measure", id) if folder == "figures" else ("entity", id) if folder in ENTITIES else None


def _links(content: Content) -> Iterator[Link]:
    for text in content.texts.values():
        yield from text.links
    for files in (content.summits, content.topics, content.pages):
        for file in files.values():
            yield from file.links


def _linked(content: Content) -> set[str]:
    return {link.target.partition("#")[0] for link in _links(content)}


# --- what public records may not say --------------------------------------------------------------------------------


def check_published(content: Content) -> Iterator[Diagnostic]:
    """Links to internal records, and origins that are one. References by ids are checked with all others."""
    if content.withheld is None:
        return
    inside = _addresses(content.withheld, content)
    sources = [(file.path, content.texts[id].links) for id, file in content.articles.items()]
    for files in (content.summits, content.topics, content.pages):
        sources += [(file.path, file.links) for file in files.values()]
    for path, links in sources:
        for link in links:
            what = inside.get(link.target) or inside.get(link.target.partition("#")[0])
            if what:
                place = Location(path, link.line, link.column, link.width)
                yield Diagnostic(
                    "internal-reference", f"this leads to {what}, which is internal", place, HOW_TO_PUBLISH
                )
    for file in content.articles.values():
        for anchored in file.claims:
            if file.annotations and (origin := anchored.claim.origin):
                yield from _internal_origin(
                    origin, Pointer(file.annotations, ("claims", anchored.index, "origin")), content
                )


def _internal_origin(origin: str, where: Pointer, content: Content) -> Iterator[Diagnostic]:
    for id in dict.fromkeys(named_origins(origin)):
        if any(content.is_internal(kind, id) for kind in ENTITIES):
            yield Diagnostic("internal-reference", f"`{id}` is internal", where, HOW_TO_PUBLISH)


def _addresses(withheld: Content, content: Content) -> dict[str, str]:
    """What internal records are, by the addresses of their pages and places, also those of their former ids."""
    found: dict[str, str] = {}
    for kind in FOLDERS:
        for id, of in getattr(withheld, kind).items():
            record = getattr(of, "record", of)
            if kind == "articles":
                found |= _places_of(of)
            if kind != "articles" or id not in content.articles:
                former = record.former_ids if kind in ENTITIES else record.aliases
                found |= {page_path(kind, one): f"`{id}`" for one in (id, *former)}
    for id, measure in withheld.measures.items():
        found |= {f"{FIGURES}#measure_{one}": f"`{id}`" for one in (id, *measure.former_ids)}
    return found


def _places_of(file: ArticleFile) -> dict[str, str]:
    claims = ((one.ref, id) for one in file.claims for id in (one.id, *one.claim.former_ids))
    page = page_path("articles", file.id)
    return {f"{page}#{mark}{id}": f"`{ref}`" for ref, id in claims for mark in ("", "claim_")}
