"""The home page: what is coming, what just changed, the topics."""

from collections.abc import Iterator
from functools import partial

from briefing.link.meetings import last_day
from briefing.model.summit import UNSETTLED, Summit
from briefing.read.content import CONFIG
from briefing.read.pages import Written
from briefing.render.changes import site_changes
from briefing.render.maker import Maker
from briefing.render.page import Context, Page

RECENT = 8


def home_page(maker: Maker) -> Iterator[Page]:
    """The first page."""
    title, description = maker.views.own(maker.config.title), maker.views.own(maker.config.description)
    context = partial(_context, maker)
    yield maker.page("index.html", "home.html", title, context, CONFIG, description=description)


def _context(maker: Maker) -> Context:
    site, views = maker.site, maker.views
    summits = [site.content.summits[id] for id in site.summits]
    planned = [summit for summit in reversed(summits) if _is_coming(maker, summit)]
    past = [summit for summit in summits if not _is_coming(maker, summit)]
    return {
        "planned": tuple(views.summit(summit) for summit in planned),
        "summits": tuple(views.summit(summit) for summit in past[:RECENT]),
        "lead": views.claims_by_ref(maker.config.lead),
        "changes": site_changes(maker),
        "articles": tuple(views.article(file) for file in site.articles[:RECENT]),
        "topics": tuple((views.topic_link(id), _open_in(maker, id)) for id in maker.config.topics),
    }


def _is_coming(maker: Maker, summit: Written[Summit]) -> bool:
    """Whether a meeting may still be held; one whose day is over waits for somebody to say what became of it."""
    is_waiting = summit.record.status in UNSETTLED
    return is_waiting and not maker.views.has_passed(last_day(summit.record).latest)


def _open_in(maker: Maker, topic: str) -> int:
    return sum(claim.is_open for claim in maker.site.by_topic.get(topic, ()))
