"""Topic pages: the topic across all summits."""

from collections.abc import Iterator, Sequence, Set
from functools import partial
from typing import Any

from briefing.link.changes import changes_of
from briefing.link.ledger import entries_of, open_first
from briefing.link.lists import Lists
from briefing.link.scope import Scope
from briefing.link.site import Headline, LinkedClaim, LinkedSummit, curated, headlines
from briefing.link.timeline import timeline_of
from briefing.model.addresses import page_path, page_paths
from briefing.model.frozen import frozen
from briefing.model.topic import Topic
from briefing.pages.archive import NEWEST, Periods, archived, part_page, part_title
from briefing.pages.feeds import feed_of
from briefing.pages.figures import figures_among, measures_among
from briefing.pages.ledger import tally
from briefing.pages.page import Context, File, Page, Section, redirects
from briefing.pages.previews import Drawing, drawing_of, preview_of, preview_path, topic_card
from briefing.pages.scores import PartView, parts_of
from briefing.pages.timeline import latest, timeline_link
from briefing.read.content import CONFIG
from briefing.read.pages import PageFile
from briefing.views.listed import LEDGER_ROW, ROW, Listed
from briefing.views.summits import summit_link
from briefing.views.values import LinkView, trusted
from briefing.views.views import Views

# Where its sections stand in the plan, and the addresses that are no record's.
WEIGHT = 30
PATHS = ("archive/",)


def sections(lists: Lists) -> Iterator[Section[Any]]:
    """One for each topic."""
    files = lists.site.content.topics
    for id in lists.site.config.topics:
        former = files[id].record.aliases if id in files else ()
        paths = page_paths("topics", id, former)
        paths = (*paths, preview_path(paths[0]), f"archive/{id}-")
        yield Section(f"topic {id}", topic_pages, partial(topic_arguments, lists, id), paths=paths)


# So many open claims come first: those that are the next to be due.
DUE = 6


@frozen
class OpenMeetingView:
    """The open claims of a meeting, or of none: how they stand, those not shown above, and how many there are."""

    meeting: LinkView | None
    bar: tuple[PartView, ...]
    claims: Listed
    count: int


@frozen
class TopicArguments:
    """A topic, its file if there is one, its claims without those kept off the page, and the articles and meetings that
    have any on it."""

    id: str
    file: PageFile[Topic] | None
    claims: Sequence[LinkedClaim]
    lead: Sequence[LinkedClaim]
    measures: Sequence[str]
    articles: Sequence[Headline]
    meetings: Sequence[LinkedSummit]
    drawing: Drawing | None
    scope: Scope


def topic_arguments(lists: Lists, id: str) -> TopicArguments:
    """What the page of a topic is made from."""
    site = lists.site
    file = site.content.topics.get(id)
    record = file.record if file else Topic()
    claims = curated(site.by_topic.get(id, []), record.exclude)
    measures = measures_among(lists, claims)
    return TopicArguments(
        id=id,
        file=file,
        claims=claims,
        lead=[site.claims[ref] for ref in record.lead],
        measures=measures,
        articles=headlines(lists.articles_by_topic.get(id, ())),
        meetings=lists.summits_by_topic.get(id, ()),
        drawing=drawing_of(site),
        scope=site.scope([("topic", id), *(("measure", measure) for measure in measures)]),
    )


def topic_pages(given: TopicArguments) -> Iterator[Page | File]:
    """The page of a topic, and its older claims by year."""
    file, id, views = given.file, given.id, Views(given.scope)
    record = file.record if file else Topic()
    path, source = page_path("topics", id), file.path if file else CONFIG
    title = views.own(record.title) if record.title else views.topic_link(id).title
    archive = archived(tuple(given.claims), lambda claim: claim.article.published.day, f"archive/{id}", views)
    context = partial(_context, given, archive.newest, archive.years)
    links, summary = file.links if file else (), views.own(record.summary)
    drawing, files = given.drawing, (feed_of("topic", id),)
    preview = preview_of(path, topic_card(title, given.claims, drawing.site, views), drawing) if drawing else None
    image = preview.path if preview else None
    yield Page(path, "topic.html", title, context, source, links, summary, files=files, image=image)
    if preview:
        yield preview.file(source)
    yield from redirects("topics", record.aliases, path, source, title)
    for part in archive.parts:
        of_part = part_title(title, part, views)
        yield part_page(part, of_part, LinkView(title, path), "claims", ROW, source)


def _context(given: TopicArguments, newest: tuple[LinkedClaim, ...], years: Periods) -> Context:
    file, views, claims = given.file, Views(given.scope), given.claims
    record = file.record if file else Topic()
    entries = open_first(entries_of(claims))
    due = [entry.linked for entry in entries if entry.claim.due][:DUE]
    open_claims = [entry.linked for entry in entries][:NEWEST]
    shown = {claim.ref for claim in (*due, *open_claims)}
    timeline = timeline_link("topic", given.id, timeline_of(given.articles, claims, given.meetings), views)
    return {
        "summary": views.own(record.summary),
        "synonyms": tuple(views.own(synonym) for synonym in record.synonyms),
        "html": trusted(file.html if file else "", views.language, views.wording),
        "lead": Listed(ROW, given.lead),
        "counts": tally(claims),
        "due": Listed(LEDGER_ROW, due),
        "open": tuple(_by_meeting(open_claims, {claim.ref for claim in due}, given.meetings)),
        "open_count": len(entries),
        "open_shown": len(open_claims),
        "claims": Listed(ROW, [claim for claim in newest if claim.ref not in shown]),
        "other_count": sum(claim.ref not in shown for claim in claims),
        "count": len(claims),
        "figures": figures_among(claims, given.measures, views),
        "changes": latest(changes_of(claims, given.articles), timeline, views),
        "years": years,
    }


def _by_meeting(
    claims: Sequence[LinkedClaim], left_out: Set[str], meetings: Sequence[LinkedSummit]
) -> Iterator[OpenMeetingView]:
    """Open claims by the meetings that they belong to, the newest meeting first, then those of none; without those that
    stand above."""
    found: dict[str | None, list[LinkedClaim]] = {}
    for claim in claims:
        found.setdefault(claim.summit, []).append(claim)
    by_id = {meeting.id: meeting for meeting in meetings}
    for id in (*by_id, None):
        of_meeting = found.get(id, [])
        shown = [claim for claim in of_meeting if claim.ref not in left_out]
        if shown:
            meeting = summit_link(by_id[id]) if id else None
            yield OpenMeetingView(meeting, parts_of(tally(of_meeting)), Listed(ROW, shown), len(of_meeting))
