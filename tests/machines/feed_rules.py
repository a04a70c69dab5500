"""Atom feeds by the schema beside this file, and by the rules of the W3C's feed validator that no schema can say.

A fault begins with the name that the validator has for it (validator.w3.org/feed/docs). Its rules for RSS, for
extensions and for what a server sends are left out, and of the others one: `DuplicateUpdated`, that no two entries are
of the same moment. Records are dated by day, and a moment that nobody knows would be made up.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
from lxml import etree

ATOM, XML = "http://www.w3.org/2005/Atom", "http://www.w3.org/XML/1998/namespace"
# RFC 4151, 2.1: whose name it is, since which day it was theirs, and a name that they gave.
TAG = re.compile(
    r"tag:([A-Za-z0-9._-]+@)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*"
    r",\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?:([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})+"
)
# RFC 3986, 2: the signs that an address may have.
ADDRESS = re.compile(r"([A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")
# Registered for links by RFC 4287, 4.2.7.2, and RFC 5005.
RELATIONS = frozenset(["alternate", "related", "self", "enclosure", "via", "first", "last", "previous", "next"])
TEXTS = frozenset(["title", "subtitle", "summary", "rights", "content"])
# What an entry is written with: text, and links. Readers take out the rest, or should.
ELEMENTS = frozenset(["a", "b", "br", "em", "i", "li", "ol", "p", "q", "small", "span", "strong", "ul"])
ATTRIBUTES = frozenset(["href", "lang", "dir"])
MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&(#\d+|#x[0-9A-Fa-f]+|[A-Za-z]\w*);")
_PROLOGUE = re.compile(rb"<\?xml version=['\"]1\.0['\"] encoding=['\"]utf-8['\"]\?>\s*<[^!]", re.IGNORECASE)


def faults_of(data: bytes, address: str, now: datetime) -> list[str]:
    """What is wrong with a feed that stands at an address, at a time; nothing is where it is a valid one."""
    if not _PROLOGUE.match(data):
        return ["MissingEncoding: it does not begin as XML in UTF-8, without a document type"]
    try:
        data.decode("utf-8", errors="strict")
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (UnicodeDecodeError, etree.XMLSyntaxError) as error:
        return [f"SAXError: {error}"]
    schema = _schema()
    if not schema.validate(root):
        return [f"schema: {error.message}" for error in schema.error_log]
    rules = (_names, _texts, _people, _ids, _moments, _links, _own_address, _contents)
    found = [fault for rule in rules for fault in rule(root)]
    found += _ahead(root, now)
    selves = _hrefs(root, "self")
    if selves and selves != [address]:
        found.append(f"SelfDoesntMatchLocation: {selves}")
    return found


@cache
def _schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))


def _inside(element: etree._Element, *names: str) -> list[etree._Element]:
    return [one for name in names for one in element.findall(f"{{{ATOM}}}{name}")]


def _text(element: etree._Element, name: str) -> str:
    return str(element.findtext(f"{{{ATOM}}}{name}"))


def _with_entries(root: etree._Element) -> list[etree._Element]:
    return [root, *_inside(root, "entry")]


def _names(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        if etree.QName(element).namespace != ATOM:
            yield f"UnknownNamespace: {element.tag}"
        elif element.prefix:
            yield f"AvoidNamespacePrefix: {element.prefix}"
    if not root.get(f"{{{XML}}}lang"):
        yield "MissingDCLanguage: the feed has no language"


def _texts(root: etree._Element) -> Iterator[str]:
    """There are words, without signs that nobody meant, and markup only where it is said to be that."""
    for element in root.iter():
        words = (element.text or "") if len(element) == 0 else ""
        if re.search("[\x80-\x9f\ufffd]", words):
            yield f"BadCharacters: in {element.tag}"
        name, kind = etree.QName(element).localname, element.get("type", "text")
        if (
            name in ("title", "subtitle", "summary", "rights", "content")
            and len(element) == 0
            and not element.get("src")
        ):
            if not words.strip():
                yield f"NotBlank: {name}"
            if kind == "text" and MARKUP.search(words):
                yield f"ContainsUndeclaredHTML: {words}"


def _people(root: etree._Element) -> Iterator[str]:
    if not _inside(root, "author") and not all(_inside(entry, "author") for entry in _inside(root, "entry")):
        yield "MissingElement: nobody is the author of an entry"
    for one in root.iter(f"{{{ATOM}}}name"):
        if "@" in str(one.text):
            yield f"ContainsEmail: {one.text}"


def _ids(root: etree._Element) -> Iterator[str]:
    given = [_text(element, "id") for element in _with_entries(root)]
    yield from (f"DuplicateIds: {id}" for id, count in Counter(given).items() if count > 1)
    for id in given:
        parts = urlsplit(id)
        if parts.scheme == "tag" and not TAG.fullmatch(id):
            yield f"InvalidTAG: {id}"
        elif parts.scheme not in ("tag", "http", "https"):
            yield f"SchemeNotIANARegistered: {id}"
        elif parts.netloc != parts.netloc.lower() or "/../" in id or (parts.netloc and not parts.path):
            yield f"NonCanonicalURI: {id}"


def _moments(root: etree._Element) -> Iterator[str]:
    """The newest first, and the feed as new as they are."""
    days = [datetime.fromisoformat(_text(entry, "updated")) for entry in _inside(root, "entry")]
    if days != sorted(days, reverse=True):
        yield "order: an older entry is before a newer one"
    if days and datetime.fromisoformat(_text(root, "updated")) != max(days):
        yield "order: the feed is not as new as its newest entry"


def _ahead(root: etree._Element, now: datetime) -> Iterator[str]:
    for element in root.iter(f"{{{ATOM}}}updated", f"{{{ATOM}}}published"):
        when = datetime.fromisoformat(str(element.text))
        if when.year < 1970 or when > now + timedelta(days=1):
            yield f"ImplausibleDate: {element.text}"


def _links(root: etree._Element) -> Iterator[str]:
    for element in _with_entries(root):
        links = _inside(element, "link")
        kinds = [(one.get("rel", "alternate"), one.get("type"), one.get("hreflang")) for one in links]
        yield from (f"DuplicateAtomLink: {kind}" for kind, count in Counter(kinds).items() if count > 1)
        for link in links:
            href, rel = str(link.get("href")), link.get("rel", "alternate")
            if not _is_web_address(href):
                yield f"InvalidFullLink: {href}"
            if rel not in RELATIONS:
                yield f"UnregisteredAtomLinkRel: {rel}"
            if not link.get("type"):
                yield f"MissingTypeAttr: the link to {href}"
            if len(link) or (link.text or "").strip():
                yield f"AtomLinkNotEmpty: {href}"


def _own_address(root: etree._Element) -> Iterator[str]:
    if not _hrefs(root, "self"):
        yield "MissingSelf: the feed does not say where it stands"
    for link in _inside(root, "link"):
        if link.get("rel") == "self" and link.get("type") != "application/atom+xml":
            yield f"SelfNotAtom: {link.get('type')}"


def _hrefs(root: etree._Element, rel: str) -> list[str]:
    return [str(link.get("href")) for link in _inside(root, "link") if link.get("rel", "alternate") == rel]


def _contents(root: etree._Element) -> Iterator[str]:
    for entry in _inside(root, "entry"):
        contents = _inside(entry, "content")
        if not contents and not _hrefs(entry, "alternate"):
            yield "MissingContentOrAlternate: an entry leads nowhere and says nothing"
        if not _inside(entry, "summary") and not any(one.get("type") in ("html", "text", None) for one in contents):
            yield "MissingTextualContent: an entry cannot be read"
        for one in _inside(entry, "content", "summary", "title"):
            if one.get("type") == "html":
                yield from _html(one.text or "")


def _html(text: str) -> Iterator[str]:
    """HTML as a browser reads it: whole, and nothing in it that runs, loads, or leads to a place without its site."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    part = parser.parseFragment(text)
    yield from (f"NotHtml: {code}" for _, code, _ in parser.errors)
    for element in part.iter():
        if element is part:
            continue
        if element.tag not in ELEMENTS:
            yield f"SecurityRisk: {element.tag}"
            continue
        for name, value in element.attrib.items():
            if name == "style":
                yield f"DangerousStyleAttr: {value}"
            elif name not in ATTRIBUTES:
                yield f"SecurityRiskAttr: {name}"
            elif name == "href" and not _is_web_address(value):
                yield f"ContainsRelRef: {value}"


def _is_web_address(text: str) -> bool:
    parts = urlsplit(text)
    return bool(ADDRESS.fullmatch(text)) and parts.scheme in ("http", "https") and bool(parts.netloc)
