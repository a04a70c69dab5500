"""What keeps an internal edition to itself: a word to search engines that follow no links, and to git."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from briefing.link.lists import Lists
from briefing.pages.page import File, Section
from briefing.read.content import CONFIG

WEIGHT = 150
PATHS = ("robots.txt", ".gitignore")

_ROBOTS, _GITIGNORE = "User-agent: *\nDisallow: /\n", "# An internal edition is for no repository.\n*\n"


def sections(lists: Lists) -> Iterator[Section[Any]]:
    """One, in an internal edition."""
    if lists.site.content.edition.internal:
        yield Section("private", private_files, tuple)


def private_files(_: tuple[()]) -> Iterator[File]:
    """The files for programs that would take the edition elsewhere."""
    yield File("robots.txt", partial(_bytes, _ROBOTS), CONFIG)
    yield File(".gitignore", partial(_bytes, _GITIGNORE), CONFIG)


def _bytes(text: str) -> bytes:
    return text.encode()
