"""A published site that came another way, as through git: `--adopt` takes over what is ours, and nothing else."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main
from tests.commands import owned_files, small_site
from tests.outputs import tree


def told(folder: Path, *options: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["-C", str(folder), "build", *options], catch_exceptions=False)
    return result.exit_code, result.output


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A site that has been built, with an image."""
    folder = small_site(tmp_path / "desk")
    (folder / "content/media").mkdir()
    (folder / "content/media/chart.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    assert told(folder)[0] == 0
    return folder


def with_crlf(site: Path) -> None:
    """As a checkout with `core.autocrlf` writes texts."""
    for path in site.rglob("*"):
        if path.is_file() and path.suffix != ".png":
            path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


def without_notes(site: Path) -> None:
    shutil.rmtree(site / ".briefing")


def edit(desk: Path) -> None:
    text = (desk / "content/articles/talks.md").read_text(encoding="utf-8")
    (desk / "content/articles/talks.md").write_text(text.replace("Officials", "Some officials"), encoding="utf-8")


@pytest.mark.parametrize("is_cloned", [True, False], ids=["other line ends", "the same line ends"])
@pytest.mark.parametrize("is_ignored", [True, False], ids=["no notes", "notes"])
def test_a_site_that_is_what_a_build_writes_but_for_line_ends_is_taken_over(
    is_cloned: bool, is_ignored: bool, desk: Path
) -> None:
    site, whole = desk / "site", tree(desk / "site")
    if is_cloned:
        with_crlf(site)
    if is_ignored:
        without_notes(site)
    if is_cloned:
        before = tree(site)
        exit_code, text = told(desk)
        assert exit_code == 3
        assert "build with --adopt" in text
        assert tree(site) == before
    exit_code, text = told(desk, "--adopt", "--verify")
    assert (exit_code, "Not taken over" in text) == (0, False)
    assert tree(site) == whole
    edit(desk)
    assert told(desk)[0] == 0
    assert "Some officials" in (site / "articles/talks.html").read_text(encoding="utf-8")


def test_with_its_notes_a_site_is_taken_over_though_the_content_has_changed(desk: Path) -> None:
    """The notes have the digests of what was written, so it is known to be ours."""
    with_crlf(desk / "site")
    edit(desk)
    (desk / "content/articles/more.md").write_bytes((desk / "content/articles/talks.md").read_bytes())
    (desk / "content/media/chart.png").unlink()
    assert told(desk, "--adopt", "--verify")[0] == 0
    assert not (desk / "site/media").exists()
    assert b"\r" not in (desk / "site/articles/index.html").read_bytes()


def test_a_page_that_is_no_longer_wanted_goes_with_other_line_ends_too(desk: Path) -> None:
    text = (desk / "content/articles/talks.md").read_bytes()
    (desk / "content/articles/more.md").write_bytes(text)
    assert told(desk)[0] == 0
    with_crlf(desk / "site")
    (desk / "content/articles/more.md").unlink()
    assert told(desk, "--adopt")[0] == 0
    assert not (desk / "site/articles/more.html").exists()


def test_all_that_differs_is_listed_and_nothing_changes(desk: Path) -> None:
    site = desk / "site"
    for number in range(15):
        (desk / f"content/articles/more-{number:02}.md").write_bytes((desk / "content/articles/talks.md").read_bytes())
    assert told(desk)[0] == 0
    with_crlf(site)
    without_notes(site)
    for number in range(15):
        path = site / f"articles/more-{number:02}.html"
        path.write_bytes(path.read_bytes() + b"mine\r\n")
    before = tree(site)
    exit_code, text = told(desk, "--adopt")
    assert exit_code == 3
    names = [f"articles/more-{number:02}.html" for number in range(15)]
    assert f"not what this build writes, so nothing was taken over: {', '.join(names)}; " in text
    assert tree(site) == before
    for name in names:
        (site / name).unlink()
    assert told(desk, "--adopt")[0] == 0


def test_an_edited_page_is_somebodys_whatever_its_line_ends(desk: Path) -> None:
    page = desk / "site/articles/talks.html"
    page.write_bytes(page.read_bytes().replace(b"Officials", b"Spokesmen").replace(b"\n", b"\r\n"))
    before = tree(desk / "site")
    assert told(desk, "--adopt")[0] == 3
    assert tree(desk / "site") == before


def test_bytes_that_are_no_text_have_no_line_ends(desk: Path) -> None:
    (desk / "site/media/chart.png").write_bytes(b"\x89PNG\n\x1a\n\0\0")
    assert told(desk, "--adopt")[0] == 3


def test_files_of_others_stay_theirs_and_are_named(desk: Path) -> None:
    site = desk / "site"
    without_notes(site)
    (site / "CNAME").write_bytes(b"example.org\r\n")
    (site / "articles/talks.html.orig").write_bytes(b"mine")
    exit_code, text = told(desk, "--adopt")
    assert exit_code == 0
    assert text.endswith("Not taken over: CNAME, articles/talks.html.orig.\n")
    assert (site / "CNAME").read_bytes() == b"example.org\r\n"
    assert not {"CNAME", "articles/talks.html.orig"} & owned_files(site).keys()


def test_what_a_link_leads_to_is_not_taken_over(desk: Path, tmp_path: Path) -> None:
    site = desk / "site"
    (site / "articles").rename(tmp_path / "theirs")
    (site / "articles").symlink_to(tmp_path / "theirs")
    without_notes(site)
    before = tree(tmp_path / "theirs")
    assert told(desk, "--adopt")[0] == 3
    assert tree(tmp_path / "theirs") == before
