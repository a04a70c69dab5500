"""Markdown to tokens: the one wrapper around markdown-it-py, set up for text that nobody vouches for.

Raw HTML is never HTML. The tags in `tags` are read as the Markdown they stand for, or dropped without the text between
them where they stand for none; any other is text.
Links may use http, https and mailto, or no scheme at all. A line of nothing but white space is blank.
"""

import re
from bisect import bisect_left
from functools import cache
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.common.utils import mdTrim
from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import StateBlock, heading
from markdown_it.rules_core.state_core import StateCore
from markdown_it.rules_inline import autolink, backtick, image, link
from markdown_it.rules_inline.state_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_inline

from briefing.read.bounds import MAX_DEPTH, MAX_LINES, MAX_PARTS, Excessive, too_deep, too_many_parts
from briefing.read.html_blocks import html_block, html_in_blocks
from briefing.read.html_inline import html_inline
from briefing.read.inline import Asked, InlineParser, Rule

_ALLOWED_LINK = re.compile(r"(?:https?://|mailto:)\S|(?![a-z][a-z0-9+.-]*:)", re.IGNORECASE)
_PLAIN_LINK = re.compile(r"https?://[a-z0-9.-]+(?:/[A-Za-z0-9/._~=&?#-]*)?")
_MAX_ADDRESS = 4_000


def tokens_of(body: str) -> list[Token]:
    """The block tokens of a document, inline content as their children; raises `Excessive`.

    Beside the parser's own there are `sup_open`, `sub_open`, `caption_open` and their ends; `nothing`, which stands for
    what was dropped, with its line ends in `meta["lines"]`; and `begins`, with the `line` on which what follows begins.
    Links, images and code say where they stand in the inline content: `start`, `end`. Texts that touch are not joined.
    """
    if body.count("\n") > MAX_LINES:
        _check_lines(body)
    return _engine().parse(body)


def _check_lines(text: str) -> None:
    filled = 0
    for number, line in enumerate(text.split("\n")):
        filled += bool(line.strip())
        if filled > MAX_LINES:
            raise Excessive(number, f"the text has more than {MAX_LINES:,} lines", "split it into several files")


@cache
def _engine() -> MarkdownIt:
    engine = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False})
    engine.block, engine.inline = _BoundedBlocks(), InlineParser()
    engine.core.ruler.at("inline", _inline)
    engine.core.ruler.before("inline", "html_in_blocks", html_in_blocks)
    engine.inline.ruler.at("html_inline", html_inline)
    engine.block.ruler.at("html_block", html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    engine.block.ruler.before("table", "line_alone", _line_alone)
    engine.use(footnote_plugin)
    # What `normalize` would change is in no file: `read/sources.py` has seen to the ends of lines.
    engine.disable(["normalize", "linkify", "replacements", "smartquotes", "text_join"])
    for name, rule in (("link", link), ("image", image), ("autolink", autolink), ("backticks", backtick)):
        engine.inline.ruler.at(name, _placed(rule))
    engine.inline.ruler.at("footnote_inline", _footnote_inline)
    engine.validateLink = _is_allowed_link  # type: ignore[method-assign]
    engine.normalizeLink = _normalized_link  # type: ignore[method-assign]
    return engine


def _normalized_link(url: str) -> str:
    """Percent-encoded where it must be; most addresses need nothing, and none are as long as a chapter."""
    if len(url) > _MAX_ADDRESS:
        return "too-long:"  # No scheme of ours: it stays text.
    return url if _PLAIN_LINK.fullmatch(url) else normalizeLink(url)


def _is_allowed_link(url: str) -> bool:
    return _ALLOWED_LINK.match(url.strip()) is not None


def _placed(rule: Rule) -> Rule:
    """The rule, with where it began and ended in the inline content noted on the tokens it has made."""

    def placed(state: StateInline, silent: bool) -> bool:
        start, known = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent and len(state.tokens) > known:
            # Text that was waiting comes before the first token of the rule's own.
            first = state.tokens[known + (state.tokens[known].type == "text")]
            for token in (first, state.tokens[-1]):
                token.meta |= {"start": start, "end": state.pos}
        return True

    return placed


def _footnote_inline(state: StateInline, silent: bool) -> bool:
    """A footnote in the line, whose content stands at the end of the page: it says on which line it was."""
    start = state.pos
    if not footnote_inline(state, silent):
        return False
    if not silent:
        asked: Asked = state.env["asked"]
        notes = state.env["footnotes"]["list"]
        begins = Token("begins", "", 0, meta={"line": asked.line + state.src.count("\n", 0, start)})
        notes[state.tokens[-1].meta["id"]]["tokens"].insert(0, begins)
    return True


def _line_alone(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line between blank ones is what its first character says; this only spares it the rules for all others."""
    first = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or (start + 1 < state.lineMax and not state.isEmpty(start + 1)):
        return False
    character = state.src[first]
    if character.isalpha() or character in "\"'“‘«「『":
        return _paragraph(state, start, first)
    return character == "#" and heading(state, start, end, silent)


def _paragraph(state: StateBlock, line: int, first: int) -> bool:
    """A paragraph of one line, whose first character is not white space."""
    state.line = line + 1
    state.push("paragraph_open", "p", 1).map = [line, line + 1]
    content = state.push("inline", "", 0)
    content.content, content.children = mdTrim(state.src[first : state.eMarks[line]]), []
    content.map = [line, line + 1]
    state.push("paragraph_close", "p", -1)
    return True


class _BoundedBlocks(ParserBlock):
    """The block parser; the original leaves out what is nested too deep, without a word."""

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 - the parent's names
        if state.level > MAX_DEPTH:
            raise too_deep(startLine)
        super().tokenize(state, startLine, endLine)

    def parse(self, src: str, md: MarkdownIt, env: Any, outTokens: list[Token]) -> list[Token] | None:  # noqa: N803
        if not src:
            return None
        state = _BoundedState(src, md, env, outTokens)
        self.tokenize(state, state.line, state.lineMax)
        return state.tokens


# The parser counts only spaces and tabs as blank; pasted text has lines of one no-break or ideographic space.
_BLANK_LINE = re.compile(r"^[^\S\n]+$", re.MULTILINE)


class _BoundedState(StateBlock):
    """The state of the block parser, for which a line of any white space is blank: all of it is its indentation.

    `_indents` has the real indentation of such lines; in code they stay as they are.
    """

    def __init__(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> None:
        super().__init__(src, md, env, tokens)
        self._indents: dict[int, int] = {}
        if not src.isascii():
            for blank in _BLANK_LINE.finditer(src):
                line = bisect_left(self.bMarks, blank.start())
                self._indents[line], self.tShift[line] = self.tShift[line], len(blank.group())

    def getLines(self, begin: int, end: int, indent: int, keepLastLF: bool) -> str:  # noqa: N802, N803
        blank = [line for line in self._indents if begin <= line < end] if indent and self._indents else ()
        for line in blank:
            self.tShift[line] = self._indents[line]
        text = super().getLines(begin, end, indent, keepLastLF)
        for line in blank:
            self.tShift[line] = self.eMarks[line] - self.bMarks[line]
        return text

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        if len(self.tokens) > MAX_PARTS:
            raise too_many_parts(self.line)
        self.level -= nesting < 0
        token = Token(ttype, tag, nesting, level=self.level, block=True)
        self.level += nesting > 0
        self.tokens.append(token)
        return token


def _inline(state: StateCore) -> None:
    """The inline content of all blocks."""
    asked = state.env["asked"] = Asked()
    for token in state.tokens:
        if token.type == "inline":
            assert token.map is not None
            assert token.children is not None
            asked.line = token.map[0]
            state.md.inline.parse(token.content, state.md, state.env, token.children)
