"""The review clock: open claims whose due or review date has come, and meetings still planned after their day."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from briefing.diagnostics import Diagnostic, Pointer
from briefing.link.meetings import last_day
from briefing.link.site import LinkedClaim, Site
from briefing.model.summit import UNSETTLED, Summit
from briefing.read.pages import PageFile


class DueClaim(NamedTuple):
    """An open claim that is to be looked at since a day, and the key that says so: `review_by` or `due`."""

    day: date
    key: str
    linked: LinkedClaim
    pointer: Pointer


class DueMeeting(NamedTuple):
    """A meeting that is still planned or postponed, and its last day, which is over."""

    day: date
    file: PageFile[Summit]
    pointer: Pointer


def due_for_review(site: Site, on: date) -> list[Diagnostic]:
    """A warning for each open claim that is to be looked at on or before that day, and for each meeting that is still
    planned or postponed although its day is over; the oldest first."""
    found = [(due.day, due.file.id, _meeting(due)) for due in due_meetings(site, on)]
    found += [(due.day, due.linked.ref, _claim(due)) for due in due_claims(site, on)]
    return [diagnostic for _, _, diagnostic in sorted(found, key=lambda entry: entry[:2])]


def due_claims(site: Site, on: date) -> Iterator[DueClaim]:
    """The open claims that are to be looked at on or before that day."""
    for linked in site.claims.values():
        claim, path = linked.claim, linked.article.annotations
        if not claim.is_open or path is None:
            continue
        dates = [(claim.review_by, "review_by"), (claim.due, "due")]
        passed = [(day.latest, key) for day, key in dates if day and day.latest <= on]
        if passed:
            day, key = min(passed)
            yield DueClaim(day, key, linked, Pointer(path, ("claims", linked.anchored.index, key)))


def due_meetings(site: Site, on: date) -> Iterator[DueMeeting]:
    """The meetings that are still planned or postponed although their day is over."""
    for summit in site.content.summits.values():
        status, day = summit.record.status, last_day(summit.record).latest
        if status in UNSETTLED and day < on:
            yield DueMeeting(day, summit, Pointer(summit.path, ("status" if status != "planned" else "start",)))


def _claim(due: DueClaim) -> Diagnostic:
    words = "to be reviewed by" if due.key == "review_by" else "due on"
    message = f"`{due.linked.anchored.id}` is {due.linked.claim.status} and was {words} {due.day}"
    help = "add what became of it to its `history`, or move the date"
    return Diagnostic("review-due", message, due.pointer, help, severity="warning")


def _meeting(due: DueMeeting) -> Diagnostic:
    message = f"`{due.file.id}` is {due.file.record.status}, and its day, {due.day}, is over"
    help = "write `status: held` or `status: cancelled`, or give it its new `start`"
    return Diagnostic("review-due", message, due.pointer, help, severity="warning")
