"""HTML inside a line of Markdown: the few tags that stand for a mark of Markdown become its tokens, well nested.

An end tag without a beginning is dropped, a beginning without an end holds to the end of its block, and one that is
ended in the wrong order is ended where what is around it ends, as in a browser.
"""

import re
from collections.abc import Iterable

from markdown_it.rules_inline.state_inline import StateInline
from markdown_it.token import Token

from briefing.read.tags import BLOCKS, BREAK, MARKS, PLAIN, TAG, attribute, comment_end, language, name_of

BEGIN, END = "html_open", "html_close"
_BY_ATTRIBUTES = frozenset(["a", "span"])  # without any they are nothing
_DEEPEST = 32


def html_inline(state: StateInline, silent: bool) -> bool:
    """Comments and tags: what was dropped leaves `nothing`, with the number of line ends in it."""
    src, pos = state.src, state.pos
    if src[pos] != "<":
        return False
    if found := BREAK.match(src, pos, state.posMax):
        end = found.end()
        if not silent:
            state.push("hardbreak", "br", 0).markup = found.group()
    elif end := comment_end(src, pos):
        if not silent:
            _drop(state, end)
    elif (found := TAG.match(src, pos, state.posMax)) and name_of(found) in MARKS.keys() | PLAIN | BLOCKS:
        end = found.end()
        if not silent:
            _push(state, found)
    else:
        return False
    state.pos = end
    return True


def _drop(state: StateInline, end: int) -> None:
    state.push("nothing", "", 0).meta = {"lines": state.src.count("\n", state.pos, end)}


def _push(state: StateInline, found: re.Match[str]) -> None:
    mark = MARKS.get(name_of(found))
    if mark:
        token = state.push(END, mark, 0) if found["end"] else state.push(BEGIN, mark, 0)
        token.meta = {"start": found.start(), "end": found.end()}
        if mark == "a" and not found["end"]:
            _set_address(state, token, found)
        elif mark == "span" and not found["end"]:
            token.attrs = dict(language(found))
    if found.group().count("\n") or not mark:
        _drop(state, found.end())


def _set_address(state: StateInline, token: Token, found: re.Match[str]) -> None:
    """The address that an `a` leads to. Places inside a text have no ids to be led to, and are led to by none."""
    written = (attribute(found, "href") or "").strip()
    if not written or written.startswith("#"):
        return
    url = state.md.normalizeLink(written)
    if state.md.validateLink(url):
        token.attrs = {"href": url}
    else:
        token.content = found.group()


def is_nested_by_tags(tokens: Iterable[Token]) -> bool:
    """Whether tags have to be put in order."""
    return any(token.type in (BEGIN, END) for token in tokens)


def nested(tokens: Iterable[Token]) -> list[Token]:
    """The tokens of a block with those of tags in place of `BEGIN` and `END`, each ended inside what it began in."""
    nesting = _Nesting()
    for token in tokens:
        if token.type == BEGIN:
            nesting.begin(token)
        elif token.type == END:
            nesting.end(token)
        elif token.nesting > 0:
            nesting.begin_mark(token)
        elif token.nesting < 0:
            nesting.end_mark(token)
        else:
            nesting.out.append(token)
    nesting.end_all()
    return nesting.out


class _Nesting:
    """What has been put out, and what has begun and not ended yet: tags, and the marks of Markdown."""

    def __init__(self) -> None:
        self.out: list[Token] = []
        self.open: list[Token] = []
        self.in_link = False
        self.depth = 0  # of tags

    def begin(self, token: Token) -> None:
        """A tag. One nested too deep is dropped; of links in each other the outer one stays, as links do not nest."""
        if self.depth >= _DEEPEST:
            return
        if token.content:
            self.out.append(Token("text", "", 0, content=token.content))
        elif token.tag not in _BY_ATTRIBUTES or (token.attrs and not (token.tag == "a" and self.in_link)):
            name = "link" if token.tag == "a" else token.tag
            self.out.append(Token(f"{name}_open", token.tag, 1, attrs=token.attrs, meta=token.meta))
            self.in_link = self.in_link or token.tag == "a"
        else:
            token.attrs = {}
        self.open.append(token)
        self.depth += 1

    def end(self, token: Token) -> None:
        """End the last tag of the name that was begun inside the same mark of Markdown, and what was begun in it."""
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index].type != BEGIN:
                return
            if self.open[index].tag == token.tag:
                while len(self.open) > index:
                    self._close(token)
                return

    def begin_mark(self, token: Token) -> None:
        """A mark of Markdown. A link inside that of a tag is only its text."""
        is_link = token.type == "link_open"
        token.hidden = is_link and self.in_link
        self.in_link = self.in_link or is_link
        self.open.append(token)
        if not token.hidden:
            self.out.append(token)

    def end_mark(self, token: Token) -> None:
        """Marks of Markdown are well nested among themselves: what has to end first are tags."""
        while self.open[-1].type == BEGIN:
            self._close(token)
        if not self.open.pop().hidden:
            self.out.append(token)
            self.in_link = self.in_link and token.type != "link_close"

    def end_all(self) -> None:
        """What is open at the end of the block."""
        while self.open:
            self._close(self.open[-1])

    def _close(self, at: Token) -> None:
        begun = self.open.pop()
        self.depth -= 1
        if begun.content:
            if at.type == END and at.tag == begun.tag:
                self.out.append(Token("text", "", 0, content=f"</{begun.tag}>"))
        elif begun.tag not in _BY_ATTRIBUTES or begun.attrs:
            name = "link" if begun.tag == "a" else begun.tag
            self.out.append(Token(f"{name}_close", begun.tag, -1, meta={"end": at.meta.get("end", 0)}))
            self.in_link = self.in_link and begun.tag != "a"
