"""config.yaml: what holds for the whole site."""

import re
from dataclasses import field
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from briefing.model.base import ClaimRef, Flag, Id, InSchemas, Language, PageId, Record, Text, Url
from briefing.model.base_url import fault_of, fault_of_domain
from briefing.model.dates import PartialDate
from briefing.model.entity import TimeZone
from briefing.model.frozen import frozen
from briefing.model.gone import Gone
from briefing.model.quoting import QuoteLimits

# A rule of RFC 9309, a comment or nothing.
_RULE = re.compile(r"\s*(?:[A-Za-z][A-Za-z-]*\s*:.*|#.*)?")
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


def _checked_domain(value: Any) -> Any:
    if isinstance(value, str) and (fault := fault_of_domain(value)):
        raise PydanticCustomError("bad_domain", "{told}", {"told": fault.message, "help": fault.help})
    return value


def _checked_rules(value: Any) -> Any:
    if isinstance(value, str):
        for line in value.splitlines():
            if not _RULE.fullmatch(line):
                raise PydanticCustomError("bad_rules", "`{line}` is not a line of robots.txt", {"line": line.strip()})
    return value


BaseUrl = Annotated[str, BeforeValidator(_checked_base_url), InSchemas(pattern="^https?://")]
Domain = Annotated[str, BeforeValidator(_checked_domain), InSchemas(pattern=r"^[^\s/:]+\.[^\s/:]+$")]
RobotRules = Annotated[Text, BeforeValidator(_checked_rules)]
# As they are written: ids with names, or ids alone.
_Topics = dict[Id, Text] | tuple[Id, ...]


@frozen
class License(Record):
    """What others may do with the records of the desk; the words of documents are still their publishers'."""

    name: Annotated[Text, Field(description="its SPDX identifier, as CC-BY-4.0, or what it is called")]
    url: Annotated[Url | None, Field(description="where it can be read")] = None


@frozen
class Config(Record):
    """The configuration. `topics` maps ids to names, in the order pages show them.

    Nothing of the site was entered before `recorded_since`.
    """

    title: Annotated[Text, Field(description="the site's name")]
    description: Annotated[Text | None, Field(description="one sentence, for the home page and search engines")] = None
    publisher: Annotated[Text | None, Field(description="who publishes it, at the foot of every page")] = None
    license: Annotated[License | None, Field(description="what others may do with the records, which `data/` has")] = (
        None
    )
    base_url: Annotated[BaseUrl | None, Field(description="where it will stand")] = None
    domain: Annotated[Domain | None, Field(description="its own domain at GitHub Pages, for the file CNAME")] = None
    host: Annotated[Literal["netlify"] | None, Field(description="the host, if it is this one")] = None
    robots: Annotated[RobotRules | None, Field(description="the rules of robots.txt, in place of free access")] = None
    language: Annotated[Language, Field(description="of what the editor writes: dates and numbers follow it")] = "en"
    timezone: Annotated[TimeZone, Field(description="for summits whose venue has none, and for what day it is")] = "UTC"
    preview_images: Annotated[Flag, Field(description="whether pages have images that stand beside links to them")] = (
        False
    )
    recorded_since: Annotated[PartialDate | None, Field(description="nothing was entered before that day")] = None
    topics: Annotated[
        dict[Id, Text],
        BeforeValidator(_topics_of, json_schema_input_type=_Topics),
        Field(description="ids with their names"),
    ] = field(default_factory=lambda: DEFAULT_TOPICS)
    quotes: Annotated[QuoteLimits | None, Field(description="how much is quoted of texts kept apart")] = None
    search: Annotated[Literal["claims", "pagefind"], Field(description="`pagefind`: whole pages as well as claims")] = (
        "claims"
    )
    nav: Annotated[tuple[PageId, ...], Field(description="standing pages in the navigation")] = ()
    lead: Annotated[tuple[ClaimRef, ...], Field(description="the bottom line of the home page")] = ()
    exclude: Annotated[tuple[ClaimRef, ...], Field(description="claims kept out of the news on the home page")] = ()
    gone: Annotated[tuple[Gone, ...], Field(description="addresses that were published and are gone")] = ()
