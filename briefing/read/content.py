"""The whole of `config.yaml` and `content/`, file by file: what can be known from each file alone."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

from briefing.diagnostics import Diagnostic, Location, Note, Pointer, Problems, Severity
from briefing.model.base import Record
from briefing.model.config import Config
from briefing.model.edition import EVERYTHING, PUBLIC, Edition
from briefing.model.entity import Entity, Organization, Person, Place, Source
from briefing.model.measure import Measure
from briefing.model.registries import ENTITIES, REGISTRIES
from briefing.model.summit import Summit
from briefing.model.topic import StandingPage, Topic
from briefing.read.annotations import AnchoredClaim
from briefing.read.articles import ArticleFile, ArticleJob, ArticleRead, ArticleText, read_article
from briefing.read.folders import content_files
from briefing.read.fonts import Font, read_fonts
from briefing.read.layout import NAMES, Layout, laid_out
from briefing.read.links import Link
from briefing.read.pages import PAGES, PageFile, PageJob, PageRead, read_page
from briefing.read.records import to_record, what_is_right
from briefing.read.registries import RegistryJob, read_registry
from briefing.read.sources import read_source
from briefing.read.yaml_reader import read_yaml

T = TypeVar("T")
R = TypeVar("R")

CONFIG = "config.yaml"
# What an article has besides its own file, by kind, in the order in which `ArticleJob` names it.
_PARTS = ("annotations", "texts", "anchors")


class Spread(Protocol):
    """Applies a function to items and gives the results in their order; perhaps in several processes."""

    def __call__(self, function: Callable[[T], R], items: Sequence[T], /) -> Iterable[R]: ...


@dataclass(slots=True)
class Content:
    """Everything that could be read. `media` has the files by the addresses they get, `files` those of the entries of
    registries, by `<registry>/<id>`; `known` the ids of all files and entries, also of unreadable ones; `drafts` those
    left out of the build: both by kind, claims as `<article>#<claim>`. `fonts` are read only where they are used.
    `loose` are the links in files whose heads could not be read.

    `withheld` has what is not in this `edition` because it is internal, and nothing else: of an article that is not,
    only its internal claims. It is None where nothing is."""

    config: Config | None = None
    articles: dict[str, ArticleFile] = field(default_factory=dict)
    texts: dict[str, ArticleText] = field(default_factory=dict)
    summits: dict[str, PageFile[Summit]] = field(default_factory=dict)
    topics: dict[str, PageFile[Topic]] = field(default_factory=dict)
    pages: dict[str, PageFile[StandingPage]] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    organizations: dict[str, Organization] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)
    fonts: list[Font] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    known: dict[str, set[str]] = field(default_factory=dict)
    drafts: dict[str, set[str]] = field(default_factory=dict)
    edition: Edition = PUBLIC
    loose: dict[str, tuple[Link, ...]] = field(default_factory=dict)
    withheld: "Content | None" = None

    def entity(self, id: str) -> Entity | None:
        """The person, organization, place or source of that id."""
        return self.people.get(id) or self.organizations.get(id) or self.places.get(id) or self.sources.get(id)

    def is_internal(self, kind: str, id: str) -> bool:
        """Whether a record is left out of the edition because it is internal."""
        withheld = self.withheld
        if withheld is None:
            return False
        if kind == "claims":
            article = withheld.articles.get(id.partition("#")[0])
            return article is not None and any(claim.ref == id for claim in article.claims)
        return id in (withheld.texts if kind == "articles" else getattr(withheld, kind))

    def file_of(self, kind: str, id: str) -> str:
        """The file that an entry of a registry stands in."""
        return self.files[f"{kind}/{id}"]

    def place_for(self, kind: str) -> str:
        """Where a new entry of a registry goes: its file, or its folder where it has only that."""
        paths = {path for entry, path in self.files.items() if entry.startswith(f"{kind}/")}
        file = f"content/{kind}.yaml"
        return file if file in paths or not paths else f"content/{kind}/"

    def kind_of(self, id: str) -> str:
        """The registry that has the person, organization, place or source of that id."""
        return next(kind for kind in ENTITIES if id in getattr(self, kind))


class Listing(NamedTuple):
    """The files of a site: what each is, what is to be read of its articles, and what is wrong with their names."""

    files: frozenset[str]
    layout: Layout
    articles: list[ArticleJob]
    problems: list[Diagnostic]


def list_content(root: Path) -> Listing:
    """The files of a site, of which none is read."""
    files, problems = content_files(root, NAMES)
    layout = laid_out(root, files)
    jobs, left = _jobs(layout)
    return Listing(frozenset(files), layout, jobs, [*problems, *layout.problems, *left])


def read_content(
    root: Path,
    edition: Edition = PUBLIC,
    spread: Spread = map,
    listing: Listing | None = None,
) -> tuple[Content, Problems]:
    """Read all files of the site below `root`, its articles and pages through `spread`.

    Drafts, and claims recorded later, only where they are in the `edition`. `listing` is that of these files, where it
    is known.
    """
    reader = _ContentReader(root, edition, spread)
    reader.read(listing or list_content(root))
    return reader.content, reader.problems


def read_jobs(root: Path) -> tuple[Content, list[ArticleJob], Problems]:
    """What is to be read of the articles of a site, without reading any; its configuration and its sources."""
    reader, listing = _ContentReader(root, EVERYTHING, map), list_content(root)
    reader.config()
    reader.registries(listing.layout, ["sources"])
    return reader.content, listing.articles, reader.problems


def read_registries(root: Path) -> tuple[Content, Listing, Problems]:
    """The configuration and the registries of a site, drafts too, and its files, of which no other is read."""
    reader, listing = _ContentReader(root, EVERYTHING, map), list_content(root)
    reader.config()
    reader.registries(listing.layout, REGISTRIES)
    return reader.content, listing, reader.problems


def read_records(root: Path) -> tuple[Content, list[ArticleJob], Problems]:
    """The configuration, the registries and the topics of a site, and what is to be read of its articles."""
    reader, listing = _ContentReader(root, Edition(internal=True), map), list_content(root)
    reader.config()
    reader.registries(listing.layout, REGISTRIES)
    reader.pages(listing.layout, ["topics"])
    return reader.content, listing.articles, reader.problems


def _jobs(layout: Layout) -> tuple[list[ArticleJob], list[Diagnostic]]:
    """What is to be read of all articles, and what is wrong with files that belong to none."""
    parts = {kind: dict(layout.ids[kind]) for kind in _PARTS}
    articles = layout.ids["articles"]
    jobs = [ArticleJob(id, path, *(parts[kind].pop(id, None) for kind in _PARTS)) for id, path in articles]
    return jobs, [_without_article(kind, id, path) for kind in _PARTS for id, path in parts[kind].items()]


def _without_article(kind: str, id: str, path: str) -> Diagnostic:
    """A file of an article that does not exist. Texts lie outside the repository, and may be for another branch."""
    code = "text-without-article" if kind == "texts" else f"{kind}-without-article"
    help = f"add content/articles/{id}.md, or name this file after its article"
    severity: Severity = "warning" if kind == "texts" else "error"
    return Diagnostic(code, f"there is no article `{id}`", Location(path), help, severity=severity)


def _is_draft(record: Record | None) -> bool:
    return bool(getattr(record, "draft", False))


def _is_internal(record: Record | None) -> bool:
    return getattr(record, "visibility", "public") == "internal"


class _ContentReader:
    """One reading of a site."""

    def __init__(self, root: Path, edition: Edition, spread: Spread) -> None:
        self.root = root
        self.edition = edition
        self.spread = spread
        self.content = Content(edition=edition)
        self.problems = Problems()

    def read(self, listing: Listing) -> None:
        self.config()
        self.problems.extend(listing.problems)
        self.content.media = listing.layout.media
        if self.content.config and self.content.config.preview_images:
            self.content.fonts, problems = read_fonts(self.root, listing.layout.files["fonts"])
            self.problems.extend(problems)
        self.registries(listing.layout, REGISTRIES)
        self.pages(listing.layout, PAGES)
        self._articles(listing.articles)

    def config(self) -> None:
        """Read the configuration."""
        source = read_source(self.root, CONFIG)
        if isinstance(source, Diagnostic):
            self.problems.add(source)
            self._config_in_part(None, is_whole=False)
            return
        document, problems = read_yaml(source)
        self.problems.extend(problems)
        self.content.config, of_record = to_record(Config, document, document.data)
        self.problems.extend(of_record)
        if problems or of_record:
            self._config_in_part(document.data, is_whole=not problems)

    def _config_in_part(self, data: Any, is_whole: bool) -> None:
        """What is right in the configuration, so that all else can be checked as well; nothing will be published."""
        self.content.config, wrong = what_is_right(Config, data, {"title": "Untitled"})
        if not is_whole or "topics" in wrong:
            self.content.known.setdefault("topics", set()).add("*")

    def registries(self, layout: Layout, kinds: Iterable[str]) -> None:
        """Read the registries of these kinds."""
        jobs = [RegistryJob(kind, path) for kind in kinds for path in layout.files[kind]]
        for read in self.spread(partial(read_registry, self.root), jobs):
            self.problems.extend(read.problems)
            if read.unreadable:
                self.content.known.setdefault(read.job.kind, set()).add("*")
            for id, record in read.entries.items():
                self._entry(read.job, id, record)

    def _entry(self, job: RegistryJob, id: str, record: Record | None) -> None:
        """Keep an entry of a registry, whose files together are one."""
        kind, files = job.kind, self.content.files
        if (first := files.setdefault(f"{kind}/{id}", job.path)) != job.path:
            where, other = Pointer(job.path, (id,), key=True), Pointer(first, (id,), key=True)
            message, help = f"`{id}` stands in two files", "keep one of the two, or give one another id"
            note = Note("the first is here", other)
            self.problems.add(Diagnostic("duplicate-id", message, where, help, (note,)))
        elif (content := self._place_for(kind, id, record)) and record:
            getattr(content, kind)[id] = record

    def _place_for(self, kind: str, id: str, record: Record | None) -> Content | None:
        """Remember the id, and tell where the record goes: None for a draft that is left out."""
        self.content.known.setdefault(kind, set()).add(id)
        if _is_draft(record) and not self.edition.drafts:
            self.content.drafts.setdefault(kind, set()).add(id)
            return None
        return self._withheld() if _is_internal(record) and not self.edition.internal else self.content

    def _withheld(self) -> Content:
        if self.content.withheld is None:
            self.content.withheld = Content()
        return self.content.withheld

    def pages(self, layout: Layout, kinds: Iterable[str]) -> None:
        """Read the pages of these kinds."""
        jobs = [PageJob(kind, id, path) for kind in kinds for id, path in layout.ids[kind]]
        for read in self.spread(partial(read_page, self.root), jobs):
            self._page(read)

    def _page(self, read: PageRead) -> None:
        self.problems.extend(read.problems)
        self._loose(read)
        content = self._place_for(read.job.kind, read.job.id, read.file.record if read.file else None)
        if content and read.file:
            getattr(content, read.job.kind)[read.job.id] = read.file

    def _articles(self, jobs: Sequence[ArticleJob]) -> None:
        for read in self.spread(partial(read_article, self.root, edition=self.edition), jobs):
            self._article(read)

    def _article(self, read: ArticleRead) -> None:
        if read.problems:
            self.problems.extend(read.problems)
        self._loose(read)
        content = self._place_for("articles", read.job.id, read.file.record if read.file else None)
        if read.known:
            self.content.known.setdefault("claims", set()).update(read.known)
        if left_out := read.drafts if content else read.known:
            self.content.drafts.setdefault("claims", set()).update(left_out)
        if read.unreadable:
            self.content.known.setdefault("broken", set()).add(read.job.id)
        if content and read.file and read.text:
            self._keep(content, read.file, read.text, read.withheld)

    def _keep(
        self, content: Content, file: ArticleFile, text: ArticleText, withheld: tuple[AnchoredClaim, ...]
    ) -> None:
        """Keep an article, and apart from it those of its claims that are internal where it is not."""
        if withheld and content is self.content:
            self._withheld().articles[file.id] = ArticleFile(file.head, withheld)
        elif withheld:
            file = ArticleFile(file.head, (*file.claims, *withheld))
        content.articles[file.id], content.texts[file.id] = file, text

    def _loose(self, read: PageRead | ArticleRead) -> None:
        if read.links:
            self.content.loose[read.job.path] = read.links
