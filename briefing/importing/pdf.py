"""A PDF: its lines by their places on the page, joined to paragraphs; what stands on every page is left out."""

import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.importing.blocks import Block, cleaned, plain
from briefing.importing.dates import dated
from briefing.importing.decoding import REPLACED
from briefing.importing.found import Found
from briefing.importing.page import needs_extra
from briefing.importing.pdf_lines import BROKEN, Line, lines_of
from briefing.importing.plain import joined
from briefing.importing.refused import Refused

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

MOST_PAGES = 1_000
# A page with fewer letters than this has its text in a picture, if it has any.
_FEWEST_LETTERS = 25
_LONGEST_NUMBERED = 60
_PROGRAM_TITLE = re.compile(
    r"microsoft (?:word|powerpoint)|untitled|\.(?:docx?|pdf|indd|odt|rtf|pptx?|hwpx?)$", re.IGNORECASE
)
_CREATED = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_SENTENCE_END = re.compile(r"[.!?。！？:][\"'”’」』)\d]*$")


def read_pdf(data: bytes) -> Found:
    """The paragraphs of a document; `Refused` for one of pictures, or that asks for a password."""
    document = _opened(data)
    try:
        if len(document) > MOST_PAGES:
            raise Refused(
                f"it has {len(document):,} pages, more than {MOST_PAGES:,}", "save the pages that you need as a PDF"
            )
        pages = [lines_of(document[number].get_textpage()) for number in range(len(document))]
        found = _facts({key: cleaned(value).strip() for key, value in document.get_metadata_dict().items()})
    finally:
        document.close()
    empty = [number for number, page in enumerate(pages, 1) if _letters(page) < _FEWEST_LETTERS]
    if len(empty) == len(pages) or (len(empty) > len(pages) / 2 and sum(map(_letters, pages)) < 2_000):
        raise Refused(
            "its pages are pictures, without text", "have a program recognize the text (OCR), then import it again"
        )
    if empty:
        found.notes.append(f"without text, perhaps pictures: page {', '.join(map(str, empty[:10]))}")
    repeated = _repeated(pages)
    if repeated:
        found.notes.append(
            f"left out, because it stands on most pages: {', '.join(f'`{line}`' for line in sorted(repeated)[:5])}"
        )
    _note_unread(found, pages)
    found.blocks = list(_blocks([_without(page, repeated) for page in pages]))
    if found.title and found.blocks and _is_title(found.blocks[0], found.title):
        found.blocks = found.blocks[1:]
    return found


def _opened(data: bytes) -> "PdfDocument":
    try:
        from pypdfium2 import PdfDocument, PdfiumError
    except ImportError:
        raise needs_extra("PDFs") from None

    try:
        return PdfDocument(data)
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise Refused("it asks for a password", "open it, save it without one, and import that") from None
        raise Refused("it is damaged, and cannot be read as a PDF", "open it and print it to a PDF again") from None


def _facts(metadata: dict[str, str]) -> Found:
    """What the document says of itself. When it was made is not when it was published."""
    found = Found()
    title = metadata.get("Title", "")
    found.title = "" if _PROGRAM_TITLE.search(title) else " ".join(title.split())
    if (created := _CREATED.match(metadata.get("CreationDate", ""))) and (day := dated("-".join(created.groups()))):
        found.lacks["published"] = f"the file was made on {day.text}, which is not when it was published"
    return found


def _note_unread(found: Found, pages: Sequence[Sequence[Line]]) -> None:
    """Tell of characters of which the document does not say what they mean; `Refused` where that is more than a few."""
    unread = [number for number, page in enumerate(pages, 1) for line in page for one in line.text if one == REPLACED]
    if len(unread) * 200 > sum(map(_letters, pages)):
        help = "have a program recognize the text (OCR), then import it again"
        raise Refused(f"it does not say what {len(unread):,} of its characters mean", help)
    if unread:
        found.notes.append(
            f"`{REPLACED}` stands for {len(unread)} characters whose meaning it does not say, from page {unread[0]} on"
        )


def normalized(text: str) -> str:
    """NFKC but for what would run into the number or word beside it: raised and lowered characters, fractions."""
    kept = ("<super>", "<sub>", "<circle>", "<fraction>")
    return "".join(
        one if unicodedata.decomposition(one).startswith(kept) else unicodedata.normalize("NFKC", one) for one in text
    )


def _letters(page: Sequence[Line]) -> int:
    return sum(sum(map(str.isalnum, line.text)) for line in page)


def _repeated(pages: Sequence[Sequence[Line]]) -> set[str]:
    """The lines at the edges of pages that stand on most of them, numbers as `#`."""
    if len(pages) < 3:
        return set()
    edges = Counter(key for page in pages for key in {_key(line.text) for line in (*page[:2], *page[-2:])})
    return {key for key, count in edges.items() if count * 2 > len(pages)}


def _key(text: str) -> str:
    """What is the same of a line on all pages: its words, of a short one with any number."""
    return re.sub(r"\d+", "#", text) if len(text) <= _LONGEST_NUMBERED else text


def _without(page: Sequence[Line], repeated: set[str]) -> list[Line]:
    """The page without those lines. A number that stands alone at its edge is that of the page."""
    last = len(page) - 2
    return [
        line
        for number, line in enumerate(page)
        if not (
            (number < 2 or number >= last)
            and (_key(line.text) in repeated or re.fullmatch(r"[-–— ]*\d{1,4}[-–— ]*", line.text))
        )
    ]


def _blocks(pages: Sequence[Sequence[Line]]) -> Iterator[Block]:
    lines = [line for page in pages for line in page]
    if not lines:
        return
    gaps = [
        above.bottom - below.top for above, below in pairwise(lines) if 0 <= above.bottom - below.top < 3 * above.height
    ]
    usual = statistics.median(gaps) if gaps else 0.0
    height = statistics.median(line.height for line in lines)
    right = statistics.quantiles([line.right for line in lines], n=10)[-1] if len(lines) > 1 else lines[0].right
    group: list[Line] = []
    for line in lines:
        if group and _is_new(group[-1], line, usual, height, right):
            yield _block(group)
            group = []
        group.append(line)
    yield _block(group)


def _is_new(above: Line, line: Line, usual: float, height: float, right: float) -> bool:
    """Whether a line begins a paragraph: after a wider gap or a short line, in other letters, or indented."""
    is_early = above.right < right - 0.12 * max(right - above.left, 1.0)
    if above.text.endswith((BROKEN, ",", "-")):
        return False
    if line.top > above.top:  # the next page or column
        return is_early or bool(_SENTENCE_END.search(above.text) and line.left - above.left > height)
    if above.bottom - line.top > usual + 0.45 * height or abs(line.height - above.height) > 0.25 * height:
        return True
    is_item = re.match(r"(?:[•▪●○◦‣*–]|\(?\d{1,2}[.)]|\([a-z]\))\s", line.text) is not None
    return (
        is_item
        or (is_early and bool(_SENTENCE_END.search(above.text)))
        or 0.8 * height < line.left - above.left < 5 * height
    )


def _block(group: Sequence[Line]) -> Block:
    text = normalized(cleaned_lines([line.text for line in group]))
    return plain(text)


def cleaned_lines(lines: Sequence[str]) -> str:
    """The lines as one: a word that was broken at `\\ufffe` is whole again."""
    parts: list[str] = []
    for line in lines:
        if parts and parts[-1].endswith(BROKEN):
            parts[-1] = parts[-1][:-1] + line
        else:
            parts.append(line)
    return cleaned(joined(parts).replace(BROKEN, "-"))


def _is_title(block: Block, title: str) -> bool:
    from briefing.importing.blocks import paragraphs

    return " ".join(paragraphs([block])).casefold() == title.casefold()
