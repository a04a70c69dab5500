"""Rules that a record can break although each of its fields is right."""

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic, Note, Pointer
from briefing.link.circles import circles, told
from briefing.link.words import a_or_an
from briefing.model.claim import STATUSES, STATUSES_WITHOUT_EVIDENCE, Claim
from briefing.read.content import Content


def check_claims(content: Content) -> Iterator[Diagnostic]:
    """The histories of all claims: right vocabulary, in date order, with evidence where it is needed."""
    for article in content.articles.values():
        for anchored in article.claims:
            if article.annotations and anchored.claim.history:
                where = Pointer(article.annotations, ("claims", anchored.index, "history"))
                yield from _history(anchored.claim, where)


def _history(claim: Claim, where: Pointer) -> Iterator[Diagnostic]:
    allowed = STATUSES[claim.modality]
    for index, entry in enumerate(claim.history):
        here = Pointer(where.path, (*where.way, index))
        status = Pointer(where.path, (*here.way, "status"))
        if entry.status not in allowed:
            message = f"`{entry.status}` cannot be the status of {a_or_an(claim.modality)}"
            yield Diagnostic("status-not-for-modality", message, status, f"use one of: {', '.join(allowed)}")
        if not entry.evidence and entry.status not in STATUSES_WITHOUT_EVIDENCE:
            help = "add `evidence: [<article>#<claim>]`, the claim whose words show it"
            yield Diagnostic("evidence-missing", f"`{entry.status}` names no evidence", status, help)
        if index and entry.on < claim.history[index - 1].on:
            place = Pointer(where.path, (*here.way, "on"))
            note = Note("the entry before it is here", Pointer(where.path, (*where.way, index - 1, "on")))
            help = "put the entries in date order, the oldest first"
            yield Diagnostic(
                "history-order", f"{entry.on} stands after {claim.history[index - 1].on}", place, help, (note,)
            )


def check_cycles(content: Content) -> Iterator[Diagnostic]:
    """Summits that follow each other in a circle, and claims that update each other in one."""
    follows = {id: summit.record.follows for id, summit in content.summits.items()}
    for circle in circles({id: [next] for id, next in follows.items() if next in follows and next}):
        where = Pointer(content.summits[circle[0]].path, ("follows",))
        yield Diagnostic("cyclic-reference", told(circle, "follows"), where, "remove `follows` from one of them")
    updates: dict[str, list[str]] = {}
    places: dict[str, Pointer] = {}
    for article in content.articles.values():
        for anchored in article.claims:
            for index, relation in enumerate(anchored.claim.relations):
                if relation.type == "updates" and article.annotations:
                    updates.setdefault(anchored.ref, []).append(relation.to)
                    way = ("claims", anchored.index, "relations", index, "to")
                    places.setdefault(anchored.ref, Pointer(article.annotations, way))
    for circle in circles(updates):
        yield Diagnostic("cyclic-reference", told(circle, "updates"), places[circle[0]], "remove one of the relations")
