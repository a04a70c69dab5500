"""Search: the page, the table of the index, and the names of pages that it finds besides claims."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from briefing.link.ledger import ORDER
from briefing.link.lists import Lists
from briefing.link.scope import Scope
from briefing.machines.search import FOLDER, script
from briefing.machines.terms import LETTERS
from briefing.model.digests import digest, digest_of, joined
from briefing.model.frozen import frozen
from briefing.model.registries import ENTITIES
from briefing.pages.page import Context, File, Page, Section
from briefing.pages.search_names import files_of, names, names_files
from briefing.pages.search_segments import Cuts, Period, SegmentArguments, cuts_of, periods, segment_files
from briefing.read.articles import ArticleFile
from briefing.read.content import CONFIG
from briefing.views.phrases import Phrase, unmarked
from briefing.views.views import Views

# Where its sections stand in the plan, and the addresses that are no record's.
WEIGHT = 130
PATH = "search.html"
PATHS = (PATH, FOLDER)


def sections(lists: Lists) -> Iterator[Section[Any]]:
    """One for the page, one for the names of pages, one for the table of segments, and one for each segment."""
    yield Section("search", search_page, partial(_page_arguments, lists))
    yield Section("search names", names_files, partial(names, lists))
    cut = _Cut(periods(lists))
    yield Section("search table", table_file, partial(_table, lists, cut))
    for period, files in cut.periods.items():
        yield Section(f"search {period}", segment_files, partial(_segment, lists, cut, period, files))


class _Cut:
    """How segments are cut, by the times they are of, each found once: for the table and for the segment itself."""

    def __init__(self, found: Mapping[Period, Sequence[ArticleFile]]) -> None:
        self.periods = found
        self._cuts: dict[Period, Cuts] = {}

    def of(self, period: Period) -> Cuts:
        if period not in self._cuts:
            self._cuts[period] = cuts_of(self.periods[period])
        return self._cuts[period]


def _segment(lists: Lists, cut: _Cut, period: Period, files: Sequence[ArticleFile]) -> SegmentArguments:
    return SegmentArguments(period, [lists.site.article(file.id) for file in files], cut.of(period))


@frozen
class ChoiceView:
    """What the claims that are found can be narrowed down by: `status`, `topic`, `summit` or `year`, with its values
    and what these are called."""

    name: str
    options: tuple[tuple[str, Phrase], ...]


@frozen
class SearchArguments:
    """How many claims there are; the statuses, topics, meetings and years that they have."""

    count: int
    statuses: tuple[str, ...]
    topics: tuple[str, ...]
    summits: tuple[str, ...]
    years: tuple[str, ...]
    scope: Scope


def _page_arguments(lists: Lists) -> SearchArguments:
    site = lists.site
    claims = site.claims.values()
    found = {claim.status for claim in claims if claim.status}
    statuses = (*(status for status in ORDER if status in found), *sorted(found.difference(ORDER)))
    topics = tuple(id for id in site.config.topics if id in site.by_topic)
    summits = tuple(id for id in site.summits if id in site.by_summit)
    years = [f"{year:04}" for year in sorted({claim.published.year for claim in claims}, reverse=True)]
    scope = site.scope([*(("topic", id) for id in topics), *(("summit", id) for id in summits)])
    return SearchArguments(len(claims), statuses, topics, summits, tuple(years), scope)


def search_page(given: SearchArguments) -> Iterator[Page]:
    """The page that searches."""
    say = Views(given.scope).say
    yield Page(PATH, "search.html", say("search.title"), partial(_context, given), CONFIG, (), say("search.lede"))


def _context(given: SearchArguments) -> Context:
    views = Views(given.scope)
    choices = (
        ChoiceView("status", tuple((id, views.say(f"status.{id}")) for id in given.statuses)),
        ChoiceView("topic", tuple((id, views.topic_link(id).title) for id in given.topics)),
        ChoiceView("summit", tuple((id, views.summit_link(id).title) for id in given.summits)),
        ChoiceView("year", tuple((year, unmarked(year)) for year in given.years)),
    )
    return {"count": given.count, "choices": choices, "statuses": given.statuses}


class SegmentRow(NamedTuple):
    """A segment as the table has it: the time it is of, what tells it from what it was before, and how it is cut."""

    period: str
    version: str
    shards: int
    parts: tuple[int, ...]


@frozen
class TableArguments:
    """The language of what the desk writes, the version of the names of pages and the number of their files, and the
    segments."""

    language: str
    names: tuple[str, int]
    segments: Sequence[SegmentRow]


def _table(lists: Lists, cut: _Cut) -> TableArguments:
    rows, content = [], lists.site.content
    # All that the index has of other records: a version that is another where nothing shows it does no harm.
    titles = [(id, file.record.title) for id, file in content.summits.items()]
    named = digest_of([lists.site.config, titles, *(getattr(content, kind) for kind in ENTITIES)])
    for period, files in cut.periods.items():
        version = joined([named, *(file.said for file in files)]).hex()[:8]
        rows.append(SegmentRow(period, version, *cut.of(period)))
    pages = names(lists)
    return TableArguments(lists.site.config.language, (digest(pages).hex()[:8], files_of(pages)), rows)


def table_file(given: TableArguments) -> Iterator[File]:
    """The table of segments."""
    yield File(f"{FOLDER}table.js", partial(_table_data, given), CONFIG)


def _table_data(given: TableArguments) -> bytes:
    return script("table", [LETTERS, given.language, given.names, *given.segments])
