"""An article whose text is kept apart: its words found in the text where that is here, else held against its anchors.

What pages show comes from the anchors either way. Where the text is here it has to prove them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from briefing.diagnostics import Diagnostic, Note, Pointer
from briefing.model.anchors import Anchor, Anchors, TextMark
from briefing.model.claim import Quote
from briefing.model.frozen import frozen
from briefing.read.anchors import anchor_of, command, is_of, mark_of, mended_by, read_anchors
from briefing.read.quotes import QuotedText
from briefing.read.sources import SourceFile, read_source
from briefing.read.stretches import Quoted, as_written, covered, disagreement
from briefing.read.texts import read_text
from briefing.wording import first_of

Span = tuple[int, int]
_CLAIMS_SHOWN = 12


@frozen
class Checked:
    """Against which text the words of an article were last checked, and when; how many of its characters are quoted."""

    on: date
    sha256: str
    length: int
    quoted: int


@dataclass(slots=True)
class KeptApart:
    """The text of one article and its anchors, as far as they are here. `digests` are those of the files, by path.

    `mark` tells the text from others; `found` are the offsets of quotes in it, by claim.
    """

    article: str
    path: str
    anchors_path: str | None
    text: QuotedText | None = None
    mark: TextMark | None = None
    anchors: Anchors | None = None
    problems: list[Diagnostic] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    found: dict[str, tuple[Quote, int]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)

    @property
    def can_find(self) -> bool:
        """Whether there is anything that quotes could be held against."""
        return self.text is not None or self.anchors is not None

    def find(self, quote: Quote, where: Pointer, id: str | None) -> tuple[Span | None, list[Diagnostic]]:
        """Where the quote of a claim stands, in characters of the folded text, and what is wrong with it."""
        if self.text is not None:
            span, problems = self.text.locate(quote, where)
        else:
            span, problems = self._anchored(quote, where, id)
        if id is not None and span:
            self.found[id] = (quote, span[0])
        elif id is not None:
            self.lost.append(id)
        return span, problems

    def _anchored(self, quote: Quote, where: Pointer, id: str | None) -> tuple[Span | None, list[Diagnostic]]:
        if self.anchors is None or id is None:
            return None, []
        anchor = self.anchors.claims.get(id)
        if anchor is None:
            return None, [self._differs("not-anchored", f"the words of `{id}` are not anchored", where)]
        if not is_of(anchor, quote):
            message = f"these are not the words that `{id}` is anchored to"
            note = Note("its anchor is", Pointer(self.anchors_path or "", ("claims", id)))
            return None, [self._differs("other-words", message, where, note)]
        return (anchor.offset, anchor.end), []

    def _differs(self, code: str, message: str, where: Pointer, *notes: Note) -> Diagnostic:
        return Diagnostic(code, message, where, mended_by(self.article), notes)

    def compared(self, known: Sequence[str], quoted: Sequence[Quoted], is_complete: bool) -> list[Diagnostic]:
        """What is wrong between the anchors, the text and the claims. `known` are the ids of all claims, also of those
        that are left out; unless it `is_complete`, there may be more."""
        if self.text is not None:
            return list(self._outdated(known, is_complete))
        if self.anchors is None:
            return []
        return [*(self._without_claims(known) if is_complete else ()), *self._disagreeing(quoted)]

    def _outdated(self, known: Sequence[str], is_complete: bool) -> Iterator[Diagnostic]:
        help = f"run {command(self.article)}"
        if self.anchors is None:
            if self.anchors_path is None:
                message = "the words of this text are not anchored"
                yield Diagnostic("anchors-outdated", message, Pointer(self.path, ("text",)), help)
            return
        where, mark = Pointer(self.anchors_path or "", ("text",)), self.mark
        if mark is not None and mark != self.anchors.text:
            message = f"the text is not the one that was anchored on {self.anchors.checked}"
            yield Diagnostic("anchors-outdated", message, where, help, tuple(_versions(self.anchors, mark)))
            return
        moved = self.moved(known if is_complete else None)
        if moved:
            message = f"the anchors are not those of the claims: {some(moved)}"
            yield Diagnostic("anchors-outdated", message, Pointer(where.path, ("claims",), key=True), help)

    def moved(self, known: Sequence[str] | None) -> list[str]:
        """The claims that have another anchor than they should have, or none; and anchors of no claim."""
        anchors, mark = self.anchors, self.mark
        if anchors is None or mark is None:
            return []
        wanted = {id: anchor_of(mark, id, quote, offset) for id, (quote, offset) in self.found.items()}
        other = [id for id, anchor in wanted.items() if anchors.claims.get(id) != anchor]
        return [*other, *(id for id in anchors.claims if known is not None and id not in known)]

    def _without_claims(self, known: Sequence[str]) -> Iterator[Diagnostic]:
        claims: dict[str, Anchor] = self.anchors.claims if self.anchors else {}
        for id in claims:
            if id not in known:
                where = Pointer(self.anchors_path or "", ("claims", id), key=True)
                message = f"there is no claim `{id}` in {self.article}"
                help = f"remove this line, or {mended_by(self.article)}"
                yield Diagnostic("anchor-without-claim", message, where, help)

    def _disagreeing(self, quoted: Sequence[Quoted]) -> Iterator[Diagnostic]:
        pair = disagreement(quoted)
        if pair:
            first, second = pair
            where = Pointer(self.anchors_path or "", ("claims", second.id))
            message = f"`{first.id}` and `{second.id}` overlap, but not in the same words"
            yield self._differs("bad-anchors", message, where)

    def checked(self, quoted: Sequence[Quoted]) -> Checked | None:
        """What pages say of the check."""
        if self.anchors is None:
            return None
        text = self.anchors.text
        taken = sum(end - start for start, end in covered(quoted))
        return Checked(self.anchors.checked, text.sha256, text.length, taken)

    def words(self, quote: Quote, _: Span) -> str:
        """The words of a quote as pages show them."""
        return as_written(quote)


def _versions(anchors: Anchors, mark: TextMark) -> Iterator[Note]:
    yield Note(f"anchored: {text_in_words(anchors.text)}")
    yield Note(f"now here: {text_in_words(mark)}")
    if anchors.claims:
        yield Note(f"words of an earlier version: {some(list(anchors.claims))}")


def text_in_words(mark: TextMark) -> str:
    """A text for people."""
    return f"{mark.length:,} characters, SHA-256 {mark.sha256}"


def some(ids: Sequence[str]) -> str:
    """Some ids for people."""
    return first_of([f"`{id}`" for id in ids], _CLAIMS_SHOWN)


def kept_apart(root: Path, article: str, path: str, text: str | None, anchors: str | None) -> KeptApart:
    """The text and the anchors of the article in the file at `path`; the paths of the two are None where there are
    none."""
    kept = KeptApart(article, path, anchors)
    if text is not None:
        read = read_text(root, text)
        kept.text, kept.mark = read.text, mark_of(read.text.folded) if read.text else None
        kept.problems += read.problems
        kept.digests |= {text: read.digest} if read.digest else {}
    if anchors is not None:
        source = read_source(root, anchors)
        if isinstance(source, SourceFile):
            kept.digests[anchors] = source.digest
            kept.anchors, problems = read_anchors(source, article)
            kept.problems += problems
        else:
            kept.problems.append(source if source.code == "not-regular" else replace(source, help=mended_by(article)))
    if text is None and anchors is None:
        message = f"the text of `{article}` is kept apart, and neither the text nor its anchors are here"
        help = f"write the text to content/texts/{article}.md, then run {command(article)}"
        kept.problems.append(Diagnostic("text-missing", message, Pointer(path, ("text",)), help))
    return kept
