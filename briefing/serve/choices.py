"""What the panels in pages offer: topics, kinds of statement, statuses, voices, and claims as evidence."""

from collections.abc import Iterator
from typing import Any, get_args

from briefing.edit.refusal import Refused
from briefing.link.evidence import KINDS, kinds_for
from briefing.link.site import Site
from briefing.model.claim import LEVELS, STATUSES, STATUSES_WITHOUT_EVIDENCE, Basis, Claim, Likelihood, Modality, Weight
from briefing.model.registries import ENTITIES
from briefing.read.annotations import AnchoredClaim
from briefing.read.articles import ArticleFile
from briefing.serve.desk import found, seen
from briefing.serve.live import LiveSite

# So many claims are offered as evidence.
OFFERED = 40


def choices(live: LiveSite, article: str) -> dict[str, Any]:
    """What can be said of claims of an article, the state of its annotation file as it is `seen`, its day, and its
    claims by their ids."""
    site, job = found(live, article)
    file = site.content.articles.get(article)
    voices = {id: record.name for kind in ENTITIES for id, record in getattr(site.content, kind).items()}
    return {
        "article": article,
        "published": str(file.record.published.day) if file else "",
        "seen": seen(live.request.root, job),
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
        "claims": {one.id: _facts(one.claim) for one in file.claims} if file else {},
    }


def _facts(claim: Claim) -> dict[str, Any]:
    return {"text": claim.text, "quote": claim.quote.exact, "modality": claim.modality, "status": claim.status}


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
