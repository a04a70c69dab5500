"""The names of pages for the search: whoever looks for a meeting, a topic, a person or a figure is led to its page."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from briefing.link.lists import Lists
from briefing.machines.search import FOLDER, script
from briefing.model.addresses import measure_path, page_path
from briefing.model.registries import ENTITIES
from briefing.pages.page import File
from briefing.read.content import CONFIG
from briefing.views.phrases import plain
from briefing.views.views import Views

# Of so many pages at most a file has the names; and of one page so many characters.
PAGES, CHARACTERS = 500, 200


class Named(NamedTuple):
    """A page: its path, its name, what it is or when it is, and what else it is found by."""

    path: str
    name: str
    note: str
    words: str


def names(lists: Lists) -> Sequence[Named]:
    """The pages of meetings, the newest first, topics, people, organizations, places, sources, figures, and the
    standing pages."""
    return [
        Named(path, name[:CHARACTERS], note[:CHARACTERS], " ".join(words)[:CHARACTERS])
        for path, name, note, *words in _found(lists)
    ]


def _found(lists: Lists) -> Iterator[tuple[str, ...]]:
    site = lists.site
    content, views = site.content, Views(site.scope(()))
    for id in site.summits:
        record = content.summits[id].record
        day = views.date(record.start)
        yield page_path("summits", id), record.title, plain(day.short), plain(day.text), day.iso
    topic = plain(views.say("topic.kind"))
    for id, title in site.config.topics.items():
        yield page_path("topics", id), title, topic
    for kind in ENTITIES:
        noun = plain(views.say(f"noun.{kind}"))
        for id, entity in getattr(content, kind).items():
            yield page_path(kind, id), entity.name, noun, *entity.names.values(), *entity.aliases
    figure = plain(views.say("search.figure"))
    for id in lists.figures:
        yield measure_path(id), content.measures[id].label, figure
    for id, file in content.pages.items():
        yield page_path("pages", id), file.record.title, plain(views.say("search.page"))


def files_of(pages: Sequence[Named]) -> int:
    """How many files the names take."""
    return -(-len(pages) // PAGES)


def names_files(pages: Sequence[Named]) -> Iterator[File]:
    """The names, in files of some."""
    for number in range(files_of(pages)):
        some = pages[number * PAGES : (number + 1) * PAGES]
        yield File(f"{FOLDER}names-{number}.js", partial(_data, f"names-{number}", some), CONFIG)


def _data(name: str, pages: Iterable[Named]) -> bytes:
    return script(name, [*pages])
