"""Whose files they are: outputs that are refused, files that are in the way, and what is never touched."""

import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.cli import main
from briefing.diagnostics import EnvironmentProblem
from briefing.write.ownership import check_output
from tests.commands import environment, namespace, small_site
from tests.faults.faultdisk import Killed, faulty_disk
from tests.outputs import MEMORY, NEW, OLD, Site, complete_tree, manifest_of, publish, tree

# The world of the table below: a home with a site in it, that site's parts partly elsewhere, and other people's things.
FILES = (
    "home/notes.txt",
    "home/project/config.yaml",
    "home/project/content/articles/a.md",
    "home/project/docs/a.md",
    "home/project/.git/HEAD",
    "home/repository/.git/HEAD",
    "home/repository/sub/config.yaml",
    "home/worktree/.git",
    "home/other-site/config.yaml",
    "home/file",
    "home/mixed/mine.txt",
    "elsewhere/templates/base.html",
    "elsewhere/templates/old/base.html",
)
LINKS = {
    "home/project/templates": "../../elsewhere/templates",
    "home/project/way-in": "content",
    "home/project/way-down": "content/articles",
    "home/way-to-site": "project",
    "home/way-to-folder": "mixed",
    "home/way-to-nowhere": "nowhere",
    "home/loop": "loop",
    "home/broken/.git": "nowhere",
    "other-home": "home",
}


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the world; the current folder is that of the site, the home folder is `home`."""
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"This is {name}.\n")
    for name, target in LINKS.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).symlink_to(target)
    (tmp_path / "home/empty").mkdir()
    os.mkfifo(tmp_path / "home/pipe")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path / "home/project")
    return tmp_path


SOURCES, HOME = "may not hold the site's sources", "may not be or hold the root or home folder"
PARTS = {name: f"may not be, hold or lie in {name}/" for name in ("content", "templates", ".git")}
OWN, LINK, MISSING = "name a folder of its own", "is a symbolic link", "does not exist"
REFUSED = {
    ".": SOURCES,
    "": SOURCES,
    "./": SOURCES,
    "content/..": SOURCES,
    "../project": SOURCES,
    "../way-to-site/../project": SOURCES,
    "..": HOME,
    "../.": HOME,
    "../empty/..": HOME,
    "../..": HOME,
    "../../home": HOME,
    "content": PARTS["content"],
    "content/": PARTS["content"],
    "content/articles": PARTS["content"],
    "content/new": PARTS["content"],
    "docs/../content/new": PARTS["content"],
    "way-in/articles": PARTS["content"],
    "way-in/new": PARTS["content"],
    "way-down/new": PARTS["content"],
    "way-down/..": PARTS["content"],
    "../way-to-site/content": PARTS["content"],
    "templates/old": PARTS["templates"],
    "templates/new": PARTS["templates"],
    "../../elsewhere": PARTS["templates"],
    "../../elsewhere/templates": PARTS["templates"],
    "../../elsewhere/templates/old": PARTS["templates"],
    "../../elsewhere/templates/new": PARTS["templates"],
    ".git": PARTS[".git"],
    ".git/hooks": PARTS[".git"],
    "../repository": OWN,
    "../repository/.git": OWN,
    "../repository/.git/new": OWN,
    "../worktree": OWN,
    "../broken": OWN,
    "../other-site": OWN,
    "../repository/sub": OWN,
    "templates": LINK,
    "way-in": LINK,
    "../way-to-site": LINK,
    "../way-to-folder": LINK,
    "../way-to-folder/": LINK,
    "../way-to-nowhere": LINK,
    "../loop": LINK,
    "../../other-home": LINK,
    "../file": "is not a folder",
    "../pipe": "is not a folder",
    "config.yaml": "is not a folder",
    "../nowhere/site": MISSING,
    "../file/site": MISSING,
    "../loop/site": MISSING,
    "../way-to-nowhere/site": MISSING,
    "a/b/c": MISSING,
}


@pytest.mark.parametrize("output", REFUSED)
def test_an_output_that_could_hurt_is_refused(output: str, world: Path) -> None:
    before = tree(world)
    with pytest.raises(EnvironmentProblem, match=re.escape(REFUSED[output])):
        publish(Path(output), OLD, Path())
    with pytest.raises(EnvironmentProblem, match=re.escape(REFUSED[output])):
        publish(Path(output).absolute(), OLD, world / "home/way-to-site")
    assert tree(world) == before


@pytest.mark.parametrize("output", ["/", "//", "/.", "/..", "/tmp/..", "/usr/bin/../.."])
def test_the_root_of_the_disk_is_refused(output: str, world: Path) -> None:
    """Asked of the check alone: it comes before everything else, as the test above shows, and nothing is risked."""
    with pytest.raises(EnvironmentProblem, match=HOME):
        check_output(Path(), Path(output))


@pytest.mark.parametrize("output", [".", "..", "content", "templates/new", "../worktree", "../nowhere/site"])
def test_the_command_refuses_before_it_writes(output: str, world: Path) -> None:
    (world / "home/project/content/articles/a.md").unlink()
    (world / "home/project/templates").unlink()
    (world / "home/project/templates").mkdir()
    small_site(world / "home/project")
    before = tree(world)
    ended = CliRunner().invoke(main, ["build", "--output", output])
    assert ended.exit_code == 3
    assert re.fullmatch(rf"briefing: {re.escape(str(Path(output)))}: .*\n", ended.stderr)
    assert tree(world) == before


@pytest.mark.parametrize(
    "output",
    [
        "site",
        "docs",
        "site-new",
        "content-old",
        "contents",
        ".site",
        "-",
        "a b",
        "~",
        "../empty",
        "../mixed",
        "../way-to-folder/site",
        "../project-site",
        "../../site",
        "../../elsewhere/site",
    ],
)
def test_an_output_that_hurts_nobody_is_written_and_all_around_it_left(output: str, world: Path) -> None:
    place = Path(os.path.realpath(output))
    if "elsewhere" in output:
        (world / "home/project/templates").unlink()
    before, stood = tree(world), tree(place)
    for site in (OLD, NEW):
        publish(Path(output), site, Path())
    assert {path: data for path, data in tree(place).items() if path not in complete_tree(NEW)} == stood
    assert {path: tree(place)[path] for path in complete_tree(NEW)} == complete_tree(NEW)
    if place.is_relative_to(world):
        shutil.rmtree(place)
        after = {path: data for path, data in before.items() if not (world / path).is_relative_to(place)}
        assert tree(world) == after


def test_a_user_without_a_home_can_build(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(number: int) -> None:
        raise KeyError(number)

    monkeypatch.delenv("HOME")
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    publish(Path("site"), OLD, Path())
    monkeypatch.chdir("site")
    publish(Path(), NEW, world / "home/project")
    assert tree(world / "home/project/site") == complete_tree(NEW)


# What somebody does to an output that holds OLD, and what a build of NEW says of it.


def put(path: str, data: bytes = b"mine") -> Callable[[Path], object]:
    def meddle(output: Path) -> None:
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).write_bytes(data)

    return meddle


def instead(path: str, make: Callable[[Path], object]) -> Callable[[Path], object]:
    """Something else in the place of a file or folder, which is moved out of the output."""

    def meddle(output: Path) -> None:
        if (output / path).exists():
            (output / path).rename(output.parent / "moved")
        make(output / path)

    return meddle


def link(path: str, target: str) -> Callable[[Path], object]:
    """A link to something beside the output."""
    up = "../" * (path.count("/") + 1)
    return instead(path, lambda place: place.symlink_to(up + target))


OBSTACLES = {
    "a foreign file where a new one goes": (put("articles/c.html"), "in the way: articles/c.html;"),
    "a foreign file where a folder goes": (put("summits"), "in the way: summits;"),
    "an edited page": (put("articles/a.html"), "in the way: articles/a.html;"),
    "an edited feed": (put("feed.xml", OLD["feed.xml"] + b"\n"), "in the way: feed.xml;"),
    "a folder with a file in it": (put("articles/c.html/x/y"), "in the way: articles/c.html/x/y;"),
    "an empty folder": (instead("articles/c.html", Path.mkdir), "in the way: articles/c.html;"),
    "a folder in place of a page": (instead("index.html", Path.mkdir), "in the way: index.html;"),
    "a link in place of a page": (link("index.html", "outside/index.html"), "in the way: index.html;"),
    "a link to the page moved away": (link("index.html", "moved"), "in the way: index.html;"),
    "a link that leads nowhere": (link("summits", "nowhere"), "in the way: summits;"),
    "a link to a folder moved away": (link("articles", "moved"), "in the way: articles;"),
    "a link to a folder of others": (link("summits", "outside"), "in the way: summits;"),
    "a link to the folder above": (link("summits", "."), "in the way: summits;"),
    "a pipe": (instead("articles/c.html", os.mkfifo), "in the way: articles/c.html;"),
    "a folder that was to be emptied has a link in it": (
        lambda output: (put("assets/new.js/a")(output), link("assets/new.js/b", "outside")(output)),
        "in the way: assets/new.js/a, assets/new.js/b;",
    ),
    "the tool's folder is a file": (instead(".briefing", Path.touch), ".briefing: the tool's own folder"),
    "the tool's folder is a link": (link(".briefing", "moved"), ".briefing: the tool's own folder"),
    "the tool's folder is a link to others'": (link(".briefing", "outside"), ".briefing: the tool's own folder"),
    "the tool's folder leads nowhere": (link(".briefing", "nowhere"), ".briefing: the tool's own folder"),
    "the stage is a link": (link(".briefing/stage", "outside"), ".briefing/stage: the tool's own folder"),
    "the stage leads nowhere": (link(".briefing/stage", "nowhere"), ".briefing/stage: the tool's own folder"),
    "the stage is a file": (put(".briefing/stage"), ".briefing/stage: the tool's own folder"),
    "the journal is a folder": (instead(".briefing/journal.json", Path.mkdir), "journal.json: is a directory"),
    "the manifest is a folder": (instead(".briefing/manifest.json", Path.mkdir), "manifest.json: is a directory"),
    "the manifest is gone": (instead(".briefing", Path.exists), "in the way: articles/a.html, feed.xml, index.html"),
    "the manifest is cut off": (put(".briefing/manifest.json", b'{"files": {'), "in the way: articles/a.html"),
    "the manifest is a list": (put(".briefing/manifest.json", b"[]"), "in the way: articles/a.html"),
    "the manifest is deep": (put(".briefing/manifest.json", b"[" * 99_999), "in the way: articles/a.html"),
    "the manifest is no text": (put(".briefing/manifest.json", b"\xff\xfe"), "in the way: articles/a.html"),
}


@pytest.mark.parametrize("name", OBSTACLES)
def test_what_is_not_ours_is_named_and_nothing_is_changed(name: str, tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, OLD)
    for place in ("outside/index.html", "outside/0", "outside/stage/0", "outside/s.html", "outside/manifest.json"):
        put(place, OLD["index.html"])(tmp_path)
    meddle, told = OBSTACLES[name]
    meddle(output)
    before = tree(tmp_path)
    with pytest.raises(EnvironmentProblem, match=re.escape(told)):
        publish(output, NEW)
    assert tree(tmp_path) == before


def test_of_many_files_in_the_way_ten_are_named(tmp_path: Path) -> None:
    names = [f"page-{number:02}.html" for number in range(13)]
    for name in names:
        put(name)(tmp_path / "site")
    with pytest.raises(EnvironmentProblem) as raised:
        publish(tmp_path / "site", dict.fromkeys(names, b"ours"))
    told = f"{tmp_path / 'site'}: not written by the last build, or changed since, and in the way: "
    way_on = "move or remove them, or build with --adopt if they came from an earlier build through git or a copy"
    assert str(raised.value) == f"{told}{', '.join(names[:10])} and 3 more; {way_on}"


LEFT_ALONE = {
    "foreign files": put("mine/notes.txt"),
    "a foreign file beside ours": put("articles/notes.txt"),
    "hidden files": put(".nojekyll", b""),
    "an edited page that is no longer wanted": put("articles/b.html"),
    "a link to files of others": link("mine", "outside"),
    "a link that leads nowhere": link("mine", "nowhere"),
    "a link in place of a folder that is no longer wanted": link("archive", "outside"),
    "a link to where that folder is now": link("archive", "moved"),
    "a link in place of a page that is no longer wanted": link("articles/b.html", "moved"),
    "an empty folder": instead("empty", Path.mkdir),
    "an empty folder in one that is no longer wanted": instead("archive/2020/empty", Path.mkdir),
    "a pipe": instead("pipe", os.mkfifo),
    "a file in the tool's folder": put(".briefing/notes.txt"),
    "a file in the stage": put(".briefing/stage/notes.txt"),
    "a repository below": put("mine/.git/HEAD"),
}


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_what_is_not_ours_and_not_in_the_way_stays(name: str, tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, OLD)
    put("outside/2020/x.html", OLD["archive/2020/x.html"])(tmp_path)
    before = tree(tmp_path)
    LEFT_ALONE[name](output)
    meddled = {path: data for path, data in tree(tmp_path).items() if before.get(path) != data}
    assert meddled
    publish(output, NEW)
    after = tree(tmp_path)
    assert {path: after.get(path) for path in meddled} == meddled
    assert {path: after[f"site/{path}"] for path in complete_tree(NEW)} == complete_tree(NEW)
    assert not (set(OLD) - set(NEW) - {path.removeprefix("site/") for path in meddled}) & {
        path.removeprefix("site/") for path in after
    }


def test_an_edited_page_that_is_no_longer_wanted_is_told_and_then_forgotten(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, OLD)
    put("articles/b.html")(output)
    assert publish(output, NEW).kept == ("articles/b.html",)
    assert publish(output, NEW).kept == ()


def test_a_page_that_somebody_removed_is_put_back(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, OLD)
    shutil.rmtree(output / "articles")
    publish(output, OLD)
    assert tree(output) == complete_tree(OLD)


def test_a_foreign_file_with_our_very_bytes_is_fine_and_stays_foreign(tmp_path: Path) -> None:
    output, lasting = tmp_path / "site", {"about.html": NEW["about.html"]}
    put("about.html", NEW["about.html"])(output)
    publish(output, NEW)
    assert (output / ".briefing/manifest.json").read_bytes() == manifest_of(
        {path: data for path, data in NEW.items() if path not in lasting}
    )
    publish(output, {"index.html": b"1"})
    assert tree(output) == complete_tree({"index.html": b"1"}, lasting)


def test_a_page_edited_to_what_it_would_become_is_ours_again(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, OLD)
    put("index.html", NEW["index.html"])(output)
    publish(output, NEW)
    assert tree(output) == complete_tree(NEW)


@pytest.mark.parametrize("path", ["../outside.html", "/outside.html", "a/../../outside.html", ".briefing/x", "\ud800"])
def test_a_manifest_that_leads_out_of_the_output_is_not_believed(path: str, tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(output, {"a/b.html": b"1"})
    for place in (tmp_path / "outside.html", output / ".briefing/x"):
        place.write_bytes(b"2")
    put(".briefing/manifest.json", manifest_of({"a/b.html": b"1"}).replace(b"a/b.html", path.encode("unicode_escape")))(
        output
    )
    publish(output, {"index.html": b"3"})
    assert (tmp_path / "outside.html").read_bytes() == (output / ".briefing/x").read_bytes() == b"2"


@pytest.mark.parametrize(
    "make",
    [Path.touch, lambda place: place.symlink_to("outside"), put("notes.txt")],
    ids=["a file", "a link", "a folder of others"],
)
def test_what_stands_where_a_new_output_is_made_is_not_removed(make: Callable[[Path], object], tmp_path: Path) -> None:
    put("outside/.briefing/manifest.json")(tmp_path)
    make(tmp_path / ".site.briefing-new")
    before = tree(tmp_path)
    with pytest.raises(EnvironmentProblem, match="briefing-new: this is in the way of a new build"):
        publish(tmp_path / "site", OLD)
    assert tree(tmp_path) == before


def test_an_unfinished_new_output_is_removed_without_following_links_in_it(tmp_path: Path) -> None:
    put("outside/notes.txt")(tmp_path)
    with faulty_disk("kill", 20), pytest.raises(Killed):
        publish(tmp_path / "site", OLD)
    (tmp_path / ".site.briefing-new/link").symlink_to(tmp_path / "outside")
    publish(tmp_path / "site", OLD)
    assert tree(tmp_path) == {
        **{f"site/{path}": data for path, data in complete_tree(OLD).items()},
        "site": b"folder",
        "outside": b"folder",
        "outside/notes.txt": b"mine",
    }


# Sites and meddling at random, against a model of who owns what.

NAMES = st.sampled_from("abc")
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
BYTES = st.sampled_from([b"1", b"2"])
SITES = st.dictionaries(PATHS, BYTES, max_size=6).filter(
    lambda site: not any(other.startswith(f"{path}/") for path in site for other in site)
)
STEPS = st.one_of(
    st.tuples(st.just("build"), SITES, st.none()),
    st.tuples(st.just("killed build"), SITES, st.integers(1, 60)),
    st.tuples(st.just("write"), PATHS, BYTES),
    st.tuples(st.just("link"), PATHS, st.sampled_from(["outside", "outside/a", "nowhere"])),
    st.tuples(st.just("folder"), PATHS, st.none()),
    st.tuples(st.just("remove"), PATHS, st.none()),
)


@dataclass
class Model:
    """An output, and which of its files the tool has written and nobody has changed since."""

    base: Path
    ours: Site = field(default_factory=dict)

    @property
    def output(self) -> Path:
        return self.base / "site"

    def run(self, kind: str, what: str | Site, how: str | bytes | int | None) -> None:
        if isinstance(what, dict):
            self.build(what, how if isinstance(how, int) else 0)
        elif self.output.is_dir():
            self.meddle(kind, self.output / what, how)

    def meddle(self, kind: str, place: Path, how: str | bytes | int | None) -> None:
        """Do something to the output, unless what stands there makes it impossible."""
        if any(parent.is_symlink() or parent.is_file() for parent in place.parents):
            return
        if kind == "remove" and place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        elif kind == "remove":
            place.unlink(missing_ok=True)
        elif kind == "write" and isinstance(how, bytes) and not place.is_dir() and not place.is_symlink():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(how)
        elif kind == "folder" and not os.path.lexists(place):
            place.mkdir(parents=True)
        elif kind == "link" and isinstance(how, str) and not os.path.lexists(place):
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(self.base / how)

    def build(self, site: Site, kill_at: int) -> None:
        """Build, perhaps after a build that was killed; then compare with what had to happen."""
        before = tree(self.base)
        there = {path.removeprefix("site/"): data for path, data in before.items() if path.startswith("site/")}
        ours = {path: data for path, data in self.ours.items() if there.get(path) == data}
        foreign = {path: data for path, data in there.items() if path not in ours and not path.startswith(".briefing")}
        try:
            with suppress(Killed), faulty_disk("kill", kill_at):
                publish(self.output, site)
            with faulty_disk("none", 0):
                publish(self.output, site)
        except EnvironmentProblem:
            assert in_the_way(site, ours, foreign)
            assert tree(self.base) == before
            return
        assert not in_the_way(site, ours, foreign)
        self.check(site, before, foreign)
        is_ours = {path for path in site if foreign.get(path) in (None, b"folder") or path in self.ours}
        self.ours = {path: site[path] for path in is_ours}

    def check(self, site: Site, before: dict[str, bytes], foreign: Site) -> None:
        after = tree(self.base)
        found = {path.removeprefix("site/"): data for path, data in after.items() if path.startswith("site/")}
        assert {path: found.get(path) for path in site} == site
        files = {path: data for path, data in found.items() if data != b"folder" and not path.startswith(".briefing")}
        kept = {path: data for path, data in foreign.items() if data != b"folder"}
        assert files == {**kept, **site}
        assert os.listdir(self.output / ".briefing") == ["manifest.json"]
        outside = {path: data for path, data in before.items() if not path.startswith("site")}
        assert {path: data for path, data in after.items() if not path.startswith("site")} == outside


def in_the_way(site: Site, ours: Site, foreign: Site) -> set[str]:
    """The foreign files and folders that a site cannot be written without destroying."""
    files = {path for path, data in foreign.items() if data != b"folder"}
    everything = foreign.keys() | ours.keys()
    empty = {path for path in foreign if path not in files and not any(p.startswith(f"{path}/") for p in everything)}
    found = {path for path in files if path in site and foreign[path] != site[path]}
    found |= {path for path in files for wanted in site if wanted.startswith(f"{path}/")}
    return found | {path for path in files | empty for wanted in site if f"{path}/".startswith(f"{wanted}/")} - (
        files & site.keys()
    )


@pytest.mark.slow
@settings(max_examples=150)
@given(st.lists(STEPS, min_size=2, max_size=8))
def test_whatever_is_done_to_an_output_only_our_own_files_change(
    steps: list[tuple[str, str | Site, str | bytes | int | None]],
) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        base = Path(name)
        for path in ("a", "b/c", "stage/0"):
            put(path, b"1")(base / "outside")
        model = Model(base)
        for step in steps:
            model.run(*step)


# Something is mounted on a folder of the output, where that is permitted; prints what a build said of it.
MOUNTED = """
import subprocess, sys
from pathlib import Path
from tests.outputs import complete_tree, publish, tree
from briefing.diagnostics import EnvironmentProblem
output, mounted = Path(sys.argv[1]), Path(sys.argv[1], sys.argv[2])
publish(output, {"index.html": b"1", f"{sys.argv[2]}/c.html": b"2"})
site = {"index.html": b"3", f"{sys.argv[2]}/c.html": b"4"}
is_permitted = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", mounted], capture_output=True).returncode == 0
before = tree(output)
try:
    publish(output, site)
except EnvironmentProblem as error:
    assert is_permitted and tree(output) == before
    told = f"{output}: something else is mounted inside the output: {sys.argv[2]}"
    assert str(error) == f"{told}; unmount it, or name another output"
    subprocess.run(["umount", mounted], check=True)
    publish(output, site)
else:
    assert not is_permitted
assert tree(output) == complete_tree(site)
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["articles", "a b", ".briefing/stage"])
def test_a_build_does_not_begin_to_move_files_onto_another_file_system(name: str, tmp_path: Path) -> None:
    if name.startswith("."):
        (tmp_path / "site" / name).mkdir(parents=True)
    code = MOUNTED if not name.startswith(".") else MOUNTED.replace('f"{sys.argv[2]}/c.html"', '"c.html"')
    command = [*namespace(), sys.executable, "-c", code, str(tmp_path / "site"), name]
    ended = subprocess.run(command, env=environment(), text=True, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr


def hostile_outputs(folder: Path, count: int, seed: int) -> str:
    """Build to outputs that could hurt, and compare all around; how the builds ended."""
    script = [sys.executable, "-m", "tests.faults.hostileoutputs", str(folder), str(count), str(seed)]
    told = subprocess.run([*namespace(), *script], env=environment(), text=True, capture_output=True, check=False)
    assert told.returncode == 0, told.stderr
    assert sum(map(int, re.findall(r"=(\d+)", told.stdout))) == count
    assert os.listdir(folder) == []
    return told.stdout.strip()


@pytest.mark.slow
def test_whole_builds_to_outputs_that_could_hurt_change_no_byte_of_others(tmp_path: Path) -> None:
    assert hostile_outputs(tmp_path, 10, 0)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1, 6))
def test_100_builds_to_outputs_that_could_hurt_change_no_byte_of_others(
    seed: int, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    record_property("figure", f"100 hostile outputs: {hostile_outputs(tmp_path, 100, seed)}")
