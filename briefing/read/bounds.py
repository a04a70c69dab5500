"""What a text may ask of the Markdown parser. It is counted, not timed: every machine refuses the same."""

MAX_LINES = 50_000
MAX_DEPTH = 32
MAX_PARTS = 200_000


class Excessive(Exception):
    """The text asks too much of the parser; `line` counts its lines from 0."""

    def __init__(self, line: int, message: str, help: str) -> None:
        super().__init__(message)
        self.line, self.message, self.help = line, message, help


def too_deep(line: int) -> Excessive:
    """For blocks nested too deep."""
    message = f"lists and quotes are nested more than {MAX_DEPTH} levels deep"
    return Excessive(line, message, "nest them less, or put a backslash before the first mark of the line")


def too_many_parts(line: int) -> Excessive:
    """For too many blocks and cells."""
    message = f"the text has more than {MAX_PARTS:,} parts, such as list items and table cells"
    return Excessive(line, message, "split it into several files")
