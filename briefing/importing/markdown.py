"""Blocks to Markdown, proven: what is written has been read back by the site's own reader as the same paragraphs.

Each block is written as people write it, with only the escapes that it needs. Where that does not read back as the
same words it is written plainer: without marks of its own, then with every punctuation mark escaped.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from briefing.importing.blocks import BREAK, Block, Items, Paragraph, Quotation, Span, Spans, Table, paragraphs
from briefing.importing.refused import Refused
from briefing.read.markup import Rendered, render_markdown

MOST_PARAGRAPHS = 20_000
_LONGEST_ADDRESS = 4_000
_LINK = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
# What can begin a mark inside a line.
_MARK = re.compile(
    r"[\\`*]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # an underscore inside a word is one
    r"|~(?=~)|(?<=~)~|<(?=[A-Za-z/!?])|&(?=#?\w+;)|\^(?=\[)|!(?=\[)"
)
_BRACKETS = re.compile(r"[\[\]]")
_NEEDS_BRACKETS = re.compile(r"\]\s?[\[(:]|\[\^")
# What can begin a block at the beginning of a line.
_BEGINS = re.compile(r"(?P<mark>#{1,6}(?=\s|\Z)|[>|]|[-+=](?=\s|\Z|-|=)|\d{1,9}(?=[.)](?:\s|\Z)))")
_UNSAFE_IN_ADDRESS = re.compile(r"[\s()<>\[\]\\`*_~|\"'^{}]")
Write = Callable[[Spans], str]


def markdown_of(blocks: Sequence[Block]) -> str:
    """The blocks as Markdown; `Refused` for a text that the site's reader refuses, such as one nested too deep."""
    kept = [block for block in blocks if any(paragraphs([block]))]
    wanted = list(paragraphs(kept))
    if len(wanted) > MOST_PARAGRAPHS:
        raise Refused(f"its text has more than {MOST_PARAGRAPHS:,} paragraphs", "import the part of it that you need")
    text = _blocks(kept, [_proven(block) for block in kept]) + "\n"
    if _read(text) == wanted:
        return text
    text = _blocks(kept, [_heavy] * len(kept)) + "\n"
    seen = _read(text)
    if seen == wanted:
        return text
    if isinstance(seen, Refused):
        raise seen
    raise Refused("its text cannot be written as Markdown so that it reads the same", "write its file by hand")


def _proven(block: Block) -> Write:
    """The first way to write the block in which it reads back as its words; the last one where none does."""
    wanted = list(paragraphs([block]))
    return next((write for write in (_marked, _plain) if _read(_written(block, write)) == wanted), _heavy)


def _read(text: str) -> list[str] | Refused:
    """The lines that a reader of the site would see, or why the site would refuse the text."""
    rendered: Rendered = render_markdown(text, "content/articles/x.md")
    for problem in rendered.problems:
        return Refused(problem.message, problem.help, problem.code)
    return [" ".join(line.split()) for line in rendered.text.split("\n") if line.strip()]


def _written(block: Block, write: Write, number: int = 0) -> str:
    """One block; `number` is its place among its neighbors of one kind."""
    match block:
        case Paragraph():
            line = write(block.spans)
            return f"{'#' * block.level} {line.replace(_HARD, ' ')}" if block.level else line
        case Quotation():
            return _indented(_blocks(block.blocks, [write] * len(block.blocks)), "> ", "> ")
        case Items():
            return _items(block, write, number)
        case Table():
            return _table(block, write)


def _blocks(blocks: Sequence[Block], writes: Sequence[Write]) -> str:
    written: list[str] = []
    lists = 0  # that follow each other
    for block, write in zip(blocks, writes, strict=True):
        lists = lists + 1 if isinstance(block, Items) else 0
        written.append(_written(block, write, (lists - 1) % 2 if lists else 0))
    return "\n\n".join(written)


def _items(block: Items, write: Write, number: int) -> str:
    """A list; one that follows another has other marks, or the two would be one."""
    lines = []
    is_loose = any(len(item) > 1 and not isinstance(item[1], Items) for item in block.items)
    for at, item in enumerate(block.items):
        mark = f"{(block.start or 0) + at}{').'[number == 0]} " if block.start is not None else "-+"[number] + " "
        if any(paragraphs(item)):
            text = _blocks(item, [write] * len(item))
            if not is_loose:
                text = re.sub(r"\n\n", "\n", text)
            lines.append(_indented(text, mark, " " * len(mark)))
    return ("\n\n" if is_loose else "\n").join(lines)


def _indented(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *((rest + line).rstrip() for line in lines[1:])])


def _table(table: Table, write: Write) -> str:
    """A table; one of a single column or row only arranged its words, so it is paragraphs."""
    width = max(map(len, table.rows), default=0)
    if width < 2 or len(table.rows) < 2 or write is _heavy:
        cells = (Paragraph(cell) for row in table.rows for cell in row)
        return "\n\n".join(_written(cell, write) for cell in cells if any(paragraphs([cell])))
    rows = [[write(cell).replace(_HARD, " ").replace("|", r"\|") for cell in row] for row in table.rows]
    rows = [row + [""] * (width - len(row)) for row in rows]
    if not table.has_heads:
        rows.insert(0, [""] * width)
    rows.insert(1, ["---"] * width)
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


_HARD = "\\\n"


def _marked(spans: Spans) -> str:
    """With links and emphasis."""
    out: list[str] = []
    for link, of_link in _by_link(spans):
        words = "".join(_emphasized(span, in_link=bool(link)) for span in of_link)
        address = _address(link)
        if address and out and out[-1].endswith("!"):
            out[-1] = f"{out[-1][:-1]}\\!"  # or it would be an image
        out.append(f"[{words}]({address})" if address else words)
    return _lines("".join(out))


def _plain(spans: Spans) -> str:
    """With only what belongs to the words: raised numbers and line ends."""
    return _lines("".join(_raised(span, _escaped(span.text)) for span in spans))


def _heavy(spans: Spans) -> str:
    """With every punctuation mark escaped."""
    escaped = (_raised(span, _PUNCTUATION.sub(r"\\\g<0>", span.text)) for span in spans)
    return "".join(_HARD if piece == BREAK else piece for piece in escaped)


def _by_link(spans: Spans) -> Iterator[tuple[str, list[Span]]]:
    group: list[Span] = []
    for span in spans:
        if group and (group[-1].link != span.link or not span.link):
            yield group[-1].link, group
            group = []
        group.append(span)
    if group:
        yield group[-1].link, group


def _emphasized(span: Span, in_link: bool) -> str:
    text = _escaped(span.text, in_link)
    if span.text == BREAK:
        return BREAK
    words = text.strip(" ")
    if not words:
        return text
    marks = "*" * (2 * span.bold + span.italic)
    before, after = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
    return f"{before}{marks}{_raised(span, words)}{marks}{after}"


def _raised(span: Span, text: str) -> str:
    return f"<{span.raised}>{text}</{span.raised}>" if span.raised and text.strip() else text


def _escaped(text: str, in_link: bool = False) -> str:
    text = _MARK.sub(r"\\\g<0>", text)
    return _BRACKETS.sub(r"\\\g<0>", text) if in_link or _NEEDS_BRACKETS.search(text) else text


def _lines(text: str) -> str:
    """The lines of a paragraph, none of which begins as a block of another kind does."""
    lines = text.split(BREAK)
    if len(lines) > 1:
        lines = [line.replace("|", r"\|") for line in lines]
    return _HARD.join(_BEGINS.sub(_escaped_begin, line, count=1) if _BEGINS.match(line) else line for line in lines)


def _escaped_begin(found: re.Match[str]) -> str:
    mark = found["mark"]
    return f"{mark}\\" if mark.isdigit() else f"\\{mark}"


def _address(link: str) -> str:
    """The address as Markdown has it; empty for one that the site would not have as a link."""
    if not link or len(link) > _LONGEST_ADDRESS or not _LINK.fullmatch(link):
        return ""
    return _UNSAFE_IN_ADDRESS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found.group().encode()), link)
