"""Which files have changed: by their stamps, without missing one that was written twice in a moment."""

import os
import time
from pathlib import Path

import pytest

from briefing.serve.states import States
from tests.commands import small_site
from tests.serve.serving import ANNOTATIONS, ARTICLE, save, save_by_rename


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return small_site(tmp_path / "desk")


def test_what_is_new_gone_or_another_is_told_once(desk: Path) -> None:
    states = States(desk)
    assert states.look() == set()
    save(desk / ARTICLE, "one")
    save_by_rename(desk / ANNOTATIONS, "two")
    save(desk / "content/articles/new.md", "three")
    (desk / "content/sources.yaml").unlink()
    wanted = {ARTICLE, ANNOTATIONS, "content/articles/new.md", "content/sources.yaml"}
    assert states.look() == wanted
    assert states.look() == set()


def test_only_what_is_asked_for_is_looked_at(desk: Path) -> None:
    states = States(desk)
    save(desk / ARTICLE, "one")
    save(desk / "config.yaml", "title: Another\n")
    assert states.look_at(["config.yaml", "content/none.md"]) == {"config.yaml"}
    assert states.look() == {ARTICLE}


def test_a_folder_stands_for_all_that_is_or_was_in_it(desk: Path) -> None:
    states = States(desk)
    (desk / "content/articles").rename(desk / "content/elsewhere")
    assert states.look_at(["content/articles", "content/elsewhere"]) == {ARTICLE, "content/elsewhere/talks.md"}
    (desk / "templates/parts").mkdir(parents=True)
    save(desk / "templates/parts/claim-row.html", "x")
    assert states.look_at(["templates"]) == {"templates/parts/claim-row.html"}
    assert states.look() == set()


def test_so_many_that_all_are_looked_at(desk: Path) -> None:
    states = States(desk)
    save(desk / ARTICLE, "one")
    assert states.look_at([f"content/{number}" for number in range(1000)]) == {ARTICLE}


def test_what_editors_keep_beside_and_what_is_no_source_is_not_looked_at(desk: Path) -> None:
    states = States(desk)
    for path in (".git/x", "site/index.html", "content/articles/.talks.md.swp", "content/articles/talks.md~", "x.txt"):
        (desk / path).parent.mkdir(exist_ok=True)
        save(desk / path, "x")
    assert states.look() == set()
    assert states.look_at([".git/x", "site/index.html", "content/articles/.talks.md.swp", "x.txt"]) == set()


def test_a_link_is_told_of_and_not_followed(desk: Path, tmp_path: Path) -> None:
    states = States(desk)
    (tmp_path / "others").mkdir()
    save(tmp_path / "others/a.md", "x")
    (desk / "content/articles/linked").symlink_to(tmp_path / "others")
    assert states.look() == {"content/articles/linked"}
    save(tmp_path / "others/b.md", "x")
    assert states.look() == set()


def test_a_file_that_is_written_twice_with_one_stamp_is_told_again_once_it_has_come_to_rest(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a disk that counts whole days, so that two saves have one stamp, and to which the file keeps its number."""
    day = 24 * 3600 * 10**9

    def coarse(status: os.stat_result) -> tuple[int, int, int, int]:
        return status.st_size, 0, status.st_ctime_ns // day * day, status.st_ino

    written = time.time_ns()
    monkeypatch.setattr("briefing.serve.states._stamp", coarse)
    monkeypatch.setattr("briefing.serve.states.is_settled", lambda stamp, now: now > written + 50_000_000)
    states = States(desk)
    save(desk / ARTICLE, "one!")
    assert states.look() == {ARTICLE}
    save(desk / ARTICLE, "two!")
    assert states.look() == set()
    assert states.come_to_rest() == set()
    monkeypatch.setattr("briefing.serve.states.time.time_ns", lambda: written + day)
    assert states.come_to_rest() == {ARTICLE}
    assert states.come_to_rest() == set()


def test_a_file_that_stayed_as_it_was_is_not_told_again(desk: Path) -> None:
    states = States(desk)
    save(desk / ARTICLE, "one")
    assert states.look() == {ARTICLE}
    time.sleep(0.1)
    assert states.come_to_rest() == set()
    assert states._unsettled == {}
