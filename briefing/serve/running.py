"""The server from its start to its end: a port, a site, a watch, a check behind."""

import gc
import subprocess
import sys
import webbrowser
from collections.abc import Callable

from briefing.diagnostics import EnvironmentProblem
from briefing.interrupts import Interrupted
from briefing.request import Request
from briefing.serve.live import LiveSite
from briefing.serve.server import Server
from briefing.serve.watch import Watcher

# Where nobody names a port, the first free one of so many from this on.
FIRST, TRIED = 8000, 50


def serving(request: Request, host: str, port: int | None, browser: bool, tell: Callable[[str], None]) -> None:
    """Serve a site until somebody ends it. EnvironmentProblem where the port cannot be had."""
    site = LiveSite(request, lambda: _checked(request))
    server = _bound(site, host, port)
    gc.enable()
    gc.collect()
    gc.freeze()  # what stays is not looked through for cycles after every change
    watcher = Watcher(request.root, site.changed)
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{server.server_address[1]}/"
    tell(f"Serving {request.root} at {address} Ctrl-C ends it.")
    site.start()
    watcher.start()
    if browser:
        webbrowser.open(address)
    try:
        server.serve_forever(poll_interval=0.1)
    except (KeyboardInterrupt, Interrupted):
        tell("Ended.")
    finally:
        watcher.stop()
        site.stop()
        server.server_close()


def _bound(site: LiveSite, host: str, port: int | None) -> Server:
    for number in [port] if port is not None else range(FIRST, FIRST + TRIED):
        try:
            return Server((host, number), site)
        except OSError as error:
            problem = error
    where = f"{host}:{port}" if port is not None else f"any port of {host} from {FIRST} to {FIRST + TRIED - 1}"
    raise EnvironmentProblem(f"cannot serve at {where}: {problem.strerror or problem}", "name another with --port")


def _checked(request: Request) -> str:
    """What a check of the whole site tells, in a process of its own: it must not be in the way of a page."""
    options = ["--drafts"] if request.drafts else []
    command = [sys.executable, "-m", "briefing", "-C", str(request.root), "check", "--jobs", "1", *options]
    ended = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603
    return ended.stderr.strip()
