"""`_headers`: what hosts that read it are to say of the files of the site."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from briefing.link.lists import Lists
from briefing.machines.headers import ASSETS, EVERYWHERE, Rule, headers_file, types
from briefing.pages.calendars import CALENDAR
from briefing.pages.feeds import FEED
from briefing.pages.page import File, Section
from briefing.read.content import CONFIG

# Where its section stands in the plan, and the address that is no record's.
WEIGHT = 140
PATHS = ("_headers",)

_ATOM, _CALENDAR = f"{FEED.type}; charset=utf-8", f"{CALENDAR.type}; charset=utf-8"
RULES = (
    EVERYWHERE,
    ASSETS,
    *types(
        [
            (FEED.path, _ATOM),
            ("feeds/*", _ATOM),
            (CALENDAR.path, _CALENDAR),
            ("calendars/*", _CALENDAR),
            ("*.csv", "text/csv; charset=utf-8"),
        ]
    ),
)


def sections(lists: Lists) -> Iterator[Section[Any]]:
    """One, the same for every site."""
    yield Section("headers", header_files, lambda: RULES)


def header_files(rules: tuple[Rule, ...]) -> Iterator[File]:
    """The file."""
    yield File("_headers", partial(headers_file, rules), CONFIG)
