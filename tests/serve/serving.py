"""A site that is served: by the real command in a process of its own, or by a server in this one; and who asks it."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from briefing.request import Request
from briefing.serve.live import LiveSite
from briefing.serve.problems import Told
from briefing.serve.routes import Handle, Routes
from briefing.serve.running import routes
from briefing.serve.server import Server
from tests.commands import BOUND_SECONDS, environment, wait_until

ARTICLE, ANNOTATIONS = "content/articles/talks.md", "content/annotations/talks.yaml"
PAGE = "/articles/talks.html"
# What the server puts into a page, of all that it serves.
SCRIPT = re.compile(rb'<script type="module" src="(?:\.\./)*_briefing/main\.js"[^>]*></script>\n')


@dataclass
class Answered:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def page(self) -> bytes:
        """A page without the script of the server, of which there is one at most."""
        assert len(SCRIPT.findall(self.body)) <= 1
        return SCRIPT.sub(b"", self.body)


@dataclass
class Asked:
    """A server as one asks it."""

    port: int
    host: str = "127.0.0.1"

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answered:
        """One request."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=BOUND_SECONDS)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return Answered(response.status, dict(response.headers), response.read())
        finally:
            connection.close()

    def page(self, path: str) -> bytes:
        """A page, by a path that need not be as in addresses."""
        return self.ask(quote(path)).page

    def state(self) -> dict[str, Any]:
        """The newest that browsers are told."""
        news = json.loads(self.ask("/_briefing/state").body)
        assert isinstance(news, dict)
        return news

    def wait_for(self, is_so: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first news of which something is so."""
        wait_until(lambda: is_so(self.state()))
        return self.state()

    def raw(self, data: bytes, seconds: float = BOUND_SECONDS) -> bytes:
        """All that comes back for some bytes, of which no more follow."""
        with socket.create_connection((self.host, self.port), timeout=seconds) as connection:
            with suppress(OSError):  # it need not read all
                connection.sendall(data)
                connection.shutdown(socket.SHUT_WR)
            found = b""
            with suppress(OSError):
                while part := connection.recv(65536):
                    found += part
            return found


@dataclass
class Running(Asked):
    """The real command."""

    process: "subprocess.Popen[bytes]" = field(kw_only=True)
    output: Path = field(kw_only=True)

    @property
    def printed(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def end(self, number: int = signal.SIGINT) -> int:
        """The exit code after a signal."""
        self.process.send_signal(number)
        return self.process.wait(BOUND_SECONDS)


@contextmanager
def started(folder: Path, *options: str, **variables: str) -> Iterator[Running]:
    """`briefing serve` as a process of its own, from when it answers until the block ends."""
    output = folder.parent / f"{folder.name}-printed.txt"
    command = [sys.executable, "-m", "briefing", "-C", str(folder), "serve", *(options or ("--port=0",))]
    with open(output, "wb") as printed:
        process = subprocess.Popen(command, env=environment(**variables), stdout=printed, stderr=printed)
    try:
        wait_until(lambda: b"Serving " in output.read_bytes() or process.poll() is not None)
        address = re.search(r"Serving .* at http://([^/]+):(\d+)/", output.read_text(encoding="utf-8"))
        assert address, output.read_text(encoding="utf-8")
        yield Running(int(address[2]), address[1].strip("[]"), process=process, output=output)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(BOUND_SECONDS)


@dataclass
class Here(Asked):
    """A server in this process, which follows a site when it is told to. `shown` is what the terminal would show."""

    site: LiveSite = field(kw_only=True)
    server: Server = field(kw_only=True)
    shown: list[tuple[Sequence[Told], str]] = field(kw_only=True)

    def write(self, root: Path, path: str, text: str) -> None:
        """Save a file, and have the site follow."""
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
        self.site.changed([path])


@contextmanager
def answering(
    folder: Path, posts: Mapping[str, Handle] | None = None, allow_others: bool = False, drafts: bool = False
) -> Iterator[Here]:
    """A server of a site, without a watch and without a check."""
    shown: list[tuple[Sequence[Told], str]] = []
    site = LiveSite(Request(folder, drafts=drafts), lambda problems, end: shown.append((problems, end)))
    server = Server("127.0.0.1", 0, Routes(routes(None).gets, posts or {}), allow_others)
    server.listen(site)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield Here(server.server_port, site=site, server=server, shown=shown)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def save(file: Path, text: str) -> None:
    """Save as editors do that write the file anew."""
    file.write_text(text, encoding="utf-8")


def save_by_rename(file: Path, text: str) -> None:
    """Save as editors do that write another file and give it the name."""
    other = file.with_name(f".{file.name}.{time.monotonic_ns()}")
    other.write_text(text, encoding="utf-8")
    os.replace(other, file)
