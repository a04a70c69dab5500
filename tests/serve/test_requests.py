"""What is answered to whom: pages as a host has them, and nothing for those who have no business here."""

import http.client
import json
import random
import re
import socket
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from briefing.serve.addresses import host_of, site_path, type_of
from briefing.serve.guard import TOKEN
from briefing.serve.routes import Call, Reply
from tests.commands import add_page, built, small_site, wait_until
from tests.outputs import visible, with_plain_names
from tests.serve.serving import PAGE, Answered, Here, answering


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small_site(tmp_path_factory.mktemp("desk") / "desk", extra="about")
    (folder / "content/media").mkdir()
    (folder / "content/media/été plan.png").write_bytes(b"a picture")
    (folder / "content/media/notes.txt").write_text("Notes\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def here(desk: Path) -> Iterator[Here]:
    with answering(desk, {"echo": lambda call: Reply.json(dict(call.body))}) as here:
        yield here


def test_all_that_a_build_writes_is_served_and_is_the_same(here: Here, desk: Path, tmp_path: Path) -> None:
    written = visible(built(desk, tmp_path / "site"))
    assert len(written) > 15
    assert {path: here.page(f"/{path}") for path in written} == written


def test_pages_have_the_script_of_the_server_once_by_a_relative_address(here: Here) -> None:
    assert b'src="_briefing/main.js"' in here.ask("/").body
    assert b'src="../_briefing/main.js"' in here.ask(PAGE).body
    assert b'src="../../_briefing/main.js"' in here.ask("/no/such/page.html").body
    for name in ("main.js", "live.js", "panel.js"):
        assert here.ask(f"/_briefing/{name}").headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert here.ask("/_briefing/panel.css").headers["Content-Type"] == "text/css; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/about.html", "text/html; charset=utf-8"),
        ("/media/notes.txt", "text/plain; charset=utf-8"),
        ("/media/%C3%A9t%C3%A9%20plan.png", "image/png"),
        ("/?q=1", "text/html; charset=utf-8"),
        ("/articles/", "text/html; charset=utf-8"),
    ],
)
def test_what_is_there_has_its_type_and_is_not_kept(here: Here, path: str, kind: str) -> None:
    found, head = here.ask(path), here.ask(path, "HEAD")
    assert (found.status, head.status, head.body) == (200, 200, b"")
    assert found.headers["Content-Type"] == kind
    assert found.headers["Cache-Control"] == "no-store"
    assert {**head.headers, "Date": ""} == {**found.headers, "Date": ""}
    assert int(found.headers["Content-Length"]) == len(found.body)


def test_assets_are_where_pages_look_for_them(here: Here) -> None:
    kinds = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
    names = re.findall(r'(?:href|src)="(assets/[^"]+)"', here.ask("/").text)
    assert {name.rpartition(".")[2] for name in names} == set(kinds)
    for name in names:
        found = here.ask(f"/{name}")
        assert (found.status, found.headers["Content-Type"]) == (200, kinds[name.rpartition(".")[2]])
    plain = re.findall(r'"(assets/[^"]+)"', with_plain_names(here.ask("/").text))
    assert len(plain) >= len(names)
    assert {here.ask(f"/{name}").status for name in plain} == {404}


def test_a_folder_leads_to_its_page_and_what_is_not_there_to_the_page_for_that(here: Here) -> None:
    folder = here.ask("/articles")
    assert (folder.status, folder.headers["Location"]) == (302, "./articles/")
    missing = here.ask("/articles/none.html")
    assert missing.status == 404
    assert missing.page == here.page("/404.html")
    assert here.ask("/favicon.ico").status == 404


@pytest.mark.parametrize("base", ["https://example.org/desk/", "https://example.org/a/b"])
def test_a_site_that_will_stand_in_a_folder_is_found_there_too(base: str, tmp_path: Path) -> None:
    folder = small_site(tmp_path / "desk")
    with (folder / "config.yaml").open("a", encoding="utf-8") as config:
        config.write(f"base_url: {base}\n")
    with answering(folder) as here:
        path = base.removeprefix("https://example.org").rstrip("/")
        [style] = re.findall(rf'href="{path}(/assets/style\.[^"]+)"', here.ask("/none.html").text)
        assert here.ask(f"{path}{style}").status == 200
        assert here.page(f"{path}/") == here.page("/")
        assert here.page(f"{path}{PAGE}") == here.page(PAGE)
        assert here.ask(f"{path}/_briefing/main.js").status == 200


HOSTILE = [
    "/../config.yaml",
    "/%2e%2e/config.yaml",
    "/..%2fconfig.yaml",
    "/assets/..%2f..%2fconfig.yaml",
    "/assets/%2e%2e/%2e%2e/content/articles/talks.md",
    "/assets/..\\..\\config.yaml",
    "/assets//../../config.yaml",
    "//config.yaml",
    "/config.yaml",
    "/content/articles/talks.md",
    "/content/annotations/talks.yaml",
    "/articles/talks.md",
    "/media/../sources.yaml",
    "/.briefing/manifest.json",
    "/.git/config",
    "/templates/base.html",
    "/base.html",
    "/etc/passwd",
    "/_briefing/../config.yaml",
    "/_briefing/live.py",
    "/_briefing/",
    "/index.html%00.md",
    "/%ff%fe.html",
    "/articles%2ftalks.html",
    "/./index.html",
    "/a" * 2000,
    "http://127.0.0.1/config.yaml",
    "file:///etc/passwd",
    "//[",
    "http://[",
    "*",
]


@pytest.mark.parametrize("target", HOSTILE)
def test_no_source_and_nothing_outside_the_site_is_served(here: Here, target: str) -> None:
    found = here.raw(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
    assert found.startswith(b"HTTP/1.1 404 ")
    assert b"topics" not in found.partition(b"<main")[0].partition(b"\r\n\r\n")[0]
    assert b"root:" not in found
    assert b"title: Small site" not in found
    assert b"quote: will meet" not in found


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("/", "index.html"),
        ("/a/", "a/index.html"),
        ("/a/b.html?x=1#y", "a/b.html"),
        ("/%C3%A9.html", "é.html"),
        ("/a%20b", "a b"),
        ("http://localhost:8000/a.html", "a.html"),
        ("/..a/b..html", "..a/b..html"),
        ("/a//b", None),
        ("/a/../b", None),
        ("/a%2Fb", None),
        ("/a%00", None),
        ("a.html", None),
        ("", None),
    ],
)
def test_a_target_means_one_path_or_none(target: str, path: str | None) -> None:
    assert site_path(target) == path


@pytest.mark.parametrize(
    ("authority", "host"),
    [
        ("127.0.0.1:8000", "127.0.0.1"),
        ("LOCALHOST", "localhost"),
        ("[::1]:80", "::1"),
        ("example.org", "example.org"),
        ("127.0.0.1@example.org", None),
        ("127.0.0.1/x", None),
        ("[", None),
        ("", None),
        (None, None),
    ],
)
def test_a_host_is_a_name(authority: str | None, host: str | None) -> None:
    assert host_of(authority) == host


def test_types_do_not_depend_on_the_machine() -> None:
    assert type_of("a.WOFF2") == "font/woff2"
    assert type_of("a.tar.gz") == "application/octet-stream"
    assert type_of("nothing") == "application/octet-stream"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:1"}, 200),
        ({"Host": "[::1]:8000"}, 200),
        ({"Host": "desk.example.org"}, 403),
        ({"Host": "127.0.0.1.example.org"}, 403),
        ({"Host": "0.0.0.0"}, 403),
        ({"Host": "["}, 403),
        ({"Origin": "https://example.org"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}, 200),
        ({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}, 403),
    ],
)
def test_only_this_machine_under_its_own_names_and_no_page_of_elsewhere_is_answered(
    here: Here, headers: dict[str, str], status: int
) -> None:
    for path in ("/", PAGE, "/media/notes.txt", "/_briefing/state", "/_briefing/live.js"):
        assert here.ask(path, headers=headers).status == status


def test_the_page_itself_is_answered_by_its_origin(here: Here) -> None:
    assert here.ask("/_briefing/state", headers={"Origin": f"http://127.0.0.1:{here.port}"}).status == 200
    assert here.ask("/_briefing/state", headers={"Origin": "http://127.0.0.1:1"}).status == 403


def test_others_are_answered_under_any_name_where_that_is_meant(desk: Path) -> None:
    with answering(desk, allow_others=True) as here:
        assert here.ask("/", headers={"Host": "desk.example.org"}).status == 200
        assert here.ask("/", headers={"Host": "desk.example.org", "Origin": "https://example.org"}).status == 403


def posted(
    here: Here, body: bytes = b'{"a": 1}', path: str = "/_briefing/echo", headers: Mapping[str, str] | None = None
) -> Answered:
    given = {"Content-Type": "application/json", TOKEN: here.server.token, **(headers or {})}
    return here.ask(path, "POST", body, {name: value for name, value in given.items() if value})


def test_a_change_is_taken_from_a_page_of_this_run_only(here: Here) -> None:
    origin = f"http://127.0.0.1:{here.port}"
    assert f'data-token="{here.server.token}"' in here.ask("/").text
    for headers in ({}, {"Origin": origin}, {"Sec-Fetch-Site": "same-origin", "Origin": "https://proxy.example"}):
        answered = posted(here, headers=headers)
        assert (answered.status, json.loads(answered.body)) == (200, {"a": 1})


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"X-Briefing-Token": ""}, b"{}", 403),
        ({"X-Briefing-Token": "guess"}, b"{}", 403),
        ({"X-Briefing-Token": "\xe9"}, b"{}", 403),
        ({"Origin": "https://example.org"}, b"{}", 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, b"{}", 403),
        ({"Host": "example.org"}, b"{}", 403),
        ({"Content-Type": "text/plain"}, b"{}", 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, b"a=1", 415),
        ({}, b"[1]", 400),
        ({}, b"{", 400),
        ({}, b"\xff", 400),
        ({}, b"[" * 100_000, 400),
        ({"Content-Length": "999999999"}, b"{}", 413),
        ({"Content-Length": "-1"}, b"{}", 411),
        ({"Content-Length": "1e3"}, b"{}", 411),
    ],
)
def test_any_other_change_is_refused(here: Here, headers: dict[str, str], body: bytes, status: int) -> None:
    assert posted(here, body, headers=headers).status == status


def test_nothing_is_changed_elsewhere_or_where_nobody_may(here: Here, desk: Path) -> None:
    for path in ("/", PAGE, "/_briefing/state", "/_briefing/none"):
        answered = posted(here, path=path)
        assert (answered.status, answered.headers["Allow"]) == (405, "GET, HEAD")
    with answering(desk) as other:
        assert "data-token" not in other.ask("/").text
        assert posted(other).status == 405


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "BREW", "get"])
def test_other_methods_are_unknown(here: Here, method: str) -> None:
    assert here.ask("/", method).status == 501


NONSENSE = [
    b"",
    b"\r\n\r\n",
    b"\x00\x01\x02\xff" * 100,
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # a browser that speaks TLS
    b"GET\r\n\r\n",
    b"GET /\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET / HTTP/x\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: example.org\r\n\r\n",
    b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X: y\r\n" * 500 + b"\r\n",
    b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: x\r\n\r\nbody",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    b"POST /_briefing/echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\n\r\nGET /",
    b"HEAD / HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n",
]


@pytest.mark.parametrize("data", NONSENSE)
def test_nonsense_is_answered_or_cut_off_and_the_next_one_is_served(
    here: Here, data: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    found = here.raw(data)
    assert found == b"" or found.startswith((b"HTTP/1.1 ", b"<!DOCTYPE", b"this server"))
    assert b"Traceback" not in found
    assert here.ask("/").status == 200
    assert capfd.readouterr().err == ""


def test_random_bytes_do_not_trouble_it(here: Here, capfd: pytest.CaptureFixture[str]) -> None:
    dice = random.Random(7)
    good = b"GET /articles/talks.html?a=b HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: null\r\nConnection: close\r\n\r\n"
    for _ in range(150):
        data = bytearray(good)
        for _ in range(dice.randrange(1, 6)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        here.raw(bytes(data))
    assert here.ask("/").status == 200
    assert capfd.readouterr().err == ""


def test_a_body_that_nobody_reads_is_not_the_next_request(here: Here) -> None:
    inner = b"GET /media/notes.txt HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    head = f"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(inner)}\r\n\r\n".encode()
    assert here.raw(head + inner).count(b"HTTP/1.1 ") == 1


def test_several_requests_of_one_connection_are_answered(here: Here) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", here.port)
    for path in ("/", PAGE, "/media/notes.txt", "/none.html"):
        connection.request("GET", path)
        assert connection.getresponse().read()
    connection.close()


def test_who_sends_slowly_keeps_nobody_else_waiting(here: Here) -> None:
    slow = [socket.create_connection(("127.0.0.1", here.port)) for _ in range(20)]
    for one in slow:
        one.sendall(b"GET / HT")
    started = time.monotonic()
    assert here.ask("/").status == 200
    assert time.monotonic() - started < 5
    for one in slow:
        one.close()


def test_too_many_connections_are_cut_off_and_free_ones_taken_again(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.serve.server.CONNECTIONS", 2)
    request = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with answering(desk) as here:
        first, second = (socket.create_connection(("127.0.0.1", here.port)) for _ in range(2))
        wait_until(lambda: here.raw(request) == b"")
        first.close()
        wait_until(lambda: here.raw(request).startswith(b"HTTP/1.1 200 "))
        second.close()


def test_who_is_silent_is_cut_off(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.serve.server.Handler.timeout", 0.2)
    with answering(desk) as here, socket.create_connection(("127.0.0.1", here.port), timeout=30) as silent:
        silent.sendall(b"GET / HTTP/1.1\r\nHos")
        assert silent.recv(100) == b""


def test_a_query_is_given_to_whoever_answers(desk: Path) -> None:
    def tell(call: Call) -> Reply:
        return Reply.json([dict(call.query), call.site.request.root == desk])

    with answering(desk, {"tell": tell}) as here:
        answered = posted(here, path="/_briefing/tell?a=1&b=%C3%A9")
        assert json.loads(answered.body) == [{"a": "1", "b": "é"}, True]


def test_a_page_that_leads_on_has_no_script(tmp_path: Path) -> None:
    folder = small_site(tmp_path / "desk")
    add_page(folder, "new")
    page = folder / "content/pages/new.md"
    page.write_text(page.read_text(encoding="utf-8").replace("---\n\n", "aliases: [old]\n---\n\n"), encoding="utf-8")
    with answering(folder) as here:
        old = here.ask("/old.html")
        assert old.status == 200
        assert b"redirect." in old.body
        assert b"_briefing" not in old.body
