"""Addresses that last: what is promised, a lost address that is planted, and each way of mending it."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from briefing.cli import main
from briefing.model.addresses import is_promised
from briefing.pages.sitemap import SitemapArguments, sitemap_files
from briefing.read.urls import read_urls, urls_bytes
from briefing.serve.states import States
from tests.sites.desks import Paper, write_desk
from tests.sites.rich import write_rich_site

BASE = "https://desk.example/a/"
DESK = {
    "talks": Paper("2026-03-02", {"gas": {"former_ids": ["old-gas"]}, "steel": {}}),
    "notes": Paper("2026-03-03", {"ships": {"figure": {"measure": "gas", "value": "1"}}}),
}
MORE = {
    "config.yaml": f"title: Desk\nbase_url: {BASE}\ntopics: [trade]\n",
    "content/summits/port.md": "---\ntitle: Port\nstart: 2026-03-06\nstatus: held\naliases: [harbor]\n---\n",
    "content/pages/about.md": "---\ntitle: About\n---\n\nWho we are.\n",
}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return write_desk(tmp_path, DESK, MORE)


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(folder), *arguments], catch_exceptions=False)


def accept(folder: Path) -> list[str]:
    result = run(folder, "urls", "accept")
    assert result.exit_code == 0, result.stderr
    return list(json.loads((folder / "urls.json").read_text(encoding="utf-8")))


def lost(folder: Path, command: str = "check") -> list[str]:
    """The addresses that are told to be lost; a build that loses any writes nothing."""
    before = {path: path.read_bytes() for path in (folder / "site").rglob("*") if path.is_file()}
    result = run(folder, command, "--format", "concise")
    found = re.findall(r"error\[address-lost\] (\S+) has been published", result.stderr)
    assert bool(found) == (result.exit_code == 1), result.stderr
    if found:
        assert {path: path.read_bytes() for path in (folder / "site").rglob("*") if path.is_file()} == before
    return found


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def gone(folder: Path, *addresses: str, **more: str) -> None:
    """Say of addresses that they are gone."""
    config = yaml.safe_load((folder / "config.yaml").read_text(encoding="utf-8"))
    config["gone"] = [
        *config.get("gone", ()),
        *({"address": one, "why": "It was a slip.", **more} for one in addresses),
    ]
    (folder / "config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")


def test_what_is_promised_is_what_readers_and_programs_come_back_to(desk: Path) -> None:
    promised = accept(desk)
    assert {
        *("index.html", "ledger.html", "figures.html", "timeline.html", "changes.html", "voices.html"),
        *("articles/index.html", "articles/talks.html", "articles/notes.html", "summits/port.html", "about.html"),
        *("articles/talks.html#gas", "articles/talks.html#old-gas", "articles/talks.html#steel"),
        *("topics/trade.html", "people/brandt.html", "sources/gazette.html", "figures.html#measure_gas"),
        *("feed.xml", "feeds/topic-trade.xml", "feeds/summit-port.xml", "feeds/source-gazette.xml", "calendar.ics"),
        *("calendars/port.ics", "summits/harbor.html", "calendars/harbor.ics", "feeds/summit-harbor.xml"),
    } <= set(promised)
    folders = {address.partition("#")[0].rpartition("/")[0] for address in promised}
    assert folders.isdisjoint({"archive", "assets", "data", "media", "timelines", "sitemaps", "figures", ".briefing"})
    assert "404.html" not in promised


def test_the_file_has_an_address_a_line_and_new_ones_change_no_other(desk: Path) -> None:
    accept(desk)
    before = (desk / "urls.json").read_text(encoding="utf-8").splitlines()
    assert run(desk, "urls", "accept").stdout == f"urls.json: 0 new addresses, {len(before) - 2} in all.\n"
    assert (desk / "urls.json").read_text(encoding="utf-8").splitlines() == before
    assert before[1:-2] == sorted(before[1:-2])
    (desk / "content/pages/zz.md").write_text("---\ntitle: Z\n---\n\nLast.\n", encoding="utf-8")
    result = run(desk, "urls", "accept", "--check")
    said = f"urls.json: 1 new address, {len(before) - 1} in all; `briefing urls accept` writes them down."
    assert (result.exit_code, result.stdout.splitlines()) == (1, ["new: zz.html", said])
    assert (desk / "urls.json").read_text(encoding="utf-8").splitlines() == before
    accept(desk)
    after = (desk / "urls.json").read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line != '"zz.html",'] == before


def test_what_may_be_a_lost_page_now_is_listed_beside_it(desk: Path) -> None:
    accept(desk)
    before = (desk / "urls.json").read_bytes()
    (desk / "content/pages/about.md").rename(desk / "content/pages/who.md")
    result = run(desk, "urls", "accept", "--check")
    assert result.exit_code == 1
    assert "error[address-lost]: about.html has been published" in result.stderr
    assert result.stdout.startswith("new: who.html\nurls.json: 1 new address, ")
    edit(desk / "content/pages/who.md", "title: About", "title: About\ncolour: blue")
    assert run(desk, "urls", "accept", "--check").stdout == ""
    assert (desk / "urls.json").read_bytes() == before


@pytest.mark.parametrize("is_older", [True, False], ids=["in the file that both had", "in a file that neither had"])
def test_git_merges_what_two_branches_have_accepted(is_older: bool, tmp_path: Path) -> None:
    """With the line that `init` gives to a site, whatever the places of the new addresses."""
    desk = tmp_path / "my-desk"

    def git(*words: str) -> None:
        identity = ["-c", "user.name=Desk", "-c", "user.email=desk@example.org"]
        subprocess.run(["git", *identity, *words], cwd=desk, check=True, capture_output=True)

    def keep(page: str) -> None:
        (desk / f"content/pages/{page}.md").write_text("---\ntitle: New\n---\n", encoding="utf-8")
        accept(desk)
        git("add", "--all")
        git("commit", "--message", page)

    assert run(tmp_path, "init", "my-desk").exit_code == 0
    if is_older:
        accept(desk)
    git("init", "--quiet", "--initial-branch", "main")
    git("add", "--all")
    git("commit", "--message", "A new site")
    git("checkout", "-b", "other")
    for page in ("about-us", "zz-first", "contact"):
        keep(page)
    git("checkout", "main")
    for page in ("about-us", "zz-second", "aa"):
        keep(page)
    git("merge", "other", "--message", "Both")
    urls, problems = read_urls(desk)
    assert (problems, lost(desk)) == ([], [])
    assert urls is not None
    assert (
        run(desk, "urls", "accept", "--check").stdout == f"urls.json: 0 new addresses, {len(urls.addresses)} in all.\n"
    )
    lines = accept(desk)
    assert {"aa.html", "about-us.html", "contact.html", "zz-first.html", "zz-second.html"} < set(lines)
    assert len(lines) == len(set(lines)) == len(urls.addresses)


def rename_article(desk: Path) -> None:
    for name in ("articles/talks.md", "annotations/talks.yaml"):
        (desk / f"content/{name}").rename(desk / f"content/{name.replace('talks', 'gas-talks')}")


def remove_article(desk: Path) -> None:
    for name in ("articles/talks.md", "annotations/talks.yaml"):
        (desk / f"content/{name}").unlink()


def rename_claim(desk: Path) -> None:
    edit(desk / "content/annotations/talks.yaml", "id: steel", "id: tariff")


def drop_former_id(desk: Path) -> None:
    edit(desk / "content/annotations/talks.yaml", "former_ids:\n  - old-gas", "former_ids: []")


def rename_summit(desk: Path) -> None:
    (desk / "content/summits/port.md").rename(desk / "content/summits/ferry.md")


def drop_alias(desk: Path) -> None:
    edit(desk / "content/summits/port.md", "aliases: [harbor]\n", "")


def rename_page(desk: Path) -> None:
    (desk / "content/pages/about.md").rename(desk / "content/pages/imprint.md")


def draft(desk: Path) -> None:
    edit(desk / "content/pages/about.md", "title: About\n", "title: About\ndraft: true\n")


def rename_person(desk: Path) -> None:
    edit(desk / "content/people.yaml", "brandt:", "ilse-brandt:")


def rename_source(desk: Path) -> None:
    for path in (desk / "content").rglob("*"):
        if path.is_file():
            path.write_text(path.read_text(encoding="utf-8").replace("gazette", "the-gazette"), encoding="utf-8")


def rename_measure(desk: Path) -> None:
    edit(desk / "content/measures.yaml", "gas:", "natural-gas:")
    edit(desk / "content/annotations/notes.yaml", "measure: gas", "measure: natural-gas")


def remove_topic(desk: Path) -> None:
    edit(desk / "config.yaml", "topics: [trade]", "topics: [commerce]")
    for path in (desk / "content/annotations").iterdir():
        edit(path, "- trade", "- commerce")


def remove_base_url(desk: Path) -> None:
    edit(desk / "config.yaml", f"base_url: {BASE}\n", "")


# What somebody does, what is lost by it, and what keeps the address; None where only `gone` can.
FEEDS = ["feeds/source-gazette.xml", "feeds/summit-harbor.xml", "feeds/summit-port.xml", "feeds/topic-trade.xml"]
LOSSES: dict[Callable[[Path], None], tuple[list[str], Callable[[Path], None] | None]] = {
    rename_article: (
        ["articles/talks.html"],
        lambda desk: edit(desk / "content/articles/gas-talks.md", "source:", "aliases: [talks]\nsource:"),
    ),
    remove_article: (["articles/talks.html"], None),
    rename_claim: (
        ["articles/talks.html#steel"],
        lambda desk: edit(desk / "content/annotations/talks.yaml", "id: tariff", "id: tariff\n  former_ids: [steel]"),
    ),
    drop_former_id: (["articles/talks.html#old-gas"], None),
    rename_summit: (
        ["summits/port.html"],
        lambda desk: edit(desk / "content/summits/ferry.md", "[harbor]", "[harbor, port]"),
    ),
    drop_alias: (["summits/harbor.html"], None),
    rename_page: (
        ["about.html"],
        lambda desk: edit(desk / "content/pages/imprint.md", "title:", "aliases: [about]\ntitle:"),
    ),
    draft: (["about.html"], None),
    rename_person: (
        ["people/brandt.html"],
        lambda desk: edit(desk / "content/people.yaml", "{name:", "{former_ids: [brandt], name:"),
    ),
    rename_source: (
        ["sources/gazette.html"],
        lambda desk: edit(desk / "content/sources.yaml", "the-gazette: {", "the-gazette: {former_ids: [gazette], "),
    ),
    rename_measure: (
        ["figures.html#measure_gas"],
        lambda desk: edit(desk / "content/measures.yaml", "{label: Gas,", "{label: Gas, former_ids: [gas],"),
    ),
    remove_topic: (["topics/trade.html"], None),
    remove_base_url: (["feed.xml", *FEEDS], None),
}


@pytest.mark.parametrize("lose", LOSSES, ids=lambda lose: lose.__name__)
def test_an_address_that_would_be_lost_is_an_error_until_it_is_kept_or_given_up(
    lose: Callable[[Path], None], desk: Path
) -> None:
    accept(desk)
    assert run(desk, "build").exit_code == 0
    lose(desk)
    wanted, keep = LOSSES[lose]
    assert lost(desk) == lost(desk, "build") == wanted
    assert run(desk, "urls", "accept").exit_code == 1
    if keep is not None:
        keep(desk)
    else:
        gone(desk, *wanted)
    result = run(desk, "build", "--verify")
    assert result.exit_code == 0, result.stderr
    promised = set(json.loads((desk / "urls.json").read_text(encoding="utf-8")))
    assert promised <= set(accept(desk))
    if keep is None:  # and it is looked at again where that is taken back
        config = yaml.safe_load((desk / "config.yaml").read_text(encoding="utf-8"))
        del config["gone"]
        (desk / "config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
        assert lost(desk, "build") == wanted


def test_the_file_alone_can_make_a_build_fail_that_nothing_else_would_run(desk: Path) -> None:
    accept(desk)
    assert run(desk, "build").exit_code == 0
    edit(desk / "urls.json", '"index.html"', '"people/vale.html",\n"index.html"')
    assert lost(desk, "build") == ["people/vale.html"]
    assert lost(desk) == ["people/vale.html"]
    (desk / "urls.json").unlink()
    assert lost(desk, "build") == []


def test_editions_of_the_past_promise_nothing_and_those_with_drafts_keep_what_is_there(desk: Path) -> None:
    accept(desk)
    assert run(desk, "build", "--as-of", "2026-03-02", "--output", "eve").exit_code == 0
    draft(desk)
    assert run(desk, "build", "--drafts").exit_code == 0
    assert lost(desk) == ["about.html"]


def test_of_very_many_lost_addresses_the_first_are_told(desk: Path) -> None:
    accept(desk)
    (desk / "urls.json").write_bytes(urls_bytes([f"people/p-{number:04}.html" for number in range(3000)]))
    result = run(desk, "check", "--format", "concise")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 50
    assert "2951 more published addresses would be lost: people/p-0049.html" in result.stderr


def test_a_page_that_is_gone_says_so_and_is_not_to_be_found(desk: Path) -> None:
    accept(desk)
    remove_article(desk)
    gone(desk, "articles/talks.html", "articles/notes.html#stones", on="2026-03-09")
    edit(desk / "config.yaml", "title: Desk", "title: Desk\nhost: netlify")
    assert run(desk, "build").exit_code == 0
    page = (desk / "site/articles/talks.html").read_text(encoding="utf-8")
    assert '<meta name="robots" content="noindex">' in page
    assert "It was a slip." in page
    assert re.search(r'<time datetime="2026-03-09"[^>]*>.*?Mar.*?</time>', page)
    assert '<li id="stones">' in (desk / "site/articles/notes.html").read_text(encoding="utf-8")
    assert "talks.html" not in (desk / "site/sitemap.xml").read_text(encoding="utf-8")
    rules = (desk / "site/_redirects").read_text(encoding="utf-8").splitlines()
    assert "/a/articles/talks.html /a/articles/talks.html 410!" in rules
    assert run(desk, "build", "--as-of", "2026-03-05", "--output", "eve").exit_code == 0
    assert not (desk / "eve/articles/talks.html").exists()


def test_feeds_and_calendars_stay_where_they_were(desk: Path) -> None:
    assert run(desk, "build").exit_code == 0
    for old, new in (
        ("calendars/harbor.ics", "calendars/port.ics"),
        ("feeds/summit-harbor.xml", "feeds/summit-port.xml"),
    ):
        assert (desk / "site" / old).read_bytes() == (desk / "site" / new).read_bytes()
    rules = (desk / "site/_redirects").read_text(encoding="utf-8").splitlines()
    assert "/a/summits/harbor.html /a/summits/port.html 301" in rules
    assert "/a/feeds/summit-harbor.xml /a/feeds/summit-port.xml 301" in rules


@pytest.mark.parametrize(
    "data", ["{", "[", "[1,", '["\\ud800"]', "[" * 99_999, "1" * 5000, '"x"', "", "null", "[[]]", "[NaN]"]
)
def test_a_damaged_file_is_told(data: str, desk: Path) -> None:
    (desk / "urls.json").write_text(data, encoding="utf-8")
    for command in (["check"], ["build"], ["urls", "accept"]):
        result = run(desk, *command)
        assert result.exit_code == 1
        assert result.stderr.startswith("error[bad-urls]: ")


def test_all_that_is_promised_and_all_in_the_sitemap_is_there(tmp_path: Path) -> None:
    """Of a site with every kind of record, at an address in a folder."""
    write_rich_site(tmp_path)
    assert run(tmp_path, "build", "--base-url", BASE).exit_code == 0
    for address in accept(tmp_path):
        path, _, fragment = address.partition("#")
        assert is_promised(path)
        if "feed" not in path:
            text = (tmp_path / "site" / path).read_text(encoding="utf-8")
            assert not fragment or f'id="{fragment}"' in text
    urls = re.findall("<loc>(.*?)</loc>", (tmp_path / "site/sitemap.xml").read_text(encoding="utf-8"))
    assert len(urls) == len(set(urls)) > 20
    for url in urls:
        page = (tmp_path / "site" / (url.removeprefix(BASE) or "index.html")).read_text(encoding="utf-8")
        assert f'<link rel="canonical" href="{url}">' in page
        assert 'content="noindex"' not in page


@pytest.mark.parametrize("options", [(), ("--drafts",), ("--internal",)], ids=" ".join)
def test_a_page_either_names_its_address_or_asks_not_to_be_found(options: tuple[str, ...], desk: Path) -> None:
    gone(desk, "topics/fish.html")
    assert run(desk, "build", *options, "--output", "out", "--base-url", BASE).exit_code == 0
    for path in (desk / "out").rglob("*.html"):
        page, address = path.read_text(encoding="utf-8"), path.relative_to(desk / "out").as_posix()
        is_found = not options and address not in ("404.html", "topics/fish.html")
        if 'http-equiv="refresh"' in page:  # which names the address that it leads to
            continue
        assert ('<meta name="robots" content="noindex">' in page) == (not is_found), address
        own = [BASE + ("" if address == "index.html" else address)]
        assert re.findall('<link rel="canonical" href="(.*?)">', page) == (own if is_found else [])
        assert re.findall('<meta property="og:url" content="(.*?)">', page) == (own if is_found else [])


def test_of_very_many_pages_there_is_an_index_of_sitemaps() -> None:
    pages = tuple((f"articles/a{number}.html", None) for number in range(100_001))
    files = {file.path: file.data() for file in sitemap_files(SitemapArguments(BASE, pages))}
    assert list(files) == ["sitemaps/1.xml", "sitemaps/2.xml", "sitemaps/3.xml", "sitemap.xml"]
    named = re.findall("<loc>(.*?)</loc>", files["sitemap.xml"].decode())
    assert named == [f"{BASE}sitemaps/{number}.xml" for number in (1, 2, 3)]
    found = [re.findall("<loc>(.*?)</loc>", files[url.removeprefix(BASE)].decode()) for url in named]
    assert [len(of_one) for of_one in found] == [50_000, 50_000, 1]
    assert [url for of_one in found for url in of_one] == [BASE + path for path, _ in pages]
    assert all(len(data) < 50 * 1024 * 1024 for data in files.values())


def test_the_days_in_the_sitemap_are_those_that_records_name(desk: Path) -> None:
    edit(desk / "content/annotations/talks.yaml", "id: steel", "id: steel\n  recorded: 2026-03-08")
    edit(desk / "content/pages/about.md", "title:", "written: 2026-01\ntitle:")
    assert run(desk, "build").exit_code == 0
    text = (desk / "site/sitemap.xml").read_text(encoding="utf-8")
    days = dict(re.findall(f"<loc>{BASE}(.*?)</loc>(?:<lastmod>(.*?)</lastmod>)?", text))
    assert days["articles/talks.html"] == days["topics/trade.html"] == "2026-03-08"
    assert days["articles/notes.html"] == "2026-03-03"
    assert days["about.html"] == "2026-01-01"
    assert days["people/brandt.html"] == days["index.html" if "index.html" in days else ""] == ""


def test_editions_that_are_not_published_have_no_sitemap(desk: Path) -> None:
    for options in (["--drafts", "--output", "out"], ["--as-of", "2026-03-05", "--output", "out"]):
        assert run(desk, "build", *options).exit_code == 0
        assert not (desk / "out/sitemap.xml").exists()
        assert "Sitemap" not in (desk / "out/robots.txt").read_text(encoding="utf-8")


def test_a_domain_and_rules_for_robots_are_written_as_they_are_read(desk: Path) -> None:
    assert run(desk, "build").exit_code == 0
    assert (desk / "site/.nojekyll").read_bytes() == b""
    assert not (desk / "site/CNAME").exists()
    more = "title: Desk\ndomain: desk.example\nrobots: |\n  User-agent: *\n  Disallow: /a/data/"
    edit(desk / "config.yaml", "title: Desk", more)
    assert run(desk, "build").exit_code == 0
    assert (desk / "site/CNAME").read_bytes() == b"desk.example\n"
    rules = (desk / "site/robots.txt").read_text(encoding="utf-8")
    assert rules == f"User-agent: *\nDisallow: /a/data/\n\nSitemap: {BASE}sitemap.xml\n"


def test_whoever_watches_a_site_sees_what_is_promised(desk: Path) -> None:
    states = States(desk)
    accept(desk)
    assert states.look_at(["urls.json"]) == {"urls.json"}
    (desk / "urls.json").unlink()
    assert states.look() == {"urls.json"}
