"""Web addresses: whether two lead to the same page, and what of one does not belong to the page."""

import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

# What is added to an address to see where its readers come from.
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_hs\w+|mkt_tok|cmpid|icid|ncid|ref_src|smid|smtyp|s_cid"
    r"|at_(?:campaign|medium|custom\d))",
    re.IGNORECASE,
)
_MIRROR = re.compile(r"(?:www\d?|m|mobile|amp)\.")
_DEFAULT = {"http": 80, "https": 443}


def is_web(address: str) -> bool:
    """Whether it is an address of the web."""
    return re.match(r"https?://[^\s/?#]", address, re.IGNORECASE) is not None


def split(address: str) -> SplitResult | None:
    """The parts of an address of the web; None for any other, and for what is none."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme.lower() in _DEFAULT and parts.hostname else None


def host_of(address: str) -> str:
    """The host of an address without what names one of its mirrors: `example.org` of `www.example.org`."""
    parts = split(address)
    return _MIRROR.sub("", (parts.hostname or "").rstrip("."), count=1) if parts else ""


def without_tracking(address: str) -> str:
    """The address as it is without marks of where its readers come from, and without a fragment."""
    parts = split(address)
    if parts is None:
        return address
    kept = "&".join(one for one in parts.query.split("&") if one and not _TRACKING.fullmatch(one.partition("=")[0]))
    return urlunsplit((parts.scheme.lower(), parts.netloc, parts.path, kept, ""))


def canonical(address: str) -> str:
    """What is the same for addresses that lead to one page: for comparing only, it need not be an address."""
    parts = split(without_tracking(address.strip()))
    if parts is None:
        return address.strip()
    port = "" if parts.port in (None, _DEFAULT[parts.scheme]) else f":{parts.port}"
    path = quote(unquote(parts.path), safe="/")
    path = re.sub(r"/(?:index\.(?:html?|php)|amp/?)?$", "", path)
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return f"{host_of(address)}{port}{path.rstrip('/')}{'?' if query else ''}{query}"
