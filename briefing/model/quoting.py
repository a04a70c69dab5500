"""How much may be quoted of a text that is kept apart."""

from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from briefing.model.base import Flag, Record


def _checked_words(value: Any) -> Any:
    if isinstance(value, str) and not (value.isascii() and value.isdigit() and 0 < len(value) < 6):
        raise PydanticCustomError("bad_count", "`{value}` is not a whole number", {"value": value})
    return value


class QuoteLimits(Record):
    """The most words of one quote, the most percent of a text that all quotes together may take, and whether a quote
    may be a whole sentence. What is not given is not limited."""

    words: Annotated[int, BeforeValidator(_checked_words), Field(ge=1)] | None = None
    share: Annotated[Decimal, Field(gt=0, le=100)] | None = None
    sentences: Flag | None = None

    def but(self, other: "QuoteLimits | None") -> Self:
        """These limits, with those of another that it gives in their place."""
        given = {} if other is None else {name: value for name, value in dict(other).items() if value is not None}
        return self.model_copy(update=given)
