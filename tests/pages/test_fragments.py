"""What `each` puts on pages: what a loop would, whatever page it is on, and made once."""

import posixpath
from dataclasses import dataclass
from urllib.parse import urldefrag

import pytest
from briefing.render import fragments

from briefing.diagnostics import Diagnostic
from briefing.pages.page import Head, Page, SiteView
from briefing.theme.templates import Templates
from briefing.views.phrases import english

FRAME = SiteView(english("Desk"), None, None, "en", (), (), "en", None, None, with_drafts=False)
PARTS = (
    '{% macro row(view, href, mark="") %}<a href="{{ href(view.path) }}">{{ view.text }}</a>{{ mark }};{% endmacro %}'
)
IMPORT = '{% import "_parts.html" as parts %}'


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """Something to be shown, on a page of its own."""

    path: str
    text: str


def rendered(templates: Templates, path: str, *views: View) -> str:
    page = Page(path, "page.html", lambda: {"views": views}, "", (), FRAME, Head(english(""), path))
    text = templates.render(page)
    assert isinstance(text, str), text
    return text


def theme(body: str, parts: str = PARTS) -> Templates:
    return Templates({"page.html": IMPORT + body, "_parts.html": parts})


TARGETS = [
    "index.html",
    "ledger.html",
    "articles/a.html",
    "articles/a.html#c1",
    "archive/topics/x.html",
    "assets/a&b.css",
]
PAGES = ["index.html", "ledger.html", "articles/a.html", "articles/b.html", "archive/x.html", "archive/topics/x.html"]


@pytest.mark.parametrize("path", PAGES)
def test_links_lead_to_the_same_place_from_every_page(path: str) -> None:
    templates = theme("{{ each(parts.row, views) }}")
    views = [View(target, "x") for target in TARGETS]
    for other in PAGES:
        rendered(templates, other, *views)
    links = [piece.partition('"')[0] for piece in rendered(templates, path, *views).split('href="')[1:]]
    for link, target in zip(links, TARGETS, strict=True):
        file, fragment = urldefrag(link.replace("&amp;", "&"))
        place = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
        assert (place, fragment) == (*urldefrag(target),)


@pytest.mark.parametrize("path", PAGES)
def test_the_words_are_those_of_a_loop(path: str) -> None:
    quick = theme('{{ each(parts.row, views, "!") }}')
    slow = theme('{% for view in views %}{{ parts.row(view, href, "!") }}{% endfor %}')
    views = [View(target, 'an "a" & <b>') for target in TARGETS]
    assert rendered(quick, path, *views) == rendered(slow, path, *views)


def test_a_fragment_may_hold_others() -> None:
    parts = PARTS + "{% macro box(view, href) %}[{{ each(row, [view, view]) }}]{% endmacro %}"
    templates = theme("{{ each(parts.box, views) }}", parts)
    view = View("articles/a.html#c1", "x")
    assert rendered(templates, "topics/t.html", view) == "[" + '<a href="../articles/a.html#c1">x</a>;' * 2 + "]"
    assert rendered(templates, "articles/a.html", view) == "[" + '<a href="#c1">x</a>;' * 2 + "]"


def test_what_a_macro_is_told_besides_tells_its_fragments_apart() -> None:
    templates = theme('{{ each(parts.row, views, "?") }}{{ each(parts.row, views, "!") }}')
    assert rendered(templates, "index.html", View("a.html", "x")) == '<a href="a.html">x</a>?;<a href="a.html">x</a>!;'


def test_text_that_looks_like_a_link_to_come_stays_text() -> None:
    templates = theme("{{ each(parts.row, views) }}")
    assert "&lt;from here&gt;a" in rendered(templates, "topics/t.html", View("a.html", "<from here>a"))


def test_fragments_that_are_forgotten_are_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fragments, "KEPT", 2)
    templates = theme("{{ each(parts.row, views) }}")
    views = [View(f"{number}.html", str(number)) for number in range(7)]
    expected = "".join(f'<a href="{number}.html">{number}</a>;' for number in range(7))
    assert [rendered(templates, "index.html", *views) for _ in range(2)] == [expected, expected]


def test_a_mistake_in_a_macro_has_its_line() -> None:
    templates = theme("{{ each(parts.row, views) }}", "{% macro row(view, href) %}\n{{ view.nothing }}{% endmacro %}")
    page = Page(
        "a.html", "page.html", lambda: {"views": [View("a.html", "x")]}, "", (), FRAME, Head(english(""), "a.html")
    )
    problem = templates.render(page)
    assert isinstance(problem, Diagnostic)
    assert problem.code == "template-error"
    assert getattr(problem.place, "path", None) == "templates/_parts.html"
    assert getattr(problem.place, "line", None) == 2
