"""The recipe of the full-text index: whole pages of the new site through Pagefind into its stage."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Protocol

from briefing.incremental.cache import Cache
from briefing.incremental.page_cache import PageCache
from briefing.link.site import Site
from briefing.model.digests import digest_of
from briefing.pages.facets import Facets, facets, with_facets
from briefing.write.fulltext import FOLDER, indexed, indexer

_WITHOUT_BLANKS = frozenset(["ja", "ko", "zh"])


class Stage(Protocol):
    """Where the files of the new site are, with their SHA-256."""

    files: dict[str, str]

    def add(self, path: str, data: bytes) -> str: ...
    def has(self, path: str, digest: str) -> bool: ...
    def keep(self, path: str, digest: str) -> None: ...
    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]: ...


def add_fulltext(site: Site | None, pages: PageCache, stage: Stage, cache: Cache) -> None:
    """Add the index where it is configured: that of the last build where no page in it is another."""
    if site is None or site.config.search != "pagefind":
        return
    wanted = {path: of for path, of in facets(site).items() if path in pages.pages}
    of_pages = [(path, pages.digest_of(path), of) for path, of in wanted.items()]
    language = _parting(site)
    key = digest_of((indexer(), language, of_pages))
    files = cache.once("fulltext", key, partial(_made, wanted, language, stage), partial(_is_there, stage))
    for path in files.keys() - stage.files.keys():
        stage.keep(path, files[path])


def _parting(site: Site) -> str | None:
    """The language without blanks that most articles are in, if any is: Pagefind parts their words only in an index of
    such a language, and that of pages in one of them alone leaves out the others."""
    sources = site.content.sources
    records = [file.record for file in site.files]
    languages = [one.language or sources[one.source].language or site.config.language for one in records]
    found = Counter(tag for tag in (one.partition("-")[0] for one in languages) if tag in _WITHOUT_BLANKS)
    return found.most_common(1)[0][0] if found else None


def _made(wanted: Mapping[str, Facets], language: str | None, stage: Stage) -> dict[str, str]:
    """The files of the index with their SHA-256."""
    marked = ((path, with_facets(data, wanted[path])) for path, data in stage.read(wanted))
    return {path: stage.add(path, data) for path, data in indexed(marked, language).items()}


def _is_there(stage: Stage, files: object) -> bool:
    """Whether the files of an index are in the output."""
    if not isinstance(files, dict) or not all(isinstance(one, str) for item in files.items() for one in item):
        return False
    return all(path.startswith(FOLDER) and stage.has(path, digest) for path, digest in files.items())
