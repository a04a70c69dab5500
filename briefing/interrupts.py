"""Signals that ask a command to end: one exception, raised where it can be tidied up after."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# What a shell gives as the exit code of a program that a signal has ended.
EXIT_SIGNAL = 128
_SOON = 0.005
# Two signals this near each other are one wish, as where a shell hands on what a terminal has sent already.
_ONE_WISH = 1.0


class Interrupted(BaseException):
    """A signal came. No Exception, so that nothing takes it for a fault and goes on; `left` says what it has left."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number
        self.left = _command.left

    @property
    def exit_code(self) -> int:
        return EXIT_SIGNAL + self.number


@dataclass(slots=True)
class _Command:
    """The process of the command, how many bodies hold signals back, and what a signal leaves.

    `number` is the signal that came and `at` the time when it did, `waiting` the one to be raised yet.
    """

    process: int = 0
    held: int = 0
    number: int = 0
    at: float = 0.0
    waiting: int = 0
    left: str = "nothing was written"


_command = _Command()


def listen() -> None:
    """Raise Interrupted in the main thread when a signal comes.

    Signals that are ignored, as by `nohup`, stay so. Workers, which inherit this, leave it to the command to end
    them: only SIGTERM, with which it does, ends them, and they say nothing.
    """
    _command.process = os.getpid()
    for number in SIGNALS:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _came)
    signal.signal(signal.SIGALRM, _again)
    sys.unraisablehook = _unraisable


def leaves(left: str) -> None:
    """Say what a signal leaves from now on."""
    _command.left = left


@contextmanager
def held() -> Iterator[None]:
    """Let a signal wait until the body is done."""
    _command.held += 1
    try:
        yield
    finally:
        _command.held -= 1
        _raise_waiting()


@contextmanager
def undisguised() -> Iterator[None]:
    """Raise Interrupted for what others make of it: a library that takes any exception for its own failure."""
    try:
        yield
    except Exception as error:
        if _command.number:
            raise Interrupted(_command.number) from error
        raise


def _came(number: int, _: FrameType | None) -> None:
    if os.getpid() != _command.process:
        if number == signal.SIGTERM:
            os._exit(EXIT_SIGNAL + number)
        return
    if _command.number and time.monotonic() < _command.at + _ONE_WISH:
        return
    _command.number, _command.at, _command.waiting = number, time.monotonic(), number
    _raise_waiting()


def _raise_waiting() -> None:
    if _command.waiting and not _command.held:
        number, _command.waiting = _command.waiting, 0
        raise Interrupted(number)


def _unraisable(unraisable: "sys.UnraisableHookArgs", /) -> None:
    """Python drops an exception that is raised while an object is taken to pieces: raise it again in a moment."""
    if isinstance(unraisable.exc_value, Interrupted):
        _command.waiting = unraisable.exc_value.number
        signal.setitimer(signal.ITIMER_REAL, _SOON)
    else:
        sys.__unraisablehook__(unraisable)


def _again(_: int, __: FrameType | None) -> None:
    _raise_waiting()
