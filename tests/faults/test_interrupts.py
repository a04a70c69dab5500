"""Somebody ends a command by a signal: it says so, how the site is, and leaves nothing lying about."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest

from briefing import cli
from tests.commands import environment, wait_until
from tests.faults.faultdisk import faulty_disk
from tests.faults.wholesite import FOREIGN, FOREIGN_IN_OUTPUT, Ended, memory, pages_of, put, put_files, run
from tests.outputs import tree, visible
from tests.samples import one_in

pytestmark = pytest.mark.slow

EARLY = "briefing: interrupted; nothing was written\n"
LEFT = "briefing: interrupted; the site is as it was\n"
MOVING = "briefing: interrupted; the site was being put in place; the next build completes it\n"
MOVED = "briefing: interrupted; the new site is in place\n"
CODES = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129}


def _run(root: Path, fault: str, at: int, err: Path) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(os.open(err, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
    sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
    sys.argv = ["briefing", "-C", str(root), "build", "--jobs", "1"]
    with faulty_disk(fault, at):
        cli.run()


def interrupted(root: Path, fault: str, at: int) -> Ended:
    """A build to which a signal is sent at one of its calls."""
    err = root.parent / "told"
    process = get_context("fork").Process(target=_run, args=(root, fault, at, err))
    process.start()
    process.join()
    assert process.exitcode is not None
    return Ended(process.exitcode, "", err.read_text())


def prepared(folder: Path, rebuilds: bool) -> Path:
    """A site before its first build, or one that has been built and edited since."""
    root = folder / "desk"
    put(root, "old")
    if rebuilds:
        assert run(root).code == 0
        put(root, "new")
        put_files(root, FOREIGN)
        put_files(root / "site", FOREIGN_IN_OUTPUT)
    return root


def check_left(root: Path, before: dict[str, bytes], told: str) -> None:
    """What the message says is so."""
    output = root / "site"
    assert not list(root.glob(".site*"))
    assert (output / ".briefing/journal.json").exists() == (told == MOVING)
    if told == LEFT:
        assert tree(output) == before
    if told == MOVED:
        assert not (output / ".briefing/stage").exists() or (output / ".briefing/journal.json").exists()


def try_calls(fault: str, rebuilds: bool, step: int) -> int:
    """A signal at every so many of the calls of a build; at how many."""
    at, told = 1, set()
    while True:
        with memory() as folder:
            root = prepared(folder, rebuilds)
            before = tree(root / "site")
            ended = interrupted(root, fault, at)
            if ended.code == 0:
                break
            assert ended.code == CODES[fault]
            assert ended.err in (LEFT, MOVING, MOVED)
            told.add(ended.err)
            check_left(root, before, ended.err)
            assert run(root).code == 0
            foreign = FOREIGN_IN_OUTPUT if rebuilds else {}
            assert visible(root / "site") == {**pages_of("new" if rebuilds else "old"), **foreign}
        at += step
    assert at > 60
    assert told >= ({LEFT, MOVING, MOVED} if rebuilds else {LEFT})
    return (at - 1) // step


@pytest.mark.parametrize(
    ("fault", "rebuilds", "step"),
    [
        ("SIGINT", True, 16),
        pytest.param("SIGTERM", False, 17, marks=pytest.mark.long),
        *(pytest.param("SIGINT", rebuilds, 3, marks=pytest.mark.long) for rebuilds in (False, True)),
        *(pytest.param(fault, True, 7, marks=pytest.mark.long) for fault in ("SIGTERM", "SIGHUP")),
    ],
)
def test_a_signal_at_a_call_is_told_truly_and_the_next_build_is_whole(fault: str, rebuilds: bool, step: int) -> None:
    assert try_calls(fault, rebuilds, step) > 3


@pytest.mark.long
@pytest.mark.parametrize("rebuilds", [False, True])
@pytest.mark.parametrize("fault", CODES)
def test_a_signal_at_any_call_is_told_truly_and_the_next_build_is_whole(
    fault: str, rebuilds: bool, record_property: Callable[[str, object], None]
) -> None:
    calls = try_calls(fault, rebuilds, 1)
    record_property("figure", f"{fault} at {calls} calls of a {'rebuild' if rebuilds else 'first build'}")


def many(folder: Path) -> Path:
    root = folder / "desk"
    put(root, "many")
    return root


# The command, which makes a file when it listens to signals: how long that takes is the machine's affair.
LISTENING = """
import sys
from pathlib import Path
from briefing.cli import program
mark, real = Path(sys.argv.pop(1)), program.listen
def listen():
    real()
    mark.touch()
program.listen = listen
program.run()
"""


def started(folder: Path, *words: str, before: Sequence[str] = ()) -> "subprocess.Popen[str]":
    """The command, where it listens, as a group of processes of its own, as a terminal has it."""
    mark = folder / "listening"
    process = subprocess.Popen(
        [*before, sys.executable, "-c", LISTENING, str(mark), *words],
        env=environment(), start_new_session=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    wait_until(lambda: mark.exists() or process.poll() is not None)
    return process


def has_gone(group: int) -> bool:
    """Whether no process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


DISGUISED = """
import os, signal, sys
from briefing import build, cli
from briefing.build import prepare
class Library:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        [0 for _ in range(9)]
def drops(*arguments):
    Library()
    while True:
        pass
def takes_it_for_its_own(*arguments):
    try:
        os.kill(os.getpid(), signal.SIGINT)
    except BaseException as error:
        raise ValueError("a failure of the library") from error
build.prepare = locals()[sys.argv.pop(1)]
cli.run()
"""


@pytest.mark.parametrize("what", ["drops", "takes_it_for_its_own"])
def test_what_a_library_makes_of_a_signal_is_an_interruption_all_the_same(what: str) -> None:
    with memory() as folder:
        root = prepared(folder, rebuilds=False)
        command = [sys.executable, "-c", DISGUISED, what, "-C", str(root), "build"]
        ended = subprocess.run(
            command, env=environment(), capture_output=True, text=True, check=False, start_new_session=True
        )
    assert (ended.returncode, ended.stderr) == (130, LEFT)


# The first and the last run always: each command, each signal and each way of sending it is in one of them.
WAYS = [(command, name, of) for command in ("build", "check") for name in ("SIGINT", "SIGTERM") for of in (True, False)]


@pytest.mark.parametrize(("command", "name", "is_group"), one_in(len(WAYS) - 1, WAYS))
def test_workers_end_with_the_command_and_say_nothing(command: str, name: str, is_group: bool) -> None:
    ended = set()
    for delay in (0, 0.05, 0.1, 0.2, 0.4, 0.8):
        with memory() as folder:
            root = many(folder)
            process = started(folder, "-C", str(root), command, "--jobs", "3")
            time.sleep(delay)
            number = signal.Signals[name]
            if process.poll() is None:
                (os.killpg if is_group else os.kill)(process.pid, number)
            out, err = process.communicate()
            wait_until(partial(has_gone, process.pid))
            assert process.returncode in (0, CODES[name]), err
            if process.returncode:
                assert err in {"build": (EARLY, LEFT, MOVING, MOVED), "check": (EARLY,)}[command]
                assert out == ""
            ended.add(process.returncode)
            assert not list(root.glob(".site*"))
            assert run(root).code == 0
            assert visible(root / "site") == pages_of("many")
    assert CODES[name] in ended


def test_a_signal_that_is_ignored_stays_so() -> None:
    """As with `nohup`."""
    with memory() as folder:
        root = many(folder)
        process = started(folder, "-C", str(root), "build", before=["sh", "-c", 'trap "" HUP; exec "$@"', "sh"])
        time.sleep(0.1)
        if process.poll() is None:
            os.kill(process.pid, signal.SIGHUP)
        process.communicate()
        assert process.returncode == 0
