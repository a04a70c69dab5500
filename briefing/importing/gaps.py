"""What is missing from the middle of a text that was found: put back where it is text, else told.

What finds the text of a page leaves out what looks unlike text, also short paragraphs, lists and subheadings between
others. These stand among the paragraphs that were found, and are not of another kind.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from briefing.importing.blocks import Block, paragraphs
from briefing.importing.fragment import html_blocks

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TEXT = frozenset(["p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "div", "dl", "pre"])
_NO_TEXT = "figure|aside|nav|form|script|style|iframe|button|footer|header|noscript|section|table|video|audio|svg"
_OTHER_CLASS = re.compile(
    r"relat|news-?letter|promo|advert|(?:^|[\s_-])ads?(?:[\s_-]|$)|sponsor|share|social|comment|caption|credit|read-?more|more-"
    r"|recommend|subscri|paywall|teaser|widget|embed|author|byline|bio|cookie|consent|breadcrumb|tags?(?:[\s_-]|$)|topic|toolbar"
    r"|meta|hidden|sign-?up|donat|poll|quiz|gallery|footnote",
    re.IGNORECASE,
)
_OTHER_WORDS = re.compile(
    r"(?:read (?:more|also|next)|related|see also|more on|advertisement|sponsored|sign up|subscribe|share this"
    r"|follow us|lesen sie|mehr zum thema|anzeige|lire aussi|à lire|関連記事|あわせて読みたい|広告|관련 ?기사|광고)",
    re.IGNORECASE,
)
_MOST_TOLD = 5


def filled(blocks: Sequence[Block], tree: "HtmlElement") -> tuple[list[Block], list[str]]:
    """The blocks with what is missing between them, and the first words of what was left out there."""
    held = _holder(blocks, tree)
    if held is None:
        return list(blocks), []
    children, lines = held
    out: list[Block] = []
    left: list[str] = []
    waiting: list[HtmlElement] = []
    at = 0
    for child, of_child in zip(children, lines, strict=True):
        taken = _taken(blocks[at:], of_child)
        if taken and (at or not waiting):
            for one in waiting:
                _add(one, out, left)
        if taken:
            waiting = []
            out += blocks[at : at + taken]
            at += taken
        elif of_child and at:
            waiting.append(child)
    if at < len(blocks):
        return list(blocks), []
    return out, left[:_MOST_TOLD]


def _taken(blocks: Sequence[Block], lines: Sequence[str]) -> int:
    """How many of the next blocks are of an element with these lines."""
    known = set(lines)
    count = 0
    for block in blocks:
        words = list(paragraphs([block]))
        if not words or not set(words) <= known:
            break
        count += 1
    return count


def _holder(blocks: Sequence[Block], tree: "HtmlElement") -> "tuple[list[HtmlElement], list[list[str]]] | None":
    """The children, with their lines, of the element that most paragraphs of the text are directly in."""
    wanted = set(paragraphs(blocks))
    counts: dict[HtmlElement, int] = {}
    for element in tree.iter("p", "h2", "h3", "li", "div"):
        parent = element.getparent()
        if parent is not None and " ".join(element.text_content().split()) in wanted:
            counts[parent] = counts.get(parent, 0) + 1
    if not counts:
        return None
    holder = max(counts, key=lambda element: counts[element])
    children = [child for child in holder if isinstance(child.tag, str)]
    return children, [list(paragraphs(list(html_blocks(child)))) for child in children]


def _add(element: "HtmlElement", out: list[Block], left: list[str]) -> None:
    words = " ".join(element.text_content().split())
    if _is_text(element, words):
        out += html_blocks(_wrapped(element))
    elif words and element.tag not in ("script", "style", "noscript"):
        left.append(words[:60] + ("…" if len(words) > 60 else ""))


def _wrapped(element: "HtmlElement") -> "HtmlElement":
    from copy import deepcopy

    from lxml.html import Element

    wrapper: HtmlElement = Element("div")
    copy = deepcopy(element)
    copy.tail = None
    wrapper.append(copy)
    return wrapper


def _is_text(element: "HtmlElement", words: str) -> bool:
    """Whether an element between paragraphs is one of them, and not a link to elsewhere, a form or an advertisement."""
    if element.tag not in _TEXT or element.xpath("|".join(f".//{tag}" for tag in _NO_TEXT.split("|"))):
        return False
    named = " ".join(filter(None, (element.get("class"), element.get("id"), element.get("role"))))
    inner = " ".join(one.get("class") or "" for one in element.iter() if isinstance(one.tag, str))
    if _OTHER_CLASS.search(named) or _OTHER_CLASS.search(inner) or _OTHER_WORDS.match(words):
        return False
    linked = sum(len(" ".join(link.text_content().split())) for link in element.iter("a"))
    return linked < 0.5 * max(1, len(words))
