"""The Wayback Machine: what its addresses are made of, and where it has a page as it was."""

import re

HOST = "web.archive.org"
_ADDRESS = re.compile(
    rf"https?://(?:{re.escape(HOST)}|archive\.org)/web/(\d{{4,14}})(?:[a-z]{{2}}_)?/(\S+)", re.IGNORECASE
)


def archived(address: str) -> tuple[str, str] | None:
    """The timestamp and the original address in one of the Wayback Machine's; None for any other."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return None
    original = found[2] if re.match(r"https?:/", found[2], re.IGNORECASE) else f"http://{found[2]}"
    return found[1], re.sub(r"^(https?):/+", r"\1://", original, flags=re.IGNORECASE)


def raw(timestamp: str, original: str) -> str:
    """Where the page is without what the archive adds to it."""
    return f"https://{HOST}/web/{timestamp}id_/{original}"


def shown(timestamp: str, original: str) -> str:
    """The address that people open."""
    return f"https://{HOST}/web/{timestamp}/{original}"
