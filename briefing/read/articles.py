"""One article: its file, its annotations, and its text with every passage marked. Each is read on its own."""

import zlib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from briefing.diagnostics import Diagnostic
from briefing.model.article import Article
from briefing.read.annotations import AnchoredClaim, AnnotationFile, read_annotations
from briefing.read.front_matter import split_front_matter
from briefing.read.markup import Link, Rendered, render_markdown
from briefing.read.passages import Passage, excerpts, mark_up, words_only
from briefing.read.quotes import QuotedText
from briefing.read.records import to_record
from briefing.read.sources import Source, digest, read_source


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """An article with its claims. The `fingerprint` differs for articles whose files differ.

    The HTML is compressed: it is asked for once, by the article's own page, and a large site has thousands of them.
    """

    id: str
    path: str
    record: Article
    packed: bytes
    links: tuple[Link, ...]
    claims: tuple[AnchoredClaim, ...]
    annotations: str | None
    fingerprint: str

    @property
    def html(self) -> str:
        """What the article's rights allow of its text, with every passage marked."""
        return zlib.decompress(self.packed).decode()


@dataclass(frozen=True, slots=True)
class ArticleJob:
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
    """What was read. `file` is None where the front matter is not that of an article; `unreadable`: claims may
    be missing. `digests` are those of the files that could be read."""

    job: ArticleJob
    record: Article | None = None
    file: ArticleFile | None = None
    claims: AnnotationFile = field(default_factory=AnnotationFile)
    problems: list[Diagnostic] = field(default_factory=list)
    unreadable: bool = False
    digests: tuple[str, ...] = ()


def read_article(root: Path, job: ArticleJob, drafts: bool, as_of: date | None = None) -> ArticleRead:
    """Everything that the two files of an article say, and everything wrong with them."""
    read = ArticleRead(job)
    rendered, text = _body(root, read)
    if job.annotations is not None:
        source = read_source(root, job.annotations)
        read.claims = read_annotations(source, job.id, text, read.record, drafts, as_of)
        read.problems += read.claims.problems
        read.unreadable = read.unreadable or read.claims.unreadable
        if isinstance(source, Source):
            read.digests += (source.digest,)
    if read.record is not None:
        claims, record = read.claims.claims, read.record
        links = rendered.links if record.rights == "full" else ()
        packed = zlib.compress(_shown(rendered, record, claims).encode(), level=1)
        fingerprint = digest(f"{job.id}:{read.digests}".encode())
        read.file = ArticleFile(job.id, job.path, record, packed, links, claims, job.annotations, fingerprint)
    return read


def _body(root: Path, read: ArticleRead) -> tuple[Rendered, QuotedText | None]:
    """The body of the article as HTML and as the text that is quoted; its facts go into `read`."""
    nothing, path = Rendered("", "", ()), read.job.path
    source = read_source(root, path)
    if isinstance(source, Diagnostic):
        read.problems, read.unreadable = [source], True
        return nothing, None
    read.digests = (source.digest,)
    parts, read.problems = split_front_matter(source, required=True)
    if parts is None:
        read.unreadable = True
        return nothing, None
    read.record, problems = to_record(Article, parts.document, parts.document.data)
    rendered = render_markdown(parts.body, path, parts.line)
    read.problems += [*problems, *rendered.problems]
    if rendered.problems:
        read.unreadable = True
        return nothing, None
    return rendered, QuotedText(path, rendered)


def _shown(rendered: Rendered, article: Article, claims: tuple[AnchoredClaim, ...]) -> str:
    """The article's text as far as its rights allow: whole, the passages in their context, or their words."""
    passages = [Passage(claim.start, claim.end, claim.id, claim.number) for claim in claims]
    if article.rights == "full":
        return mark_up(rendered, passages)
    return excerpts(rendered, passages) if article.rights == "passages" else words_only(rendered, passages)
