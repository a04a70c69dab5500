"""One article: its file, its annotations, and its text with every passage marked. Each is read on its own."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from briefing.diagnostics import Diagnostic
from briefing.model.article import Article
from briefing.model.dates import When
from briefing.model.frozen import Frozen
from briefing.model.packing import Packed
from briefing.read.annotations import AnchoredClaim, AnnotationFile, read_annotations
from briefing.read.front_matter import split_front_matter
from briefing.read.links import Link
from briefing.read.markup import Rendered, render_markdown
from briefing.read.passages import Passage, excerpts, mark_up, words_only
from briefing.read.quotes import QuotedText
from briefing.read.records import to_record
from briefing.read.sources import Source, digest, read_source


@dataclass(frozen=True, slots=True)
class ArticleHead(Frozen):
    """What an article says of itself, and its files. The `fingerprint` differs where anything of that does."""

    id: str
    path: str
    record: Article
    annotations: str | None
    fingerprint: str


@dataclass(frozen=True, slots=True, eq=False)
class ArticleFile(Frozen):
    """An article with its claims, but without its text. The `fingerprint` differs where anything of them does.

    `recorded` is the newest day on which any of it was. Its records are packed until somebody asks for them.
    """

    id: str
    path: str
    published: When
    recorded: date
    size: int
    records: Packed[tuple[ArticleHead, tuple[AnchoredClaim, ...]]]
    fingerprint: str

    @classmethod
    def of(cls, head: ArticleHead, claims: tuple[AnchoredClaim, ...], fingerprint: str) -> "ArticleFile":
        """An article, told by its head and its claims."""
        published, recorded = head.record.published, max(_recorded(head.record, claims))
        return cls(head.id, head.path, published, recorded, len(claims), Packed.of((head, claims)), fingerprint)

    @property
    def head(self) -> ArticleHead:
        return self.records.value[0]

    @property
    def claims(self) -> tuple[AnchoredClaim, ...]:
        return self.records.value[1]

    @property
    def record(self) -> Article:
        return self.head.record

    @property
    def annotations(self) -> str | None:
        return self.head.annotations


def _recorded(article: Article, claims: tuple[AnchoredClaim, ...]) -> Iterator[date]:
    yield article.readable.earliest
    if article.updated:
        yield article.updated.day.earliest
    yield from (correction.on.earliest for correction in article.corrections)
    for anchored in claims:
        claim = anchored.claim
        if claim.recorded:
            yield claim.recorded.earliest
        yield from (entry.on.earliest for entry in claim.history)


@dataclass(frozen=True, slots=True)
class ArticleText(Frozen):
    """What an article's rights allow of its text, and the links in it. The `fingerprint` differs for other texts.

    The HTML is compressed: it is asked for once, by the article's own page, and a large site has thousands of them.
    """

    packed: bytes
    links: tuple[Link, ...]
    fingerprint: str

    @property
    def html(self) -> str:
        """The text as HTML, with every passage marked."""
        return zlib.decompress(self.packed).decode()


@dataclass(frozen=True, slots=True)
class ArticleJob(Frozen):
    """What is to be read: an article's id, its file, and the file of its annotations."""

    id: str
    path: str
    annotations: str | None

    @property
    def files(self) -> tuple[str, ...]:
        """The files it is read from."""
        return (self.path, self.annotations) if self.annotations else (self.path,)


@dataclass(slots=True)
class ArticleRead:
    """What was read. `file` and `text` are None where the front matter is not that of an article; `known` and `drafts`
    are references of claims, and `unreadable`: some may be missing. `digests` are those of the files that could be
    read."""

    job: ArticleJob
    file: ArticleFile | None = None
    text: ArticleText | None = None
    is_draft: bool = False
    known: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    unreadable: bool = False
    digests: tuple[str, ...] = ()


def read_article(root: Path, job: ArticleJob, drafts: bool, as_of: date | None = None) -> ArticleRead:
    """Everything that the two files of an article say, and everything wrong with them."""
    read = ArticleRead(job)
    record, rendered, quoted = _body(root, read)
    passages: list[Passage] = []
    annotations = AnnotationFile()
    if job.annotations is not None:
        source = read_source(root, job.annotations)
        annotations, passages = read_annotations(source, job.id, quoted, record, drafts, as_of)
        read.known, read.drafts = annotations.known, annotations.drafts
        read.problems += annotations.problems
        read.unreadable = read.unreadable or annotations.unreadable
        if isinstance(source, Source):
            read.digests += (source.digest,)
    if record is not None:
        read.is_draft = record.draft
        read.file = _file(job, record, annotations.claims)
        read.text = _text(rendered, record, passages)
    return read


def _file(job: ArticleJob, record: Article, claims: tuple[AnchoredClaim, ...]) -> ArticleFile:
    of_record = digest(repr((job, record.model_dump_json())).encode())
    of_claims = "".join(claim.fingerprint for claim in claims)
    head = ArticleHead(job.id, job.path, record, job.annotations, of_record)
    return ArticleFile.of(head, claims, digest(f"{of_record}{of_claims}".encode()))


def _text(rendered: Rendered, record: Article, passages: Sequence[Passage]) -> ArticleText:
    html = _shown(rendered, record, passages).encode()
    links = rendered.links if record.rights == "full" else ()
    return ArticleText(zlib.compress(html, level=1), links, digest(html))


def _body(root: Path, read: ArticleRead) -> tuple[Article | None, Rendered, QuotedText | None]:
    """The front matter of the article, and its body as HTML and as the text that is quoted."""
    nothing, path = Rendered("", "", ()), read.job.path
    source = read_source(root, path)
    if isinstance(source, Diagnostic):
        read.problems, read.unreadable = [source], True
        return None, nothing, None
    read.digests = (source.digest,)
    parts, read.problems = split_front_matter(source, required=True)
    if parts is None:
        read.unreadable = True
        return None, nothing, None
    record, problems = to_record(Article, parts.document, parts.document.data)
    rendered = render_markdown(parts.body, path, parts.line)
    read.problems += [*problems, *rendered.problems]
    if rendered.problems:
        read.unreadable = True
        return record, nothing, None
    return record, rendered, QuotedText(path, rendered)


def _shown(rendered: Rendered, article: Article, passages: Sequence[Passage]) -> str:
    """The article's text as far as its rights allow: whole, the passages in their context, or their words."""
    if article.rights == "full":
        return mark_up(rendered, passages)
    return excerpts(rendered, passages) if article.rights == "passages" else words_only(rendered, passages)
