"""`briefing serve` as people start and end it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner

from briefing.cli import main
from tests.commands import environment, small_site, wait_until
from tests.faults.wholesite import as_another_user
from tests.outputs import tree
from tests.serve.serving import ANNOTATIONS, ARTICLE, PAGE, save, save_by_rename, started

pytestmark = pytest.mark.slow

WRONG = "claims:\n  - quote: will part on Monday\n    topics: [defense]\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return small_site(tmp_path / "desk")


def test_a_save_is_served_checked_and_told_and_nothing_is_written(desk: Path) -> None:
    good = (desk / ANNOTATIONS).read_text(encoding="utf-8")
    with started(desk) as running:
        running.wait_for(lambda news: bool(news["is_checked"]))
        before = tree(desk)
        save(desk / ANNOTATIONS, WRONG)
        news = running.wait_for(lambda news: bool(news["problems"]))
        assert "error[quote-not-found]" in news["problems"]
        news = running.wait_for(lambda news: bool(news["is_checked"]))
        assert news["counts"] == "1 error"
        save_by_rename(desk / ANNOTATIONS, good.replace("topics:", "text: They meet.\n    topics:"))
        news = running.wait_for(lambda news: bool(news["is_checked"]) and not news["problems"])
        assert "They meet." in running.ask(PAGE).text
        assert running.end() == 130
        assert tree(desk).keys() == before.keys()
    first, *rest = running.printed.splitlines()
    assert first == f"Serving {desk} at http://127.0.0.1:{running.port}/ (Ctrl-C ends it)"
    assert rest[0] == "No errors. 1 claim, 0 open, 0 resolved."
    assert rest[1] == "error[quote-not-found]: quote is not in the article"
    assert rest[-3:] == [
        "1 error",
        "No errors. 1 claim, 0 open, 0 resolved.",
        "briefing: interrupted; the site is served no more",
    ]
    assert running.printed.count("quote-not-found") == 1


def test_the_schemas_of_editors_follow_the_ids_of_the_site(desk: Path) -> None:
    with started(desk) as running:
        running.wait_for(lambda news: bool(news["is_checked"]))
        schema = desk / ".briefing/schema/annotations.json"
        assert "ilse-brandt" not in schema.read_text(encoding="utf-8")
        save(desk / "content/people.yaml", "ilse-brandt:\n  name: Ilse Brandt\n")
        wait_until(lambda: '"ilse-brandt"' in schema.read_text(encoding="utf-8"))


def test_who_only_reads_is_given_no_schemas(desk: Path) -> None:
    with started(desk, "--port=0", "--read-only") as running:
        running.wait_for(lambda news: bool(news["is_checked"]))
        assert not (desk / ".briefing/schema").exists()


def test_what_only_a_whole_check_finds_is_told_behind(desk: Path) -> None:
    with started(desk) as running:
        text = (desk / ARTICLE).read_text(encoding="utf-8")
        save(desk / ARTICLE, f"{text}\n[More](no-such-article.md#x)\n")
        news = running.wait_for(lambda news: bool(news["problems"]))
        assert news["is_checked"]
        assert "error[bad-link]" in news["problems"]
        assert "bad-link" in running.printed


def test_of_many_saves_the_last_is_served(desk: Path) -> None:
    text = (desk / ARTICLE).read_text(encoding="utf-8")
    with started(desk) as running:
        for number in range(20):
            save(desk / ARTICLE, f"{text}\nSave {number} of twenty.\n")
            time.sleep(0.05)
        wait_until(lambda: b"Save 19 of twenty." in running.page(PAGE))


@pytest.mark.parametrize(
    "number",
    [signal.SIGINT, *(pytest.param(number, marks=pytest.mark.slow) for number in (signal.SIGTERM, signal.SIGHUP))],
)
def test_a_signal_ends_it_with_all_that_it_has_started(number: int, desk: Path) -> None:
    """In the middle of a check, with streams that nobody closes and a request that never ends."""
    with started(desk) as running:
        streams = [http.client.HTTPConnection("127.0.0.1", running.port) for _ in range(3)]
        for stream in streams:
            stream.request("GET", "/_briefing/news")
            assert stream.getresponse().status == 200
        idle = socket.create_connection(("127.0.0.1", running.port))
        idle.sendall(b"GET / HT")
        save(desk / ARTICLE, (desk / ARTICLE).read_text(encoding="utf-8") + "\nMore.\n")
        wait_until(lambda: bool(children(running.process.pid)))
        checks = children(running.process.pid)
        begun = time.monotonic()
        assert running.end(number) == 128 + number
        assert time.monotonic() - begun < 5
        assert not any(is_running(check) for check in checks)
        idle.close()
    assert "Traceback" not in running.printed


def children(process: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=False)
    return [int(pid) for pid in listed.stdout.split()]


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_port_that_is_in_use_is_one_line_and_the_next_is_taken_where_none_was_named(desk: Path) -> None:
    with started(desk, "--jobs=1") as first, started(desk, "--jobs=1") as second:
        assert first.port >= 8000
        assert second.port > first.port
        command = [sys.executable, "-m", "briefing", "-C", str(desk), "serve", "--port", str(first.port)]
        ended = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
        assert ended.returncode == 3
        assert ended.stderr.startswith(f"briefing: port {first.port} of 127.0.0.1 is in use; ")
        assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "desk.example.org"])
def test_others_may_read_only_if_that_is_said_twice(host: str, desk: Path) -> None:
    result = CliRunner().invoke(main, ["-C", str(desk), "serve", "--host", host])
    assert result.exit_code == 2
    assert f"if that is meant, write `--host {host} --allow-others`" in result.stderr


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid"])
def test_an_address_that_is_not_ours_is_one_line(host: str, desk: Path) -> None:
    result = CliRunner().invoke(main, ["-C", str(desk), "serve", "--host", host, "--allow-others"])
    assert result.exit_code == 3
    assert result.stderr.startswith(f"briefing: cannot serve at {host}: ")
    assert result.stderr.count("\n") == 1


def test_others_read_under_any_name(desk: Path) -> None:
    with started(desk, "--port=0", "--host=0.0.0.0", "--allow-others") as running:
        assert running.ask("/", headers={"Host": "desk.example.org"}).status == 200
        assert "data-token" not in running.ask("/").text


def test_it_serves_the_sixth_version_of_the_protocol_too_where_there_is_one(desk: Path) -> None:
    if not Path("/proc/net/if_inet6").exists():
        result = CliRunner().invoke(main, ["-C", str(desk), "serve", "--port=0", "--host=::1"])
        assert (result.exit_code, result.stderr.count("\n")) == (3, 1)
        return
    with started(desk, "--port=0", "--host=::1") as running:
        assert running.ask("/").status == 200


def test_drafts_and_days_are_those_of_a_build(desk: Path) -> None:
    draft = (
        "claims:\n  - quote: will meet on Friday\n    topics: [defense]\n    draft: true\n    text: A draft says so.\n"
    )
    save(desk / ANNOTATIONS, draft)
    with started(desk, "--port=0", "--drafts") as running:
        assert "A draft says so." in running.ask(PAGE).text
    with started(desk, "--port=0", "--as-of=2025-02-06") as running:
        assert 'datetime="2025-02-06"' in running.ask("/").text
        assert running.wait_for(lambda news: bool(news["is_checked"]))["problems"] == ""


def test_without_a_site_it_says_what_is_missing_and_waits_for_it(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    with started(folder) as running:
        assert running.ask("/").status == 503
        assert "config.yaml" in running.ask("/").text
        small_site(folder)
        wait_until(lambda: running.ask(PAGE).status == 200)
        running.wait_for(lambda news: bool(news["is_checked"]) and not news["problems"])
        assert running.end() == 130


def test_a_folder_that_may_not_be_read_is_one_line() -> None:
    import_module("briefing.serve.running")  # here, because another user may not be allowed to read the program
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        desk = small_site(Path(folder) / "desk")

        def serve() -> None:
            (desk / "content/articles").chmod(0)
            result = CliRunner().invoke(main, ["-C", str(desk), "serve", "--port=0"], catch_exceptions=False)
            assert result.exit_code == 3
            assert result.stderr.startswith("briefing: ")
            assert result.stderr.count("\n") == 1

        assert as_another_user(serve, Path(folder)) == 0
        (desk / "content/articles").chmod(0o755)


def test_it_opens_a_browser_and_says_so_where_there_is_none(desk: Path, tmp_path: Path) -> None:
    browser, opened = tmp_path / "browser", tmp_path / "opened.txt"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}\n', encoding="utf-8")
    browser.chmod(0o755)
    with started(desk, "--port=0", "--open", BROWSER=f"{browser} %s") as running:
        wait_until(lambda: opened.exists() and opened.read_text(encoding="utf-8").endswith("\n"))
        assert opened.read_text(encoding="utf-8") == f"http://127.0.0.1:{running.port}/\n"
    with started(desk, "--port=0", "--open", BROWSER="/no/such/browser %s", PATH="") as running:
        wait_until(lambda: "No browser was found to open; go to " in running.printed)


def test_it_works_without_notifications(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "without").mkdir()
    (tmp_path / "without/watchfiles.py").write_text("raise ImportError\n", encoding="utf-8")
    paths = os.pathsep.join([str(tmp_path / "without"), environment()["PYTHONPATH"]])
    with started(desk, "--port=0", PYTHONPATH=paths) as running:
        save(desk / ARTICLE, (desk / ARTICLE).read_text(encoding="utf-8") + "\nMore was said.\n")
        wait_until(lambda: b"More was said." in running.page(PAGE))
