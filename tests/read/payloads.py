"""What would harm a reader if it came out of an article, and how it is told whether it does."""

import re
from urllib.parse import urlsplit

import html5lib

BLOCKS = {"p", "ul", "ol", "li", "blockquote", "pre", "hr", "section", "h1", "h2", "h3", "h4", "h5", "h6"}
TABLES = {"div", "table", "caption", "thead", "tbody", "tr", "th", "td"}
TAGS = BLOCKS | TABLES | {"a", "em", "strong", "s", "code", "sup", "sub", "span", "br", "img"}
ATTRIBUTES = {
    "a": {"href", "title", "rel", "class", "role", "aria-label", "id"},
    "img": {"src", "alt", "loading"},
    "code": {"class"},
    **{tag: {"lang", "dir"} for tag in ("p", "ul", "blockquote", "caption")},
    "div": {"class", "lang", "dir"},
    "li": {"id", "lang", "dir"},
    "ol": {"start", "lang", "dir"},
    "section": {"class", "role"},
    "span": {"lang", "dir"},
    "sup": {"class"},
    "td": {"class", "colspan", "rowspan", "lang", "dir"},
    "th": {"class", "colspan", "rowspan", "scope", "lang", "dir"},
    **{f"h{level}": {"id", "lang", "dir"} for level in range(1, 7)},
}


def addresses(markup: str) -> list[str]:
    """Every address a browser would see; fails on a tag or attribute that is not on the list."""
    found = []
    for element in html5lib.parseFragment(markup, namespaceHTMLElements=False).iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        assert element.tag in TAGS
        assert set(element.attrib) <= ATTRIBUTES.get(element.tag, set())
        found += [element.attrib[name] for name in ("href", "src") if name in element.attrib]
    return found


def is_harmless(address: str) -> bool:
    """Whether the address stays in the site or has one of the three schemes, read as a browser reads it."""
    seen = re.sub(r"[\x00-\x20]", "", address).replace("\\", "/").casefold()
    return not seen.startswith("//") and urlsplit(seen).scheme in ("", "http", "https", "mailto")


SCRIPTS = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "javascript://example.org/%0aalert(1)", "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD4=", "data:image/svg+xml,<svg/>",
    "data:image/png;base64,AAAA", "file:///etc/passwd", "blob:https://example.org/1", "ftp://example.org", "tel:1",
    "feed:javascript:alert(1)", "view-source:x", "jar:x", "about:blank", "chrome://settings", "ws://example.org",
    "//example.org", "///example.org", "\\\\\\\\example.org", "/\\\\example.org", "\\\\/example.org",
    "&#x2f;/example.org", "javascript&colon;alert(1)", "javascript&#58;alert(1)", "&#106;avascript:alert(1)",
    "java&Tab;script:alert(1)", "java&NewLine;script:alert(1)", "java&#10;script:alert(1)",
    "java&#x0d;script:alert(1)", "&#1;javascript:alert(1)", "javascript%3Aalert(1)", "JAVASCRIPT%3aalert(1)",
    "%6Aavascript:alert(1)", "%6aavascript%3aalert(1)", "data%3Atext/html,x", "vbscript%3Ax",
    "java%0Ascript:alert(1)", "java%09script%3Aalert(1)", "%20javascript:alert(1)", "%01javascript%3Aalert(1)",
    "./javascript:alert(1)", "./javascript%3Aalert(1)", "../articles/javascript%3Ax", "/javascript:alert(1)",
    "/javascript%3Aalert(1)", "/articles/javascript%3Ax", "%2F%2Fexample.org", "/%2Fexample.org", ".//example.org",
    "/.//example.org", "%5C%5Cexample.org", "/%5Cexample.org", "./%5C%5Cexample.org", "https:example.org",
    "https%3A//example.org", "http:/\\\\example.org", "x%22onclick=%22alert(1)", "x'onclick='alert(1)",
    "x`onclick=`1", "%00javascript:alert(1)", "javascript:%0aalert(1)", "\u00a0javascript:alert(1)",
    "\u2028javascript:alert(1)", "javascript\u200b:alert(1)", "ｊavascript:alert(1)", "javascript：alert(1)",
    "#javascript:x", "?javascript:x", "?x=//y", "a%23javascript%3A", "%2e%2e%2fjavascript%3Ax", "..%5Cexample.org",
    "https://example.org/%22onmouseover=%22alert(1)",
]  # fmt: skip
MARKUP = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
    "<iframe src=//example.org>", "<a href='javascript:alert(1)'>x</a>", "<style>*{}</style>",
    "<base href=//example.org>", "<math><mtext>", "<b>x</b>", "<!-- --><script>", "<![CDATA[<script>]]>",
    "<?php x ?>", "</p><script>", "</section></main>", "<form action=x>", "<meta http-equiv=refresh content=0>",
    "<link rel=stylesheet href=x>", "<object data=x>", "<template><script>", "<q>",
    "x\n\n<div onclick=alert(1)>\n\ny\n\n</div>", "<textarea><script>", "<title><script>", "<noscript><img src=x>",
    "<mark>", "<javascript:alert(1)>", "<JAVASCRIPT:alert(1)>", "<data:text/html,x>", "<vbscript:x>",
    "<//example.org>", "<x:y>", "<https://example.org/\"onclick=\"alert(1)>",
    "<https://example.org/%22%3E%3Cscript%3E>", "<a@b.c\"onclick=x>", "`<script>`", "```<script>\nx\n```",
    "```js\" onclick=\"x\n<script>\n```", "    <script>alert(1)</script>", "~~~\n</code>", "# <script>",
    "# x\" onclick=\"alert(1)", "## &quot; id=x", "> <script>", "- <script>", "1. <svg/onload=alert(1)>",
    "| <script> |\n|---|\n| <img onerror=x> |", "| a |\n|:-:\" onclick=x|\n| b |",
    "[^x]\n\n[^x]: <script>alert(1)</script>", "[^\" onclick=\"x]\n\n[^\" onclick=\"x]: y", "^[<script>]",
    "[x](y \"\\\" onclick=\\\"alert(1)\")", "[x](y 'a\"b')", "[x](y (a\"><script>))", "![<script>](x)",
    "![\"onerror=\"alert(1)](x)", "![a](https://example.org/x.png)", "![a](x 'b\"c')",
    "[![a](javascript:x)](javascript:y)", "[![a](https://example.org/x)](y)", "[a][b]\n\n[b]: javascript:x",
    "[a]\n\n[a]: <data:text/html,x> 'b'", "![a][b]\n\n[b]: javascript%3Ax", "[a](<java\nscript:x>)", "[a](<x\">)",
    "&lt;script>", "&#60;script&#62;alert(1)&#60;/script&#62;", "\\<script\\>", "*<script>*", "**\"onclick=\"x**",
    "~~<s>~~", "a\\\n<br>", "[<script>](x)", "[a](x \"<script>\")", "\u0000<script>", "<scr\u0000ipt>", "＜script＞",
    "<ſcript>", "{{ 7 * 7 }}", "{% x %}",
]  # fmt: skip
PAYLOADS = [
    *(f"[a]({address})" for address in SCRIPTS),
    *(f"[a](<{address}>)" for address in SCRIPTS),
    *(f"![a]({address})" for address in SCRIPTS),
    *(f"[a][b]\n\n[b]: {address} 'c'" for address in SCRIPTS),
    *(f"<{address}>" for address in SCRIPTS),
    *(f"<a href=\"{address}\">a</a>" for address in SCRIPTS),
    *MARKUP,
]  # fmt: skip
