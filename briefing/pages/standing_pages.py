"""Standing pages, and the page for addresses that have none."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from briefing.link.lists import Lists
from briefing.link.scope import Scope
from briefing.model.addresses import page_path, page_paths
from briefing.model.frozen import frozen
from briefing.model.topic import StandingPage
from briefing.pages.page import Context, Page, Section, redirects
from briefing.read.pages import PageFile
from briefing.views.phrases import Phrase
from briefing.views.values import trusted
from briefing.views.views import Views

# Where its sections stand in the plan, and the addresses that are no record's.
WEIGHT = 100
PATHS = ("404.html",)


def sections(lists: Lists) -> Iterator[Section[Any]]:
    """One for each standing page, and that for missing addresses."""
    for id, file in lists.site.content.pages.items():
        paths = page_paths("pages", id, file.record.aliases)
        yield Section(f"page {id}", standing_pages, partial(standing_arguments, lists, id), paths=paths)
    yield Section("missing", missing_page, partial(lists.site.scope, ()), paths=PATHS)


@frozen
class StandingArguments:
    """A file of `content/pages/`."""

    file: PageFile[StandingPage]
    scope: Scope


def standing_arguments(lists: Lists, id: str) -> StandingArguments:
    """What a standing page is made from."""
    return StandingArguments(lists.site.content.pages[id], lists.site.scope(()))


def standing_pages(given: StandingArguments) -> Iterator[Page]:
    """A standing page, and redirects from its old ids."""
    file, views = given.file, Views(given.scope)
    record, path = file.record, page_path("pages", file.id)
    title, summary, context = views.titled(record), _summary(record, views), partial(_context, given)
    yield Page(path, "page.html", title, context, file.path, file.links, summary, language=record.language)
    yield from redirects("pages", record.aliases, path, file.path, title)


def _context(given: StandingArguments) -> Context:
    views, record = Views(given.scope), given.file.record
    return {
        "html": trusted(given.file.html, record.language or views.language, views.wording),
        "summary": _summary(record, views),
    }


def _summary(record: StandingPage, views: Views) -> Phrase | None:
    return views.wording.spoken(record.summary, record.language or views.language) if record.summary else None


def missing_page(scope: Scope) -> Iterator[Page]:
    """The page for addresses without one. It is served at any of them, so its links are absolute."""
    title = Views(scope).say("missing.title")
    file = "templates/404.html"
    yield Page("404.html", "404.html", title, partial(dict), file, is_rootless=True, is_indexed=False)
