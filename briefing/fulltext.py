"""The recipe of the full-text index: whole pages of the new site through Pagefind into its stage."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from html import escape
from typing import Protocol

from briefing.incremental.cache import Cache
from briefing.incremental.page_cache import PageCache
from briefing.link.site import LinkedArticle, LinkedClaim, Site
from briefing.model.addresses import page_path
from briefing.model.digests import digest_of
from briefing.write.fulltext import FOLDER, indexed, indexer

# Each with its values, by their names.
Facets = tuple[tuple[str, str], ...]
_WITHOUT_BLANKS = frozenset(["ja", "ko", "zh"])


class Stage(Protocol):
    """Where the files of the new site are, with their SHA-256."""

    files: dict[str, str]

    def add(self, path: str, data: bytes) -> str: ...
    def there(self, files: Mapping[str, str]) -> set[str]: ...
    def keep(self, path: str, digest: str) -> None: ...
    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]: ...


def add_fulltext(site: Site | None, pages: PageCache, stage: Stage, cache: Cache) -> None:
    """Add the index where it is configured: that of the last build where no page in it is another."""
    if site is None or site.config.search != "pagefind":
        return
    wanted = {path: of for path, of in _facets(site).items() if path in pages.pages}
    of_pages = [(path, pages.shown_on(path), of) for path, of in wanted.items()]
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
    marked = ((path, _with_facets(data, wanted[path])) for path, data in stage.read(wanted))
    return {path: stage.add(path, data) for path, data in indexed(marked, language).items()}


def _is_there(stage: Stage, files: object) -> bool:
    """Whether the files of an index are in the output."""
    if not isinstance(files, dict) or not all(isinstance(one, str) for item in files.items() for one in item):
        return False
    return all(path.startswith(FOLDER) for path in files) and stage.there(files) == files.keys()


def _facets(site: Site) -> Mapping[str, Facets]:
    """The facets of every primary page, by its path."""
    content = site.content
    found: dict[str, Iterable[tuple[str, str]]] = {}
    for article in site.articles:
        found[page_path("articles", article.id)] = _of_article(article)
    for id, file in content.summits.items():
        claims = site.by_summit.get(id, ())
        year = f"{file.record.start.day.earliest.year:04}"
        found[page_path("summits", id)] = [("kind", "summit"), ("summit", id), ("year", year), *_of_claims(claims)]
    for id in site.config.topics:
        found[page_path("topics", id)] = [("kind", "topic"), ("topic", id)]
    for id in content.pages:
        found[page_path("pages", id)] = [("kind", "page")]
    return {path: tuple(dict.fromkeys(of)) for path, of in found.items()}


def _of_article(article: LinkedArticle) -> Iterator[tuple[str, str]]:
    yield from [("kind", "article"), ("year", f"{article.published.day.earliest.year:04}")]
    yield from (("summit", id) for id in article.record.summits)
    yield from _of_claims(article.claims)
    yield from (("summit", claim.summit) for claim in article.claims if claim.summit)


def _of_claims(claims: Iterable[LinkedClaim]) -> Iterator[tuple[str, str]]:
    for linked in claims:
        yield from (("topic", id) for id in linked.claim.topics)
        if linked.status:
            yield "status", linked.status


def _with_facets(page: bytes, of: Facets) -> bytes:
    """A page with its facets in its head, where Pagefind reads them and no reader of the site has to load them."""
    marks = "".join(f'<meta data-pagefind-filter="{name}[content]" content="{escape(value)}">' for name, value in of)
    return page.replace(b"</head>", marks.encode() + b"</head>", 1)
