"""Article pages and their index."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from briefing.link.lists import Lists
from briefing.link.scope import Scope
from briefing.link.site import LinkedArticle
from briefing.model.addresses import page_path, page_paths
from briefing.model.frozen import frozen
from briefing.model.gone import Gone
from briefing.pages.annotations import annotations_file, annotations_of, annotations_path
from briefing.pages.archive import Periods, archived, part_page, part_title
from briefing.pages.gone import gone_from, gone_view
from briefing.pages.linked_data import Publication, publication_of, written
from briefing.pages.page import Context, File, Page, Section, redirects
from briefing.pages.previews import Drawing, article_card, drawing_of, preview_of, preview_path
from briefing.pages.structured import of_article
from briefing.read.articles import ArticleText
from briefing.read.content import CONFIG
from briefing.views.articles import article_view, checked_view, passage_view
from briefing.views.listed import ARTICLE, NOTE, Listed
from briefing.views.phrases import is_one
from briefing.views.values import LinkView, trusted
from briefing.views.views import Views
from briefing.views.words import language_words

# Where its sections stand in the plan, and the addresses that are no record's.
WEIGHT = 10
PATHS = ("articles/index.html", "annotations/", "previews/")


def sections(lists: Lists) -> Iterator[Section[Any]]:
    """One for each article, the newest first, and one for the list of them."""
    texts = lists.site.content.texts
    for article in lists.site.files:
        id = article.id
        path, *former = page_paths("articles", id, article.record.aliases)
        paths = (path, *former, annotations_path(id), preview_path(path))
        arguments = partial(article_arguments, lists, id)
        yield Section(f"article {id}", article_pages, arguments, texts[id].digest, paths)
    of_index = (*PATHS, "archive/articles-")
    yield Section("articles", article_index, partial(article_index_arguments, lists), paths=of_index)


@frozen
class ArticleArguments:
    """An article with its text, which is compared apart: it changes more often than anything else. And what is gone
    from its page."""

    article: LinkedArticle
    text: ArticleText
    publication: Publication
    drawing: Drawing | None
    gone: tuple[Gone, ...] = ()


def article_arguments(lists: Lists, id: str) -> ArticleArguments:
    """What the page of an article is made from."""
    site, article = lists.site, lists.site.article(id)
    gone = gone_from(site, page_path("articles", id), partial(_places, article))
    return ArticleArguments(article, site.content.texts[id], publication_of(site), drawing_of(site), gone)


def _places(article: LinkedArticle) -> set[str]:
    """The ids of its claims, of today and of before."""
    return {one for linked in article.claims for one in (linked.anchored.id, *linked.claim.former_ids)}


def article_pages(given: ArticleArguments) -> Iterator[Page | File]:
    """The page of an article, redirects from its old ids, and its annotations if it has any claims."""
    article, text, publication = given.article, given.text, given.publication
    views, record, path = Views(article.scope), article.record, page_path("articles", article.id)
    title, summary = views.title(record), views.own(record.summary)
    if summary is None:
        day = views.date(record.published).text
        summary = views.say("article.description", title=title, source=views.source_name(record.source), date=day)
    drawing = given.drawing
    preview = preview_of(path, article_card(article, drawing.site), drawing) if drawing else None
    image = preview.path if preview else None
    yield Page(
        path,
        "article.html",
        title,
        partial(_context, article, text, given.gone),
        article.headline.path,
        text.links,
        summary,
        files=(annotations_of(article.id),) if text.quoted else (),
        structured=partial(of_article, article, publication, image) if publication.base else None,
        published=written(record.published) if views.is_own(record) else None,
        image=image,
        language=views.language_of(record),
    )
    if preview:
        yield preview.file(article.headline.path)
    yield from redirects("articles", record.aliases, path, article.headline.path, title)
    if text.quoted:
        yield annotations_file(article, text.quoted, publication)


def _context(article: LinkedArticle, text: ArticleText, gone: tuple[Gone, ...]) -> Context:
    views = Views(article.scope)
    record, checked = article.record, article.headline.head.checked
    corrections = ((views.date(correction.on), views.own(correction.text)) for correction in record.corrections)
    source, language = views.source_name(record.source), views.language_of(record)
    return {
        "article": article_view(article),
        "authors": tuple(views.wording.spoken(author, language) for author in record.authors if author != source),
        "dateline": views.wording.spoken(record.dateline, language) if record.dateline else None,
        "url": record.url,
        "archive_url": record.archive_url,
        "accessed": views.date(record.accessed) if record.accessed else None,
        "revised": views.date(record.revised) if record.revised else None,
        "is_ours": views.is_own(record),
        "language": None if is_one(language, views.language) else language_words(language, views.wording),
        "updated": views.date(record.updated) if record.updated else None,
        "corrections": tuple(corrections),
        "gone": tuple(gone_view(one, views) for one in gone),
        "rights": record.rights,
        "html": trusted(text.html, language if checked is None else views.language, views.wording),
        "checked": checked_view(checked, views) if checked else None,
        "passages": tuple(passage_view(record, language, stretch, views) for stretch in text.stretches),
        "claims": Listed(NOTE, article.claims),
        "summits": tuple(views.summit_link(id) for id in _summits_of(article)),
    }


def _summits_of(article: LinkedArticle) -> Iterable[str]:
    return dict.fromkeys([*article.record.summits, *(claim.summit for claim in article.claims if claim.summit)])


@frozen
class ArticleIndexArguments:
    """All articles, newest first."""

    articles: tuple[LinkedArticle, ...]
    scope: Scope


def article_index_arguments(lists: Lists) -> ArticleIndexArguments:
    """All articles, newest first."""
    return ArticleIndexArguments(tuple(lists.site.articles), lists.site.scope(()))


def article_index(given: ArticleIndexArguments) -> Iterator[Page]:
    """The list of articles, the older ones by year."""
    path, views, articles = "articles/index.html", Views(given.scope), given.articles
    title = views.say("nav.articles")
    listing = archived(articles, lambda article: article.published.day, "archive/articles", views)
    context = partial(_index_context, listing.newest, listing.years, len(articles))
    yield Page(path, "articles.html", title, context, CONFIG)
    for part in listing.parts:
        yield part_page(part, part_title(title, part, views), LinkView(title, path), "articles", ARTICLE, CONFIG)


def _index_context(newest: tuple[LinkedArticle, ...], years: Periods, count: int) -> Context:
    return {"articles": Listed(ARTICLE, newest), "years": years, "count": count}
