"""The review clock: open claims whose due or review date has come, and meetings still planned after their day."""

from collections.abc import Iterator
from datetime import date

from briefing.diagnostics import Diagnostic, Pointer
from briefing.link.meetings import last_day
from briefing.link.site import Site
from briefing.model.summit import UNSETTLED


def due_for_review(site: Site, on: date) -> list[Diagnostic]:
    """A warning for each open claim that is to be looked at on or before that day, and for each meeting that is still
    planned or postponed although its day is over; the oldest first."""
    found = list(_meetings(site, on))
    for linked in site.claims.values():
        claim, path = linked.claim, linked.article.annotations
        if not claim.is_open or path is None:
            continue
        dates = [(claim.review_by, "review_by", "to be reviewed by"), (claim.due, "due", "due on")]
        passed = [(day.latest, key, words) for day, key, words in dates if day and day.latest <= on]
        if passed:
            day, key, words = min(passed)
            where = Pointer(path, ("claims", linked.anchored.index, key))
            message = f"`{linked.anchored.id}` is {claim.status} and was {words} {day}"
            help = "add what became of it to its `history`, or move the date"
            found.append((day, linked.ref, Diagnostic("review-due", message, where, help, severity="warning")))
    return [diagnostic for _, _, diagnostic in sorted(found, key=lambda entry: entry[:2])]


def _meetings(site: Site, on: date) -> Iterator[tuple[date, str, Diagnostic]]:
    for id, summit in site.content.summits.items():
        status, day = summit.record.status, last_day(summit.record).latest
        if status in UNSETTLED and day < on:
            message = f"`{id}` is {status}, and its day, {day}, is over"
            help = "write `status: held` or `status: cancelled`, or give it its new `start`"
            where = Pointer(summit.path, ("status" if status != "planned" else "start",))
            yield day, id, Diagnostic("review-due", message, where, help, severity="warning")
