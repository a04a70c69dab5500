"""Addresses that are gone: what an editor has taken back, and why."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from briefing.model.addresses import is_promised
from briefing.model.base import InSchemas, Record, Text
from briefing.model.dates import PartialDate
from briefing.model.frozen import frozen

_HELP = "write it as urls.json has it, such as articles/x.html or articles/x.html#claim"


def is_address(text: str) -> bool:
    """Whether a text can be an address that lasts: a path below the site, perhaps with the fragment of a place."""
    path, mark, fragment = text.partition("#")
    is_place = bool(fragment) and fragment.isprintable() and not set(fragment) & set(" #")
    return is_promised(path) and (is_place or not mark)


def _checked_address(value: Any) -> Any:
    if isinstance(value, str) and not is_address(value):
        raise PydanticCustomError(
            "bad_address", "`{value}` is not an address that lasts", {"value": value, "help": _HELP}
        )
    return value


Address = Annotated[str, BeforeValidator(_checked_address), InSchemas(pattern=r"^[^\s/:?#][^\s:?#]*(#[^\s#]+)?$")]


@frozen
class Gone(Record):
    """An address that was published, and at which nothing stands any more. With a fragment, a place in a page."""

    address: Annotated[Address, Field(description="the address, as urls.json has it")]
    why: Annotated[Text, Field(description="one sentence, for who comes there")]
    on: Annotated[PartialDate | None, Field(description="since when it is gone")] = None
