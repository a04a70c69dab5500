"""The site's public address: what it may be. Pages are linked below it, so it ends where their paths begin."""

import re
from ipaddress import AddressValueError, IPv6Address
from typing import NamedTuple
from urllib.parse import quote

_PARTS = re.compile(r"(https?)://([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?", re.DOTALL)
# Letters of any script with their marks, because browsers take names as people write them.
_LETTER = "(?:[A-Za-z0-9]|[^\\x00-\\xa0\\s\\ud800-\\udfff])"
_LABEL = f"{_LETTER}(?:(?:{_LETTER}|[-_])*{_LETTER})?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?")
_PORT = re.compile(r"(.*?)(?::(\d{1,5}))?", re.ASCII | re.DOTALL)
_FORBIDDEN = re.compile(r'[\x00-\x20\x7f-\xa0\s\ud800-\udfff\\"<>^`{|}]|%(?![0-9A-Fa-f]{2})')
_FILE = re.compile(r"[^/]*\.[A-Za-z][A-Za-z0-9]*")
EXAMPLE = "such as https://example.org/briefing/"


class Fault(NamedTuple):
    """What is wrong with an address, and how to mend it."""

    message: str
    help: str


def fault_of(url: str) -> Fault | None:
    """What keeps an address from being that of a site."""
    match = _PARTS.fullmatch(url)
    if match is None:
        return Fault(f"`{url}` is not a web address", f"write the whole address, {EXAMPLE}")
    scheme, place, path, query, fragment = match.groups(default="")
    if "@" in place:
        host = place.rpartition("@")[2]
        return Fault("the address names a user, which every page would show", f"write `{scheme}://{host}{path}`")
    if not _is_host(place):
        what = f"`{place}` is not a host" if place else f"`{url}` names no host"
        return Fault(what, f"write the whole address, {EXAMPLE}")
    if query or fragment:
        what = "query" if query else "fragment"
        return Fault(f"the address has a {what}, and pages cannot be below it", f"write `{scheme}://{place}{path}`")
    return _fault_of_path(f"{scheme}://{place}", path)


def _fault_of_path(before: str, path: str) -> Fault | None:
    wrong = _FORBIDDEN.search(path)
    if wrong:
        mended = _FORBIDDEN.sub(lambda match: quote(match.group(), errors="replace"), path)
        return Fault(f"the path of the address holds {_shown(wrong.group())}", f"write `{before}{mended}`")
    steps = path.split("/")[1:]
    if any(step in (".", "..") for step in steps) or "" in steps[:-1]:
        kept = [step for step in steps if step not in ("", ".", "..")]
        return Fault("the path of the address has empty steps, or `.` or `..`", f"write `{_joined(before, kept)}`")
    if steps and _FILE.fullmatch(steps[-1]):
        help = f"write `{_joined(before, steps[:-1])}`, or end it with `/` if that is a folder"
        return Fault(f"the address ends with `{steps[-1]}`, the name of a file", help)
    return None


def _shown(character: str) -> str:
    if character == " ":
        return "a space"
    return f"`{character}`" if character.isprintable() else "a character that cannot be seen"


def _joined(before: str, steps: list[str]) -> str:
    return "/".join([before, *steps, ""])


def fault_of_domain(name: str) -> Fault | None:
    """What keeps a text from being the name of a site's own domain, as the file CNAME has it."""
    match = _PARTS.fullmatch(name) or _PARTS.fullmatch(f"https://{name}")
    host = match.group(2) if match else ""
    if not _is_domain(host):
        return Fault(f"`{name}` is not the name of a domain", "write the name alone, such as desk.example.org")
    plain = ascii_host(host)
    if plain is None:
        return Fault(f"`{name}` cannot be written in ASCII", "write its name in Punycode, which begins with xn--")
    if plain != name:
        return Fault(f"`{name}` is more than the name of a domain in ASCII", f"write `{plain}`")
    return None


def _is_domain(host: str) -> bool:
    """Whether it is a name below a top-level domain, and no number of a machine."""
    last = host.rstrip(".").rpartition(".")
    return _is_host(host) and ":" not in host and bool(last[0]) and not last[2].isdigit()


def ascii_host(host: str) -> str | None:
    """A name as machines have it, in small letters; None where it has no such form."""
    try:
        return host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None


def _is_host(place: str) -> bool:
    """Whether it is a name or a number of a machine, perhaps with a port."""
    match = _PORT.fullmatch(place)
    if match is None or int(match.group(2) or 80) not in range(1, 65536):
        return False
    host = match.group(1)
    if host.startswith("["):
        try:
            return host.endswith("]") and bool(IPv6Address(host[1:-1]))
        except AddressValueError:
            return False
    return len(host) <= 253 and _NAME.fullmatch(host) is not None
