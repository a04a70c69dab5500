"""Topic pages: the topic across all summits."""

from collections.abc import Iterator
from functools import partial

from briefing.link.site import LinkedClaim, curated
from briefing.model.addresses import page_path
from briefing.model.topic import Topic
from briefing.read.content import CONFIG
from briefing.render.archive import NEWEST, Archive, Part, archived
from briefing.render.changes import topic_changes
from briefing.render.figures import figures_among
from briefing.render.ledger import tally
from briefing.render.maker import Maker
from briefing.render.page import Context, Page
from briefing.render.timeline import topic_timeline
from briefing.render.tongues import english, phrase
from briefing.render.views import LinkView, trusted


def topic_pages(maker: Maker, id: str) -> Iterator[Page]:
    """The page of a topic, and its older claims by year."""
    file, path = maker.site.content.topics.get(id), page_path("topics", id)
    record = file.record if file else Topic()
    source, title = (file.path if file else CONFIG), maker.views.own(record.title or maker.config.topics[id])
    claims = tuple(curated(maker.site.by_topic.get(id, []), record.exclude))
    archive = archived(claims, lambda claim: claim.article.record.published.day, f"archive/{id}")
    context = partial(_context, maker, id, record, file.html if file else "", claims, archive)
    links = file.links if file else ()
    yield maker.page(path, "topic.html", title, context, source, links, maker.views.own(record.summary))
    yield from maker.redirects("topics", record.aliases, path, source, title)
    for part in archive.parts:
        context = partial(_part, maker, LinkView(title, path), part)
        of_part = phrase(title, english(f", {part.label}"))
        yield maker.page(part.path, "archive.html", of_part, context, source, day=part.label)


def _context(
    maker: Maker, id: str, record: Topic, html: str, claims: tuple[LinkedClaim, ...], archive: Archive[LinkedClaim]
) -> Context:
    open_claims = [claim for claim in claims if claim.is_open]
    shown = {claim.ref for claim in open_claims[:NEWEST]}
    return {
        "summary": maker.views.own(record.summary),
        "synonyms": tuple(maker.views.own(synonym) for synonym in record.synonyms),
        "html": trusted(html, maker.config.language),
        "lead": maker.views.claims_by_ref(record.lead),
        "open": maker.views.claims(open_claims[:NEWEST]),
        "open_count": len(open_claims),
        "counts": tally(maker, claims),
        "claims": maker.views.claims(claim for claim in archive.newest if claim.ref not in shown),
        "count": len(claims),
        "figures": figures_among(maker, claims),
        "timeline": topic_timeline(maker, id),
        "changes": topic_changes(maker, id),
        "years": archive.years,
    }


def _part(maker: Maker, up: LinkView, part: Part[LinkedClaim]) -> Context:
    return {"up": up, "kind": "claims", "claims": maker.views.claims(part.items), "periods": part.periods}
