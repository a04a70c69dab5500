"""Lists of fragments: what a page shows of many claims, articles or events, each made once by a template.

A page function says which items a list has, and of which kind. The theme makes them, or takes those it has made before.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from briefing.link.changes import changes_of
from briefing.link.figures import values_of
from briefing.link.site import LinkedArticle
from briefing.link.timeline import events_of
from briefing.model.frozen import frozen
from briefing.views.articles import article_view, cited_article_view
from briefing.views.claims import claim_view
from briefing.views.events import event_view
from briefing.views.figures import figure_view

# With a `digest`, and with the claim, article or summit that it is `about`: a claim or an article is about itself.
Item = Any


@frozen
class Kind:
    """A kind of fragments: `parts/<name>.html` makes one of a view, which it knows by the name of a `variable`.

    Those of a kind that `is_common` stand in long lists and on many pages. They are told apart without being made: by
    what is kept of all such fragments of a claim or an article.
    """

    name: str
    variable: str
    view: Callable[[Item], object]
    is_common: bool = False

    @property
    def digest(self) -> bytes:
        return self.name.encode()

    @property
    def template(self) -> str:
        """The template that makes them."""
        return f"parts/{self.name}.html"


ROW = Kind("claim-row", "claim", claim_view, is_common=True)
LEDGER_ROW = Kind("ledger-row", "claim", claim_view, is_common=True)
CARD = Kind("claim-card", "claim", claim_view)
CHIP = Kind("claim-chip", "claim", claim_view)
EXPECTED = Kind("claim-expected", "claim", claim_view)
BEFORE = Kind("claim-before", "claim", claim_view)
STATEMENT = Kind("claim-statement", "claim", claim_view)
OUTCOME = Kind("claim-outcome", "claim", claim_view)
OTHER = Kind("claim-other", "claim", claim_view)
OPEN = Kind("claim-open", "claim", claim_view)
NOTE = Kind("claim-note", "claim", claim_view)
ACCOUNT = Kind("claim-account", "claim", claim_view)
WORDING = Kind("claim-wording", "claim", claim_view)
SOURCE = Kind("source-row", "article", cited_article_view, is_common=True)
ARTICLE = Kind("article-row", "article", article_view, is_common=True)
EVENT = Kind("event-row", "event", event_view, is_common=True)
MOVED = Kind("event-label", "event", event_view)
FIGURE = Kind("figure-row", "figure", figure_view, is_common=True)
VALUE = Kind("value-row", "figure", figure_view, is_common=True)
KINDS = (
    *(ROW, LEDGER_ROW, CARD, CHIP, EXPECTED, BEFORE, STATEMENT, OUTCOME, OTHER, OPEN, NOTE, ACCOUNT, WORDING),
    *(SOURCE, ARTICLE, EVENT, MOVED, FIGURE, VALUE),
)


@frozen
class Listed:
    """A list of fragments of one kind, which a template puts out with `each`."""

    kind: Kind
    items: Sequence[Item]

    def __len__(self) -> int:
        return len(self.items)


def common_items(article: LinkedArticle) -> Iterator[tuple[Kind, Item]]:
    """All items of common kinds that are about an article or a claim of it."""
    yield SOURCE, article
    yield ARTICLE, article
    for linked in article.claims:
        yield ROW, linked
        if linked.is_forward:
            yield LEDGER_ROW, linked
    yield from ((EVENT, event) for event in events_of([article.headline], article.claims))
    yield from ((EVENT, change) for change in changes_of(article.claims, [article.headline]))
    for value in values_of(article.claims):
        yield FIGURE, value
        yield VALUE, value
