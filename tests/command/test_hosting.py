"""`_headers`, and the configurations of servers that `briefing hosting` prints."""

import html
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.request import Request
from briefing.resident import Resident
from tests.commands import small_site

SERVERS = ("nginx", "caddy", "netlify")


def hosting(folder: Path, *arguments: str) -> str:
    result = CliRunner().invoke(main, ["-C", str(folder), "hosting", *arguments], catch_exceptions=False)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A site with a page that was called otherwise once."""
    folder = small_site(tmp_path / "desk")
    article = folder / "content/articles/talks.md"
    text = article.read_text(encoding="utf-8")
    article.write_text(text.replace("title:", "aliases: [old-talks]\ntitle:", 1), encoding="utf-8")
    return folder


def headers_of(folder: Path) -> dict[str, dict[str, str]]:
    """The rules of `_headers`, as hosts read it: a path, and below it headers that are moved in."""
    assert CliRunner().invoke(main, ["-C", str(folder), "build"]).exit_code == 0
    rules: dict[str, dict[str, str]] = {}
    path = ""
    for line in (folder / "site/_headers").read_text(encoding="utf-8").splitlines():
        if line.startswith("/"):
            path = line
        elif line:
            name, _, value = line.partition(":")
            rules.setdefault(path, {})[name.strip()] = value.strip()
            assert line.startswith("  ")
    return rules


def policy_of(page: str) -> str:
    """What a page allows itself, and what can only be said in a header."""
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    return f"{html.unescape(policy)}; frame-ancestors 'none'"


def test_a_site_with_pagefind_may_run_it(desk: Path) -> None:
    with (desk / "config.yaml").open("a", encoding="utf-8") as config:
        config.write("search: pagefind\n")
    site = Resident(Request(desk))
    page, headers = site.file("search.html"), site.file("_headers")
    assert isinstance(page, bytes)
    assert isinstance(headers, bytes)
    assert "'wasm-unsafe-eval'" in policy_of(page.decode())
    assert f"Content-Security-Policy: {policy_of(page.decode())}\n" in headers.decode()


def test_hosts_are_told_what_may_be_kept_and_what_pages_may_do(desk: Path) -> None:
    rules = headers_of(desk)
    assert rules["/*"]["Content-Security-Policy"] == policy_of((desk / "site/index.html").read_text("utf-8"))
    assert rules["/assets/*"] == {"Cache-Control": "public, max-age=31536000, immutable"}
    assert rules["/calendars/*"]["Content-Type"] == "text/calendar; charset=utf-8"
    assert rules["/feed.xml"]["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert rules["/annotations/*"]["Content-Type"] == "application/ld+json"


def test_no_header_is_said_twice_of_a_file_and_no_path_goes_on_after_a_star(desk: Path) -> None:
    """Cloudflare joins values of several rules, and Netlify may take the rest for nothing."""
    rules = headers_of(desk)
    assert all("*" not in path[:-1] for path in rules)
    assert {path for path, told in rules.items() if "Cache-Control" in told} == {"/assets/*"}
    of_all = {name for path, told in rules.items() if path != "/*" for name in told}
    assert rules["/*"].keys().isdisjoint(of_all)


@pytest.mark.parametrize("server", ["nginx", "caddy"])
@pytest.mark.parametrize("root", ["srv/www", "./x", "~/www", ""])
def test_a_folder_of_a_server_is_named_from_its_root(server: str, root: str, desk: Path) -> None:
    """A server would look for another one in a folder of its own."""
    asked = ["-C", str(desk), "hosting", server, "--base-url", "https://example.org", "--root", root]
    result = CliRunner().invoke(main, asked)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "such as /srv/www/example.org" in result.stderr


@pytest.mark.parametrize("server", SERVERS)
def test_a_site_without_an_address_is_asked_for_one(server: str, desk: Path) -> None:
    result = CliRunner().invoke(main, ["-C", str(desk), "hosting", server])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--base-url" in result.stderr


def test_a_site_with_errors_has_no_configuration(desk: Path) -> None:
    """One without its old addresses would be taken for whole."""
    annotations = desk / "content/annotations/talks.yaml"
    annotations.write_text(annotations.read_text(encoding="utf-8").replace("Friday", "Monday"), encoding="utf-8")
    result = CliRunner().invoke(main, ["-C", str(desk), "hosting", "nginx", "--base-url", "https://example.org"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "The content has 1 error, so nothing is printed; `briefing check` tells them.\n"


def lines_of(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


@pytest.mark.parametrize(
    ("server", "expected"),
    [
        (
            "nginx",
            [
                "listen 443 ssl http2;",
                "server_name xn--r8jz45g.example;",
                'root "/srv/www/xn--r8jz45g.example";',
                'error_page 404 "/a b/404.html";',
                'location = "/a b/articles/old-talks.html" { return 301 "/a%20b/articles/talks.html"; }',
                "return 301 https://$host$request_uri;",
            ],
        ),
        (
            "caddy",
            [
                "xn--r8jz45g.example {",
                'root * "/srv/www/xn--r8jz45g.example"',
                'redir "/a b/articles/old-talks.html" "/a%20b/articles/talks.html" 301',
                'rewrite @missing "/a b/404.html"',
            ],
        ),
    ],
)
def test_a_server_has_the_address_of_the_site(server: str, expected: Sequence[str], desk: Path) -> None:
    text = hosting(desk, server, "--base-url", "https://例え.example/a%20b/")
    assert [line for line in expected if line not in lines_of(text)] == []
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("server", ["nginx", "caddy"])
def test_a_server_has_the_folder_that_is_given(server: str, desk: Path) -> None:
    text = hosting(desk, server, "--base-url", "http://example.org:8080/b/", "--root", "/home/desk/www/")
    assert text.splitlines()[0] == "# The site is in /home/desk/www/b"
    assert '"/home/desk/www/"' in text
    assert "443" not in text
    assert ("listen 8080;" if server == "nginx" else "http://example.org:8080 {") in lines_of(text)


def test_netlify_publishes_the_folder_of_the_site(desk: Path) -> None:
    told = tomllib.loads(hosting(desk, "netlify", "--base-url", "https://example.org"))
    assert told["build"]["publish"] == "site"
    assert told["build"]["command"] == "briefing build --strict"
    assert "headers" not in told  # they are in `_headers`
    assert {"from": "/articles/old-talks.html", "to": "/articles/talks.html", "status": 301, "force": True} in told[
        "redirects"
    ]


def test_netlify_publishes_the_folder_that_the_site_is_in(desk: Path) -> None:
    told = tomllib.loads(hosting(desk, "netlify", "--base-url", "https://example.org/a/b/"))
    assert told["build"]["publish"] == "public"
    assert told["build"]["command"] == "mkdir -p public/a && briefing build --strict --output public/a/b"
    headers = {one["for"]: one["values"] for one in told["headers"]}
    assert headers == {f"/a/b{path}": of_path for path, of_path in headers_of(desk).items()}
    assert told["redirects"][-1] == {"from": "/*", "to": "/a/b/404.html", "status": 404}


def test_another_edition_is_hosted_with_its_own_addresses_and_is_built_as_it_was_asked_for(desk: Path) -> None:
    article = desk / "content/articles/talks.md"
    article.write_text(article.read_text(encoding="utf-8").replace("---\n", "---\nvisibility: internal\n", 1), "utf-8")
    base = "https://desk.example/"
    assert "old-talks" not in hosting(desk, "netlify", "--base-url", base)
    told = tomllib.loads(hosting(desk, "netlify", "--base-url", base, "--internal", "--as-of", "2025-03-01"))
    assert [rule["from"] for rule in told["redirects"]] == ["/articles/old-talks.html", "/changes.html"]
    command = f"briefing build --strict --internal --base-url {base} --as-of 2025-03-01 --output site"
    assert (told["build"]["command"], told["build"]["publish"]) == (command, "site")
    CliRunner().invoke(main, ["-C", str(desk), *command.split()[1:]], catch_exceptions=False)
    assert (desk / "site/articles/old-talks.html").exists()
