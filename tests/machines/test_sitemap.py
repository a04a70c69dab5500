"""What search engines read: sitemaps as an XML parser reads them, and robots.txt as Python's own reader does."""

from datetime import date
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.machines.sitemap import plain_url, robots, sitemap, sitemap_index

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
# A site's address and a path in it, and what programs are told.
URLS = [
    ("https://example.org", "articles/x.html", "https://example.org/articles/x.html"),
    ("https://example.org/", "", "https://example.org/"),
    ("https://example.org/a/b/", "", "https://example.org/a/b/"),
    ("https://example.org/two%20words/", "x.html", "https://example.org/two%20words/x.html"),
    ("https://例え.jp:8080/会談/", "articles/会談.html",
     "https://xn--r8jz45g.jp:8080/%E4%BC%9A%E8%AB%87/articles/%E4%BC%9A%E8%AB%87.html"),
    ("http://[::1]:8000/a/", "x.html", "http://[::1]:8000/a/x.html"),
    ("https://example.org/~desk/a&b/it's/(x);y=1,2/", "x.html", "https://example.org/~desk/a&b/it's/(x);y=1,2/x.html"),
]  # fmt: skip


@pytest.mark.parametrize(("base", "path", "url"), URLS)
def test_addresses_are_such_as_programs_read(base: str, path: str, url: str) -> None:
    assert plain_url(base, path) == url


@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.none() | st.dates())))
def test_a_sitemap_is_xml_that_gives_the_addresses_back(pages: list[tuple[str, date | None]]) -> None:
    root = ElementTree.fromstring(sitemap(pages))
    found = [(one.findtext("s:loc", "", SPACE), one.findtext("s:lastmod", None, SPACE)) for one in root]
    assert found == [(url, str(on) if on else None) for url, on in pages]


def test_an_index_names_sitemaps() -> None:
    root = ElementTree.fromstring(sitemap_index(["https://example.org/1.xml", "https://example.org/2.xml?a&b"]))
    assert root.tag.endswith("}sitemapindex")
    assert [one.findtext("s:loc", "", SPACE) for one in root] == [
        "https://example.org/1.xml",
        "https://example.org/2.xml?a&b",
    ]


def read(data: bytes) -> RobotFileParser:
    parser = RobotFileParser()
    parser.parse(data.decode().splitlines())
    return parser


def test_everybody_may_read_everything_unless_other_rules_are_given() -> None:
    parser = read(robots(None, "https://example.org/sitemap.xml"))
    assert parser.can_fetch("anybody", "/articles/x.html")
    assert parser.site_maps() == ["https://example.org/sitemap.xml"]
    parser = read(robots("User-agent: *\nDisallow: /data/", "https://example.org/sitemap.xml"))
    assert not parser.can_fetch("anybody", "/data/claims.csv")
    assert parser.can_fetch("anybody", "/articles/x.html")
    assert parser.site_maps() == ["https://example.org/sitemap.xml"]
    assert read(robots(None, None)).site_maps() is None
