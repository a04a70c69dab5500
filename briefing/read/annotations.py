"""One annotation file: its claims, each anchored in the text of its article."""

import hashlib
import re
import unicodedata
from dataclasses import InitVar, dataclass, field
from heapq import heappop, heappush
from typing import Any

from pydantic import ValidationError

from briefing.diagnostics import Diagnostic, Note, Pointer, Step
from briefing.model.article import Article
from briefing.model.base import validated
from briefing.model.claim import Annotations, Claim, Quote
from briefing.model.digests import Digested
from briefing.model.edition import Edition
from briefing.model.frozen import frozen
from briefing.read.apart import KeptApart
from briefing.read.passages import Passage
from briefing.read.quotes import QuotedText
from briefing.read.records import to_record, what_is_right
from briefing.read.sources import SourceFile
from briefing.read.yaml_reader import Document, read_yaml

MAX_OVERLAP = 32
_ID_WORDS = 6
# What a claim says of others than itself, and what it needs for that.
_REFERRING = frozenset(
    ["id", "quote", "topics", "about", "summit", "modality", "attribution", "relations", "visibility"]
)


@frozen
class AnchoredClaim(Digested):
    """A claim whose words were found: `number` in the order of the article's text, `index` in its file, `summit`
    the one it belongs to after the defaults of file and article."""

    id: str
    ref: str
    claim: Claim
    words: str
    number: int
    index: int
    summit: str | None
    kept: InitVar[bytes | None] = None


@dataclass(slots=True)
class AnnotationFile:
    """What one file gives. `lost` are claims whose words were not found, `withheld` the internal ones of an edition
    without these; `known` and `drafts` are claim references; `unreadable`: some may be missing.

    Unless it `is_complete`, there are claims whose references are not known.
    """

    claims: tuple[AnchoredClaim, ...] = ()
    lost: tuple[AnchoredClaim, ...] = ()
    withheld: tuple[AnchoredClaim, ...] = ()
    problems: list[Diagnostic] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    unreadable: bool = False
    is_complete: bool = True


def read_annotations(
    source: SourceFile | Diagnostic,
    article_id: str,
    text: QuotedText | KeptApart | None,
    article: Article | None,
    edition: Edition,
) -> tuple[AnnotationFile, list[Passage]]:
    """The claims of a file, and where in the text their words stand: in one that is kept apart, in characters of the
    folded text. Without a `text` no quotes are looked for.

    What is not in the edition is left out.
    """
    result = AnnotationFile()
    if isinstance(source, Diagnostic):
        result.problems.append(source)
        result.unreadable = True
        return result, []
    document, result.problems = read_yaml(source)
    result.unreadable = bool(result.problems)
    result.is_complete = not result.problems
    data = document.data
    items = data.get("claims", []) if isinstance(data, dict) else []
    if isinstance(items, list) and isinstance(data, dict):
        data = {**data, "claims": []}
    else:
        items = []
    head, problems = to_record(Annotations, document, data)
    result.problems += problems
    if head is None:
        head, _ = what_is_right(Annotations, data)
    summit = head.summit if head else None
    if summit is None and article is not None and len(article.summits) == 1:
        summit = article.summits[0]
    return result, _Claims(result, document, article_id, text, summit, edition).read(items)


@dataclass(frozen=True, slots=True)
class _Found:
    """A claim whose words were found at `start` to `end` in the article's text."""

    start: int
    end: int
    index: int
    id: str
    ref: str
    claim: Claim
    words: str
    summit: str | None

    def anchored(self, number: int) -> AnchoredClaim:
        """The claim as the one of that number in the article's text."""
        return AnchoredClaim(self.id, self.ref, self.claim, self.words, number, self.index, self.summit)


@dataclass(slots=True)
class _Claims:
    """The claims of one file, one after the other."""

    result: AnnotationFile
    document: Document
    article: str
    text: QuotedText | KeptApart | None
    summit: str | None
    edition: Edition
    seen: dict[str, int] = field(default_factory=dict)
    former_ids: list[tuple[str, tuple[Step, ...]]] = field(default_factory=list)
    # Claims whose words were not found: nothing will be published, but all else that is wrong with them is to be told.
    lost: list[_Found] = field(default_factory=list)
    withheld: list[_Found] = field(default_factory=list)

    def read(self, items: list[Any]) -> list[Passage]:
        found = [claim for index, item in enumerate(items) if (claim := self._claim(index, item))]
        found.sort(key=lambda claim: (claim.start, claim.end, claim.index))
        self._check_overlap(found)
        anchored = [one.anchored(number) for number, one in enumerate(found, 1)]
        self.result.claims = tuple(anchored)
        self.result.lost = tuple(one.anchored(0) for one in self.lost)
        self.result.withheld = tuple(one.anchored(0) for one in self.withheld)
        self._check_former_ids()
        return [
            Passage(one.start, one.end, one.id, number, one.claim.former_ids) for number, one in enumerate(found, 1)
        ]

    def _check_former_ids(self) -> None:
        """An old fragment leads to one claim, and to none that others know by that id now."""
        first: dict[str, tuple[Step, ...]] = {}
        path = self.document.source.path
        for id, way in self.former_ids:
            other = first.setdefault(id, way)
            if id in self.seen:
                other = ("claims", self.seen[id])
            if other == way:
                continue
            message = f"`{id}` is the id of a claim" if id in self.seen else f"`{id}` is a former id already"
            help = "remove it from `former_ids`: its fragment leads to the other"
            note = Note("the other is here", Pointer(path, other))
            self.result.problems.append(Diagnostic("duplicate-id", message, Pointer(path, way), help, (note,)))

    def _check_overlap(self, found: list[_Found]) -> None:
        """Every stretch of a passage names all its claims: a thousand on the same words make a million names."""
        ends: list[int] = []
        for claim in found:
            while ends and ends[0] <= claim.start:
                heappop(ends)
            heappush(ends, claim.end)
            if len(ends) > MAX_OVERLAP:
                message = f"more than {MAX_OVERLAP} claims quote the same words"
                where = Pointer(self.document.source.path, ("claims", claim.index, "quote"))
                help = "quote fewer words in each, only those it rests on"
                self.result.problems.append(Diagnostic("excessive-input", message, where, help))
                return

    def _claim(self, index: int, item: Any) -> _Found | None:
        way: tuple[Step, ...] = ("claims", index)
        claim, problems = to_record(Claim, self.document, item, way)
        self.result.problems += problems
        if claim is None:
            self._quote_alone(item, way)
            self._keep_in_part(index, item)
            return None
        id = claim.id or derived_id(claim.quote.exact)
        ref = f"{self.article}#{id}"
        if id in self.seen:
            self._used_twice(id, index, claim.id is not None)
            return None
        self.seen[id] = index
        self.former_ids += [(one, (*way, "former_ids", number)) for number, one in enumerate(claim.former_ids)]
        self.result.known.append(ref)
        if claim.draft and not self.edition.drafts:
            self.result.drafts.append(ref)
            return None
        if self.edition.as_of and claim.recorded and claim.recorded.latest > self.edition.as_of:
            return None
        span, summit = self._found(claim.quote, way, id), claim.summit or self.summit
        if span is None or self.text is None:
            self._set_aside(_Found(0, 0, index, id, ref, claim, claim.quote.exact, summit))
            return None
        words = self.text.words(claim.quote, span)
        words = claim.quote.exact if words == claim.quote.exact else words  # one text in memory, not two
        found = _Found(*span, index, id, ref, claim, words, summit)
        if self._is_withheld(claim):
            self._set_aside(found)
            return None
        return found

    def _is_withheld(self, claim: Claim) -> bool:
        return claim.visibility == "internal" and not self.edition.internal

    def _set_aside(self, found: _Found) -> None:
        """Keep a claim that no page will show."""
        (self.withheld if self._is_withheld(found.claim) else self.lost).append(found)

    def _keep_in_part(self, index: int, item: Any) -> None:
        """Other faults of a claim do not keep from being checked to whom and what it refers, or who refers to it."""
        if not (isinstance(item, dict) and isinstance(item.get("id"), str)):
            self.result.is_complete = False
        if not isinstance(item, dict):
            return
        claim, _ = what_is_right(Claim, {key: value for key, value in item.items() if key in _REFERRING})
        id = item.get("id") or (claim and derived_id(claim.quote.exact))
        if isinstance(id, str):
            self.result.known.append(f"{self.article}#{id}")
        if claim is not None and isinstance(id, str) and (self.edition.drafts or item.get("draft") is None):
            ref, summit = f"{self.article}#{id}", claim.summit or self.summit
            self._set_aside(_Found(0, 0, index, id, ref, claim, claim.quote.exact, summit))

    def _found(self, quote: Quote, way: tuple[Step, ...], id: str | None = None) -> tuple[int, int] | None:
        where = Pointer(self.document.source.path, (*way, "quote", "exact"))
        if self.text is None:
            return None
        if isinstance(self.text, KeptApart):
            span, problems = self.text.find(quote, where, id)
        else:
            span, problems = self.text.find(quote, where)
        self.result.problems += problems
        return span

    def _quote_alone(self, item: Any, way: tuple[Step, ...]) -> None:
        """Other faults of a claim do not keep its quote from being checked."""
        quote = item.get("quote") if isinstance(item, dict) else None
        try:
            self._found(validated(Quote, {"exact": quote} if isinstance(quote, str) else quote), way)
        except ValidationError:
            return

    def _used_twice(self, id: str, index: int, given: bool) -> None:
        first = self.document.place(("claims", self.seen[id], "id"))
        place = self.document.place(("claims", index, "id") if given else ("claims", index, "quote"))
        help = "give one of the two another id" if given else "give this claim an `id` of its own"
        note = Note("the first is here", first)
        self.result.problems.append(
            Diagnostic("duplicate-id", f"the claim id `{id}` is used twice", place, help, (note,))
        )


def derived_id(quote: str) -> str:
    """The id of a claim that has none: the first words of its quote; a hash where they are not ASCII."""
    plain = unicodedata.normalize("NFKD", quote).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))[:_ID_WORDS]
    id = "-".join(words)
    if len(id) < 3 or id.startswith(("s-", "fn-")) or len(id) > 100:
        return "q-" + hashlib.sha256(unicodedata.normalize("NFKC", quote).encode()).hexdigest()[:8]
    return id
