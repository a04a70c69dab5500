"""Anchors: where the words of each claim stand in a text that is kept apart, without a word of that text."""

import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from briefing.model.base import ClaimId, Record

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


class TextMark(Record):
    """What tells a folded text from any other: the SHA-256 of its UTF-8, and its length in characters."""

    sha256: Sha256
    length: Count


class Anchor(Record):
    """Where the words of a claim stand, in characters of the folded text, and the SHA-256 of the folded words.

    `context` is that of the words before and after them, where the quote names any. The `checksum` is of all that, of
    the claim's id and of the text: a line of another text, or one that somebody changed, does not have it.
    """

    offset: Count
    length: Count
    sha256: Sha256
    context: Sha256 | None = None
    checksum: Checksum

    @property
    def end(self) -> int:
        return self.offset + self.length


class Anchors(Record):
    """One file of `content/anchors/`: the text, the day on which words were last looked for in it, and the claims."""

    version: str
    checked: Day
    text: TextMark
    claims: dict[ClaimId, Anchor] = Field(default_factory=dict)
