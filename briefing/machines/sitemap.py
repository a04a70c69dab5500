"""What search engines read: sitemaps (sitemaps.org, protocol 0.9) and robots.txt (RFC 9309)."""

from collections.abc import Iterable
from datetime import date
from html import escape
from urllib.parse import quote, urlsplit, urlunsplit

from briefing.model.base_url import ascii_host

# A sitemap names no more addresses than that.
MOST = 50_000
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_RULES = "User-agent: *\nAllow: /"


def sitemap(pages: Iterable[tuple[str, date | None]]) -> bytes:
    """A sitemap of addresses, with the day of the last change where one is known."""
    lines = (f"<url><loc>{escape(url)}</loc>{_changed(on)}</url>" for url, on in pages)
    return _document("urlset", lines)


def sitemap_index(sitemaps: Iterable[str]) -> bytes:
    """The index of several sitemaps, by their addresses."""
    return _document("sitemapindex", (f"<sitemap><loc>{escape(url)}</loc></sitemap>" for url in sitemaps))


def _changed(on: date | None) -> str:
    return f"<lastmod>{on}</lastmod>" if on else ""


def _document(root: str, lines: Iterable[str]) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return "\n".join([head, f'<{root} xmlns="{_SPACE}">', *lines, f"</{root}>", ""]).encode()


def robots(rules: str | None, sitemap: str | None) -> bytes:
    """The rules, without any that everybody may read everything, and where the sitemap is."""
    parts = [rules or _RULES, *([f"Sitemap: {sitemap}"] if sitemap else [])]
    return ("\n\n".join(parts) + "\n").encode()


def plain_url(base: str, path: str) -> str:
    """The address of a path below a site's, as programs have it: in ASCII, letters of other scripts encoded."""
    parts = urlsplit(f"{base.rstrip('/')}/{quote(path)}")
    name, colon, port = parts.netloc.rpartition(":")
    host = name if colon and port.isdigit() else parts.netloc
    place = f"{host if host.isascii() else ascii_host(host) or host}{parts.netloc.removeprefix(host)}"
    return urlunsplit((parts.scheme, place, quote(parts.path, safe="/%:@!$&'()*+,;=~-._"), "", ""))
