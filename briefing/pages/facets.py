"""What full-text search narrows pages down by: those of articles, summits, topics, and standing pages."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from briefing.link.site import LinkedArticle, LinkedClaim, Site
from briefing.model.addresses import page_path

# Each with its values, by their names.
Facets = tuple[tuple[str, str], ...]


def facets(site: Site) -> Mapping[str, Facets]:
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


def with_facets(page: bytes, of: Facets) -> bytes:
    """A page with its facets in its head, where Pagefind reads them and no reader of the site has to load them."""
    marks = "".join(f'<meta data-pagefind-filter="{name}[content]" content="{escape(value)}">' for name, value in of)
    return page.replace(b"</head>", marks.encode() + b"</head>", 1)
