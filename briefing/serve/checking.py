"""The whole site checked behind the editor's back, by the command itself, in a process that is in nobody's way."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

from briefing.request import Request

# After so many seconds without a change the whole site is checked.
QUIET = 0.4
# How often somebody looks whether the check has ended or is no longer wanted, in seconds.
TICK = 0.05
# A check gives way to whatever else runs: this is its niceness, the most there is.
NICENESS = 19

# What is told of a version, by its number: the problems that the command has printed, and what it says at its end.
Checked = Callable[[int, str, str], None]


class Checker:
    """Checks a site after each change, as soon as there has been none for a moment; a check that another change has
    overtaken is broken off."""

    def __init__(self, request: Request, checked: Checked) -> None:
        self._command = command(request)
        self._checked = checked
        self._version = 0
        self._wanted, self._stopped = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._check, name="checker", daemon=True)

    def start(self) -> None:
        """Check whenever that is wanted."""
        self._thread.start()

    def want(self, version: int) -> None:
        """Have this version checked, and none before it."""
        self._version = version
        self._wanted.set()

    def stop(self) -> None:
        """Check no more, and end the check that runs."""
        self._stopped.set()
        self._wanted.set()
        if self._thread.is_alive():
            self._thread.join(5)

    def _check(self) -> None:
        while self._wanted.wait() and not self._stopped.is_set():
            self._wanted.clear()
            version = self._version
            if self._stopped.wait(QUIET) or self._wanted.is_set():
                continue
            result = self._run()
            if result is not None:
                self._checked(version, *result)

    def _run(self) -> tuple[str, str] | None:
        """The problems that the command prints, and its last word; None where it was broken off."""
        try:
            # In a session of its own, so that Ctrl-C reaches this process alone, which ends that one.
            process = subprocess.Popen(  # noqa: S603 - our own command
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
                encoding="utf-8",
                errors="replace",
            )
        except OSError as error:
            return f"briefing: the whole site cannot be checked: {error}", ""
        with process:
            try:
                with suppress(OSError):
                    os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
                return self._printed(process)
            finally:
                process.kill()

    def _printed(self, process: "subprocess.Popen[str]") -> tuple[str, str] | None:
        while not self._wanted.is_set():
            with suppress(subprocess.TimeoutExpired):
                end, problems = process.communicate(timeout=TICK)
                return (problems, end.strip()) if process.returncode >= 0 else None
        return None


def command(request: Request) -> list[str]:
    """The command line that checks a site."""
    options = ["--drafts"] * request.drafts + ["--internal"] * request.internal
    options += [f"--as-of={request.as_of}"] if request.as_of else []
    return [sys.executable, "-P", "-m", "briefing", "-C", str(request.root), "check", "--jobs=1", *options]
