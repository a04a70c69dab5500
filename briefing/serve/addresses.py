"""Addresses that browsers ask for: the path in the site that one means, and the media type of what stands there."""

import mimetypes
from urllib.parse import SplitResult, unquote_to_bytes, urlsplit

HTML, TEXT, JSON = "text/html; charset=utf-8", "text/plain; charset=utf-8", "application/json"
LOOPBACK = frozenset(["127.0.0.1", "localhost", "::1"])
# Types that the system may not know, or knows otherwise.
_TYPES = {
    "avif": "image/avif",
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "gif": "image/gif",
    "html": HTML,
    "ico": "image/x-icon",
    "ics": "text/calendar; charset=utf-8",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": JSON,
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "otf": "font/otf",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": TEXT,
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xml": "application/xml",
}


def site_path(target: str) -> str | None:
    """The path in the site that the target of a request means, `index.html` for a folder; None for what can be none:
    with steps that lead nowhere or upwards, or that are not UTF-8."""
    address = split(target)
    if address is None or not address.path.startswith("/"):
        return None
    *folders, name = address.path[1:].encode("latin-1", "replace").split(b"/")
    try:
        steps = [unquote_to_bytes(step).decode("utf-8") for step in (*folders, name or b"index.html")]
    except UnicodeDecodeError:
        return None
    return None if any(step in ("", ".", "..") or set(step) & set("/\\\0") for step in steps) else "/".join(steps)


def split(target: str) -> SplitResult | None:
    """The parts of an address; None for what is none."""
    try:
        return urlsplit(target)
    except ValueError:
        return None


def host_of(authority: str | None) -> str | None:
    """The name of the machine in `name:port`; None where there is none."""
    address = split(f"//{authority}") if authority else None
    try:
        return address.hostname if address and not address.path and "@" not in address.netloc else None
    except ValueError:
        return None


def is_loopback(host: str) -> bool:
    """Whether a name is one that a machine has for itself."""
    return host.lower() in LOOPBACK


def type_of(path: str) -> str:
    """The media type of a file by the ending of its name."""
    known = _TYPES.get(path.rpartition(".")[2].lower())
    guessed, encoding = mimetypes.guess_type(path)
    return known or (guessed if guessed and not encoding else "application/octet-stream")
