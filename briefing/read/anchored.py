"""How the quotes of one article stand in its text that is kept apart: what `briefing anchor` reads, and writes down."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from briefing.diagnostics import Diagnostic, Pointer
from briefing.model.anchors import Anchors, TextMark
from briefing.model.claim import Quote
from briefing.model.edition import EVERYTHING
from briefing.read.anchors import anchors_of
from briefing.read.annotations import AnnotationFile, read_annotations
from briefing.read.apart import KeptApart, some, text_in_words
from briefing.read.articles import ArticleJob, ArticleRead, read_body
from briefing.read.passages import Passage, whole_sentences
from briefing.read.quotes import QuotedText
from briefing.read.sources import SourceFile, read_source
from briefing.read.stretches import Quoted, covered
from briefing.read.word_count import words_in

_SAYS_APART = re.compile(r"""^text:[ \t]*["']?apart\b""", re.MULTILINE)


@dataclass(slots=True)
class Size:
    """How much of a text is quoted: its words, those of all quotes together, and the claims whose quotes are whole
    sentences."""

    words: int
    quoted: int
    sentences: list[str]


@dataclass(slots=True)
class ArticleWords:
    """What was found of one article; `path` is that of its anchor file.

    `problems` are those that have nothing to do with its anchors, `of_anchors` the others; `places` are those of the
    claims' quotes, `annotations` that of all claims.
    """

    id: str
    path: str
    source: str | None = None
    annotations: Pointer | None = None
    has_text: bool = False
    mark: TextMark | None = None
    before: Anchors | None = None
    found: dict[str, tuple[Quote, int]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    places: dict[str, Pointer] = field(default_factory=dict)
    size: Size | None = None
    problems: list[Diagnostic] = field(default_factory=list)
    of_anchors: list[Diagnostic] = field(default_factory=list)

    @property
    def can_be_anchored(self) -> bool:
        """Whether every quote was found in the text, and nothing else is wrong."""
        return self.mark is not None and not _has_errors(self.problems)

    @property
    def stands(self) -> bool:
        """Whether the text is here, every quote stands in it, and the anchors say so."""
        return self.can_be_anchored and not _has_errors(self.of_anchors)

    def anchors(self, today: date) -> Anchors:
        """The anchors as they should be: of the same day as before, where nothing else has changed."""
        assert self.mark is not None, "nothing is anchored without its text"
        day = self.before.checked if self.before else today
        new = anchors_of(self.mark, self.found, day)
        return new if new == self.before else replace(new, checked=today)

    def in_words(self) -> str:
        """How they stand, for people."""
        return "; ".join(self._phrases())

    def _phrases(self) -> Iterator[str]:
        count = f"{len(self.found)} of {len(self.found) + len(self.lost)} quotes"
        if not self.has_text:
            yield "its text is not here"
            yield f"{count} are as anchored on {self.before.checked}" if self.before else "no anchors can be read"
            return
        if self.mark is None:
            yield "its text cannot be read"
            return
        yield "its text is here"
        yield f"{count} stand in it"
        if self.before is None:
            yield "no anchors can be read"
        elif self.before.text != self.mark:
            yield f"the text has changed since {self.before.checked}"
            yield f"anchored: {text_in_words(self.before.text)}"
            yield f"now here: {text_in_words(self.mark)}"
            yield f"words of an earlier version: {some(list(self.before.claims)) or 'none'}"
        elif _has_errors(self.of_anchors):
            yield "the anchors are not up to date"


def _has_errors(problems: list[Diagnostic]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def read_words(root: Path, job: ArticleJob) -> ArticleWords | None:
    """How the quotes of an article stand, drafts among them; None for one whose text is not kept apart."""
    source = read_source(root, job.path)
    if not isinstance(source, SourceFile) or not _SAYS_APART.search(source.text):
        return None
    read = ArticleRead(job)
    body = read_body(root, read)
    kept = body.quoted if isinstance(body.quoted, KeptApart) else None
    annotations, passages = AnnotationFile(), list[Passage]()
    if job.annotations is not None:
        of_claims = read_source(root, job.annotations)
        annotations, passages = read_annotations(of_claims, job.id, kept, body.record, EVERYTHING)
    words = ArticleWords(job.id, job.anchors or f"content/anchors/{job.id}.yaml")
    words.source, words.has_text = body.record.source if body.record else None, job.text is not None
    for problem in [*read.problems, *annotations.problems]:
        (words.of_anchors if _is_of_anchors(problem, job) else words.problems).append(problem)
    claims = annotations.claims
    if job.annotations is not None:
        words.annotations = Pointer(job.annotations, ("claims",), key=True)
        words.places = {
            claim.id: Pointer(job.annotations, ("claims", claim.index, "quote", "exact")) for claim in claims
        }
    if kept is not None:
        quoted = [(passage, claim.claim.quote) for passage, claim in zip(passages, claims, strict=True)]
        words.mark, words.before, words.found, words.lost = kept.mark, kept.anchors, kept.found, kept.lost
        known = [ref.partition("#")[2] for ref in annotations.known]
        words.of_anchors += kept.compared(known, quoted, annotations.is_complete)
        words.size = _size(kept.text, quoted) if kept.text else None
    return words


def _is_of_anchors(problem: Diagnostic, job: ArticleJob) -> bool:
    """Whether a problem goes when the anchors are written again. What is no file of ours is not written over."""
    return problem.code == "text-missing" or (problem.place.path == job.anchors and problem.code != "not-regular")


def _size(text: QuotedText, quoted: list[Quoted]) -> Size:
    folded = text.folded
    taken = sum(words_in(folded.text[start:end]) for start, end in covered(quoted))
    spans = {passage.id: folded.origin(passage.start, passage.end) for passage, _ in quoted}
    return Size(words_in(folded.text), taken, whole_sentences(text.rendered, spans))
