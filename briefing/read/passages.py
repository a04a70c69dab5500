"""Passages in a rendered document: the HTML with their words marked, or only as much of it as may be shown."""

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from briefing.read.markup import Rendered, TextRun
from briefing.read.sentences import block_starts, stops


@dataclass(frozen=True, slots=True)
class Passage:
    """Marked words: character offsets in the text, the claim's id, its number on the page, and ids that it had."""

    start: int
    end: int
    id: str
    number: int
    former_ids: tuple[str, ...] = ()


def mark_up(rendered: Rendered, passages: Sequence[Passage]) -> str:
    """The HTML with every passage in `<mark>`: the first of a passage's marks has its id.

    Overlapping passages are split into segments; a segment on which several begin has a mark for each.
    After its last segment a passage has a numbered link to its claim beside the text.
    """
    waiting = sorted(passages, key=lambda passage: (passage.start, -passage.end, passage.number), reverse=True)
    cuts = sorted({cut for passage in passages for cut in (passage.start, passage.end)})
    active: list[Passage] = []
    out: list[str] = []
    after_link: list[str] = []
    done = cut_index = 0
    for run in rendered.runs:
        if not active and not (waiting and waiting[-1].start < run.text_end):
            continue  # It stays as it is, with all that is around it.
        while cut_index < len(cuts) and cuts[cut_index] <= run.text_start:
            cut_index += 1
        inside = cut_index
        while inside < len(cuts) and cuts[inside] < run.text_end:
            inside += 1
        edges = [run.text_start, *cuts[cut_index:inside], run.text_end]
        out.append(_past_link(rendered.html[done : run.html_start], after_link))
        done = run.html_end
        for start, end in pairwise(edges):
            new = []
            while waiting and waiting[-1].start <= start:
                new.append(waiting.pop())
            active.extend(new)
            out.append(_marked(rendered.text[start:end], active, new))
            (after_link if run.in_link else out).extend(_reference(passage) for passage in active if passage.end <= end)
            active = [passage for passage in active if passage.end > end]
    out.append(_past_link(rendered.html[done:], after_link))
    return "".join(out)


def _past_link(piece: str, references: list[str]) -> str:
    """The references that had to wait for the end of a link, because links do not nest, put behind it."""
    before, end, after = piece.partition("</a>")
    if not references or not end:
        return piece
    waited = "".join(references)
    references.clear()
    return before + end + waited + after


def excerpts(rendered: Rendered, passages: Sequence[Passage]) -> str:
    """Only the passages, each with the sentence before and after it in its block; those that touch are joined."""
    blocks, ends = block_starts(rendered), stops(rendered)
    spans: list[tuple[int, int]] = []
    for passage in sorted(passages, key=lambda passage: passage.start):
        first = bisect_right(ends, passage.start) - 1
        last = bisect_left(ends, passage.end)
        start = ends[first] if ends[first] in blocks else ends[first - 1]
        end = ends[last] if ends[last] in blocks else ends[min(last + 1, len(ends) - 1)]
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return "\n".join(_excerpt(rendered, blocks, span, passages) for span in spans)


def words_only(rendered: Rendered, passages: Sequence[Passage]) -> str:
    """Only the words of the passages themselves."""
    blocks = block_starts(rendered)
    return "\n".join(_excerpt(rendered, blocks, (passage.start, passage.end), [passage]) for passage in passages)


def excerpt(text: str, passages: Sequence[Passage]) -> str:
    """Words that stand alone, as one paragraph with the passages in it marked."""
    rendered = Rendered("", text, (TextRun(0, len(text), 0, 0, 1, False),))
    return _excerpt(rendered, {0}, (0, len(text)), passages)


_EDGES = " \n.!?。！？\"'“”‘’()[]「」『』（）"
_FULL_STOP = re.compile(r"[.!?。！？][\"'”’)\]」』）\s]*\Z")


def whole_sentences(rendered: Rendered, spans: Mapping[str, tuple[int, int]]) -> list[str]:
    """Those of the spans of the text that hold a whole sentence, perhaps without its full stop. A heading is none."""
    text = rendered.text
    sentences = []
    for start, end in pairwise(stops(rendered)):
        piece = text[start:end]
        if _FULL_STOP.search(piece):
            sentences.append((start + len(piece) - len(piece.lstrip(_EDGES)), start + len(piece.rstrip(_EDGES))))
    firsts = [first for first, _ in sentences]

    def holds_one(start: int, end: int) -> bool:
        at = bisect_left(firsts, start)
        return at < len(sentences) and sentences[at][1] <= end

    return [id for id, span in spans.items() if holds_one(*span)]


def _excerpt(rendered: Rendered, blocks: set[int], span: tuple[int, int], passages: Sequence[Passage]) -> str:
    """The stretch of text as paragraphs, one a block."""
    pieces, runs, length = [], [], 0
    cuts = [span[0], *sorted(cut for cut in blocks if span[0] < cut < span[1]), span[1]]
    for start, end in pairwise(cuts):
        part = rendered.text[start:end].rstrip()
        piece = html.escape(part)
        begin = length + len("<p>")
        at = start - span[0]
        runs.append(TextRun(at, at + len(part), begin, begin + len(piece), 1, False))
        pieces.append(f"<p>{piece}</p>")
        length += len(pieces[-1])
    inside = [
        replace(passage, start=passage.start - span[0], end=passage.end - span[0])
        for passage in passages
        if span[0] <= passage.start and passage.end <= span[1]
    ]
    shown = Rendered("".join(pieces), rendered.text[slice(*span)], tuple(runs))
    return f'<blockquote class="excerpt">{mark_up(shown, inside)}</blockquote>'


def _marked(text: str, active: Sequence[Passage], new: Sequence[Passage]) -> str:
    escaped = html.escape(text)
    if not active:
        return escaped
    ids = " ".join(passage.id for passage in active)
    begun = (f'<mark id="{passage.id}" data-claims="{ids}">{_former(passage)}' for passage in new)
    opened = "".join(begun) or f'<mark data-claims="{ids}">'
    return opened + escaped + "</mark>" * max(1, len(new))


def _former(passage: Passage) -> str:
    """Old addresses of the passage lead to its first words."""
    return "".join(f'<span id="{id}"></span>' for id in passage.former_ids)


def _reference(passage: Passage) -> str:
    return (
        f'<sup class="ref"><a href="#claim_{passage.id}" aria-label="Claim {passage.number}">{passage.number}</a></sup>'
    )
