"""Views of articles: as lists have them, the passages of a text that is kept apart, and how its words were checked."""

from decimal import Decimal

from briefing.link.site import LinkedArticle
from briefing.model.addresses import page_path
from briefing.model.article import Article
from briefing.model.dates import PartialDate
from briefing.read.apart import Checked
from briefing.read.stretches import Stretch
from briefing.views.numbers import digits
from briefing.views.text_fragments import leading_to
from briefing.views.values import ArticleView, CheckedView, CitedArticleView, PassageView, trusted
from briefing.views.views import Views


def article_view(article: LinkedArticle) -> ArticleView:
    """An article in lists, in its own scope."""
    record, views = article.record, Views(article.scope)
    return ArticleView(
        id=article.id,
        path=page_path("articles", article.id),
        title=views.title(record),
        source=views.source_name(record.source),
        source_path=page_path("sources", record.source),
        published=views.date(record.published),
        summary=views.own(record.summary),
        url=record.archive_url or record.url,
        is_ours=views.is_own(record),
        is_internal=record.visibility == "internal",
        claims=len(article.claims),
        open=sum(linked.is_open for linked in article.claims),
    )


def cited_article_view(article: LinkedArticle) -> CitedArticleView:
    """An article among the sources of a page: only what its claims are told apart by as well."""
    record, views = article.record, Views(article.scope)
    return CitedArticleView(
        id=article.id,
        path=page_path("articles", article.id),
        title=views.title(record),
        source=views.source_name(record.source),
        source_path=page_path("sources", record.source),
        published=views.date(record.published),
        url=record.archive_url or record.url,
        is_ours=views.is_own(record),
    )


def checked_view(checked: Checked, views: Views) -> CheckedView:
    """Against which text the words were checked."""
    as_of = views.scope.settings.as_of
    on = PartialDate.of(checked.on) if as_of is None or checked.on <= as_of else None
    length = views.wording.local(digits(Decimal(checked.length), views.locale))
    return CheckedView(length, checked.sha256[:12], views.date(on) if on else None)


def passage_view(record: Article, language: str, stretch: Stretch, views: Views) -> PassageView:
    """Words of a text that is kept apart."""
    url = record.archive_url or record.url
    original = leading_to(url, stretch.words, stretch.prefix, stretch.suffix) if url else None
    return PassageView(trusted(stretch.html, language, views.wording), original)
