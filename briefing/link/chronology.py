"""Dates of one record against those of another: nothing is due, or looked at, before it was said."""

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic, Note, Pointer, Step
from briefing.model.claim import Claim
from briefing.model.dates import PartialDate, When
from briefing.read.content import Content


def check_chronology(content: Content) -> Iterator[Diagnostic]:
    """Dates of claims before their article's, and meetings that follow on one that comes later."""
    for article in content.articles.values():
        published, file = article.published, Pointer(article.path, ("published",))
        for anchored in article.claims:
            for way, day in _dates(anchored.claim):
                if article.annotations and When(day).is_before(published):
                    message = f"`{way[-1]}` is {day}, before the article of the claim, of {published}"
                    where = Pointer(article.annotations, ("claims", anchored.index, *way))
                    note = Note("its date is here", file)
                    yield Diagnostic("dates-contradict", message, where, "mend one of the two dates", (note,))
    for summit in content.summits.values():
        previous = content.summits.get(summit.record.follows or "")
        if previous and summit.record.start.is_before(previous.record.start):
            message = f"the meeting of {summit.record.start} cannot follow that of {previous.record.start}"
            note = Note("that one's date is here", Pointer(previous.path, ("start",)))
            help = "name the meeting before it, or mend one of the two dates"
            yield Diagnostic("dates-contradict", message, Pointer(summit.path, ("follows",)), help, (note,))


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
