"""Summit pages and their index."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from briefing.link.changes import changes_of
from briefing.link.differences import Difference
from briefing.link.lists import Lists
from briefing.link.meetings import is_before_meeting
from briefing.link.readouts import readouts_of
from briefing.link.scope import Key, Scope
from briefing.link.site import Headline, LinkedArticle, LinkedClaim, LinkedSummit, curated, headlines, newest_first
from briefing.link.timeline import events_of
from briefing.model.addresses import page_path
from briefing.model.summit import Summit
from briefing.pages.archive import Periods, archived, part_page
from briefing.pages.changes import slice_of
from briefing.pages.figures import figures_among, measures_among
from briefing.pages.ledger import tally
from briefing.pages.page import Context, Page, Section, redirects
from briefing.pages.timeline import summit_slice
from briefing.read.content import CONFIG
from briefing.views.listed import ACCOUNT, ARTICLE, CARD, ROW, Listed
from briefing.views.phrases import Phrase, english, phrase
from briefing.views.readouts import ReadoutView, readout_view, text_views
from briefing.views.summits import summit_view, venue_of
from briefing.views.values import DateView, LinkView, trusted
from briefing.views.views import Views

# Of a summit with so many claims that they have pages by year, its own page shows so many of what was expected and of
# what was promised, and of each topic's other claims; and so many articles of one with as many articles.
IN_LEDGER = 30
IN_TOPIC = 12
ARTICLES = 20
# So many of its documents, and of the differences in what is said of it, each with so many claims.
DOCUMENTS = 60
DIFFERENCES = 12
ACCOUNTS = 12


# Where its sections stand in the plan, and the addresses that are no record's.
WEIGHT = 20
PATHS = ("summits/index.html",)


def sections(lists: Lists) -> Iterator[Section[Any]]:
    """One for each summit, and one for the list of them."""
    for id in lists.site.summits:
        yield Section(f"summit {id}", summit_pages, partial(summit_arguments, lists, id))
    yield Section("summits", summit_index, partial(summit_index_arguments, lists))


class Counted(NamedTuple):
    """A summit with how many claims it has, and how many of them are open."""

    summit: LinkedSummit
    claims: int
    open: int


@dataclass(frozen=True, slots=True)
class AgendaView:
    """A topic of a summit: what is on its agenda, what each side's text says where there are several, and the newest of
    the other claims, of which there are `count`."""

    topic: LinkView
    items: tuple[Phrase, ...]
    readout: ReadoutView | None
    claims: Listed
    count: int


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """Claims whose accounts differ, side by side: the values of a measure at a date, or one that disputes another."""

    claims: Listed
    measure: Phrase | None
    as_of: DateView | None


@dataclass(frozen=True, slots=True)
class SummitArguments:
    """A summit with its claims, without those kept off its page, and its articles, both newest first.

    Those `naming` it say so themselves, those `changed` have a claim on it as well. `accounts` are the claims that
    `differences` names, `topics` those of the site in their order.
    """

    summit: Counted
    claims: Sequence[LinkedClaim]
    lead: Sequence[LinkedClaim]
    articles: Sequence[LinkedArticle]
    naming: Sequence[Headline]
    documents: Sequence[LinkedArticle]
    differences: Sequence[Difference]
    accounts: Mapping[str, LinkedClaim]
    measures: Sequence[str]
    changed: Sequence[Headline]
    next: Sequence[str]
    topics: Sequence[str]
    scope: Scope


def counted(lists: Lists, id: str) -> Counted:
    """A summit with its counts."""
    claims = lists.site.by_summit.get(id, [])
    return Counted(lists.site.meetings[id], len(claims), sum(linked.is_open for linked in claims))


def summit_arguments(lists: Lists, id: str) -> SummitArguments:
    """What the page of a summit is made from."""
    site, summit = lists.site, lists.site.meetings[id]
    record = summit.record
    claims = curated(site.by_summit.get(id, []), record.exclude)
    documents = [site.article(document) for document in record.documents]
    naming = {article.id: article for article in site.articles_by_summit.get(id, ())}
    others = [article for article in documents if article.id not in naming]
    differences = lists.differences.get(id, ())
    measures = measures_among(lists, claims)
    apart = [difference.measure for difference in differences if difference.measure]
    next = site.followed_by.get(id, [])
    topics = tuple(site.config.topics)
    return SummitArguments(
        summit=counted(lists, id),
        claims=claims,
        lead=[site.claims[ref] for ref in record.lead],
        articles=sorted([*naming.values(), *others], key=newest_first),
        naming=headlines(naming.values()),
        documents=documents,
        differences=differences,
        accounts={ref: site.claims[ref] for difference in differences for ref in difference.claims},
        measures=measures,
        changed=headlines(lists.articles_of_summits.get(id, ())),
        next=next,
        topics=topics,
        scope=site.scope(_keys(record, [*measures, *apart], next, topics, documents)),
    )


def _keys(
    record: Summit,
    measures: Sequence[str],
    next: Sequence[str],
    topics: Sequence[str],
    documents: Sequence[LinkedArticle],
) -> Iterator[Key]:
    yield from (("measure", id) for id in measures)
    yield from (("summit", id) for id in (*next, record.follows) if id)
    yield from (("topic", id) for id in topics)
    yield from (("entity", side) for article in documents for side in article.record.issued_by)


def summit_pages(given: SummitArguments) -> Iterator[Page]:
    """The page of a summit, redirects from its old ids, and its claims and articles by year where they are many."""
    summit, views = given.summit.summit, Views(given.scope)
    record, id, source = summit.record, summit.id, summit.path
    path, title = page_path("summits", id), views.own(record.title)
    said = archived(tuple(given.claims), lambda claim: claim.article.published.day, f"archive/summits/{id}")
    written = archived(tuple(given.articles), lambda of: of.published.day, f"archive/summits/{id}-articles")
    context = partial(_context, given, said.years, written.years)
    yield Page(path, "summit.html", title, context, source, summit.file.links, views.own(record.summary))
    yield from redirects("summits", record.aliases, path, source, title)
    up = LinkView(title, path)
    for part in said.parts:
        yield part_page(part, phrase(title, english(f", {part.label}")), up, "claims", ROW, source)
    for of in written.parts:
        yield part_page(of, phrase(title, english(f", articles, {of.label}")), up, "articles", ARTICLE, source)


def _context(given: SummitArguments, years: Periods, article_years: Periods) -> Context:
    views = Views(given.scope)
    return {
        **_head(given, views),
        **_claims(given, IN_LEDGER if years else None, IN_TOPIC if years else None, views),
        **_articles(given, ARTICLES if article_years else None),
        "years": years,
        "article_years": article_years,
    }


def _head(given: SummitArguments, views: Views) -> Context:
    summit, record = given.summit.summit, given.summit.summit.record
    return {
        "summit": summit_view(*given.summit),
        "html": trusted(summit.file.html, views.language),
        "lead": Listed(ROW, given.lead),
        "window": tuple(_window(views, record)),
        "previous": views.summit_link(record.follows) if record.follows else None,
        "next": tuple(views.summit_link(id) for id in given.next),
        "timeline": summit_slice(summit, events_of(given.naming, given.claims, [summit]), views),
        "changes": slice_of(changes_of(given.claims, given.changed), "summit", summit.id, views),
        "figures": figures_among(given.claims, given.measures, views),
    }


def _claims(given: SummitArguments, in_ledger: int | None, in_topic: int | None, views: Views) -> Context:
    record = given.summit.summit.record
    forward = [claim for claim in given.claims if claim.is_forward]
    # Of a meeting that has not been held everything is expected, and nothing promised there.
    is_held = record.status == "held"
    came_before = {claim.ref for claim in forward if not is_held or _came_before(given.summit.summit, claim)}
    before = [claim for claim in forward if claim.ref in came_before]
    after = [claim for claim in forward if claim.ref not in came_before]
    apart = tuple(_differences(given, views))
    return {
        "differences": apart[:DIFFERENCES],
        "difference_count": len(apart),
        "known": any(claim.status != "pending" for claim in before[:in_ledger]),
        "before": Listed(CARD, before[:in_ledger]),
        "before_counts": tally(before),
        "after": Listed(CARD, after[:in_ledger]),
        "after_counts": tally(after),
        "agenda": tuple(_agenda(given, in_topic, views)),
    }


def _articles(given: SummitArguments, shown: int | None) -> Context:
    documents = {article.id for article in given.documents}
    others = [article for article in given.articles if article.id not in documents]
    return {
        "documents": Listed(ARTICLE, given.documents[:DOCUMENTS]),
        "document_count": len(given.documents),
        "articles": Listed(ARTICLE, others[:shown]),
        "article_count": len(others),
    }


def _came_before(summit: LinkedSummit, claim: LinkedClaim) -> bool:
    """Whether it was said before the meeting. What the meeting's own documents say was not, whatever their date."""
    is_document = claim.article.id in summit.record.documents
    venue = venue_of(summit.record, summit.scope)
    return not is_document and is_before_meeting(claim.article.published, summit.record, venue)


def _differences(given: SummitArguments, views: Views) -> Iterator[DifferenceView]:
    exclude = given.summit.summit.record.exclude
    for difference in given.differences:
        shown = [given.accounts[ref] for ref in difference.claims if ref not in exclude]
        if len(shown) > 1:
            measure = views.own(views.scope.measure(difference.measure).label) if difference.measure else None
            as_of = views.date(difference.as_of) if difference.as_of else None
            yield DifferenceView(Listed(ACCOUNT, shown[:ACCOUNTS]), measure, as_of)


def _agenda(given: SummitArguments, shown: int | None, views: Views) -> Iterator[AgendaView]:
    """The agenda's topics in its order, then the others that claims are about; a claim stands under its first topic."""
    items = {item.topic: item.items for item in given.summit.summit.record.agenda}
    readouts = readouts_of(given.documents, given.claims)
    texts = text_views(readouts, views) if readouts else ()
    by_topic: dict[str, list[LinkedClaim]] = {}
    for claim in given.claims:
        if readouts is None or claim.ref not in readouts.refs:
            by_topic.setdefault(claim.claim.topics[0], []).append(claim)
    said = readouts.topics if readouts else {}
    for topic in dict.fromkeys([*items, *given.topics]):
        if topic in items or topic in by_topic or topic in said:
            readout = readout_view(said[topic], texts, shown) if topic in said else None
            of_topic = by_topic.get(topic, [])
            of_agenda = tuple(views.own(item.item) for item in items.get(topic, ()))
            rows = Listed(ROW, of_topic[:shown])
            yield AgendaView(views.topic_link(topic), of_agenda, readout, rows, len(of_topic))


def _window(views: Views, record: Summit) -> Iterator[tuple[str, DateView]]:
    if record.window:
        dates = (("from", record.window.start), ("interim", record.window.interim), ("final", record.window.final))
        yield from ((label, views.date(date)) for label, date in dates if date)


def summit_index_arguments(lists: Lists) -> list[Counted]:
    """All summits, newest first."""
    return [counted(lists, id) for id in lists.site.summits]


def summit_index(summits: list[Counted]) -> Iterator[Page]:
    """The list of summits."""
    yield Page("summits/index.html", "summits.html", english("Summits"), partial(_index_context, summits), CONFIG)


def _index_context(summits: list[Counted]) -> Context:
    return {"summits": tuple(summit_view(*of) for of in summits)}
