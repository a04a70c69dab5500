"""Summit pages and their index."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from briefing.link.lists import Lists
from briefing.link.scope import Key, Scope
from briefing.link.site import LinkedArticle, curated, headlines, newest_first
from briefing.model.addresses import page_path, page_paths
from briefing.model.frozen import frozen
from briefing.model.summit import Summit
from briefing.pages.archive import archived, part_page, part_title
from briefing.pages.calendars import CALENDAR, calendar_of
from briefing.pages.feeds import feed_of
from briefing.pages.figures import measures_among
from briefing.pages.linked_data import publication_of
from briefing.pages.page import Context, File, Page, Section, redirects
from briefing.pages.previews import drawing_of, preview_of, preview_path, summit_card
from briefing.pages.scores import Counted, board_view, counted
from briefing.pages.structured import of_meeting
from briefing.pages.summit_page import SummitArguments, summit_context
from briefing.read.content import CONFIG
from briefing.views.listed import ARTICLE, ROW
from briefing.views.values import LinkView
from briefing.views.views import Views

# Where its sections stand in the plan, and the addresses that are no record's.
WEIGHT = 20
PATHS = ("summits/index.html",)


def sections(lists: Lists) -> Iterator[Section[Any]]:
    """One for each summit, and one for the list of them."""
    for id in lists.site.summits:
        paths = page_paths("summits", id, lists.site.meetings[id].record.aliases)
        paths = (*paths, preview_path(paths[0]), f"archive/summits/{id}-")
        yield Section(f"summit {id}", summit_pages, partial(summit_arguments, lists, id), paths=paths)
    yield Section("summits", summit_index, partial(summit_index_arguments, lists), paths=PATHS)


@frozen
class SummitIndexArguments:
    """All summits, newest first."""

    summits: Sequence[Counted]
    scope: Scope


def counted_summit(lists: Lists, id: str) -> Counted:
    """A summit with its counts."""
    return counted(lists.site.meetings[id], lists.site.by_summit.get(id, []))


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
        summit=lists.once(counted_summit, id),
        claims=claims,
        lead=[site.claims[ref] for ref in record.lead],
        since=[site.claims[item.now] for topic in record.agenda for item in topic.items if item.now],
        articles=sorted([*naming.values(), *others], key=newest_first),
        documents=documents,
        differences=differences,
        accounts={ref: site.claims[ref] for difference in differences for ref in difference.claims},
        measures=measures,
        of_timeline=headlines(lists.articles_of_summits.get(id, ())),
        next=next,
        topics=topics,
        publication=publication_of(site),
        drawing=drawing_of(site),
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


def summit_pages(given: SummitArguments) -> Iterator[Page | File]:
    """The page of a summit, redirects from its old ids, and its claims and articles by year where they are many."""
    summit, views = given.summit.summit, Views(given.scope)
    record, id, source = summit.record, summit.id, summit.path
    path, title = page_path("summits", id), views.own(record.title)
    said = archived(tuple(given.claims), lambda claim: claim.article.published.day, f"archive/summits/{id}", views)
    written = archived(tuple(given.articles), lambda of: of.published.day, f"archive/summits/{id}-articles", views)
    context = partial(summit_context, given, said.years, written.years)
    summary, files = views.own(record.summary), (feed_of("summit", id), calendar_of(id))
    links, drawing = summit.file.links, given.drawing
    preview = preview_of(path, summit_card(summit, given.claims, drawing.site), drawing) if drawing else None
    image = preview.path if preview else None
    structured = partial(of_meeting, summit, given.publication, image) if given.publication.base else None
    yield Page(
        path, "summit.html", title, context, source, links, summary, files=files, structured=structured, image=image
    )
    if preview:
        yield preview.file(source)
    yield from redirects("summits", record.aliases, path, source, title)
    up = LinkView(title, path)
    for part in said.parts:
        yield part_page(part, part_title(title, part, views), up, "claims", ROW, source)
    for of in written.parts:
        yield part_page(
            of, part_title(views.say("archive.articles", title=title), of, views), up, "articles", ARTICLE, source
        )


def summit_index_arguments(lists: Lists) -> SummitIndexArguments:
    """All summits, newest first."""
    summits = [lists.once(counted_summit, id) for id in lists.site.summits]
    return SummitIndexArguments(summits, lists.site.scope(()))


def summit_index(given: SummitIndexArguments) -> Iterator[Page]:
    """The list of summits."""
    title = Views(given.scope).say("nav.summits")
    context, files = partial(_index_context, given.summits), (CALENDAR,) if given.summits else ()
    yield Page("summits/index.html", "summits.html", title, context, CONFIG, files=files)


def _index_context(summits: Sequence[Counted]) -> Context:
    return {"summits": tuple(board_view(of) for of in summits)}
