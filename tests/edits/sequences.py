"""A desk that edits a site at random and builds it now and then, each build compared with one that knows nothing.

It builds under other options too, is interrupted, finds its cache damaged and files of the output changed by hand.
The build to compare with is of the same sources in a fresh folder; or, where the output has been touched or a build
interrupted, of a copy of everything but the cache: it must leave that copy as the other leaves the output.
"""

import difflib
import gc
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.parallel.pool import processors
from briefing.views import words
from tests.commands import BOUND_SECONDS
from tests.edits.catalogue import any_edit
from tests.edits.editor import sources
from tests.faults.faultdisk import Killed, faulty_disk, lose_unsynced
from tests.outputs import MEMORY, tree
from tests.sites.rich import write_rich_site

CACHE = ".briefing"
OUTPUTS = ("site", "other", "inner")
OWN = {"config.yaml", "content", "templates", "urls.json"}  # what the editor has in the site's folder
OPTIONS: list[tuple[str, ...]] = [
    ("--drafts",),
    ("--internal",),
    ("--as-of", "2025-02-07"),
    ("--as-of", "2026-06-30"),
    ("--base-url", "https://example.org/elsewhere/"),
    ("--strict",),
    ("--jobs", "2"),
]
SECONDS = re.compile(r"\d+\.\d s\b")
COUNTS = re.compile(r"\d+ claims?, \d+ open, \d+ resolved")
SHRINK_SECONDS = 60.0


class Differs(AssertionError):
    """A build after edits that is not what a clean build is."""


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, what it printed, and what nobody is to see."""

    code: int
    out: str
    err: str


@dataclass
class Desk:
    """A site at work: its folder, and what there was before."""

    folder: Path
    log: list[str] = field(default_factory=list)
    good: dict[Path, bytes] = field(default_factory=dict)
    caches: list[Path] = field(default_factory=list)
    outputs: list[Path] = field(default_factory=list)
    is_tampered: bool = False
    is_interrupted: bool = False

    @property
    def root(self) -> Path:
        return self.folder / "desk"

    @property
    def output(self) -> Path:
        return self.root / "site"

    @property
    def cache(self) -> Path:
        return self.root / CACHE


# --- Builds


def build(root: Path, output: Path, options: Sequence[str] = ()) -> Ended:
    # A clean build, which it is compared with, has no site to remove much of.
    return command(root, "build", "--output", str(output), "--allow-removal", *options)


def command(root: Path, *arguments: str) -> Ended:
    """A command, in this process. Names of folders are not part of what it says, nor are seconds."""
    gc.disable()
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(BOUND_SECONDS)
    try:
        return _invoked(root, *arguments)
    finally:
        signal.alarm(0)


def _too_long(number: int, frame: object) -> None:
    raise Differs(f"a command has not ended after {BOUND_SECONDS} seconds")


def _invoked(root: Path, *arguments: str) -> Ended:
    name, *options = arguments
    ended = CliRunner().invoke(main, ["-C", str(root), name, "--jobs", "1", *options])
    if isinstance(ended.exception, Differs):
        raise ended.exception
    if ended.exception and not isinstance(ended.exception, SystemExit):
        told = "".join(traceback.format_exception(ended.exception)[-4:])
        raise Differs(f"{name} in {root.name} ends with a traceback: {told}") from ended.exception
    out, err = (SECONDS.sub("- s", text.replace(str(root), "ROOT")) for text in (ended.stdout, ended.stderr))
    return Ended(ended.exit_code, out, err)


def check(desk: Desk, options: Sequence[str] = (), name: str = "site") -> None:
    """Build, and build elsewhere without a cache: both must end alike and leave the same."""
    knows_output = desk.is_tampered or desk.is_interrupted
    twin = twin_of(desk) if knows_output else twin_of(desk, *(entry.name for entry in os.scandir(desk.root)))
    output, before = desk.root / name, tree(desk.root / name)
    expected = build(twin, twin / name, options)
    actual = build(desk.root, output, options)
    _same_end(expected, actual, knows_output)
    same_tree(tree(twin / name) if knows_output or expected.code == 0 else before, tree(output))
    litter = {entry.name for entry in os.scandir(desk.root)} - OWN - {CACHE, *OUTPUTS}
    # What a kill has left of an output that did not exist yet is for the next build of that output.
    litter -= {f".{other}.briefing-new" for other in OUTPUTS if other != name}
    if litter and actual.code == 0:
        raise Differs(f"left in the site's folder: {litter}")
    desk.is_interrupted = False
    if actual.code == 3:  # the output stands in the way of itself; what the message says is done
        shutil.rmtree(output)
        desk.is_tampered = False
    if actual.code == 0 and not options and name == "site":
        _remember(desk)
    desk.log.append(f"    build {' '.join(options)} -> {name}: exit {actual.code}")


def twin_of(desk: Desk, *left: str) -> Path:
    """A copy of the site's folder without its cache, and without what else is left out that is not the editor's."""
    twin = desk.folder / "twin"
    shutil.rmtree(twin, ignore_errors=True)
    out = {CACHE, *left} - OWN
    shutil.copytree(desk.root, twin, symlinks=True, ignore=lambda at, names: out if at == str(desk.root) else set())
    return twin


def _same_end(expected: Ended, actual: Ended, in_full: bool) -> None:
    if expected.code != actual.code:
        raise Differs(f"exit {actual.code}, a clean build's is {expected.code}\n{actual.err}---\n{expected.err}")
    if expected.err != actual.err:
        raise Differs(f"other messages than a clean build's\n{_diff(expected.err, actual.err)}")
    said = [ended.out if in_full else COUNTS.findall(ended.out) for ended in (expected, actual)]
    if said[0] != said[1]:
        raise Differs(f"says {said[1]}, a clean build {said[0]}")


def same_tree(expected: dict[str, bytes], actual: dict[str, bytes]) -> None:
    if expected == actual:
        return
    missing, more = sorted(expected.keys() - actual.keys()), sorted(actual.keys() - expected.keys())
    other = sorted(path for path in expected.keys() & actual.keys() if expected[path] != actual[path])
    told = [f"missing: {missing}", f"too many: {more}", f"different: {other}"]
    if other:
        first = min(other, key=lambda path: (path.startswith(CACHE), path))
        told.append(f"{first}:\n" + _diff(*(files[first].decode("utf-8", "replace") for files in (expected, actual))))
    raise Differs("\n".join(told))


def _diff(expected: str, actual: str) -> str:
    lines = difflib.unified_diff(expected.splitlines(), actual.splitlines(), "clean", "after edits", "", "", 1, "")
    return "\n".join(line[:300] for line in list(lines)[:40])


def _remember(desk: Desk) -> None:
    """The last good state, for later steps that go back to it, or to part of it."""
    desk.good = {path: path.read_bytes() for path in sources(desk.root)}
    for folder, kept in ((desk.cache, desk.caches), (desk.output, desk.outputs)):
        if len(kept) < 3 and folder.is_dir() and not folder.is_symlink() and not desk.is_tampered:
            kept.append(desk.folder / f"{folder.name}-{len(kept)}")
            shutil.copytree(folder, kept[-1], symlinks=True, ignore=_odd_files)


def _odd_files(at: str, names: list[str]) -> list[str]:
    """What is neither a file nor a folder and cannot be copied."""
    return [name for name in names if not os.path.isfile(f"{at}/{name}") and not os.path.isdir(f"{at}/{name}")]


# --- Steps


def step_edit(dice: random.Random, desk: Desk) -> str:
    return any_edit(dice, desk.root)


def step_undo(dice: random.Random, desk: Desk) -> str:
    """Go back to the sources of the last good build."""
    if not desk.good:
        return "nothing to go back to"
    for path in {*sources(desk.root)} - desk.good.keys():
        path.unlink()
    for path, data in desk.good.items():
        if path.is_symlink() or not path.is_file() or path.read_bytes() != data:
            path.unlink(missing_ok=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return "back to the last good sources"


def step_options(dice: random.Random, desk: Desk) -> str:
    """A build under other options, perhaps into another folder, compared as any."""
    options, name = dice.choice(OPTIONS), dice.choice(["site", "site", "other"])
    name = "inner" if "--internal" in options else name
    check(desk, options, name)
    return f"options {' '.join(options)} into {name}"


def step_fault(dice: random.Random, desk: Desk) -> str:
    """A build on a disk that fails at one of its calls, then perhaps at all that follow; or the last of a process."""
    fault, at = (
        dice.choice(["ENOSPC", "EIO", "EACCES", "full", "broken", "kill", "power"]),
        int(2 ** dice.uniform(0, 8)),
    )
    with faulty_disk(fault, at) as faulty, suppress(Killed):
        build(desk.root, desk.output)
    if fault == "power":
        lose_unsynced(desk.root, faulty)
    desk.is_interrupted = True
    return f"a build with the fault {fault} at call {at} of {len(faulty.calls)}"


def step_kill(dice: random.Random, desk: Desk) -> str:
    """A build in a process of its own, killed at a random moment."""
    after = dice.uniform(0, 0.15)
    child = in_child(build, desk.root, desk.output)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    desk.is_interrupted = True
    return f"a build killed after {after:.3f} s"


def in_child(function: Callable[..., object], *arguments: object) -> int:
    """The number of a process that calls a function and ends."""
    child = os.fork()
    if child == 0:
        try:
            function(*arguments)
        finally:
            os._exit(0)
    return child


def step_other_tool(dice: random.Random, desk: Desk) -> str:
    """A build by another version of the tool, which words things otherwise."""
    with other_tool("0.0.0-other"):
        ended = build(desk.root, desk.output)
    return f"a build by another version: exit {ended.code}"


@contextmanager
def other_tool(version: str) -> Iterator[None]:
    """Another version of the tool, with other words for a day. The cache knows versions by their source files."""
    real = words.date_words
    with pytest.MonkeyPatch.context() as patch:
        for name, module in list(sys.modules.items()):
            if name.startswith("briefing") and hasattr(module, "__version__"):
                patch.setattr(module, "__version__", version)
        patch.setattr("briefing.incremental.cache.tool", lambda: version)
        patch.setattr(words, "date_words", lambda *arguments: f"on {real(*arguments)}")
        yield


def step_cache(dice: random.Random, desk: Desk) -> str:
    """Something happens to the cache."""
    files = sorted(path for path in desk.cache.rglob("*") if path.is_file()) if desk.cache.is_dir() else []
    if not files:
        return "there is no cache"
    path, chance = dice.choice(files), dice.randrange(11)
    data = path.read_bytes()
    outside = desk.folder / "outside"
    match chance:
        case 0:
            shutil.rmtree(desk.cache)
            return "no cache"
        case 1:
            path.write_bytes(data[: dice.randrange(len(data) + 1)])
        case 2:
            at = dice.randrange(len(data) or 1)
            path.write_bytes(data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :] if data else b"?")
        case 3:
            path.write_bytes(dice.choice([b"", b"{}", b"[]", b"null", b"\x80\x04.", dice.randbytes(200)]))
        case 4:
            path.unlink()
        case 5:
            path.unlink()
            (path / "in the way").mkdir(parents=True)
        case 6:
            outside.write_bytes(data)
            path.unlink()
            path.symlink_to(outside)
        case 7 if len(files) > 1:
            shutil.copy2(dice.choice([file for file in files if file != path]), path)
        case 8 if desk.caches:
            older = dice.choice(desk.caches) / path.relative_to(desk.cache)
            if older.is_file():
                shutil.copy2(older, path)
        case 9 if desk.caches:
            shutil.rmtree(desk.cache)
            shutil.copytree(dice.choice(desk.caches), desk.cache, symlinks=True)
        case _:
            shutil.rmtree(desk.cache)
            shutil.copytree(another_cache(desk.folder), desk.cache)
    return f"cache, case {chance}: {path.relative_to(desk.cache)}"


def step_old_cache(dice: random.Random, desk: Desk) -> str:
    """The cache set aside and another made; the second time the old one comes back.

    It is moved, not copied: every file of it is still the one that was written.
    """
    aside = desk.folder / "aside"
    if not desk.cache.is_dir():
        return "there is no cache"
    if aside.exists():
        shutil.rmtree(desk.cache)
        aside.rename(desk.cache)
        return "an older cache, back in its place"
    desk.cache.rename(aside)
    build(desk.root, desk.output)
    return "the cache set aside, and another made"


def another_cache(folder: Path) -> Path:
    """The cache of a site with the same files and other numbers in all of them."""
    site = folder / "another"
    if not site.exists():
        for path in sources(write_rich_site(site)):
            path.write_bytes(re.sub(rb"No\. \d{4}", b"No. 9999", path.read_bytes()))
        build(site, site / "site")
    (site / CACHE).mkdir(exist_ok=True)
    return site / CACHE


def step_output(dice: random.Random, desk: Desk) -> str:
    """Somebody does something to the output."""
    files = sorted(path for path in desk.output.rglob("*") if path.is_file()) if desk.output.is_dir() else []
    if not files:
        return "there is no output"
    path, chance = dice.choice(files), dice.randrange(8)
    if chance < 6:
        desk.is_tampered = True
    match chance:
        case 0:
            path.write_bytes(path.read_bytes() + b"<!-- by hand -->")
        case 1:
            path.unlink()
        case 2:
            (desk.output / dice.choice(["mine.html", "articles/mine.txt", "archive/mine.txt"])).parent.mkdir(
                exist_ok=True
            )
            (desk.output / "mine.html").write_bytes(b"mine")
        case 3:
            path.unlink()
            (path / "in the way").mkdir(parents=True)
        case 4:
            target = desk.output / f"articles/new-{dice.randrange(1000)}.html"
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(b"where a page may want to be")
        case 5:
            status = path.stat()
            path.write_bytes(bytes(reversed(path.read_bytes())))
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        case 6:
            shutil.rmtree(desk.output)
            return "no output"
        case _ if desk.outputs and not desk.is_tampered and not desk.is_interrupted:
            shutil.rmtree(desk.output)
            shutil.copytree(dice.choice(desk.outputs), desk.output, symlinks=True)
            return "an older output"
    return f"output, case {chance}: {path.relative_to(desk.output)}"


def step_look(dice: random.Random, desk: Desk) -> str:
    """`check` says what it says without a cache, and writes nothing."""
    before = tree(desk.root)
    expected, actual = (command(root, "check", "--on", "2026-04-01") for root in (twin_of(desk), desk.root))
    _same_end(expected, actual, in_full=True)
    same_tree(before, tree(desk.root))
    return f"check: exit {actual.code}"


def step_check(dice: random.Random, desk: Desk) -> str:
    check(desk)
    return "compared"


Step = Callable[[random.Random, Desk], str]
EVENTS: dict[Step, int] = {
    step_options: 5,
    step_fault: 5,
    step_kill: 1,
    step_other_tool: 2,
    step_cache: 5,
    step_old_cache: 3,
    step_output: 4,
    step_look: 2,
    step_undo: 5,
}


# --- Sequences


def steps_of(seed: int, most: int, checks: float) -> list[tuple[int, Step]]:
    """A sequence of up to `most` steps, a share of them followed by a comparison, as is the last."""
    dice = random.Random(seed)
    steps: list[Step] = []
    for _ in range(dice.randint(1, most)):
        steps += [step_edit if dice.random() < 0.8 else dice.choices(list(EVENTS), list(EVENTS.values()))[0]]
        steps += [step_check] if dice.random() < checks else []
    return list(enumerate(steps if steps[-1] is step_check else [*steps, step_check]))


def run(seed: int, steps: Sequence[tuple[int, Step]], start: Path, log: list[str]) -> str | None:
    """What is wrong with a sequence; None if nothing is. Each step has its own dice, so that others may be left out."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        desk = Desk(Path(folder), log)
        shutil.copytree(start, desk.root)
        desk.good = {path: path.read_bytes() for path in sources(desk.root)}
        build(desk.root, desk.output)  # A cache knows the files that it was written to; a copy of it is worth nothing.
        try:
            for number, step in steps:
                log.append(f"{number}: {step.__name__.removeprefix('step_')}")
                log[-1] += f": {step(random.Random(f'{seed}/{number}'), desk)}"
        except Differs as error:
            return str(error)
        finally:
            gc.collect()
    return None


def report(seed: int, steps: list[tuple[int, Step]], start: Path) -> str:
    """What is wrong with a sequence that fails, made as short as a minute allows."""
    steps = shrunk(seed, steps, start)
    log: list[str] = []
    wrong = run(seed, steps, start, log)
    return f"seed {seed}, steps {[number for number, _ in steps]}:\n" + "\n".join([*log, wrong or "not again"])


def shrunk(seed: int, steps: list[tuple[int, Step]], start: Path) -> list[tuple[int, Step]]:
    """The steps without those that the failure does not need: half of them are left out, in the end single ones."""
    until, size = time.monotonic() + SHRINK_SECONDS, len(steps) // 2
    while size:
        at = 0
        while at < len(steps) and time.monotonic() < until:
            fewer = steps[:at] + steps[at + size :]
            if fewer and run(seed, fewer, start, []) is not None:
                steps = fewer
            else:
                at += size
        size //= 2
    return steps


def fails(seed: int, most: int, checks: float, start: Path) -> bool:
    return run(seed, steps_of(seed, most, checks), start, []) is not None


def try_all(seeds: Sequence[int], most: int, checks: float, start: Path) -> None:
    """Run sequences in as many processes as there are processors; the first that fails is shown, made short."""
    count = len(seeds)
    with ProcessPoolExecutor(processors(), get_context("fork")) as pool:
        found = pool.map(fails, seeds, [most] * count, [checks] * count, [start] * count)
        failed = [seed for seed, is_wrong in zip(seeds, found, strict=True) if is_wrong]
    if failed:
        told = report(failed[0], steps_of(failed[0], most, checks), start)
        pytest.fail(f"{len(failed)} of {count} sequences fail: seeds {failed}\n{told}", pytrace=False)
