"""A brief to a PDF: the one wrapper around WeasyPrint, which is given nothing but the files of the site."""

import mimetypes
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import unquote, urlsplit

from briefing.paper.brief import Brief
from briefing.paper.library import weasyprint
from briefing.paper.sheet import fitted

# The kind of PDF that can be read by ear: ISO 14289-1.
VARIANT = "pdf/ua-1"
# What a PDF begins with, and the keyword of one of an internal edition.
MARK, INTERNAL = b"%PDF-", b">internal edition<"
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
# Where the site stands while it is printed: a host that nobody can have (RFC 2606), from which nothing is got.
NOWHERE = "https://site.invalid/"


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, how many pages it has, and the characters in it for which no font was found."""

    data: bytes
    pages: int
    missing: str


def printed(brief: Brief) -> Printed:
    """The brief as a PDF: the same bytes for the same brief, on the same fonts and libraries.

    Raises EnvironmentProblem where WeasyPrint, what it needs or any font is not installed.
    """
    library = weasyprint()
    page = library.HTML(string=brief.html, base_url=NOWHERE + brief.path, url_fetcher=_fetcher(brief))
    fitted(page.etree_element, brief)
    with _clock_at(brief.edition):
        document = page.render(pdf_variant=VARIANT)
        data = document.write_pdf(pdf_variant=VARIANT)
    unknown = {chr(code) for font in document.fonts.values() for code in font.missing}
    return Printed(data, len(document.pages), "".join(sorted(filter(str.isprintable, unknown))))


def is_internal(data: bytes) -> bool:
    """Whether a PDF says in its metadata that it is of an internal edition."""
    return any(INTERNAL in _inflated(stream[1]) for stream in _STREAM.finditer(data))


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error:
        return data


def _fetcher(brief: Brief) -> Any:
    """What gets the files that a page names: from the site, or from the address itself where that has the bytes."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OfTheSite(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> Any:
            if not url.startswith(NOWHERE):
                return super().fetch(url, headers)
            path = unquote(urlsplit(url).path.lstrip("/"))
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            return URLFetcherResponse(url, brief.files[path], {"Content-Type": kind})

    return OfTheSite(allowed_protocols={"data"})


@contextmanager
def _clock_at(day: date | None) -> Iterator[None]:
    """Have fonts that are made anew say that they were made on a day, and not now."""
    variable, before = "SOURCE_DATE_EPOCH", os.environ.get("SOURCE_DATE_EPOCH")
    days = (day - date(1970, 1, 1)).days if day else 0
    os.environ[variable] = str(max(days, 0) * 24 * 60 * 60)
    try:
        yield
    finally:
        if before is None:
            del os.environ[variable]
        else:
            os.environ[variable] = before
