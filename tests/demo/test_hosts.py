"""The demonstration works wherever it is: at the root of a host, in a folder of one, and from a disk."""

import re
import shutil
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pytest

from briefing.machines.caddy import caddy
from briefing.machines.nginx import nginx
from briefing.machines.servers import Hosted
from briefing.model.config import Config
from briefing.pages.headers import rules_of
from tests.demo.hosts import (
    PROGRAMS,
    Place,
    broken_links,
    built_at,
    free_port,
    from_disk,
    over_http,
    printed_for,
    served_by,
    served_plainly,
)

# As many files at least can be reached by links.
LEAST = 250


def check_links(start: str, base: str, least: int = LEAST, ask: object = over_http) -> None:
    assert callable(ask)
    reached, wrong = broken_links(start, base, ask)
    assert wrong == []
    assert len(reached) >= least


def test_every_link_from_a_disk_leads_somewhere(site: Path) -> None:
    base = f"{site.as_uri()}/"
    check_links(f"{base}index.html", base, ask=from_disk)


@pytest.mark.slow
def test_every_link_at_the_root_of_a_host_leads_somewhere(site: Path) -> None:
    port = free_port()
    base = f"http://127.0.0.1:{port}/"
    with served_plainly(site, port):
        check_links(base, base)


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The demonstration in a folder of a host."""
    return built_at(tmp_path_factory.mktemp("below"), "/a/b/")


@pytest.mark.slow
def test_every_link_in_a_folder_of_a_host_leads_somewhere(below: Place) -> None:
    with served_plainly(below.folder.parents[1], urlsplit(below.base).port or 0):
        check_links(below.base, below.base)


@pytest.mark.slow
@pytest.mark.parametrize("path", ["none.html", "a/none", "a/b/none", "a/b/articles/x/y/"])
def test_the_page_for_missing_addresses_leads_into_the_site_from_anywhere(path: str, below: Place) -> None:
    host = below.base.removesuffix("a/b/")
    page = (below.folder / "404.html").read_text(encoding="utf-8")
    links = [urljoin(host + path, link) for link in re.findall(r'\s(?:href|src)="([^"#]+)', page)]
    assert len(links) > 10
    for link in links:
        assert link.startswith(below.base), link
        assert (below.folder / link.removeprefix(below.base)).exists(), link


POLICY = {"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"}
TYPES = {
    "": "text/html; charset=utf-8",
    "feed.xml": "application/atom+xml; charset=utf-8",
    "feeds/topic-trade.xml": "application/atom+xml; charset=utf-8",
    "calendar.ics": "text/calendar; charset=utf-8",
    "calendars/trump-takaichi-2026-03.ics": "text/calendar; charset=utf-8",
    "annotations/2025-02-07-ishiba-trump-statement.jsonld": "application/ld+json",
    "data/claims.csv": "text/csv; charset=utf-8",
    "none.ics": "text/html; charset=utf-8",
    "assets/none.css": "text/html; charset=utf-8",
}


@pytest.mark.long
@pytest.mark.parametrize("path", ["/", "/a/b/"])
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_real_server_serves_it_as_it_is_to(program: str, path: str, tmp_path: Path) -> None:
    assert shutil.which(program), f"{program} is not here: `tests/setup.sh --long` installs it"
    place = built_at(tmp_path, path)
    with served_by(program, printed_for(program, place, tmp_path / "host"), place.base, tmp_path / "server"):
        check_links(place.base, place.base)
        _check_answers(place)


@pytest.mark.long
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_real_server_shows_what_is_gone_with_its_status(program: str, tmp_path: Path) -> None:
    assert shutil.which(program), f"{program} is not here: `tests/setup.sh --long` installs it"
    base = f"http://127.0.0.1:{free_port()}/a/b/"
    page = tmp_path / "host/a/b/gone/it's 例.html"
    page.parent.mkdir(parents=True)
    page.write_text("<p>Taken back.</p>\n", encoding="utf-8")
    site = Hosted(
        base, str(tmp_path / "host"), rules_of(Config("Desk")), {"old é.html": "new é.html"}, ("gone/it's 例.html",)
    )
    with served_by(program, {"nginx": nginx, "caddy": caddy}[program](site), base, tmp_path / "server"):
        found = over_http(base + quote("gone/it's 例.html"))
        assert (found.status, found.body) == (410, page.read_bytes())
        assert found.headers["Content-Type"] == "text/html; charset=utf-8"
        assert found.headers["X-Content-Type-Options"] == "nosniff"
        moved = over_http(base + quote("old é.html"))
        assert (moved.status, urlsplit(moved.headers["Location"]).path) == (301, "/a/b/" + quote("new é.html"))


def _check_answers(place: Place) -> None:
    base = place.base
    for name, kind in TYPES.items():
        found = over_http(base + name)
        assert (name, found.headers["Content-Type"].lower()) == (name, kind)
        assert found.status == (404 if "none" in name else 200)
        assert found.headers["Cache-Control"] == "no-cache"
        assert set(found.headers["Content-Security-Policy"].split("; ")) >= POLICY
        assert found.headers["X-Content-Type-Options"] == "nosniff"
        assert found.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
        if found.status == 404:
            assert found.body == (place.folder / "404.html").read_bytes()
    for asset in (place.folder / "assets").iterdir():
        found = over_http(f"{base}assets/{asset.name}")
        assert found.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert found.body == asset.read_bytes()
    for hidden in (".briefing/manifest.json", "_headers"):
        assert (place.folder / hidden).exists()
        assert over_http(base + hidden).status == 404
    old = over_http(f"{base}changes.html")
    assert (old.status, urlsplit(old.headers["Location"]).path) == (301, urlsplit(f"{base}timeline.html").path)
    for folder in ("articles", "summits", *([""] if base.endswith("/b/") else [])):
        found = over_http(f"{base}{folder}".removesuffix("/"))
        assert found.status in {301, 302, 308}
        assert urlsplit(found.headers["Location"]).path == urlsplit(f"{base}{folder}").path.rstrip("/") + "/"
    page = over_http(base)
    tag = page.headers["ETag"]
    assert over_http(base, **{"If-None-Match": tag}).status == 304
    packed = over_http(base, **{"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
