"""The view of a summit, in lists and at the head of its page."""

from briefing.link.scope import Scope
from briefing.link.site import LinkedSummit
from briefing.model.addresses import page_path
from briefing.model.entity import Place
from briefing.model.summit import Participant, Summit
from briefing.views import words
from briefing.views.phrases import Phrase, unmarked
from briefing.views.values import LinkView, ParticipantView, SummitView, TimeView
from briefing.views.views import Views


def summit_view(summit: LinkedSummit, claims: int, open: int) -> SummitView:
    """A summit, with how many claims it has and how many of them are open."""
    record, views = summit.record, Views(summit.scope)
    return SummitView(
        path=page_path("summits", summit.id),
        title=views.own(record.title),
        kind=record.kind,
        status=record.status,
        summary=views.own(record.summary),
        verdict=views.own(record.verdict.text) if record.verdict else None,
        day=views.date(record.start),
        starts=_starts(record, views),
        end=views.date(record.end) if record.end else None,
        venue=venue_words(record, views),
        participants=tuple(_participant(record, participant, views) for participant in record.participants),
        claims=claims,
        open=open,
    )


def summit_link(summit: LinkedSummit) -> LinkView:
    """The way to the page of a summit."""
    return LinkView(Views(summit.scope).own(summit.record.title), page_path("summits", summit.id))


def venue_words(record: Summit, views: Views) -> Phrase | None:
    """Where it takes place: building, city and country."""
    if record.venue is None:
        return None
    places = [views.scope.entity(id).name for id in (record.venue.city, record.venue.country) if id]
    named = [views.own(part) for part in (record.venue.site, *places) if part]
    return views.wording.listed(named) if named else None


def venue_of(record: Summit, scope: Scope) -> Place | None:
    """The place that gives the meeting its time zone: the city, else the country."""
    named = [record.venue.city, record.venue.country] if record.venue else []
    places = (scope.find(id) for id in named if id)
    return next((place for place in places if isinstance(place, Place) and place.timezone), None)


def office_of(participant: Participant, record: Summit, views: Views) -> Phrase | None:
    """The office in which somebody takes part."""
    person = views.scope.named(participant.person)
    assert person is not None
    return views.own(participant.office) or views.office(person, record.start.day.earliest)


def _participant(record: Summit, participant: Participant, views: Views) -> ParticipantView:
    link = views.entity_link(participant.person)
    side = views.entity_link(participant.side) if participant.side else None
    office = office_of(participant, record, views)
    return ParticipantView(link.title, link.path, office, side, views.own(participant.role))


def _starts(record: Summit, views: Views) -> tuple[TimeView, ...]:
    """The beginning at the venue, then in the time of each side where that is another."""
    instant, scope = record.start.instant, views.scope
    if instant is None:
        day = views.date(record.start)
        return (TimeView(None, day.text, day.iso),)
    zones: dict[str, str | None] = {}
    local = venue_of(record, scope)
    zones[local.timezone if local and local.timezone else scope.settings.timezone] = local.name if local else None
    for id in dict.fromkeys(participant.side for participant in record.participants if participant.side):
        side = scope.find(id)
        if isinstance(side, Place) and side.timezone and side.timezone not in zones:
            zones[side.timezone] = side.name
    starts = []
    for name, place in zones.items():
        time = words.time_words(instant, name, views.wording)
        starts.append(TimeView(views.own(place) or unmarked(name), time, instant.isoformat()))
    return tuple(starts)
