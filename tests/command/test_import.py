"""`briefing import` as it is called: what it prints where, its exit codes, and the question on a terminal."""

import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.commands import BOUND_SECONDS, environment, small_site

pytestmark = pytest.mark.slow

FEED = """<rss version="2.0"><channel><title>Coast</title>
<item><title>One</title><link>http://127.0.0.1/1</link><pubDate>Mon, 02 Mar 2026 10:00:00 +0100</pubDate></item>
<item><title>Two</title><link>http://127.0.0.1/2</link></item></channel></rss>"""
TEXT = "Ferry line reopens\n\nThe ferry to Valdor City will sail again from Monday.\n"


def run(folder: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "briefing", "-C", str(folder), "import", *arguments]
    return subprocess.run(command, env=environment(), input=given, capture_output=True, text=True, check=False)


def test_what_was_written_is_told_with_what_to_do_next(tmp_path: Path) -> None:
    folder = small_site(tmp_path)
    ended = run(folder, "-", given=TEXT)
    assert ended.returncode == 0
    assert ended.stdout.splitlines() == [
        "content/articles/undated-ferry-line-reopens.md  from -",
        "  10 words",
        "  not found: authors, language, address",
        "  its first line was taken as the title",
        "1 article imported. Next: write claims into content/annotations/undated-ferry-line-reopens.yaml, then run"
        " `briefing check`.",
    ]
    assert ended.stderr.count("warning[left-to-editor]") == 2
    assert run(folder, "-", "--strict", given=TEXT.replace("Monday", "Friday")).returncode == 1


def test_good_and_bad_sources_in_one_call_end_with_one(tmp_path: Path) -> None:
    folder = small_site(tmp_path)
    (folder / "notes.txt").write_text(TEXT, encoding="utf-8")
    ended = run(folder, "nowhere.html", "notes.txt", "--format", "json")
    assert (ended.returncode, ended.stderr) == (1, "")
    told = [(problem["code"], problem["path"], problem["line"]) for problem in json.loads(ended.stdout)]
    written = "content/articles/undated-ferry-line-reopens.md"
    assert told == [
        ("unreadable-file", "nowhere.html", 1),
        ("left-to-editor", written, 3),
        ("left-to-editor", written, 4),
    ]
    assert (folder / written).exists()


def test_a_folder_that_is_no_site_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text(TEXT, encoding="utf-8")
    ended = run(tmp_path, "notes.txt")
    assert ended.returncode == 1
    assert "there is no config.yaml here" in ended.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.txt"]


def test_a_folder_that_may_not_be_written_to_is_one_line(tmp_path: Path) -> None:
    folder = small_site(tmp_path)
    (folder / "notes.txt").write_text(TEXT, encoding="utf-8")
    (folder / "content/articles/talks.md").rename(folder / "talks.md")
    (folder / "content/articles").rmdir()
    (folder / "content/articles").write_text("", encoding="utf-8")
    ended = run(folder, "notes.txt")
    assert ended.returncode == 3
    assert ended.stderr.startswith("briefing: ")
    assert ended.stderr.count("\n") == 1


def test_text_that_is_kept_apart_is_to_be_ignored_by_git(tmp_path: Path) -> None:
    folder = small_site(tmp_path)
    assert "Write `/content/texts/` into .gitignore before you commit" in run(folder, "--apart", "-", given=TEXT).stdout
    (folder / ".gitignore").write_text("/content/texts/\n", encoding="utf-8")
    assert "gitignore" not in run(folder, "--apart", "-", given=TEXT.replace("Ferry", "Bus")).stdout


def test_a_feed_is_listed_where_nobody_can_be_asked(tmp_path: Path) -> None:
    ended = run(small_site(tmp_path), "-", given=FEED)
    assert ended.returncode == 0
    assert ended.stdout.splitlines() == [
        "-: 2 articles; choose with --pick, as in --pick 1,3",
        "  1  2026-03-02T10:00:00+01:00  One  http://127.0.0.1/1",
        "  2  without a date  Two  http://127.0.0.1/2",
    ]


@pytest.mark.parametrize(
    ("pick", "code", "told"),
    [
        ("2", 1, "its host 127.0.0.1 is not of the public net"),
        ("3", 1, "`3` is not among its 2 articles"),
        ("two", 2, "`two` is not numbers; write `1,3-5` or `all`"),
    ],
)
def test_what_is_picked_is_fetched_or_told_to_be_wrong(pick: str, code: int, told: str, tmp_path: Path) -> None:
    ended = run(small_site(tmp_path), "--pick", pick, "-", given=FEED)
    assert (ended.returncode, told in ended.stderr) == (code, True)


def test_on_a_terminal_it_is_asked_which(tmp_path: Path) -> None:
    folder = small_site(tmp_path)
    (folder / "feed.xml").write_text(FEED, encoding="utf-8")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "briefing", "-C", str(folder), "import", "feed.xml"]
    process = subprocess.Popen(command, env=environment(), stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    try:
        assert "Import which, as in 1,3-5 [none]: " in _read_until(ours, "[none]: ")
        os.write(ours, b"9\n")
        assert "`9` is not numbers from 1 to 2, `all` or `none`" in _read_until(ours, "[none]: ")
        os.write(ours, b"1\n")
        told = _read_until(ours, "not.")
        assert process.wait(BOUND_SECONDS) == 1
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    assert "its host 127.0.0.1 is not of the public net" in told
    assert "0 articles imported, 1 not." in told


def _read_until(terminal: int, end: str) -> str:
    seen = ""
    deadline = time.monotonic() + BOUND_SECONDS
    while end not in seen:
        assert time.monotonic() < deadline, seen
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                seen += os.read(terminal, 4096).decode()
            except OSError:  # the other side is closed
                break
    return seen
