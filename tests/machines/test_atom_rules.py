"""Feeds by the rules of RFC 4287 and of the W3C feed validator that can be looked at without it."""

import re
from datetime import date, datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, fromstring

import pytest
from html5lib import parseFragment

from briefing.machines.atom import ATOM, Feed, FeedEntry, atom

BASE = "https://desk.example/briefings/"
ODD = [
    "plain",
    "a & b < c > d",
    ']]> "q"',
    "\u65e5\u672c\u8a9e \u05e2\u05d1\u05e8\u05d9\u05ea",
    "\U0001f600",
    "two\nlines",
]
# RFC 4151.
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}-\d{2}-\d{2}:[A-Za-z0-9/:@!$&'()*+,;=~._%-]+")
# Elements that must stand once in a feed and in an entry, in any order.
OF_FEED, OF_ENTRY = ("id", "title", "updated", "author"), ("id", "title", "updated", "content")


def made(text: str) -> Element:
    entry = FeedEntry(
        f"a/{text}", text, date(2025, 3, 1), f"{BASE}articles/a.html#x", f"<p>{text.replace('<', '')}</p>"
    )
    feed = Feed(text, text, "en", BASE, f"{BASE}feed.xml", f"{BASE}timeline.html", date(2025, 1, 1), (entry,))
    return fromstring(atom(feed))


def inside(element: Element, name: str) -> list[Element]:
    return element.findall(f"{{{ATOM}}}{name}")


@pytest.mark.parametrize("text", ODD)
def test_what_must_be_there_is_there_once(text: str) -> None:
    feed = made(text)
    assert feed.tag == f"{{{ATOM}}}feed"
    [entry] = inside(feed, "entry")
    for element, names in ((feed, OF_FEED), (entry, OF_ENTRY)):
        for name in names:
            assert len(inside(element, name)) == 1, name
    assert inside(feed, "title")[0].text == text
    assert inside(inside(feed, "author")[0], "name")[0].text == text
    # Every child is of Atom, so that no reader meets what it does not know.
    assert {child.tag.partition("}")[0] for child in feed.iter()} == {f"{{{ATOM}"}


@pytest.mark.parametrize("text", ODD)
def test_links_are_absolute_and_no_two_are_alike(text: str) -> None:
    feed = made(text)
    for element in (feed, *inside(feed, "entry")):
        links = [(link.get("rel"), link.get("type")) for link in inside(element, "link")]
        assert len(set(links)) == len(links)
        assert all(urlsplit(str(link.get("href"))).scheme == "https" for link in inside(element, "link"))
    own = [link.get("href") for link in inside(feed, "link") if link.get("rel") == "self"]
    assert own == [f"{BASE}feed.xml"] == [inside(feed, "id")[0].text]


@pytest.mark.parametrize("text", ODD)
def test_names_and_moments_have_their_form_and_html_is_html(text: str) -> None:
    [entry] = inside(made(text), "entry")
    assert TAG.fullmatch(str(inside(entry, "id")[0].text))
    assert datetime.fromisoformat(str(inside(entry, "updated")[0].text)).tzinfo is not None
    content = inside(entry, "content")[0]
    assert content.get("type") == "html"
    assert len(content) == 0
    assert [child.tag.rpartition("}")[2] for child in parseFragment(content.text or "")] == ["p"]
