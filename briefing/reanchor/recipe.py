"""The recipe of `briefing reanchor`: the quotes of an article that its text has broken, and what is taken instead."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path

from briefing.anchor import anchor
from briefing.diagnostics import Diagnostic, EnvironmentProblem, Location, Pointer, Problems
from briefing.edit.corrections import with_correction
from briefing.edit.files import state
from briefing.edit.quotes import with_quote
from briefing.edit.refusal import Refused
from briefing.model.claim import Quote
from briefing.model.zones import day_in
from briefing.read.articles import ArticleJob
from briefing.read.content import read_records
from briefing.read.marked import MarkedArticle, read_marked
from briefing.read.places import Locator
from briefing.read.search import folded_words
from briefing.read.sources import read_bytes
from briefing.reanchor.counterparts import Broken, broken_in
from briefing.request import Outcome, Request
from briefing.write.annotations import change_file

# What is told of each broken quote with what it may be now, and what `briefing anchor` mends.
_TOLD = ("quote-not-found", "ambiguous-quote", "anchors-outdated")
_MOST_NOTED = 3


@dataclass(slots=True)
class Reanchoring:
    """One run: the broken quotes of an article, what else is wrong, and what was written. `seen` are the states of the
    files that are to be changed, as they were read."""

    request: Request
    id: str
    now: datetime
    today: date | None = None
    exists: bool = True
    article: MarkedArticle | None = None
    broken: list[Broken] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    seen: dict[str, str] = field(default_factory=dict)
    mended: list[str] = field(default_factory=list)
    is_noted: bool = False
    anchored: bool = False

    @property
    def left(self) -> list[str]:
        """The claims whose quotes are still broken."""
        return [one.id for one in self.broken if one.id not in self.mended]

    @property
    def is_apart(self) -> bool:
        """Whether the text is kept apart, so that anchors belong to it."""
        return bool(self.article and self.article.record and self.article.record.text)

    def outcome(self) -> Outcome:
        """What there is to tell beside the broken quotes; it has failed where one of these is left."""
        locator = Locator(self.request.root)
        problems = tuple(locator.located(problem) for problem in self.problems)
        return Outcome(problems, bool(self.problems.errors or self.left))

    def place(self, one: Broken) -> str:
        """Where the claim stands in its file: `path:line:column`."""
        assert self.article is not None
        assert self.article.job.annotations is not None
        way = Pointer(self.article.job.annotations, ("claims", one.claim.index, "quote"))
        return str(Locator(self.request.root).place(way))


def reanchoring(request: Request, id: str, now: datetime) -> Reanchoring:
    """What a changed text has broken. Writes nothing."""
    run = Reanchoring(request, id, now)
    content, jobs, problems = read_records(request.root)
    job = next((job for job in jobs if job.id == id), None)
    if job is None:
        run.exists = False
        return run
    for path in filter(None, (job.annotations, job.path)):
        data = read_bytes(request.root, path)
        run.seen[path] = state(None if isinstance(data, Diagnostic) else data)
    run.article = read_marked(request.root, job)
    run.today = day_in(content.config.timezone, now) if content.config else None
    others = [problem for problem in [*problems, *run.article.problems] if problem.code not in _TOLD]
    run.problems.extend(problem for problem in others if problem.severity == "error")
    run.broken = broken_in(run.article)
    return run


def take(run: Reanchoring, chosen: Mapping[str, Quote], note: str | None) -> None:
    """Write the quotes that were chosen for claims, by their ids, and note in the article what was corrected: in the
    words of `note`, else with the old words and the new.

    Both files are changed or none, whatever the disk does; only a kill between the two can part them. What stands in
    the way is told.
    """
    article = run.article
    if not chosen or article is None or article.job.annotations is None:
        return
    try:
        changes = _changes(run, article.job, chosen, note)
        _write(run.request.root, changes)
    except Refused as error:
        run.problems.add(Diagnostic("bad-yaml", error.message, Location(article.job.annotations), error.help))
        return
    run.mended, run.is_noted = list(chosen), len(changes) > 1
    if run.is_apart and not run.left:
        run.anchored = bool(anchor(run.request, [run.id], run.now).written)


# The bytes of a file before and after.
Change = tuple[bytes, bytes]


def _changes(run: Reanchoring, job: ArticleJob, chosen: Mapping[str, Quote], note: str | None) -> dict[str, Change]:
    """What is to become of the files, by their paths."""
    assert job.annotations is not None
    before = after = _as_seen(run, job.annotations)
    for id, quote in chosen.items():
        after = with_quote(job.annotations, after, id, quote)
    changes = {job.annotations: (before, after)}
    text = note or _note(run, chosen)
    if text and run.today is not None:
        head = _as_seen(run, job.path)
        changes[job.path] = head, with_correction(job.path, head, run.today, text)
    return changes


def _write(root: Path, changes: Mapping[str, Change]) -> None:
    try:
        for path, (before, after) in changes.items():
            change_file(root, path, partial(_changed, path, before, after))
    except (Refused, EnvironmentProblem):
        for path, (before, after) in changes.items():
            with suppress(EnvironmentProblem):
                change_file(root, path, partial(_restored, before, after))
        raise


def _changed(path: str, before: bytes, after: bytes, data: bytes | None) -> bytes:
    if data != before:
        raise Refused(f"{path} was changed in the meantime", "run the command again")
    return after


def _restored(before: bytes, after: bytes, data: bytes | None) -> bytes | None:
    return before if data == after else data


def _as_seen(run: Reanchoring, path: str) -> bytes:
    """The bytes of a file, if they are still those in which the broken quotes were found."""
    data = read_bytes(run.request.root, path)
    if isinstance(data, Diagnostic):
        raise Refused(data.message, data.help)
    return _changed(path, data, data, data if state(data) == run.seen[path] else None)


def _note(run: Reanchoring, chosen: Mapping[str, Quote]) -> str | None:
    """What readers are told: the words before and now. Nothing, where they are the same and stand elsewhere."""
    pairs = [
        (one.claim.claim.quote.exact, chosen[one.id].exact)
        for one in run.broken
        if one.id in chosen and folded_words(one.claim.claim.quote.exact) != folded_words(chosen[one.id].exact)
    ]
    if not pairs:
        return None
    told = [f"Where we quoted “{_inside(old)}”, it now says “{_inside(new)}”." for old, new in pairs]
    more = len(told) - _MOST_NOTED
    rest = [f"{more} more quotes follow the new text."] if more > 0 else []
    return " ".join(["The text was changed after we had quoted it.", *told[:_MOST_NOTED], *rest])


def _inside(words: str) -> str:
    """Words as they stand in quotation marks: their own are single ones."""
    return re.sub(r'"([^"]*)"', r"‘\1’", " ".join(words.split())).replace("“", "‘").replace("”", "’")
