"""For hosts: addresses that have moved or are gone, the site's own domain, and that nothing is to be left out."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import unquote, urlsplit

from briefing.link.lists import Lists
from briefing.machines.redirects import redirects
from briefing.model.addresses import FOLDERS, MISSING, TIMELINE, page_path
from briefing.model.frozen import frozen
from briefing.model.registries import ENTITIES
from briefing.pages.calendars import calendar_of
from briefing.pages.feeds import feed_of
from briefing.pages.page import File, Section
from briefing.pages.timeline import FORMER
from briefing.read.content import CONFIG

# Where its sections stand in the plan, and the addresses that are no record's.
WEIGHT = 150
PATHS = ("_redirects", "CNAME", ".nojekyll")

# Folders of pages with feeds, and what the names of those begin with.
_WITH_FEEDS = {"summits": "summit", "topics": "topic", "sources": "source"}

Pairs = tuple[tuple[str, str], ...]


def sections(lists: Lists) -> Iterator[Section[Any]]:
    """One for each file."""
    yield Section("redirects", redirects_file, partial(_redirects, lists))
    yield Section("domain", domain_files, partial(_domain, lists))


@frozen
class RedirectsArguments:
    """Old addresses with the new ones, addresses that are gone with what says so, and whether Netlify reads it. All are
    paths on the host."""

    moved: Pairs
    gone: Pairs
    is_netlify: bool


def _redirects(lists: Lists) -> RedirectsArguments:
    config = lists.site.config
    # As the site stands on its host: in a folder of it where its address has a path.
    root = unquote(urlsplit(config.base_url or "").path).rstrip("/")
    moved = tuple((f"{root}/{old}", f"{root}/{new}") for old, new in _moved(lists))
    gone = [one.address for one in config.gone if "#" not in one.address]
    said = tuple((f"{root}/{path}", f"{root}/{path if path.endswith('.html') else MISSING}") for path in gone)
    return RedirectsArguments(moved, said, config.host == "netlify")


def _moved(lists: Lists) -> Iterator[tuple[str, str]]:
    content, base_url = lists.site.content, lists.site.config.base_url
    yield FORMER, TIMELINE
    for kind in FOLDERS:
        for id, of in sorted(getattr(content, kind).items()):
            old_ids = of.former_ids if kind in ENTITIES else of.record.aliases
            for old in old_ids:
                yield page_path(kind, old), page_path(kind, id)
                if kind == "summits":
                    yield calendar_of(old).path, calendar_of(id).path
                if kind in _WITH_FEEDS and base_url:
                    yield feed_of(_WITH_FEEDS[kind], old).path, feed_of(_WITH_FEEDS[kind], id).path


def redirects_file(given: RedirectsArguments) -> Iterator[File]:
    """The rules of redirects."""
    yield File("_redirects", partial(redirects, given.moved, given.gone, given.is_netlify), CONFIG)


def _domain(lists: Lists) -> str | None:
    return None if lists.site.content.edition.internal else lists.site.config.domain


def domain_files(domain: str | None) -> Iterator[File]:
    """What GitHub Pages reads: that it is not to leave out files as Jekyll does, and the site's own domain."""
    yield File(".nojekyll", partial(_line, ""), CONFIG)
    if domain:
        yield File("CNAME", partial(_line, f"{domain}\n"), CONFIG)


def _line(text: str) -> bytes:
    return text.encode()
