"""The review clock: open claims whose due or review date has come."""

from datetime import date

from briefing.diagnostics import Diagnostic, Pointer
from briefing.link.site import Site


def due_for_review(site: Site, on: date) -> list[Diagnostic]:
    """A warning for each open claim that is to be looked at on or before that day, the oldest first."""
    found: list[tuple[date, str, Diagnostic]] = []
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
