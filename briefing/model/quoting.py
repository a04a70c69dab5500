"""How much may be quoted of a text that is kept apart."""

from dataclasses import fields, replace
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from briefing.model.base import Flag, Record
from briefing.model.frozen import frozen


def _checked_words(value: Any) -> Any:
    if isinstance(value, str) and not (value.isascii() and value.isdigit() and 0 < len(value) < 6):
        raise PydanticCustomError("bad_count", "`{value}` is not a whole number", {"value": value})
    return value


Words = Annotated[int, BeforeValidator(_checked_words), Field(ge=1)]
Share = Annotated[Decimal, Field(gt=0, le=100)]


@frozen
class QuoteLimits(Record):
    """The most words of one quote, the most percent of a text that all quotes together may take, and whether a quote
    may be a whole sentence. What is not given is not limited."""

    words: Annotated[Words | None, Field(description="the most words of one quote")] = None
    share: Annotated[Share | None, Field(description="the most percent of a text that all quotes may take")] = None
    sentences: Annotated[Flag | None, Field(description="whether a quote may be a whole sentence")] = None

    def but(self, other: "QuoteLimits | None") -> Self:
        """These limits, with those of another that it gives in their place."""
        given = {one.name: value for one in fields(self) if (value := getattr(other, one.name, None)) is not None}
        return replace(self, **given)
