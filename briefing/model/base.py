"""What all records share: frozen, no unknown keys, and the small field types they are made of."""

import re
import unicodedata
from dataclasses import fields
from typing import Annotated, Any, ClassVar, Literal, TypeVar, cast, get_type_hints

from pydantic import BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler, StringConstraints, TypeAdapter
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from briefing.model.ids import (
    CLAIM_ID_PATTERN,
    CLAIM_REF_PATTERN,
    ID_PATTERN,
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


# How a schema says which kinds of record an id names, before the ids of a site are put in.
NAMES = "x-names"


class InSchemas:
    """What JSON Schemas say of a value that pydantic knows nothing of: it looks at values in functions of ours."""

    def __init__(self, **words: Any) -> None:
        self.words = words

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), **self.words}


class Names(InSchemas):
    """Says of an id which kinds of record it names."""

    def __init__(self, *kinds: str) -> None:
        super().__init__(**{NAMES: kinds})
        self.kinds = kinds


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, BeforeValidator(_checked_id), InSchemas(pattern=ID_PATTERN)]
ClaimId = Annotated[str, BeforeValidator(_checked_claim_id), InSchemas(pattern=CLAIM_ID_PATTERN)]
ClaimRef = Annotated[
    str,
    BeforeValidator(_checked_claim_ref),
    Field(description="<article>#<claim>"),
    InSchemas(pattern=CLAIM_REF_PATTERN),
    Names("claims"),
]
ArticleId = Annotated[Id, Names("articles")]
EntityId = Annotated[Id, Names("people", "organizations", "places", "sources")]
MeasureId = Annotated[Id, Names("measures")]
OrganizationId = Annotated[Id, Names("organizations")]
PageId = Annotated[Id, Names("pages")]
PersonId = Annotated[Id, Names("people")]
PlaceId = Annotated[Id, Names("places")]
SourceId = Annotated[Id, Names("sources")]
SummitId = Annotated[Id, Names("summits")]
TopicId = Annotated[Id, Names("topics")]
# Places have no voice.
VoiceId = Annotated[Id, Names("people", "organizations", "sources")]
Flag = Annotated[bool, BeforeValidator(_checked_flag)]
Url = Annotated[str, BeforeValidator(_checked_url), InSchemas(pattern=r"^https?://[^\s/?#]+\S*$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Currency = Annotated[str, BeforeValidator(_checked_currency), InSchemas(pattern="^[A-Z]{3}$")]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
Visibility = Literal["public", "internal"]


class Record:
    """A value read from one file or one entry of a file, which has no other keys than the fields of its class."""

    __slots__ = ()
    __dataclass_fields__: ClassVar[dict[str, Any]]
    __pydantic_config__ = ConfigDict(extra="forbid")


R = TypeVar("R", bound=Record)


_ADAPTERS: dict[type, TypeAdapter[Any]] = {}


def validated(kind: type[R], data: object) -> R:
    """The record of plain data; pydantic's ValidationError where it is none. A call of the class checks nothing."""
    return cast(R, _adapter(kind).validate_python(data))


def json_schema(kind: type[Record]) -> JsonSchemaValue:
    """The record as a JSON Schema, as pydantic has it of what is given to `validated`; parts stand in `$defs`."""
    return _adapter(kind).json_schema(ref_template="{model}")


def _adapter(kind: type[Record]) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def fields_of(kind: type[Record]) -> dict[str, FieldInfo]:
    """The fields of a record by name: what they are for, their defaults, and their keys in files as `alias`."""
    hints = get_type_hints(kind, include_extras=True)
    return {one.name: FieldInfo.from_annotated_attribute(hints[one.name], one) for one in fields(kind)}
