"""Summit pages and their index."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from briefing.link.site import LinkedClaim, curated
from briefing.model.addresses import page_path
from briefing.model.claim import STATUSES
from briefing.model.summit import Summit
from briefing.read.content import CONFIG, Written
from briefing.render.page import Context, Maker, Page
from briefing.render.views import ClaimView, DateView, LinkView, Views, trusted


@dataclass(frozen=True, slots=True)
class AgendaView:
    """A topic of a summit: what is on its agenda, and its claims."""

    topic: LinkView
    items: tuple[str, ...]
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims stand at each status, in the vocabulary's order, and how many there are."""

    statuses: tuple[tuple[str, int], ...]
    total: int


def summit_pages(maker: Maker) -> Iterator[Page]:
    """A page for each summit, redirects from its old ids, and the list of summits."""
    for id in maker.site.summits:
        file, path = maker.site.content.summits[id], page_path("summits", id)
        record, context = file.record, partial(_context, maker, file)
        yield maker.page(path, "summit.html", record.title, context, file.path, file.links, record.summary)
        yield from maker.redirects("summits", record.aliases, path, file.path, record.title)
    yield maker.page(
        "summits/index.html",
        "summits.html",
        "Summits",
        lambda: {"summits": tuple(maker.views.summit(maker.site.content.summits[id]) for id in maker.site.summits)},
        CONFIG,
    )


def _context(maker: Maker, file: Written[Summit]) -> Context:
    record, views, site = file.record, maker.views, maker.site
    claims = curated(site.by_summit.get(file.id, []), record.exclude)
    forward = [claim for claim in claims if claim.claim.is_forward]
    before = [claim for claim in forward if claim.published <= record.start.day.latest]
    after = [claim for claim in forward if claim.published > record.start.day.latest]
    documents = [site.content.articles[id] for id in record.documents]
    others = [article for article in site.articles_on(file.id) if article.id not in record.documents]
    return {
        "summit": views.summit(file),
        "html": trusted(file.html),
        "lead": views.claims_by_ref(record.lead),
        "before": views.claims(before),
        "before_counts": _tally(before),
        "after": views.claims(after),
        "after_counts": _tally(after),
        "agenda": tuple(_agenda(maker, record, claims)),
        "documents": tuple(views.article(article) for article in documents),
        "articles": tuple(views.article(article) for article in others),
        "previous": views.summit_link(record.follows) if record.follows else None,
        "next": tuple(views.summit_link(id) for id in site.followed_by.get(file.id, ())),
        "window": tuple(_window(views, record)),
    }


def _agenda(maker: Maker, record: Summit, claims: Sequence[LinkedClaim]) -> Iterator[AgendaView]:
    """The agenda's topics in its order, then the others that claims are about; a claim stands under its first topic."""
    items = {item.topic: item.items for item in record.agenda}
    by_topic: dict[str, list[LinkedClaim]] = {}
    for claim in claims:
        by_topic.setdefault(claim.claim.topics[0], []).append(claim)
    for topic in dict.fromkeys([*items, *maker.config.topics]):
        if topic in items or topic in by_topic:
            of_topic = maker.views.claims(by_topic.get(topic, ()))
            yield AgendaView(maker.views.topic_link(topic), items.get(topic, ()), of_topic)


def _window(views: Views, record: Summit) -> Iterator[tuple[str, DateView]]:
    if record.window:
        dates = (("from", record.window.start), ("interim", record.window.interim), ("final", record.window.final))
        yield from ((label, views.date(date)) for label, date in dates if date)


def _tally(claims: Sequence[LinkedClaim]) -> Tally:
    counts = Counter(claim.claim.status for claim in claims)
    statuses = tuple((status, counts[status]) for status in STATUSES["expectation"] if counts[status])
    return Tally(statuses, len(claims))
