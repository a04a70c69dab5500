"""A summit: the facts of a meeting, planned or held. The file's body is the editor's overview."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from briefing.model.base import (
    ArticleId,
    ClaimRef,
    Flag,
    Id,
    PersonId,
    PlaceId,
    Record,
    SummitId,
    Text,
    TopicId,
    Visibility,
)
from briefing.model.dates import PartialDate, When
from briefing.model.frozen import frozen

SummitKind = Literal["bilateral", "trilateral", "multilateral"]
SummitStatus = Literal["planned", "held", "postponed", "cancelled"]
# Nothing has become of such a meeting yet.
UNSETTLED = frozenset(["planned", "postponed"])


@frozen
class Venue(Record):
    """Where they meet: a building or site in words, city and country as places."""

    site: Annotated[Text | None, Field(description="the building")] = None
    city: Annotated[PlaceId | None, Field(description="the city; its `timezone` is the venue's")] = None
    country: Annotated[PlaceId | None, Field(description="the country")] = None


@frozen
class Participant(Record):
    """Who takes part, for which side (a place), and in which office where the registry does not say."""

    person: Annotated[PersonId, Field(description="who")]
    side: Annotated[PlaceId | None, Field(description="for which country")] = None
    office: Annotated[Text | None, Field(description="the office, where the person's `roles` do not say")] = None
    role: Annotated[Text | None, Field(description="the part in the meeting")] = None


@frozen
class AgendaItem(Record):
    """One subject of the agenda: which claims say what the meeting's texts say of it, and which one's status says what
    came of it. A plain text is one without claims."""

    item: Annotated[Text, Field(description="the subject, in a few words")]
    claims: Annotated[tuple[ClaimRef, ...], Field(description="the claims that say what was said of it")] = ()
    now: Annotated[ClaimRef | None, Field(description="the claim whose status says what came of it")] = None


def _item_of(value: Any) -> Any:
    if value is None or (isinstance(value, str) and not value.strip()):
        raise PydanticCustomError("empty_item", "an entry of `items` is empty")
    if isinstance(value, list):
        raise PydanticCustomError("item_type", "an entry of `items` is a list where text or a mapping is expected")
    return {"item": value} if isinstance(value, str) else value


@frozen
class AgendaTopic(Record):
    """One topic of the agenda and what is to be discussed under it."""

    topic: Annotated[TopicId, Field(description="the topic")]
    items: Annotated[
        tuple[Annotated[AgendaItem, BeforeValidator(_item_of, json_schema_input_type=Text | AgendaItem)], ...],
        Field(description="what is to be discussed, each a text or a mapping with `item`"),
    ] = ()


@frozen
class Verdict(Record):
    """What the desk says came of the meeting: one or two sentences, and the day they were written."""

    text: Annotated[Text, Field(description="what came of it, in at most 45 words")]
    written: Annotated[PartialDate, Field(description="when it was written: earlier editions leave it out")]


@frozen
class Window(Record):
    """When outcomes are assessed: from, at an interim date, and finally."""

    # `from` is a word of Python's.
    start: Annotated[PartialDate | None, Field(alias="from", description="the first day that counts")] = None
    interim: Annotated[PartialDate | None, Field(description="the day of a first look")] = None
    final: Annotated[PartialDate | None, Field(description="the day of the last word")] = None


@frozen
class Summit(Record):
    """Front matter of `content/summits/<id>.md`."""

    title: Annotated[Text, Field(description="its name")]
    start: Annotated[When, Field(description="when it begins")]
    end: Annotated[When | None, Field(description="when it ends")] = None
    kind: Annotated[SummitKind, Field(description="how many sides there are")] = "bilateral"
    status: Annotated[SummitStatus, Field(description="whether it has been held")] = "planned"
    summary: Annotated[Text | None, Field(description="one sentence")] = None
    verdict: Annotated[Verdict | None, Field(description="what came of it, in the desk's words")] = None
    venue: Annotated[Venue | None, Field(description="where they meet")] = None
    participants: Annotated[tuple[Participant, ...], Field(description="who takes part")] = ()
    agenda: Annotated[tuple[AgendaTopic, ...], Field(description="what it is about, in the order of its page")] = ()
    documents: Annotated[tuple[ArticleId, ...], Field(description="its outcome documents, entered as articles")] = ()
    follows: Annotated[SummitId | None, Field(description="the meeting before it")] = None
    window: Annotated[Window | None, Field(description="when its outcomes are assessed")] = None
    lead: Annotated[tuple[ClaimRef, ...], Field(description="the bottom line: the claims its page begins with")] = ()
    exclude: Annotated[tuple[ClaimRef, ...], Field(description="claims kept off its page")] = ()
    aliases: Annotated[tuple[Id, ...], Field(description="its old ids")] = ()
    written: Annotated[PartialDate | None, Field(description="when the text was written")] = None
    draft: Annotated[Flag, Field(description="kept out of the site")] = False
    visibility: Annotated[Visibility, Field(description="who may read it: `internal` is for the desk alone")] = "public"
