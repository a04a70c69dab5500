"""What changed: the newest changes on the pages of the site, its summits and topics, and pages of all of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from briefing.link.changes import ArticleCorrected, Change, ClaimsAdded, FigureRevised, StatusMoved, is_unrated
from briefing.model.addresses import page_path
from briefing.read.articles import ArticleHead
from briefing.read.content import CONFIG
from briefing.render.archive import Periods, archived
from briefing.render.maker import Maker
from briefing.render.page import Context, Page
from briefing.render.tongues import Phrase, english, phrase
from briefing.render.views import CitationView, ClaimView, DateView, LinkView

PATH = "changes.html"
# A section of another page shows so many changes, the newest.
LATEST = 10
UNRATED = 2
PER_PART = 300


@dataclass(frozen=True, slots=True, eq=False)
class ChangeView:
    """One change. `kind` is `status`, `figure`, `correction` or `claims`.

    A status or a figure has its `claim` and what was `before` and is `after`; a status its reason and evidence, a
    figure the words of the value before. A correction has its text as `why`; added claims their number, and how many
    of them look ahead.
    """

    id: str
    kind: str
    article: LinkView
    source: Phrase
    claim: ClaimView | None = None
    before: Phrase | None = None
    after: Phrase | None = None
    why: Phrase | None = None
    evidence: tuple[CitationView, ...] = ()
    count: int = 0
    forward: int = 0


@dataclass(frozen=True, slots=True)
class ChangedView:
    """The changes of one date: a day, or a month or year where no more is known.

    `unrated` more claims, which are not given, were found on it to be such that cannot be rated.
    """

    date: DateView
    changes: tuple[ChangeView, ...]
    unrated: int = 0


@dataclass(frozen=True, slots=True)
class ChangesView:
    """The newest changes by date, and the page that has all where not all are given."""

    days: tuple[ChangedView, ...]
    whole: LinkView | None


def site_changes(maker: Maker) -> ChangesView:
    """The newest changes of the site, without the claims that are kept off the home page."""
    excluded = frozenset(maker.config.exclude)
    kept = [kept for change in maker.changes.site if (kept := _without(change, excluded))] if excluded else None
    changes = maker.changes.site if kept is None else kept
    return ChangesView(tuple(_latest(maker, changes)), LinkView(english("All changes"), PATH) if changes else None)


def summit_changes(maker: Maker, id: str) -> ChangesView:
    """The newest changes of a summit."""
    return _slice(maker, maker.changes.by_summit.get(id, []), f"changes/summit-{id}.html")


def topic_changes(maker: Maker, id: str) -> ChangesView:
    """The newest changes of a topic."""
    return _slice(maker, maker.changes.by_topic.get(id, []), f"changes/topic-{id}.html")


def change_pages(maker: Maker) -> Iterator[Page]:
    """All changes of the site."""
    return _pages(maker, PATH, english("What changed"), "archive/changes", maker.changes.site, None)


def summit_change_pages(maker: Maker, id: str) -> Iterator[Page]:
    """The changes of a summit whose own page does not show them all."""
    return _pages_of(maker, "summit", id, maker.changes.by_summit.get(id, []), maker.views.summit_link(id))


def topic_change_pages(maker: Maker, id: str) -> Iterator[Page]:
    """The changes of a topic whose own page does not show them all."""
    return _pages_of(maker, "topic", id, maker.changes.by_topic.get(id, []), maker.views.topic_link(id))


def _pages_of(maker: Maker, kind: str, id: str, changes: Sequence[Change], up: LinkView) -> Iterator[Page]:
    if len(changes) > LATEST:
        path, stem = f"changes/{kind}-{id}.html", f"archive/changes/{kind}-{id}"
        yield from _pages(maker, path, phrase(english("What changed: "), up.title), stem, changes, up)


def _pages(
    maker: Maker, path: str, title: Phrase, stem: str, changes: Sequence[Change], up: LinkView | None
) -> Iterator[Page]:
    listing = archived(tuple(changes), lambda change: change.on, stem, PER_PART)
    context = partial(_context, maker, listing.newest, listing.years, up, len(changes))
    yield maker.page(path, "changes.html", title, context, CONFIG)
    for part in listing.parts:
        count = len(part.items) + sum(count for _, count in part.periods)
        context = partial(_context, maker, part.items, part.periods, LinkView(title, path), count)
        of_part = phrase(title, english(f", {part.label}"))
        yield maker.page(part.path, "changes.html", of_part, context, CONFIG, day=part.label)


def _context(maker: Maker, changes: Sequence[Change], periods: Periods, up: LinkView | None, count: int) -> Context:
    return {"up": up, "days": _days(maker, changes), "count": count, "shown": len(changes), "periods": periods}


def _slice(maker: Maker, changes: Sequence[Change], path: str) -> ChangesView:
    whole = LinkView(english(f"All {len(changes)} changes"), path) if len(changes) > LATEST else None
    return ChangesView(tuple(_latest(maker, changes)), whole)


def _latest(maker: Maker, changes: Sequence[Change]) -> Iterator[ChangedView]:
    """The newest changes. Of many that cannot be rated on one day a few are given, so that they hide nothing."""
    if len(changes) <= LATEST:
        yield from _days(maker, changes)
        return
    make, left = partial(_view, maker), LATEST
    for on, of_date in groupby(changes, lambda change: change.on):
        whole = list(of_date)
        unrated = [change for change in whole if is_unrated(change)]
        hidden = {change.id for change in unrated[UNRATED:]}
        shown = [change for change in whole if change.id not in hidden][:left]
        rest = len(unrated) - sum(is_unrated(change) for change in shown)
        yield ChangedView(maker.views.date(on), tuple(maker.views.once(change, make) for change in shown), rest)
        left -= len(shown)
        if not left:
            return


def _without(change: Change, excluded: frozenset[str]) -> Change | None:
    if isinstance(change, ClaimsAdded):
        claims = tuple(linked for linked in change.claims if linked.ref not in excluded)
        return ClaimsAdded(change.id, change.on, change.article, claims) if claims else None
    if isinstance(change, ArticleCorrected):
        return change
    return None if change.claim.ref in excluded else change


def _days(maker: Maker, changes: Iterable[Change]) -> tuple[ChangedView, ...]:
    make = partial(_view, maker)
    return tuple(
        ChangedView(maker.views.date(on), tuple(maker.views.once(change, make) for change in of_date))
        for on, of_date in groupby(changes, lambda change: change.on)
    )


def _view(maker: Maker, change: Change) -> ChangeView:
    match change:
        case StatusMoved():
            return _status(maker, change)
        case FigureRevised():
            return _figure(maker, change)
        case ArticleCorrected():
            link, source = _article(maker, change.article.head)
            return ChangeView(change.id, "correction", link, source, why=maker.views.own(change.correction.text))
        case ClaimsAdded():
            link, source = _article(maker, change.article)
            forward = sum(linked.is_forward for linked in change.claims)
            return ChangeView(change.id, "claims", link, source, count=len(change.claims), forward=forward)


def _article(maker: Maker, of: ArticleHead) -> tuple[LinkView, Phrase]:
    views, record = maker.views, of.record
    return LinkView(views.title(record), page_path("articles", of.id)), views.source_name(record.source)


def _status(maker: Maker, change: StatusMoved) -> ChangeView:
    return ChangeView(
        change.id,
        "status",
        *_article(maker, change.claim.article),
        claim=maker.views.claim(change.claim),
        before=english(change.before),
        after=english(change.entry.status),
        why=maker.views.own(change.entry.why),
        evidence=tuple(maker.views.citation(maker.site.claims[ref]) for ref in change.entry.evidence),
    )


def _figure(maker: Maker, change: FigureRevised) -> ChangeView:
    claim, earlier = maker.views.claim(change.claim), maker.views.claim(change.earlier)
    return ChangeView(
        change.id,
        "figure",
        *_article(maker, change.claim.article),
        claim=claim,
        before=earlier.figure,
        after=claim.figure,
        evidence=(earlier.citation,),
    )
