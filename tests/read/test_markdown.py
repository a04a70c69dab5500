"""Markdown: nothing but an allow-list can come out of it, and emphasis works between CJK characters."""

import re
from itertools import pairwise
from urllib.parse import unquote

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.token import Token

from briefing.read.links import Link
from briefing.read.markdown import tokens_of
from briefing.read.markup import Rendered, render_markdown
from tests.read.payloads import PAYLOADS, addresses, is_harmless

ARTICLE, PAGE = "content/articles/talks.md", "content/pages/about.md"


def rendered(body: str, path: str = ARTICLE) -> str:
    return render_markdown(body, path).html.strip()


@pytest.mark.parametrize("path", [ARTICLE, PAGE, "content/topics/trade.md"])
def test_only_tags_attributes_and_schemes_of_the_list_come_out(path: str) -> None:
    assert len(PAYLOADS) > 400
    for payload in PAYLOADS:
        markup = rendered(payload, path)
        harmful = [address for address in addresses(markup) if not is_harmless(address)]
        assert harmful == [], payload


@given(st.text(alphabet="ab<>/\"'=&;#:()[]!`*_~|\\-+.0123^ \n\tonjavscript日「」", max_size=80))
def test_no_text_gets_out_of_the_allow_list(text: str) -> None:
    assert all(is_harmless(address) for address in addresses(rendered(text)))


@given(st.lists(st.text(alphabet="xy<>&\"' ", max_size=10), max_size=5))
def test_html_that_stands_for_nothing_is_text(lines: list[str]) -> None:
    text = "".join(f"x{line}\n" for line in lines)  # `x`, lest a line begins a block
    shown = render_markdown(text, ARTICLE)
    read = "".join(html5lib.parseFragment(shown.html, namespaceHTMLElements=False).itertext())
    assert read.split() == shown.text.split() == text.split()


@pytest.mark.parametrize(
    "body",
    [">" * 5000, "[" * 2000, "![" * 1000, "*a " * 5000, "`" * 5001 + "a", "- " * 3000 + "a", "a\n" * 5000 + "===",
     "~" * 5000, "[a](" * 2000, "<" * 5000, "&" * 5000, "[^a]" * 2000 + "\n\n[^a]: b",
     "|a" * 2000 + "\n" + "|-" * 2000 + "\n" + "|b" * 2000, "# a\n" * 3000, "**a*" * 3000, "_a__b" * 3000,
     "\\" * 5001, "**「a」**" * 1000],
    ids=lambda body: body[:6],
)  # fmt: skip
def test_no_text_takes_long(body: str) -> None:
    """What other parsers have needed minutes for; here a test that ends is a test that passes."""
    shown = render_markdown(body, ARTICLE)
    assert shown.html or [problem.code for problem in shown.problems] == ["excessive-input"]


EMPHASIS = [
    ("**「強調」**です", "<p><strong>「強調」</strong>です</p>"),
    ("これは**「強調」**です", "<p>これは<strong>「強調」</strong>です</p>"),
    ("これは**強調。**次の文", "<p>これは<strong>強調。</strong>次の文</p>"),
    ("これは**強調**です", "<p>これは<strong>強調</strong>です</p>"),
    ("**（注）**を読む", "<p><strong>（注）</strong>を読む</p>"),
    ("前に*「斜体」*後ろ", "<p>前に<em>「斜体」</em>後ろ</p>"),
    ("前に***「両方」***後ろ", "<p>前に<em><strong>「両方」</strong></em>後ろ</p>"),
    ("**米国（USA）**と", "<p><strong>米国（USA）</strong>と</p>"),
    ("**「黄金時代」**、**「投資」**", "<p><strong>「黄金時代」</strong>、<strong>「投資」</strong></p>"),
    ("~~「取り消し」~~です", "<p><s>「取り消し」</s>です</p>"),
    ("**이것은 “강조”**입니다", "<p><strong>이것은 “강조”</strong>입니다</p>"),
    ("这是**“强调”**。", "<p>这是<strong>“强调”</strong>。</p>"),
    ("「**強調**」", "<p>「<strong>強調</strong>」</p>"),
    ("ﾃｽﾄ**｢強調｣**ﾃｽﾄ", "<p>ﾃｽﾄ<strong>｢強調｣</strong>ﾃｽﾄ</p>"),
    ("**リンク[x](https://example.org)**を", None),
    ("日本 **強調** 日本", "<p>日本 <strong>強調</strong> 日本</p>"),
    ("日本** 強調 **日本", "<p>日本** 強調 **日本</p>"),
    ("snake_case_日本_語", "<p>snake_case_日本_語</p>"),
]


@pytest.mark.parametrize(("body", "expected"), EMPHASIS, ids=[body for body, _ in EMPHASIS])
def test_emphasis_works_between_wide_characters(body: str, expected: str | None) -> None:
    if expected is None:
        assert "<strong>" in rendered(body)
    else:
        assert rendered(body) == expected


LATIN = st.text(alphabet="ab AZ*_~“”‘’«»…—-.,!?()\"'éßñ§°€½\n0", max_size=40)


@given(LATIN)
def test_emphasis_in_latin_text_is_commonmark_s(text: str) -> None:
    plain = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False})
    assert shape(tokens_of(text)) == shape(plain.parse(text))


LINES = ["Text", "“Said”", "# Head", "#hash", "> quote", "- item", "  more", "1. one", "    code", "```", "---", "===",
         "a | b", "--- | ---", "> - x", "", "", ""]  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_blocks_are_commonmark_s_with_tables(lines: list[str]) -> None:
    plain = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False})
    text = "\n".join(lines)
    assert shape(tokens_of(text)) == shape(plain.parse(text))


MARKS = st.text(alphabet='ab *_~`[]()<>!^&;:/\\"1日。\n', max_size=40)
LINK = "[^1] [a](/b 'c') ![d](e) ^[f *g*] <https://h.org> <sup>i</sup> &amp; \\* `j` ~~k~~ **l** [m]"


@given(MARKS, st.sampled_from(["", LINK]), MARKS)
def test_rules_asked_by_the_first_character_read_what_all_rules_asked_in_turn_do(head: str, mid: str, end: str) -> None:
    body = f"x{head} {mid} {end}\n\n[^1]: note\n\n[m]: /n"
    with pytest.MonkeyPatch.context() as patch:
        for name in ("tokenize", "skipToken"):
            patch.setattr(f"briefing.read.inline.InlineParser.{name}", getattr(ParserInline, name))
        expected = tokens_of(body)
    assert tokens_of(body) == expected


def shape(tokens: list[Token]) -> list[object]:
    return [(token.type, token.content, shape(token.children or [])) for token in tokens]


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        pytest.param("# One\n\n## Two words\n", [("h2", "s-one"), ("h3", "s-two-words")], id="h1 is the page's"),
        pytest.param("## One\n\n### Two\n", [("h2", "s-one"), ("h3", "s-two")], id="no h1"),
        pytest.param("###### Six\n\n# One\n", [("h2", "s-six"), ("h2", "s-one")], id="none deeper than needed"),
        pytest.param("## A\n\n## A\n\n## A\n", [("h2", "s-a"), ("h2", "s-a-2"), ("h2", "s-a-3")], id="thrice"),
        pytest.param(
            "## A\n\n## A\n\n## A 2\n", [("h2", "s-a"), ("h2", "s-a-2"), ("h2", "s-a-2-2")], id="number taken"
        ),
        pytest.param("## A 2\n\n## A\n\n## A\n", [("h2", "s-a-2"), ("h2", "s-a"), ("h2", "s-a-3")], id="taken before"),
        pytest.param("## *Japan's* `gas` & [more](x.md)\n", [("h2", "s-japan-s-gas-more")], id="inline markup"),
        pytest.param("## 共同声明 2025\n", [("h2", "s-共同声明-2025")], id="Japanese"),
        pytest.param("## ÉLYSÉE Straße\n", [("h2", "s-élysée-strasse")], id="case"),
        pytest.param("## Cafe\u0301 İ\n", [("h2", "s-caf\u00e9-i\u0307")], id="decomposed"),
        pytest.param("## हिन्दी भाषा\n", [("h2", "s-हिन्दी-भाषा")], id="vowel signs"),
        pytest.param("## !?\n\n##\n", [("h2", "s-section"), ("h2", "s-section-2")], id="no words"),
    ],
)
def test_headings_have_ids_of_their_own(body: str, ids: list[tuple[str, str]]) -> None:
    assert re.findall(r'<(h\d) id="([^"]*)">', rendered(body)) == ids


@pytest.mark.parametrize(
    ("levels", "shown"),
    [
        ("3", "2"), ("6", "2"), ("13", "23"), ("1323", "2334"), ("24", "23"), ("2432", "2332"), ("321", "222"),
        ("3453", "2342"), ("123456", "234566"), ("136136", "234234"), ("3513", "2323"), ("4141", "2232"),
    ],
)  # fmt: skip
def test_headings_come_in_order_below_the_title(levels: str, shown: str) -> None:
    body = "\n\n".join(f"{'#' * int(level)} Heading {number}" for number, level in enumerate(levels))
    assert "".join(re.findall(r"<h(\d)", rendered(body))) == shown == "".join(re.findall(r"</h(\d)", rendered(body)))


@given(st.lists(st.integers(1, 6), max_size=12))
def test_no_heading_is_more_than_one_level_below_the_one_before(levels: list[int]) -> None:
    shown = [1, *(int(level) for level in re.findall(r"<h(\d)", rendered("\n\n".join("#" * n + " A" for n in levels))))]
    pairs = list(zip(levels, levels[1:], shown[1:], shown[2:], strict=False))
    assert all(after <= before + 1 for before, after in pairwise(shown))
    assert all(later > earlier or earlier == 6 for one, next, earlier, later in pairs if next > one)
    assert all(later <= earlier for one, next, earlier, later in pairs if next <= one)


@pytest.mark.parametrize(
    ("info", "shown"),
    [
        ("", "<code>"), ("  ", "<code>"), ("python", '<code class="language-python">'),
        (" python", '<code class="language-python">'), ("\tpython title=x", '<code class="language-python">'),
        ("c\\+\\+", '<code class="language-c++">'), ("f&#35;", '<code class="language-f#">'),
        ("f&ouml;&ouml;", '<code class="language-föö">'), ("objective-c", '<code class="language-objective-c">'),
        (".env", '<code class="language-.env">'), ('"x', '<code class="language-&quot;x">'),
    ],
)  # fmt: skip
@pytest.mark.parametrize("fence", ["```", "~~~~"])
def test_a_fence_keeps_its_language(fence: str, info: str, shown: str) -> None:
    assert rendered(f"{fence}{info}\nx\n{fence}") == f"<pre>{shown}x\n</code></pre>"


@pytest.mark.parametrize("blank", ["", " ", "   ", "\t", "\u00a0", "\u3000 \u2003", "  \u00a0"])
def test_a_line_of_white_space_in_code_stays_as_it_is(blank: str) -> None:
    assert rendered(f"```\na\n{blank}\nb\n```") == f"<pre><code>a\n{blank}\nb\n</code></pre>"
    indented = rendered(f"    a\n    {blank}\n    b")
    assert indented == f"<pre><code>a\n{blank}\nb\n</code></pre>"
    in_list = rendered(f"- ```\n  a\n  {blank}\n  b\n  ```\n- c")
    assert f"<pre><code>a\n{blank}\nb\n</code></pre>" in in_list
    assert in_list.count("<ul>") == 1


@pytest.mark.parametrize("blank", ["\u00a0", "\u3000", " \u2003"])
def test_a_line_of_white_space_of_any_kind_parts_blocks(blank: str) -> None:
    assert rendered(f"one\n{blank}\ntwo") == "<p>one</p>\n<p>two</p>"
    assert rendered(f"{blank}\none\n{blank}") == "<p>one</p>"
    assert rendered(f"- one\n{blank}\n- two").count("<li>") == 2
    assert rendered(f"| a |\n|---|\n| b |\n{blank}\nc").endswith("<p>c</p>")


@given(st.lists(st.text(alphabet="aA 2-é", max_size=5), max_size=12))
def test_no_two_headings_share_an_id(titles: list[str]) -> None:
    found = re.findall(r' id="([^"]*)"', rendered("\n\n".join(f"## {title}" for title in titles)))
    assert len(found) == len(titles) == len(set(found))


@pytest.mark.parametrize(
    ("path", "url", "href", "target"),
    [
        (ARTICLE, "notes.md", "notes.html", "articles/notes.html"),
        (ARTICLE, "notes.md#s-gas", "notes.html#s-gas", "articles/notes.html#s-gas"),
        (ARTICLE, "./notes.md", "notes.html", "articles/notes.html"),
        (ARTICLE, "../topics/trade.md", "../topics/trade.html", "topics/trade.html"),
        (ARTICLE, "../pages/about.md", "../about.html", "about.html"),
        (ARTICLE, "../media/map.png", "../media/map.png", "media/map.png"),
        (ARTICLE, "#gas", "#gas", "articles/talks.html#gas"),
        (ARTICLE, "talks.md#gas", "#gas", "articles/talks.html#gas"),
        (ARTICLE, "/", "../index.html", "index.html"),
        (ARTICLE, "/about.html", "../about.html", "about.html"),
        (ARTICLE, "/articles/notes.html#x", "notes.html#x", "articles/notes.html#x"),
        (ARTICLE, "会談.md", "会談.html", "articles/会談.html"),
        (ARTICLE, "%E4%BC%9A%E8%AB%87.md#s-会", "会談.html#s-会", "articles/会談.html#s-会"),
        (ARTICLE, "<two words.md>", "two%20words.html", "articles/two words.html"),
        (PAGE, "method.md", "method.html", "method.html"),
        (PAGE, "../articles/talks.md#gas", "articles/talks.html#gas", "articles/talks.html#gas"),
        (PAGE, "/articles/talks.html", "articles/talks.html", "articles/talks.html"),
    ],
)  # fmt: skip
def test_links_between_content_files_become_links_between_pages(path: str, url: str, href: str, target: str) -> None:
    shown = render_markdown(f"First line,\nthen [a]({url}).\n", path, line=7)
    assert f'<a href="{href}">a</a>' in shown.html
    assert shown.links == (Link(target, 8, 6, len(f"[a]({url})"), unquote(url.strip("<>"))),)


def test_links_to_elsewhere_say_so_and_are_not_of_the_site() -> None:
    shown = render_markdown("[a](https://example.org/x?a=1&b=2 'Title') <mailto:a@example.org>\n", ARTICLE)
    assert shown.html == (
        '<p><a href="https://example.org/x?a=1&amp;b=2" title="Title" rel="noopener noreferrer">a</a> '
        '<a href="mailto:a@example.org" rel="noopener noreferrer">mailto:a@example.org</a></p>\n'
    )
    assert shown.links == ()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("![A map](../media/map.png)", '<img src="../media/map.png" alt="A map" loading="lazy">'),
        ("![A *map*](../media/map.png)", '<img src="../media/map.png" alt="A map" loading="lazy">'),
        (
            "![A map](https://example.org/map.png)",
            '<a class="image" href="https://example.org/map.png" rel="noopener noreferrer">A map</a>',
        ),
        (
            "![](https://example.org/map.png)",
            '<a class="image" href="https://example.org/map.png" rel="noopener noreferrer">image</a>',
        ),
        ("[![A map](https://example.org/map.png)](notes.md)", '<a href="notes.html">A map</a>'),
    ],
)
def test_images_from_elsewhere_are_links(body: str, expected: str) -> None:
    assert rendered(body) == f"<p>{expected}</p>"


def test_the_whole_language_is_rendered() -> None:
    body = """\
Text[^1] with *em*, **strong**, ~~s~~ and `code`.
A soft line  
and a hard one[^1].

> A quote

- One

- Two

3. Three

| A | B |
|:--|--:|
| 1 | 2 |

```python
x < 1
```

---

[^1]: A *note*.
"""  # noqa: W291 - two spaces make a hard line break
    assert rendered(body) == (
        '<p>Text<sup class="footnote"><a id="fn-ref-1" href="#fn-1" role="doc-noteref">[1]</a></sup> with <em>em</em>, '
        "<strong>strong</strong>, <s>s</s> and <code>code</code>.\n"
        'A soft line<br>\nand a hard one<sup class="footnote">'
        '<a id="fn-ref-1-2" href="#fn-1" role="doc-noteref">[1]</a></sup>.</p>\n'
        "<blockquote>\n<p>A quote</p>\n</blockquote>\n"
        "<ul>\n<li><p>One</p>\n</li>\n<li><p>Two</p>\n</li>\n</ul>\n"
        '<ol start="3">\n<li>Three</li>\n</ol>\n'
        '<div class="table"><table>\n<thead>\n'
        '<tr><th scope="col" class="left">A</th><th scope="col" class="right">B</th></tr>\n</thead>\n'
        '<tbody>\n<tr><td class="left">1</td><td class="right">2</td></tr>\n</tbody>\n</table></div>\n'
        '<pre><code class="language-python">x &lt; 1\n</code></pre>\n'
        "<hr>\n"
        '<section class="footnotes" role="doc-endnotes">\n<ol>\n<li id="fn-1"><p>A <em>note</em>. '
        '<a class="back" role="doc-backlink" href="#fn-ref-1" aria-label="Back to the text">↩</a> '
        '<a class="back" role="doc-backlink" href="#fn-ref-1-2" aria-label="Back to the text">↩</a></p>\n</li>\n</ol>\n'
        "</section>"
    )


@pytest.mark.parametrize(
    ("words", "line"),
    [("First", 11), ("second", 12), ("hard", 13), ("Item", 15), ("more", 16), ("cell", 20), ("code", 23), ("note", 26)],
)
def test_a_character_of_the_text_knows_its_line(words: str, line: int) -> None:
    body = (
        "First line\nsecond line  \nhard line[^1]\n\n- Item\n  more\n\n"
        "| a |\n|---|\n| cell |\n\n```\ncode\n```\n\n[^1]: A note\n"
    )
    shown: Rendered = render_markdown(body, ARTICLE, line=11)
    assert shown.line_of(shown.text.index(words)) == line


@given(st.text(alphabet="ab <>&\"'*`_[]()!|-\n日\\^:#1.", max_size=80))
def test_runs_tell_where_text_stands_in_the_markup(text: str) -> None:
    shown = render_markdown(text, ARTICLE)
    for run in shown.runs:
        piece = shown.html[run.html_start : run.html_end]
        assert "<" not in piece
        read = html5lib.parseFragment(f"<pre>\n{piece}</pre>", namespaceHTMLElements=False)
        assert "".join(read.itertext()) == shown.text[run.text_start : run.text_end]
    between = [
        shown.text[one.text_end : next.text_start] for one, next in zip(shown.runs, shown.runs[1:], strict=False)
    ]
    assert set(between) <= {"", "\n"}


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param("before <!-- ask the desk first --> after", "before  after", id="comment in a line"),
        pytest.param("before\n\n<!-- a\n\nb -->\n\nafter", "before\nafter", id="comment of several lines"),
        pytest.param(
            "before <!-- never closed\n\nafter", "before <!-- never closed\nafter", id="open comment hides nothing"
        ),
        pytest.param('a <span style="x:y" onclick=go()>b</span> c', "a b c", id="span"),
        pytest.param("<u>a</u> <font color=red>b</font>", "a b", id="underline and font"),
        pytest.param("a<br>b<br/>c", "a\nb\nc", id="line break"),
        pytest.param("x<sup>2</sup> H<sub>2</sub>O", "x² H₂O", id="raised and lowered"),
        pytest.param("<del>not</del> agreed", "<del>not</del> agreed", id="deleted text stays visible as such"),
        pytest.param("<script>x()</script>", "<script>x()</script>", id="script"),
        pytest.param("one\n\u00a0\ntwo", "one\ntwo", id="line of a no-break space"),
    ],
)
def test_tags_without_sense_vanish_and_unknown_ones_are_text(body: str, text: str) -> None:
    rendered = render_markdown(body, ARTICLE)
    assert rendered.text == text
    assert "<!--" not in rendered.html.replace("&lt;!--", "")


def test_bold_may_close_after_a_no_break_space() -> None:
    assert "<strong>ENERGY:\u00a0</strong> text" in render_markdown("**ENERGY:\u00a0** text", ARTICLE).html
