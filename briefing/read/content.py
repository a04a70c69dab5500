"""The whole of `config.yaml` and `content/`, file by file: what can be known from each file alone."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from briefing.diagnostics import Diagnostic, Note, Place, Problems
from briefing.model.base import Record
from briefing.model.config import Config
from briefing.model.entity import Entity, Organization, Person, Source
from briefing.model.entity import Place as PlaceRecord
from briefing.model.ids import RULE, broken_rule, is_id, likely_id, mend_of
from briefing.model.measure import Measure
from briefing.model.summit import Summit
from briefing.model.topic import StandingPage, Topic
from briefing.read.articles import ArticleFile, ArticleJob, ArticleRead, ArticleText, read_article
from briefing.read.pages import PAGES, PageJob, PageRead, Written, read_page
from briefing.read.records import to_record
from briefing.read.sources import list_files, no_address, read_bytes, read_source
from briefing.read.yaml_reader import read_yaml

T = TypeVar("T")
R = TypeVar("R")

CONFIG = "config.yaml"
REGISTRIES: dict[str, type[Record]] = {
    "people": Person,
    "organizations": Organization,
    "places": PlaceRecord,
    "sources": Source,
    "measures": Measure,
}
MEDIA = frozenset(["avif", "csv", "gif", "jpeg", "jpg", "pdf", "png", "txt", "webp"])
ENTITIES = ("people", "organizations", "places", "sources")


class Spread(Protocol):
    """Applies a function to items and gives the results in their order; perhaps in several processes."""

    def __call__(self, function: Callable[[T], R], items: Sequence[T], /) -> Iterable[R]: ...


@dataclass(slots=True)
class Content:
    """Everything that could be read. `media` has the files by the addresses they get; `known` the ids of all files and
    entries, also of unreadable ones; `drafts` those left out of the build: both by kind, claims as
    `<article>#<claim>`. `with_drafts`: none are."""

    config: Config | None = None
    articles: dict[str, ArticleFile] = field(default_factory=dict)
    texts: dict[str, ArticleText] = field(default_factory=dict)
    summits: dict[str, Written[Summit]] = field(default_factory=dict)
    topics: dict[str, Written[Topic]] = field(default_factory=dict)
    pages: dict[str, Written[StandingPage]] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    organizations: dict[str, Organization] = field(default_factory=dict)
    places: dict[str, PlaceRecord] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)
    known: dict[str, set[str]] = field(default_factory=dict)
    drafts: dict[str, set[str]] = field(default_factory=dict)
    with_drafts: bool = False

    def entity(self, id: str) -> Entity | None:
        """The person, organization, place or source of that id."""
        return self.people.get(id) or self.organizations.get(id) or self.places.get(id) or self.sources.get(id)

    def kind_of(self, id: str) -> str:
        """The registry that has the person, organization, place or source of that id."""
        return next(kind for kind in ENTITIES if id in getattr(self, kind))


def read_content(
    root: Path, drafts: bool = False, as_of: date | None = None, spread: Spread = map
) -> tuple[Content, Problems]:
    """Read all files of the site below `root`, its articles and pages through `spread`.

    With `drafts` records marked as drafts too; claims recorded after `as_of` not.
    """
    reader = _Reader(root, drafts, as_of, spread)
    reader.read()
    return reader.content, reader.problems


def _is_draft(record: Record) -> bool:
    return bool(getattr(record, "draft", False))


def _is_media(path: str) -> bool:
    """Whether a file may be published as it is: nothing that a browser would run on the site's own address."""
    return path.rpartition(".")[2].lower() in MEDIA


def _no_id(path: str, id: str, suffix: str, names: set[str]) -> Diagnostic:
    """What is wrong with the name of a file, and one that none of the others has."""
    help, meant = f"rename the file: {RULE}", likely_id(id)
    if meant is not None:
        free = (name for name in (f"{meant}{suffix}", f"{meant}-2{suffix}") if name not in names)
        help = next((f"rename the file to {name}" for name in free), help)
    return Diagnostic("bad-id", f"`{id}` cannot be an id: {broken_rule(id)}", Place(path), help)


class _Reader:
    """One reading of a site."""

    def __init__(self, root: Path, drafts: bool, as_of: date | None, spread: Spread) -> None:
        self.root = root
        self.as_of = as_of
        self.spread = spread
        self.with_drafts = drafts
        self.content = Content(with_drafts=drafts)
        self.problems = Problems()

    def read(self) -> None:
        self._config()
        files = list_files(self.root, "content")
        by_folder: dict[str, list[str]] = {}
        for path in files:
            parts = path.split("/")
            folder = parts[1] if len(parts) > 2 else ""
            by_folder.setdefault(folder if len(parts) <= 3 or folder == "media" else "?", []).append(path)
        self._registries(by_folder.pop("", []))
        self._pages({kind: by_folder.pop(kind, []) for kind in PAGES})
        self._articles(by_folder.pop("articles", []), by_folder.pop("annotations", []))
        self._media(by_folder.pop("media", []))
        self._unknown(path for paths in by_folder.values() for path in paths)

    def _config(self) -> None:
        source = read_source(self.root, CONFIG)
        if isinstance(source, Diagnostic):
            self.problems.add(source)
            return
        document, problems = read_yaml(source)
        self.problems.extend(problems)
        self.content.config, problems = to_record(Config, document, document.data)
        self.problems.extend(problems)

    def _registries(self, paths: list[str]) -> None:
        for path in paths:
            name = path.removeprefix("content/").removesuffix(".yaml")
            if name not in REGISTRIES or not path.endswith(".yaml"):
                self._unknown([path])
                continue
            source = read_source(self.root, path)
            if isinstance(source, Diagnostic):
                self.problems.add(source)
                self.content.known.setdefault(name, set()).add("*")
                continue
            document, problems = read_yaml(source)
            self.problems.extend(problems)
            if problems or not isinstance(document.data, dict):
                self.content.known.setdefault(name, set()).add("*")
            if not isinstance(document.data, dict):
                self.problems.extend(to_record(REGISTRIES[name], document, document.data)[1])
                continue
            for id in document.absent(()):
                place = document.place((id,), key=True)
                message, help = f"`{id}` has no value", "write its `key: value` lines below it"
                self.problems.add(Diagnostic("missing-key", message, place, help))
                self._keep(name, id, is_draft=False)
            for id, data in document.data.items():
                if not is_id(id):
                    place = document.place((id,), key=True)
                    message = f"`{id}` is not an id: {broken_rule(id)}"
                    self.problems.add(Diagnostic("bad-id", message, place, mend_of(id)))
                    continue
                record, problems = to_record(REGISTRIES[name], document, data, (id,))
                self.problems.extend(problems)
                if self._keep(name, id, is_draft=record is not None and _is_draft(record)) and record:
                    getattr(self.content, name)[id] = record

    def _keep(self, kind: str, id: str, is_draft: bool) -> bool:
        """Remember the id. False for a draft that is left out."""
        self.content.known.setdefault(kind, set()).add(id)
        if is_draft and not self.with_drafts:
            self.content.drafts.setdefault(kind, set()).add(id)
            return False
        return True

    def _pages(self, paths: dict[str, list[str]]) -> None:
        jobs = [PageJob(kind, id, path) for kind, of_kind in paths.items() for id, path in self._ids(of_kind, ".md")]
        for read in self.spread(partial(read_page, self.root), jobs):
            self._page(read)

    def _page(self, read: PageRead) -> None:
        self.problems.extend(read.problems)
        is_draft = read.file is not None and _is_draft(read.file.record)
        if self._keep(read.job.kind, read.job.id, is_draft) and read.file:
            getattr(self.content, read.job.kind)[read.job.id] = read.file

    def _articles(self, articles: list[str], annotations: list[str]) -> None:
        files = dict(self._ids(annotations, ".yaml"))
        jobs = [ArticleJob(id, path, files.pop(id, None)) for id, path in self._ids(articles, ".md")]
        for read in self.spread(partial(read_article, self.root, drafts=self.with_drafts, as_of=self.as_of), jobs):
            self._article(read)
        for id, path in files.items():
            place = Place(path)
            message = f"there is no article `{id}`"
            help = f"add content/articles/{id}.md, or name this file after its article"
            self.problems.add(Diagnostic("annotations-without-article", message, place, help))

    def _article(self, read: ArticleRead) -> None:
        self.problems.extend(read.problems)
        kept = self._keep("articles", read.job.id, read.is_draft)
        self.content.known.setdefault("claims", set()).update(read.known)
        self.content.drafts.setdefault("claims", set()).update(read.drafts if kept else read.known)
        if read.unreadable:
            self.content.known.setdefault("broken", set()).add(read.job.id)
        if kept and read.file and read.text:
            self.content.articles[read.job.id] = read.file
            self.content.texts[read.job.id] = read.text

    def _media(self, paths: list[str]) -> None:
        for path in paths:
            if not _is_media(path):
                self._unknown([path])
                continue
            if problem := no_address(path):
                self.problems.add(problem)
            else:
                self._medium(path)

    def _medium(self, path: str) -> None:
        """Keep a file, at its name in NFC: systems that write names in NFD give it the same address."""
        address = unicodedata.normalize("NFC", path.removeprefix("content/"))
        if first := self.content.media.get(address):
            note = Note("the other file is", Place(first))
            message = f"two files want the address {address}"
            self.problems.add(Diagnostic("output-collision", message, Place(path), "rename one of them", (note,)))
        else:
            self.content.media[address] = path

    def _ids(self, paths: list[str], suffix: str) -> list[tuple[str, str]]:
        """Ids from file names; what is not a slug, or is the same id in another Unicode form, is reported."""
        found: dict[str, str] = {}
        for path in paths:
            name = path.rpartition("/")[2]
            if not name.endswith(suffix):
                self._unknown([path])
                continue
            id = unicodedata.normalize("NFC", name.removesuffix(suffix))
            if not is_id(id):
                self.problems.add(_no_id(path, id, suffix, {path.rpartition("/")[2] for path in paths}))
            elif id in found:
                note = Note("the other file is", Place(found[id]))
                message = f"two files have the id `{id}`"
                self.problems.add(Diagnostic("output-collision", message, Place(path), "rename one of them", (note,)))
            else:
                found[id] = path
        return list(found.items())

    def _unknown(self, paths: Iterable[str]) -> None:
        for path in paths:
            if (self.root / path).is_symlink() and isinstance(problem := read_bytes(self.root, path), Diagnostic):
                self.problems.add(problem)
                continue
            help = "move it to content/media/ if pages use it, or out of content/"
            if path.startswith("content/media/"):
                help = f"publish one of these types: {', '.join(sorted(MEDIA))}"
            if path.endswith(".yml"):
                help = f"rename it to {path.removesuffix('.yml')}.yaml"
            self.problems.add(
                Diagnostic("unknown-file", "nothing reads this file", Place(path), help, severity="warning")
            )
