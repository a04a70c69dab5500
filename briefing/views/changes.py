"""The view of a change."""

from dataclasses import dataclass

from briefing.link.changes import ArticleCorrected, Change, ClaimsAdded, FigureRevised, StatusMoved
from briefing.link.site import Headline
from briefing.model.addresses import page_path
from briefing.views import words
from briefing.views.claims import ClaimView, claim_view
from briefing.views.phrases import Phrase
from briefing.views.values import CitationView, LinkView
from briefing.views.views import Views


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change. `kind` is `status`, `figure`, `correction` or `claims`.

    A status or a figure has its `claim` and what was `before` and is `after`; a `status` its reason and evidence, a
    figure the words of the value before. A correction has its text as `why`; added claims their number, and how many
    of them look ahead.
    """

    id: str
    kind: str
    article: LinkView
    source: Phrase
    claim: ClaimView | None = None
    status: str | None = None
    before: Phrase | None = None
    after: Phrase | None = None
    why: Phrase | None = None
    evidence: tuple[CitationView, ...] = ()
    count: int = 0
    forward: int = 0


def change_view(change: Change, views: Views) -> ChangeView:
    """A change as lists have it."""
    match change:
        case StatusMoved():
            return _status(change, views)
        case FigureRevised():
            return _figure(change, views)
        case ArticleCorrected():
            why = views.own(change.correction.text)
            return ChangeView(change.id, "correction", *_article(change.article, views), why=why)
        case ClaimsAdded():
            count = len(change.claims)
            of = _article(change.article, views)
            return ChangeView(change.id, "claims", *of, count=count, forward=change.forward)


def _article(of: Headline, views: Views) -> tuple[LinkView, Phrase]:
    link = LinkView(views.title(of.record), page_path("articles", of.id))
    return link, views.source_name(of.record.source)


def _status(change: StatusMoved, views: Views) -> ChangeView:
    entry = change.entry
    return ChangeView(
        change.id,
        "status",
        *_article(change.claim.article, views),
        claim=claim_view(change.claim, views),
        status=entry.status,
        before=views.say(f"status.{change.before}"),
        after=views.say(f"status.{entry.status}"),
        why=views.own(entry.why),
        evidence=tuple(views.citation(views.scope.claim(ref)) for ref in entry.evidence),
    )


def _figure(change: FigureRevised, views: Views) -> ChangeView:
    claim, figure = claim_view(change.claim, views), change.earlier.anchored.claim.figure
    assert figure is not None
    return ChangeView(
        change.id,
        "figure",
        *_article(change.claim.article, views),
        claim=claim,
        before=words.figure_words(figure, views.scope.measure(figure.measure), views.wording),
        after=claim.figure,
        evidence=(views.citation(change.earlier),),
    )
