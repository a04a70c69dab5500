"""The index of claims for the search, in segments of articles that were published at one time: an edit makes the index
of its segment again. Old segments stay as they are, in the caches of readers too."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from itertools import accumulate, chain
from typing import NamedTuple

from briefing.link.lists import Lists
from briefing.link.site import LinkedArticle
from briefing.machines.search import FOLDER, PART, SHARD, ArticleEntry, Segment, script, shown, weight
from briefing.model.digests import joined
from briefing.model.frozen import frozen
from briefing.pages.page import File
from briefing.pages.search_entries import Entries
from briefing.read.articles import ArticleFile
from briefing.read.content import CONFIG

# A segment has the claims of all years, of a year, a half, a quarter, a month or a day, the longest time that has not
# more of them.
MOST_CLAIMS = 2000
# What is shown or found of a claim besides texts: names, days, marks.
_BESIDE = 80

Period = str


class Cuts(NamedTuple):
    """The number of shards of a segment, and the number of claims in each of its parts."""

    shards: int
    parts: tuple[int, ...]


def periods(lists: Lists) -> Mapping[Period, Sequence[ArticleFile]]:
    """The articles with claims by the time they are of, the newest first."""
    times = [(day, _times(day)) for day, count in lists.claims_by_day.items() if count]
    by_day = dict(_cut(times, lists.claims_by_day, 0))
    found: dict[Period, list[ArticleFile]] = {}
    for file in lists.site.files:
        if file.claims:
            found.setdefault(by_day[file.record.published.day.earliest], []).append(file)
    return found


def _cut(
    days: Iterable[tuple[date, tuple[Period, ...]]], claims: Mapping[date, int], level: int
) -> Iterator[tuple[date, Period]]:
    """Days, each with the segment that it is in. `claims` are the numbers of those of days."""
    parts: dict[Period, list[tuple[date, tuple[Period, ...]]]] = {}
    for day, times in days:
        parts.setdefault(times[level], []).append((day, times))
    for period, part in parts.items():
        if level == _DAY or sum(claims[day] for day, _ in part) <= MOST_CLAIMS:
            yield from ((day, period) for day, _ in part)
        else:
            yield from _cut(part, claims, level + 1)


def _times(day: date) -> tuple[Period, ...]:
    """The times that a day is in, the longest first."""
    iso, quarter = day.isoformat(), (day.month - 1) // 3
    return "all", iso[:4], f"{iso[:4]}-h{1 + quarter // 2}", f"{iso[:4]}-q{1 + quarter}", iso[:7], iso


# The last of these times.
_DAY = 5


def cuts_of(files: Sequence[ArticleFile]) -> Cuts:
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
    title = weight(file.record.title) + _BESIDE
    weights = [title + weight(one.words) + weight(one.claim.text or "") for one in file.claims]
    whole = sum(weights)
    return [(len(weights), whole)] if whole < PART // 4 else [(1, one) for one in weights]


@frozen
class SegmentArguments:
    """The articles of a segment, with how it is cut."""

    period: Period
    articles: Sequence[LinkedArticle]
    cuts: Cuts


def segment_files(given: SegmentArguments) -> Iterator[File]:
    """The shards and the parts of a segment."""
    articles, (shards, parts) = Entries(given.articles), given.cuts
    segment = _Indexed(articles, shards)
    for number in range(shards):
        name = f"{given.period}-t{number}"
        yield File(f"{FOLDER}{name}.js", partial(_shard_data, segment, name, number), CONFIG)
    for number, (end, size) in enumerate(zip(accumulate(parts), parts, strict=True)):
        name = f"{given.period}-c{number}"
        yield File(f"{FOLDER}{name}.js", partial(_part_data, _Part(articles, end - size, end), name), CONFIG)


def _shard_data(segment: "_Indexed", name: str, number: int) -> bytes:
    return script(name, segment.made.shard(number))


def _part_data(part: "_Part", name: str) -> bytes:
    return script(name, shown(part.entries()))


class _Indexed:
    """The index of the claims of a segment, which is made once for all its shards."""

    def __init__(self, articles: Entries, shards: int) -> None:
        self._articles, self._shards = articles, shards

    @cached_property
    def digest(self) -> bytes:
        return joined([b"%d" % self._shards, *self._articles.digests])

    @cached_property
    def made(self) -> Segment:
        return Segment(self._articles.made, self._shards)


class _Part:
    """Some claims of a segment, from one to another."""

    def __init__(self, articles: Entries, start: int, end: int) -> None:
        self._articles, self._start, self._end = articles, start, end

    @cached_property
    def _places(self) -> Sequence[tuple[int, slice]]:
        """The articles that they are of, by their places, and which of the claims there."""
        found, first = [], 0
        for place, article in enumerate(self._articles.linked):
            start, end = max(self._start - first, 0), self._end - first
            first += len(article.claims)
            if start < len(article.claims) and end > 0:
                found.append((place, slice(start, end)))
        return found

    @cached_property
    def digest(self) -> bytes:
        digests = self._articles.digests
        return joined([one for place, of in self._places for one in (digests[place], b"%d %d" % (of.start, of.stop))])

    def entries(self) -> Iterator[ArticleEntry]:
        """Their articles, without the other claims."""
        for place, of in self._places:
            entry = self._articles.made[place]
            yield entry._replace(claims=entry.claims[of])
