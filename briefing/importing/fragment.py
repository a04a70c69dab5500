"""HTML that is all text, such as a mail: its elements as blocks, with nothing looked for and nothing left out."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.importing.blocks import BREAK, Block, Items, Paragraph, Quotation, Span, plain
from briefing.importing.body import parted, spans_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HIDDEN = frozenset(["script", "style", "head", "title", "template", "img", "svg", "button", "form"])
_HEADINGS = {f"h{level}": max(2, level) for level in range(1, 7)}
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "figure", "footer"),
        *("header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead"),
        *("tr", "ul"),
    )
)
_DEEPEST = 100


def html_blocks(element: "HtmlElement", depth: int = 0) -> Iterator[Block]:
    """The blocks inside an element. Tables of mails only arrange their words, so each cell is text of its own."""
    loose: list[Span] = spans_of(element.text, Span(""))
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in _BLOCKS or tag in _HEADINGS:
            yield from parted(loose)
            loose = []
            if depth < _DEEPEST and not _is_hidden(child):
                yield from element_blocks(child, depth + 1)
        elif tag and tag not in _HIDDEN:
            loose += _inline(child, Span(""), depth + 1)
        loose += spans_of(child.tail, Span(""))
    yield from parted(loose)


def _is_hidden(element: "HtmlElement") -> bool:
    """Whether mails hide it: what is shown before a mail is opened, and pictures that count readers."""
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "max-height:0" in style


def element_blocks(element: "HtmlElement", depth: int = 0) -> Iterator[Block]:
    """The blocks that an element is."""
    match element.tag:
        case "blockquote":
            if blocks := tuple(html_blocks(element, depth)):
                yield Quotation(blocks)
        case "ul" | "ol":
            items = tuple(filter(None, (tuple(html_blocks(item, depth)) for item in element if item.tag == "li")))
            if items:
                yield Items(items, 1 if element.tag == "ol" else None)
        case "pre":
            for line in element.text_content().splitlines():
                if line.strip():
                    yield plain(line)
        case tag if tag in _HEADINGS:
            for block in html_blocks(element, depth):
                yield Paragraph(block.spans, _HEADINGS[str(tag)]) if isinstance(block, Paragraph) else block
        case _:
            yield from html_blocks(element, depth)


def _inline(element: "HtmlElement", look: Span, depth: int) -> list[Span]:
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag == "br":
        return [Span(BREAK)]
    if not tag or tag in _HIDDEN or depth > _DEEPEST or _is_hidden(element):
        return []
    look = replace(look, bold=look.bold or tag in ("b", "strong"), italic=look.italic or tag in ("i", "em"))
    if tag in ("sup", "sub"):
        look = replace(look, raised="sup" if tag == "sup" else "sub")
    if tag == "a" and (element.get("href") or "").lower().startswith(("http://", "https://")):
        look = replace(look, link=(element.get("href") or "").strip())
    spans = spans_of(element.text, look)
    for child in element:
        spans += _inline(child, look, depth + 1)
        spans += spans_of(child.tail, look)
    apart = [Span(BREAK), Span(BREAK)] if tag in _BLOCKS or tag in _HEADINGS else []
    return [*apart, *spans, *apart]
