"""Who may ask the server: whoever means it by its own name and, to change anything, pages of its own alone."""

import hmac
import json
from collections.abc import Mapping
from email.message import Message
from http import HTTPStatus
from typing import Any

from briefing.serve.addresses import TEXT, host_of, is_loopback, split
from briefing.serve.routes import Reply

# The header that has the token of a page that may change files.
TOKEN = "X-Briefing-Token"  # noqa: S105 - the name of a header
# As long may the body of a request be, in bytes.
LONGEST = 256 * 1024


def refusal(headers: Message, only_loopback: bool, is_change: bool = False) -> Reply | None:
    """Why a request is not answered: it is for another name, as from a page of elsewhere whose name was made to lead
    here, or it is sent by a page of elsewhere. To follow a link to here is everybody's right."""
    host = host_of(headers.get("Host"))
    if host is None or (only_loopback and not is_loopback(host)):
        return _refused("this server answers only under the names of its own machine; `--allow-others` lets any")
    is_visit = headers.get("Sec-Fetch-Mode") == "navigate" and not is_change
    return None if is_visit or is_of_this_site(headers) else _refused("pages of elsewhere are not answered")


def is_of_this_site(headers: Message) -> bool:
    """Whether a request comes from a page of this server, or from no page at all."""
    site = headers.get("Sec-Fetch-Site")
    if site is not None:  # which no page can set, and which is right behind a proxy too
        return site in ("same-origin", "none")
    origin = headers.get("Origin")
    if origin is None:
        return True
    address = split(origin)
    return address is not None and address.netloc.lower() == str(headers.get("Host")).lower()


def refusal_of_change(headers: Message, token: str) -> Reply | None:
    """Why a POST is not answered, besides."""
    if headers.get_content_type() != "application/json":
        return _refused("send `Content-Type: application/json`", HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if not hmac.compare_digest(str(headers.get(TOKEN, "")).encode(), token.encode()):
        return _refused("load the page again: it is not one of this run of the server")
    return None


def length_of(headers: Message) -> int | Reply:
    """How many bytes the body of a POST has."""
    length = str(headers.get("Content-Length", ""))
    if headers.get("Transfer-Encoding") or not (length.isascii() and length.isdigit()):
        return _refused("say how long the body is", HTTPStatus.LENGTH_REQUIRED)
    if len(length) > 9 or int(length) > LONGEST:
        return _refused(f"the body is longer than {LONGEST} bytes", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return int(length)


def object_in(body: bytes) -> Mapping[str, Any] | Reply:
    """The JSON object that a body is."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        value = None
    return value if isinstance(value, dict) else _refused("the body is no JSON object", HTTPStatus.BAD_REQUEST)


def _refused(why: str, status: HTTPStatus = HTTPStatus.FORBIDDEN) -> Reply:
    return Reply(f"{why}\n".encode(), TEXT, status)
