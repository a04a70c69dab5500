"""Dates of one record against those of another: nothing is due, looked at or entered before it was said."""

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic, Note, Pointer, Step
from briefing.model.claim import Claim
from briefing.model.config import Config
from briefing.model.dates import PartialDate, When
from briefing.read.articles import ArticleFile
from briefing.read.content import CONFIG, Content


def check_dates(article: ArticleFile, config: Config) -> Iterator[Diagnostic]:
    """Dates of claims before their article's or before anything was entered."""
    if article.annotations:
        for anchored in article.claims:
            where = Pointer(article.annotations, ("claims", anchored.index))
            yield from _of_claim(anchored.claim, article, where, config)


def check_meetings(content: Content) -> Iterator[Diagnostic]:
    """Meetings that follow on later ones."""
    for summit in content.summits.values():
        previous = content.summits.get(summit.record.follows or "")
        if previous and summit.record.start.is_before(previous.record.start):
            message = f"the meeting of {summit.record.start} cannot follow that of {previous.record.start}"
            note = Note("that one's date is here", Pointer(previous.path, ("start",)))
            help = "name the meeting before it, or mend one of the two dates"
            yield Diagnostic("dates-contradict", message, Pointer(summit.path, ("follows",)), help, (note,))


def _of_claim(claim: Claim, article: ArticleFile, where: Pointer, config: Config) -> Iterator[Diagnostic]:
    for way, day in _dates(claim):
        if When(day).is_before(article.record.published):
            message = f"`{way[-1]}` is {day}, before the article of the claim, of {article.record.published}"
            note = Note("its date is here", Pointer(article.path, ("published",)))
            place = Pointer(where.path, (*where.way, *way))
            yield Diagnostic("dates-contradict", message, place, "mend one of the two dates", (note,))
    recorded, since = claim.recorded, config.recorded_since
    if recorded and since and recorded.is_before(since):
        message = f"`recorded` is {recorded}, before `recorded_since`, {since}"
        note = Note("`recorded_since` is here", Pointer(CONFIG, ("recorded_since",)))
        place = Pointer(where.path, (*where.way, "recorded"))
        yield Diagnostic("dates-contradict", message, place, "mend one of the two dates", (note,))


def _dates(claim: Claim) -> Iterator[tuple[tuple[Step, ...], PartialDate]]:
    """The days of a claim that cannot lie before it was said."""
    if claim.due:
        yield ("due",), claim.due
    if claim.review_by:
        yield ("review_by",), claim.review_by
    if claim.recorded:
        yield ("recorded",), claim.recorded
    for index, entry in enumerate(claim.history):
        yield ("history", index, "on"), entry.on
