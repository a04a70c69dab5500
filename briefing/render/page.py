"""A page to be made, and what every page has in common."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from briefing.read.links import Link
from briefing.render.tongues import Phrase
from briefing.render.views import DateView, LinkView

Context = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be made: a pure function of these values. `source` is the file it stands for.

    Its views are made when it is rendered, so that they can be made where it is rendered.
    """

    path: str
    template: str
    make_context: Callable[[], Context]
    source: str
    links: tuple[Link, ...]
    frame: "SiteView"
    head: "Head"
    root: str | None = None  # the absolute path that links begin with, for the page without a place of its own
    day: str = ""  # about when most of what it shows happened: pages of one time share claims, and are made together

    @property
    def context(self) -> Context:
        """What the template is given, and all it is given."""
        return {"site": self.frame, "page": self.head, **self.make_context()}


@dataclass(frozen=True, slots=True)
class Head:
    """What every page says of itself."""

    title: Phrase
    path: str
    description: Phrase | None = None
    canonical: str | None = None


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page shows of the site. `recorded_since` is none in an edition of a day on which it was kept."""

    title: Phrase
    description: Phrase | None
    publisher: Phrase | None
    language: str
    topics: tuple[LinkView, ...]
    nav: tuple[LinkView, ...]
    theme_language: str
    as_of: DateView | None
    recorded_since: DateView | None
    with_drafts: bool
