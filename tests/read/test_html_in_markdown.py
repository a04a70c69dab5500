"""HTML in Markdown: what is read as the Markdown it stands for, and that any soup of it comes out well formed."""

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.read.markup import render_markdown
from briefing.read.quotes import QuotedText
from tests.read.payloads import addresses, is_harmless

ARTICLE = "content/articles/talks.md"


HTML = [
    pytest.param("<b>a *b*</b> <EM class=x>c</EM>", "<p><strong>a <em>b</em></strong> <em>c</em></p>", id="marks"),
    pytest.param("<b><i>a</b> b</i> c", "<p><strong><em>a</em></strong> b c</p>", id="ended in the wrong order"),
    pytest.param("**a <i>b** c</i>", "<p><strong>a <em>b</em></strong> c</p>", id="across a mark of Markdown"),
    pytest.param("<b>a\n\nb</b>", "<p><strong>a</strong></p>\n<p>b</p>", id="never ended, never begun"),
    pytest.param(
        "`<b>` <b>`</b>`</b>", "<p><code>&lt;b&gt;</code> <strong><code>&lt;/b&gt;</code></strong></p>", id="code"
    ),
    pytest.param("\\<b>a", "<p>&lt;b&gt;a</p>", id="escaped"),
    pytest.param(
        '<a href="https://example.org/?a=1&amp;b=2" onclick="x()" title=t>a</a>',
        '<p><a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer">a</a></p>',
        id="link",
    ),
    pytest.param("<a href=notes.md>a</a>", '<p><a href="notes.html">a</a></p>', id="link to a content file"),
    pytest.param(
        "<span lang=ja dir=RTL style=x>a <span>b</span> c</span>",
        '<p><span lang="ja" dir="rtl">a b c</span></p>',
        id="language",
    ),
    pytest.param(
        "<p lang=ar dir=rtl>a</p>\n<p>b</p>\n<p lang=fr>c<p>d<div lang=ja>e</div>f",
        '<p lang="ar" dir="rtl">a</p>\n<p>b</p>\n<p lang="fr">c</p>\n<p>d</p>\n<p lang="ja">e</p>\n<p>f</p>',
        id="language of paragraphs",
    ),
    pytest.param(
        "<div lang=ar>a<div dir=rtl>b<ul><li>c<li lang=fr>d</ul></div><h2>e</h2><table><tr><td>f</table></div>g",
        '<p lang="ar">a</p>\n<p lang="ar" dir="rtl">b</p>\n<ul lang="ar" dir="rtl">\n<li>c</li>\n<li lang="fr">d</li>\n'
        '</ul>\n<h2 id="s-e" lang="ar">e</h2>\n<div class="table" lang="ar"><table>\n<tbody>\n<tr><td>f</td></tr>\n'
        "</tbody>\n</table></div>\n<p>g</p>",
        id="language of a part",
    ),
    pytest.param(
        "<table lang=de><caption lang=ko>a</caption><tr><td lang=ar dir=rtl>b</div>c<td><p lang=fr>d</p>e<p>f</table>",
        '<div class="table" lang="de"><table>\n<caption lang="ko">a</caption>\n<tbody>\n'
        '<tr><td lang="ar" dir="rtl">b<p>c</p>\n</td><td><p lang="fr">d</p>\n<p>e</p>\n<p>f</p>\n</td></tr>\n'
        "</tbody>\n</table></div>",
        id="language of cells",
    ),
    pytest.param(
        "<blockquote lang=fr>\n\n*a*\n\n</blockquote>\n\n<ol start=2 lang=de><li>b</ol>\n\n<h1 lang=ja>c</h1>",
        '<blockquote lang="fr">\n<p><em>a</em></p>\n</blockquote>\n<ol start="2" lang="de">\n<li>b</li>\n</ol>\n'
        '<h2 id="s-c" lang="ja">c</h2>',
        id="language of blocks",
    ),
    pytest.param("<span lang='x\" y' dir=x>a</span>", "<p>a</p>", id="no language"),
    pytest.param("<a name=x>a</a> <a href=#x>b</a> <a>c</a>", "<p>a b c</p>", id="places in the text"),
    pytest.param(
        "<a href=notes.md>a [b](c.md) <a href=d.md>e</a></a>",
        '<p><a href="notes.html">a b e</a></p>',
        id="link in link",
    ),
    pytest.param(
        "<a href='javascript:x()'>a</a>", "<p>&lt;a href=&#x27;javascript:x()&#x27;&gt;a&lt;/a&gt;</p>", id="scheme"
    ),
    pytest.param(
        "<h1 align=center>a <b>b</b></h1>\n<h3>c</h3>",
        '<h2 id="s-a-b">a <strong>b</strong></h2>\n<h3 id="s-c">c</h3>',
        id="headings",
    ),
    pytest.param(
        "<center><b>a</b></center>\n<hr>\n<div>b<p>c</div>",
        "<p><strong>a</strong></p>\n<hr>\n<p>b</p>\n<p>c</p>",
        id="blocks",
    ),
    pytest.param("a <p>b</p> c", "<p>a</p>\n<p>b</p>\n<p>c</p>", id="blocks in a line"),
    pytest.param(
        "<div align=center>\n\n# a\n\n- b\n\n</div>",
        '<h2 id="s-a">a</h2>\n<ul>\n<li>b</li>\n</ul>',
        id="around Markdown",
    ),
    pytest.param(
        "<ul>\n<li>a\n\n<li><p>b</p>c</li>\n\n</ul>\nd",
        "<ul>\n<li>a</li>\n<li>b<p>c</p>\n</li>\n</ul>\n<p>d</p>",
        id="list",
    ),
    pytest.param(
        "<ol start=4><li>a<ul><li>b</ul></ol>", '<ol start="4">\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ol>', id="lists"
    ),
    pytest.param(
        "<blockquote>\n\n- a\n\n*b*\n</blockquote>",
        "<blockquote>\n<ul>\n<li>a</li>\n</ul>\n<p><em>b</em></p>\n</blockquote>",
        id="quotation",
    ),
    pytest.param("<span></span>\n\n<a name=x></a>\n\n<p></p>\n\n<ul></ul>\n\na", "<p>a</p>", id="nothing"),
    pytest.param("<!-- a -->b<!-- c\nd -->", "<p>b</p>", id="comments"),
    pytest.param("<table>\n\na", "<p>a</p>", id="table never ended"),
    pytest.param(
        "<TABLE border=1>\n<caption>a</caption>\n<tr><th colspan='2' rowspan=x>b<th>c\n\n"
        "<tr><td style='x'><p>**d**</p><td>e<br>f<td>g<tr>h</table>i",
        '<div class="table"><table>\n<caption>a</caption>\n<thead>\n<tr><th scope="col" colspan="2">b</th>'
        '<th scope="col">c</th></tr>\n</thead>\n<tbody>\n<tr><td><strong>d</strong></td>'
        "<td>e<br>\nf</td><td>g</td></tr>\n"
        "<tr><td>h</td></tr>\n</tbody>\n</table></div>\n<p>i</p>",
        id="table",
    ),
    pytest.param(
        "<table><tr><th>a<td>b<tr><td><table><tr><td>c</table>",
        '<div class="table"><table>\n<tbody>\n<tr><th scope="row">a</th><td>b</td></tr>\n'
        '<tr><td><div class="table"><table>\n<tbody>\n<tr><td>c</td></tr>\n</tbody>\n</table></div>\n</td></tr>\n'
        "</tbody>\n</table></div>",
        id="table in table",
    ),
    pytest.param(
        "| a<ul><li>b</ul> |\n|---|\n| <p>c</p><p>d |",
        '<div class="table"><table>\n<thead>\n<tr><th scope="col">a<ul>\n'
        "<li>b</li>\n</ul>\n</th></tr>\n</thead>\n<tbody>\n<tr><td>c<p>d</p>\n</td></tr>\n</tbody>\n</table></div>",
        id="in a table of Markdown",
    ),
    pytest.param(
        "<iframe src=x></iframe><del>a</del>",
        "<p>&lt;iframe src=x&gt;&lt;/iframe&gt;&lt;del&gt;a&lt;/del&gt;</p>",
        id="others",
    ),
]


@pytest.mark.parametrize(("body", "expected"), HTML)
def test_known_tags_are_read_as_their_markdown(body: str, expected: str) -> None:
    assert render_markdown(body, ARTICLE).html.strip() == expected


SOUP = [
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "<td lang=ar>",
    "<p dir=rtl>",
    "<div lang=fr>",
    "</td>",
    "<th colspan=2>",
    "<thead>",
    "<tbody>",
    "<caption>",
    "</caption>",
    "<ul>",
    "</ul>",
    "<ol start=2>",
    "</ol>",
    "<li>",
    "</li>",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<h1>",
    "</h1>",
    "<h3>",
    "<hr>",
    "<blockquote>",
    "<blockquote>\n",
    "\n</blockquote>\n",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<sup>",
    "<a href=x.md>",
    "</a>",
    "<a href='https://example.org'>",
    "<a name=q>",
    "<a href=javascript:x>",
    "<span>",
    "<br>",
    "<!-- c -->",
    "<!--",
    "<script>",
    "word ",
    "\n",
    "\n\n",
    "    ",
    "- ",
    "> ",
    "**",
    "*",
    "[l](y.md)",
    "![i](z.png)",
    "`",
    "```\n",
    "| ",
    "\n|---|---|\n",
    "# ",
    "&lt;",
    "<",
    "\\",
]


@given(st.lists(st.sampled_from(SOUP), max_size=30))
def test_any_soup_of_tags_becomes_well_formed_html(pieces: list[str]) -> None:
    shown = render_markdown("".join(pieces), ARTICLE)
    html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(shown.html)  # raises where it is not
    assert all(is_harmless(address) for address in addresses(shown.html))
    for run in shown.runs:
        assert "<" not in shown.html[run.html_start : run.html_end]


@pytest.mark.parametrize(
    ("body", "quote", "line"),
    [
        ("<p>One</p>\n<p>two <b>three</b>\nfour</p>", "two three four", 2),
        ("<table>\n<tr>\n\n<td>One</td>\n<td>the <i>quoted</i> words</td>", "the quoted words", 5),
        ("<h2>One</h2>\n<ul>\n<li>two\n<li><p>the <a\nhref=notes.md>quoted</a> words", "the quoted words", 4),
        ("Lead<!-- a hidden\nremark --> on. <u>Under</u> and <b>bold</b>.<br>Next", "Lead on. Under and bold. Next", 1),
    ],
)
def test_words_are_found_across_tags_at_their_line(body: str, quote: str, line: int) -> None:
    shown = render_markdown(body, ARTICLE)
    found = QuotedText(ARTICLE, shown).folded
    start, _ = found.origin(at := found.text.index(quote), at + len(quote))
    assert shown.line_of(start) == line
