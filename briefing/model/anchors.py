"""Anchors: where the words of each claim stand in a text that is kept apart, without a word of that text."""

import datetime
from dataclasses import field
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from briefing.model.base import ClaimId, Record
from briefing.model.frozen import frozen

# Of the file's form, and of the way in which texts are read and folded: other words would stand at other places.
VERSION = "1"


def _checked_count(value: Any) -> Any:
    if isinstance(value, str) and not (value.isascii() and value.isdigit() and len(value) < 9):
        raise PydanticCustomError("bad_count", "`{value}` is not a whole number", {"value": value})
    return value


def _checked_day(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("bad_day", "`{value}` is not a day", {"value": value}) from None
    return value


Count = Annotated[int, BeforeValidator(_checked_count)]
Day = Annotated[datetime.date, BeforeValidator(_checked_day)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Checksum = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]


@frozen
class TextMark(Record):
    """What tells a folded text from any other: the SHA-256 of its UTF-8, and its length in characters."""

    sha256: Annotated[Sha256, Field(description="of the folded text")]
    length: Annotated[Count, Field(description="of the folded text, in characters")]


@frozen
class Anchor(Record):
    """Where the words of a claim stand, in characters of the folded text, and the SHA-256 of the folded words.

    `context` is that of the words before and after them, where the quote names any. The `checksum` is of all that, of
    the claim's id and of the text: a line of another text, or one that somebody changed, does not have it.
    """

    offset: Annotated[Count, Field(description="where its words begin")]
    length: Annotated[Count, Field(description="how many characters they are")]
    sha256: Annotated[Sha256, Field(description="of the folded words")]
    checksum: Annotated[Checksum, Field(description="of the line and the text")]
    context: Annotated[Sha256 | None, Field(description="of the folded words around them")] = None

    @property
    def end(self) -> int:
        return self.offset + self.length


@frozen
class Anchors(Record):
    """One file of `content/anchors/`: the text, the day on which words were last looked for in it, and the claims."""

    version: Annotated[str, Field(description="of the file's form and of folding")]
    checked: Annotated[Day, Field(description="when the quotes were last found in the text")]
    text: Annotated[TextMark, Field(description="what tells the text from others")]
    claims: Annotated[dict[ClaimId, Anchor], Field(description="by the claims' ids")] = field(default_factory=dict)
