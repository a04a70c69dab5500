"""Pages that are no article: consent, paywall, challenge, list of links, or nothing to read. Each with what to do."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from briefing.importing.blocks import Block, Items, Paragraph, Quotation, Span, Table, paragraphs
from briefing.importing.page_facts import Page, absolute
from briefing.importing.refused import Refused
from briefing.read.word_count import words_in

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# A text shorter than this may be what is shown of a longer one.
SHORT = 200
_SAVE = "save the page, and import the file"
_UNSEEN = frozenset(["script", "style", "noscript", "template", "head", "svg"])
_AROUND = frozenset(["header", "nav", "footer", "aside"])
_DEEPEST = 200
_CONSENT = re.compile(
    r"\bcookies?\b|\bconsent|\bprivacy (?:settings|preferences|choices)|\baccept all|\bbefore you continue"
    r"|\bvendors\b|\bzustimm|\beinwilligung|\balle akzeptieren|\bdatenschutz|\bconsentement|\btout accepter"
    r"|\baceptar|\bconsentimiento|クッキー|同意|プライバシー設定|쿠키|동의|接受所有",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"\bsubscribe (?:now )?to (?:continue|read|keep)|\bsubscribers?[- ]only"
    r"|\b(?:is|only|exclusively|exclusive) (?:for|to) subscribers\b|\bto (?:continue|keep) reading"
    r"|\bcontinue reading with|\bunlock this article|\bregister to read|\bstart your (?:free )?trial"
    r"|\bjetzt weiterlesen|\bmit abo\b|\bnur für abonnenten|\bréservé aux abonnés|\babonnez-vous"
    r"|\bsolo para suscriptores|会員限定|有料会員|続きを読むには|残り\s*[\d０-９]+\s*文字|구독자 전용|유료 회원|订阅后",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"\bjust a moment|\bverify(?:ing)? (?:that )?you are (?:a )?human|\bchecking your browser|\bare you a robot"
    r"|\baccess denied|\battention required|\bunusual traffic",
    re.IGNORECASE,
)
_OUTSIDE = frozenset(["aside", "nav", "footer"])
_HEADINGS = ("h1", "h2", "h3", "h4")


def refuse_other(page: Page, blocks: Sequence[Block], found_words: int) -> None:
    """`Refused` for a page that is no article, with what it is and what to do."""
    title = " ".join(element.text_content() for element in page.tree.xpath("//head/title"))
    text = _visible(page, _UNSEEN)
    words = words_in(text)
    if found_words < SHORT and (_CHALLENGE.search(title) or (words < SHORT and _CHALLENGE.search(text))):
        raise Refused(
            "it asks for a proof that a person reads it, and has no article", f"open it in a browser, {_SAVE}"
        )
    if not page.described.article and found_words < 2 * SHORT and _is_consent(page, title, text, blocks):
        raise Refused("it asks for consent, and has no article", f"consent in a browser, {_SAVE}")
    # What stands around an article often asks for subscriptions.
    if found_words < SHORT and (not page.described.is_free or _PAYWALL.search(_visible(page, _UNSEEN | _AROUND))):
        message = f"it shows only {found_words} words of an article that is for subscribers"
        raise Refused(message, f"if you may read it, open it in a browser, {_SAVE}")
    if links := _listed(page, blocks, found_words):
        raise Refused(f"it is a list of {len(links)} articles", f"import them one by one: {_named(links)}")
    if not found_words:
        raise Refused(*_nothing(page, words))


def subscribers_note(page: Page, text: str) -> str | None:
    """What to look at in an article that is for subscribers, and seems to be here as a whole."""
    if page.described.is_free and not _PAYWALL.search(text):
        return None
    return "the page says that it is for subscribers: see that the text is whole"


def _visible(page: Page, without: frozenset[str]) -> str:
    """The words of the page but for those in these elements."""
    return " ".join(" ".join(text for body in page.tree.xpath("//body") for text in _texts(body, without)).split())


def _texts(element: "HtmlElement", without: frozenset[str], depth: int = 0) -> Iterator[str]:
    if element.tag in without or not isinstance(element.tag, str) or depth > _DEEPEST:
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child, without, depth + 1)
        yield child.tail or ""


def _is_consent(page: Page, title: str, text: str, blocks: Sequence[Block]) -> bool:
    """Whether a page is about nothing but consent, and has something to consent by."""
    found = " ".join(paragraphs(blocks))
    in_text, in_found = len(_CONSENT.findall(text)), len(_CONSENT.findall(found))
    has_choice = next(page.tree.iter("button", "form", "input"), None) is not None
    if in_text < 3 or not has_choice:
        return False
    about = bool(_CONSENT.search(title)) or in_found >= max(2, words_in(found) // 40)
    return about or (not blocks and in_text >= max(3, words_in(text) // 60))


def _listed(page: Page, blocks: Sequence[Block], found_words: int) -> list[str]:
    """The addresses in a page that only leads to articles; none in one that is an article, or nothing."""
    is_article = bool(page.described.article) or "article" in page.meta.get("og:type", ())
    teasers, headings = _teasers(page.tree)
    links = [absolute(one.get("href") or "", page.base) or (one.get("href") or "") for one in [*teasers, *headings]]
    links = list(dict.fromkeys(link for link in links if link and not link.startswith("#")))
    spans = list(_spans(blocks))
    linked = sum(words_in(span.text) for span in spans if span.link)
    is_mostly_links = bool(spans) and linked * 2 > found_words
    if is_article:
        return []
    looks_listed = page.described.is_list or is_mostly_links or not found_words
    if len({one.get("href") for one in teasers}) >= 4 or (len(links) >= 5 and looks_listed):
        return links
    if is_mostly_links and (targets := list(dict.fromkeys(span.link for span in spans if span.link)))[4:]:
        return targets
    return links if page.described.is_list and len(links) >= 3 else []


def _teasers(tree: "HtmlElement") -> "tuple[list[HtmlElement], list[HtmlElement]]":
    """The links that are, or are around, headings: those in an `article`, and all."""
    teasers, headings = [], []
    for heading in tree.iter(*_HEADINGS):
        above = list(heading.iterancestors())
        if any(element.tag in _OUTSIDE for element in above):
            continue
        links = [*heading.iter("a"), *(element for element in above if element.tag == "a")]
        links = [link for link in links if link.get("href")]
        headings += links
        if any(element.tag == "article" for element in above):
            teasers += links
    return teasers, headings


def _spans(blocks: Sequence[Block]) -> "list[Span]":
    out: list[Span] = []
    for block in blocks:
        match block:
            case Paragraph():
                out += block.spans
            case Quotation():
                out += _spans(block.blocks)
            case Items():
                for item in block.items:
                    out += _spans(item)
            case Table():
                out += [span for row in block.rows for cell in row for span in cell]
    return out


def _named(links: Sequence[str]) -> str:
    return ", ".join(links[:10]) + (f" and {len(links) - 10} more" if len(links) > 10 else "")


def _nothing(page: Page, words: int) -> tuple[str, str]:
    for element in page.tree.iter("meta"):
        if (element.get("http-equiv") or "").lower() == "refresh" and "url" in (element.get("content") or "").lower():
            return (
                "it only leads on to another page",
                f"import that page: {(element.get('content') or '').partition('=')[2].strip()}",
            )
    if words < 30 and next(page.tree.iter("script"), None) is not None:
        return "its text is made by scripts, so there is none in it", f"open it in a browser, {_SAVE}"
    return "no text of an article is found in it", "copy the text, and pipe it to `briefing import -`"
