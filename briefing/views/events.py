"""The view of an entry of the timeline: something that happened, or a change in what is known."""

from dataclasses import replace

from briefing.link.changes import ArticleCorrected, ClaimsAdded, FigureRevised, StatusMoved
from briefing.link.site import Headline, LinkedClaim, LinkedSummit
from briefing.link.timeline import Entry, Event
from briefing.model.addresses import page_path
from briefing.model.claim import Figure
from briefing.model.frozen import frozen
from briefing.views import words
from briefing.views.claims import claim_view
from briefing.views.phrases import Phrase
from briefing.views.summits import venue_words
from briefing.views.values import CitationView, DateView
from briefing.views.views import Views


@frozen
class EventView:
    """An entry. What happened is of the `kind` `meeting`, `publication` or `due`; what changed of `status`, `figure`,
    `correction` or `added`.

    `text` says what it is about and `path` leads there. A claim has its words and a label too, and a text only where an
    editor gave one; a status what was `before`, a figure also what is `after`; claims that were added, with their
    article or later, their `count`, and how many of them look ahead.
    """

    kind: str
    text: Phrase | None
    path: str
    note: Phrase | None = None
    status: str | None = None
    ref: str | None = None
    citation: CitationView | None = None
    label: Phrase | None = None
    measure: Phrase | None = None
    before: Phrase | None = None
    after: Phrase | None = None
    since: DateView | None = None
    count: int = 0
    forward: int = 0


def event_view(entry: Entry) -> EventView:
    """An entry as lists have it, in the scope of what it is about."""
    views = Views(entry.about.scope)
    match entry:
        case StatusMoved():
            return _status(entry, views)
        case FigureRevised():
            return _figure(entry, views)
        case ArticleCorrected():
            return replace(_article("correction", entry.article, views), note=views.own(entry.correction.text))
        case ClaimsAdded():
            kind = "publication" if entry.is_publication else "added"
            count, forward = len(entry.claims), entry.forward
            return replace(_article(kind, entry.article, views), count=count, forward=forward)
        case Event():
            return _event(entry, views)


def _event(event: Event, views: Views) -> EventView:
    match event.about:
        case LinkedClaim() as linked:
            return replace(_claim("due", linked), status=linked.status)
        case Headline() as article:
            return _article("publication", article, views)
        case LinkedSummit() as summit:
            record, path = summit.record, page_path("summits", summit.id)
            return EventView("meeting", views.own(record.title), path, venue_words(record, views), record.status)


def _article(kind: str, of: Headline, views: Views) -> EventView:
    path, source = page_path("articles", of.id), views.source_name(of.record.source)
    return EventView(kind, views.title(of.record), path, source)


def _claim(kind: str, linked: LinkedClaim) -> EventView:
    claim = claim_view(linked)
    return EventView(kind, claim.text, claim.citation.path, ref=linked.ref, citation=claim.citation, label=claim.label)


def _status(change: StatusMoved, views: Views) -> EventView:
    entry = change.entry
    return replace(
        _claim("status", change.claim),
        note=views.own(entry.why),
        status=entry.status,
        before=views.say(f"status.{change.before}"),
        since=views.date(entry.since) if entry.since and entry.since != entry.on else None,
    )


def _figure(change: FigureRevised, views: Views) -> EventView:
    before, after = change.earlier.anchored.claim.figure, change.claim.claim.figure
    assert before is not None
    assert after is not None
    return replace(
        _claim("figure", change.claim),
        measure=views.own(views.scope.measure(after.measure).label),
        before=_amount(before, views),
        after=_amount(after, views),
    )


def _amount(figure: Figure, views: Views) -> Phrase:
    return words.figure_words(figure, views.scope.measure(figure.measure), views.wording)
