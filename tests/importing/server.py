"""A server on this machine that answers as good and bad servers do."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Ferry line reopens</title>
<meta property="article:published_time" content="2026-02-11T18:05:00-05:00">{head}</head><body>
<article><h1>Ferry line reopens</h1>
<p>The ferry between Port Sel and Valdor City will sail again from Monday, fourteen months after a fire on board.</p>
<p>The line carried 410,000 passengers in its last full year, most of them workers who cross it twice a week.</p>
<p>A return ticket will cost 38 crowns, four more than before, and residents of both towns keep their discount.</p>
</article></body></html>"""

Answer = Callable[[BaseHTTPRequestHandler], None]


def page(text: str = PAGE.format(head=""), kind: str = "text/html; charset=utf-8") -> Answer:
    return body(text.encode(), kind)


def body(data: bytes, kind: str, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def status(code: int, location: str = "") -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        if location:
            handler.send_header("Location", location)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def slowly(seconds: float) -> Answer:
    """A page that comes letter by letter, none of them late."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    return answer


def slow_headers(seconds: float) -> Answer:
    """Headers that come letter by letter."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    return answer


def bomb() -> Answer:
    return body(gzip.compress(b"<p>" + b" " * (64 * 2**20)), "text/html", Content_Encoding="gzip")


def broken_off() -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", "5000")
        handler.end_headers()
        handler.wfile.write(b"<html><p>The ferry")

    return answer


@contextmanager
def serving(answers: Mapping[str, Answer]) -> Iterator[str]:
    """The address of a server that gives these answers to paths, until the end of the body."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                answers.get(self.path, status(404))(self)
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
