"""What a page is changed into for paper: where its links lead, and what its drawings have."""

from datetime import date
from xml.etree.ElementTree import Element

import html5lib
import pytest

from briefing.paper.brief import Brief
from briefing.paper.sheet import fitted
from tests.markup import text_of

PAGE = """<!doctype html><style>.bar rect { fill: red }</style><main>
<a href="../articles/one.html#c1">Said</a> <a href="../people/ana.html">Ana</a> <a href="#topic_trade">Trade</a>
<a href="https://example.org/x">Elsewhere</a> <a href="mailto:a@example.org">Mail</a>
<a href="../caf%C3%A9.html?a#b">Café</a>
<svg class="bar" aria-label="3 open"><rect></rect></svg><svg><title>An axis</title></svg>
<section id="page_sources"><ol><li><a href="../articles/one.html">One</a>
<span class="paper">https://example.org/one?a=1&amp;b=2</span></li></ol></section></main>"""
SVG = "{http://www.w3.org/2000/svg}"


def page_of(address: str | None) -> Element:
    page: Element = html5lib.parse(PAGE, namespaceHTMLElements=False)
    fitted(page, Brief(PAGE, "summits/talks.html", address, {}, date(2026, 1, 10)))
    return page


@pytest.mark.parametrize(
    ("address", "leading"),
    [
        (None, {"Said": "#source_1", "Ana": None, "Café": None, "One": "#source_1"}),
        (
            "https://example.org/desk/",
            {
                "Said": "https://example.org/desk/articles/one.html#c1",
                "Ana": "https://example.org/desk/people/ana.html",
                "Café": "https://example.org/desk/caf%C3%A9.html#b",
                "One": "https://example.org/desk/articles/one.html",
            },
        ),
    ],
)
def test_links_lead_to_the_site_or_to_the_sources(address: str | None, leading: dict[str, str | None]) -> None:
    page = page_of(address)
    found = {text_of(link): link.get("href") for link in page.iter("a")}
    same = {
        "Trade": "#topic_trade",
        "Elsewhere": "https://example.org/x",
        "Mail": "mailto:a@example.org",
        "https://example.org/one?a=1&b=2": "https://example.org/one?a=1&b=2",
    }
    assert found == same | {words: target for words, target in leading.items() if target}
    assert text_of(page.find(".//li[@id='source_1']") or Element("none")).startswith("One")
    for words in (words for words, target in leading.items() if not target):
        assert words in [text_of(one) for one in page.iter("span")]


def test_drawings_have_the_style_of_the_page_and_a_name() -> None:
    bar, axis = page_of(None).iter(f"{SVG}svg")
    assert [text_of(part) for part in bar] == ["3 open", ".bar rect { fill: red }", ""]
    assert bar[0].tag == f"{SVG}title"
    assert [(part.tag, text_of(part)) for part in axis] == [
        (f"{SVG}style", ".bar rect { fill: red }"),
        (f"{SVG}title", "An axis"),
    ]
