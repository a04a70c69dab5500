"""Calendars: meetings, and the days on which open claims are due or looked at again. One of the site, and one of each
summit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from briefing.link.lists import Lists
from briefing.link.scope import Scope
from briefing.link.site import LinkedClaim, LinkedSummit, curated
from briefing.machines.icalendar import CalendarEvent, calendar
from briefing.model.addresses import page_path
from briefing.model.dates import PartialDate, When
from briefing.model.frozen import frozen
from briefing.pages.page import AlternateView, File, Section, copies
from briefing.read.content import CONFIG
from briefing.views.claims import claim_view
from briefing.views.phrases import plain
from briefing.views.summits import venue_words
from briefing.views.views import Views

# Where its sections stand in the plan, and the addresses that are no record's.
WEIGHT = 120
PATHS = ("calendar.ics", "calendars/")
CALENDAR = AlternateView("calendar", "calendar.ics", "text/calendar")


def calendar_of(id: str) -> AlternateView:
    """The calendar of a summit."""
    return AlternateView("calendar", f"calendars/{id}.ics", "text/calendar")


# How long a day that is over is kept.
KEPT = timedelta(days=366)
_STATUSES = {"planned": "TENTATIVE", "postponed": "CANCELLED", "cancelled": "CANCELLED"}


@frozen
class CalendarArguments:
    """The meetings of a calendar and its claims; its name; where the site stands; the day of what is written down
    without one; and its old addresses."""

    path: str
    name: str
    source: str
    summits: Sequence[LinkedSummit]
    claims: Sequence[LinkedClaim]
    base_url: str | None
    day: date
    scope: Scope
    former: Sequence[str] = ()


def sections(lists: Lists) -> Iterator[Section[Any]]:
    """One for the site, and one for each summit."""
    yield Section("calendar", calendar_files, partial(_of_site, lists), paths=(CALENDAR.path,))
    for id in lists.site.summits:
        paths = tuple(calendar_of(one).path for one in (id, *lists.site.meetings[id].record.aliases))
        yield Section(f"calendar of {id}", calendar_files, partial(_of_summit, lists, id), paths=paths)


def _of_site(lists: Lists) -> CalendarArguments:
    site = lists.site
    summits = [site.meetings[id] for id in site.summits]
    dated = _dated(site.claims.values(), _day_of(lists))
    return _arguments(lists, CALENDAR.path, site.config.title, CONFIG, summits, dated)


def _of_summit(lists: Lists, id: str) -> CalendarArguments:
    site, summit = lists.site, lists.site.meetings[id]
    dated = _dated(curated(site.by_summit.get(id, ()), summit.record.exclude), _day_of(lists))
    given = _arguments(lists, calendar_of(id).path, summit.record.title, summit.path, [summit], dated)
    return replace(given, former=[calendar_of(alias).path for alias in summit.record.aliases])


def _dated(claims: Iterable[LinkedClaim], day: date) -> list[LinkedClaim]:
    return [linked for linked in claims if linked.is_open and _days_of(linked, day)]


def _days_of(linked: LinkedClaim, day: date) -> Mapping[str, PartialDate]:
    """When a claim is due, and when it is looked at again. Long after that no calendar tells it."""
    due, review_by = linked.claim.due, linked.claim.review_by
    days = {"due": due, "review": review_by if review_by != due else None}
    return {kind: on for kind, on in days.items() if on and day - on.latest <= KEPT}


def _day_of(lists: Lists) -> date:
    """The newest day of the site. One without records has none, and no events either."""
    return lists.site.clock.day or date.max


def _arguments(
    lists: Lists,
    path: str,
    name: str,
    source: str,
    summits: Sequence[LinkedSummit],
    claims: Sequence[LinkedClaim],
) -> CalendarArguments:
    site = lists.site
    return CalendarArguments(path, name, source, summits, claims, site.config.base_url, _day_of(lists), site.scope(()))


def calendar_files(given: CalendarArguments) -> Iterator[File]:
    """The calendar, if there is anything in it: one without events is none (RFC 5545, 3.6)."""
    if given.summits or given.claims:
        yield from copies(File(given.path, partial(_calendar, given), given.source), given.former)


def _calendar(given: CalendarArguments) -> bytes:
    events = [_meeting(summit, given) for summit in given.summits]
    for linked in given.claims:
        events += _dates(linked, given)
    events.sort(key=lambda event: (_day(event.start), event.uid))
    return calendar(given.name, Views(given.scope).language, events)


def _day(when: date | datetime) -> str:
    return when.isoformat()


def _meeting(summit: LinkedSummit, given: CalendarArguments) -> CalendarEvent:
    record, views = summit.record, Views(summit.scope)
    url = _url(page_path("summits", summit.id), given)
    start, end = _span(record.start, record.end)
    written = record.verdict.written if record.verdict else record.written
    return CalendarEvent(
        _uid(f"meeting/{summit.id}", given),
        written.earliest if written else given.day,
        start,
        end,
        record.title,
        _described(record.verdict.text if record.verdict else record.summary, url),
        venue_words(record, views),
        url,
        _STATUSES.get(record.status, "CONFIRMED"),
    )


def _span(start: When, end: When | None) -> tuple[date | datetime, date | datetime | None]:
    """From when until when. A month or a year stands for all its days. Whole days where only one end has an hour."""
    if start.instant and (end is None or end.instant):
        return start.instant, end.instant if end else None
    return start.day.earliest, (end or start).day.latest


def _dates(linked: LinkedClaim, given: CalendarArguments) -> Iterator[CalendarEvent]:
    """When a claim is due, and when it is looked at again."""
    claim, views = linked.claim, Views(linked.scope)
    stamp = claim.history[-1].on.latest if claim.history else linked.recorded
    label, who = views.label(linked.article.record, linked.anchored), plain(claim_view(linked).who)
    url = _url(f"{page_path('articles', linked.article.id)}#{linked.anchored.id}", given)
    for kind, on in _days_of(linked, given.day).items():
        yield CalendarEvent(
            _uid(f"{kind}/{linked.ref}", given),
            stamp,
            # The last day that it can be: then it is over.
            on.latest,
            on.latest,
            views.say(f"calendar.{kind}", label=label),
            _described(claim.text or linked.anchored.words, who, url),
            None,
            url,
        )


def _described(*lines: str | None) -> str:
    """Lines of words. The address is one of them, because Google's calendar and Outlook show no other."""
    return "\n".join(line for line in lines if line)


def _uid(name: str, given: CalendarArguments) -> str:
    """A name that no other site gives, where the site has an address."""
    base = given.base_url
    return f"{name}@{base.partition('://')[2].rstrip('/')}" if base else name


def _url(path: str, given: CalendarArguments) -> str | None:
    return f"{given.base_url.rstrip('/')}/{path}" if given.base_url else None
