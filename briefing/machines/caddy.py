"""The configuration of Caddy for a site: a part of a `Caddyfile`.

https://caddyserver.com/docs/caddyfile/directives
"""

import re
from collections.abc import Iterator

from briefing.machines.headers import ASKED, ASSETS, CACHE, FOR_EVER, TYPE
from briefing.machines.servers import HIDDEN, NOT_FOUND, Hosted, indented, quoted


def caddy(site: Hosted) -> str:
    """The site. Caddy gets its certificates by itself."""
    scheme = "" if site.is_secure else "http://"
    port = "" if site.port == (443 if site.is_secure else 80) else f":{site.port}"
    lines = [
        f"# The site is in {site.folder}",
        f"{scheme}{site.host}{port} {{",
        f"root * {quoted(site.root)}",
        "encode zstd gzip",
        "",
        "header {",
        *(f"{name} {quoted(value)}" for name, value in site.everywhere.headers.items()),
        "}",
        *_of_files(site, "assets", [ASSETS.path], f"{CACHE} {quoted(FOR_EVER)}"),
        # Caddy has no order of headers in which the last would count: so each file has one of the two.
        "@others {",
        "not {",
        f"path {quoted(site.path(ASSETS.path))}",
        "file",
        "}",
        "}",
        f"header @others {CACHE} {quoted(ASKED)}",
        *_types(site),
        "",
        *([f"redir {quoted(site.base.rstrip('/'))} {quoted(site.address(''))} 301"] if site.base != "/" else []),
        *(f"redir {quoted(site.path(old))} {quoted(site.address(new))} 301" for old, new in site.moved.items()),
        *_gone(site),
        "file_server {",
        f"hide {' '.join(HIDDEN)}",
        "}",
        "handle_errors {",
        "@missing expression {http.error.status_code} == 404",
        f"rewrite @missing {quoted(site.path(NOT_FOUND))}",
        "file_server",
        "}",
        "}",
    ]
    return indented(lines, "\t")


def _types(site: Hosted) -> Iterator[str]:
    paths: dict[str, list[str]] = {}
    for rule in site.others(ASSETS):
        paths.setdefault(rule.headers[TYPE], []).append(rule.path)
    for kind, of_kind in paths.items():
        name = re.split("[+;]", kind.partition("/")[2])[0]
        yield from _of_files(site, name, of_kind, f"{TYPE} {quoted(kind)}")


def _of_files(site: Hosted, name: str, paths: list[str], header: str) -> list[str]:
    """A header of files that are there: what is missing is a page."""
    patterns = " ".join(quoted(path if path.startswith("*.") else site.path(path)) for path in paths)
    return [f"@{name} {{", f"path {patterns}", "file", "}", f"header @{name} {header}"]


def _gone(site: Hosted) -> list[str]:
    """Pages that say that something is gone are shown with the status for that."""
    if not site.gone:
        return []
    paths = " ".join(quoted(site.path(path)) for path in site.gone)
    return [f"@gone path {paths}", "handle @gone {", "file_server {", "status 410", "}", "}"]
