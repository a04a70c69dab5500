"""Data: the records as tables, in CSV and JSON, with what describes and cites them, and the page of all that."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, partial
from hashlib import blake2b
from typing import Any, NamedTuple

from briefing.link.changes import changes_of
from briefing.link.clock import newest
from briefing.link.lists import Lists
from briefing.link.scope import Scope
from briefing.link.site import LinkedArticle
from briefing.machines.catalog import CHANGES, TOPICS, by_article, change_row, layouts, sheets
from briefing.machines.citation import Dataset, citation, described
from briefing.machines.records import Sheet
from briefing.machines.tables import Layout, Row, as_csv, as_json
from briefing.model.addresses import page_path
from briefing.model.base import Record
from briefing.model.digests import SIZE, digest, digest_of
from briefing.model.frozen import frozen
from briefing.model.registries import REGISTRIES
from briefing.pages.codebook import codebook, file_name
from briefing.pages.linked_data import Publication, publication_of
from briefing.pages.page import File, Page, Section
from briefing.pages.structured import of_data
from briefing.read.articles import ArticleFile
from briefing.read.content import CONFIG
from briefing.views.views import Views

# Where its sections stand in the plan, and the addresses that are no record's.
WEIGHT = 130
PAGE, FOLDER = "data.html", "data/"
PACKAGE = f"{FOLDER}datapackage.json"
PATHS = (PAGE, FOLDER)

# With more claims than this there are files for each year of articles and their claims, and for each quarter of a year
# that has itself so many: what an edit makes again is one of them.
LARGE = 5000
# So much of the digest of all records is its version.
DIGITS = 12


class Form(NamedTuple):
    """What a file of a table is: its ending, and what makes it."""

    ending: str
    data: Callable[[Layout, Iterable[Row]], bytes]


FORMS = (Form("csv", as_csv), Form("json", as_json))
ENDINGS = tuple(form.ending for form in FORMS)


def sections(lists: Lists) -> Iterator[Section[Any]]:
    """One for the articles and claims, of each year where there are many; one for each other kind of records, and one
    for what describes them."""
    for period, ids in _periods(lists).items():
        yield Section(f"data of articles {period}", article_files, partial(_articles, lists, period, ids))
        yield Section(f"data of changes {period}", change_files, partial(_changes, lists, period, ids))
    for kind in ("summits", *REGISTRIES):
        yield Section(f"data of {kind}", record_files, partial(_records, lists, kind))
    yield Section("data of topics", topic_files, partial(_topics, lists))
    yield Section("data", package_files, partial(_package, lists))


def _periods(lists: Lists) -> Mapping[str, list[str]]:
    """The ids of articles by year or quarter, or all of them under no name."""
    claims = lists.claims_by_day
    if sum(claims.values()) <= LARGE:
        return {"": [file.id for file in lists.site.files]}
    years: dict[int, int] = {}
    for day, count in claims.items():
        years[day.year] = years.get(day.year, 0) + count
    names = {day: f"{day.year:04}" + (f"-q{(day.month + 2) // 3}" if years[day.year] > LARGE else "") for day in claims}
    found: dict[str, list[str]] = {}
    for file in lists.site.files:
        found.setdefault(names[file.record.published.day.earliest], []).append(file.id)
    return found


@dataclass(frozen=True)
class Shared:
    """Arguments of many files, of which the digest is made once."""

    @cached_property
    def digest(self) -> bytes:
        return digest(*(getattr(self, field.name) for field in fields(self)))


@dataclass(frozen=True)
class ArticleArguments(Shared):
    """Articles, with the period that they are of."""

    period: str
    articles: Sequence[ArticleFile]


def _articles(lists: Lists, period: str, ids: Sequence[str]) -> ArticleArguments:
    articles = lists.site.content.articles
    return ArticleArguments(period, [articles[id] for id in sorted(ids)])


def article_files(given: ArticleArguments) -> Iterator[File]:
    """The tables of articles and of their claims."""
    of_articles = [(one.layout, partial(_article_rows, one.layout.name, given)) for one in sheets("articles")]
    of_claims = [(one.layout, partial(_claim_rows, one.layout.name, given)) for one in sheets("claims")]
    yield from _files(given.period, [*of_articles, *of_claims])


def _article_rows(table: str, given: ArticleArguments) -> Iterator[Row]:
    return _sheet("articles", table).rows((file.record, (file.id,)) for file in given.articles)


def _claim_rows(table: str, given: ArticleArguments) -> Iterator[Row]:
    return _sheet("claims", table).rows((one, (one.ref,)) for file in given.articles for one in file.claims)


def _sheet(kind: str, table: str) -> Sheet:
    return next(sheet for sheet in sheets(kind) if sheet.layout.name == table)


@dataclass(frozen=True)
class ChangeArguments(Shared):
    """Articles with their claims, as far as changes show them."""

    period: str
    articles: Sequence[LinkedArticle]


def _changes(lists: Lists, period: str, ids: Sequence[str]) -> ChangeArguments:
    return ChangeArguments(period, [lists.site.article(id) for id in ids])


def change_files(given: ChangeArguments) -> Iterator[File]:
    """The table of changes."""
    yield from _files(given.period, [(CHANGES, partial(_change_rows, given))])


def _change_rows(given: ChangeArguments) -> Iterator[Row]:
    claims = [claim for article in given.articles for claim in article.claims]
    return map(change_row, changes_of(claims, [article.headline for article in given.articles]))


@frozen
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
    yield from _files("", [(one.layout, partial(_record_rows, one.layout.name, given)) for one in sheets(given.kind)])


def _record_rows(table: str, given: RecordArguments) -> Iterator[Row]:
    return _sheet(given.kind, table).rows((record, (id,)) for id, record in given.records.items())


@frozen
class TopicArguments:
    """The topics as rows."""

    rows: tuple[Row, ...]


def _topics(lists: Lists) -> TopicArguments:
    content, config = lists.site.content, lists.site.config
    files = {id: content.topics.get(id) for id in config.topics}
    return TopicArguments(
        tuple(
            (id, config.topics[id], file.record.summary if file else None, page_path("topics", id))
            for id, file in files.items()
        )
    )


def topic_files(given: TopicArguments) -> Iterator[File]:
    """The table of topics."""
    yield from _files("", [(TOPICS, partial(iter, given.rows))])


def tables(lists: Lists) -> Iterator[tuple[Layout, Iterator[Row]]]:
    """All tables with their rows, whole."""
    ids = [file.id for file in lists.site.files]
    articles, changes = _articles(lists, "", ids), _changes(lists, "", ids)
    for sheet in sheets("claims"):
        yield sheet.layout, _claim_rows(sheet.layout.name, articles)
    for sheet in sheets("articles"):
        yield sheet.layout, _article_rows(sheet.layout.name, articles)
    yield CHANGES, _change_rows(changes)
    yield TOPICS, iter(_topics(lists).rows)
    for kind in ("summits", *REGISTRIES):
        records = _records(lists, kind)
        for sheet in sheets(kind):
            yield sheet.layout, _record_rows(sheet.layout.name, records)


def facts(lists: Lists) -> dict[str, str]:
    """What is told of all records together, and of which edition they are; nothing of what is not known."""
    dataset, edition = _package(lists).dataset, lists.site.content.edition
    license = dataset.license
    told = {
        "title": dataset.title,
        "description": dataset.description,
        "url": dataset.url,
        "publisher": dataset.publisher,
        "license": license and (license.url or license.name),
        "version": dataset.version,
        "date": dataset.day,
        "edition": dataset.edition or "public",
        "drafts": "included" if edition.drafts else None,
        "as_of": edition.as_of,
    }
    return {name: str(value) for name, value in told.items() if value}


class Rows:
    """The rows of a table, made when somebody asks for them. Their digest is of what they are, not of the records that
    they are made of: an edit changes one or two of the tables that claims are in."""

    def __init__(self, made: "partial[Iterator[Row]]", kept: "dict[Rows, tuple[Row, ...]]") -> None:
        self._made, self._kept = made, kept

    @cached_property
    def digest(self) -> bytes:
        return blake2b(repr(self.listed()).encode("utf-8", "surrogatepass"), digest_size=SIZE).digest()

    def listed(self) -> tuple[Row, ...]:
        """They are kept until those of another table are asked for."""
        if self not in self._kept:
            self._kept.clear()
            self._kept[self] = tuple(self._made())
        return self._kept[self]


def _files(period: str, tables: "Iterable[tuple[Layout, partial[Iterator[Row]]]]") -> Iterator[File]:
    kept: dict[Rows, tuple[Row, ...]] = {}
    for layout, made in tables:
        rows = Rows(made, kept)
        for form in FORMS:
            path = file_name(layout.name, period, form.ending)
            yield File(path, partial(_made, form.ending, layout.name, rows), CONFIG)


def _made(ending: str, table: str, rows: Rows) -> bytes:
    form = next(form for form in FORMS if form.ending == ending)
    return form.data(layouts()[table], rows.listed())


@frozen
class PackageArguments:
    """What is told of all records together, who publishes them, the periods that have files of their own, and the words
    of the page."""

    dataset: Dataset
    publication: Publication
    periods: tuple[str, ...]
    scope: Scope


def _package(lists: Lists) -> PackageArguments:
    site = lists.site
    content, config = site.content, site.config
    registries = [getattr(content, kind) for kind in REGISTRIES]
    articles = [file.said for file in site.files]
    pages = [(file.id, file.record) for files in (content.summits, content.topics) for file in files.values()]
    version = digest_of([articles, pages, *registries]).hex()[:DIGITS]
    verdicts = [file.record.verdict.written for file in content.summits.values() if file.record.verdict]
    day = newest([site.clock.day], [*(record.written for _, record in pages), *verdicts])
    url, publisher, license = config.base_url, config.publisher, config.license
    edition = "internal" if content.edition.internal else None
    dataset = Dataset(config.title, version, day, config.description, url, publisher, license, edition)
    return PackageArguments(dataset, publication_of(site), tuple(_periods(lists)), site.scope(()))


def package_files(given: PackageArguments) -> Iterator[Page | File]:
    """What describes the tables: for programs, for those who cite them, and as a page."""
    dataset, periods = given.dataset, given.periods
    yield File(PACKAGE, partial(_described, dataset, periods), CONFIG)
    if dataset.day:
        yield File(f"{FOLDER}CITATION.cff", partial(citation, dataset), CONFIG)
    views, context = Views(given.scope), partial(codebook, periods, ENDINGS, dataset.license, dataset.day is not None)
    title, lede = views.say("data.title"), views.say("data.lede")
    # The page knows nothing of the version, which is another one after every edit.
    lasting = dataset._replace(version="")
    structured = partial(of_data, lasting, lede, PAGE, PACKAGE, given.publication) if given.publication.base else None
    yield Page(PAGE, "data.html", title, context, CONFIG, description=lede, structured=structured)


def _described(dataset: Dataset, periods: tuple[str, ...]) -> bytes:
    paths = {name: [path.removeprefix(FOLDER) for path in _paths(name, "csv", periods)] for name in layouts()}
    return described(dataset, [(layout, paths[name]) for name, layout in layouts().items()])


def _paths(table: str, ending: str, periods: tuple[str, ...]) -> list[str]:
    """The files of a table."""
    return [file_name(table, period, ending) for period in (periods if table in by_article() else ("",))]
