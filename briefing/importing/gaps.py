"""What is missing from the middle of a text that was found: put back where it is text, else told.

What finds the text of a page leaves out what looks unlike text, also short paragraphs, lists and subheadings between
others. These stand among the paragraphs that were found, and are not of another kind.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from briefing.importing.blocks import Block, paragraphs
from briefing.importing.fragment import element_blocks

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
_MOST_PASSED, _SURE = 3, 40


def filled(blocks: Sequence[Block], tree: "HtmlElement", address: str) -> tuple[list[Block], list[str]]:
    """The blocks of a page with what is missing between them, and the first words of what was left out there."""
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
                _add(one, address, out, left)
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
    """How many of the next blocks there are up to the last one of an element with these lines; 0 for none.

    A block that is nowhere found is passed over, where one soon after it is found, and is long enough to be no other.
    """
    for passed in range(min(_MOST_PASSED + 1, len(blocks))):
        own = _own(blocks[passed:], set(lines))
        if own and (not passed or len(" ".join(paragraphs([blocks[passed]]))) > _SURE):
            return passed + own
    return 0


def _own(blocks: Sequence[Block], lines: set[str]) -> int:
    count = 0
    for block in blocks:
        words = set(paragraphs([block]))
        if not words or not words <= lines:
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
    return children, [list(paragraphs(list(element_blocks(child)))) for child in children]


def _add(element: "HtmlElement", address: str, out: list[Block], left: list[str]) -> None:
    words = " ".join(element.text_content().split())
    if _is_text(element, words, address):
        out += element_blocks(element)
    elif words and element.tag not in ("script", "style", "noscript"):
        left.append(words[:60] + ("…" if len(words) > 60 else ""))


def _is_inside(link: str, address: str) -> bool:
    """Whether a link leads to a place of the same page."""
    return not link or link.startswith("#") or link.partition("#")[0] == address


def _is_text(element: "HtmlElement", words: str, address: str) -> bool:
    """Whether an element between paragraphs is one of them, and not a link to elsewhere, a form or an advertisement."""
    if element.tag not in _TEXT or element.xpath("|".join(f".//{tag}" for tag in _NO_TEXT.split("|"))):
        return False
    # The id of a heading is made of its words.
    id = "" if re.fullmatch("h[2-6]", str(element.tag)) else element.get("id")
    named = " ".join(filter(None, (element.get("class"), id, element.get("role"))))
    inner = " ".join(one.get("class") or "" for one in element.iter() if isinstance(one.tag, str))
    if _OTHER_CLASS.search(named) or _OTHER_CLASS.search(inner) or _OTHER_WORDS.match(words):
        return False
    links = [link for link in element.iter("a") if not _is_inside(link.get("href") or "", address)]
    linked = sum(len(" ".join(link.text_content().split())) for link in links)
    return linked < 0.5 * max(1, len(words))
