"""The recipe of `briefing anchor`: quotes found in the texts that are kept apart, and locked where they stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from briefing.diagnostics import Diagnostic, Problems
from briefing.link.quoting import limits_of, too_long, too_much, whole_sentence
from briefing.model.quoting import QuoteLimits
from briefing.model.zones import day_in
from briefing.parallel.pool import Progress, spread, untold
from briefing.read.anchored import ArticleWords, read_words
from briefing.read.anchors import anchors_bytes
from briefing.read.apart import some
from briefing.read.content import Content, read_jobs
from briefing.read.places import Locator
from briefing.read.sources import read_bytes
from briefing.request import Outcome, Request
from briefing.write.anchors import write_anchors


@dataclass(slots=True)
class Anchored:
    """One run: what was found of each article, what is wrong, and the ids of those whose file was written."""

    request: Request
    articles: list[ArticleWords] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    is_check: bool = False

    @property
    def _stands(self) -> bool:
        return all(words.stands for words in self.articles) if self.is_check else not self._failed

    @property
    def _failed(self) -> list[str]:
        done = {*self.written, *self.unchanged}
        return [words.id for words in self.articles if words.has_text and words.id not in done]

    def outcome(self) -> Outcome:
        """What there is to tell of it."""
        locator = Locator(self.request.root)
        problems = tuple(locator.located(problem) for problem in self.problems)
        is_wrong = self.problems.errors or (self.request.strict and self.problems.warnings)
        return Outcome(problems, bool(is_wrong) or not self._stands)

    def lines(self) -> Iterator[str]:
        """How the words of each article stand; or, in one line, what was done."""
        if self.is_check:
            yield from (f"{words.id}: {words.in_words()}" for words in self.articles)
            return
        absent = [words.id for words in self.articles if not words.has_text]
        in_words = [("anchored", self.written), ("unchanged", self.unchanged), ("without a text here", absent)]
        if self._failed:
            in_words.append(("not anchored", self._failed))
        yield "; ".join(f"{len(ids)} {what}" + (f" ({some(ids)})" if ids else "") for what, ids in in_words) + "."


def anchor(request: Request, ids: Sequence[str], now: datetime, progress: Progress = untold) -> Anchored:
    """Find the quotes of these articles, or of all whose text is kept apart, and write where they stand.

    Nothing is written of an article with any error, and nothing at all where one is unknown.
    """
    run, content = _read(request, ids, progress)
    if content.config is None or run.unknown:
        return run
    today, files = day_in(content.config.timezone, now), {}
    for words in run.articles:
        if not words.has_text:
            continue
        run.problems.extend(words.problems)
        if words.can_be_anchored:
            data = anchors_bytes(words.anchors(today))
            if words.before is not None and read_bytes(request.root, words.path) == data:
                run.unchanged.append(words.id)
            else:
                files[words.path] = data
                run.written.append(words.id)
    write_anchors(request.root, files)
    return run


def verify(request: Request, ids: Sequence[str], progress: Progress = untold) -> Anchored:
    """How the quotes of these articles stand, or of all whose text is kept apart. Writes nothing."""
    run, content = _read(request, ids, progress)
    run.is_check = True
    for words in run.articles:
        run.problems.extend([*words.problems, *words.of_anchors])
        if content.config is not None:
            source = content.sources.get(words.source) if words.source else None
            run.problems.extend(_beyond(words, limits_of(content.config, source)))
    return run


def _read(request: Request, ids: Sequence[str], progress: Progress) -> tuple[Anchored, Content]:
    content, jobs, problems = read_jobs(request.root)
    wanted = [job for job in jobs if not ids or job.id in ids]
    read = spread(partial(read_words, request.root), wanted, request.jobs, progress)
    run = Anchored(request, [words for words in read if words is not None], problems)
    run.unknown = sorted(set(ids) - {words.id for words in run.articles})
    return run, content


def _beyond(words: ArticleWords, limits: QuoteLimits) -> Iterator[Diagnostic]:
    """What is more than may be quoted; of the text as a whole, counted in its words."""
    for id, (quote, _) in words.found.items():
        yield from too_long(quote.exact, words.places[id], limits)
    if words.size is not None and words.annotations is not None:
        yield from too_much(words.size.quoted, words.size.words, "words", words.annotations, limits)
        for id in words.size.sentences:
            yield from whole_sentence(words.places[id], limits)
