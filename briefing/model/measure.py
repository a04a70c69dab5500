"""A measure: one quantity that claims give figures for."""

from dataclasses import field
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from briefing.model.base import Currency, EntityId, Flag, Id, Record, Text, TopicId, Visibility
from briefing.model.dates import Span
from briefing.model.frozen import frozen

# The categories of the CLDR but `other`, which is the unit itself.
PluralForm = Literal["zero", "one", "two", "few", "many"]


@frozen
class Measure(Record):
    """An entry of `content/measures.yaml`, counted in a `unit` or in a `currency` (ISO 4217).

    `unit_forms` are other forms of the unit: `{one: ship}` of `ships`.
    """

    label: Annotated[Text, Field(description="what is measured")]
    unit: Annotated[Text | None, Field(description="the unit in its plural, if it is no currency")] = None
    unit_forms: Annotated[dict[PluralForm, Text], Field(description="the unit's plural forms")] = field(
        default_factory=dict
    )
    currency: Annotated[Currency | None, Field(description="the currency")] = None
    about: Annotated[tuple[EntityId, ...], Field(description="whom it concerns")] = ()
    topics: Annotated[tuple[TopicId, ...], Field(description="its topics, the one it is listed under first")] = ()
    summary: Annotated[Text | None, Field(description="what it counts and what not")] = None
    stale_after: Annotated[Span | None, Field(description="how long a figure is good for")] = None
    former_ids: Annotated[tuple[Id, ...], Field(description="its old ids")] = ()
    draft: Annotated[Flag, Field(description="kept out of the site")] = False
    visibility: Annotated[Visibility, Field(description="who may read it: `internal` is for the desk alone")] = "public"

    @model_validator(mode="after")
    def _has_one_unit(self) -> Self:
        if (self.unit is None) == (self.currency is None):
            raise PydanticCustomError("one_unit", "a measure has either a unit or a currency")
        return self
