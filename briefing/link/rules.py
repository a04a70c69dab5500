"""Rules that a record can break although each of its fields is right."""

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic, Note, Pointer
from briefing.link.circles import circle_in_words, circles
from briefing.model.claim import STATUSES, STATUSES_WITHOUT_EVIDENCE, Claim
from briefing.read.annotations import AnchoredClaim
from briefing.read.articles import ArticleFile
from briefing.read.content import Content
from briefing.wording import a_or_an


def check_claims(article: ArticleFile) -> Iterator[Diagnostic]:
    """The histories of an article's claims: right vocabulary, in date order, with evidence where it is needed; and that
    no claim has a relation to itself."""
    for anchored in article.claims:
        claim = anchored.claim
        if article.annotations and claim.history:
            yield from _history(claim, Pointer(article.annotations, ("claims", anchored.index, "history")))
        if article.annotations and claim.relations:
            yield from _relations(anchored, Pointer(article.annotations, ("claims", anchored.index, "relations")))


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
        before = claim.history[index - 1].on if index else entry.on
        if entry.on < before and not (entry.on.qualification or before.qualification):
            place = Pointer(where.path, (*here.way, "on"))
            note = Note("the entry before it is here", Pointer(where.path, (*where.way, index - 1, "on")))
            help = "put the entries in date order, the oldest first"
            yield Diagnostic("history-order", f"{entry.on} stands after {before}", place, help, (note,))


def _relations(anchored: AnchoredClaim, where: Pointer) -> Iterator[Diagnostic]:
    for index, relation in enumerate(anchored.claim.relations):
        if relation.to == anchored.ref:
            place = Pointer(where.path, (*where.way, index, "to"))
            message = f"`{anchored.ref}` {relation.type} itself"
            yield Diagnostic("cyclic-reference", message, place, "name another claim, or remove the relation")


def check_cycles(content: Content) -> Iterator[Diagnostic]:
    """Summits that follow each other in a circle, and claims that update or correct each other in one."""
    follows = {id: summit.record.follows for id, summit in content.summits.items()}
    for circle in circles({id: [next] for id, next in follows.items() if next in follows and next}):
        where = Pointer(content.summits[circle[0]].path, ("follows",))
        yield Diagnostic(
            "cyclic-reference", circle_in_words(circle, "follows"), where, "remove `follows` from one of them"
        )
    for verb in ("updates", "corrects"):
        yield from _circular(content, verb)


def _circular(content: Content, verb: str) -> Iterator[Diagnostic]:
    edges: dict[str, list[str]] = {}
    places: dict[str, Pointer] = {}
    for article in content.articles.values():
        for anchored in article.claims:
            for index, relation in enumerate(anchored.claim.relations):
                if relation.type == verb and relation.to != anchored.ref and article.annotations:
                    edges.setdefault(anchored.ref, []).append(relation.to)
                    way = ("claims", anchored.index, "relations", index, "to")
                    places.setdefault(anchored.ref, Pointer(article.annotations, way))
    for circle in circles(edges):
        yield Diagnostic(
            "cyclic-reference", circle_in_words(circle, verb), places[circle[0]], "remove one of the relations"
        )
