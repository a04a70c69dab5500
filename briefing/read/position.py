"""Where in its file the Markdown stands that is being written: the line, and for links and images the column."""

from dataclasses import dataclass

from briefing.diagnostics import Location


@dataclass(slots=True)
class Position:
    """The `line` of the file that the writing has come to, 1-based. The body has the `lines`, from `first_line` on."""

    path: str
    first_line: int
    lines: list[str]
    line: int = 1
    _content: str = ""  # of the block that is being written; the line it begins on; how far it is counted
    _begins: int = 1
    _counted: tuple[int, int] = (0, 0)
    _found: tuple[int, int] = (0, 0)  # the line on which the last address stood, and the end of its cell there

    @property
    def index(self) -> int:
        """The number of the line in the body, from 0."""
        return self.line - self.first_line

    def go_to(self, index: int) -> None:
        """Go on at a line of the body."""
        self.line = self.first_line + index

    def begin(self, content: str) -> None:
        """Go on with the inline content of a block, which begins on this line."""
        self._content, self._begins, self._counted = content, self.line, (0, 0)

    def begin_on(self, index: int) -> None:
        """Take the block that is being written to begin on another line of the body."""
        self.go_to(index)
        self._begins = self.line

    def come_to(self, at: int) -> None:
        """Go on at this character of the inline content: markup and code may hold ends of lines that are no text."""
        seen, lines = self._counted
        if at < seen:
            return
        self._counted = at, lines + self._content.count("\n", seen, at)
        self.line = self._begins + self._counted[1]

    def place(self, start: int, end: int) -> Location:
        """Where the part of the inline content between two of its characters stands in the file."""
        self.come_to(start)
        written = self.lines[self.index]
        begin, stop = self._content.rfind("\n", 0, start) + 1, self._content.find("\n", start)
        whole = self._content[begin : stop if stop >= 0 else None]
        width = min(end, begin + len(whole)) - start
        column = written.find(whole, self._found[1] if self._found[0] == self.line else 0)
        if column >= 0:
            self._found = self.line, column + len(whole)
            return Location(self.path, self.line, column + start - begin + 1, width)
        column = written.find(self._content[start : start + width])  # a cell, in which `\|` stands for `|`
        return Location(self.path, self.line, column + 1, width) if column >= 0 else Location(self.path, self.line)
