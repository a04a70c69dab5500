"""Markdown to tokens: the one wrapper around markdown-it-py, set up for text that nobody vouches for.

Raw HTML is never HTML. What converters leave behind and a reader would not miss is dropped: comments, and the tags
of `_DROPPED` without the text between them; a few tags are read as the Markdown they stand for; any other is text.
Links may use http, https and mailto, or no scheme at all. Emphasis follows CommonMark, but treats CJK characters as
what they are, letters that stand without spaces, so that `**「強調」**です` is bold, and lets a no-break space stand
before the marks that close it, where word processors leave one. A line of nothing but white space is blank.
"""

import re
import unicodedata
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block.state_block import StateBlock
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

_ALLOWED_LINK = re.compile(r"(?:https?://|mailto:)\S|(?!//)(?![a-z][a-z0-9+.-]*:)", re.IGNORECASE)
# Without one of these, and without a line end, inline text is only text.
_MARKUP = re.compile(r"[\n\\`*_~\[\]!<&^]")
_PLAIN_LINK = re.compile(r"https?://[a-z0-9.-]+(?:/[A-Za-z0-9/._~=&?#-]*)?")
# The parser counts only spaces and tabs as blank; pasted text has lines of one no-break or ideographic space.
_BLANK_LINE = re.compile(r"^[^\S\n]+$", re.MULTILINE)

# Tags that say nothing a reader would miss. Not among them: what marks text as deleted, links and blocks.
_DROPPED = "span|font|u|small|big|abbr|wbr"
# Tags that Markdown has a token for, or should have; only around plain text.
_PAIRS = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "sup": "sup", "sub": "sub"}
# Lengths are bounded, and no character can be matched in two ways, so that no text makes the search slow.
_DROPPED_TAG = re.compile(
    rf"""</?(?:{_DROPPED})(?=[\s/>])(?:[^<>"']|"[^"<]{{0,500}}"|'[^'<]{{0,500}}'){{0,1000}}>""",
    re.IGNORECASE | re.ASCII,
)
_PAIR = re.compile(rf"<({'|'.join(_PAIRS)})>([^<>&*_`\[\]\\]{{1,500}})</\1>", re.IGNORECASE | re.ASCII)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE | re.ASCII)
_COMMENT_LENGTH = 10_000


def tokens_of(body: str) -> list[Token]:
    """The block tokens of a document, inline content as their children.

    Beside the parser's own there are `sup_open`, `sub_open` and their ends, and `nothing`, which stands for what was
    dropped; its `meta["lines"]` says how many line ends were in it.
    """
    return _engine().parse(_BLANK_LINE.sub("", body))


@cache
def _engine() -> MarkdownIt:
    engine = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False})
    engine.inline = _CjkInline()
    engine.inline.ruler.at("html_inline", _html_inline)
    engine.block.ruler.at("html_block", _comment_block, {"alt": ["paragraph", "reference", "blockquote"]})
    engine.use(footnote_plugin)
    engine.validateLink = _is_allowed_link  # type: ignore[method-assign]
    engine.normalizeLink = _normalized_link  # type: ignore[method-assign]
    return engine


def _normalized_link(url: str) -> str:
    """Percent-encoded where it must be; most addresses need nothing."""
    return url if _PLAIN_LINK.fullmatch(url) else normalizeLink(url)


def _is_allowed_link(url: str) -> bool:
    return _ALLOWED_LINK.match(url.strip()) is not None


def _html_inline(state: StateInline, silent: bool) -> bool:
    """Comments and tags inside a paragraph."""
    src, pos = state.src, state.pos
    if src[pos] != "<":
        return False
    end = _nothing_end(src, pos)
    if end:
        if not silent:
            state.push("nothing", "", 0).meta = {"lines": src.count("\n", pos, end)}
    elif found := _BREAK.match(src, pos):
        end = found.end()
        if not silent:
            state.push("hardbreak", "br", 0).markup = found.group()
    elif found := _PAIR.match(src, pos):
        end = found.end()
        if not silent:
            _push_pair(state, _PAIRS[found.group(1).lower()], found.group(2))
    else:
        return False
    state.pos = end
    return True


def _nothing_end(src: str, start: int) -> int:
    """Where what begins at `start` and is to be dropped ends; 0 where nothing does."""
    dropped = _DROPPED_TAG.match(src, start)
    return dropped.end() if dropped else _comment_end(src, start)


def _comment_end(src: str, start: int) -> int:
    """Where the comment that begins at `start` ends; 0 where none begins, or it is too long to be looked for."""
    if not src.startswith("<!--", start):
        return 0
    closed = src.find("-->", start + 2, start + _COMMENT_LENGTH)
    return closed + 3 if closed >= 0 else 0


def _push_pair(state: StateInline, tag: str, content: str) -> None:
    state.push(f"{tag}_open", tag, 1)
    for index, line in enumerate(content.split("\n")):
        if index:
            state.push("softbreak", "br", 0)
        state.push("text", "", 0).content = line
    state.push(f"{tag}_close", tag, -1)


def _comment_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lines that hold a comment and nothing else. One that is not closed is text: it must not hide the rest."""
    first = state.bMarks[start] + state.tShift[start]
    stop = 0 if state.is_code_block(start) else _comment_end(state.src, first)
    if stop == 0:
        return False
    line = start
    while state.eMarks[line] < stop:
        line += 1
        if line >= end or (state.sCount[line] < state.blkIndent and not state.isEmpty(line)):
            return False
    if state.src[stop : state.eMarks[line]].strip():
        return False
    if not silent:
        state.line = line + 1
    return True


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
    """Delimiter runs by CommonMark's rules (6.2), except that wide characters count on neither side as a bar,
    and that a no-break space does not keep a run from closing: `**Energy:\u00a0** text`."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 - the parent's names
        marker, stop = self.src[start], start
        while stop < self.posMax and self.src[stop] == marker:
            stop += 1
        before = self.src[start - 1] if start > 0 else " "
        after = self.src[stop] if stop < self.posMax else " "
        left = not _is_space(after) and (not _is_bar(after) or _is_space(before) or _is_bar(before) or _is_wide(before))
        closes = before == "\u00a0" or not _is_space(before)
        right = closes and (not _is_bar(before) or _is_space(after) or _is_bar(after) or _is_wide(after))
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
