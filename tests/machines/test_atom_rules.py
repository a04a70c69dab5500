"""Feeds by the rules of RFC 4287 and of the W3C's feed validator; and that a feed which breaks any of them is found."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import feedparser
import pytest
from html5lib import parseFragment

from briefing.machines.atom import Feed, FeedEntry, atom
from tests.machines import feed_rules
from tests.machines.feed_rules import faults_of
from tests.sites.desks import Paper, built

BASE = "https://desk.example/briefings/"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
ODD = [
    "plain",
    "a & b < c > d",
    ']]> "q"',
    "\u65e5\u672c\u8a9e \u05e2\u05d1\u05e8\u05d9\u05ea \u202b\u202c",
    "\U0001f600",
    "two\nlines",
    "=SUM(A1) +1 -1 @x | \\ ^ ` {}",
]


def made(text: str, base: str = BASE) -> bytes:
    entry = FeedEntry(
        f"a/{text}", text, date(2025, 3, 1), f"{base}articles/a.html#x", f"<p>{text.replace('<', '')}</p>", "ja"
    )
    feed = Feed(text, text.replace("@", ""), "en", base, f"{base}feed.xml", base, date(2025, 1, 1), (entry,))
    return atom(feed)


@pytest.mark.parametrize("text", ODD)
def test_any_words_make_a_valid_feed_and_come_back(text: str) -> None:
    data = made(text.replace("&", "+") if ">" in text else text)
    assert faults_of(data, f"{BASE}feed.xml", NOW) == []
    read = feedparser.parse(made(text))
    assert not read.bozo
    [entry] = read.entries
    assert (entry.title.split(), read.feed.title.split()) == (text.split(), text.split())
    [content] = entry.content
    assert (content.type, content.language) == ("text/html", "ja")
    assert "".join(parseFragment(content.value).itertext()).split() == text.replace("<", "").split()


@pytest.mark.parametrize(
    "base", ["https://desk.example/", "http://localhost:8000/a/b/", "https://xn--mnchen-3ya.example/caf%C3%A9/"]
)
def test_feeds_are_valid_wherever_a_site_stands(base: str) -> None:
    assert faults_of(made("plain", base), f"{base}feed.xml", NOW) == []


def test_the_feed_of_a_site_without_records_is_valid(tmp_path: Path) -> None:
    site = built(tmp_path, {}, {"config.yaml": f"title: Desk\nbase_url: {BASE}\n"})
    data = (site / "feed.xml").read_bytes()
    assert feedparser.parse(data).entries == []
    assert faults_of(data, f"{BASE}feed.xml", NOW) == []


HARMFUL = "]]> </content> <script>alert(1)</script> \"q\" & 'x' =1+1 \u200f\u05e9 <a href=x onclick=y>"


def test_the_feeds_of_a_site_with_harmful_words_are_valid(tmp_path: Path) -> None:
    step = {"status": "fulfilled", "on": "2025-03-01", "why": HARMFUL, "evidence": ["b#z"]}
    claim = {"modality": "expectation", "text": HARMFUL, "label": "About canals", "recorded": "2025-02-08"}
    figures = {"measure": "money", "value": "12", "as_of": "2025-03-01"}
    papers = {
        "a": Paper("2025-02-05", {"x": {**claim, "history": [step]}, "m": {"figure": figures}}),
        "b": Paper("2025-02-27", {"z": {"text": HARMFUL}}, "meridian"),
        "c": Paper(
            "2025-03-27",
            {"n": {"figure": {**figures, "value": "13"}, "relations": [{"type": "updates", "to": "a#m"}]}},
            "wire",
        ),
    }
    config = f"title: Desk & <b>\npublisher: {HARMFUL[:40]!r}\nbase_url: {BASE}\n"
    site = built(tmp_path, papers, {"config.yaml": config})
    found = {}
    for path in [site / "feed.xml", *site.glob("feeds/*.xml")]:
        address = BASE + path.relative_to(site).as_posix()
        found[path.name] = faults_of(path.read_bytes(), address, NOW)
    # The title of the site is these words and no markup, which is what the validator wonders about in each.
    assert len(found) == 8
    assert found.pop("feed.xml") == ["ContainsUndeclaredHTML: Desk & <b>"]
    for name, [fault] in found.items():
        assert re.fullmatch(r"ContainsUndeclaredHTML: [A-Z]\w+ \u00b7 Desk & <b>", fault), name


GOOD = b"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>https://desk.example/feed.xml</id><title>Desk</title><updated>2025-03-02T00:00:00Z</updated>
<author><name>The desk</name><uri>https://desk.example/</uri><email>desk@desk.example</email></author>
<link rel="self" type="application/atom+xml" href="https://desk.example/feed.xml"/>
<link rel="alternate" type="text/html" href="https://desk.example/"/>
<category term="trade"/><generator uri="https://desk.example/">made</generator><icon>https://desk.example/i.svg</icon>
<subtitle>News</subtitle>
<entry><id>tag:desk.example,2025-03-02:a/x</id><title>One</title><updated>2025-03-02T00:00:00Z</updated>
<link rel="alternate" type="text/html" href="https://desk.example/a.html#x" hreflang="en" length="12"/>
<published>2025-03-01T09:30:00.5+09:00</published><rights>All</rights><summary>In short</summary>
<source><id>https://desk.example/old.xml</id></source>
<content type="html">&lt;p&gt;&lt;a href="https://desk.example/b.html"&gt;Words&lt;/a&gt; &lt;b&gt;of it&lt;/b&gt;
&lt;/p&gt;</content></entry>
<entry><id>tag:desk.example,2025-03-01:a/y</id><title type="text">Two</title><updated>2025-03-01T00:00:00Z</updated>
<link rel="alternate" type="text/html" href="https://desk.example/a.html#y"/><content>Plain words</content></entry>
</feed>
"""
AUTHOR = b"<author><name>The desk</name><uri>https://desk.example/</uri><email>desk@desk.example</email></author>"
SELF = b'<link rel="self" type="application/atom+xml" href="https://desk.example/feed.xml"/>'
PUBLISHED = b"<published>2025-03-01T09:30:00.5+09:00</published>"
TEXT_LINK = b'<link rel="alternate" type="text/html" href="https://desk.example/a.html#y"/>'
# What is wrong with the feed above when some of its words are others: by the section of the RFC...
PLANTED_IN_SCHEMA = [
    ("4.1.1", b"<title>Desk</title>", b""),
    ("4.1.1", b"<title>Desk</title>", b"<title>Desk</title><title>Desk</title>"),
    ("4.1.1", b"<subtitle>", b"words <subtitle>"),
    ("4.1.2", b"<id>tag:desk.example,2025-03-02:a/x</id>", b""),
    ("4.1.2", b"<rights>All</rights>", b"<rights>All</rights><story>It</story>"),
    ("4.1.2", b"<title>One</title>", b"<title>One</title><subtitle>Two</subtitle>"),
    ("2", b'xml:lang="en"', b'xml:lang="en_US"'),
    ("2", b"<subtitle>", b'<subtitle lang="en">'),
    ("3.1", b"<summary>", b'<summary type="text/plain">'),
    ("3.1", b"<summary>In short", b"<summary><b>In</b> short"),
    ("3.1", b"<summary>", b'<summary type="xhtml">'),
    ("3.2", b"<name>The desk</name>", b""),
    ("3.2", b"<name>The desk</name>", b"<name> </name>"),
    ("3.2", b"<email>desk@desk.example", b"<email>desk.example"),
    ("3.3", b"<published>2025-03-01T", b"<published>2025-03-01t"),
    ("3.3", PUBLISHED, b"<published>2025-03-01</published>"),
    ("3.3", PUBLISHED, b"<published>2025-02-30T00:00:00Z</published>"),
    ("4.1.3", b'<content type="html">', b'<content type="html" src="https://desk.example/x">'),
    ("4.1.3", b'<content type="html">', b'<content type="markdown">'),
    ("4.2.2", b'<category term="trade"/>', b'<category label="trade"/>'),
    ("4.2.4", b'<generator uri="https://desk.example/">', b'<generator url="https://desk.example/">'),
    ("4.2.5", b"<icon>https://desk.example/i.svg", b"<icon>https://desk.example/an icon.svg"),
    ("4.2.6", b"<id>tag:desk.example,2025-03-02:a/x", b"<id>a/x"),
    ("4.2.7", b'href="https://desk.example/a.html#x"', b'address="https://desk.example/a.html#x"'),
    ("4.2.7", b'length="12"', b'length="twelve"'),
    ("4.2.7", b'rel="self"', b'rel="self alternate"'),
    ("4.2.9", b"<published>", b'<published type="text">'),
    ("4.2.10", b"<rights>", b'<rights href="https://desk.example/">'),
    ("4.2.11", b"<source>", b"<source><entry/>"),
    ("4.2.12", b"<subtitle>", b"<subtitle>More</subtitle><subtitle>"),
    ("4.2.13", b"<summary>", b"<summary>More</summary><summary>"),
    ("4.2.14", b"<title>One</title>", b"<title>One<br/></title>"),
    ("4.2.15", b"<updated>2025-03-02T00:00:00Z</updated>\n<author>", b"<updated>yesterday</updated>\n<author>"),
    ("6.4", b"<subtitle>", b'<more xmlns=""><feed xmlns="http://www.w3.org/2005/Atom"/></more><entry/><subtitle>'),
    ("2.2", b'uri="https://desk.example/"', b'uri="https://desk.example/{id}"'),
]
# ... and by the name that the validator has for it.
PLANTED = [
    ("MissingEncoding", b' encoding="utf-8"', b""),
    ("MissingEncoding", b'encoding="utf-8"', b'encoding="iso-8859-1"'),
    ("MissingEncoding", b"?>\n", b"?>\n<!DOCTYPE feed>\n"),
    ("SAXError", b"Words", b"W\xf6rter"),
    ("SAXError", b"</subtitle>", b""),
    ("UnknownNamespace", b"<subtitle>", b'<x:more xmlns:x="https://desk.example/x"/><subtitle>'),
    ("AvoidNamespacePrefix", b"<subtitle>News</", b'<a:subtitle xmlns:a="http://www.w3.org/2005/Atom">News</a:'),
    ("MissingDCLanguage", b' xml:lang="en"', b""),
    ("BadCharacters", b"Plain", "Pl\x92n".encode()),
    ("NotBlank", b"<title>One</title>", b"<title> </title>"),
    ("ContainsUndeclaredHTML", b"<title>One</title>", b"<title>&lt;b>One&lt;/b></title>"),
    ("ContainsUndeclaredHTML", b"<title>One</title>", b"<title>One &amp;amp; two</title>"),
    ("MissingElement", AUTHOR, b""),
    ("ContainsEmail", b"The desk</name>", b"desk@desk.example</name>"),
    ("DuplicateIds", b"2025-03-01:a/y", b"2025-03-02:a/x"),
    ("InvalidTAG", b"2025-03-01:a/y", b"2025-3-1:a/y"),
    ("InvalidTAG", b"tag:desk.example,2025-03-01", b"tag:Desk.example,2025-03-01"),
    ("InvalidTAG", b"2025-03-01:a/y", b"2025-03-01:a#y"),
    ("SchemeNotIANARegistered", b"tag:desk.example,2025-03-01", b"desk:desk.example"),
    ("NonCanonicalURI", b"<id>https://desk.example/feed", b"<id>https://Desk.example/feed"),
    ("order", b"<updated>2025-03-01T00:00:00Z", b"<updated>2025-03-02T00:00:00.1Z"),
    ("order", b"<title>Desk</title><updated>2025-03-02", b"<title>Desk</title><updated>2025-03-03"),
    ("ImplausibleDate", PUBLISHED, b"<published>2027-03-01T00:00:00Z</published>"),
    ("ImplausibleDate", PUBLISHED, b"<published>0001-01-01T00:00:00Z</published>"),
    ("DuplicateAtomLink", TEXT_LINK, TEXT_LINK * 2),
    ("InvalidFullLink", b'href="https://desk.example/a.html#y"', b'href="a.html#y"'),
    ("InvalidFullLink", b"a.html#y", "é.html".encode()),
    ("UnregisteredAtomLinkRel", b'rel="alternate" type', b'rel="home" type'),
    ("MissingTypeAttr", b' type="text/html" href="https://desk.example/"', b' href="https://desk.example/"'),
    ("AtomLinkNotEmpty", TEXT_LINK, TEXT_LINK.replace(b"/>", b">here</link>")),
    ("MissingSelf", SELF, b""),
    ("SelfNotAtom", b"application/atom+xml", b"application/xml"),
    ("SelfDoesntMatchLocation", SELF, SELF.replace(b"feed.xml", b"other.xml")),
    ("MissingContentOrAlternate", TEXT_LINK + b"<content>Plain words</content>", b"<summary>It</summary>"),
    (
        "MissingTextualContent",
        b"<content>Plain words</content>",
        b'<content type="image/png" src="https://desk.example/y"/>',
    ),
    ("NotHtml", b"&lt;/a&gt;", b""),
    ("SecurityRisk", b"Words", b"&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("SecurityRiskAttr", b"&lt;b&gt;", b"&lt;b onclick='x'&gt;"),
    ("DangerousStyleAttr", b"&lt;b&gt;", b"&lt;b style='color:red'&gt;"),
    ("ContainsRelRef", b'href="https://desk.example/b.html"', b'href="b.html"'),
    ("ContainsRelRef", b'href="https://desk.example/b.html"', b'href="javascript:alert(1)"'),
]


def test_the_feed_in_which_faults_are_planted_has_none() -> None:
    assert faults_of(GOOD, "https://desk.example/feed.xml", NOW) == []


def planted(old: bytes, new: bytes) -> list[str]:
    assert GOOD.count(old) >= 1
    return faults_of(GOOD.replace(old, new, 1), "https://desk.example/feed.xml", NOW)


@pytest.mark.parametrize(("section", "old", "new"), PLANTED_IN_SCHEMA)
def test_what_breaks_the_schema_is_found(section: str, old: bytes, new: bytes) -> None:
    assert {fault.partition(":")[0] for fault in planted(old, new)} == {"schema"}, section


@pytest.mark.parametrize(("name", "old", "new"), PLANTED)
def test_what_breaks_a_rule_is_found_and_nothing_else_with_it(name: str, old: bytes, new: bytes) -> None:
    assert {fault.partition(":")[0] for fault in planted(old, new)} == {name}


def test_every_rule_has_a_feed_that_breaks_it() -> None:
    schema = Path(feed_rules.__file__).with_name("atom.rng").read_text(encoding="utf-8")
    sections = [one for line in re.findall(r"<!-- RFC [^:]*", schema) for one in re.findall(r"\b\d(?:\.\d+)*\b", line)]
    assert {section for section, _, _ in PLANTED_IN_SCHEMA} == set(sections) - {"4.2.8"}
    rules = re.findall(r'f?"([A-Za-z]+): ', Path(feed_rules.__file__).read_text(encoding="utf-8"))
    assert {name for name, _, _ in PLANTED} == set(rules) - {"schema"}
