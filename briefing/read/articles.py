"""One article: its file, its annotations, and its text with every passage marked, or what is shown of one kept apart.
Each is read on its own."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import InitVar, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from briefing.diagnostics import Diagnostic, Location
from briefing.model.article import Article
from briefing.model.digests import Digested
from briefing.model.edition import Edition
from briefing.model.frozen import frozen
from briefing.read.annotations import AnchoredClaim, AnnotationFile, read_annotations
from briefing.read.apart import Checked, KeptApart, kept_apart
from briefing.read.front_matter import split_front_matter
from briefing.read.links import Link
from briefing.read.markup import Rendered, render_markdown
from briefing.read.passages import Passage, excerpts, mark_up, words_only
from briefing.read.quoted import QuotedWords, quoted_apart, quoted_in
from briefing.read.quotes import QuotedText
from briefing.read.records import to_record, what_is_right
from briefing.read.sources import SourceFile, read_source
from briefing.read.stretches import Quoted, Stretch, stretches


@frozen
class ArticleHead(Digested):
    """What an article says of itself, and its files; how its text was checked, where that is kept apart."""

    id: str
    path: str
    record: Article
    annotations: str | None
    checked: Checked | None = None
    kept: InitVar[bytes | None] = None


@frozen
class ArticleFile(Digested):
    """An article with its claims, but without its text."""

    head: ArticleHead
    claims: tuple[AnchoredClaim, ...]
    kept: InitVar[bytes | None] = None

    @property
    def id(self) -> str:
        return self.head.id

    @property
    def path(self) -> str:
        return self.head.path

    @property
    def record(self) -> Article:
        return self.head.record

    @property
    def annotations(self) -> str | None:
        return self.head.annotations

    @property
    def said(self) -> bytes:
        """Its digest as it would be if nothing stood between its claims that is left out of the edition."""
        order = sorted(one.index for one in self.claims)
        if not order or order[-1] == len(order) - 1:
            return self.digest
        claims = tuple(replace(one, index=order.index(one.index)) for one in self.claims)
        return ArticleFile(self.head, claims).digest

    @property
    def recorded(self) -> date:
        """The newest day on which any of it was recorded."""
        return max(_recorded(self.record, self.claims))


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


@frozen
class ArticleText(Digested):
    """What an article's rights allow of its text, and the links in it.

    The HTML is compressed: it is asked for once, by the article's own page, and a large site has thousands of them.
    Of a text that is kept apart there are only `stretches`, and the HTML is the desk's note on it. `quoted` tells where
    the words of claims stand, in a text that has any.
    """

    packed: bytes
    links: tuple[Link, ...]
    stretches: tuple[Stretch, ...] = ()
    quoted: QuotedWords | None = None
    kept: InitVar[bytes | None] = None

    @property
    def html(self) -> str:
        """The text as HTML, with every passage marked."""
        return zlib.decompress(self.packed).decode()


@frozen
class ArticleJob:
    """What is to be read: an article's id, its file, and the files of its annotations, of the text that is kept apart
    and of the anchors in that."""

    id: str
    path: str
    annotations: str | None
    text: str | None = None
    anchors: str | None = None

    @property
    def files(self) -> tuple[str, ...]:
        """The files it is read from."""
        return tuple(filter(None, (self.path, self.annotations, self.text, self.anchors)))


@dataclass(slots=True)
class ArticleRead:
    """What was read. `file` and `text` are None where the front matter is not that of an article; `withheld` are those
    of its claims that are internal, in an edition without these; `known` and `drafts` are references of claims, and
    `unreadable`: some may be missing. `digests` are those of the files that could be
    read, and `links` those in the text of a file that is no article."""

    job: ArticleJob
    file: ArticleFile | None = None
    text: ArticleText | None = None
    withheld: tuple[AnchoredClaim, ...] = ()
    known: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    unreadable: bool = False
    digests: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


_NOTHING = Rendered("", "", ())


@dataclass(frozen=True, slots=True)
class Body:
    """The front matter and the body of an article's file: the text that quotes are found in, or, with a text that is
    kept apart, the desk's note on it. Without a `quoted` text no quotes can be looked for."""

    record: Article | None = None
    rendered: Rendered = _NOTHING
    quoted: QuotedText | KeptApart | None = None
    digests: dict[str, str] = field(default_factory=dict)


def read_article(root: Path, job: ArticleJob, edition: Edition) -> ArticleRead:
    """Everything that the files of an article say, and everything wrong with them."""
    read = ArticleRead(job)
    body = read_body(root, read)
    record, quoted, digests = body.record, body.quoted, body.digests
    passages: list[Passage] = []
    annotations = AnnotationFile()
    if job.annotations is not None:
        source = read_source(root, job.annotations)
        annotations, passages = read_annotations(source, job.id, quoted, record, edition)
        read.known, read.drafts, read.withheld = (
            tuple(annotations.known),
            tuple(annotations.drafts),
            annotations.withheld,
        )
        read.problems += (*annotations.problems,)
        read.unreadable = read.unreadable or annotations.unreadable
        if isinstance(source, SourceFile):
            digests[job.annotations] = source.digest
    claims, checked, shown, words = annotations.claims, None, None, None
    if isinstance(quoted, KeptApart):
        placed = [(passage, claim.claim.quote) for passage, claim in zip(passages, claims, strict=True)]
        known = [ref.partition("#")[2] for ref in read.known]
        read.problems += (differences := tuple(quoted.compared(known, placed, annotations.is_complete)))
        checked, shown = quoted.checked(placed), [] if differences else placed
        words = quoted_apart(checked, record, shown) if checked and record and shown else None
    elif quoted is not None and record is not None and passages:
        words = quoted_in(quoted, record, passages, [claim.claim.quote for claim in claims])
    if record is not None:
        read.file = _file(job, record, (*claims, *annotations.lost), checked)
        is_withheld, text = record.visibility == "internal" and not edition.internal, body.rendered
        if shown is not None:
            read.text = _note(text, shown, words)
        else:
            read.text = _text(text, record, passages, words, is_withheld)
    else:
        read.links = body.rendered.links
    read.digests = tuple(digests[path] for path in job.files if path in digests)
    return read


def _file(job: ArticleJob, record: Article, claims: tuple[AnchoredClaim, ...], checked: Checked | None) -> ArticleFile:
    # Whether the text is here makes no difference to anything that is told of it.
    return ArticleFile(ArticleHead(job.id, job.path, record, job.annotations, checked), claims)


def _text(
    rendered: Rendered, record: Article, passages: Sequence[Passage], words: QuotedWords | None, in_full: bool
) -> ArticleText:
    """What is shown of a text; of one that is withheld `in_full`, so that it is known which media only it has."""
    html = _shown(rendered, record, passages).encode()
    links = rendered.links if record.rights == "full" or in_full else ()
    return ArticleText(zlib.compress(html, level=1), links, (), words)


def _note(rendered: Rendered, quoted: Sequence[Quoted], words: QuotedWords | None) -> ArticleText:
    """What is shown where the text is kept apart."""
    html = zlib.compress(rendered.html.encode(), level=1)
    return ArticleText(html, rendered.links, tuple(stretches(quoted)), words)


def read_body(root: Path, read: ArticleRead) -> Body:
    """The front matter of the article, and its body as HTML and as the text that is quoted."""
    job = read.job
    source = read_source(root, job.path)
    if isinstance(source, Diagnostic):
        read.problems, read.unreadable = (source,), True
        return Body()
    digests = {job.path: source.digest}
    parts, problems = split_front_matter(source, required=True)
    read.problems = (*problems,)
    if parts is None:
        read.unreadable = True
        return Body(digests=digests)
    data = parts.document.data
    record, problems = to_record(Article, parts.document, data)
    rendered = render_markdown(parts.body, job.path, parts.line)
    read.problems += (*problems, *rendered.problems)
    if record is None:
        record = _in_part(data)
    kept = None
    if isinstance(data, dict) and data.get("text") == "apart":
        kept = kept_apart(root, job.id, job.path, job.text, job.anchors)
        digests |= kept.digests
        read.problems += (*kept.problems,)
    else:
        read.problems += (*_not_apart(job),)
    if rendered.problems or (kept and not kept.can_find):
        read.unreadable = True
        return Body(record, digests=digests)
    return Body(record, rendered, kept or QuotedText(job.path, rendered), digests)


def _not_apart(job: ArticleJob) -> Iterator[Diagnostic]:
    for path in filter(None, (job.text, job.anchors)):
        message = f"the article `{job.id}` does not say that its text is kept apart"
        help = f"write `text: apart` in {job.path}, or move this file out of content/"
        yield Diagnostic("text-not-apart", message, Location(path), help)


def _in_part(data: Any) -> Article | None:
    """What is right at the head of an article, so that all else in its files is checked too; nothing is published."""
    article, wrong = what_is_right(Article, data)
    return article if "summits" not in wrong else None


def _shown(rendered: Rendered, article: Article, passages: Sequence[Passage]) -> str:
    """The article's text as far as its rights allow: whole, the passages in their context, or their words."""
    if article.rights == "full":
        return mark_up(rendered, passages)
    return excerpts(rendered, passages) if article.rights == "passages" else words_only(rendered, passages)
