"""A site over HTTP, for those who edit it: read only, on this machine, from memory and never from a folder."""

import json
import mimetypes
import queue
import socket
from collections.abc import Iterator
from dataclasses import asdict
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from briefing.serve.live import Answer, LiveSite, News

# What belongs to the server and not to the site. No page can have that address.
OWN = "-/briefing/"
SCRIPT = Path(__file__).with_name("client.js")
LOOPBACK = frozenset(["127.0.0.1", "localhost", "::1"])
# A stream is kept open by a line after so many seconds without news.
HEARTBEAT = 15
# Types that the system may not know, or knows otherwise.
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
}
_TEXT = "text/plain; charset=utf-8"


class Server(ThreadingHTTPServer):
    """Serves one site."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, address: tuple[str, int], site: LiveSite) -> None:
        """Raises OSError where the address cannot be had."""
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self.site, self.host = site, address[0]
        super().__init__(address, Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle is nothing to tell of."""

    def is_known_host(self, header: str | None) -> bool:
        """Whether a request is for this server: on this machine, only under the names of this machine. So a page of
        elsewhere that has its own name lead here is refused."""
        if self.host not in LOOPBACK:
            return True
        name = urlsplit(f"//{header}").hostname if header else None
        return name in LOOPBACK


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "briefing", ""

    def do_GET(self) -> None:
        """A file of the site, the script of the server, or the stream of news."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """The same without what is in it."""
        self._answer(with_body=False)

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are not told of."""

    def _answer(self, with_body: bool) -> None:
        if not self.server.is_known_host(self.headers.get("Host")):
            return self._send(HTTPStatus.FORBIDDEN, b"this server answers only under its own address\n", _TEXT)
        path = site_path(self.path)
        if path is None:
            return self._send(HTTPStatus.BAD_REQUEST, b"there can be no such address\n", _TEXT)
        if path == f"{OWN}live.js":
            return self._send(HTTPStatus.OK, SCRIPT.read_bytes(), _TYPES[".js"], with_body)
        if path == f"{OWN}news":
            return self._stream() if with_body else self._send(HTTPStatus.OK, b"", "text/event-stream")
        found = self.server.site.answer(path)
        if found is None:
            return self._send(HTTPStatus.SERVICE_UNAVAILABLE, *_unloaded(self.server.site.news), with_body)
        status = HTTPStatus.NOT_FOUND if found.is_missing else HTTPStatus.OK
        kind = _TYPES[".html"] if found.is_missing else type_of(path)
        data = with_script(found, path) if kind == _TYPES[".html"] else found.data
        return self._send(status, data, kind, with_body, found.digest)

    def _send(
        self, status: HTTPStatus, data: bytes, kind: str, with_body: bool = True, digest: str | None = None
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        if digest:
            self.send_header("ETag", f'"{digest}"')
        self.end_headers()
        if with_body:
            self.wfile.write(data)

    def _stream(self) -> None:
        """Server-sent events: one at once, then one for each change, until the browser goes away."""
        listener = self.server.site.listen()
        try:
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Cache-Control", "no-store")
            self.send_header("Connection", "close")
            self.end_headers()
            for line in _events(self.server.site.news, listener):
                self.wfile.write(line)
                self.wfile.flush()
        except OSError:
            self.close_connection = True
        finally:
            self.server.site.forget(listener)


def _events(first: News, listener: "queue.Queue[News]") -> Iterator[bytes]:
    news: News | None = first
    while True:
        yield f"data: {json.dumps(asdict(news))}\n\n".encode() if news else b":\n\n"
        try:
            news = listener.get(timeout=HEARTBEAT)
        except queue.Empty:
            news = None


def site_path(target: str) -> str | None:
    """The path in the site that a request asks for; None for what can be none."""
    path = unquote(urlsplit(target).path, errors="replace").removeprefix("/")
    if path == "" or path.endswith("/"):
        path += "index.html"
    if "\0" in path or "\\" in path or any(part in ("", ".", "..") for part in path.split("/")):
        return None
    return path


def type_of(path: str) -> str:
    """The media type of a file by the ending of its name."""
    ending = path[path.rfind(".") :] if "." in path else ""
    return _TYPES.get(ending) or mimetypes.guess_type(path)[0] or "application/octet-stream"


def with_script(answer: Answer, path: str) -> bytes:
    """A page with the script of the server, by an address relative to it: it may be served under any."""
    up = "../" * path.count("/")
    tag = f'<script src="{up}{OWN}live.js" data-page="{answer.digest}" defer></script>\n'.encode()
    head, mark, rest = answer.data.partition(b"</head>")
    return head + tag + mark + rest if mark else answer.data + tag


def _unloaded(news: News) -> tuple[bytes, str]:
    """What there is to read of a site that could not be loaded yet."""
    return f"The site cannot be shown yet. Mend this, and load the page again:\n\n{news.problems}".encode(), _TEXT
