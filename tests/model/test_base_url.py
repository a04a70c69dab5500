"""The site's public address: which are taken, what is said of others, and the page whose links begin with its path."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.model.base_url import fault_of, fault_of_domain
from tests.outputs import asset_in, with_plain_names
from tests.samples import first_of
from tests.sites.desks import Paper, write_desk

GOOD = [
    "https://example.org",
    "https://example.org/",
    "http://localhost:8000",
    "https://example.org/briefing",
    "https://example.org/a/b.c/",
    "https://example.org/v1.0",
    "https://example.org/caf%C3%A9/two%20words/",
    "https://example.org/~desk/a&b/it's/(x);y=1,2/",
    "https://例え.jp/会談/",
    "https://भारत.example/",
    "https://xn--r8jz45g.jp/",
    "http://[::1]:8000/briefing/",
    "http://127.0.0.1/",
    "https://example.org.:443/",
]
# An address, what is said of it, and what is offered.
BAD = [
    ("", "`` is not a web address", None),
    ("example.org", "`example.org` is not a web address", None),
    ("ftp://example.org/", "`ftp://example.org/` is not a web address", None),
    ("https://", "`https://` names no host", None),
    ("https:///briefing/", "`https:///briefing/` names no host", None),
    (" https://example.org/", "` https://example.org/` is not a web address", None),
    ("https:// example.org/", "` example.org` is not a host", None),
    ("https://exa mple.org/", "`exa mple.org` is not a host", None),
    ("https://-x.example/", "`-x.example` is not a host", None),
    ("https://example..org/", "`example..org` is not a host", None),
    ("https://example.org:0/", "`example.org:0` is not a host", None),
    ("https://example.org:99999/", "`example.org:99999` is not a host", None),
    ("https://example.org:http/", "`example.org:http` is not a host", None),
    ("https://[::1/", "`[::1` is not a host", None),
    ("https://[x]/", "`[x]` is not a host", None),
    ("https://me:secret@example.org/a/", "the address names a user, which every page would show",
     "https://example.org/a/"),
    ("https://example.org/a/?b=1", "the address has a query, and pages cannot be below it", "https://example.org/a/"),
    ("https://example.org?b=1#c", "the address has a query, and pages cannot be below it", "https://example.org"),
    ("https://example.org/#top", "the address has a fragment, and pages cannot be below it", "https://example.org/"),
    ("https://example.org/a/index.html", "the address ends with `index.html`, the name of a file",
     "https://example.org/a/"),
    ("https://example.org/two words/", "the path of the address holds a space", "https://example.org/two%20words/"),
    ("https://example.org/a%2/%20/", "the path of the address holds `%`", "https://example.org/a%252/%20/"),
    ("https://example.org/a\\b/", "the path of the address holds `\\`", "https://example.org/a%5Cb/"),
    ("https://example.org/\u3000/", "the path of the address holds a character that cannot be seen",
     "https://example.org/%E3%80%80/"),
    ("https://example.org/\udce9/", "the path of the address holds a character that cannot be seen",
     "https://example.org/%3F/"),
    ("https://\udce9.org/", "`\udce9.org` is not a host", None),
    ("https://example.org/a//b/", "the path of the address has empty steps, or `.` or `..`",
     "https://example.org/a/b/"),
    ("https://example.org/a/../b", "the path of the address has empty steps, or `.` or `..`",
     "https://example.org/a/b/"),
]  # fmt: skip


@pytest.mark.parametrize("url", GOOD)
def test_an_address_below_which_pages_can_be_is_taken(url: str) -> None:
    assert fault_of(url) is None


@pytest.mark.parametrize(("url", "message", "offered"), BAD)
def test_of_any_other_it_is_said_what_is_wrong(url: str, message: str, offered: str | None) -> None:
    fault = fault_of(url)
    assert fault is not None
    assert fault.message == message
    assert fault.help.startswith(f"write `{offered}`" if offered else "write the whole address")
    assert offered is None or fault_of(offered) is None


@pytest.mark.parametrize("url", first_of(6, [url for url, _, _ in BAD if "\udce9" not in url]))
def test_the_option_takes_what_the_file_takes(url: str, tmp_path: Path) -> None:
    write_desk(tmp_path, {"a": Paper("2025-02-05")})
    result = CliRunner().invoke(main, ["-C", str(tmp_path), "build", "--base-url", url], catch_exceptions=False)
    assert result.exit_code == 2
    assert "Invalid value for --base-url" in result.stderr
    assert not (tmp_path / "site").exists()
    quoted = url.replace("\\", "\\\\").replace("\u3000", "\\u3000")
    (tmp_path / "config.yaml").write_text(f'title: Desk\nbase_url: "{quoted}"\n', encoding="utf-8")
    result = CliRunner().invoke(main, ["-C", str(tmp_path), "build", "--format=concise"], catch_exceptions=False)
    assert result.exit_code == 1
    assert result.stderr.startswith("config.yaml:2:11: error[bad-value]")


@pytest.mark.parametrize(
    ("url", "root"),
    [
        ("https://example.org/caf%C3%A9/two%20words", "/caf%C3%A9/two%20words/"),
        ("https://例え.jp/会談/", "/会談/"),
        ("http://[::1]:8000/a&b/", "/a&amp;b/"),
        ("https://example.org/it's/", "/it&#39;s/"),
        ("https://example.org", "/"),
    ],
)
def test_the_links_of_the_page_for_missing_addresses_lead_to_pages(url: str, root: str, tmp_path: Path) -> None:
    write_desk(tmp_path, {"a": Paper("2025-02-05", {"x": {}})}, {"config.yaml": f'title: Desk\nbase_url: "{url}"\n'})
    result = CliRunner().invoke(main, ["-C", str(tmp_path), "build", "--strict"], catch_exceptions=False)
    assert (result.exit_code, result.stderr) == (0, "")
    missing = (tmp_path / "site/404.html").read_text(encoding="utf-8")
    assert f'href="{root}ledger.html"' in missing
    assert f'href="{root}assets/style.css"' in with_plain_names(missing)
    assert asset_in(tmp_path / "site", "style.css").name in missing


# A text, and what is offered in its place; None where it is right, nothing where nothing can be offered.
DOMAINS = [
    ("desk.example.org", None),
    ("xn--r8jz45g.jp", None),
    ("https://desk.example.org/", "write `desk.example.org`"),
    ("Desk.Example.org", "write `desk.example.org`"),
    ("desk.example.org.", "write `desk.example.org`"),
    ("例え.jp", "write `xn--r8jz45g.jp`"),
    ("", ""),
    ("localhost", ""),
    ("127.0.0.1", ""),
    ("[::1]", ""),
    ("desk.example.org:8080", ""),
    ("desk_example..org", ""),
    ("me@example.org", ""),
    ("a.example.org b.example.org", ""),
    ("a.example.org\nb.example.org", ""),
    (f"{'a' * 64}.example", ""),
    (f"{'例' * 60}.jp", ""),
    ("\udce9.example", ""),
]


@pytest.mark.parametrize(("name", "help"), DOMAINS)
def test_a_domain_is_a_name_below_another_as_machines_have_it(name: str, help: str | None) -> None:
    fault = fault_of_domain(name)
    assert (fault is None) == (help is None)
    if fault is not None and help:
        assert fault.help == help
        assert fault_of_domain(help.split("`")[1]) is None
