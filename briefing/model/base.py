"""What all records share: frozen, no unknown keys, and the small field types they are made of."""

import re
import unicodedata
from functools import cache
from sys import intern
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

# RELIABILITY of names: ids become file names, so Windows device names are out on every system.
DEVICE_NAMES = frozenset(
    ["con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))]
)
ID_RULE = "letters, digits, hyphens and underscores, beginning with a letter or digit, at most 100 bytes"
_ID = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")
_CLAIM_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_id(text: str) -> bool:
    """Whether the text can be an id: see `ID_RULE`."""
    return (
        _ID.fullmatch(text) is not None
        and len(text.encode()) <= 100
        and text.casefold() not in DEVICE_NAMES
        and unicodedata.is_normalized("NFC", text)
    )


def _checked_id(value: Any) -> Any:
    if isinstance(value, str) and not is_id(unicodedata.normalize("NFC", value)):
        raise PydanticCustomError("bad_id", "`{value}` is not an id", {"value": value})
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _checked_claim_id(value: Any) -> Any:
    # `s-` and `fn-` begin the ids of headings and footnotes on the same page.
    if isinstance(value, str) and (
        not _CLAIM_ID.fullmatch(value) or value.startswith(("s-", "fn-")) or len(value) > 100
    ):
        raise PydanticCustomError("bad_claim_id", "`{value}` is not a claim id", {"value": value})
    return value


def _checked_claim_ref(value: Any) -> Any:
    if isinstance(value, str):
        article, mark, claim = value.partition("#")
        if not mark or not is_id(unicodedata.normalize("NFC", article)) or not _CLAIM_ID.fullmatch(claim):
            raise PydanticCustomError("bad_claim_ref", "`{value}` is not a claim reference", {"value": value})
        return unicodedata.normalize("NFC", value)
    return value


def _checked_flag(value: Any) -> Any:
    if value not in ("true", "false", True, False):
        raise PydanticCustomError("bad_flag", "`{value}` is neither true nor false", {"value": str(value)})
    return value in ("true", True)


def _checked_url(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"https?://[^\s/?#]+\.?[^\s]*", value):
        raise PydanticCustomError("bad_url", "`{value}` is not a web address", {"value": value})
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, BeforeValidator(_checked_id)]
ClaimId = Annotated[str, BeforeValidator(_checked_claim_id)]
ClaimRef = Annotated[str, BeforeValidator(_checked_claim_ref), Field(description="<article>#<claim>")]
Flag = Annotated[bool, BeforeValidator(_checked_flag)]
Url = Annotated[str, BeforeValidator(_checked_url)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Reliability = Literal["A", "B", "C", "D", "E", "F"]


_NOT_NOTED: set[str] = set()
# Shorter texts are mostly words and ids that many records have.
_SHORT = 24


# The names are the same objects in all records of a class.
@cache
def _names(kind: type[BaseModel]) -> tuple[str, ...]:
    return tuple(kind.model_fields)


class Record(BaseModel):
    """A frozen value read from one file or one entry of a file."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False)

    # Records are kept and sent by the thousand: of pydantic's notes only the values are kept. Which of them were given
    # and which are defaults is asked by nobody, and would take a third of the memory.
    def model_post_init(self, _: Any, /) -> None:
        object.__setattr__(self, "__pydantic_fields_set__", _NOT_NOTED)

    def __getstate__(self) -> dict[Any, Any]:
        values = self.__dict__
        return tuple([values[name] for name in _names(type(self))])  # type: ignore[return-value]

    def __setstate__(self, state: Any) -> None:
        values = [intern(value) if type(value) is str and len(value) < _SHORT else value for value in state]
        object.__setattr__(self, "__dict__", dict(zip(_names(type(self)), values, strict=True)))
        object.__setattr__(self, "__pydantic_fields_set__", _NOT_NOTED)
        object.__setattr__(self, "__pydantic_extra__", None)
        object.__setattr__(self, "__pydantic_private__", None)
