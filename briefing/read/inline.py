"""The inline content of Markdown: the parser of markdown-it-py with bounds, and with marks that know CJK characters.

Emphasis follows CommonMark, but treats CJK characters as what they are, letters that stand without spaces, so that
`**「強調」**です` is bold, and lets a no-break space stand before the marks that close it, where word processors leave
one.

The parser is slow on some texts, such as ten thousand opening brackets in one paragraph, so what a text may ask of it
is counted, and a text that asks for too much is refused. It is counted, not timed: every machine refuses the same.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import text
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token

from briefing.read.bounds import MAX_PARTS, Excessive
from briefing.read.html_inline import is_nested_by_tags, nested

Rule = Callable[[StateInline, bool], bool]

# Without one of these, and without a line end, inline text is only text.
_MARKUP = re.compile(r"[\n\\`*_~\[\]!<&^]")

# To find where a link or footnote ends, the parser takes steps, mark by mark, for every opening bracket anew; and for
# some marks it looks at every character after it in the same paragraph. A long article asks for a hundredth of this.
_MAX_STEPS = 1_000_000
_MAX_LOOKS = 50_000_000
_MAX_INLINE_DEPTH = 8  # images and footnotes in the text of images and footnotes
_LOOKING, _OTHER_MARKS = "[`", "<*_~\\&!"

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


@dataclass(slots=True)
class Asked:
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


class InlineParser(ParserInline):
    """The inline parser, with a state that knows CJK characters, and with bounds."""

    @cached_property
    def _rules(self) -> dict[str, tuple[Rule, ...]]:
        rules = dict(zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True))
        return {first: tuple(rules[name] for name in names) for first, names in BEGINNINGS.items()}

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        if _MARKUP.search(src) is None:
            tokens.append(Token("text", "", 0, content=src))
            return tokens
        asked: Asked = env["asked"]
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
        asked: Asked = state.env["asked"]
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

    def _check(self, asked: Asked) -> None:
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
