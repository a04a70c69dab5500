"""`_headers`: what hosts that read it are to say of the files of the site."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from briefing.link.lists import Lists
from briefing.machines.headers import ASSETS, Rule, everywhere, headers_file, types
from briefing.machines.json_ld import MEDIA_TYPE as JSON_LD
from briefing.model.config import Config
from briefing.pages.annotations import FOLDER as ANNOTATIONS
from briefing.pages.calendars import CALENDAR
from briefing.pages.feeds import FEED
from briefing.pages.page import File, Section
from briefing.read.content import CONFIG

# Where its section stands in the plan, and the address that is no record's.
WEIGHT = 140
PATHS = ("_headers",)

_ATOM, _CALENDAR = f"{FEED.type}; charset=utf-8", f"{CALENDAR.type}; charset=utf-8"
_TYPES = types(
    [
        (FEED.path, _ATOM),
        ("feeds/*", _ATOM),
        (CALENDAR.path, _CALENDAR),
        ("calendars/*", _CALENDAR),
        (f"{ANNOTATIONS}*", JSON_LD),
        ("*.csv", "text/csv; charset=utf-8"),
    ]
)


def rules_of(config: Config) -> tuple[Rule, ...]:
    """What is to be said of the files of a site."""
    return (everywhere(config.search == "pagefind"), ASSETS, *_TYPES)


def sections(lists: Lists) -> Iterator[Section[Any]]:
    """One."""
    yield Section("headers", header_files, partial(rules_of, lists.site.config))


def header_files(rules: tuple[Rule, ...]) -> Iterator[File]:
    """The file."""
    yield File("_headers", partial(headers_file, rules), CONFIG)
