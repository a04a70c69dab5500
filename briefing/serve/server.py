"""A site over HTTP, for those who edit it: on this machine, from memory and never from a folder."""

import secrets
import socket
import sys
import threading
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from briefing.serve.addresses import TEXT, is_loopback, site_path, split
from briefing.serve.guard import length_of, object_in, refusal, refusal_of_change
from briefing.serve.live import LiveSite
from briefing.serve.pages import page_reply
from briefing.serve.routes import OWN, Call, Reply, Routes
from briefing.serve.stream import events

NEWS = f"{OWN}news"
# So many connections at once; a browser has six to a server and keeps them for a while.
CONNECTIONS = 200
# Who sends or takes nothing for so many seconds is cut off.
PATIENCE = 20


class Server(ThreadingHTTPServer):
    """Serves one site at an address that it has from the beginning, from the moment that it is given the site."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, host: str, port: int, routes: Routes, allow_others: bool = False) -> None:
        """Raises OSError where the address cannot be had, OverflowError for a port that is none."""
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.routes, self.only_loopback = routes, is_loopback(host) and not allow_others
        # Who has it may change files; where nobody may, nobody has it.
        self.token = secrets.token_urlsafe(24) if routes.posts else ""
        self.site: LiveSite | None = None
        self._free = threading.BoundedSemaphore(CONNECTIONS)
        super().__init__((host, port), Handler, bind_and_activate=False)
        try:
            self.server_bind()
        except BaseException:
            self.server_close()
            raise

    def server_bind(self) -> None:
        """Take the address, without asking anybody for its name."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def listen(self, site: LiveSite) -> None:
        """From now on take requests, which `serve_forever` answers for a site."""
        self.site = site
        self.server_activate()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread; nobody where too many are asking already."""
        if not self._free.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """What the thread does."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle is nothing to tell of; anything else is."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """Answers the requests of one connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = PATIENCE
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """A file of the site, or what the server has to say."""
        self._get(with_body=True)

    def do_HEAD(self) -> None:
        """The same without what is in it."""
        self._get(with_body=False)

    def do_POST(self) -> None:
        """A change, where changes are possible."""
        self.close_connection = True  # unless its body has been read
        self._send(self._posted(self._site()))

    def version_string(self) -> str:
        """What the server is."""
        return "briefing"

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are not told of."""

    def _site(self) -> LiveSite:
        assert self.server.site is not None, "it answers only once it has one"
        return self.server.site

    def _get(self, with_body: bool) -> None:
        site, server = self._site(), self.server
        if self.headers.get("Content-Length", "0") != "0" or self.headers.get("Transfer-Encoding"):
            self.close_connection = True  # nobody reads what is in it
        if refused := refusal(self.headers, server.only_loopback):
            return self._send(refused, with_body)
        path = site_path(self.path)
        own = self._own(path, site)
        if own == "news":
            return self._stream(site) if with_body else self._send(Reply(b"", "text/event-stream"), False)
        if own is not None and own in server.routes.gets:
            return self._send(server.routes.gets[own](Call(site, self._query())), with_body)
        return self._send(page_reply(site, path, self.path, server.token), with_body)

    def _own(self, path: str | None, site: LiveSite) -> str | None:
        """What comes after the prefix of the server's own addresses, wherever the site stands."""
        if path is None:
            return None
        within = path if path.startswith(OWN) else path.removeprefix(site.base_path())
        return within.removeprefix(OWN) if within.startswith(OWN) else None

    def _query(self) -> Mapping[str, str]:
        address = split(self.path)
        return dict(parse_qsl(address.query, errors="replace")) if address else {}

    def _posted(self, site: LiveSite) -> Reply:
        server = self.server
        own = self._own(site_path(self.path), site)
        if own is None or own not in server.routes.posts:
            return _not_allowed()
        refused = refusal(self.headers, server.only_loopback, is_change=True)
        refused = refused or refusal_of_change(self.headers, server.token)
        if refused:
            return refused
        length = length_of(self.headers)
        if isinstance(length, Reply):
            return length
        body = self.rfile.read(length)
        self.close_connection = len(body) < length
        asked = object_in(body)
        return asked if isinstance(asked, Reply) else server.routes.posts[own](Call(site, self._query(), asked))

    def _send(self, reply: Reply, with_body: bool = True) -> None:
        self.send_response(reply.status)
        self._send_headers({"Content-Type": reply.kind, "Content-Length": str(len(reply.data)), **reply.headers})
        if reply.etag:
            self.send_header("ETag", f'"{reply.etag}"')
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if with_body:
            self.wfile.write(reply.data)

    def _send_headers(self, headers: Mapping[str, str]) -> None:
        common = {
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "same-origin",
        }
        for name, value in {**headers, **common}.items():
            self.send_header(name, value)

    def _stream(self, site: LiveSite) -> None:
        """Server-sent events: how things stand, then what is news, until the browser goes away."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self._send_headers({"Content-Type": "text/event-stream", "Connection": "close", "X-Accel-Buffering": "no"})
        self.end_headers()
        for event in events(site.board):
            self.wfile.write(event)


def _not_allowed() -> Reply:
    message = b"nothing can be changed here\n"
    return Reply(message, TEXT, HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": "GET, HEAD"})
