"""The way to the network: what is fetched, what is refused, and that no host of a private net is ever asked."""

import gzip
import ipaddress
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.importing.fetch import Fetcher
from briefing.importing.hosts import is_public
from briefing.importing.refused import Refused
from tests.importing import server
from tests.importing.desk import anywhere, imported, lines, only, site, written

pytestmark = pytest.mark.slow

LOCAL = Fetcher(is_allowed=anywhere, seconds=1.0, most_bytes=2**20)
FEED = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Coast</title>
<entry><title>First</title><link href="/page"/><updated>2026-02-11T23:05:00Z</updated></entry>
<entry><title>Second</title><link href="/undated"/><updated>2026-02-12T10:00:00+01:00</updated></entry></feed>"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    undated = server.PAGE.format(head="").replace("article:published_time", "x")
    answers = {
        "/page": server.page(),
        "/undated": server.page(undated.replace("Ferry line reopens", "Another page")),
        "/packed": server.body(gzip.compress(server.PAGE.encode()), "text/html", Content_Encoding="gzip"),
        "/moved": server.status(301, "/page"),
        "/round": server.status(302, "/round"),
        "/inside": server.status(302, "http://10.0.0.1/secret"),
        "/other-scheme": server.status(302, "file:///etc/passwd"),
        "/picture": server.body(b"\x89PNG", "image/png"),
        "/forbidden": server.status(403),
        "/slow": server.slowly(5),
        "/slow-headers": server.slow_headers(5),
        "/bomb": server.bomb(),
        "/large": server.body(b"x" * (2**20 + 1), "text/plain"),
        "/broken-off": server.broken_off(),
        "/brotli": server.body(b"x", "text/html", Content_Encoding="br"),
        "/feed": server.body(FEED.encode(), "application/atom+xml"),
        "/latin": server.body("<html><p>Größe</p></html>".encode("latin-1"), "text/html; charset=iso-8859-1"),
    }
    with server.serving(answers) as address:
        yield address


PRIVATE = [
    "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::1", "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("text", PRIVATE)
def test_no_address_of_a_private_net_is_public(text: str) -> None:
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", ["8.8.8.8", "193.0.6.139", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_others_are(text: str) -> None:
    assert is_public(ipaddress.ip_address(text))


def test_a_page_is_fetched_and_told_where_it_was(address: str, tmp_path: Path) -> None:
    root = site(tmp_path)
    article = only(imported(root, f"{address}/moved", fetcher=LOCAL))
    facts = written(root, article.path).facts
    assert facts["url"] == f"{address}/page"
    assert facts["published"] == "2026-02-11T18:05:00-05:00"
    assert facts["accessed"] == "2026-04-01"
    assert "410,000 passengers" in "\n".join(lines(article))


def test_what_is_packed_is_unpacked(address: str) -> None:
    assert b"410,000 passengers" in LOCAL.fetch(f"{address}/packed").data


REFUSED = {
    "/round": "leads on more than 5 times",
    "/inside": "its host 10.0.0.1 is not of the public net",
    "/other-scheme": "is no address that can be fetched",
    "/picture": "it is `image/png`",
    "/forbidden": "its server refuses it (403 Forbidden)",
    "/nowhere": "there is no such page (404 Not Found)",
    "/slow": "did not answer within 1 seconds",
    "/slow-headers": "did not answer within 1 seconds",
    "/bomb": "it has more than 1 MiB",
    "/large": "it has more than 1 MiB",
    "/broken-off": "it broke off in the middle",
    "/brotli": "it is packed as `br`",
}


@pytest.mark.parametrize(("path", "reason"), REFUSED.items())
def test_what_cannot_be_fetched_is_refused_with_the_reason(path: str, reason: str, address: str) -> None:
    begun = time.monotonic()
    with pytest.raises(Refused) as refused:
        LOCAL.fetch(address + path)
    assert reason in refused.value.message
    assert refused.value.code == "not-fetched"
    assert refused.value.help
    assert time.monotonic() - begun < 4


def test_the_command_has_no_way_to_a_server_on_this_machine(address: str, tmp_path: Path) -> None:
    run = imported(site(tmp_path), f"{address}/page")
    assert [problem.code for problem in run.problems] == ["not-fetched"]
    assert "its host 127.0.0.1 is not of the public net" in next(iter(run.problems)).message
    assert not (tmp_path / "content/articles").exists()


def test_a_name_with_one_private_address_among_its_addresses_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolved(host: str, port: int, **options: object) -> list[object]:
        return [(socket.AF_INET, 1, 6, "", ("93.184.216.34", port)), (socket.AF_INET, 1, 6, "", ("10.0.0.5", port))]

    asked: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    monkeypatch.setattr(socket.socket, "connect", lambda self, place: asked.append(place))
    with pytest.raises(Refused, match=r"its host rebinding\.example \(10\.0\.0\.5\) is not of the public net"):
        Fetcher().fetch("http://rebinding.example/")
    assert asked == []


def test_the_address_that_was_checked_is_the_one_that_is_asked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is resolved again could stand for another host by then."""
    real, times = socket.getaddrinfo, []

    def resolved(host: str, port: int, **options: int) -> object:
        times.append(host)
        return real("127.0.0.1", port, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    assert LOCAL.fetch(address.replace("127.0.0.1", "desk.example") + "/page").data
    assert times == ["desk.example"]


def test_what_the_server_says_of_the_encoding_counts(address: str) -> None:
    fetched = LOCAL.fetch(f"{address}/latin")
    assert fetched.content_type == "text/html; charset=iso-8859-1"
    assert "Größe".encode("latin-1") in fetched.data


def test_of_a_feed_those_are_imported_that_are_chosen(address: str, tmp_path: Path) -> None:
    root = site(tmp_path)
    listed = imported(root, f"{address}/feed", fetcher=LOCAL)
    assert [(entry.title, entry.address) for _, entries in listed.listed for entry in entries] == [
        ("First", f"{address}/page"),
        ("Second", f"{address}/undated"),
    ]
    assert listed.imported == []
    article = only(imported(root, f"{address}/feed", fetcher=LOCAL, choose=lambda source, entries: [2]))
    facts = written(root, article.path).facts
    assert (facts["title"], facts["published"]) == ("Another page", "2026-02-12T10:00:00+01:00")
    assert "the day is that of the feed; the page gives none" in article.found.notes


def test_the_wayback_machine_is_asked_for_the_page_as_it_was(tmp_path: Path) -> None:
    """Both addresses are kept: where the page stood, and the archived copy that people can open."""
    asked = []

    class Archive(Fetcher):
        def fetch(self, address: str) -> object:  # type: ignore[override]
            from briefing.importing.fetch import Fetched

            asked.append(address)
            return Fetched(server.PAGE.format(head="").encode(), address, "text/html; charset=utf-8")

    root = site(tmp_path)
    wanted = "https://web.archive.org/web/20260212101112/https://www.harbor-times.example/ferry"
    article = only(imported(root, wanted, fetcher=Archive()))
    assert asked == ["https://web.archive.org/web/20260212101112id_/https://www.harbor-times.example/ferry"]
    facts = written(root, article.path).facts
    assert facts["url"] == "https://www.harbor-times.example/ferry"
    assert facts["archive_url"] == wanted
    assert facts["source"] == "harbor-times"
    again = imported(root, "https://harbor-times.example/ferry/", wanted, fetcher=Archive())
    assert [problem.code for problem in again.problems] == ["already-here", "already-here"]
