"""Preview images of pages: the words on each, and the font that has them all. They are made only where a site asks for
them and Pillow is installed."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from briefing.diagnostics import Diagnostic, EnvironmentProblem, Note, Pointer
from briefing.link.site import LinkedArticle, LinkedClaim, LinkedSummit, Site
from briefing.machines.preview_image import Card, drawn, is_here, undrawn
from briefing.model.addresses import page_path
from briefing.model.config import Config
from briefing.pages.page import File
from briefing.read.content import CONFIG
from briefing.read.fonts import Font
from briefing.views.phrases import Phrase, plain
from briefing.views.summits import venue_words
from briefing.views.views import Views
from briefing.wording import first_of

FOLDER = "previews/"
_SHOWN = 6


class Drawing(NamedTuple):
    """What images are drawn with: the name of the site and its fonts."""

    site: str
    fonts: tuple[Font, ...]


class Preview(NamedTuple):
    """The image of a page: its path, its words and the font that has them; without one, Pillow's own."""

    path: str
    card: Card
    font: Font | None

    def file(self, source: str) -> File:
        """The file of the image."""
        return File(self.path, partial(_png, self.card, self.font), source)


def _png(card: Card, font: Font | None) -> bytes:
    return drawn(card, font.data if font else None)


def check_can_draw(config: Config) -> None:
    """Raises EnvironmentProblem for a site that asks for images where nothing can draw them."""
    if config.preview_images and not is_here():
        raise EnvironmentProblem.of_extra(f"{CONFIG}: `preview_images: true`", "images")


def drawing_of(site: Site) -> Drawing | None:
    """What the images of a site are drawn with, if it has any: others find them by their whole addresses alone."""
    config = site.config
    if not (config.preview_images and config.base_url and is_here()):
        return None
    return Drawing(config.title, tuple(site.content.fonts))


def preview_path(page: str) -> str:
    """Where the image of a page stands, if it has one."""
    return f"{FOLDER}{page.removesuffix('.html')}.png"


def preview_of(page: str, card: Card, drawing: Drawing) -> Preview | None:
    """The image of a page, in the first font that has all its words; None where none has."""
    path = preview_path(page)
    return next((Preview(path, card, font) for font in (*drawing.fonts, None) if not _missing(card, font)), None)


def _missing(card: Card, font: Font | None) -> str:
    """The characters of a card that a font has not."""
    return "".join(undrawn(text, font.data if font else None) for text in card.words)


def article_card(article: LinkedArticle, site: str) -> Card:
    """Whose an article is and of which day, and how many claims it has."""
    views, record = Views(article.scope), article.record
    told = (views.source_name(record.source), views.date(record.published).text)
    return _card(site, views.title(record), told, article.claims, views)


def summit_card(summit: LinkedSummit, claims: Iterable[LinkedClaim], site: str) -> Card:
    """When and where a meeting is, how it stands, and how many claims it has."""
    views, record = Views(summit.scope), summit.record
    told = (views.date(record.start).text, venue_words(record, views), views.say(f"status.{record.status}"))
    return _card(site, views.own(record.title), told, claims, views)


def topic_card(title: Phrase, claims: Iterable[LinkedClaim], site: str, views: Views) -> Card:
    """How many claims there are on a topic."""
    return _card(site, title, (), claims, views)


def _card(site: str, title: Phrase, told: Iterable[Phrase | None], claims: Iterable[LinkedClaim], views: Views) -> Card:
    counted = list(claims)
    open = sum(claim.is_open for claim in counted)
    counts = [views.say("count.claims", len(counted)), views.say("count.open", open)]
    comma = plain(views.say("sign.comma"))
    lines = (" · ".join(plain(one) for one in told if one), comma.join(map(plain, counts[: 1 + bool(open)])))
    return Card(site, plain(title), tuple(filter(None, lines if counted else lines[:1])))


def undrawn_previews(site: Site) -> list[Diagnostic]:
    """What is to be told of the images that no font can draw, or of all where the site has no address."""
    drawing, config = drawing_of(site), site.config
    if config.preview_images and not config.base_url and not site.content.edition.internal:
        message = "no preview image is made: others look for them at whole addresses, and there is no `base_url`"
        help = "write the address of the site as `base_url`, or give --base-url"
        return [Diagnostic("preview-not-made", message, Pointer(CONFIG, ("preview_images",)), help, (), "warning")]
    if drawing is None:
        return []
    first = drawing.fonts[0] if drawing.fonts else None
    lost = [(path, _missing(card, first)) for path, card in _cards(site) if preview_of(path, card, drawing) is None]
    return [_not_made(lost)] if lost else []


def _not_made(lost: Sequence[tuple[str, str]]) -> Diagnostic:
    """What is to be told of pages without an image, with the characters that are missing for each."""
    missing = first_of([f"`{one}`" for one in dict.fromkeys("".join(missing for _, missing in lost))], _SHOWN)
    count = "1 preview image is" if len(lost) == 1 else f"{len(lost)} preview images are"
    message = f"{count} not made: there is no font that can draw {missing}"
    note = Note(f"those of {first_of([path for path, _ in lost], _SHOWN)}")
    where, help = Pointer(CONFIG, ("preview_images",)), "put a font that has them into content/fonts/ (.otf or .ttf)"
    return Diagnostic("preview-not-made", message, where, help, (note,), "warning")


def _cards(site: Site) -> Iterator[tuple[str, Card]]:
    title = site.config.title
    for article in site.articles:
        yield page_path("articles", article.id), article_card(article, title)
    for id, summit in site.meetings.items():
        yield page_path("summits", id), summit_card(summit, site.by_summit.get(id, ()), title)
    for id in site.config.topics:
        views, file = Views(site.scope([("topic", id)])), site.content.topics.get(id)
        shown = views.own(file.record.title) if file and file.record.title else views.topic_link(id).title
        yield page_path("topics", id), topic_card(shown, site.by_topic.get(id, ()), title, views)
