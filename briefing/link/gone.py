"""Addresses that are said to be gone: each once, and none of a record that is there."""

from collections.abc import Iterator

from briefing.diagnostics import Diagnostic, Note, Pointer
from briefing.model.addresses import page_path
from briefing.model.config import Config
from briefing.model.registries import ENTITIES
from briefing.read.content import CONFIG, Content


def check_gone(content: Content, config: Config) -> Iterator[Diagnostic]:
    """What is wrong with the list in the configuration. Of lists, feeds and the like it is found out when pages are
    made."""
    first: dict[str, Pointer] = {}
    places = dict(_places(content, config)) if config.gone else {}
    for number, one in enumerate(config.gone):
        where = Pointer(CONFIG, ("gone", number, "address"))
        other = first.setdefault(one.address, where)
        if other is not where:
            message, note = f"`gone` names `{one.address}` twice", Note("the first is here", other)
            yield Diagnostic("duplicate-entry", message, where, "remove one of the two", (note,))
        elif one.address in places:
            message, note = f"{one.address} is said to be gone, and is there", Note("it is here", places[one.address])
            yield Diagnostic("gone-but-there", message, where, "remove it here, or what stands there", (note,))


def _places(content: Content, config: Config) -> Iterator[tuple[str, Pointer]]:
    """The pages of records, and the places in them that stand for claims; each with where it is written."""
    yield from ((page_path("topics", id), Pointer(CONFIG, ("topics",), key=True)) for id in config.topics)
    for kind in ENTITIES:
        for id in getattr(content, kind):
            yield page_path(kind, id), Pointer(content.file_of(kind, id), (id,), key=True)
    for kind in ("summits", "topics", "pages", "articles"):
        yield from ((page_path(kind, id), Pointer(file.path)) for id, file in getattr(content, kind).items())
    for id, article in content.articles.items():
        for anchored in article.claims:
            where = Pointer(article.annotations or article.path, ("claims", anchored.index))
            for name in (anchored.id, *anchored.claim.former_ids):
                yield f"{page_path('articles', id)}#{name}", where
