"""Blocks of HTML in Markdown: which lines belong to one, and where tags of blocks stand in other text."""

import re
from bisect import bisect_left

from markdown_it.rules_block import StateBlock
from markdown_it.rules_core.state_core import StateCore
from markdown_it.token import Token

from briefing.read.html_tables import Parts
from briefing.read.html_tree import blocks_of
from briefing.read.tags import BLOCKS, TAG, comment_end, is_of_blocks, language, name_of

# These go on to their end, blank lines and all.
_LONG = re.compile(r"<(/?)(table|ul|ol|blockquote)(?=[\s/>])", re.IGNORECASE | re.ASCII)


def html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lines that begin with a comment and hold nothing else, or that begin with the tag of a block."""
    first = state.bMarks[start] + state.tShift[start]
    if state.src[first : first + 1] != "<" or state.is_code_block(start):
        return False
    if state.src.startswith("<!--", first):
        return _comment(state, start, end, silent)
    found = TAG.match(state.src, first)
    if found is None or name_of(found) not in BLOCKS:
        return False
    if silent:
        return True
    if name_of(found) == "blockquote" and _quotation(state, start, end, found):
        return True
    stop = _end_of(state, start, end)
    token = state.push("html", "", 0)
    token.map = [start, stop]
    token.content = state.getLines(start, stop, state.blkIndent, False)
    state.line = stop
    return True


def _comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lines that hold a comment and nothing else. One that is not closed is text: it must not hide the rest."""
    stop = comment_end(state.src, state.bMarks[start] + state.tShift[start])
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


def _quotation(state: StateBlock, start: int, end: int, found: re.Match[str]) -> bool:
    """A quotation whose tags stand on lines of their own: what is between is Markdown of any kind."""
    close = _ends(state).get(found.start())
    if found["end"] or close is None or state.src[found.end() : state.eMarks[start]].strip():
        return False
    line = bisect_left(state.eMarks, close)
    if line >= end or state.src[close : state.eMarks[line]].strip():
        return False
    begin = state.bMarks[line] + state.tShift[line]
    if TAG.match(state.src, begin, close) is None or any(_is_outdented(state, at) for at in range(start, line + 1)):
        return False
    token = state.push("blockquote_open", "blockquote", 1)
    token.map = [start, line + 1]
    token.attrs |= language(found)
    last, state.lineMax = state.lineMax, line
    state.md.block.tokenize(state, start + 1, line)
    state.lineMax = last
    state.push("blockquote_close", "blockquote", -1)
    state.line = line + 1
    return True


def _ends(state: StateBlock) -> dict[int, int]:
    """Where what begins with a tag at an offset of the document ends, for tables, lists and quotations that do."""
    ends: dict[int, int] | None = state.env.get("ends of html")
    if ends is None:
        ends = state.env["ends of html"] = {}
        begun: dict[str, list[int]] = {}
        for found in _LONG.finditer(state.src):
            of_name = begun.setdefault(found[2].lower(), [])
            if not found[1]:
                of_name.append(found.start())
            elif of_name and (tag := TAG.match(state.src, found.start())):
                ends[of_name.pop()] = tag.end()
    return ends


def _end_of(state: StateBlock, start: int, end: int) -> int:
    """The line after the block's last: before a blank one that stands in no table, list or quotation."""
    ends, stop, at = _ends(state), _blank_after(state, start, end), state.bMarks[start]
    while True:
        past = state.eMarks[stop - 1]
        reach = max((ends.get(found.start(), 0) for found in _LONG.finditer(state.src, at, past)), default=0)
        if reach <= past:
            return stop
        at, line = past, stop
        while line < end and state.eMarks[line] < reach:
            if _is_outdented(state, line):
                return stop
            line += 1
        if line >= end or _is_outdented(state, line):
            return stop
        stop = _blank_after(state, line, end)


def _blank_after(state: StateBlock, line: int, end: int) -> int:
    line += 1
    while line < end and not state.isEmpty(line) and not _is_outdented(state, line):
        line += 1
    return line


def _is_outdented(state: StateBlock, line: int) -> bool:
    return state.sCount[line] < state.blkIndent and not state.isEmpty(line)


def html_in_blocks(state: StateCore) -> None:
    """Blocks of HTML, and tags of blocks inside of paragraphs and cells, as tokens of Markdown."""
    if "<" not in state.src:
        return
    out: list[Token] = []
    tokens, parts = iter(state.tokens), Parts(len(state.tokens))
    for token in tokens:
        before = out[-1].type if out else ""
        if token.type == "html":
            out += blocks_of(token, parts)
        elif token.type != "inline" or "<" not in token.content or not is_of_blocks(token.content):
            out.append(token)
        elif before == "paragraph_open":
            paragraph = out.pop()
            next(tokens)
            out += blocks_of(token, parts, in_cell=paragraph.hidden)
        elif before in ("td_open", "th_open"):
            out += blocks_of(token, parts, in_cell=True)
        else:
            out.append(token)
    state.tokens = out
