"""The text of a web page as blocks: trafilatura finds it (`favor_precision`), this turns its elements into ours."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from briefing.importing.blocks import (
    BREAK,
    Block,
    Items,
    Paragraph,
    Quotation,
    Span,
    Table,
    paragraphs,
    plain,
    trimmed,
)
from briefing.importing.page_facts import absolute

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
    from lxml.html import HtmlElement

_BLOCKS = frozenset(["p", "head", "list", "quote", "table", "code", "div", "ab", "body", "main"])


def body_of(tree: "HtmlElement", base: str, title: str) -> list[Block]:
    """The blocks of a page's article; none where there is no text. A heading that says the title again is left out.

    The tree is changed. Links of a page whose address is not known are left as they are written.
    """
    import logging

    from trafilatura import bare_extraction

    _unfold_layout(tree)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    document: Any = bare_extraction(
        tree, favor_precision=True, include_comments=False, include_tables=True, include_formatting=True,
        include_links=True, include_images=False, deduplicate=False, with_metadata=False,
    )  # fmt: skip
    if document is None or document.body is None:
        return []
    blocks = list(_blocks(document.body, base))
    while blocks and _is_title(blocks[0], title):
        blocks.pop(0)
    return blocks


def _unfold_layout(tree: "HtmlElement") -> None:
    """Make tables that only arrange a page, with headings or several paragraphs in a cell, plain elements."""
    for table in reversed(tree.xpath("//table[.//table or .//h1 or .//h2 or .//td[count(.//p) > 1]]")):
        parts = table.xpath("./*[self::tbody or self::thead] | ./tr | ./*/tr | ./tr/* | ./*/tr/*")
        for part in (table, *parts):
            part.tag = "div"


def _is_title(block: Block, title: str) -> bool:
    return isinstance(block, Paragraph) and " ".join(paragraphs([block])).casefold() == title.casefold()


def _blocks(element: "Element", base: str) -> Iterator[Block]:
    """The blocks inside an element; text between them is a paragraph of its own."""
    loose: list[Span] = spans_of(element.text, Span(""))
    for child in element:
        if _is_block(child):
            yield from parted(loose)
            loose = []
            yield from _block(child, base)
        else:
            loose += _inline(child, base, Span(""))
        loose += spans_of(child.tail, Span(""))
    yield from parted(loose)


def _is_block(element: "Element") -> bool:
    """Whether an element parts paragraphs. Code does where it has lines of its own."""
    is_code = element.tag == "code" and "\n" not in "".join(map(str, element.itertext())).strip()
    return element.tag in _BLOCKS and not is_code


def _block(element: "Element", base: str) -> Iterator[Block]:
    match element.tag:
        case "head":
            spans = tuple(replace(span, bold=False) for span in trimmed(_children(element, base, Span(""))))
            level = re.fullmatch(r"h([1-6])", element.get("rend") or "")
            if spans:
                yield Paragraph(spans, max(2, int(level[1])) if level else 2)
        case "list":
            items = tuple(tuple(_blocks(item, base)) for item in element if item.tag == "item")
            if any(items):
                yield Items(tuple(filter(None, items)), 1 if (element.get("rend") or "").startswith("ol") else None)
        case "quote":
            if blocks := tuple(_blocks(element, base)):
                yield Quotation(blocks)
        case "table":
            yield from _table(element, base)
        case "code":
            for line in "".join(map(str, element.itertext())).splitlines():
                if line.strip():
                    yield plain(line)
        case "p" | "ab":
            if any(map(_is_block, element)):
                yield from _blocks(element, base)
            else:
                yield from parted(_children(element, base, Span("")))
        case _:
            yield from _blocks(element, base)


def _table(element: "Element", base: str) -> Iterator[Block]:
    rows, heads = [], []
    for row in element.iter("row"):
        cells = [cell for cell in row if cell.tag == "cell"]
        spans = tuple(trimmed(_flat(cell, base)) for cell in cells)
        if any(spans):
            rows.append(spans)
            heads.append(all(cell.get("role") == "head" for cell in cells))
    while rows and len([cell for cell in rows[0] if cell]) == 1 and len(rows) > 1:  # a caption
        yield Paragraph(next(filter(None, rows.pop(0))))
        heads.pop(0)
    if rows:
        yield Table(tuple(rows), heads[0])


def _flat(element: "Element", base: str) -> list[Span]:
    """All words of a cell, those of its blocks parted by spaces."""
    spans = spans_of(element.text, Span(""))
    for child in element:
        if child.tag in {*_BLOCKS, "item", "row", "cell"}:
            spans += [Span(" "), *_flat(child, base), Span(" ")]
        else:
            spans += _inline(child, base, Span(""))
        spans += spans_of(child.tail, Span(""))
    return spans


def parted(spans: list[Span]) -> Iterator[Block]:
    """A paragraph, or several where two line ends part them."""
    part: list[Span] = []
    seen = [span for span in spans if span.text.strip() or span.text == BREAK]
    ends = {id(span) for span, after in pairwise(seen) if span.text == after.text == BREAK}
    for span in spans:
        if id(span) in ends:
            yield from _paragraph(part)
            part = []
        else:
            part.append(span)
    yield from _paragraph(part)


def _paragraph(spans: list[Span]) -> Iterator[Block]:
    if words := trimmed(spans):
        yield Paragraph(words)


def _children(element: "Element", base: str, look: Span) -> list[Span]:
    spans = spans_of(element.text, look)
    for child in element:
        spans += _inline(child, base, look)
        spans += spans_of(child.tail, look)
    return spans


def _inline(element: "Element", base: str, look: Span) -> list[Span]:
    """The spans of what stands in a line."""
    match element.tag:
        case "lb":
            return [Span(BREAK)]
        case "hi":
            rend = element.get("rend") or ""
            if rend in ("#sup", "#sub"):
                look = replace(look, raised="sup" if rend == "#sup" else "sub")
            look = replace(look, bold=look.bold or rend == "#b", italic=look.italic or rend == "#i")
        case "ref":
            look = replace(look, link=_address(element.get("target") or "", base))
        case "graphic":
            return []
        case tag if not isinstance(tag, str):
            return []
    return _children(element, base, look)


def _address(link: str, base: str) -> str:
    return "" if link.startswith("#") else absolute(link, base) or link


def spans_of(text: str | None, look: Span) -> list[Span]:
    """Text of the page: its line ends are spaces, only `<br>` is one."""
    return [replace(look, text=re.sub(r"[ \t\r\n\f]+", " ", text))] if text else []
