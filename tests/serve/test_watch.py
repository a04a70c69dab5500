"""When changes are told: at once with notifications and soon without, the last of many saves always."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.serve.watch import Watcher
from tests.commands import small_site, wait_until
from tests.serve.serving import ANNOTATIONS, ARTICLE, save, save_by_rename

pytestmark = pytest.mark.slow


class Told:
    """What a watcher has told, and the article's text as it was then."""

    def __init__(self, root: Path, with_notifications: bool) -> None:
        self.root = root
        self.paths: list[str] = []
        self.texts: list[str] = []
        self.watcher = Watcher(root, self.told, with_notifications)

    def told(self, paths: list[str]) -> None:
        self.paths += paths
        if ARTICLE in paths and (self.root / ARTICLE).exists():
            self.texts.append((self.root / ARTICLE).read_text(encoding="utf-8"))

    def wait_for(self, *paths: str) -> None:
        wait_until(lambda: set(paths) <= set(self.paths))


@pytest.fixture(params=[True, False], ids=["notified", "looking"])
def told(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Told]:
    told = Told(small_site(tmp_path / "desk"), request.param)
    told.watcher.start()
    yield told
    told.watcher.stop()


@pytest.mark.parametrize("way", [save, save_by_rename])
def test_of_twenty_saves_in_a_second_the_last_is_told(told: Told, way: "object") -> None:
    assert callable(way)
    for number in range(20):
        way(told.root / ARTICLE, f"save {number:02}")
        time.sleep(0.05)
    wait_until(lambda: told.texts[-1:] == ["save 19"])
    assert set(told.paths) == {ARTICLE}


def test_saves_without_a_pause_end_with_the_last(told: Told) -> None:
    for number in range(300):
        save(told.root / ARTICLE, f"save {number:03}")
    wait_until(lambda: told.texts[-1:] == ["save 299"])


def test_all_kinds_of_changes_are_told(told: Told) -> None:
    save(told.root / "config.yaml", "title: Another\n")
    told.wait_for("config.yaml")
    save(told.root / "content/articles/new.md", "x")
    told.wait_for("content/articles/new.md")
    (told.root / "content/articles/new.md").rename(told.root / "content/articles/newer.md")
    told.wait_for("content/articles/newer.md")
    assert told.paths.count("content/articles/new.md") > 1
    (told.root / ANNOTATIONS).unlink()
    told.wait_for(ANNOTATIONS)
    (told.root / "content/pages").mkdir()
    save(told.root / "content/pages/about.md", "x")
    told.wait_for("content/pages/about.md")


def test_a_folder_that_comes_later_is_watched_too(told: Told) -> None:
    (told.root / "templates/assets").mkdir(parents=True)
    save(told.root / "templates/404.html", "x")
    save(told.root / "templates/assets/custom.css", "x")
    told.wait_for("templates/404.html", "templates/assets/custom.css")
    save(told.root / "templates/assets/custom.css", "y")
    wait_until(lambda: told.paths.count("templates/assets/custom.css") > 1)


def test_a_folder_that_is_put_in_the_place_of_another_is_watched(told: Told) -> None:
    (told.root / "content").rename(told.root / "was")
    told.wait_for(ARTICLE, ANNOTATIONS)
    told.paths.clear()
    time.sleep(0.2)  # so that nobody takes it for a moment's absence
    (told.root / "was").rename(told.root / "content")
    told.wait_for(ARTICLE, ANNOTATIONS)
    told.paths.clear()
    save(told.root / ANNOTATIONS, "x")
    told.wait_for(ANNOTATIONS)


def test_a_file_is_told_once_nobody_writes_it_any_more(told: Told) -> None:
    with open(told.root / ARTICLE, "w", encoding="utf-8") as file:
        for _ in range(10):
            file.write("part ")
            file.flush()
            time.sleep(0.005)
    wait_until(lambda: told.texts[-1:] == ["part " * 10])
    assert len(told.texts) < 6


def test_without_notifications_a_site_of_which_little_changes_costs_little(tmp_path: Path) -> None:
    told = Told(small_site(tmp_path / "desk"), False)
    told.watcher.start()
    before = time.process_time()
    time.sleep(1)
    spent = time.process_time() - before
    told.watcher.stop()
    assert told.paths == []
    assert spent < 0.3


def test_notifications_that_do_not_come_are_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a disk of another machine: nothing is notified of, and what changes is found by looking, soon."""
    root = small_site(tmp_path / "desk")
    monkeypatch.setattr("briefing.serve.watch.NOTIFIED", 0.5)
    monkeypatch.setattr("briefing.serve.watch._LATE", 0)
    monkeypatch.setattr(Watcher, "_notified", silent)
    told = Told(root, True)
    told.watcher.start()
    save(root / ARTICLE, "one")
    told.wait_for(ARTICLE)
    save(root / ANNOTATIONS, "two")
    started = time.monotonic()
    told.wait_for(ANNOTATIONS)
    assert time.monotonic() - started < 0.4
    told.watcher.stop()


def silent(watcher: Watcher, _: object) -> Iterator[set[str]]:
    while not watcher._stopped.wait(0.02):
        yield set()


def test_a_system_that_has_no_more_to_watch_with_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> Iterator[object]:
        raise OSError(28, "No space left on device")
        yield

    monkeypatch.setattr("watchfiles.watch", fail)
    told = Told(small_site(tmp_path / "desk"), True)
    told.watcher.start()
    save(told.root / ARTICLE, "one")
    told.wait_for(ARTICLE)
    told.watcher.stop()
    assert "watcher" not in [thread.name for thread in threading.enumerate()]


def test_a_site_that_is_named_by_a_link_is_watched(tmp_path: Path) -> None:
    small_site(tmp_path / "desk")
    (tmp_path / "link").symlink_to(tmp_path / "desk")
    told = Told(tmp_path / "link", True)
    told.watcher.start()
    save(told.root / ARTICLE, "one")
    told.wait_for(ARTICLE)
    told.watcher.stop()
    assert os.path.islink(told.root)
