"""config.yaml: what holds for the whole site."""

from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from briefing.model.base import ClaimRef, Id, Language, Record, Text
from briefing.model.base_url import fault_of
from briefing.model.dates import PartialDate
from briefing.model.entity import TimeZone
from briefing.model.quoting import QuoteLimits

DEFAULT_TOPICS = {"defense": "Defense", "energy": "Energy", "trade": "Trade", "investment": "Investment"}


def _topics_of(value: Any) -> Any:
    """A list of ids means the ids as names: `[defense, energy]` is `{defense: Defense, energy: Energy}`."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return {item: item.replace("-", " ").replace("_", " ").capitalize() for item in value}
    return value


def _checked_base_url(value: Any) -> Any:
    if isinstance(value, str) and (fault := fault_of(value)):
        raise PydanticCustomError("bad_base_url", "{told}", {"told": fault.message, "help": fault.help})
    return value


BaseUrl = Annotated[str, BeforeValidator(_checked_base_url)]


class Config(Record):
    """The configuration. `topics` maps ids to names, in the order pages show them.

    Nothing of the site was entered before `recorded_since`.
    """

    title: Text
    description: Text | None = None
    publisher: Text | None = None
    base_url: BaseUrl | None = None
    language: Language = "en"
    timezone: TimeZone = "UTC"
    recorded_since: PartialDate | None = None
    topics: Annotated[dict[Id, Text], BeforeValidator(_topics_of)] = DEFAULT_TOPICS
    quotes: QuoteLimits | None = None
    nav: tuple[Id, ...] = ()
    lead: tuple[ClaimRef, ...] = ()
    exclude: tuple[ClaimRef, ...] = ()
