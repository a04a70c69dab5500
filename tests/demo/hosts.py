"""The demonstration on hosts: a plain server, or a real one with the configuration that the command prints; and who
follows every link of it."""

import html
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.parse import unquote, urldefrag, urljoin
from urllib.request import HTTPRedirectHandler, Request, build_opener, url2pathname

from click.testing import CliRunner

from briefing.cli import main
from tests.commands import REPOSITORY, wait_until

PROGRAMS = ("nginx", "caddy")
_LINK = re.compile(r'\s(?:href|src)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_IN_STYLE = re.compile(r"""url\(\s*["']?([^"')]+)""")


class Answer(NamedTuple):
    """What is at an address."""

    status: int
    headers: Message
    body: bytes


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def over_http(url: str, **headers: str) -> Answer:
    """What a server answers; redirects are not followed."""
    try:
        with build_opener(_Stay).open(Request(url, headers=headers), timeout=60) as found:  # a loopback address
            return Answer(found.status, found.headers, found.read())
    except HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())


def from_disk(url: str) -> Answer:
    """What a browser finds that opens a file."""
    path = Path(url2pathname(url.removeprefix("file://")))
    return Answer(200, Message(), path.read_bytes()) if path.is_file() else Answer(404, Message(), b"")


def broken_links(start: str, base: str, ask: Callable[[str], Answer]) -> tuple[set[str], list[str]]:
    """All addresses below `base` that can be reached from a page, and those that lead nowhere, with where they are."""
    answers: dict[str, Answer] = {}
    ids: dict[str, set[str]] = {}
    waiting, wrong, fragments = [(start, "")], [], set()
    while waiting:
        url, page = waiting.pop()
        address, fragment = urldefrag(url)
        if not address.startswith(base):
            continue
        fragments.add((address, unquote(fragment), page))
        if address in answers:
            continue
        answers[address] = found = ask(address)
        if found.status != 200 and address != start:
            wrong.append(f"{address} on {page}")
        name = address.rpartition("/")[2]
        text = found.body.decode() if name.endswith((".html", ".css")) or "." not in name else ""
        ids[address] = set(_ID.findall(text))
        links = _IN_STYLE.findall(text) if name.endswith(".css") else map(html.unescape, _LINK.findall(text))
        waiting += {(urljoin(address, link), address) for link in links}
    for address, fragment, page in fragments:
        if fragment and fragment not in ids[address]:
            wrong.append(f"{address}#{fragment} on {page}")
    return set(answers), wrong


@dataclass(frozen=True)
class Place:
    """Where the demonstration is served: its address, and the folder that it is built into."""

    base: str
    folder: Path


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def built_at(tmp_path: Path, path: str) -> Place:
    """The demonstration, built for a path of a host of this machine."""
    base, folder = f"http://127.0.0.1:{free_port()}{path}", tmp_path / f"host{path}".rstrip("/")
    folder.parent.mkdir(parents=True, exist_ok=True)
    told = ["-C", str(REPOSITORY), "build", "--strict", "--base-url", base, "--output", str(folder)]
    result = CliRunner().invoke(main, told, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return Place(base, folder)


def printed_for(program: str, place: Place, root: Path) -> str:
    """The configuration that the command prints for a place."""
    options = ["--base-url", place.base, "--root", str(root)]
    printed = CliRunner().invoke(main, ["-C", str(REPOSITORY), "hosting", program, *options], catch_exceptions=False)
    assert printed.exit_code == 0, printed.output
    return printed.stdout


@contextmanager
def served_plainly(root: Path, port: int) -> Iterator[None]:
    """A folder behind a server that knows nothing of it."""
    handler = partial(_Quiet, directory=str(root))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


# All that nginx needs beside what `briefing hosting nginx` prints, as distributions have it.
_NGINX = """daemon off; pid {folder}/pid; error_log {folder}/errors; worker_processes 1;
events {{ }}
http {{
  access_log off;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  types {{ text/html html; text/css css; application/javascript js; image/svg+xml svg; text/plain txt;
    application/json json; text/xml xml; image/png png; image/webp webp; application/pdf pdf; }}
  default_type application/octet-stream;
  include {folder}/site.conf;
}}
"""


@contextmanager
def served_by(program: str, configuration: str, url: str, folder: Path) -> Iterator[None]:
    """A real server with a configuration, once it answers at an address."""
    folder.mkdir()
    if program == "nginx":
        (folder / "site.conf").write_text(configuration, encoding="utf-8")
        (folder / "nginx.conf").write_text(_NGINX.format(folder=folder), encoding="utf-8")
        command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]
        # Only who runs the tests may read what they have in their folders.
        command += ["-g", "user root;"] if os.getuid() == 0 else []
    else:
        head = "{\n\tadmin off\n\tauto_https off\n}\n"
        (folder / "Caddyfile").write_text(head + configuration, encoding="utf-8")
        command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    found = shutil.which(command[0])
    assert found is not None
    with (folder / "log").open("wb") as log:
        environment = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
        running = subprocess.Popen([found, *command[1:]], stdout=log, stderr=log, env=environment)
        try:
            wait_until(lambda: running.poll() is not None or _answers(url))
            assert running.poll() is None, (folder / "log").read_text(encoding="utf-8")
            yield
        finally:
            running.terminate()
            running.wait()


def _answers(url: str) -> bool:
    try:
        over_http(url)
    except OSError:
        time.sleep(0.05)
        return False
    return True
