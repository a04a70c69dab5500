"""Data: the records as tables, in CSV and JSON, with what describes and cites them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from typing import Any, NamedTuple

from briefing.link.changes import ArticleCorrected, Change, ClaimsAdded, FigureRevised, StatusMoved, changes_of
from briefing.link.lists import Lists
from briefing.link.site import LinkedArticle
from briefing.machines.records import Naming, Sheet, sheets_of, with_more
from briefing.machines.tables import Column, Layout, Row, as_csv, as_json, package
from briefing.model.addresses import page_path
from briefing.model.article import Article
from briefing.model.base import Record
from briefing.model.claim import Claim
from briefing.model.config import Config
from briefing.model.digests import digest_of
from briefing.model.registries import REGISTRIES
from briefing.model.summit import Summit
from briefing.pages.page import File, Section
from briefing.read.annotations import AnchoredClaim
from briefing.read.articles import ArticleFile
from briefing.read.content import CONFIG

# Where its sections stand in the plan, and the addresses that are no record's.
WEIGHT = 130
PATHS = ("data/",)

# With more claims than this there is a file for each year of articles and their claims.
LARGE = 5000
_NAMING = Naming(
    {
        "claims.attribution": "attributions",
        "claims.figure": "figures",
        "claims.history": "history",
        "claims.relations": "relations",
        "history.evidence": "evidence",
    },
    frozenset(["figure"]),
    frozenset(["draft", "lead", "exclude", "quotes"]),
)


class Form(NamedTuple):
    """What a file of a table is: its ending, and what makes it."""

    ending: str
    data: Callable[[Layout, Iterable[Row]], bytes]


FORMS = (Form("csv", as_csv), Form("json", as_json))


def _column(name: str, description: str) -> Column:
    return Column(name, "string", description, is_required=True)


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
                Column("status", "string", "what has become of it, the last of its history"),
                Column("summit_of", "string", "the summit it belongs to, its own or that of its file or article"),
                _column("words", "the words as they stand in the article"),
                _column("page", "where it stands in the site"),
            )
            of = [
                with_more(first, more, _more_of_claim, _claim),
                *(with_more(one, (), _nothing, _claim) for one in others),
            ]
        case "summits":
            of = sheets_of(kind, "meetings, planned or held", Summit, [_column("summit", "its id")], _NAMING)
        case _:
            record: type[Record] = REGISTRIES[kind]
            of = sheets_of(kind, f"the registry of {kind}", record, [_column("id", "its id")], _NAMING)
    return tuple(of)


def _claim(anchored: AnchoredClaim) -> Claim:
    return anchored.claim


def _nothing(anchored: AnchoredClaim) -> Row:
    return ()


def _more_of_claim(anchored: AnchoredClaim) -> Row:
    article, claim = anchored.ref.partition("#")[0], anchored.claim
    page = f"{page_path('articles', article)}#{anchored.id}"
    return article, claim.status, anchored.summit, anchored.words, page


CHANGES = Layout(
    "changes",
    "claims added, statuses moved, figures revised, articles corrected: what a reader of the site has missed",
    (
        _column("change", "its name, which stays"),
        _column("on", "the day since which it is known"),
        Column("kind", "string", "what kind of change it is", ("status", "figure", "correction", "claims"), True),
        _column("article", "the article"),
        Column("claim", "string", "the claim, where it is one of a claim"),
        Column("before", "string", "the status, or the claim with the figure, before"),
        Column("after", "string", "the status after"),
        Column("why", "string", "the reason, or the correction"),
        Column("count", "integer", "how many claims were added"),
    ),
    ("change",),
)


def _change(change: Change) -> Row:
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


def sections(lists: Lists) -> Iterator[Section[Any]]:
    """One for the articles and claims, of each year where there are many; one for each other kind of records, and one
    for what describes them."""
    for period, ids in _periods(lists).items():
        yield Section(f"data of articles {period}", article_files, partial(_articles, lists, period, ids))
        yield Section(f"data of changes {period}", change_files, partial(_changes, lists, period, ids))
    for kind in ("summits", *REGISTRIES):
        yield Section(f"data of {kind}", record_files, partial(_records, lists, kind))
    yield Section("data", package_files, partial(_package, lists))


def _periods(lists: Lists) -> Mapping[str, list[str]]:
    """The ids of articles by year, or all of them under no year."""
    files = lists.site.files
    if sum(len(file.claims) for file in files) <= LARGE:
        return {"": [file.id for file in files]}
    found: dict[str, list[str]] = {}
    for file in files:
        found.setdefault(f"{file.record.published.day.year:04}", []).append(file.id)
    return found


def file_name(table: str, period: str, ending: str) -> str:
    """The path of a table, or of its rows of a year."""
    return f"data/{table}-{period}.{ending}" if period else f"data/{table}.{ending}"


@dataclass(frozen=True, slots=True)
class ArticleArguments:
    """Articles, with the year that they are of."""

    period: str
    articles: Sequence[ArticleFile]


def _articles(lists: Lists, period: str, ids: Sequence[str]) -> ArticleArguments:
    articles = lists.site.content.articles
    return ArticleArguments(period, [articles[id] for id in sorted(ids)])


def article_files(given: ArticleArguments) -> Iterator[File]:
    """The tables of articles and of their claims."""
    for sheet in sheets("articles"):
        yield from _files(sheet.layout, given.period, partial(_article_rows, sheet.layout.name, given))
    for sheet in sheets("claims"):
        yield from _files(sheet.layout, given.period, partial(_claim_rows, sheet.layout.name, given))


def _article_rows(table: str, given: ArticleArguments) -> Iterator[Row]:
    rows = _sheet("articles", table).rows
    return chain.from_iterable(rows(file.record, (file.id,)) for file in given.articles)


def _claim_rows(table: str, given: ArticleArguments) -> Iterator[Row]:
    rows = _sheet("claims", table).rows
    return chain.from_iterable(rows(one, (one.ref,)) for file in given.articles for one in file.claims)


def _sheet(kind: str, table: str) -> Sheet:
    return next(sheet for sheet in sheets(kind) if sheet.layout.name == table)


@dataclass(frozen=True, slots=True)
class ChangeArguments:
    """Articles with their claims, as far as changes show them."""

    period: str
    articles: Sequence[LinkedArticle]


def _changes(lists: Lists, period: str, ids: Sequence[str]) -> ChangeArguments:
    return ChangeArguments(period, [lists.site.article(id) for id in ids])


def change_files(given: ChangeArguments) -> Iterator[File]:
    """The table of changes."""
    yield from _files(CHANGES, given.period, partial(_change_rows, given))


def _change_rows(given: ChangeArguments) -> Iterator[Row]:
    claims = [claim for article in given.articles for claim in article.claims]
    return map(_change, changes_of(claims, [article.headline for article in given.articles]))


@dataclass(frozen=True, slots=True)
class RecordArguments:
    """Records of a kind by their ids."""

    kind: str
    records: Mapping[str, Record]


def _records(lists: Lists, kind: str) -> RecordArguments:
    content = lists.site.content
    if kind == "summits":
        return RecordArguments(kind, {id: file.record for id, file in sorted(content.summits.items())})
    return RecordArguments(kind, dict(sorted(getattr(content, kind).items())))


def record_files(given: RecordArguments) -> Iterator[File]:
    """The tables of a kind of records."""
    for sheet in sheets(given.kind):
        yield from _files(sheet.layout, "", partial(_record_rows, sheet.layout.name, given))


def _record_rows(table: str, given: RecordArguments) -> Iterator[Row]:
    rows = _sheet(given.kind, table).rows
    return chain.from_iterable(rows(record, (id,)) for id, record in given.records.items())


def _files(layout: Layout, period: str, rows: "partial[Iterator[Row]]") -> Iterator[File]:
    for form in FORMS:
        path = file_name(layout.name, period, form.ending)
        yield File(path, partial(_made, form.ending, layout.name, rows), CONFIG)


def _made(ending: str, table: str, rows: "partial[Iterator[Row]]") -> bytes:
    form = next(form for form in FORMS if form.ending == ending)
    return form.data(layouts()[table], rows())


@cache
def layouts() -> Mapping[str, Layout]:
    """What all tables are, by their names."""
    kinds = ("claims", "articles", "summits", *REGISTRIES)
    return {layout.name: layout for layout in (*(one.layout for kind in kinds for one in sheets(kind)), CHANGES)}


@dataclass(frozen=True, slots=True)
class PackageArguments:
    """The configuration, the years that have files of their own, and the digest of all records."""

    config: Config
    periods: tuple[str, ...]
    version: bytes


def _package(lists: Lists) -> PackageArguments:
    site = lists.site
    content = site.content
    registries = [getattr(content, kind) for kind in REGISTRIES]
    articles = [file.digest for file in site.files]
    version = digest_of([articles, content.summits, content.topics, *registries])
    return PackageArguments(site.config, tuple(_periods(lists)), version)


def package_files(given: PackageArguments) -> Iterator[File]:
    """What describes the tables."""
    yield File("data/datapackage.json", partial(_described, given), CONFIG)


def _described(given: PackageArguments) -> bytes:
    config = given.config
    by_period = {layout.name for kind in ("claims", "articles") for layout in (one.layout for one in sheets(kind))}
    facts = {
        "name": "briefing",
        "title": config.title,
        "version": given.version.hex(),
        **({"description": config.description} if config.description else {}),
        **({"homepage": config.base_url} if config.base_url else {}),
        **({"contributors": [{"title": config.publisher, "role": "publisher"}]} if config.publisher else {}),
    }
    tables = []
    for name, layout in layouts().items():
        periods = given.periods if name in by_period or layout is CHANGES else ("",)
        paths = [file_name(name, period, "csv").removeprefix("data/") for period in periods]
        tables.append((layout, paths))
    return package(facts, tables)
