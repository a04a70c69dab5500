"""What is gone from the sources is not taken off a published site without a word."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main
from tests.commands import SMALL, small_site
from tests.outputs import tree
from tests.samples import first_of

ARTICLE = SMALL["content/articles/talks.md"]


def told(folder: Path, *command: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["-C", str(folder), *command], catch_exceptions=False)
    return result.exit_code, result.stderr


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A site that has been built."""
    folder = small_site(tmp_path / "desk")
    assert told(folder, "build") == (0, "")
    return folder


def articles(folder: Path, count: int, extra: str = "") -> Path:
    """So many more articles of one source, the first lines of whose front matter may have an extra one."""
    for number in range(count):
        text = ARTICLE.replace("title:", f"{extra}title:").replace("2025-02-05", f"2025-03-{number + 1:02}")
        (folder / f"content/articles/more-{number:02}.md").write_text(text, encoding="utf-8")
    return folder


def gone(path: str) -> Callable[[Path], object]:
    return lambda desk: shutil.rmtree(desk / path)


def renamed(path: str, name: str) -> Callable[[Path], object]:
    return lambda desk: (desk / path).rename((desk / path).with_name(name))


def emptied(path: str) -> Callable[[Path], None]:
    def change(desk: Path) -> None:
        shutil.rmtree(desk / path, ignore_errors=True)
        (desk / path).mkdir()

    return change


def file_instead(path: str) -> Callable[[Path], None]:
    def change(desk: Path) -> None:
        shutil.rmtree(desk / path)
        (desk / path).write_text("x\n", encoding="utf-8")

    return change


def linked(path: str) -> Callable[[Path], None]:
    """The same files, which a link leads to."""

    def change(desk: Path) -> None:
        (desk / path).rename(desk.parent / "moved")
        (desk / path).symlink_to(desk.parent / "moved")

    return change


def both(*changes: Callable[[Path], object]) -> Callable[[Path], None]:
    def change(desk: Path) -> None:
        for one in changes:
            one(desk)

    return change


CHECKED = {
    "content is gone": (gone("content"), "missing-folder"),
    "content is empty": (emptied("content"), "missing-folder"),
    "content has empty folders only": (both(emptied("content"), emptied("content/articles")), "missing-folder"),
    "content is a file": (file_instead("content"), "missing-folder"),
    "content is spelled otherwise": (renamed("content", "Content"), "missing-folder"),
    "content is in capitals": (renamed("content", "CONTENT"), "missing-folder"),
    "content is a link": (linked("content"), "not-regular"),
    "articles are gone": (gone("content/articles"), "annotations-without-article"),
    "articles are spelled otherwise": (renamed("content/articles", "Articles"), "missing-folder"),
    "articles are called otherwise": (renamed("content/articles", "article"), "annotations-without-article"),
    "articles are a file": (file_instead("content/articles"), "missing-folder"),
    "articles are a link": (linked("content/articles"), "not-regular"),
    "annotations are spelled otherwise": (renamed("content/annotations", "Annotations"), "missing-folder"),
    "a registry is spelled otherwise": (renamed("content/sources.yaml", "Sources.yaml"), "missing-folder"),
    "annotations are a file": (file_instead("content/annotations"), "missing-folder"),
}


@pytest.mark.parametrize("name", first_of(4, CHECKED))
def test_a_folder_that_is_not_there_is_an_error_and_costs_no_page(name: str, desk: Path) -> None:
    change, code = CHECKED[name]
    before = tree(desk / "site")
    change(desk)
    for command in (["build"], ["build", "--clean"], ["build", "--allow-removal"], ["check"]):
        exit_code, text = told(desk, *command)
        assert exit_code == 1
        assert f"error[{code}]" in text
    assert tree(desk / "site") == before


def test_a_link_to_the_very_same_files_is_seen_by_a_build_with_nothing_to_do(desk: Path) -> None:
    """The digests of all files are those of the last build."""
    linked("content")(desk)
    assert told(desk, "build")[0] == 1


def test_another_spelling_beside_a_folder_is_told_by_a_build_with_nothing_to_do(desk: Path) -> None:
    (desk / "Content").mkdir(exist_ok=True)
    is_another = not os.path.samefile(desk / "Content", desk / "content")  # where capitals count
    exit_code, text = told(desk, "build")
    assert (exit_code, text.count("error[missing-folder]")) == (is_another, is_another)


def test_every_article_goes_only_when_that_is_asked_for(desk: Path) -> None:
    gone("content/articles")(desk)
    gone("content/annotations")(desk)
    before = tree(desk / "site")
    exit_code, text = told(desk, "build")
    assert exit_code == 1
    assert (
        f"error[much-removed]: this would remove 1 of {count_pages(desk)} published pages, among them every article: "
        "articles/talks" in text
    )
    assert tree(desk / "site") == before
    assert told(desk, "build", "--allow-removal", "--verify") == (0, "")
    assert not (desk / "site/articles/talks.html").exists()
    assert told(desk, "build") == (0, "")


def count_pages(folder: Path) -> int:
    return sum(1 for _ in (folder / "site").rglob("*.html"))


def remove(folder: Path, numbers: range) -> None:
    for number in numbers:
        (folder / f"content/articles/more-{number:02}.md").unlink()


def test_more_than_half_of_the_pages_go_only_when_that_is_asked_for(desk: Path) -> None:
    """One page more than all others together would go, and then as many."""
    new = count_pages(desk) + 1
    assert told(articles(desk, new), "build") == (0, "")
    before = tree(desk / "site")
    remove(desk, range(new))
    exit_code, text = told(desk, "build", "--verify")
    assert exit_code == 1
    assert f"this would remove {new} of {2 * new - 1} published pages: articles/more-00.html, " in text
    assert f"articles/more-04.html and {new - 5} more\n" in text
    assert tree(desk / "site") == before
    articles(desk, 1)
    assert told(desk, "build") == (0, "")


@pytest.mark.parametrize(("first", "then"), [(["--drafts"], []), ([], ["--as-of", "2025-02-28"])])
def test_another_edition_in_the_same_output_does_not_take_the_place_of_most_of_it(
    first: list[str], then: list[str], desk: Path
) -> None:
    articles(desk, 20, "draft: true\n" if first else "")
    assert told(desk, "build", "--output", str(desk / "site"), *first)[0] == 0
    before = tree(desk / "site")
    exit_code, text = told(desk, "build", "--output", str(desk / "site"), *then)
    assert (exit_code, f"error[much-removed]: this would remove 20 of {count_pages(desk)} published pages" in text) == (
        1,
        True,
    )
    assert tree(desk / "site") == before
    assert told(desk, "build", "--output", str(desk / "site"), "--allow-removal", *then)[0] == 0


def test_pages_that_are_gone_already_are_not_removed(desk: Path) -> None:
    assert told(articles(desk, 16), "build") == (0, "")
    for number in range(16):
        (desk / f"site/articles/more-{number:02}.html").unlink()
    remove(desk, range(16))
    assert told(desk, "build") == (0, "")


def test_a_renamed_article_is_no_removal_of_all(desk: Path) -> None:
    for folder, end in (("articles", "md"), ("annotations", "yaml")):
        renamed(f"content/{folder}/talks.{end}", f"summit.{end}")(desk)
    assert told(desk, "build") == (0, "")
    assert not (desk / "site/articles/talks.html").exists()
