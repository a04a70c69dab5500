"""Search: the page, and the index of all claims, in segments of articles that were published at one time.

An edit makes the index of its segment again, and the table of all segments. Old segments stay as they are, in the
caches of readers too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import accumulate, chain
from typing import Any, NamedTuple

from briefing.link.ledger import ORDER
from briefing.link.lists import Lists
from briefing.link.scope import Key, Scope
from briefing.link.site import LinkedArticle, LinkedClaim
from briefing.machines.search import PART, SHARD, ArticleEntry, ClaimEntry, Segment, script, weight
from briefing.model.addresses import page_path
from briefing.model.digests import digest_of, joined
from briefing.model.entity import Entity
from briefing.model.registries import ENTITIES
from briefing.pages.page import Context, File, Page, Section
from briefing.read.articles import ArticleFile
from briefing.read.content import CONFIG
from briefing.views.claims import claim_view
from briefing.views.phrases import Phrase, plain, unmarked
from briefing.views.views import Views

# Where its sections stand in the plan, and the addresses that are no record's.
WEIGHT = 130
PATH = "search.html"
FOLDER = "search/"
PATHS = (PATH, FOLDER)
# A segment has the claims of all years, of a year, of a month or of a day, the longest time that has not more of them.
MOST_CLAIMS = 1000
_PRECISIONS = (0, 4, 7, 10)
# What is shown or found of a claim besides texts: names, days, marks.
_BESIDE = 80


def sections(lists: Lists) -> Iterator[Section[Any]]:
    """One for the page, one for the table of segments, and one for each segment."""
    yield Section("search", search_page, partial(_page_arguments, lists))
    periods = _periods(lists)
    cuts = _CutsOf(periods)
    yield Section("search table", table_file, partial(_table, lists, periods, cuts))
    for period, files in periods.items():
        yield Section(f"search {period}", segment_files, partial(_segment, lists, period, files, cuts))


def _periods(lists: Lists) -> Mapping[str, list[ArticleFile]]:
    """The articles with claims by the time they are of, the newest first."""
    return dict(_cut([file for file in lists.site.files if file.claims], "all", 0))


def _cut(files: list[ArticleFile], period: str, level: int) -> Iterator[tuple[str, list[ArticleFile]]]:
    if sum(len(file.claims) for file in files) <= MOST_CLAIMS or level + 1 == len(_PRECISIONS):
        if files:
            yield period, files
        return
    parts: dict[str, list[ArticleFile]] = {}
    for file in files:
        day = file.record.published.day.earliest.isoformat()
        parts.setdefault(day[: _PRECISIONS[level + 1]], []).append(file)
    for name, part in parts.items():
        yield from _cut(part, name, level + 1)


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """What the claims that are found can be narrowed down by: `status`, `topic`, `summit` or `year`, with its values
    and what these are called."""

    name: str
    options: tuple[tuple[str, Phrase], ...]


@dataclass(frozen=True, slots=True)
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


class Cuts(NamedTuple):
    """The number of shards of a segment, and the number of claims in each of its parts."""

    shards: int
    parts: tuple[int, ...]


class SegmentRow(NamedTuple):
    """A segment as the table has it: the time it is of, what tells it from what it was before, and how it is cut."""

    period: str
    version: str
    shards: int
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TableArguments:
    """The segments, and the language of what the desk writes."""

    language: str
    segments: Sequence[SegmentRow]


def _table(lists: Lists, periods: Mapping[str, Sequence[ArticleFile]], cuts: Mapping[str, Cuts]) -> TableArguments:
    rows, content = [], lists.site.content
    # All that the index has of other records: a version that is another where nothing shows it does no harm.
    titles = [(id, file.record.title) for id, file in content.summits.items()]
    named = digest_of([lists.site.config, titles, *(getattr(content, kind) for kind in ENTITIES)])
    for period, files in periods.items():
        version = joined([named, *(file.said for file in files)]).hex()[:8]
        rows.append(SegmentRow(period, version, *cuts[period]))
    return TableArguments(lists.site.config.language, rows)


class _CutsOf(dict[str, Cuts]):
    """How segments are cut, by the times they are of, each found once: for the table and for the segment itself."""

    def __init__(self, periods: Mapping[str, Sequence[ArticleFile]]) -> None:
        self._periods = periods

    def __missing__(self, period: str) -> Cuts:
        self[period] = found = _cuts(self._periods[period])
        return found


def _cuts(files: Sequence[ArticleFile]) -> Cuts:
    """How a segment is cut, by the weight of its texts."""
    parts, size, whole = [0], 0, 0
    for count, one in chain.from_iterable(map(_weights, files)):
        whole += one
        size += one
        if size > PART and parts[-1]:
            parts.append(0)
            size = one
        parts[-1] += count
    return Cuts(1 + whole // SHARD, tuple(parts))


def _weights(file: ArticleFile) -> Iterable[tuple[int, int]]:
    """How many claims there are in an article and what they weigh; where that is much, one by one."""
    title = file.record.title
    texts = [f"{title}{one.words}{one.claim.text}" for one in file.claims]
    whole = weight("".join(texts)) + _BESIDE * len(texts)
    return [(len(texts), whole)] if whole < PART // 4 else [(1, weight(text) + _BESIDE) for text in texts]


def table_file(given: TableArguments) -> Iterator[File]:
    """The table of segments."""
    yield File(f"{FOLDER}table.js", partial(_table_data, given), CONFIG)


def _table_data(given: TableArguments) -> bytes:
    return script("table", [given.language, *given.segments])


@dataclass(frozen=True, slots=True)
class SegmentArguments:
    """The articles of a segment, with how it is cut."""

    period: str
    articles: Sequence[LinkedArticle]
    cuts: Cuts


def _segment(lists: Lists, period: str, files: Sequence[ArticleFile], cuts: Mapping[str, Cuts]) -> SegmentArguments:
    return SegmentArguments(period, [lists.site.article(file.id) for file in files], cuts[period])


def segment_files(given: SegmentArguments) -> Iterator[File]:
    """The shards and the parts of a segment."""
    segment = _Indexed(given.articles, given.cuts.shards)
    shards, parts = given.cuts
    for number in range(shards):
        name = f"{given.period}-t{number}"
        yield File(f"{FOLDER}{name}.js", partial(_shard_data, segment, name, number), CONFIG)
    for number, (end, size) in enumerate(zip(accumulate(parts), parts, strict=True)):
        name = f"{given.period}-c{number}"
        yield File(f"{FOLDER}{name}.js", partial(_part_data, segment, name, end - size, end), CONFIG)


def _shard_data(segment: "_Indexed", name: str, number: int) -> bytes:
    return script(name, segment.made.shard(number))


def _part_data(segment: "_Indexed", name: str, start: int, end: int) -> bytes:
    return script(name, segment.made.part(start, end))


class _Indexed:
    """The articles of a segment and the index of their claims, which is made once for all its files.

    The `digest` differs where anything does that these show: not where claims only grow older.
    """

    def __init__(self, articles: Sequence[LinkedArticle], shards: int) -> None:
        self._articles, self._shards = articles, shards

    @cached_property
    def digest(self) -> bytes:
        return joined([b"%d" % self._shards, *(one for article in self._articles for one in _seen(article))])

    @cached_property
    def made(self) -> Segment:
        return Segment([_entry(article) for article in self._articles], self._shards)


def _seen(article: LinkedArticle) -> Iterator[bytes]:
    yield article.headline.digest
    scope = article.headline.scope
    for linked in article.claims:
        yield linked.anchored.digest
        yield from scope.digests(_named(linked))


def _named(linked: LinkedClaim) -> Iterator[Key]:
    """The records that an entry of the index names."""
    yield from (("topic", id) for id in linked.claim.topics)
    yield from (("entity", voice.by) for voice in linked.claim.attribution if voice.by)
    yield from (("entity", id) for id in linked.claim.about)
    if linked.summit:
        yield "summit", linked.summit


def _entry(article: LinkedArticle) -> ArticleEntry:
    record, views = article.record, Views(article.headline.scope)
    day = views.date(record.published)
    return ArticleEntry(
        page_path("articles", article.id),
        record.title,
        plain(views.source_name(record.source)),
        day.iso,
        plain(day.short),
        views.language_of(record),
        tuple(_claims(article.claims)),
    )


def _claims(claims: Iterable[LinkedClaim]) -> Iterator[ClaimEntry]:
    for linked in claims:
        claim, views = linked.claim, Views(linked.scope)
        topics = tuple(dict.fromkeys(claim.topics))
        named = [*([claim.label] if claim.label else []), *(views.scope.topic(id) for id in topics)]
        for id in dict.fromkeys([*(voice.by for voice in claim.attribution if voice.by), *claim.about]):
            named += _names(views.scope.find(id))
        marks = [*(f"#topic-{id}" for id in topics), f"#year-{linked.published.year:04}"]
        if linked.status:
            named.append(plain(views.say(f"status.{linked.status}")))
            marks.append(f"#status-{linked.status}")
        if linked.summit:
            named.append(views.scope.summit(linked.summit).title)
            marks.append(f"#summit-{linked.summit}")
        yield ClaimEntry(
            linked.anchored.id,
            claim.text,
            linked.anchored.words,
            plain(claim_view(linked).who),
            linked.status,
            " ".join(named),
            tuple(marks),
        )


def _names(entity: Entity | None) -> Iterator[str]:
    """What an entry is called, also in other languages."""
    if entity is not None:
        yield from (entity.name, *entity.aliases, *entity.names.values())
