"""A mail (`.eml`), or a page saved as one file in the form of a mail (`.mht`): its words, its sender, its day."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from briefing.importing.addresses import is_web
from briefing.importing.blocks import cleaned, paragraphs
from briefing.importing.dates import dated
from briefing.importing.decoding import REPLACED
from briefing.importing.found import Found
from briefing.importing.page import fragment_of, page_of
from briefing.importing.plain import blocks_of
from briefing.importing.refused import Refused
from briefing.read.word_count import words_in

_HEADERS = re.compile(
    rb"(?:from|to|date|subject|received|return-path|delivered-to|message-id|mime-version|x-[\w-]+):", re.IGNORECASE
)
_SIGNATURE = re.compile(r"^-- *$", re.MULTILINE)
_FORWARDED = re.compile(
    r"^(?:-{2,}\s*(?:forwarded|original|weitergeleitet|ursprüngliche)|begin forwarded message)",
    re.IGNORECASE | re.MULTILINE,
)
_FEWEST_WORDS = 5


def is_mail(data: bytes) -> bool:
    """Whether data begins with headers of a mail."""
    head = re.split(rb"\r?\n\r?\n", data[:20_000], maxsplit=1)[0]
    lines = [line for line in head.splitlines() if not line.startswith((b" ", b"\t"))]
    return sum(bool(_HEADERS.match(line)) for line in lines) >= 2 and all(
        re.match(rb"[!-9;-~]+:|From ", line) for line in lines
    )


def read_mail(data: bytes) -> Found:
    """The article that a mail is: its subject, its sender, its day with the offset, and its text."""
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    if address := _header(message, "Snapshot-Content-Location"):
        return page_of(_text(_part(message, "html")), address)
    found = Found()
    found.title = _header(message, "Subject")
    if date := dated(_header(message, "Date")):
        found.date([("the header `Date`", date)])
    name, address = parseaddr(_header(message, "From"))
    found.authors = (name,) if name else ()
    found.address = f"https://{address.rpartition('@')[2]}/" if "@" in address else ""
    archived = _header(message, "Archived-At").strip("<> ")
    found.url = archived if is_web(archived) else ""
    _read_text(found, message)
    files = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    if files:
        found.notes.append(f"attachments that were not taken: {', '.join(f'`{cleaned(file)}`' for file in files[:10])}")
    text = "\n".join(paragraphs(found.blocks))
    if words_in(text) < _FEWEST_WORDS:
        help = "save the attachment, and import that" if files else "copy the text, and pipe it to `briefing import -`"
        raise Refused("it has no text of its own", help)
    if _FORWARDED.search(text) or re.match(r"(?:fwd?|wg|tr):", found.title, re.IGNORECASE):
        found.notes.append("it forwards another mail: its day and its sender are those of the forwarding")
    if REPLACED in text:
        found.notes.append(f"some of its characters cannot be read; `{REPLACED}` stands for each")
    return found


def _read_text(found: Found, message: EmailMessage) -> None:
    """The text that is plain, and of a mail that is only a page in effect the page."""
    text, page = message.get_body(("plain",)), message.get_body(("html",))
    words = _text(text) if isinstance(text, EmailMessage) else ""
    if isinstance(page, EmailMessage) and words_in(words) * 4 < words_in(re.sub(r"<[^<>]*>", " ", _text(page))):
        found.blocks = fragment_of(_text(page))
        return
    if text is not None and str(text.get_param("format", "")).lower() == "flowed":
        words = _unflowed(words, str(text.get_param("delsp", "")).lower() == "yes")
    words, *signature = _SIGNATURE.split(words, maxsplit=1)
    if signature and signature[0].strip():
        found.notes.append("its signature was left out")
    found.blocks = blocks_of(cleaned(words).expandtabs(4).split("\n"))


def _unflowed(text: str, joins: bool) -> str:
    """Lines that end with a space go on in the next (RFC 3676); with `joins` the space is not of the text."""
    lines: list[str] = []
    goes_on = False
    for stuffed in text.splitlines():
        line = stuffed if stuffed.startswith(">") else stuffed.removeprefix(" ")
        if goes_on and lines:
            lines[-1] += line
        else:
            lines.append(line)
        goes_on = line.endswith(" ") and line != "-- "
        if goes_on and joins:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def _header(message: EmailMessage, name: str) -> str:
    """A header as text; one that is broken is as if it were not there."""
    try:
        value = message.get(name)
        return " ".join(cleaned(str(value)).split()) if value is not None else ""
    except (ValueError, TypeError, IndexError, AttributeError):
        return ""


def _part(message: EmailMessage, kind: str) -> EmailMessage:
    part = next((part for part in message.walk() if part.get_content_subtype() == kind), None)
    if not isinstance(part, EmailMessage):
        raise Refused("it has no page in it", "save the page as HTML, and import that")
    return part


def _text(part: EmailMessage) -> str:
    try:
        return str(part.get_content(errors="replace"))
    except (LookupError, ValueError):
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
