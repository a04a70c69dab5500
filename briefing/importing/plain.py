"""Plain text: paragraphs out of lines, also of lines that a program has wrapped, lists and quoted mails."""

import re
from collections.abc import Sequence

from briefing.importing.blocks import Block, Items, Quotation, cleaned, plain
from briefing.importing.decoding import text_of
from briefing.importing.found import Found
from briefing.importing.refused import Refused
from briefing.read.folding import WIDE

# Lines are as good as never wrapped above the one, and never shorter than this share of the longest.
_WIDEST, _FULL = 100, 0.6
_ITEM = re.compile(r"(?:[-*•·‣▪–]|(?P<number>\d{1,3})[.)])\s+(?=\S)")
_LONGEST_TITLE = 200
_DEEPEST_QUOTE = 8
_SENTENCE_END = re.compile(r"[.!?。！？…:;,、][\"'”’」』)]*$")


def read_text(data: bytes, content_type: str = "") -> Found:
    """The paragraphs of a text, and its title where its first line is one."""
    text = text_of(data, content_type, is_markup=False)
    return text_found(text)


def text_found(text: str) -> Found:
    """The same of a text that is known; `Refused` for an empty one."""
    lines = cleaned(text.lstrip("\ufeff")).expandtabs(4).split("\n")
    if not any(line.strip() for line in lines):
        raise Refused("it is empty", "copy the text of the article into it")
    found = Found()
    title, rest = _title(lines)
    if title:
        found.title, lines = title, rest
        found.notes.append("its first line was taken as the title")
    found.blocks = blocks_of(lines)
    if not found.blocks:
        raise Refused("it has only a title", "copy the text of the article into it")
    return found


def _title(lines: Sequence[str]) -> tuple[str, list[str]]:
    """The first line where it stands alone and ends no sentence, and what follows it."""
    at = next(number for number, line in enumerate(lines) if line.strip())
    first, rest = lines[at].strip(), list(lines[at + 1 :])
    follows = next((line for line in rest if line.strip()), "")
    group = _groups(lines)[0]
    is_alone = len(group) == 1 or len(_unwrapped(group)) > 1
    is_title = is_alone and len(first) <= _LONGEST_TITLE and not _SENTENCE_END.search(first) and not _ITEM.match(first)
    return (first, rest) if is_title and follows else ("", list(lines))


def blocks_of(lines: Sequence[str], depth: int = 0) -> list[Block]:
    """Blocks out of lines. Without blank lines between them each line is a paragraph, unless they were wrapped."""
    blocks: list[Block] = []
    for group in _groups(lines):
        if all(line.lstrip().startswith(">") for line in group):
            marks = r"^\s*>\s?" if depth < _DEEPEST_QUOTE else r"^(?:\s*>)+\s?"
            inner = blocks_of([re.sub(marks, "", line) for line in group], depth + 1)
            blocks += [Quotation(tuple(inner))] if inner else []
        elif _ITEM.match(group[0].lstrip()):
            _add_items(blocks, group)
        else:
            blocks += map(plain, _unwrapped(group))
    return blocks


def _groups(lines: Sequence[str]) -> list[list[str]]:
    """Lines with no blank one between them; quoted lines and others apart."""
    groups: list[list[str]] = []
    before = ""
    for line in [*lines, ""]:
        is_blank = not line.strip()
        is_other = bool(before.strip()) and before.lstrip().startswith(">") != line.lstrip().startswith(">")
        if not is_blank:
            if not before.strip() or is_other or not groups:
                groups.append([])
            groups[-1].append(line)
        before = line
    return groups


def _add_items(blocks: list[Block], group: Sequence[str]) -> None:
    items: list[list[str]] = []
    for line in group:
        found = _ITEM.match(line.lstrip())
        if found:
            items.append([line.lstrip()[found.end() :]])
        else:
            items[-1].append(line.strip())
    number = _ITEM.match(group[0].lstrip())
    start = int(number["number"]) if number and number["number"] else None
    new = tuple((plain(joined(item)),) for item in items)
    last = blocks[-1] if blocks else None
    follows = start is None or (
        isinstance(last, Items) and last.start is not None and start == last.start + len(last.items)
    )
    if isinstance(last, Items) and (last.start is None) == (start is None) and follows:
        blocks[-1] = Items((*last.items, *new), last.start)
    else:
        blocks.append(Items(new, start))


def _unwrapped(group: Sequence[str]) -> list[str]:
    """The paragraphs in lines with no blank one between them: one where they were wrapped, else each line."""
    widths = [_width(line.strip()) for line in group]
    longest = max(widths)
    is_full = 40 < longest <= _WIDEST and all(width >= longest * _FULL for width in widths[:-1])
    goes_on = longest <= _WIDEST and all(line.strip()[0].islower() for line in group[1:])
    return [joined(group)] if len(group) > 1 and (is_full or goes_on) else [line.strip() for line in group]


def _width(line: str) -> int:
    return len(line) + len(WIDE.findall(line))


def joined(lines: Sequence[str]) -> str:
    """One paragraph: lines are joined by a space, but not within a hyphened word nor between wide characters."""
    text = lines[0].strip()
    for line in lines[1:]:
        following = line.strip()
        is_word = re.search(r"[^\W\d_]-$", text) and re.match(r"[^\W\d_]", following)
        is_wide = WIDE.match(text[-1:]) and WIDE.match(following[:1])
        text += ("" if is_word or is_wide else " ") + following
    return text
