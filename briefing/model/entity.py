"""The registries' records: people, organizations, places and sources. Their ids share one namespace."""

from dataclasses import field
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from briefing.model.base import Flag, Id, Language, OrganizationId, PlaceId, Record, Reliability, Text, Url, Visibility
from briefing.model.dates import PartialDate
from briefing.model.frozen import frozen
from briefing.model.quoting import QuoteLimits
from briefing.model.zones import zone_names


def _checked_zone(value: Any) -> Any:
    if isinstance(value, str) and value not in zone_names():
        raise PydanticCustomError("bad_zone", "`{value}` is not a time zone", {"value": value})
    return value


TimeZone = Annotated[str, BeforeValidator(_checked_zone)]
OrganizationKind = Literal["government", "company", "think-tank", "international", "party", "media", "other"]
PlaceKind = Literal["country", "region", "city", "site", "sea", "other"]
SourceKind = Literal[
    "newspaper", "wire", "broadcaster", "magazine", "think-tank", "government", "company", "desk", "other"
]
Wikidata = Annotated[str, StringConstraints(pattern=r"^Q[1-9]\d*$")]


@frozen
class ExternalIds(Record):
    """Who this is elsewhere."""

    wikidata: Annotated[Wikidata | None, Field(description="the item in Wikidata")] = None


@frozen
class Role(Record):
    """An office held for a time; a missing `end` means that it is still held."""

    post: Annotated[Text, Field(description="the office")]
    organization: Annotated[OrganizationId | None, Field(description="where it is held")] = None
    start: Annotated[PartialDate | None, Field(description="its first day")] = None
    end: Annotated[PartialDate | None, Field(description="its last day; without it, it is still held")] = None

    def is_held_on(self, day: date) -> bool:
        """Whether it may be held on that day, as far as its dates are known."""
        begun = self.start is None or self.start.earliest <= day
        return begun and (self.end is None or self.end.latest >= day)


@frozen
class Entity(Record):
    """What people, organizations, places and sources have in common. `former_ids` keep old addresses alive."""

    name: Annotated[Text, Field(description="as pages show it")]
    names: Annotated[dict[Language, Text], Field(description="in other languages")] = field(default_factory=dict)
    aliases: Annotated[tuple[Text, ...], Field(description="other names: not old ids, as elsewhere")] = ()
    former_ids: Annotated[tuple[Id, ...], Field(description="its old ids")] = ()
    ids: Annotated[ExternalIds | None, Field(description="ids in other catalogs")] = None
    summary: Annotated[Text | None, Field(description="one sentence")] = None
    roles: Annotated[tuple[Role, ...], Field(description="offices held, with their dates")] = ()
    draft: Annotated[Flag, Field(description="kept out of the site")] = False
    visibility: Annotated[Visibility, Field(description="who may read it: `internal` is for the desk alone")] = "public"

    def role_on(self, day: date) -> Role | None:
        """The role held on that day, the first in the list where there are several."""
        return next((role for role in self.roles if role.is_held_on(day)), None)


@frozen
class Person(Entity):
    """An entry of `content/people.yaml`."""

    country: Annotated[PlaceId | None, Field(description="the person's country")] = None


@frozen
class Organization(Entity):
    """An entry of `content/organizations.yaml`."""

    kind: Annotated[OrganizationKind, Field(description="what it is")] = "other"
    country: Annotated[PlaceId | None, Field(description="where it is")] = None
    url: Annotated[Url | None, Field(description="its site")] = None


@frozen
class Place(Entity):
    """An entry of `content/places.yaml`; `timezone` is a name of the IANA database."""

    kind: Annotated[PlaceKind, Field(description="what it is")] = "other"
    country: Annotated[PlaceId | None, Field(description="the country it lies in")] = None
    timezone: Annotated[TimeZone | None, Field(description="for the hours of summits")] = None


@frozen
class Source(Entity):
    """An entry of `content/sources.yaml`; `reliability` is the source grade of the Admiralty code."""

    kind: Annotated[SourceKind, Field(description="what it is")] = "other"
    country: Annotated[PlaceId | None, Field(description="where it is")] = None
    language: Annotated[Language | None, Field(description="the language it publishes in")] = None
    url: Annotated[Url | None, Field(description="its site")] = None
    reliability: Annotated[Reliability | None, Field(description="the Admiralty code, A to F")] = None
    reliability_note: Annotated[Text | None, Field(description="why, by whom and when it was judged so")] = None
    quotes: Annotated[QuoteLimits | None, Field(description="how much may be quoted of its texts kept apart")] = None
