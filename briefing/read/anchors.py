"""The lock file of a text that is kept apart: `content/anchors/<id>.yaml`, and what is proved by it alone.

Nothing in it is a word of the text: digests, offsets and lengths, all of the text as it is folded. One claim a line,
each with a checksum of its own, so that two branches of a repository can be merged, and a bad merge is seen.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from briefing.diagnostics import Diagnostic
from briefing.model.anchors import VERSION, Anchor, Anchors, TextMark
from briefing.model.claim import Quote
from briefing.read.folding import Folded
from briefing.read.records import to_record
from briefing.read.search import folded_words
from briefing.read.sources import SourceFile
from briefing.read.yaml_reader import Document, read_yaml

_HEAD = "# Written by `briefing anchor`, which also mends it: where the words of each claim stand in the text.\n"


def command(article: str) -> str:
    """What to run to have the anchors of an article written."""
    return f"`briefing anchor {article}`"


def mended_by(article: str) -> str:
    """How to mend what cannot be proved without the text."""
    return f"bring the text, then run {command(article)}"


def read_anchors(source: SourceFile, article: str) -> tuple[Anchors | None, list[Diagnostic]]:
    """The anchors of an article; or everything that shows that they are not what was written for one text."""
    document, problems = read_yaml(source)
    if not problems and isinstance(document.data, dict) and document.data.get("version", VERSION) != VERSION:
        return None, [_other_version(document, article)]
    anchors = None
    if not problems:
        anchors, problems = to_record(Anchors, document, document.data)
    if anchors is not None:
        problems = list(_changed(anchors, document))
    told = [replace(problem, code="bad-anchors", help=mended_by(article)) for problem in problems]
    return (None if told else anchors), told


def _other_version(document: Document, article: str) -> Diagnostic:
    message = f"anchors of version {document.data['version']} are not known; this briefing reads version {VERSION}"
    help = f"use the briefing that wrote them, or bring the text and run {command(article)}"
    return Diagnostic("bad-anchors", message, document.place(("version",)), help)


def _changed(anchors: Anchors, document: Document) -> Iterator[Diagnostic]:
    for id, anchor in anchors.claims.items():
        if anchor.checksum != _checksum(anchors.text, id, anchor):
            message = f"the anchor of `{id}` is of another text, or was changed by hand"
        elif anchor.length == 0 or anchor.end > anchors.text.length:
            message = f"the anchor of `{id}` leads out of the text"
        else:
            continue
        yield Diagnostic("bad-anchors", message, document.place(("claims", id)), "")


def anchors_bytes(anchors: Anchors) -> bytes:
    """The file as it is written: the same for the same anchors."""
    text = anchors.text
    lines = [
        f"version: {anchors.version}\n",
        f"checked: {anchors.checked}\n",
        f"text: {{sha256: {text.sha256}, length: {text.length}}}\n",
        "claims:\n" if anchors.claims else "claims: {}\n",
        *(f"  {id}: {{{_line(anchor)}}}\n" for id, anchor in sorted(anchors.claims.items())),
    ]
    return (_HEAD + "".join(lines)).encode()


def _line(anchor: Anchor) -> str:
    values = (("offset", anchor.offset), ("length", anchor.length), ("sha256", anchor.sha256))
    others = (("context", anchor.context), ("checksum", anchor.checksum))
    return ", ".join(f"{name}: {value}" for name, value in (*values, *others) if value is not None)


def mark_of(folded: Folded) -> TextMark:
    """What tells a text from others."""
    return TextMark(sha256=_sha256(folded.text), length=len(folded.text))


def anchors_of(text: TextMark, found: dict[str, tuple[Quote, int]], checked: date) -> Anchors:
    """The anchors of claims whose quotes were found at these offsets of a text, on that day."""
    claims = {id: anchor_of(text, id, quote, offset) for id, (quote, offset) in found.items()}
    return Anchors(version=VERSION, checked=checked, text=text, claims=claims)


def anchor_of(text: TextMark, id: str, quote: Quote, offset: int) -> Anchor:
    """The anchor of a claim whose quote was found at that offset."""
    words = folded_words(quote.exact)
    bare = Anchor(offset=offset, length=len(words), sha256=_sha256(words), context=_context(quote), checksum="")
    return replace(bare, checksum=_checksum(text, id, bare))


def is_of(anchor: Anchor, quote: Quote) -> bool:
    """Whether an anchor is that of just these words, between just these others."""
    words = folded_words(quote.exact)
    said = len(words), _sha256(words), _context(quote)
    return said == (anchor.length, anchor.sha256, anchor.context)


def _context(quote: Quote) -> str | None:
    if quote.prefix is None and quote.suffix is None:
        return None
    return _sha256(f"{folded_words(quote.prefix)}\n{folded_words(quote.suffix)}")


def _checksum(text: TextMark, id: str, anchor: Anchor) -> str:
    said = (VERSION, text.sha256, text.length, id, anchor.offset, anchor.length, anchor.sha256, anchor.context or "")
    return _sha256("\n".join(map(str, said)))[:12]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
