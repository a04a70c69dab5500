"""Links of Markdown that came from another site: those inside that site lead to it, or are only their words."""

import re
from urllib.parse import urljoin

from briefing.importing.addresses import is_web
from briefing.importing.refused import Refused
from briefing.read.markup import render_markdown

_PATH = "content/articles/x.md"
_WRITTEN = re.compile(
    r"(?P<image>!?)\[(?:(?P<inline>.*)\]\(.*\)|(?P<full>.*)\]\[[^\]\[]*\]|(?P<short>[^\[\]]*)\])"
    r"|(?P<tag><a\b[^>]*>)(?:(?P<inner>.*)</a\s*>)?",
    re.DOTALL | re.IGNORECASE,
)


def links_mended(body: str, base: str) -> tuple[str, int]:
    """The Markdown with its relative links led to `base`, where that is known, and how many are only words now.

    What a reader sees stays the same: that is looked up, and `Refused` where it is not so.
    """
    before = render_markdown(body, _PATH)
    if before.problems:
        problem = before.problems[0]
        place = problem.place
        raise Refused(
            problem.message, problem.help, problem.code, getattr(place, "line", 1), getattr(place, "column", 1)
        )
    lines = body.split("\n")
    lost = 0
    for link in sorted(before.links, key=lambda link: (link.line, link.column), reverse=True):
        line, start = lines[link.line - 1], link.column - 1
        end = start + link.width
        found = _WRITTEN.fullmatch(line[start:end])
        if found is None:
            raise _unmended(link.line, link.column, line[start:end])
        written = "" if link.written.startswith("#") else link.written
        address = urljoin(base, written) if base and written else ""
        new, is_lost = _mended(found, address), not is_web(address)
        lost += is_lost
        lines[link.line - 1] = line[:start] + new + line[end:]
    after = "\n".join(lines)
    rendered = render_markdown(after, _PATH)
    if rendered.links or rendered.text.split() != before.text.split():
        raise _unmended(before.links[0].line, before.links[0].column, before.links[0].written)
    return after, lost


def _mended(found: re.Match[str], address: str) -> str:
    """The link that was found with another address; where that is none of the web, its words."""
    encoded = re.sub(r"[ ()<>\"]", lambda one: f"%{ord(one.group()):02X}", address) if is_web(address) else ""
    if found["tag"]:
        tag = f'<a href="{encoded}">' if encoded else "<a>"
        return tag if found["inner"] is None else f"{tag}{found['inner']}</a>"
    words = next(words for words in found.group("inline", "full", "short") if words is not None)
    if encoded:
        return f"{found['image']}[{words}]({encoded})"
    return "" if found["image"] else words


def _unmended(line: int, column: int, link: str) -> Refused:
    message = f"the link `{link[:60]}` leads into its old site, and cannot be changed by itself"
    return Refused(message, "write the whole address, or remove the link", "bad-link", line, column)
