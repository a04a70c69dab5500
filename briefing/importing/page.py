"""A web page: HTML to the facts and the text of its article, or why there is none."""

import re
from copy import deepcopy
from typing import TYPE_CHECKING

from briefing.diagnostics import EnvironmentProblem
from briefing.importing.blocks import Block, cleaned, paragraphs, plain
from briefing.importing.body import body_of
from briefing.importing.decoding import REPLACED, text_of
from briefing.importing.found import Found
from briefing.importing.fragment import html_blocks
from briefing.importing.gaps import filled
from briefing.importing.page_facts import Page, facts_of
from briefing.importing.refusals import refuse_other, subscribers_note
from briefing.importing.refused import Refused
from briefing.read.word_count import words_in

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# What counts words counts them in its own way, and some count captions.
_WHOLE = 0.7
# A page of news has some thousands; what takes these apart takes too long with many more.
_MOST_ELEMENTS, _MOST_ATTRIBUTES = 50_000, 1_000
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{5000,}")
_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")
_SAVE = "copy the text, and pipe it to `briefing import -`"


def read_page(data: bytes, address: str = "", content_type: str = "") -> Found:
    """The article of a page; `address` is where it was fetched from, `content_type` what its server says of it."""
    return page_of(text_of(data, content_type), address)


def page_of(text: str, address: str = "") -> Found:
    """The article of a page whose text is known; `Refused` for a page without one."""
    page = Page(_parsed(text), address)
    found = facts_of(page)
    blocks = body_of(deepcopy(page.tree), page.base, found.title)
    if page.base:
        page.tree.make_links_absolute(page.base, handle_failures="ignore")
    blocks, left = filled(blocks, page.tree, page.base)
    found.notes += [f"left out of the middle of the text: `{words}`" for words in left]
    if not blocks:
        blocks = [plain(line) for line in page.described.body.splitlines() if line.strip()]
    words = words_in(" ".join(paragraphs(blocks)))
    refuse_other(page, blocks, words)
    whole = "\n".join([found.title, *paragraphs(blocks)])
    if REPLACED in whole:
        at = whole.index(REPLACED)
        around = " ".join(whole[max(0, at - 20) : at + 20].split())
        raise Refused(f"some characters of its text cannot be read: `{around}`", "save it as UTF-8", "unreadable-file")
    found.blocks = blocks
    if words < _WHOLE * page.described.words:
        found.notes.append(f"the page says that it has {page.described.words:,} words: see that the text is whole")
    if note := subscribers_note(page, " ".join(paragraphs(blocks))):
        found.notes.append(note)
    return found


def fragment_of(text: str) -> list[Block]:
    """All the text of HTML that has nothing else in it, such as a mail's: its blocks as they stand."""
    tree = _parsed(text)
    body = next(iter(tree.xpath("//body")), tree)
    return list(html_blocks(body))


def _parsed(text: str) -> "HtmlElement":
    try:
        from lxml import etree, html
    except ImportError:
        raise needs_extra("web pages") from None

    for tag in _LONG_TAG.finditer(text):
        if len(_VALUE.sub("", tag.group()).split()) > _MOST_ATTRIBUTES:
            raise Refused(f"a tag in it has more than {_MOST_ATTRIBUTES:,} attributes", _SAVE)
    # As UTF-8, whatever the page says of itself: it has been decoded.
    data = re.sub(r"^\s*<\?xml[^>]*\?>", "", cleaned(text)).encode("utf-8", "ignore")
    try:
        tree = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8", huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise Refused(f"it cannot be read as HTML: {str(error).lower()}", "save the page in a browser again") from None
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        raise Refused(f"it has more than {_MOST_ELEMENTS:,} elements", _SAVE)
    return tree


def needs_extra(what: str) -> EnvironmentProblem:
    """What to do where the libraries for a form are not installed."""
    return EnvironmentProblem.of_extra(f"importing {what}", "import")
