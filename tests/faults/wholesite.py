"""Whole builds of a small site, cache and all, in this process; and what must hold of them however they end."""

import gc
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

from click.testing import CliRunner

from briefing.cli import main
from tests.commands import local_links
from tests.faults.faultdisk import DEAD, FaultyOs, Killed, faulty_disk, lose_unsynced
from tests.outputs import MEMORY, Site, dangling, torn, tree, visible

CACHE = ".briefing"
NOBODY = 65534
JOURNAL = "site/.briefing/journal.json"
STORED = {"index", "state", "pages", "templates", "once", "read-0"}
# What others keep in the site's folder, its output and the folder of the cache.
FOREIGN: Site = {
    "notes.txt": b"mine",
    f"{CACHE}/notes.txt": b"mine",
    f"{CACHE}/index": b"mine",
    f"{CACHE}/mine/index": b"mine",
    f"{CACHE}/mine/state.new": b"mine",
}
FOREIGN_IN_OUTPUT: Site = {"CNAME": b"example.org\n", "articles/mine.txt": b"mine"}


def article(title: str, text: str) -> str:
    return f"---\ntitle: {title}\nsource: gazette\npublished: 2025-02-05\n---\n\n{text}\n"


def claim(quote: str, topic: str) -> str:
    return f"claims:\n  - quote: {quote}\n    topics: [{topic}]\n"


def page(title: str) -> str:
    return f"---\ntitle: {title}\n---\n\nThis page is called {title}.\n"


OLD = {
    "config.yaml": "title: Small site\n",
    "content/sources.yaml": "gazette: {name: Gazette}\n",
    "content/articles/talks.md": article("Talks begin", "The two leaders will meet on Friday."),
    "content/annotations/talks.yaml": claim("will meet on Friday", "defense"),
    "content/articles/steel.md": article("Steel", "A tariff on steel was announced."),
    "content/annotations/steel.yaml": claim("tariff on steel", "trade"),
}
EDITED = {**OLD, "content/annotations/talks.yaml": claim("will meet on Monday", "defense")}
EDITED["content/articles/talks.md"] = OLD["content/articles/talks.md"].replace("Friday", "Monday")
# An article and its claim go, another comes, and a page that all pages lead to.
NEW = {name: text for name, text in EDITED.items() if "steel" not in name} | {
    "config.yaml": "title: Small site\nnav: [about]\n",
    "content/pages/about.md": page("About"),
    "content/articles/gas.md": article("Gas", "A pipeline for gas is planned."),
    "content/annotations/gas.yaml": claim("pipeline for gas", "energy"),
}
NEWER = {
    **NEW,
    "content/pages/about.md": page("About us"),
    "content/articles/steel.md": OLD["content/articles/steel.md"],
}
# Two more of forty articles; every page of one differs from that of the other.
MANY = {f"content/articles/many-{number}.md": article(f"Many {number}", "Words.") for number in range(40)}
VERSIONS = {
    "old": OLD,
    "edited": EDITED,
    "new": NEW,
    "newer": NEWER,
    "many": {**OLD, **MANY, "config.yaml": "title: Many\n"},
    "many new": {**NEW, **MANY, "config.yaml": "title: Many others\nnav: [about]\n"},
}


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, what it printed, and what it complained of."""

    code: int
    out: str
    err: str


def run(root: Path, *options: str, output: Path | None = None) -> Ended:
    """Build in this process."""
    command = ["-C", str(root), "build", "--jobs", "1", "--output", str(output or root / "site"), *options]
    ended = CliRunner().invoke(main, command)
    gc.enable()
    if ended.exception and not isinstance(ended.exception, SystemExit):
        raise ended.exception
    return Ended(ended.exit_code, ended.stdout, ended.stderr)


def started(root: Path, *options: str, output: Path | None = None) -> BaseProcess:
    """A build in a process of its own, which ends with its exit code."""
    process = get_context("fork").Process(target=_run_and_exit, args=(root, *options), kwargs={"output": output})
    process.start()
    return process


def _run_and_exit(root: Path, *options: str, output: Path | None = None) -> None:
    ended = run(root, *options, output=output)
    sys.stderr.write(ended.err)
    sys.exit(ended.code)


def as_another_user(work: Callable[[], object], folder: Path) -> int:
    """The exit code of a process in which the work is done, by a user who owns the folder and is not root."""

    def done() -> None:
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setresgid(NOBODY, NOBODY, NOBODY)
                os.setresuid(NOBODY, NOBODY, NOBODY)
            work()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)

    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    process = get_context("fork").Process(target=done)
    process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def put(root: Path, version: str, versions: Mapping[str, Mapping[str, str]] = VERSIONS) -> None:
    """Make the sources those of a version. Files that are the same are not touched."""
    wanted = versions[version]
    for path in [path for path in root.glob("content/**/*.*") if path.relative_to(root).as_posix() not in wanted]:
        path.unlink()
    for name, text in wanted.items():
        path = root / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


def put_files(folder: Path, files: Site) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


@cache
def clean(version: str) -> dict[str, bytes]:
    """The output of a first build of a version, in a folder where nothing else has been."""
    with memory() as folder:
        put(folder / "desk", version)
        ended = run(folder / "desk")
        assert ended.code == 0, ended.err
        return tree(folder / "desk/site")


def pages_of(version: str) -> Site:
    """The files of a version that a reader gets."""
    if version == "nothing":
        return {}
    return {name: data for name, data in clean(version).items() if data != b"folder" and not name.startswith(CACHE)}


@contextmanager
def memory() -> Iterator[Path]:
    """A folder for a while."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        yield Path(name)


def attempt(root: Path, fault: str, at: int) -> tuple[str, FaultyOs]:
    """How a build ends on a faulty disk: `done`, `failed` (exit code 3) or `dead`."""
    with faulty_disk(fault, at) as faulty:
        try:
            ended = run(root)
        except Killed:
            if fault == "power":
                lose_unsynced(root / CACHE, faulty)
                lose_unsynced(root / "site", faulty)
            return "dead", faulty
    assert ended.code in (0, 3), ended.err
    assert (ended.err.startswith("briefing: ") and ended.err.count("\n") == 1) == (ended.code == 3)
    return "failed" if ended.code else "done", faulty


def is_of_cache(root: Path, path: str) -> bool:
    """Whether a call with that path is about the cache, and not the site."""
    return path == str(root / CACHE) or path.startswith(f"{root / CACHE}/")


def check_site(root: Path, versions: list[str], foreign: Site) -> None:
    """What must hold at any moment: every file is of one version, none that all have is missing, no link dangles."""
    sites, found = [pages_of(version) for version in versions], visible(root / "site")
    assert torn(found, sites, foreign) == []
    if not os.path.lexists(root / JOURNAL):
        assert {path: data for path, data in found.items() if path not in foreign} in sites
    lasting = {path for path in sites[-1] if all(path in site for site in sites)}
    wrong = dangling(found, {"index.html"} | lasting, lambda path, data: local_links(path, data) - {""})
    assert wrong == [], wrong


def check_built(root: Path, version: str, foreign: Site) -> None:
    """The output is what a clean build leaves, and what is not ours is as it was."""
    folders = {str(parent): b"folder" for name in foreign for parent in list(Path(name).parents)[:-1]}
    found, wanted = tree(root / "site"), clean(version) | folders | foreign
    wrong = sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))
    assert wrong == [], wrong
    assert {path.name for path in root.iterdir()} <= {"config.yaml", "content", "site", CACHE, "notes.txt"}


def check_healed(root: Path, version: str, foreign: Site) -> None:
    """The next build gives what a clean one gives, and so does the one after an edit; then nothing is to be done."""
    for later in (version, "old" if version == "edited" else "edited"):
        put(root, later)
        ended = run(root)
        assert (ended.code, ended.err) == (0, "")
        check_built(root, later, foreign)
    assert run(root).out.startswith("0 files written")
    check_built(root, later, foreign)


def stores_of(root: Path) -> list[Path]:
    """The folders of the cache that are the tool's."""
    return sorted(path for path in (root / CACHE).iterdir() if path.is_dir() and len(path.name) == 16)


@dataclass(frozen=True)
class Scenario:
    """What has happened to a folder before a build, the version it is of, and those its files may have meanwhile."""

    prepare: Callable[[Path], None]
    versions: list[str]
    has_foreign: bool = True

    @property
    def wanted(self) -> str:
        return self.versions[-1]

    def make(self, root: Path) -> tuple[Site, Site]:
        """Bring the folder to where the build begins; what is not ours in the output and beside it."""
        put(root, "old")
        if self.has_foreign:
            put_files(root, FOREIGN)
            put_files(root / "site", FOREIGN_IN_OUTPUT)
        self.prepare(root)
        put(root, self.wanted)
        return (FOREIGN_IN_OUTPUT, FOREIGN) if self.has_foreign else ({}, {})


def fail_at(scenario: Scenario, fault: str, at: int) -> tuple[bool, int]:
    """Try a fault at one call: whether a build comes to it, and how many there are of the cache alone."""
    with memory() as folder:
        root = folder / "desk"
        foreign, around = scenario.make(root)
        ended, faulty = attempt(root, fault, at)
        if fault in DEAD and at <= len(faulty.calls):
            assert ended == "dead"
        elif at > len(faulty.calls) or is_of_cache(root, faulty.paths[at - 1]):
            assert ended == "done"
        if ended == "done":
            check_built(root, scenario.wanted, foreign)
        check_site(root, scenario.versions, foreign)
        check_healed(root, scenario.wanted, foreign)
        assert {name: (root / name).read_bytes() for name in around} == around
        assert [{path.name for path in store.iterdir()} for store in stores_of(root)] == [STORED]
        return at <= len(faulty.calls), sum(is_of_cache(root, path) for path in faulty.paths)
