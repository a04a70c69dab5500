"""The one way to the network: a page, document or feed by its address, within bounds of time, size and redirects.

The standard library's client is used by itself, because only so is the address that was checked the one that is
connected to, again at each redirect. Proxies of the environment are not used: they would make that check void.
"""

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from briefing import __version__
from briefing.importing.addresses import split
from briefing.importing.hosts import Address, connected, is_public
from briefing.importing.refused import Refused

MOST_BYTES = 20 * 2**20
MOST_SECONDS = 30.0
MOST_REDIRECTS = 5
_HEADERS = {
    "User-Agent": f"briefing-desk/{__version__}",
    "Accept": "text/html,application/xhtml+xml,application/pdf,application/atom+xml,application/rss+xml,*/*;q=0.5",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
_TYPES = (
    "text/", "application/xhtml+xml", "application/xml", "application/atom+xml", "application/rss+xml",
    "application/rdf+xml", "application/pdf", "message/rfc822", "application/octet-stream",
)  # fmt: skip
_SAVE = "open it in a browser, save the page, and import the file"
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was fetched: its bytes, the address that it has after redirects, and its type as the server says it."""

    data: bytes
    address: str
    content_type: str


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches addresses of http and https. Which hosts are allowed only a caller in Python can say."""

    is_allowed: Callable[[Address], bool] = is_public
    seconds: float = MOST_SECONDS
    most_bytes: int = MOST_BYTES

    def fetch(self, address: str) -> Fetched:
        """What is at an address; `Refused` with the code `not-fetched` where nothing can be got from it."""
        deadline = time.monotonic() + self.seconds
        try:
            for _ in range(MOST_REDIRECTS + 1):
                answer = self._answer(address, deadline)
                if isinstance(answer, Fetched):
                    return answer
                address = answer
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
            if time.monotonic() >= deadline or isinstance(error, TimeoutError):
                raise _not(f"it did not answer within {self.seconds:.0f} seconds", "try again later") from None
            raise _not(f"it cannot be fetched: {_told(error)}", "check the address and the connection") from None
        raise _not(f"it leads on more than {MOST_REDIRECTS} times", _SAVE)

    def _answer(self, address: str, deadline: float) -> "Fetched | str":
        """What is there, or the address that it leads on to."""
        parts = split(address)
        if parts is None or parts.username is not None:
            raise _not(f"`{address}` is no address that can be fetched", "use one that begins with https:// or http://")
        host = (
            (parts.hostname or "").encode("idna").decode()
            if not (parts.hostname or "").isascii()
            else parts.hostname or ""
        )
        is_secure = parts.scheme.lower() == "https"
        connection = connected(host, parts.port or (443 if is_secure else 80), self.is_allowed, deadline)
        with _ended_at(connection, deadline):
            client = _client(connection, host, parts.port, is_secure)
            try:
                path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
                query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
                client.request("GET", path + query, headers=_HEADERS)
                with client.getresponse() as response:
                    if response.status in _REDIRECTS and (location := response.getheader("Location")):
                        return urljoin(address, location)
                    _check(response)
                    return Fetched(self._body(response, deadline), address, response.getheader("Content-Type") or "")
            finally:
                client.close()

    def _body(self, response: http.client.HTTPResponse, deadline: float) -> bytes:
        """The whole of an answer, unpacked, of which no more is held than the bound."""
        encoding = (response.getheader("Content-Encoding") or "identity").strip().lower()
        if encoding not in ("identity", "gzip", "x-gzip", ""):
            raise _not(f"it is packed as `{encoding}`, which was not asked for", _SAVE)
        unpack = None if encoding in ("identity", "") else zlib.decompressobj(zlib.MAX_WBITS | 32)
        data = bytearray()
        while piece := response.read1(2**16):
            if unpack is not None:
                piece = unpack.decompress(piece, self.most_bytes + 1 - len(data))
            data += piece
            if len(data) > self.most_bytes or (unpack and unpack.unconsumed_tail):
                raise _not(
                    f"it has more than {self.most_bytes // 2**20} MiB", "save the text that you need, and import that"
                )
            if time.monotonic() > deadline:
                raise TimeoutError
        if time.monotonic() > deadline:
            raise TimeoutError
        if (unpack is not None and not unpack.eof) or response.length:
            raise _not("it broke off in the middle", "try again")
        return bytes(data)


def _client(connection: socket.socket, host: str, port: int | None, is_secure: bool) -> http.client.HTTPConnection:
    """A client on a connection that is there already. The certificate has to be that of the host."""
    client = http.client.HTTPConnection(f"[{host}]" if ":" in host else host, port or (443 if is_secure else 80))
    if is_secure:
        client.default_port = 443
        connection = ssl.create_default_context().wrap_socket(connection, server_hostname=host)
    client.sock = connection
    return client


class _ended_at:  # noqa: N801 - a context manager
    """Ends a connection when its time is over, however slowly something comes."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self._connection = connection
        # A copy of the handle: that of an encrypted connection is another object by then.
        self._handle = connection.dup()
        self._timer = threading.Timer(max(0.0, deadline - time.monotonic()), self._end)
        self._timer.daemon = True

    def _end(self) -> None:
        try:
            self._handle.shutdown(socket.SHUT_RDWR)
        except OSError:
            return

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._handle.close()
        self._connection.close()


def _check(response: http.client.HTTPResponse) -> None:
    status, reason = response.status, response.reason
    if status in (401, 402, 403, 429, 451):
        raise _not(f"its server refuses it ({status} {reason})", f"if you may read it, {_SAVE}")
    if status in (404, 410):
        raise _not(
            f"there is no such page ({status} {reason})",
            "check the address, or look for it at https://web.archive.org/",
        )
    if status != 200:
        raise _not(f"its server answers {status} {reason}", "try again later, or save the page in a browser")
    kind = (response.getheader("Content-Type") or "text/html").partition(";")[0].strip().lower()
    if not kind.startswith(_TYPES):
        raise _not(f"it is `{kind}`, which is no page, text, PDF, mail or feed", "import the page that has the text")


def _not(message: str, help: str) -> Refused:
    return Refused(message, help, "not-fetched")


def _told(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not good: {error.verify_message}"
    return str(getattr(error, "strerror", None) or str(error) or type(error).__name__).lower()
