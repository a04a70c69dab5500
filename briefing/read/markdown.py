"""Markdown to tokens: the one wrapper around markdown-it-py, set up for text that nobody vouches for.

Raw HTML is text. Links may use http, https and mailto, or no scheme at all. Emphasis follows CommonMark, but
treats CJK characters as what they are, letters that stand without spaces, so that `**「強調」**です` is bold.
"""

import re
import unicodedata
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

_ALLOWED_LINK = re.compile(r"(?:https?://|mailto:)\S|(?!//)(?![a-z][a-z0-9+.-]*:)", re.IGNORECASE)
# Without one of these, and without a line end, inline text is only text.
_MARKUP = re.compile(r"[\n\\`*_~\[\]!<&^]")
_PLAIN_LINK = re.compile(r"https?://[a-z0-9.-]+(?:/[A-Za-z0-9/._~=&?#-]*)?")


def tokens_of(body: str) -> list[Token]:
    """The block tokens of a document, inline content as their children."""
    return _engine().parse(body)


@cache
def _engine() -> MarkdownIt:
    engine = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False})
    engine.inline = _CjkInline()
    engine.use(footnote_plugin)
    engine.validateLink = _is_allowed_link  # type: ignore[method-assign]
    engine.normalizeLink = _normalized_link  # type: ignore[method-assign]
    return engine


def _normalized_link(url: str) -> str:
    """Percent-encoded where it must be; most addresses need nothing."""
    return url if _PLAIN_LINK.fullmatch(url) else normalizeLink(url)


def _is_allowed_link(url: str) -> bool:
    return _ALLOWED_LINK.match(url.strip()) is not None


class _CjkInline(ParserInline):
    """The inline parser, with a state that knows CJK characters."""

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        if _MARKUP.search(src) is None:
            tokens.append(Token("text", "", 0, content=src))
            return tokens
        state = _CjkState(src, md, env, tokens) if not src.isascii() else StateInline(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _CjkState(StateInline):
    """Delimiter runs by CommonMark's rules (6.2), except that wide characters count on neither side as a bar."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 - the parent's names
        marker, stop = self.src[start], start
        while stop < self.posMax and self.src[stop] == marker:
            stop += 1
        before = self.src[start - 1] if start > 0 else " "
        after = self.src[stop] if stop < self.posMax else " "
        left = not _is_space(after) and (not _is_bar(after) or _is_space(before) or _is_bar(before) or _is_wide(before))
        right = not _is_space(before) and (not _is_bar(before) or _is_space(after) or _is_bar(after) or _is_wide(after))
        can_open = left and (canSplitWord or not right or _is_punctuation(before))
        can_close = right and (canSplitWord or not left or _is_punctuation(after))
        return Scanned(can_open, can_close, stop - start)


def _is_space(character: str) -> bool:
    return isWhiteSpace(ord(character))


def _is_punctuation(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def _is_bar(character: str) -> bool:
    """Punctuation that keeps a delimiter from flanking: any but wide (CJK) punctuation."""
    return _is_punctuation(character) and not _is_wide(character)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WFH"
