"""HTML tags in articles: which stand for something in Markdown, and how one is found. None of them is ever put out."""

import html
import re
from collections.abc import Iterator

# Inside a line: the tag of the Markdown that it stands for.
MARKS = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "sup": "sup", "sub": "sub", "a": "a", "span": "span"}
# These say nothing that a reader would miss. Not among them: what marks text as deleted.
PLAIN = frozenset(["abbr", "big", "font", "nobr", "small", "u", "wbr"])
# These only part blocks of text.
PARTS = frozenset(
    ["address", "article", "aside", "center", "div", "figcaption", "figure", "footer", "header", "main", "p", "section"]
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
LISTS = frozenset(["ul", "ol"])
TABLES = frozenset(["table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"])
BLOCKS = PARTS | HEADINGS | LISTS | TABLES | {"hr", "li", "blockquote"}
_KNOWN = BLOCKS | PLAIN | MARKS.keys() | {"br"}

# Nothing in it can be matched in two ways, and no part of it reaches past the next `<`, so no text makes it slow.
TAG = re.compile(
    r"""<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?=[\s/>])(?P<attributes>(?:[^<>"']|"[^"<]*"|'[^'<]*')*+)>""",
    re.IGNORECASE | re.ASCII,
)
BREAK = re.compile(r"<br\s*+/?>", re.IGNORECASE | re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE | re.ASCII)
_DIRECTIONS = frozenset(["ltr", "rtl", "auto"])
_ATTRIBUTE = re.compile(
    r"""(?<![^\s"'/])(?P<name>[a-z]+)\s*+=\s*+(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=`]++))""",
    re.IGNORECASE | re.ASCII,
)
# What may hold a tag, and what hides one: an escape, and code in a line.
_NEXT = re.compile(r"\\[\s\S]|(?<!`)`[^`\n]++`(?!`)|<")
_LONGEST_COMMENT = 10_000


def name_of(tag: re.Match[str]) -> str:
    """The name of a tag, in lower case."""
    return tag["name"].lower()


def attribute(tag: re.Match[str], name: str) -> str | None:
    """The value of an attribute as a browser reads it; None for a tag without it."""
    for found in _ATTRIBUTE.finditer(tag["attributes"]):
        if found["name"].lower() == name:
            return html.unescape(next(value for value in found.group("double", "single", "bare") if value is not None))
    return None


def language(tag: re.Match[str]) -> dict[str, str]:
    """The language and direction that a tag gives its text, as attributes; none that is not one."""
    lang, direction = attribute(tag, "lang") or "", (attribute(tag, "dir") or "").lower()
    found = {"lang": lang} if _LANGUAGE.fullmatch(lang) else {}
    return found | ({"dir": direction} if direction in _DIRECTIONS else {})


def comment_end(text: str, start: int, open_until: int = 0) -> int:
    """Where the comment that begins at `start` ends, which is known not to be before `open_until`; 0 where none begins,
    or it is too long to be looked for."""
    if not text.startswith("<!--", start):
        return 0
    closed = text.find("-->", max(start + 2, open_until), start + _LONGEST_COMMENT)
    return closed + 3 if closed >= 0 else 0


def tags_in(content: str) -> Iterator[tuple[int, int, str]]:
    """The tags that are known, and comments, whose name is empty; but for those in code."""
    at = open_until = 0
    while found := _NEXT.search(content, at):
        at, start = found.end(), found.start()
        if found.group() != "<":
            continue
        if end := comment_end(content, start, open_until):
            yield start, end, ""
            at = end
        elif content.startswith("<!--", start):
            open_until = start + _LONGEST_COMMENT - 2  # what is looked through is not looked through again
        elif (tag := TAG.match(content, start)) and name_of(tag) in _KNOWN:
            yield start, tag.end(), name_of(tag)
            at = tag.end()


def is_of_blocks(content: str) -> bool:
    """Whether tags of blocks stand in it, or nothing but tags."""
    rest, shows = 0, False
    for start, end, name in tags_in(content):
        if name in BLOCKS:
            return True
        shows = shows or bool(content[rest:start].strip())
        rest = end
    return not shows and not content[rest:].strip()
