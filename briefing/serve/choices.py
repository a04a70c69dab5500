"""What the panels in pages offer: topics, kinds of statement, statuses, voices, and claims as evidence."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from briefing.edit.changes import document_of, id_of
from briefing.edit.files import ABSENT, state
from briefing.edit.proof import annotations_of
from briefing.edit.refusal import Refused
from briefing.link.evidence import KINDS, kinds_for
from briefing.link.site import Site
from briefing.model.claim import LEVELS, STATUSES, STATUSES_WITHOUT_EVIDENCE, Basis, Likelihood, Modality, Weight
from briefing.model.registries import ENTITIES
from briefing.read.annotations import AnchoredClaim
from briefing.read.articles import ArticleFile, ArticleJob
from briefing.read.sources import read_bytes
from briefing.serve.desk import found
from briefing.serve.live import LiveSite

# So many claims are offered as evidence.
OFFERED = 40


def choices(live: LiveSite, article: str) -> dict[str, Any]:
    """What can be said of claims of an article, the state of its annotation file as it is `seen`, its day, and its
    claims by their ids: the fields as they are written, and the status as pages show it."""
    site, job = found(live, article)
    file, seen, claims = site.content.articles.get(article), *_claims(live.request.root, job)
    statuses = {one.id: one.claim.status for one in file.claims} if file else {}
    voices = {id: record.name for kind in ENTITIES for id, record in getattr(site.content, kind).items()}
    return {
        "article": article,
        "published": str(file.record.published.day) if file else "",
        "seen": seen,
        "has_text": job.text is not None,
        "topics": site.config.topics,
        "modalities": get_args(Modality),
        "statuses": STATUSES,
        "without_evidence": sorted(STATUSES_WITHOUT_EVIDENCE),
        "likelihoods": get_args(Likelihood),
        "levels": LEVELS,
        "weights": get_args(Weight),
        "bases": get_args(Basis),
        "voices": voices,
        "summits": {id: summit.record.title for id, summit in site.content.summits.items()},
        "claims": {id: {"fields": fields, "status": statuses.get(id)} for id, fields in claims.items()},
    }


def _claims(root: Path, job: ArticleJob) -> tuple[str, dict[str, dict[str, Any]]]:
    """The state of an article's annotation file, and its claims by their ids as they are written there."""
    path = annotations_of(job)
    data = read_bytes(root, path)
    if not isinstance(data, bytes):
        return ABSENT, {}
    claims = document_of(path, data).data.get("claims")
    written = claims if isinstance(claims, list) else []
    return state(data), {id: claim for claim in written if (id := id_of(claim))}


def evidence(live: LiveSite, article: str, modality: str, status: str, words: str) -> list[dict[str, Any]]:
    """The claims that can show that status of such a claim of the article, and have all these words, newest first."""
    site, _ = found(live, article)
    file = site.content.articles.get(article)
    if file is None:
        raise Refused(f"the article `{article}` is not in the site", "mend its errors first")
    kinds = kinds_for(modality, status) if status in KINDS else None
    wanted = words.casefold().split()
    offered = []
    for other, candidate in _candidates(site, file):
        if kinds is not None and candidate.claim.modality not in kinds:
            continue
        text = f"{candidate.claim.text or ''} {candidate.words} {candidate.ref} {other.record.title}".casefold()
        if all(word in text for word in wanted):
            offered.append(_offer(other, candidate))
            if len(offered) == OFFERED:
                break
    return offered


def _candidates(site: Site, file: ArticleFile) -> Iterator[tuple[ArticleFile, AnchoredClaim]]:
    """The claims of other articles that are not older."""
    for other in site.files:
        if other.id != file.id and not other.record.published.day.is_before(file.record.published.day):
            yield from ((other, candidate) for candidate in other.claims)


def _offer(file: ArticleFile, one: AnchoredClaim) -> dict[str, Any]:
    return {
        "ref": one.ref,
        "text": one.claim.text or one.words,
        "article": file.record.title,
        "published": str(file.record.published.day),
        "modality": one.claim.modality,
    }
