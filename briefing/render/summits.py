"""Summit pages and their index."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from briefing.link.differences import Difference
from briefing.link.meetings import is_before_meeting, venue_of
from briefing.link.readouts import readouts_of
from briefing.link.site import LinkedClaim, curated, newest_first
from briefing.model.addresses import page_path
from briefing.model.entity import Place
from briefing.model.summit import Summit
from briefing.read.articles import ArticleFile
from briefing.read.content import CONFIG
from briefing.read.pages import Written
from briefing.render.archive import Part, Periods, archived
from briefing.render.changes import summit_changes
from briefing.render.figures import figures_among
from briefing.render.ledger import tally
from briefing.render.maker import Maker
from briefing.render.page import Context, Page
from briefing.render.readouts import ReadoutView, readout_view, text_views
from briefing.render.timeline import summit_timeline
from briefing.render.tongues import Phrase, english, phrase
from briefing.render.view_maker import Views
from briefing.render.views import SHOWN, ClaimView, DateView, LinkView, trusted

# Of a summit with so many claims that they have pages by year, its own page shows so many of what was expected and of
# what was promised, and of each topic's other claims; and so many articles of one with as many articles.
IN_LEDGER = 30
IN_TOPIC = 12
ARTICLES = 20
# So many of its documents, and of the differences in what is said of it.
DOCUMENTS = 60
DIFFERENCES = 12


@dataclass(frozen=True, slots=True)
class AgendaView:
    """A topic of a summit: what is on its agenda, what each side's text says where there are several, and the newest of
    the other claims, of which there are `count`."""

    topic: LinkView
    items: tuple[Phrase, ...]
    readout: ReadoutView | None
    claims: tuple[ClaimView, ...]
    count: int


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """Claims whose accounts differ, side by side: the values of a measure at a date, or one that disputes another."""

    claims: tuple[ClaimView, ...]
    measure: Phrase | None
    as_of: DateView | None


def summit_pages(maker: Maker, id: str) -> Iterator[Page]:
    """The page of a summit, redirects from its old ids, and its claims and articles by year where they are many."""
    file, path = maker.site.content.summits[id], page_path("summits", id)
    record, differences = file.record, tuple(maker.views.differences.get(id, ()))
    claims = tuple(curated(maker.site.by_summit.get(id, []), record.exclude))
    said = archived(claims, lambda claim: claim.article.record.published.day, f"archive/summits/{id}")
    articles = tuple(_articles(maker, file))
    written = archived(articles, lambda article: article.record.published.day, f"archive/summits/{id}-articles")
    context = partial(_context, maker, file, differences, claims, said.years, articles, written.years)
    day, title, summary = str(record.start.day), maker.views.own(record.title), maker.views.own(record.summary)
    yield maker.page(path, "summit.html", title, context, file.path, file.links, summary, day)
    yield from maker.redirects("summits", record.aliases, path, file.path, title)
    up = LinkView(title, path)
    for part in said.parts:
        of_part = phrase(title, english(f", {part.label}"))
        yield maker.page(
            part.path, "archive.html", of_part, partial(_claims, maker, up, part), file.path, day=part.label
        )
    for of in written.parts:
        of_part = phrase(title, english(f", articles, {of.label}"))
        yield maker.page(of.path, "archive.html", of_part, partial(_texts, maker, up, of), file.path, day=of.label)


def _articles(maker: Maker, file: Written[Summit]) -> Iterator[ArticleFile]:
    """The articles on a meeting, newest first: those that name it, and its documents."""
    naming = list(maker.site.articles_by_summit.get(file.id, ()))
    known = {article.id for article in naming}
    documents = [maker.site.content.articles[id] for id in file.record.documents if id not in known]
    return iter(sorted([*naming, *documents], key=newest_first))


def _claims(maker: Maker, up: LinkView, part: Part[LinkedClaim]) -> Context:
    return {"up": up, "kind": "claims", "claims": maker.views.claims(part.items), "periods": part.periods}


def _texts(maker: Maker, up: LinkView, part: Part[ArticleFile]) -> Context:
    articles = tuple(maker.views.article(file) for file in part.items)
    return {"up": up, "kind": "articles", "articles": articles, "periods": part.periods}


def summit_index(maker: Maker) -> Iterator[Page]:
    """The list of summits."""
    yield maker.page("summits/index.html", "summits.html", english("Summits"), partial(_index, maker), CONFIG)


def _index(maker: Maker) -> Context:
    return {"summits": tuple(maker.views.summit(maker.site.content.summits[id]) for id in maker.site.summits)}


def _came_before(record: Summit, venue: Place | None, claim: LinkedClaim) -> bool:
    """Whether it was said before the meeting. What the meeting's own documents say was not, whatever their date."""
    is_document = claim.article.id in record.documents
    return not is_document and is_before_meeting(claim.article.record.published, record, venue)


def _context(
    maker: Maker,
    file: Written[Summit],
    differences: tuple[Difference, ...],
    claims: tuple[LinkedClaim, ...],
    years: Periods,
    articles: tuple[ArticleFile, ...],
    article_years: Periods,
) -> Context:
    record, views, site = file.record, maker.views, maker.site
    forward = [claim for claim in claims if claim.is_forward]
    # Of a meeting that has not been held everything is expected, and nothing promised there.
    is_held = record.status == "held"
    venue = venue_of(record, site.content.places)
    before = [claim for claim in forward if not is_held or _came_before(record, venue, claim)]
    after = [claim for claim in forward if is_held and not _came_before(record, venue, claim)]
    shown = IN_LEDGER if years else None
    documents = [site.content.articles[id] for id in record.documents]
    others = [article for article in articles if article.id not in record.documents]
    apart = tuple(_differences(maker, differences, record.exclude))
    return {
        "summit": views.summit(file),
        "html": trusted(file.html, maker.config.language),
        "lead": views.claims_by_ref(record.lead),
        "differences": apart[:DIFFERENCES],
        "difference_count": len(apart),
        "before": views.claims(before[:shown]),
        "before_counts": tally(maker, before),
        "after": views.claims(after[:shown]),
        "after_counts": tally(maker, after),
        "agenda": tuple(_agenda(maker, file, claims, IN_TOPIC if years else None)),
        "years": years,
        "figures": figures_among(maker, claims),
        "timeline": summit_timeline(maker, file.id),
        "changes": summit_changes(maker, file.id),
        "documents": tuple(views.article(article) for article in documents[:DOCUMENTS]),
        "document_count": len(documents),
        "articles": tuple(views.article(article) for article in others[: ARTICLES if article_years else None]),
        "article_count": len(others),
        "article_years": article_years,
        "previous": views.summit_link(record.follows) if record.follows else None,
        "next": tuple(views.summit_link(id) for id in site.followed_by.get(file.id, ())),
        "window": tuple(_window(views, record)),
    }


def _differences(maker: Maker, differences: Iterable[Difference], exclude: Iterable[str]) -> Iterator[DifferenceView]:
    views = maker.views
    for difference in differences:
        shown = [ref for ref in difference.claims if ref not in exclude]
        if len(shown) > 1:
            measure = views.own(maker.site.content.measures[difference.measure].label) if difference.measure else None
            as_of = views.date(difference.as_of) if difference.as_of else None
            yield DifferenceView(views.claims_by_ref(shown[:SHOWN]), measure, as_of)


def _agenda(
    maker: Maker, file: Written[Summit], claims: Sequence[LinkedClaim], shown: int | None
) -> Iterator[AgendaView]:
    """The agenda's topics in its order, then the others that claims are about; a claim stands under its first topic."""
    items = {item.topic: item.items for item in file.record.agenda}
    readouts = readouts_of(maker.site, file)
    texts = text_views(maker, readouts) if readouts else ()
    by_topic: dict[str, list[LinkedClaim]] = {}
    for claim in claims:
        if readouts is None or claim.ref not in readouts.refs:
            by_topic.setdefault(claim.claim.topics[0], []).append(claim)
    said = readouts.topics if readouts else {}
    for topic in dict.fromkeys([*items, *maker.config.topics]):
        if topic in items or topic in by_topic or topic in said:
            readout = readout_view(maker, said[topic], texts, shown) if topic in said else None
            of_topic = by_topic.get(topic, [])
            of_agenda = tuple(maker.views.own(item) for item in items.get(topic, ()))
            yield AgendaView(
                maker.views.topic_link(topic), of_agenda, readout, maker.views.claims(of_topic[:shown]), len(of_topic)
            )


def _window(views: Views, record: Summit) -> Iterator[tuple[str, DateView]]:
    if record.window:
        dates = (("from", record.window.start), ("interim", record.window.interim), ("final", record.window.final))
        yield from ((label, views.date(date)) for label, date in dates if date)
