"""The tables of the data: which there are, what each is of, and what makes its rows."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain
from typing import get_args

from briefing.link.changes import ArticleCorrected, Change, ClaimsAdded, FigureRevised, StatusMoved
from briefing.machines.records import Naming, Sheet, column_of, of_part, sheets_of, with_more
from briefing.machines.tables import Column, Key, Layout, Row
from briefing.model.addresses import page_path
from briefing.model.article import Article
from briefing.model.base import Record
from briefing.model.claim import Claim, Status
from briefing.model.dates import PartialDate
from briefing.model.registries import REGISTRIES
from briefing.model.summit import Summit
from briefing.read.annotations import AnchoredClaim

# Kinds of records with tables, the first ones first.
KINDS = ("claims", "articles", "summits", *REGISTRIES)

_NAMING = Naming(
    {
        "claims.attribution": "attributions",
        "claims.figure": "figures",
        "claims.history": "history",
        "claims.relations": "relations",
        "history.evidence": "evidence",
    },
    frozenset(["figure"]),
    # What only the site is made with, what says less than another column, and words around a quote, which nobody asked
    # a publisher for.
    frozenset(
        ["draft", "visibility", "lead", "exclude", "quotes", "quote", "claims.summit", "claims.id", "articles.text"]
    ),
    {
        "claims": ("claims", "claim"),
        "articles": ("articles", "article"),
        "summits": ("summits", "summit"),
        "topics": ("topics", "topic"),
        **{kind: (kind, "id") for kind in REGISTRIES},
    },
)


def _column(name: str, description: str) -> Column:
    return Column(name, "string", description, is_required=True)


_LEADS_OF_CLAIM = (Key(("article",), "articles", ("article",)), Key(("summit",), "summits", ("summit",)))
TOPICS = Layout(
    "topics",
    "the topics of the site, in its order",
    (
        _column("topic", "its id"),
        _column("name", "its name"),
        Column("summary", "string", "one sentence"),
        _column("page", "where it stands in the site"),
    ),
    ("topic",),
)


@cache
def sheets(kind: str) -> tuple[Sheet, ...]:
    """The tables of a kind of records: `articles`, `claims`, `summits` or a registry."""
    match kind:
        case "articles":
            of = sheets_of(
                kind, "the articles that claims are anchored in", Article, [_column("article", "its id")], _NAMING
            )
        case "claims":
            first, *others = sheets_of(kind, "what articles say", Claim, [_column("claim", "its reference")], _NAMING)
            more = (
                _column("article", "the article that says it"),
                Column("status", "string", "what has become of it, the last of its history", get_args(Status)),
                Column("summit", "string", "the meeting it belongs to"),
                _column("words", "the words as they stand in the article"),
                _column("page", "where it stands in the site"),
            )
            of = [
                with_more(first, more, _more_of_claim, _claim, _LEADS_OF_CLAIM),
                *(of_part(one, _claim) for one in others),
            ]
        case "summits":
            of = sheets_of(kind, "meetings, planned or held", Summit, [_column("summit", "its id")], _NAMING)
        case _:
            record: type[Record] = REGISTRIES[kind]
            of = sheets_of(kind, f"the registry of {kind}", record, [_column("id", "its id")], _NAMING)
    return tuple(of)


def _claim(anchored: AnchoredClaim) -> Claim:
    return anchored.claim


def _more_of_claim(anchored: AnchoredClaim) -> Row:
    article, claim = anchored.ref.partition("#")[0], anchored.claim
    page = f"{page_path('articles', article)}#{anchored.id}"
    return article, claim.status, anchored.summit, anchored.words, page


CHANGES = Layout(
    "changes",
    "claims added, statuses moved, figures revised, articles corrected: what a reader of the site has missed",
    (
        _column("change", "its name, which stays"),
        column_of("on", PartialDate, "the day since which it is known", True),
        Column("kind", "string", "what kind of change it is", ("status", "figure", "correction", "claims"), True),
        _column("article", "the article"),
        Column("claim", "string", "the claim, where it is one of a claim"),
        Column("before", "string", "the status, or the claim with the figure, before"),
        Column("after", "string", "the status after"),
        Column("why", "string", "the reason, or the correction"),
        Column("count", "integer", "how many claims were added"),
    ),
    ("change",),
    (*_LEADS_OF_CLAIM[:1], Key(("claim",), "claims", ("claim",))),
)


def change_row(change: Change) -> Row:
    """The row of a change."""
    head = change.id, str(change.on)
    match change:
        case StatusMoved():
            claim, entry = change.claim, change.entry
            return (*head, "status", claim.article.id, claim.ref, change.before, entry.status, entry.why, None)
        case FigureRevised():
            claim = change.claim
            return (*head, "figure", claim.article.id, claim.ref, change.earlier.anchored.ref, None, None, None)
        case ArticleCorrected():
            return (*head, "correction", change.article.id, None, None, None, change.correction.text, None)
        case ClaimsAdded():
            return (*head, "claims", change.article.id, None, None, None, None, len(change.claims))


@cache
def layouts() -> Mapping[str, Layout]:
    """What all tables are, by their names: first those of records, then those of the lists in them."""
    of = [[sheet.layout for sheet in sheets(kind)] for kind in KINDS]
    main = [first for first, *_ in of]
    return {layout.name: layout for layout in (*main, CHANGES, TOPICS, *chain.from_iterable(of))}


def by_article() -> Sequence[str]:
    """The tables whose rows are of articles, and so of years."""
    return (*(sheet.layout.name for kind in ("articles", "claims") for sheet in sheets(kind)), CHANGES.name)
