"""What all records share: frozen, no unknown keys, and the small field types they are made of."""

import re
import unicodedata
from functools import cache
from sys import intern
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from briefing.model.ids import (
    broken_claim_rule,
    broken_rule,
    is_claim_id,
    is_id,
    likely_claim_id,
    mend_of,
    mend_of_claim,
)


def _checked_id(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    id = unicodedata.normalize("NFC", value)
    if not is_id(id):
        raise _not("an id", value, broken_rule(id), mend_of(id))
    return id


def _checked_claim_id(value: Any) -> Any:
    if isinstance(value, str) and not is_claim_id(value):
        raise _not("a claim id", value, broken_claim_rule(value), mend_of_claim(value))
    return value


def _checked_claim_ref(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    article, mark, claim = unicodedata.normalize("NFC", value).partition("#")
    if not mark:
        raise _not("a claim reference", value, "it has no `#`", "write `<article>#<claim>`")
    if not is_id(article):
        raise _not("a claim reference", value, f"of the article, {broken_rule(article)}", "write `<article>#<claim>`")
    if not is_claim_id(claim):
        meant = likely_claim_id(claim)
        help = f"write `{article}#{meant}`, if that is the id of the claim" if meant else "write `<article>#<claim>`"
        raise _not("a claim reference", value, f"of the claim, {broken_claim_rule(claim)}", help)
    return f"{article}#{claim}"


def _not(what: str, value: str, rule: str, help: str) -> PydanticCustomError:
    told = {"value": value, "what": what, "rule": rule, "help": help}
    return PydanticCustomError("bad_id", "`{value}` is not {what}: {rule}", told)


def _checked_flag(value: Any) -> Any:
    if value not in ("true", "false", True, False):
        raise PydanticCustomError("bad_flag", "`{value}` is neither true nor false", {"value": str(value)})
    return value in ("true", True)


def _checked_currency(value: Any) -> Any:
    from babel.numbers import list_currencies

    if isinstance(value, str) and value not in list_currencies():
        raise PydanticCustomError("bad_currency", "`{value}` is not a currency of ISO 4217", {"value": value})
    return value


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
Currency = Annotated[str, BeforeValidator(_checked_currency)]
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
