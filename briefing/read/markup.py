"""Markdown tokens to HTML, and to the text a reader sees. Markup is made here and in `passages`, nowhere else.

Every tag that can come out of an author's text is written here, with every text and attribute escaped; a token
this module does not know is an error of ours, not output.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from briefing.diagnostics import Diagnostic, Location, together
from briefing.read.bounds import Excessive
from briefing.read.headings import Headings
from briefing.read.links import Link, href_of, is_external, target_of
from briefing.read.markdown import tokens_of
from briefing.read.marks import PILED, piled_marks
from briefing.read.position import Position
from briefing.read.raised import shifted
from briefing.read.sources import decode


class TextRun(NamedTuple):
    """A stretch of text that stands in the HTML without a tag in it: character offsets in both; 1-based line."""

    text_start: int
    text_end: int
    html_start: int
    html_end: int
    line: int
    in_link: bool


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document as HTML and as the text a reader sees, blocks and lines parted by line feeds.

    With `problems` it is empty: the document was refused.
    """

    html: str
    text: str
    runs: tuple[TextRun, ...]
    links: tuple[Link, ...] = ()
    problems: tuple[Diagnostic, ...] = ()

    def line_of(self, index: int) -> int:
        """The 1-based source line of the character of the text at `index`."""
        at = bisect_right(self.runs, index, key=lambda run: run.text_end)
        if at == len(self.runs):
            return self.runs[-1].line if self.runs else 1
        run = self.runs[at]
        return run.line + self.text.count("\n", run.text_start, max(index, run.text_start))


def render_markdown(body: str, path: str, line: int = 1) -> Rendered:
    """The body of the content file at `path`; `line` is the 1-based line of the file it begins on."""
    if "&#" in body and (problem := together(islice(_forbidden_entities(body, path, line), MOST_TOLD))):
        return Rendered("", "", (), (), (problem,))
    writer = _Writer(path, Position(path, line, body.split("\n")))
    try:
        tokens = tokens_of(body)
        writer.blocks(tokens)
    except Excessive as error:
        return _refused(error.message, Location(path, line + error.line), error.help)
    rendered = Rendered("".join(writer.pieces), "".join(writer.texts), tuple(writer.runs), tuple(writer.links))
    piled = piled_marks(rendered.text)
    if piled is not None:
        return _refused(PILED, Location(path, rendered.line_of(piled)), "remove all but a few")
    return rendered


def _refused(message: str, place: Location, help: str) -> Rendered:
    return Rendered("", "", (), (), (Diagnostic("excessive-input", message, place, help),))


def _forbidden_entities(body: str, path: str, line: int) -> Iterator[Diagnostic]:
    """The characters that a file may not hold, and that are written as `&#x202e;` to get in all the same."""
    for entity in _ENTITY.finditer(body):
        problem = decode(path, html.unescape(entity.group()).encode())
        if isinstance(problem, Diagnostic):
            start = body.rfind("\n", 0, entity.start()) + 1
            place = Location(path, line + body.count("\n", 0, start), entity.start() - start + 1, len(entity.group()))
            yield replace(problem, place=place, further=())


_SIMPLE = {
    "paragraph_open": "<p>",
    "paragraph_close": "</p>\n",
    "bullet_list_open": "<ul>\n",
    "bullet_list_close": "</ul>\n",
    "ordered_list_close": "</ol>\n",
    "list_item_open": "<li>",
    "list_item_close": "</li>\n",
    "blockquote_open": "<blockquote>\n",
    "blockquote_close": "</blockquote>\n",
    "hr": "<hr>\n",
    "table_open": '<div class="table"><table>\n',
    "table_close": "</table></div>\n",
    "caption_open": "<caption>",
    "caption_close": "</caption>\n",
    "thead_open": "<thead>\n",
    "thead_close": "</thead>\n",
    "tbody_open": "<tbody>\n",
    "tbody_close": "</tbody>\n",
    "tr_open": "<tr>",
    "tr_close": "</tr>\n",
    "th_close": "</th>",
    "td_close": "</td>",
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "span_close": "</span>",
    "s_open": "<s>",
    "s_close": "</s>",
    "footnote_block_open": '<section class="footnotes" role="doc-endnotes">\n<ol>\n',
    "footnote_block_close": "</ol>\n</section>\n",
    "footnote_close": "</li>\n",
}
_SPANS = ("colspan", "rowspan")
MAX_HTML = 16 * 2**20
MAX_LINKS = 10_000
# Characters that are told of one text; finding the line of each takes time.
MOST_TOLD = 1_000
# What stands for a character by its number, which can be one that a file may not hold.
_ENTITY = re.compile(r"&#(?:x[0-9a-f]{1,6}|[0-9]{1,7});", re.IGNORECASE)


@dataclass(slots=True)
class _Writer:
    """The state of one rendering."""

    path: str
    position: Position
    pieces: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    runs: list[TextRun] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    html_length: int = 0
    text_length: int = 0
    link_depth: int = 0
    shifts: list[str] = field(default_factory=list)  # the tags that raise or lower what is written
    headings: Headings = field(default_factory=Headings)

    def blocks(self, tokens: list[Token]) -> None:
        for index, token in enumerate(tokens):
            if token.map:
                self.position.go_to(token.map[0])
            if token.type == "inline":
                self._inline(token)
            elif (simple := _SIMPLE.get(token.type)) is not None:
                if token.nesting >= 0:
                    self._break()
                if not token.hidden:
                    self._put(simple.replace(">", f"{_language(token)}>", 1) if token.attrs else simple)
            elif token.type in ("fence", "code_block"):
                self._code_block(token)
            elif token.type == "heading_open":
                self._break()
                id = self.headings.id_of("".join(child.content for child in tokens[index + 1].children or []))
                self._put(f'<h{self.headings.opened(int(token.tag[1:]))} id="{id}"{_language(token)}>')
            elif token.type == "heading_close":
                self._put(f"</h{self.headings.level}>\n")
            elif token.type in ("th_open", "td_open"):
                self._break()
                align = re.search(r"text-align:(left|right|center)", str(token.attrs.get("style", "")))
                scope = f' scope="{"row" if token.meta.get("scope") == "row" else "col"}"' if token.tag == "th" else ""
                spans = "".join(f' {key}="{int(token.attrs[key])}"' for key in _SPANS if key in token.attrs)
                align_class = f' class="{align.group(1)}"' if align else ""
                self._put(f"<{token.tag}{scope}{spans}{_language(token)}{align_class}>")
            elif token.type == "ordered_list_open":
                start = f' start="{int(token.attrs["start"])}"' if "start" in token.attrs else ""
                self._put(f"<ol{start}{_language(token)}>\n")
            elif token.type == "footnote_open":
                self._break()
                self._put(f'<li id="fn-{int(token.meta["id"]) + 1}">')
            elif token.type == "footnote_anchor":
                number, again = int(token.meta["id"]) + 1, int(token.meta.get("subId") or 0)
                back = f"fn-ref-{number}" + (f"-{again + 1}" if again else "")
                self._put(f' <a class="back" role="doc-backlink" href="#{back}" aria-label="Back to the text">↩</a>')
            else:
                raise KeyError(token.type)

    def _inline(self, block: Token) -> None:
        self._break()
        self.position.begin(block.content)
        for token in block.children or []:
            if token.type in ("text", "text_special"):
                self._shifted(token.content)
            elif (simple := _SIMPLE.get(token.type)) is not None:
                self._put(simple)
            else:
                self._of_line(token)

    def _of_line(self, token: Token) -> None:
        """What stands in a line and is more than text or a plain tag."""
        match token.type:
            case "softbreak":
                self._text("\n")
                self.position.line += 1
            case "hardbreak":
                self._put("<br>\n")
                self._break()
                self.position.line += not token.markup  # a tag, `<br>`, does not end the line of the file
            case "nothing":  # lines that were dropped
                self.position.line += token.meta["lines"]
            case "begins":  # the line on which a footnote stands in the text
                self.position.begin_on(token.meta["line"])
            case "code_inline":
                self._put("<code>")
                self._shifted(token.content)
                self._put("</code>")
                self.position.come_to(token.meta["end"])
            case "sup_open" | "sub_open" | "sup_close" | "sub_close":
                self._shift(token)
            case "link_open":
                self._open_link(token)
            case "span_open":
                self._put(f"<span{_language(token)}>")
            case "link_close":
                self.link_depth -= 1
                self._put("</a>")
                self.position.come_to(token.meta["end"])
            case "image":
                self._image(token)
            case "footnote_ref":
                self._footnote_ref(token)
            case _:
                raise KeyError(token.type)

    def _shift(self, token: Token) -> None:
        """What follows is raised or lowered, or no longer."""
        if token.nesting > 0:
            self.shifts.append(token.tag)
        elif self.shifts:
            self.shifts.pop()

    def _shifted(self, text: str) -> None:
        """Text; where it is raised or lowered, its numbers are so without their tag as well."""
        if not self.shifts:
            self._text(text)
            return
        tag = self.shifts[-1]
        for piece, needs_tag in shifted(text, tag):
            if needs_tag:
                self._put(f"<{tag}>")
            self._text(piece)
            if needs_tag:
                self._put(f"</{tag}>")

    def _text(self, text: str) -> None:
        """Text in the output and in what quotes are checked against; stretches that touch become one run."""
        if not text:
            return
        escaped = _escaped(text)
        start, html_start = self.text_length, self.html_length
        self.text_length = end = start + len(text)
        self.html_length = html_end = html_start + len(escaped)
        self.texts.append(text)
        self.pieces.append(escaped)
        runs = self.runs
        if runs and runs[-1].html_end == html_start and runs[-1].text_end == start:
            first = runs[-1]
            runs[-1] = TextRun(first.text_start, end, first.html_start, html_end, first.line, first.in_link)
        else:
            runs.append(TextRun(start, end, html_start, html_end, self.position.line, self.link_depth > 0))

    def _put(self, piece: str) -> None:
        self.pieces.append(piece)
        self.html_length += len(piece)

    def _break(self) -> None:
        """A line feed in the text (not in the output) between blocks."""
        if self.texts and not self.texts[-1].endswith("\n"):
            self.texts.append("\n")
            self.text_length += 1

    def _code_block(self, token: Token) -> None:
        self._break()
        words = unescapeAll(token.info).split()
        self._put(f'<pre><code class="language-{html.escape(words[0])}">' if words else "<pre><code>")
        if token.type == "fence":
            self.position.line += 1
        self._text(token.content)
        self._put("</code></pre>\n")

    def _open_link(self, token: Token) -> None:
        self._check_length()
        self.link_depth += 1
        url, title = str(token.attrs["href"]), str(token.attrs.get("title", ""))
        rel = ' rel="noopener noreferrer"' if is_external(url) else ""
        title = f' title="{html.escape(title)}"' if title else ""
        self._put(f'<a href="{html.escape(self._resolved(url, token))}"{title}{rel}>')

    def _image(self, token: Token) -> None:
        """An image of the site; one from elsewhere becomes a link, so that pages load nothing from others."""
        self._check_length()
        words = (" " if one.type == "softbreak" else one.content for one in token.children or [])
        url, alt = str(token.attrs["src"]), html.escape("".join(words))
        if not is_external(url):
            self._put(f'<img src="{html.escape(self._resolved(url, token))}" alt="{alt}" loading="lazy">')
        elif self.link_depth:
            self._put(alt)
        else:
            self._put(f'<a class="image" href="{html.escape(url)}" rel="noopener noreferrer">{alt or "image"}</a>')
        self.position.come_to(token.meta["end"])

    def _check_length(self) -> None:
        """An address defined once can be used a thousand times: the only way to much HTML from little text."""
        if self.html_length > MAX_HTML:
            message = f"the links make more than {MAX_HTML // 2**20} MiB of HTML"
            raise Excessive(self.position.index, message, "shorten the addresses and titles that are used often")

    def _footnote_ref(self, token: Token) -> None:
        number, again = int(token.meta["id"]) + 1, int(token.meta.get("subId") or 0)
        ref = f"fn-ref-{number}" + (f"-{again + 1}" if again else "")
        self._put(f'<sup class="footnote"><a id="{ref}" href="#fn-{number}" role="doc-noteref">[{number}]</a></sup>')

    def _resolved(self, url: str, token: Token) -> str:
        """A link as the page needs it: `/x.html` and links to content files are made relative to the page."""
        if is_external(url):
            return url
        target = target_of(url, self.path)
        if target is None:
            return url
        if len(self.links) >= MAX_LINKS:
            message = f"the text has more than {MAX_LINKS:,} links inside the site"
            raise Excessive(self.position.index, message, "split it into several files")
        place = self.position.place(token.meta["start"], token.meta["end"])
        self.links.append(Link(target, place.line, place.column, place.width, unquote(url)))
        return href_of(target, self.path)


def _language(token: Token) -> str:
    """The language and direction that a tag gave to what begins here, as attributes."""
    return "".join(f' {key}="{html.escape(str(token.attrs[key]))}"' for key in ("lang", "dir") if key in token.attrs)


def _escaped(text: str) -> str:
    """As `html.escape` does it; most text needs none, and asking takes a tenth of the time."""
    needs = "&" in text or "<" in text or ">" in text or '"' in text or "'" in text
    return html.escape(text) if needs else text
