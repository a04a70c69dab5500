"""Offices: pages name people with the office held on the day; here those who held none, or not the one given."""

from collections.abc import Iterator
from datetime import date

from briefing.diagnostics import Diagnostic, Note, Pointer
from briefing.model.entity import Person
from briefing.model.frozen import frozen
from briefing.model.summit import Participant
from briefing.read.content import Content


@frozen
class Gap:
    """A time in which a person held none of their roles: the numbers of the last before it and the first after it."""

    person: str
    before: int | None
    after: int | None


def check_offices(content: Content) -> Iterator[Diagnostic]:
    """Warnings for people whom a claim or a summit names on a day on which they did not hold their office.

    People without any dated role are left alone. Of the claims in one gap only the earliest is told, because one
    more role mends them all.
    """
    yield from _voices(content)
    for summit in content.summits.values():
        day = summit.record.start.day.earliest
        for index, participant in enumerate(summit.record.participants):
            if participant.person in content.people:
                where = Pointer(summit.path, ("participants", index))
                yield from _participant(participant, content, day, where)


def _voices(content: Content) -> Iterator[Diagnostic]:
    gaps: dict[date, dict[str, Gap | None]] = {}
    found: dict[Gap, list[tuple[date, str, Pointer]]] = {}
    for article in content.articles.values():
        day = article.record.published.day.earliest
        of_day = gaps.setdefault(day, {})
        for anchored in article.claims:
            for index, voice in enumerate(anchored.claim.attribution):
                id = voice.by
                if id is None or id not in content.people or article.annotations is None:
                    continue
                if id not in of_day:
                    of_day[id] = gap_on(id, content.people[id], day)
                if gap := of_day[id]:
                    where = Pointer(article.annotations, ("claims", anchored.index, "attribution", index, "by"))
                    found.setdefault(gap, []).append((day, anchored.ref, where))
    for gap, uses in found.items():
        day, _, where = min(uses, key=lambda use: use[:2])
        yield _no_office(gap, content, day, where, len(uses) - 1)


def _participant(participant: Participant, content: Content, day: date, where: Pointer) -> Iterator[Diagnostic]:
    """An office that the editor gives is checked if it is one of the person's; any other is the editor's word."""
    person = content.people[participant.person]
    if participant.office is None:
        gap = gap_on(participant.person, person, day)
        if gap:
            yield _no_office(gap, content, day, Pointer(where.path, (*where.way, "person")))
        return
    given = participant.office.casefold()
    named = [index for index, role in enumerate(person.roles) if role.post.casefold() == given]
    if named and not any(person.roles[index].is_held_on(day) for index in named):
        message = f"{person.name} was not {participant.office} on {day}"
        file = content.file_of("people", participant.person)
        help = f"remove `office`, or mend the dates of the role in {file}"
        notes = tuple(_bound(participant.person, person, file, index, day) for index in named)
        place = Pointer(where.path, (*where.way, "office"))
        yield Diagnostic("office-not-held", message, place, help, notes, severity="warning")


def gap_on(id: str, person: Person, day: date) -> Gap | None:
    """The gap that a day falls into; None if an office was held, or if the person has no role."""
    roles = person.roles
    if not roles or any(role.is_held_on(day) for role in roles):
        return None
    ended = [(role.end.latest, index) for index, role in enumerate(roles) if role.end and role.end.latest < day]
    begun = [
        (role.start.earliest, index) for index, role in enumerate(roles) if role.start and role.start.earliest > day
    ]
    return Gap(id, max(ended)[1] if ended else None, min(begun)[1] if begun else None)


def _no_office(gap: Gap, content: Content, day: date, where: Pointer, others: int = 0) -> Diagnostic:
    person, file = content.people[gap.person], content.file_of("people", gap.person)
    near = [index for index in (gap.before, gap.after) if index is not None]
    notes = [_bound(gap.person, person, file, index, day) for index in dict.fromkeys(near)]
    if others:
        notes.append(Note(f"{others} more {'claim names' if others == 1 else 'claims name'} them in that time"))
    message = f"{person.name} held none of their offices on {day}"
    help = f"add what they were then to their `roles` in {file}, or mend the dates there"
    return Diagnostic("office-not-held", message, where, help, tuple(notes), severity="warning")


def _bound(id: str, person: Person, file: str, index: int, day: date) -> Note:
    """Where the role that was not held ends or begins."""
    role = person.roles[index]
    if role.end and role.end.latest < day:
        return Note(f"`{role.post}` ended on {role.end}", Pointer(file, (id, "roles", index, "end")))
    return Note(f"`{role.post}` began on {role.start}", Pointer(file, (id, "roles", index, "start")))
