"""The registries' records: people, organizations, places and sources. Their ids share one namespace."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from briefing.model.base import Flag, Id, Language, Record, Reliability, Text, Url
from briefing.model.dates import PartialDate
from briefing.model.quoting import QuoteLimits
from briefing.model.zones import zone_names


def _checked_zone(value: Any) -> Any:
    if isinstance(value, str) and value not in zone_names():
        raise PydanticCustomError("bad_zone", "`{value}` is not a time zone", {"value": value})
    return value


TimeZone = Annotated[str, BeforeValidator(_checked_zone)]
Wikidata = Annotated[str, StringConstraints(pattern=r"^Q[1-9]\d*$")]


class ExternalIds(Record):
    """Who this is elsewhere."""

    wikidata: Wikidata | None = None


class Role(Record):
    """An office held for a time; a missing `end` means that it is still held."""

    post: Text
    organization: Id | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None

    def is_held_on(self, day: date) -> bool:
        """Whether it may be held on that day, as far as its dates are known."""
        begun = self.start is None or self.start.earliest <= day
        return begun and (self.end is None or self.end.latest >= day)


class Entity(Record):
    """What people, organizations, places and sources have in common. `former_ids` keep old addresses alive."""

    name: Text
    names: dict[Language, Text] = Field(default_factory=dict)
    aliases: tuple[Text, ...] = ()
    former_ids: tuple[Id, ...] = ()
    ids: ExternalIds | None = None
    summary: Text | None = None
    roles: tuple[Role, ...] = ()
    draft: Flag = False

    def role_on(self, day: date) -> Role | None:
        """The role held on that day, the first in the list where there are several."""
        return next((role for role in self.roles if role.is_held_on(day)), None)


class Person(Entity):
    """An entry of `content/people.yaml`."""

    country: Id | None = None


class Organization(Entity):
    """An entry of `content/organizations.yaml`."""

    kind: Literal["government", "company", "think-tank", "international", "party", "media", "other"] = "other"
    country: Id | None = None
    url: Url | None = None


class Place(Entity):
    """An entry of `content/places.yaml`; `timezone` is a name of the IANA database."""

    kind: Literal["country", "region", "city", "site", "sea", "other"] = "other"
    country: Id | None = None
    timezone: TimeZone | None = None


class Source(Entity):
    """An entry of `content/sources.yaml`; `reliability` is the source grade of the Admiralty code."""

    kind: Literal[
        "newspaper", "wire", "broadcaster", "magazine", "think-tank", "government", "company", "desk", "other"
    ] = "other"
    country: Id | None = None
    language: Language | None = None
    url: Url | None = None
    reliability: Reliability | None = None
    reliability_note: Text | None = None
    quotes: QuoteLimits | None = None
