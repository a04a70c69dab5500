"""A server from its start to its end: an address, a site, somebody who watches, and a check behind."""

import errno
import gc
import os
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from briefing.diagnostics import EnvironmentProblem
from briefing.interrupts import held, leaves
from briefing.read.folders import CONTENT
from briefing.request import Request
from briefing.serve.live import LiveSite, Show
from briefing.serve.marking import desk_routes
from briefing.serve.routes import Call, Reply, Routes, client_files
from briefing.serve.server import Server
from briefing.serve.watch import Watcher

# Where nobody names a port, the first free one of so many from this on.
FIRST, TRIED = 8000, 100
# To read more articles takes longer than a moment, and is told.
MANY = 300


@dataclass(frozen=True, slots=True)
class Place:
    """Where to serve: the name or number of an interface, and a port, or None for any free one; whether `others` than
    this machine may read; and whether a browser is opened."""

    host: str
    port: int | None
    others: bool
    browser: bool


def serving(
    request: Request, place: Place, now: Callable[[], datetime] | None, say: Callable[[str], None], show: Show
) -> None:
    """Serve a site until a signal ends it, which is Interrupted; with `now` its pages may change files.

    EnvironmentProblem where the address cannot be had, or the files of the site cannot be looked at.
    """
    leaves("the site is served no more")
    server = _bound(place, routes(now))
    with server:
        address = _address(place.host, server.server_port)
        if (number := _articles(request)) > MANY:
            say(f"Reading {number:,} articles")
        site = LiveSite(request, show, with_schemas=now is not None)
        watcher = Watcher(request.root, site.changed)
        gc.enable()
        gc.collect()
        gc.freeze()  # what stays is not looked through for cycles after every change
        try:
            site.start()
            watcher.start()
            server.listen(site)
            if number > MANY and not watcher.is_notified:
                say("Saves are seen sooner in so large a site with watchfiles: install briefing with its extra `serve`")
            say(f"Serving {request.root.resolve()} at {address} (Ctrl-C ends it)")
            if place.browser:
                threading.Thread(target=_open, args=(address, say), name="browser", daemon=True).start()
            server.serve_forever(poll_interval=0.1)
        finally:
            with held():
                watcher.stop()
                site.stop()


def routes(now: Callable[[], datetime] | None) -> Routes:
    """The addresses of the server: the scripts of pages, how things stand, and what changes files, if that may be: then
    it has to know what day it is."""

    def state(call: Call) -> Reply:
        return Reply.json(asdict(call.site.board.newest))

    of_desk = desk_routes(now) if now else Routes()
    return Routes({**client_files(), "state": state, **of_desk.gets}, of_desk.posts)


def _articles(request: Request) -> int:
    """About how many articles there are to read."""
    try:
        return len(os.listdir(request.root / CONTENT / "articles"))
    except OSError:
        return 0


def _bound(place: Place, of_server: Routes) -> Server:
    """A server that has an address. EnvironmentProblem where there is none to be had."""
    for port in [place.port] if place.port is not None else range(FIRST, FIRST + TRIED):
        try:
            return Server(place.host, port, of_server, place.others)
        except OSError as error:
            if place.port is not None or error.errno != errno.EADDRINUSE:
                raise _no_address(error, place.host, port) from error
    ports = f"every port from {FIRST} to {FIRST + TRIED - 1}"
    raise EnvironmentProblem(f"{ports} of {place.host} is in use", "name another one with --port")


def _no_address(error: OSError, host: str, port: int) -> EnvironmentProblem:
    if error.errno == errno.EADDRINUSE:
        help = "end what uses it, name another port, or leave --port out and take the next free one"
        return EnvironmentProblem(f"port {port} of {host} is in use", help)
    if error.errno in (errno.EACCES, errno.EPERM):
        return EnvironmentProblem(f"port {port} of {host} may not be used", "name one above 1023 with --port")
    help = "name an address of this machine with --host, or leave it out"
    return EnvironmentProblem(f"cannot serve at {host}: {(error.strerror or str(error)).lower()}", help)


def _address(host: str, port: int) -> str:
    """The address for a browser of this machine."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - those that stand for all
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _open(address: str, say: Callable[[str], None]) -> None:
    try:
        is_open = webbrowser.open(address)
    except (webbrowser.Error, OSError):
        is_open = False
    if not is_open:
        say(f"No browser was found to open; go to {address}")
