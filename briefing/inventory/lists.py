"""Lists of records: what is open, what is due, what nobody names, and what each source has given."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from briefing.diagnostics import Pointer
from briefing.inventory.named import named
from briefing.link.origins import named_origins
from briefing.link.review import due_claims, due_meetings
from briefing.link.site import LinkedClaim, Site
from briefing.model.base import Record
from briefing.model.dates import PartialDate
from briefing.model.registries import REGISTRIES
from briefing.read.content import CONFIG
from briefing.read.places import Locator

# A line of a list: what programs read of it, by name. What is not known is None.
Row = dict[str, str | int | None]
LISTED = (*REGISTRIES, "topics")


def open_rows(site: Site) -> list[Row]:
    """The open claims: those that somebody looks at next come first, then those that are due next, then the others."""
    claims = sorted((linked for linked in site.claims.values() if linked.is_open), key=_next)
    return [_of_claim(linked) for linked in claims]


def due_rows(site: Site, on: date, locator: Locator) -> list[Row]:
    """What is due on a day, or was before: open claims to be looked at, and meetings that are still planned."""
    found: list[tuple[date, str, Row]] = []
    for due in due_claims(site, on):
        row = {"day": due.day.isoformat(), "because": due.key, **_of_claim(due.linked)}
        found.append((due.day, due.linked.ref, {**row, **_place(due.pointer, locator)}))
    for meeting in due_meetings(site, on):
        row = {"day": meeting.day.isoformat(), "because": "planned", "summit": meeting.file.id}
        row |= {"status": meeting.file.record.status, "text": meeting.file.record.title}
        found.append((meeting.day, meeting.file.id, {**row, **_place(meeting.pointer, locator)}))
    return [row for _, _, row in sorted(found, key=lambda entry: entry[:2])]


def unused_rows(site: Site, locator: Locator) -> list[Row]:
    """The entries of registries, and the topics, that no other record names."""
    used = {(kind, id) for record in _records(site) for kinds, id in named(record) for kind in kinds}
    for file in site.content.articles.values():
        origins = (origin for one in file.claims if one.claim.origin for origin in named_origins(one.claim.origin))
        used |= {(kind, origin) for origin in origins for kind in REGISTRIES}
    rows: list[Row] = []
    for kind in LISTED:
        entries = getattr(site.content, kind) if kind in REGISTRIES else site.config.topics
        for id, entry in entries.items():
            if (kind, id) not in used:
                is_topic = kind == "topics"
                pointer = Pointer(CONFIG if is_topic else site.content.file_of(kind, id), (*_above(kind), id), key=True)
                name = getattr(entry, "name", None) or getattr(entry, "label", entry)
                rows.append({"kind": kind, "id": id, "name": name, **_place(pointer, locator)})
    return rows


def source_rows(site: Site) -> list[Row]:
    """The sources, with how many articles and claims there are of each, those with most claims first."""
    articles, claims, newest = Counter[str](), Counter[str](), dict[str, PartialDate]()
    for article in site.files:  # newest first
        source = article.record.source
        articles[source] += 1
        claims[source] += len(article.claims)
        newest.setdefault(source, article.record.published.day)
    rows: list[Row] = [
        {
            "source": id,
            "name": source.name,
            "articles": articles[id],
            "claims": claims[id],
            "newest": str(newest[id]) if id in newest else None,
            "reliability": source.reliability,
        }
        for id, source in site.content.sources.items()
    ]
    return sorted(
        rows, key=lambda row: (-claims[str(row["source"])], -articles[str(row["source"])], str(row["source"]))
    )


def _next(linked: LinkedClaim) -> tuple[bool, date, str]:
    day = linked.claim.review_by or linked.claim.due
    return day is None, day.latest if day else date.max, linked.ref


def _of_claim(linked: LinkedClaim) -> Row:
    claim = linked.claim
    return {
        "claim": linked.ref,
        "status": linked.status,
        "modality": claim.modality,
        "review_by": str(claim.review_by) if claim.review_by else None,
        "due": str(claim.due) if claim.due else None,
        "summit": linked.summit,
        "text": claim.text or linked.anchored.words,
    }


def _place(pointer: Pointer, locator: Locator) -> Row:
    place = locator.place(pointer)
    return {"path": place.path, "line": place.line}


def _above(kind: str) -> tuple[str, ...]:
    return ("topics",) if kind == "topics" else ()


def _records(site: Site) -> Iterator[Record]:
    """All records that may name others."""
    content = site.content
    yield site.config
    for article in content.articles.values():
        yield article.record
        yield from (one.claim for one in article.claims)
    for kind in ("summits", "topics", "pages"):
        yield from (file.record for file in getattr(content, kind).values())
    for kind in REGISTRIES:
        yield from getattr(content, kind).values()
