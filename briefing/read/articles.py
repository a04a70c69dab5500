"""One article: its file, its annotations, and its text with every passage marked. Each is read on its own."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from briefing.diagnostics import Diagnostic
from briefing.model.article import Article
from briefing.read.annotations import AnchoredClaim, AnnotationFile, read_annotations
from briefing.read.front_matter import Parts, split_front_matter
from briefing.read.markup import Link, Rendered, render_markdown
from briefing.read.passages import Passage, excerpts, mark_up, words_only
from briefing.read.quotes import QuotedText
from briefing.read.records import to_record
from briefing.read.sources import read_source


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """An article with its claims; the HTML is what its rights allow, every passage marked."""

    id: str
    path: str
    record: Article
    html: str
    links: tuple[Link, ...]
    claims: tuple[AnchoredClaim, ...]
    annotations: str | None


@dataclass(frozen=True, slots=True)
class ArticleJob:
    """What is to be read: an article's id, its file, and the file of its annotations."""

    id: str
    path: str
    annotations: str | None


@dataclass(slots=True)
class ArticleRead:
    """What was read. `file` is None where the front matter is not that of an article; `unreadable`: claims may
    be missing."""

    id: str
    record: Article | None = None
    file: ArticleFile | None = None
    claims: AnnotationFile = field(default_factory=AnnotationFile)
    problems: list[Diagnostic] = field(default_factory=list)
    unreadable: bool = False


ReadArticles = Callable[[Callable[[ArticleJob], ArticleRead], Sequence[ArticleJob]], Iterable[ArticleRead]]


def read_article(root: Path, job: ArticleJob, drafts: bool, as_of: date | None = None) -> ArticleRead:
    """Everything that the two files of an article say, and everything wrong with them."""
    read = ArticleRead(job.id)
    parts, read.problems = read_parts(root, job.path, required=True)
    rendered, text = Rendered("", "", ()), None
    if parts is None:
        read.unreadable = True
    else:
        read.record, problems = to_record(Article, parts.document, parts.document.data)
        read.problems += problems
        rendered = render_markdown(parts.body, job.path, parts.line)
        text = QuotedText(job.path, rendered)
    if job.annotations is not None:
        read.claims = read_annotations(root, job.annotations, job.id, text, read.record, drafts, as_of)
        read.problems += read.claims.problems
        read.unreadable = read.unreadable or read.claims.unreadable
    if read.record is not None:
        claims, record = read.claims.claims, read.record
        links = rendered.links if record.rights == "full" else ()
        html = _shown(rendered, record, claims)
        read.file = ArticleFile(job.id, job.path, record, html, links, claims, job.annotations)
    return read


def read_parts(root: Path, path: str, required: bool) -> tuple[Parts | None, list[Diagnostic]]:
    """The front matter and body of a Markdown file; whether it must have front matter."""
    source = read_source(root, path)
    if isinstance(source, Diagnostic):
        return None, [source]
    return split_front_matter(source, required)


def _shown(rendered: Rendered, article: Article, claims: tuple[AnchoredClaim, ...]) -> str:
    """The article's text as far as its rights allow: whole, the passages in their context, or their words."""
    passages = [Passage(claim.start, claim.end, claim.id, claim.number) for claim in claims]
    if article.rights == "full":
        return mark_up(rendered, passages)
    return excerpts(rendered, passages) if article.rights == "passages" else words_only(rendered, passages)
