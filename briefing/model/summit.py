"""A summit: the facts of a meeting, planned or held. The file's body is the editor's overview."""

from typing import Literal

from pydantic import Field

from briefing.model.base import ClaimRef, Flag, Id, Record, Text
from briefing.model.dates import PartialDate, When

# Nothing has become of such a meeting yet.
UNSETTLED = frozenset(["planned", "postponed"])


class Venue(Record):
    """Where they meet: a building or site in words, city and country as places."""

    site: Text | None = None
    city: Id | None = None
    country: Id | None = None


class Participant(Record):
    """Who takes part, for which side (a place), and in which office where the registry does not say."""

    person: Id
    side: Id | None = None
    office: Text | None = None
    role: Text | None = None


class AgendaItem(Record):
    """One topic of the agenda and what is to be discussed under it."""

    topic: Id
    items: tuple[Text, ...] = ()


class Window(Record):
    """When outcomes are assessed: from, at an interim date, and finally."""

    # `from` is a word of Python's.
    start: PartialDate | None = Field(default=None, alias="from")
    interim: PartialDate | None = None
    final: PartialDate | None = None


class Summit(Record):
    """Front matter of `content/summits/<id>.md`."""

    title: Text
    start: When
    end: When | None = None
    kind: Literal["bilateral", "trilateral", "multilateral"] = "bilateral"
    status: Literal["planned", "held", "postponed", "cancelled"] = "planned"
    summary: Text | None = None
    venue: Venue | None = None
    participants: tuple[Participant, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    documents: tuple[Id, ...] = ()
    follows: Id | None = None
    window: Window | None = None
    lead: tuple[ClaimRef, ...] = ()
    exclude: tuple[ClaimRef, ...] = ()
    aliases: tuple[Id, ...] = ()
    written: PartialDate | None = None
    draft: Flag = False
