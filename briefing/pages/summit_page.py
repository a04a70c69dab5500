"""What the page of a summit shows: the brief first, then each topic, figures, the timeline and the sources."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from briefing.link.changes import StatusMoved, is_unrated
from briefing.link.differences import Difference
from briefing.link.ledger import UNRATED
from briefing.link.readouts import readouts_of
from briefing.link.scope import Scope
from briefing.link.site import Headline, LinkedArticle, LinkedClaim, LinkedSummit
from briefing.link.timeline import Event, timeline_of
from briefing.model.dates import PartialDate
from briefing.model.frozen import frozen
from briefing.model.summit import Summit
from briefing.pages.archive import Periods
from briefing.pages.axes import axis
from briefing.pages.figures import figures_among
from briefing.pages.ledger import tally
from briefing.pages.linked_data import Publication
from briefing.pages.page import Context
from briefing.pages.previews import Drawing
from briefing.pages.scores import MOST_CHIPS, Counted, Parted, open_by_day, parted, said_before, score_row
from briefing.pages.timeline import timeline_link
from briefing.views import words
from briefing.views.listed import (
    ACCOUNT,
    ARTICLE,
    BEFORE,
    CARD,
    EXPECTED,
    MOVED,
    OTHER,
    OUTCOME,
    ROW,
    STATEMENT,
    Listed,
)
from briefing.views.phrases import Phrase
from briefing.views.readouts import ReadoutView, readout_view, text_views
from briefing.views.summits import summit_view
from briefing.views.values import DateView, LinkView, trusted
from briefing.views.views import Views

# Of a summit with so many claims that they have pages by year, its own page shows so many of what was expected and of
# what was promised, and of each topic's other claims; and so many articles of one with as many articles.
IN_LEDGER = 30
IN_TOPIC = 12
ARTICLES = 20
# So many of the differences in what is said of it, each with so many claims, and so many days with changes.
DIFFERENCES = 12
ACCOUNTS = 12
DAYS = 40


@frozen
class SummitArguments:
    """A summit with its claims, without those kept off its page, and its articles, both newest first.

    `of_timeline` are the articles that name it or have a claim on it. `since` are the claims of which the agenda asks
    what came of them, of this meeting or not, `accounts` those that `differences` names; `topics` are those of the site
    in their order.
    """

    summit: Counted
    claims: Sequence[LinkedClaim]
    lead: Sequence[LinkedClaim]
    since: Sequence[LinkedClaim]
    articles: Sequence[LinkedArticle]
    documents: Sequence[LinkedArticle]
    differences: Sequence[Difference]
    accounts: Mapping[str, LinkedClaim]
    measures: Sequence[str]
    of_timeline: Sequence[Headline]
    next: Sequence[str]
    topics: Sequence[str]
    publication: Publication
    drawing: Drawing | None
    scope: Scope


@frozen
class ItemView:
    """A subject of the agenda: the claims that say what was expected of it, in a few words from `before` where the
    meeting's texts say something of it; those that say what the texts say; and the one whose status says what came of
    it: one of those, or another."""

    item: Phrase
    before: Listed
    expected: Listed
    claims: Listed
    now: Listed
    other: Listed


@frozen
class TopicView:
    """A topic of a meeting, in a section with an `id`: what is on its agenda, what each side's text says where there
    are several, and the newest of what was said before and promised, of what of that is minor or cannot be rated, and
    of the others."""

    topic: LinkView
    id: str
    items: tuple[Phrase, ...]
    readout: ReadoutView | None
    before: Listed
    before_count: int
    after: Listed
    after_count: int
    minor: Listed
    minor_count: int
    unratable: Listed
    unratable_count: int
    others: Listed
    other_count: int


@frozen
class MovedView:
    """The statuses that changed on a day, and how many claims were found on it that cannot be rated."""

    date: DateView
    changes: Listed
    unrated: int


@frozen
class DifferenceView:
    """Claims whose accounts differ, side by side: the values of a measure at a date, or one that disputes another."""

    claims: Listed
    measure: Phrase | None
    as_of: DateView | None


def summit_context(given: SummitArguments, years: Periods, article_years: Periods) -> Context:
    views, parts = Views(given.scope), parted(given.summit.summit, given.claims)
    return {
        **_head(given, views),
        **_brief(given, parts, bool(years), views),
        **_timeline(given, views),
        "topics": tuple(_topics(given, parts, bool(years), views)),
        **_differences(given, views),
        "figures": figures_among(given.claims, given.measures, views),
        **_articles(given, ARTICLES if article_years else None),
        "years": years,
        "article_years": article_years,
    }


def _head(given: SummitArguments, views: Views) -> Context:
    summit, record = given.summit.summit, given.summit.summit.record
    return {
        "summit": summit_view(given.summit.summit, given.summit.claims, given.summit.open),
        "html": trusted(summit.file.html, views.language, views.wording),
        "window": tuple(_window(views, record)),
        "previous": views.summit_link(record.follows) if record.follows else None,
        "next": tuple(views.summit_link(id) for id in given.next),
    }


def _brief(given: SummitArguments, parts: Parted, is_long: bool, views: Views) -> Context:
    """What page one has: the agenda and what came of it, the score, and what is open."""
    known = {claim.ref: claim for claim in (*given.claims, *given.lead, *given.since)}
    with_chips = not is_long and max(len(parts.before), len(parts.after)) <= MOST_CHIPS
    by_topic = _by_topic(given, parts)
    shown_on_page = [*parts.before[: IN_LEDGER if is_long else None], *parts.after[: IN_LEDGER if is_long else None]]
    agenda = tuple(_items(given.summit.summit, known, views))
    has_answers = any(item.before or item.expected or item.claims or item.now for item in agenda)
    opened = open_by_day(filter(_is_counted, shown_on_page), views)
    return {
        "agenda": agenda if has_answers else (),
        "lead": Listed(ROW, () if has_answers else given.lead),
        "before_counts": tally(parts.before),
        "after_counts": tally(parts.after),
        "score": tuple(
            score_row(views.topic_link(topic), section_id(topic), before, after, with_chips)
            for topic, (before, after) in by_topic.items()
            if before or after
        ),
        **_texts(given, agenda, views),
        "open": opened,
        "next_look": next((day.by for day in opened if day.by), None),
        "open_count": sum(claim.is_open for claim in filter(_is_counted, (*parts.before, *parts.after))),
    }


def _texts(given: SummitArguments, agenda: Sequence[ItemView], views: Views) -> Context:
    """Whose words answer the agenda: those of `joint_text`, of `texts` of which not all are joint, or what was `said`
    elsewhere too. Whether only joint texts are known; and whose texts are, where that is not every side."""
    sides = {one.side for one in given.summit.summit.record.participants if one.side}
    issued = {one.id: frozenset(one.record.issued_by) for one in given.documents if one.record.issued_by}
    known = dict.fromkeys(side for article in given.documents for side in article.record.issued_by)
    is_partial = bool(known) and not sides <= known.keys()
    joint = {article for article, text in issued.items() if sides and sides <= text}
    answering = {claim.article.id for item in agenda for claim in item.claims.items}
    return {
        "answers_of": "joint_text" if answering <= joint else "texts" if answering <= issued.keys() else "said",
        "only_joint": bool(joint) and joint == issued.keys(),
        "one_side": words.names_listed([views.name(side, None) for side in known], views.wording)
        if is_partial
        else None,
    }


def section_id(topic: str) -> str:
    """The id of the section of a topic on the page of a summit."""
    return f"topic_{topic}"


def _by_topic(given: SummitArguments, parts: Parted) -> dict[str, tuple[list[LinkedClaim], list[LinkedClaim]]]:
    """What was said before and promised by the first topic of each claim, in the order of the agenda."""
    order = dict.fromkeys([*(topic.topic for topic in given.summit.summit.record.agenda), *given.topics])
    found: dict[str, tuple[list[LinkedClaim], list[LinkedClaim]]] = {topic: ([], []) for topic in order}
    for place, claims in enumerate(parts):
        for claim in claims:
            found[claim.claim.topics[0]][place].append(claim)
    return found


def _items(summit: LinkedSummit, known: Mapping[str, LinkedClaim], views: Views) -> Iterator[ItemView]:
    for topic in summit.record.agenda:
        for item in topic.items:
            claims = [known[ref] for ref in item.claims if ref in known]
            now = [known[item.now]] if item.now and item.now in known else []
            expected = [claim for claim in claims if said_before(summit, claim)]
            if summit.record.status == "held":
                said = Listed(STATEMENT, [claim for claim in claims if claim not in expected])
                before, expected = (expected, []) if said else ([], expected)
                ahead = Listed(BEFORE, before), Listed(EXPECTED, expected)
                own, others = (now, []) if item.now in item.claims else ([], now)
                since = Listed(OUTCOME, own), Listed(OTHER, others)
                yield ItemView(views.own(item.item), *ahead, said, *since)
            else:
                whole = {claim.ref: claim for claim in (*claims, *now)}
                rows = Listed(ROW, list(whole.values()))
                none = Listed(STATEMENT, ()), Listed(OUTCOME, ()), Listed(OTHER, ())
                yield ItemView(views.own(item.item), Listed(BEFORE, ()), rows, *none)


def _timeline(given: SummitArguments, views: Views) -> Context:
    """One line a day: which statuses changed, and above it an axis."""
    summit = given.summit.summit
    entries = timeline_of(given.of_timeline, given.claims, [summit])
    moved = [entry for entry in entries if isinstance(entry, StatusMoved)]
    days = [
        (on, [change for change in of_day if not is_unrated(change)], of_day) for on, of_day in _by_day(moved).items()
    ]
    return {
        "axis": axis(summit.record.start.day.earliest, moved, given.claims),
        "moved": tuple(
            MovedView(views.date(on), Listed(MOVED, shown), len(all) - len(shown)) for on, shown, all in days[:DAYS]
        ),
        "timeline": timeline_link("summit", summit.id, entries, views),
        "last_change": next((views.date(entry.on) for entry in entries if not isinstance(entry, Event)), None),
    }


def _by_day(moved: Iterable[StatusMoved]) -> dict[PartialDate, list[StatusMoved]]:
    found: dict[PartialDate, list[StatusMoved]] = {}
    for change in moved:
        found.setdefault(change.entry.came_about, []).append(change)
    return dict(sorted(found.items(), key=lambda entry: (entry[0].latest, entry[0].earliest), reverse=True))


def _articles(given: SummitArguments, shown: int | None) -> Context:
    return {"articles": Listed(ARTICLE, given.articles[:shown]), "article_count": len(given.articles)}


def _differences(given: SummitArguments, views: Views) -> Context:
    apart = tuple(_apart(given, views))
    return {"differences": apart[:DIFFERENCES], "difference_count": len(apart)}


def _apart(given: SummitArguments, views: Views) -> Iterator[DifferenceView]:
    exclude = given.summit.summit.record.exclude
    for difference in given.differences:
        shown = [given.accounts[ref] for ref in difference.claims if ref not in exclude]
        if len(shown) > 1:
            measure = views.own(views.scope.measure(difference.measure).label) if difference.measure else None
            as_of = views.date(difference.as_of) if difference.as_of else None
            yield DifferenceView(Listed(ACCOUNT, shown[:ACCOUNTS]), measure, as_of)


def _topics(given: SummitArguments, parts: Parted, is_long: bool, views: Views) -> Iterator[TopicView]:
    """The agenda's topics in its order, then the others that claims are about; a claim stands under its first topic."""
    items = {topic.topic: topic.items for topic in given.summit.summit.record.agenda}
    readouts = readouts_of(given.documents, given.claims)
    texts = text_views(readouts, views) if readouts else ()
    said = readouts.topics if readouts else {}
    others: dict[str, list[LinkedClaim]] = {}
    for claim in given.claims:
        if not claim.is_forward and (readouts is None or claim.ref not in readouts.refs):
            others.setdefault(claim.claim.topics[0], []).append(claim)
    in_ledger, in_topic = (IN_LEDGER, IN_TOPIC) if is_long else (None, None)
    shown = {claim.ref for claims in parts for claim in claims[:in_ledger]}
    for topic, ahead in _by_topic(given, parts).items():
        if topic in items or topic in others or topic in said or any(ahead):
            readout = readout_view(said[topic], texts, in_topic) if topic in said else None
            rated = [[claim for claim in claims if claim.status != UNRATED] for claims in ahead]
            groups = [
                *(list(filter(_is_counted, claims)) for claims in rated),
                [claim for claims in rated for claim in claims if not _is_counted(claim)],
                [claim for claims in ahead for claim in claims if claim.status == UNRATED],
            ]
            cards = [Listed(CARD, [claim for claim in group if claim.ref in shown]) for group in groups]
            of_topic = others.get(topic, [])
            yield TopicView(
                topic=views.topic_link(topic),
                id=section_id(topic),
                items=tuple(views.own(item.item) for item in items.get(topic, ())),
                readout=readout,
                before=cards[0],
                before_count=len(groups[0]),
                after=cards[1],
                after_count=len(groups[1]),
                minor=cards[2],
                minor_count=len(groups[2]),
                unratable=cards[3],
                unratable_count=len(groups[3]),
                others=Listed(ROW, of_topic[:in_topic]),
                other_count=len(of_topic),
            )


def _window(views: Views, record: Summit) -> Iterator[tuple[str, DateView]]:
    if record.window:
        dates = (("from", record.window.start), ("interim", record.window.interim), ("final", record.window.final))
        yield from ((label, views.date(date)) for label, date in dates if date)


def _is_counted(claim: LinkedClaim) -> bool:
    return claim.claim.weight == "major"
