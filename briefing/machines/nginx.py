"""The configuration of nginx for a site: a file of `/etc/nginx/conf.d/`.

https://nginx.org/en/docs/http/ngx_http_core_module.html#location
"""

import re

from briefing.machines.headers import ASKED, ASSETS, CACHE, FOR_EVER, TYPE, Rule
from briefing.machines.servers import HIDDEN, NOT_FOUND, Hosted, indented, quoted

# What texts are compressed and declared to be UTF-8; pages always are.
_TEXTS = "text/css text/plain text/javascript application/javascript application/json application/xml image/svg+xml"


def nginx(site: Hosted) -> str:
    """The server, and one that leads to it from plain HTTP."""
    lines = [
        f"# The site is in {site.folder}",
        "map $uri $briefing_cache {",
        f"default {quoted(ASKED)};",
        f"{quoted('~^' + re.escape(site.path('assets/')))} {quoted(FOR_EVER)};",
        "}",
        "",
        *(_plain(site) if site.is_secure else []),
        "server {",
        *_listening(site),
        f"root {quoted(site.root)};",
        "index index.html;",
        "absolute_redirect off;",
        "server_tokens off;",
        "charset utf-8;",
        f"charset_types {_TEXTS};",
        "gzip on;",
        "gzip_vary on;",
        f"gzip_types {_TEXTS} text/csv text/calendar application/atom+xml application/ld+json;",
        "",
        *(f"add_header {name} {quoted(value)} always;" for name, value in site.everywhere.headers.items()),
        f"add_header {CACHE} $briefing_cache always;",
        "",
        f"error_page 404 {quoted(site.path(NOT_FOUND))};",
        "location / { try_files $uri $uri/ =404; }",
        *(
            [f"location = {quoted(site.base.rstrip('/'))} {{ return 301 {quoted(site.address(''))}; }}"]
            if site.base != "/"
            else []
        ),
        *(f"location ^~ {quoted(site.path(name))} {{ return 404; }}" for name in HIDDEN),
        *(_typed(rule, site) for rule in site.others(ASSETS)),
        *(
            f"location = {quoted(site.path(old))} {{ return 301 {quoted(site.address(new))}; }}"
            for old, new in site.moved.items()
        ),
        *_gone(site),
        "}",
    ]
    return indented(lines, "    ")


def _plain(site: Hosted) -> list[str]:
    return [
        "server {",
        "listen 80;",
        "listen [::]:80;",
        f"server_name {site.host};",
        "return 301 https://$host$request_uri;",
        "}",
        "",
    ]


def _listening(site: Hosted) -> list[str]:
    port, name = site.port, f"server_name {site.host};"
    if not site.is_secure:
        return [f"listen {port};", f"listen [::]:{port};", name]
    folder = f"/etc/letsencrypt/live/{site.host}"
    return [
        f"listen {port} ssl http2;",
        f"listen [::]:{port} ssl http2;",
        name,
        f"ssl_certificate {folder}/fullchain.pem;",
        f"ssl_certificate_key {folder}/privkey.pem;",
    ]


def _typed(rule: Rule, site: Hosted) -> str:
    """The type of some files, of which nginx does not know all by itself."""
    if rule.path.startswith("*"):
        place = f"~ {quoted('^' + re.escape(site.base) + '.*' + re.escape(rule.path[1:]) + '$')}"
    elif rule.is_of_folder:
        place = f"^~ {quoted(site.path(rule.path[:-1]))}"
    else:
        place = f"= {quoted(site.path(rule.path))}"
    return f"location {place} {{ types {{}} default_type {quoted(rule.headers[TYPE])}; }}"


def _gone(site: Hosted) -> list[str]:
    """A page that says that something is gone is shown with the status for that."""
    pages = [f"location = {quoted(site.path(path))} {{ error_page 410 @gone; return 410; }}" for path in site.gone]
    return [*pages, "location @gone { try_files $uri =404; }"] if pages else []
