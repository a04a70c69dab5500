"""A measure: one quantity that claims give figures for."""

from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from briefing.model.base import Currency, Flag, Id, Record, Text
from briefing.model.dates import Span

# The categories of the CLDR but `other`, which is the unit itself.
PluralForm = Literal["zero", "one", "two", "few", "many"]


class Measure(Record):
    """An entry of `content/measures.yaml`, counted in a `unit` or in a `currency` (ISO 4217).

    `unit_forms` are other forms of the unit: `{one: ship}` of `ships`.
    """

    label: Text
    unit: Text | None = None
    unit_forms: dict[PluralForm, Text] = Field(default_factory=dict)
    currency: Currency | None = None
    about: tuple[Id, ...] = ()
    topics: tuple[Id, ...] = ()
    summary: Text | None = None
    stale_after: Span | None = None
    former_ids: tuple[Id, ...] = ()
    draft: Flag = False

    @model_validator(mode="after")
    def _has_one_unit(self) -> Self:
        if (self.unit is None) == (self.currency is None):
            raise PydanticCustomError("one_unit", "a measure has either a unit or a currency")
        return self
