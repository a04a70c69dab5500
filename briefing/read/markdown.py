"""Markdown to tokens: the one wrapper around markdown-it-py, set up for text that nobody vouches for.

Raw HTML is never HTML. The tags in `tags` are read as the Markdown they stand for, or dropped without the text between
them where they stand for none; any other is text.
Links may use http, https and mailto, or no scheme at all. Emphasis follows CommonMark, but treats CJK characters as
what they are, letters that stand without spaces, so that `**「強調」**です` is bold, and lets a no-break space stand
before the marks that close it, where word processors leave one. A line of nothing but white space is blank.

The parser is slow on some texts, such as ten thousand opening brackets in one paragraph, so what a text may ask of it
is counted, and a text that asks for too much is refused. It is counted, not timed: every machine refuses the same.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace, mdTrim
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock, heading
from markdown_it.rules_core.state_core import StateCore
from markdown_it.rules_inline import autolink, backtick, image, link, text
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_inline

from briefing.read.bounds import MAX_DEPTH, MAX_LINES, MAX_PARTS, Excessive, too_deep, too_many_parts
from briefing.read.html_blocks import html_block, html_in_blocks
from briefing.read.html_inline import html_inline, is_nested_by_tags, nested

_ALLOWED_LINK = re.compile(r"(?:https?://|mailto:)\S|(?![a-z][a-z0-9+.-]*:)", re.IGNORECASE)
# Without one of these, and without a line end, inline text is only text.
_MARKUP = re.compile(r"[\n\\`*_~\[\]!<&^]")
_PLAIN_LINK = re.compile(r"https?://[a-z0-9.-]+(?:/[A-Za-z0-9/._~=&?#-]*)?")

# To find where a link or footnote ends, the parser takes steps, mark by mark, for every opening bracket anew; and for
# some marks it looks at every character after it in the same paragraph. A long article asks for a hundredth of this.
_MAX_STEPS = 1_000_000
_MAX_LOOKS = 50_000_000
_MAX_INLINE_DEPTH = 8  # images and footnotes in the text of images and footnotes
_MAX_ADDRESS = 4_000
_LOOKING, _OTHER_MARKS = "[`", "<*_~\\&!"


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
    engine.block, engine.inline = _BoundedBlocks(), _CjkInline()
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


Rule = Callable[[StateInline, bool], bool]


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
        asked: _Asked = state.env["asked"]
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


@dataclass(slots=True)
class _Asked:
    """What the inline content of a document has asked of the parser so far; `line` and `depth` are where it is."""

    line: int = 0
    depth: int = 0
    marks: int = 0
    looks: int = 0
    steps: int = 0

    def is_too_much(self) -> bool:
        return (
            self.marks > MAX_PARTS
            or self.looks > _MAX_LOOKS
            or self.steps > _MAX_STEPS
            or self.depth > _MAX_INLINE_DEPTH
        )


def _inline(state: StateCore) -> None:
    """The inline content of all blocks."""
    asked = state.env["asked"] = _Asked()
    for token in state.tokens:
        if token.type == "inline":
            assert token.map is not None
            assert token.children is not None
            asked.line = token.map[0]
            state.md.inline.parse(token.content, state.md, state.env, token.children)


# The inline rules by the character that what they read begins with. Any other is text.
BEGINNINGS = {
    "\n": ("newline",),
    "\\": ("escape",),
    "`": ("backticks",),
    "~": ("strikethrough",),
    "*": ("emphasis",),
    "_": ("emphasis",),
    "[": ("link", "footnote_ref"),
    "!": ("image",),
    "^": ("footnote_inline",),
    "<": ("autolink", "html_inline"),
    "&": ("entity",),
}


class _CjkInline(ParserInline):
    """The inline parser, with a state that knows CJK characters, and with bounds."""

    @cached_property
    def _rules(self) -> dict[str, tuple[Rule, ...]]:
        rules = dict(zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True))
        return {first: tuple(rules[name] for name in names) for first, names in BEGINNINGS.items()}

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        if _MARKUP.search(src) is None:
            tokens.append(Token("text", "", 0, content=src))
            return tokens
        asked: _Asked = env["asked"]
        looking = sum(map(src.count, _LOOKING))
        asked.marks += looking + sum(map(src.count, _OTHER_MARKS))
        asked.looks += looking * len(src)
        asked.depth += 1
        self._check(asked)
        state = _CjkState(src, md, env, tokens) if not src.isascii() else StateInline(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        if "<" in src and is_nested_by_tags(tokens):
            tokens[:] = nested(tokens)
        asked.depth -= 1
        return state.tokens

    def tokenize(self, state: StateInline) -> None:
        """As the parser's own, which asks every rule at every character."""
        src, end, beginnings, most = state.src, state.posMax, self._rules, state.md.options.maxNesting
        while state.pos < end:
            first = src[state.pos]
            rules = beginnings.get(first, (text,)) if state.level < most else ()
            for rule in rules:
                if rule(state, False):
                    break
            else:
                state.append_pending(first)
                state.pos += 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 - the parent's name
        asked: _Asked = state.env["asked"]
        asked.steps += 1
        if asked.steps > _MAX_STEPS:
            self._check(asked)
        start, level = state.pos, state.level
        if start not in state.cache:
            found = False
            if level < state.md.options.maxNesting:
                state.level += 1
                found = any(rule(state, True) for rule in self._rules.get(state.src[start], (text,)))
                state.level = level
            else:
                state.pos = state.posMax
            state.cache[start] = state.pos + (not found)
        state.pos = state.cache[start]

    def _check(self, asked: _Asked) -> None:
        if asked.is_too_much():
            message = "there are too many brackets and other marks of Markdown up to here"
            raise Excessive(asked.line, message, "part it by blank lines, or put text that is not Markdown in a fence")


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
