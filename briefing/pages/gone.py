"""Pages at addresses that are gone, which say so and why."""

from collections.abc import Callable, Container, Iterator, Sequence
from functools import partial
from typing import Any

from briefing.link.lists import Lists
from briefing.link.scope import Scope
from briefing.link.site import Site
from briefing.model.frozen import frozen
from briefing.model.gone import Gone
from briefing.pages.page import Context, Page, Section
from briefing.read.content import CONFIG
from briefing.views.phrases import Phrase
from briefing.views.values import DateView
from briefing.views.views import Views

# Where its sections stand in the plan: last, so that of two that want an address it is the one that is told.
WEIGHT = 200


def sections(lists: Lists) -> Iterator[Section[Any]]:
    """All in one: there are few."""
    if lists.site.config.gone:
        yield Section("gone", gone_pages, partial(_arguments, lists))


@frozen
class GoneArguments:
    """What is gone, as the configuration has it."""

    gone: Sequence[Gone]
    scope: Scope


def _arguments(lists: Lists) -> GoneArguments:
    return GoneArguments(lists.site.config.gone, lists.site.scope(()))


def gone_pages(given: GoneArguments) -> Iterator[Page]:
    """A page for each address of one."""
    title, seen = Views(given.scope).say("gone.title"), set[str]()
    for number, one in enumerate(given.gone):
        # A place in a page has none of its own; an address that is named twice is told elsewhere.
        if one.address.endswith(".html") and one.address not in seen:
            seen.add(one.address)
            context = partial(_context, one, given.scope)
            way = ("gone", number, "address")
            yield Page(one.address, "gone.html", title, context, CONFIG, way=way, is_indexed=False)


def _context(one: Gone, scope: Scope) -> Context:
    views = Views(scope)
    return {"gone": gone_view(one, views)}


@frozen
class GoneView:
    """Something that is gone: the id of its place where it is one in a page, why, and since when."""

    id: str | None
    why: Phrase
    on: DateView | None


def gone_view(one: Gone, views: Views) -> GoneView:
    """The view of something that is gone."""
    place = one.address.partition("#")[2] or None
    return GoneView(place, views.own(one.why), views.date(one.on) if one.on else None)


def gone_from(site: Site, path: str, ids: Callable[[], Container[str]]) -> tuple[Gone, ...]:
    """What is gone from a page that has places with these ids, which are asked for where there is any; each once."""
    found = {one.address: one for one in site.config.gone if one.address.startswith(f"{path}#")}
    there = ids() if found else ()
    return tuple(one for address, one in found.items() if address.partition("#")[2] not in there)
