"""Rules that a record can break although each of its fields is right."""

from collections.abc import Iterator, Mapping

from briefing.diagnostics import Diagnostic, Note, Pointer
from briefing.model.claim import STATUSES, STATUSES_WITHOUT_EVIDENCE, Claim
from briefing.model.dates import PartialDate
from briefing.read.annotations import AnchoredClaim
from briefing.read.articles import ArticleFile
from briefing.read.content import Content


def check_claims(content: Content) -> Iterator[Diagnostic]:
    """The histories of all claims: right vocabulary, in date order, with evidence that was there by then."""
    recorded = {
        anchored.ref: (article, anchored) for article in content.articles.values() for anchored in article.claims
    }
    for article in content.articles.values():
        for anchored in article.claims:
            if article.annotations and anchored.claim.history:
                where = Pointer(article.annotations, ("claims", anchored.index, "history"))
                yield from _history(anchored.claim, anchored.ref, where)
                yield from _evidence(anchored.claim, where, recorded)


def _history(claim: Claim, ref: str, where: Pointer) -> Iterator[Diagnostic]:
    allowed = STATUSES[claim.modality]
    for index, entry in enumerate(claim.history):
        here = Pointer(where.path, (*where.way, index))
        status = Pointer(where.path, (*here.way, "status"))
        if entry.status not in allowed:
            message = f"`{entry.status}` cannot be the status of {_a(claim.modality)}"
            yield Diagnostic("status-not-for-modality", message, status, f"use one of: {', '.join(allowed)}")
        if not entry.evidence and entry.status not in STATUSES_WITHOUT_EVIDENCE:
            help = "add `evidence: [<article>#<claim>]`, the claim whose words show it"
            yield Diagnostic("evidence-missing", f"`{entry.status}` names no evidence", status, help)
        if ref in entry.evidence:
            place = Pointer(where.path, (*here.way, "evidence", entry.evidence.index(ref)))
            yield Diagnostic("evidence-missing", "a claim cannot be its own evidence", place, "name another claim")
        if index and entry.on < claim.history[index - 1].on:
            place = Pointer(where.path, (*here.way, "on"))
            note = Note("the entry before it is here", Pointer(where.path, (*where.way, index - 1, "on")))
            help = "put the entries in date order, the oldest first"
            yield Diagnostic(
                "history-order", f"{entry.on} stands after {claim.history[index - 1].on}", place, help, (note,)
            )


def _evidence(
    claim: Claim, where: Pointer, recorded: Mapping[str, tuple[ArticleFile, AnchoredClaim]]
) -> Iterator[Diagnostic]:
    """Evidence that nobody can have had on the day of the status."""
    for index, entry in enumerate(claim.history):
        for number, ref in enumerate(entry.evidence):
            if ref not in recorded:
                continue
            article, evidence = recorded[ref]
            day, place = _recorded(article, evidence)
            if day.earliest > entry.on.latest:
                here = Pointer(where.path, (*where.way, index, "evidence", number))
                message = f"the evidence is of {day}, later than the status of {entry.on}"
                help = f"date the status {day} or later, with `since` for when it came about, or name earlier evidence"
                yield Diagnostic("evidence-later", message, here, help, (Note("its date is here", place),))


def _recorded(article: ArticleFile, anchored: AnchoredClaim) -> tuple[PartialDate, Pointer]:
    """The day since which the desk can have known a claim, and where it says so."""
    published, recorded = article.record.published.day, anchored.claim.recorded
    if recorded and recorded.earliest > published.earliest and article.annotations:
        return recorded, Pointer(article.annotations, ("claims", anchored.index, "recorded"))
    return published, Pointer(article.path, ("published",))


def _a(modality: str) -> str:
    return f"{'an' if modality[0] in 'aeiou' else 'a'} {modality}"


def check_cycles(content: Content) -> Iterator[Diagnostic]:
    """Summits that follow each other in a circle, and claims that update each other in one."""
    follows = {id: summit.record.follows for id, summit in content.summits.items()}
    for circle in _circles({id: [next] for id, next in follows.items() if next in follows and next}):
        where = Pointer(content.summits[circle[0]].path, ("follows",))
        yield Diagnostic("cyclic-reference", _told(circle, "follows"), where, "remove `follows` from one of them")
    updates: dict[str, list[str]] = {}
    places: dict[str, Pointer] = {}
    for article in content.articles.values():
        for anchored in article.claims:
            for index, relation in enumerate(anchored.claim.relations):
                if relation.type == "updates" and article.annotations:
                    updates.setdefault(anchored.ref, []).append(relation.to)
                    way = ("claims", anchored.index, "relations", index, "to")
                    places.setdefault(anchored.ref, Pointer(article.annotations, way))
    for circle in _circles(updates):
        yield Diagnostic("cyclic-reference", _told(circle, "updates"), places[circle[0]], "remove one of the relations")


def _told(circle: list[str], verb: str) -> str:
    return f" {verb} ".join(f"`{id}`" for id in [*circle, circle[0]])


def _circles(edges: Mapping[str, list[str]]) -> list[list[str]]:
    """One circle for each way round, beginning with its first id in order; without recursion."""
    done: set[str] = set()
    circles: list[list[str]] = []
    for start in sorted(edges):
        path: list[str] = []
        stack: list[tuple[str, int]] = [(start, 0)] if start not in done else []
        while stack:
            id, step = stack.pop()
            if step == 0:
                if id in path:
                    circle = path[path.index(id) :]
                    first = circle.index(min(circle))
                    circles.append(circle[first:] + circle[:first])
                    continue
                if id in done:
                    continue
                path.append(id)
            targets = edges.get(id, [])
            if step < len(targets):
                stack.append((id, step + 1))
                stack.append((targets[step], 0))
            else:
                done.add(id)
                path.pop()
    return circles
