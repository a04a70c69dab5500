"""Which form something has, by what it begins with, what its server says and what its name ends in; and its reader."""

import re
from dataclasses import dataclass

from briefing.importing.decoding import text_of
from briefing.importing.feed import Entry, entries_of, is_feed
from briefing.importing.foreign import has_front_matter, read_markdown
from briefing.importing.found import Found
from briefing.importing.mail import is_mail, read_mail
from briefing.importing.page import read_page
from briefing.importing.pdf import read_pdf
from briefing.importing.plain import read_text
from briefing.importing.refused import Refused

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
_MAIL = (".eml", ".mht", ".mhtml")
_PAGE = (".html", ".htm", ".xhtml")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|article|div|p|h1)\b",
    re.IGNORECASE | re.DOTALL,
)
# What other forms begin with, and what to do with them.
_OTHERS = (
    (
        b"PK\x03\x04",
        "it is a document of an office program or an archive",
        "save it as a PDF or as text, and import that",
    ),
    (b"\xd0\xcf\x11\xe0", "it is a document of an office program", "save it as a PDF or as text, and import that"),
    (b"{\\rtf", "it is rich text (RTF)", "save it as a PDF or as text, and import that"),
    (b"\x1f\x8b", "it is packed (gzip)", "unpack it, and import what is in it"),
    (b"\x89PNG", "it is a picture", "have a program recognize the text (OCR), then import the text"),
    (b"\xff\xd8\xff", "it is a picture", "have a program recognize the text (OCR), then import the text"),
)


@dataclass(frozen=True, slots=True)
class Given:
    """What is to be imported: its bytes; the file that it was in, or the address that it was fetched from with the type
    that the server said."""

    data: bytes
    name: str = ""
    address: str = ""
    content_type: str = ""


def read_form(given: Given) -> Found | list[Entry]:
    """The article in what was given, or the entries of a feed; `Refused` where there is neither."""
    data, name = given.data, given.name.lower()
    head = data.removeprefix(b"\xef\xbb\xbf")
    if not data.strip():
        raise Refused("it is empty", "save it again")
    for begin, message, help in _OTHERS:
        if data.startswith(begin):
            raise Refused(message, help)
    if b"%PDF-" in data[:1024]:
        return read_pdf(data)
    kind = given.content_type.partition(";")[0].strip().lower()
    if is_feed(head) and not _is_page(kind):
        return entries_of(data, given.address)
    if (
        name.endswith(_MAIL)
        or kind == "message/rfc822"
        or (not kind and not name.endswith((*_MARKDOWN, *_PAGE)) and is_mail(head))
    ):
        return read_mail(data)
    if name.endswith(_PAGE) or _is_page(kind) or (not name.endswith((".txt", *_MARKDOWN)) and _HTML.match(head)):
        return read_page(data, given.address, given.content_type)
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("it is no text, page, PDF, mail or feed", "save it as one of these, and import that")
    if name.endswith(_MARKDOWN) or kind == "text/markdown" or _is_markdown(given):
        found = read_markdown(data, given.content_type)
    else:
        found = read_text(data, given.content_type)
    found.url = found.url or given.address
    found.address = found.address or found.url
    return found


def _is_page(kind: str) -> bool:
    return kind in ("text/html", "application/xhtml+xml")


def _is_markdown(given: Given) -> bool:
    text = text_of(given.data, given.content_type, is_markup=False)
    return has_front_matter(text) or (
        not given.name.lower().endswith(".txt") and re.match(r"\s*# \S", text) is not None
    )
