"""One article as its editor has it: its text, and where each of its claims stands in it. Drafts are among them."""

from dataclasses import dataclass
from pathlib import Path

from briefing.diagnostics import Diagnostic, Location
from briefing.model.article import Article
from briefing.model.claim import Claim
from briefing.model.edition import EVERYTHING
from briefing.read.annotations import AnchoredClaim, AnnotationFile, read_annotations
from briefing.read.apart import KeptApart
from briefing.read.articles import ArticleJob, ArticleRead, read_body
from briefing.read.passages import Passage
from briefing.read.quotes import QuotedText
from briefing.read.sources import read_source

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MarkedClaim:
    """A claim and where its words stand, as offsets in the text; None where they were not found."""

    id: str
    claim: Claim
    index: int
    span: Span | None


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """An article, its text and its claims. Without a `record` or `text` nothing can be looked for, and `problems` say
    why."""

    job: ArticleJob
    record: Article | None
    text: QuotedText | None
    claims: tuple[MarkedClaim, ...]
    problems: tuple[Diagnostic, ...]

    @property
    def id(self) -> str:
        return self.job.id


def read_marked(root: Path, job: ArticleJob) -> MarkedArticle:
    """The article with all its claims, in the order of their file."""
    read = ArticleRead(job)
    body = read_body(root, read)
    quoted = body.quoted
    text = quoted.text if isinstance(quoted, KeptApart) else quoted
    annotations, passages = AnnotationFile(), list[Passage]()
    if job.annotations is not None:
        source = read_source(root, job.annotations)
        annotations, passages = read_annotations(source, job.id, quoted, body.record, EVERYTHING)
    problems = [*read.problems, *annotations.problems]
    if isinstance(quoted, KeptApart) and text is None and not read.problems:
        problems.append(_not_here(job))
    spans = {passage.id: (passage.start, passage.end) for passage in passages}
    if isinstance(quoted, KeptApart) and text is not None:
        spans = {id: text.folded.origin(*span) for id, span in spans.items()}
    claims = sorted([*annotations.claims, *annotations.lost], key=lambda one: one.index)
    return MarkedArticle(job, body.record, text, tuple(_marked(one, spans) for one in claims), tuple(problems))


def _marked(one: AnchoredClaim, spans: dict[str, Span]) -> MarkedClaim:
    return MarkedClaim(one.id, one.claim, one.index, spans.get(one.id))


def _not_here(job: ArticleJob) -> Diagnostic:
    message = "the text of this article is kept apart and is not here"
    return Diagnostic("text-missing", message, Location(job.path), f"bring it to content/texts/{job.id}.md or .txt")
