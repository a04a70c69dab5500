"""What a build leaves in its output: the files, their modes and time stamps, and what it does not touch."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.diagnostics import EnvironmentProblem
from briefing.write.disk import Folder
from briefing.write.publish import PublishResult
from tests.commands import REPOSITORY, environment, small_site
from tests.faults.faultdisk import faulty_disk
from tests.outputs import NEW, NEWER, OLD, RESHAPED, SHAPE, Site, complete_tree, publish, tree, visible


@pytest.mark.parametrize(
    "before",
    [[], [OLD], [OLD, NEWER], [NEW], [NEW, OLD], [SHAPE]],
    ids=["nothing", "old", "two versions", "the same", "the same, then old", "another shape"],
)
def test_an_output_is_the_new_site_whatever_stood_there(before: list[Site], tmp_path: Path) -> None:
    for site in (*before, NEW):
        publish(tmp_path / "site", site)
    assert tree(tmp_path / "site") == complete_tree(NEW)
    assert os.listdir(tmp_path) == ["site"]


@pytest.mark.parametrize(
    ("before", "after", "written"),
    [
        ({}, OLD, PublishResult(new=9)),
        (OLD, OLD, PublishResult(unchanged=9)),
        (OLD, NEW, PublishResult(new=4, changed=4, unchanged=2, removed=3)),
        (NEW, {}, PublishResult(removed=10)),
        (SHAPE, RESHAPED, PublishResult(new=3, unchanged=1, removed=3)),
    ],
    ids=["first", "again", "changes", "everything removed", "files for folders"],
)
def test_a_build_counts_what_it_did(before: Site, after: Site, written: PublishResult, tmp_path: Path) -> None:
    if before:
        publish(tmp_path / "site", before)
    assert publish(tmp_path / "site", after) == written


def states(folder: Path) -> dict[str, tuple[int, int, int]]:
    """What shows that something has been written: of each file and folder the number, mode and time stamp."""
    paths = [folder, *folder.rglob("*")]
    return {str(path): (path.lstat().st_ino, path.lstat().st_mode, path.lstat().st_mtime_ns) for path in paths}


def test_a_second_build_writes_nothing_at_all(tmp_path: Path) -> None:
    publish(tmp_path / "site", OLD)
    before = states(tmp_path)
    with faulty_disk("broken", 1) as faulty:
        publish(tmp_path / "site", OLD)
    assert faulty.calls == []
    assert states(tmp_path) == before


def test_unchanged_files_keep_their_time_stamps(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, OLD)
    before = states(output)
    publish(output, NEW)
    after = states(output)
    same = {path for path in OLD if OLD[path] == NEW.get(path)}
    assert same == {"about.html", "assets/style.css"}
    for path in OLD.keys() & NEW.keys():
        place = str(output / path)
        assert (before[place] == after[place]) == (path in same)


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o027, 0o077])
def test_everybody_may_read_the_site_and_only_its_owner_write_it(mask: int, tmp_path: Path) -> None:
    output, previous = tmp_path / "site", os.umask(mask)
    try:
        for site in (OLD, NEW):
            publish(output, site)
            modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in (output, *output.rglob("*"))}
            assert modes == {(True, 0o755), (False, 0o644)}
    finally:
        assert os.umask(previous) == mask


def modes(output: Path, below: bool = True) -> dict[str, int]:
    paths = output.rglob("*") if below else [output]
    return {path.relative_to(output).as_posix(): stat.S_IMODE(path.lstat().st_mode) for path in paths}


@pytest.mark.parametrize(
    ("path", "mode"),
    [
        *(("index.html", mode) for mode in (0o600, 0o640, 0o444, 0o666, 0o755, 0o4644)),
        *(("articles", mode) for mode in (0o700, 0o750, 0o711, 0o777, 0o555)),
        *(("archive/2020", 0o700), ("archive", 0o700), (".briefing", 0o700), ("articles/a.html", 0o600)),
    ],
)
def test_permissions_that_were_changed_are_given_back(path: str, mode: int, tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, OLD)
    right = modes(output)
    (output / path).chmod(mode)
    publish(output, OLD)
    assert modes(output) == right
    assert tree(output) == complete_tree(OLD)


def test_what_others_have_arranged_stays(tmp_path: Path) -> None:
    """A group that may write, as where several people build, and how far the output is open as a whole."""
    output = tmp_path / "site"
    publish(output, {**OLD, "mine/ours.html": b"1"})
    (output / "mine/notes.txt").write_bytes(b"mine")
    for path, mode in {".": 0o2770, "articles": 0o2775, "archive": 0o775, "mine/notes.txt": 0o600}.items():
        (output / path).chmod(mode)
    before = modes(output), modes(output, below=False)
    publish(output, {**OLD, "mine/ours.html": b"1"})
    assert (modes(output), modes(output, below=False)) == before


def test_a_build_with_nothing_to_do_gives_permissions_back(tmp_path: Path) -> None:
    desk = small_site(tmp_path / "desk")
    assert CliRunner().invoke(main, ["-C", str(desk), "build"]).exit_code == 0
    right = modes(desk / "site")
    assert CliRunner().invoke(main, ["-C", str(desk), "build"]).output.startswith("0 files written")
    for path, mode in {"articles/talks.html": 0o600, "topics": 0o700}.items():
        (desk / "site" / path).chmod(mode)
        assert CliRunner().invoke(main, ["-C", str(desk), "build", "--verify"]).exit_code == 0
        assert modes(desk / "site") == right


def test_a_folder_made_for_a_group_stays_the_groups(tmp_path: Path) -> None:
    output = tmp_path / "site"
    output.mkdir()
    output.chmod(0o2755)
    publish(output, OLD)
    assert stat.S_IMODE((output / "articles").stat().st_mode) == 0o2755


def test_a_file_that_is_linked_elsewhere_is_replaced_and_not_written_through(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, OLD)
    os.link(output / "index.html", tmp_path / "kept.html")
    publish(output, NEW)
    assert (tmp_path / "kept.html").read_bytes() == OLD["index.html"]


def test_the_folders_of_the_last_file_go_with_it_and_those_of_others_stay(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, {"a/b/c.html": b"1", "d/e/f.html": b"2", "g/h/i.html": b"3", "index.html": b"4"})
    (output / "d/notes.txt").write_bytes(b"mine")
    (output / "g/empty").mkdir()
    publish(output, {"index.html": b"4"})
    assert tree(output) == {
        **complete_tree({"index.html": b"4"}),
        "d": b"folder",
        "d/notes.txt": b"mine",
        "g": b"folder",
        "g/empty": b"folder",
    }


def test_an_empty_site_and_an_empty_file_are_a_site_and_a_file(tmp_path: Path) -> None:
    publish(tmp_path / "none", {})
    assert tree(tmp_path / "none") == complete_tree({})
    publish(tmp_path / "empty", {"empty": b""})
    assert tree(tmp_path / "empty") == complete_tree({"empty": b""})


def test_names_may_be_in_any_script(tmp_path: Path) -> None:
    site = {"記事/会談.html": b"1", "Ärger und mehr.html": b"2", "a\nb.html": b"3", "x" * 200 + ".html": b"4"}
    publish(tmp_path / "site", OLD)
    publish(tmp_path / "site", site)
    assert visible(tmp_path / "site") == site
    publish(tmp_path / "site", OLD)
    assert tree(tmp_path / "site") == complete_tree(OLD)


def test_a_file_name_that_is_no_text_can_be_published(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.png")
    for site in ({name: b"1"}, {name: b"2"}, {"index.html": b"3"}):
        publish(tmp_path / "site", site)
        assert visible(tmp_path / "site") == site


@pytest.mark.parametrize(
    "path",
    [
        "../x.html",
        "a/../../x.html",
        "/x.html",
        "a//x.html",
        "./x.html",
        "",
        ".briefing/x",
        ".Briefing/x",
        "a/..",
        "x\0",
    ],
)
def test_a_path_that_leads_elsewhere_is_a_mistake_of_the_program(path: str, tmp_path: Path) -> None:
    for before in ({}, OLD):
        if before:
            publish(tmp_path / "site", before)
        found = tree(tmp_path)
        with pytest.raises(ValueError, match="not a path below the output"):
            publish(tmp_path / "site", {"index.html": b"1", path: b"2"})
        assert tree(tmp_path) == found


@pytest.mark.parametrize("paths", [("a", "a/b"), ("a/b", "a"), ("a/b/c", "a")])
def test_a_file_in_the_place_of_a_folder_of_the_same_site_is_refused(paths: tuple[str, str], tmp_path: Path) -> None:
    for before in ({}, OLD):
        if before:
            publish(tmp_path / "site", before)
        found = tree(tmp_path)
        with pytest.raises(EnvironmentProblem, match="two files want this place"):
            publish(tmp_path / "site", dict.fromkeys(paths, b""))
        assert tree(tmp_path) == found


def test_a_new_file_is_written_through_no_link_and_over_nothing(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_bytes(b"theirs")
    (tmp_path / "link").symlink_to("theirs")
    (tmp_path / "way-to-nowhere").symlink_to("nowhere")
    before = tree(tmp_path)
    for name in ("theirs", "link", "way-to-nowhere"):
        with pytest.raises(FileExistsError), Folder(tmp_path) as folder:
            folder.write_new(name, b"ours")
    assert tree(tmp_path) == before


# What `sys.addaudithook` tells of a build: everything that changes something, with the module that does it.
WATCHED = """
import os, sys
CHANGES = ("os.", "shutil.", "tempfile.", "socket.", "subprocess.")
READS = ("os.listdir", "os.scandir", "os.walk", "os.putenv")
def watch(event, arguments):
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if writes or (event.startswith(CHANGES) and event not in READS):
        print(event, sys._getframe(1).f_code.co_filename, file=sys.stderr)
sys.addaudithook(watch)
from briefing.cli import main
main()
"""


@pytest.mark.slow
def test_only_one_module_changes_anything_and_nothing_else_is_opened_or_started(tmp_path: Path) -> None:
    sources = small_site(tmp_path / "sources")
    command = [sys.executable, "-c", WATCHED, "-C", str(sources), "build"]
    ended = subprocess.run(command, env=environment(), text=True, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr
    seen = {tuple(line.split(" ", 1)) for line in ended.stderr.splitlines()}
    assert {Path(file).parts[-3:] for _, file in seen} == {("briefing", "write", "disk.py")}
    assert {event for event, _ in seen} == {"open", "os.chmod", "os.mkdir", "os.rename"}


def test_no_module_but_one_names_a_function_that_changes_the_disk() -> None:
    """What the demonstration does not reach is still in the text of the program."""
    changes = re.compile(
        r"\b(os\.(rename|replace|unlink|remove|rmdir|mkdir|makedirs|symlink|link|truncate|write|chmod|utime)"
        r"|shutil\.\w+|tempfile\.\w+|\w+\.(write_text|write_bytes|touch|symlink_to|hardlink_to))\("
    )
    files = [path for path in (REPOSITORY / "briefing").rglob("*.py") if path.parts[-2:] != ("write", "disk.py")]
    assert len(files) > 20
    assert [str(path) for path in files if changes.search(path.read_text(encoding="utf-8"))] == []
