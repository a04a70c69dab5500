"""The plan: which sections of pages there are, and what each is made from."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from briefing.diagnostics import Diagnostic, Location, Note
from briefing.link.lists import Lists
from briefing.link.site import newest_first
from briefing.model.ids import caseless
from briefing.model.registries import ENTITIES
from briefing.pages.articles import article_arguments, article_index, article_index_arguments, article_pages
from briefing.pages.changes import change_arguments, change_pages, summit_change_arguments, topic_change_arguments
from briefing.pages.figures import figure_pages, figures_arguments
from briefing.pages.home import home_arguments, home_pages
from briefing.pages.ledger import ledger_arguments, ledger_pages
from briefing.pages.page import Section
from briefing.pages.standing_pages import missing_page, standing_arguments, standing_pages
from briefing.pages.summits import summit_arguments, summit_index, summit_index_arguments, summit_pages
from briefing.pages.timeline import (
    summit_timeline_arguments,
    timeline_arguments,
    timeline_pages,
    topic_timeline_arguments,
)
from briefing.pages.topics import topic_arguments, topic_pages
from briefing.pages.voice_index import voice_index, voice_index_arguments
from briefing.pages.voices import voice_arguments, voice_pages

Plan = Mapping[str, Section[Any]]


def plan(lists: Lists) -> Plan:
    """The sections of a site by name, in the order of its pages."""
    return {section.name: section for section in _sections(lists)}


def _sections(lists: Lists) -> Iterator[Section[Any]]:
    site, topics, summits = lists.site, lists.site.config.topics, lists.site.summits
    for article in sorted(site.content.articles.values(), key=newest_first):
        arguments, text = partial(article_arguments, lists, article.id), site.content.texts[article.id]
        yield Section(f"article {article.id}", article_pages, arguments, text.digest)
    yield Section("articles", article_index, partial(article_index_arguments, lists))
    for id in summits:
        yield Section(f"summit {id}", summit_pages, partial(summit_arguments, lists, id))
    yield Section("summits", summit_index, partial(summit_index_arguments, lists))
    for id in topics:
        yield Section(f"topic {id}", topic_pages, partial(topic_arguments, lists, id))
    yield Section("ledger", ledger_pages, partial(ledger_arguments, lists))
    yield Section("figures", figure_pages, partial(figures_arguments, lists))
    yield Section("timeline", timeline_pages, partial(timeline_arguments, lists))
    for id in topics:
        yield Section(f"timeline of topic {id}", timeline_pages, partial(topic_timeline_arguments, lists, id))
    for id in summits:
        yield Section(f"timeline of summit {id}", timeline_pages, partial(summit_timeline_arguments, lists, id))
    yield Section("changes", change_pages, partial(change_arguments, lists))
    for id in summits:
        yield Section(f"changes of summit {id}", change_pages, partial(summit_change_arguments, lists, id))
    for id in topics:
        yield Section(f"changes of topic {id}", change_pages, partial(topic_change_arguments, lists, id))
    for kind in ENTITIES:
        for id in getattr(site.content, kind):
            yield Section(f"{kind} {id}", voice_pages, partial(voice_arguments, lists, kind, id))
    yield Section("voices", voice_index, partial(voice_index_arguments, lists))
    for id in site.content.pages:
        yield Section(f"page {id}", standing_pages, partial(standing_arguments, lists, id))
    yield Section("home", home_pages, partial(home_arguments, lists))
    yield Section("missing", missing_page, _nothing)


def _nothing() -> None:
    return None


def collisions(plan: Plan, paths: Sequence[str], others: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Outputs that a file system could take for one. `paths` are those of all pages of the plan; `others` maps the
    remaining outputs to their files."""
    if len({caseless(path) for path in (*paths, *others)}) == len(paths) + len(others):
        return
    seen: dict[str, tuple[str, str]] = {}
    pages = (page for section in plan.values() for page in section.planned())
    for path, source in [*((page.path, page.source) for page in pages), *others.items()]:
        key = caseless(path)
        if key in seen:
            first, second = seen[key], (path, source)
            if not source.startswith("content/"):
                first, second = second, first  # The editor's file has to give way, not the page that every site has.
            note = Note(f"{first[0]} is also the address of", Location(first[1]))
            message = f"two files want the address {second[0]}"
            yield Diagnostic("output-collision", message, Location(second[1]), "rename one of them", (note,))
        seen.setdefault(key, (path, source))
