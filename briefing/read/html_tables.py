"""Tables of HTML as the tokens of Markdown's tables, which part the head from the body and know of no rows outside."""

from dataclasses import dataclass, field
from typing import Literal

from markdown_it.token import Token

from briefing.read.bounds import MAX_PARTS, too_many_parts

CELLS = frozenset(["td", "th"])
Nesting = Literal[-1, 0, 1]


@dataclass(slots=True)
class Parts:
    """How many tokens a document has."""

    number: int

    def token(self, kind: str, tag: str, nesting: Nesting, line: int) -> Token:
        """One more, which stands on that line."""
        self.number += 1
        if self.number > MAX_PARTS:
            raise too_many_parts(line)
        return Token(kind, tag, nesting, block=True)


@dataclass(slots=True)
class Cell:
    """A cell by its tag, `td` or `th`, with the tokens in it."""

    tag: str
    attrs: dict[str, str | int | float]
    out: list[Token] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A table's rows as they are read, each with whether it is of the head, and its language."""

    language: dict[str, str]
    caption: list[Token] = field(default_factory=list)
    rows: list[tuple[bool, list[Cell]]] = field(default_factory=list)
    in_head: bool = False

    def tokens(self, parts: Parts, line: int) -> list[Token]:
        """The whole of it, which ends on that line; none where it has no cells."""
        rows = [row for row in self.rows if row[1]]
        if not rows:
            return []
        if not any(in_head for in_head, _ in rows) and all(cell.tag == "th" for cell in rows[0][1]):
            rows[0] = True, rows[0][1]
        opened = parts.token("table_open", "table", 1, line)
        opened.attrs |= self.language
        out = [opened, *self.caption]
        for section in ("thead", "tbody"):
            of_section = [cells for in_head, cells in rows if in_head == (section == "thead")]
            if of_section:
                out.append(parts.token(f"{section}_open", section, 1, line))
                for cells in of_section:
                    out += _row(cells, parts, line)
                out.append(parts.token(f"{section}_close", section, -1, line))
        return [*out, parts.token("table_close", "table", -1, line)]


def _row(cells: list[Cell], parts: Parts, line: int) -> list[Token]:
    scope = "row" if any(cell.tag == "td" for cell in cells) else "col"
    out = [parts.token("tr_open", "tr", 1, line)]
    for cell in cells:
        opened = parts.token(f"{cell.tag}_open", cell.tag, 1, line)
        opened.attrs, opened.meta = cell.attrs, {"scope": scope}
        out += [opened, *cell.out, parts.token(f"{cell.tag}_close", cell.tag, -1, line)]
    return [*out, parts.token("tr_close", "tr", -1, line)]
