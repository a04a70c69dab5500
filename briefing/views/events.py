"""The view of an event of the timeline."""

from dataclasses import dataclass

from briefing.link.scope import Cited
from briefing.link.site import Headline, LinkedClaim, LinkedSummit
from briefing.link.timeline import Event
from briefing.model.addresses import page_path
from briefing.views.phrases import Phrase
from briefing.views.summits import venue_words
from briefing.views.values import CitationView
from briefing.views.views import Views


@dataclass(frozen=True, slots=True)
class EventView:
    """An event. `text` says what it is about and `path` leads there; a claim's has its words and its status, and
    `before` is the status that it left. Of a claim there is a text only where an editor gave one."""

    kind: str
    text: Phrase | None
    path: str
    status: str | None
    before: str | None
    note: Phrase | None
    ref: str | None
    citation: CitationView | None
    label: Phrase | None = None


def event_view(event: Event, views: Views) -> EventView:
    """An event of what it is about."""
    match event.about:
        case LinkedClaim() as linked:
            return _of_claim(event, linked, views)
        case Headline() as article:
            return _of_article(event, article, views)
        case LinkedSummit() as summit:
            record, venue = summit.record, venue_words(summit.record, views)
            path = page_path("summits", summit.id)
            return EventView(event.kind, views.own(record.title), path, record.status, None, venue, None, None)


def _of_article(event: Event, article: Headline, views: Views) -> EventView:
    record, path = article.record, page_path("articles", article.id)
    is_correction = event.kind == "correction"
    note = views.own(record.corrections[event.number].text) if is_correction else views.source_name(record.source)
    return EventView(event.kind, views.title(record), path, None, None, note, None, None)


def _of_claim(event: Event, linked: LinkedClaim, views: Views) -> EventView:
    citation = views.citation(Cited(linked.article.head, linked.anchored))
    is_change = event.kind == "status"
    return EventView(
        kind=event.kind,
        text=views.own(linked.claim.text),
        path=citation.path,
        status=event.entry.status if is_change else linked.status,
        before=event.status_before if is_change else None,
        note=views.own(event.entry.why) if is_change else None,
        ref=linked.ref,
        citation=citation,
        label=views.label(linked.anchored),
    )
