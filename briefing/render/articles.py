"""Article pages and their index."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import partial

from briefing.link.own_words import is_own
from briefing.model.addresses import page_path
from briefing.model.article import Article
from briefing.model.dates import PartialDate
from briefing.read.apart import Checked
from briefing.read.articles import ArticleFile, ArticleText
from briefing.read.content import CONFIG
from briefing.read.stretches import Stretch
from briefing.render.archive import Periods, archived
from briefing.render.maker import Maker
from briefing.render.numbers import digits, locale_tag
from briefing.render.page import Context, Page
from briefing.render.text_fragments import leading_to
from briefing.render.tongues import english, spoken
from briefing.render.views import CheckedView, LinkView, PassageView, trusted


def article_pages(maker: Maker, id: str) -> Iterator[Page]:
    """The page of an article, and redirects from its old ids."""
    file, text = maker.site.content.articles[id], maker.site.content.texts[id]
    record, path = file.record, page_path("articles", id)
    context = partial(_context, maker, file, text)
    day, title, summary = str(record.published.day), maker.views.title(record), maker.views.own(record.summary)
    yield maker.page(path, "article.html", title, context, file.path, text.links, summary, day)
    yield from maker.redirects("articles", record.aliases, path, file.path, title)


def _context(maker: Maker, file: ArticleFile, text: ArticleText) -> Context:
    record, views = file.record, maker.views
    corrections = ((views.date(correction.on), views.own(correction.text)) for correction in record.corrections)
    source, language, checked = views.source_name(record.source), views.language_of(record), file.head.checked
    return {
        "article": views.article(file),
        "authors": tuple(spoken(author, language) for author in record.authors if author != source),
        "dateline": spoken(record.dateline, language) if record.dateline else None,
        "url": record.url,
        "archive_url": record.archive_url,
        "accessed": views.date(record.accessed) if record.accessed else None,
        "revised": views.date(record.revised) if record.revised else None,
        "is_ours": is_own(record, maker.site.content),
        "updated": views.date(record.updated) if record.updated else None,
        "corrections": tuple(corrections),
        "rights": record.rights,
        "html": trusted(text.html, language if checked is None else maker.config.language),
        "checked": _checked(maker, checked) if checked else None,
        "passages": tuple(_passage(record, language, stretch) for stretch in text.stretches),
        "claims": views.claims_by_ref(anchored.ref for anchored in file.claims),
        "summits": tuple(views.summit_link(id) for id in _summits_of(file)),
    }


def _checked(maker: Maker, checked: Checked) -> CheckedView:
    as_of = maker.site.as_of
    on = PartialDate.of(checked.on) if as_of is None or checked.on <= as_of else None
    locale = maker.views.locale
    length = spoken(digits(Decimal(checked.length), locale), locale_tag(locale))
    return CheckedView(length, checked.sha256[:12], maker.views.date(on) if on else None)


def _passage(record: Article, language: str, stretch: Stretch) -> PassageView:
    url = record.archive_url or record.url
    original = leading_to(url, stretch.words, stretch.prefix, stretch.suffix) if url else None
    return PassageView(trusted(stretch.html, language), original)


def _summits_of(file: ArticleFile) -> Iterable[str]:
    return dict.fromkeys([*file.record.summits, *(claim.summit for claim in file.claims if claim.summit)])


def article_index(maker: Maker) -> Iterator[Page]:
    """The list of articles, the older ones by year."""
    files = tuple(maker.site.articles)
    path = "articles/index.html"
    listing = archived(files, lambda file: file.record.published.day, "archive/articles")
    yield maker.page(
        path,
        "articles.html",
        english("Articles"),
        partial(_index, maker, listing.newest, listing.years, len(files)),
        CONFIG,
    )
    for part in listing.parts:
        context = partial(_part, maker, LinkView(english("Articles"), path), part.items, part.periods)
        title = english(f"Articles, {part.label}")
        yield maker.page(part.path, "archive.html", title, context, CONFIG, day=part.label)


def _index(maker: Maker, newest: tuple[ArticleFile, ...], years: Periods, count: int) -> Context:
    return {"articles": tuple(maker.views.article(file) for file in newest), "years": years, "count": count}


def _part(maker: Maker, up: LinkView, files: tuple[ArticleFile, ...], periods: Periods) -> Context:
    articles = tuple(maker.views.article(file) for file in files)
    return {"up": up, "kind": "articles", "articles": articles, "periods": periods}
