"""Blocks of HTML as the tokens of the Markdown they stand for.

What stands between the tags is Markdown of a line: emphasis, links, code. A tag that has no place where it stands is
dropped without its text; one that is not ended ends with what it stands in, or with the block.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from markdown_it.token import Token

from briefing.read.bounds import MAX_DEPTH, too_deep
from briefing.read.html_tables import CELLS, Cell, Nesting, Parts, Table
from briefing.read.tags import BLOCKS, HEADINGS, LISTS, PARTS, TABLES, TAG, attribute, is_of_blocks, language, tags_in

_BLANK_LINES = re.compile(r"\n[ \t]*(?=\n)")
_SPAN = re.compile(r"[1-9][0-9]?", re.ASCII)
_START = re.compile(r"[0-9]{1,9}", re.ASCII)
_LIST = {"ul": "bullet_list", "ol": "ordered_list"}


def blocks_of(token: Token, parts: Parts, in_cell: bool = False) -> list[Token]:
    """The blocks in the content of a token; `in_cell`: of a cell or item of Markdown, which needs no paragraph."""
    assert token.map is not None
    tree = _Tree(token.map[0], parts, in_cell)
    done = 0
    for start, end, name in tags_in(token.content):
        if name in BLOCKS:
            tree.text(token.content[done:start])
            tag = TAG.match(token.content, start)
            assert tag is not None
            tree.tag(name, tag)
            done = end
    tree.text(token.content[done:])
    return tree.finished()


class _Part(NamedTuple):
    """A tag that only parts text: what stands in it, among so many open elements, is of that language."""

    name: str
    depth: int
    language: dict[str, str]


@dataclass(slots=True)
class _Title:
    """A heading or caption: what it holds so far, and the line on which it begins."""

    name: str
    line: int
    language: dict[str, str]
    texts: list[str] = field(default_factory=list)


class _Tree:
    """The elements that are open, by name, and the tokens of the innermost cell or of the whole."""

    def __init__(self, line: int, parts: Parts, in_cell: bool) -> None:
        self.line, self.parts, self.in_cell = line, parts, in_cell
        self.open: list[str] = []
        self.tables: list[Table] = []
        self.outs: list[list[Token]] = [[]]
        self.around: list[_Part] = []
        self.title: _Title | None = None

    def finished(self) -> list[Token]:
        """The tokens, after all that is open has been ended."""
        self._end_title()
        self._close(0)
        return self.outs[0]

    # Text

    def text(self, text: str) -> None:
        """Text between two tags of blocks: a paragraph, or several."""
        if self.title is not None:
            self.title.texts.append(text)
            self.line += text.count("\n")
            return
        if text.strip():
            self._make_room()
        for part in _BLANK_LINES.split(text):
            self._paragraph(part)
            self.line += part.count("\n")
        self.line += len(_BLANK_LINES.findall(text))

    def _paragraph(self, part: str) -> None:
        if part.strip() and not is_of_blocks(part):
            said = self._language()
            bare = not said and self._is_first_of_cell()
            self._push("paragraph_open", "p", 1, said).hidden = bare
            self._inline(part, self.line)
            self._push("paragraph_close", "p", -1).hidden = bare

    def _is_first_of_cell(self) -> bool:
        """Whether nothing stands yet in the cell or item, so that its text needs no paragraph."""
        out = self.outs[-1]
        if self.open:
            return (self.open[-1] in CELLS and not out) or (self.open[-1] == "li" and out[-1].type == "list_item_open")
        return self.in_cell and not out

    def _inline(self, text: str, line: int) -> None:
        start = len(text) - len(text.lstrip())
        token = self._push("inline", "", 0)
        line += text.count("\n", 0, start)
        token.map, token.children = [line, line + 1], []
        token.content = "\n".join(map(str.rstrip, text.strip().split("\n")))

    def _push(self, kind: str, tag: str, nesting: Nesting, attrs: Mapping[str, str] = {}) -> Token:
        token = self.parts.token(kind, tag, nesting, self.line)
        token.attrs |= attrs
        self.outs[-1].append(token)
        return token

    # Tags

    def tag(self, name: str, tag: re.Match[str]) -> None:
        """The tag of a block, its beginning or its end."""
        if self.title is not None and name not in HEADINGS | LISTS | TABLES | {"li", "blockquote", "hr"}:
            self.title.texts.append("\n" * tag.group().count("\n") or " ")
        else:
            self._end_title()
            if tag["end"]:
                self._end(name)
            else:
                if self.around and self.around[-1].name == "p":
                    self.around.pop()  # a paragraph ends where anything else begins
                self._begin(name, tag)
        self.line += tag.group().count("\n")

    def _begin(self, name: str, tag: re.Match[str]) -> None:
        if name in PARTS:
            if len(self.around) < MAX_DEPTH:
                self.around.append(_Part(name, len(self.open), self._language() | language(tag)))
        elif name in TABLES:
            self._begin_of_table(name, tag)
        elif name == "li":
            self._begin_item(tag)
        elif name in HEADINGS or name in LISTS or name in ("hr", "blockquote"):
            self._make_room()
            if name in HEADINGS:
                self._begin_title(name, tag)
            elif name == "hr":
                self._push("hr", "hr", 0)
            else:
                token = self._push(f"{_LIST.get(name, name)}_open", name, 1, self._language() | language(tag))
                self._open(name)
                start = attribute(tag, "start") if name == "ol" else None
                if start and _START.fullmatch(start):
                    token.attrs["start"] = int(start)

    def _language(self) -> dict[str, str]:
        """The language of what stands here, as far as tags around it say it that are put out as nothing."""
        at = self.around[-1] if self.around else None
        return at.language if at and at.depth == len(self.open) else {}

    def _begin_item(self, tag: re.Match[str]) -> None:
        at = self._innermost({*LISTS, "table", *CELLS})
        if at is None or self.open[at] not in LISTS:
            self._make_room()
            self._open("ul")
            self._push("bullet_list_open", "ul", 1)
        else:
            self._close(at + 1)
        self._open("li")
        self._push("list_item_open", "li", 1, language(tag))

    def _begin_of_table(self, name: str, tag: re.Match[str]) -> None:
        at = self._innermost({"table"})
        if name == "table" or (name == "tr" and at is None):
            self._make_room()
            self.tables.append(Table(self._language() | (language(tag) if name == "table" else {})))
            self._open("table")
            at = len(self.open) - 1
        if name == "table" or at is None:
            return
        table = self.tables[-1]
        if name in CELLS:
            row = self._innermost({"tr", "table"})
            assert row is not None
            self._close(row + 1)
            if self.open[row] == "table":
                self._begin_row()
            self._begin_cell(name, tag)
        elif name == "caption" and not table.rows and self.open[-1] == "table":
            self._begin_title(name, tag)
        elif name != "caption":
            self._close(at + 1)
            if name == "tr":
                self._begin_row()
            else:
                table.in_head = name == "thead"

    def _begin_row(self) -> None:
        self._open("tr")
        self.tables[-1].rows.append((self.tables[-1].in_head, []))

    def _begin_cell(self, name: str, tag: re.Match[str] | None = None) -> None:
        spans = {key: attribute(tag, key) for key in ("colspan", "rowspan")} if tag else {}
        attrs = {key: int(value) for key, value in spans.items() if value and _SPAN.fullmatch(value)}
        cell = Cell(name, {**attrs, **(language(tag) if tag else {})})
        self.tables[-1].rows[-1][1].append(cell)
        self._open(name)
        self.outs.append(cell.out)

    def _end(self, name: str) -> None:
        if name in PARTS:
            self._end_part(name)
            return
        at = self._innermost({name, "table"} if name in TABLES else {name, *CELLS})
        if at is not None and self.open[at] == name:
            self._close(at)
        if name == "thead" and self.tables:
            self.tables[-1].in_head = False

    def _end_part(self, name: str) -> None:
        """End the last of that name, and what stands in it; but none around the cell."""
        cell = self._innermost({*CELLS})
        floor = 0 if cell is None else cell + 1
        for at in range(len(self.around) - 1, -1, -1):
            if self.around[at].name == name and self.around[at].depth >= floor:
                del self.around[at:]
                return

    def _make_room(self) -> None:
        """What stands in a table or list but in no cell or item of it gets one of its own, so that nothing is lost."""
        if self.open and self.open[-1] in LISTS:
            self._open("li")
            self._push("list_item_open", "li", 1)
        elif self.open and self.open[-1] in ("table", "tr"):
            if self.open[-1] == "table":
                self._begin_row()
            self._begin_cell("td")

    def _open(self, name: str) -> None:
        if len(self.open) >= 3 * MAX_DEPTH:  # a table takes three: itself, its row and its cell
            raise too_deep(self.line)
        self.open.append(name)

    def _innermost(self, names: set[str]) -> int | None:
        return next((at for at in range(len(self.open) - 1, -1, -1) if self.open[at] in names), None)

    def _close(self, at: int) -> None:
        """End what is open from there on, the innermost first."""
        while len(self.open) > at:
            name = self.open.pop()
            while self.around and self.around[-1].depth > len(self.open):
                self.around.pop()
            if name in CELLS:
                self.outs.pop()
            elif name == "table":
                self.outs[-1] += self.tables.pop().tokens(self.parts, self.line)
            elif name != "tr":
                kind = "list_item" if name == "li" else _LIST.get(name, name)
                if self.outs[-1][-1].type == f"{kind}_open":
                    self.outs[-1].pop()  # there is nothing in it
                else:
                    self._push(f"{kind}_close", name, -1)

    # Headings and captions

    def _begin_title(self, name: str, tag: re.Match[str]) -> None:
        self.title = _Title(name, self.line, (self._language() if name != "caption" else {}) | language(tag))

    def _end_title(self) -> None:
        title, self.title = self.title, None
        text = "".join(title.texts) if title else ""
        if title is None or not text.strip() or is_of_blocks(text):
            return
        kind = "caption" if title.name == "caption" else "heading"
        if kind == "caption":
            self.outs.append(self.tables[-1].caption)
        self._push(f"{kind}_open", title.name, 1, title.language)
        self._inline(text, title.line)
        self._push(f"{kind}_close", title.name, -1)
        if kind == "caption":
            self.outs.pop()
