"""What all tests share: `--accept`, a fixture that fails once, and the same examples of properties on every machine."""

import gc
import os
import shutil
import signal
from collections import Counter
from collections.abc import Generator, Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.golden import Golden
from tests.outputs import MEMORY

# A shell that starts the tests in the background has them ignore Ctrl-C, and all that they start would ignore it too.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
for number in (signal.SIGTERM, signal.SIGHUP):
    if signal.getsignal(number) == signal.SIG_IGN:
        signal.signal(number, signal.SIG_DFL)

# Every build waits for its disk, and none does for a folder in memory, where there is room and programs may be started.
if MEMORY and shutil.disk_usage(MEMORY).free > 4 * 2**30 and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", MEMORY)

THOROUGH = settings(
    derandomize=True, database=None, deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", THOROUGH)
settings.register_profile("quick", THOROUGH, max_examples=10)
settings.load_profile("thorough")

GOLDEN = pytest.StashKey[Golden]()
# What a fixture of several tests has raised, with the first test that wanted it.
BROKEN = pytest.StashKey[dict[BaseException, str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite expectations in files with what is seen")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[GOLDEN], config.stash[BROKEN] = Golden(config.getoption("--accept")), {}
    if config.getoption("--accept") and config.getoption("numprocesses", None):
        raise pytest.UsageError("--accept rewrites files, some by several tests: in one process")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is accepted is what the files expect; other tests are not run by the way.

    Files with slow tests come first: of the processes that share the files none is left alone with a long one.
    """
    if config.getoption("--accept"):
        items[:] = [item for item in items if "golden" in getattr(item, "fixturenames", ())]
    slow = Counter(item.path for item in items if item.get_closest_marker("slow"))
    every = Counter(item.path for item in items)
    items.sort(key=lambda item: (-slow[item.path], -every[item.path]))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A fixture that has failed is told with the first test that wanted it; the others are left out."""
    report = yield
    if report.outcome == "failed" and call.when == "setup" and call.excinfo:
        first = item.config.stash[BROKEN].setdefault(call.excinfo.value, item.nodeid)
        if first != item.nodeid:
            report.outcome = "skipped"
            report.longrepr = (str(item.path), 0, f"a fixture has failed in {first}")
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What has been accepted; and what the long tests have measured: the figures of docs/reliability.md."""
    for where in terminalreporter.config.stash[GOLDEN].changed:
        terminalreporter.write_line(f"accepted, to be read with git diff: {where}")
    passed = [(report.nodeid, dict(report.user_properties)) for report in terminalreporter.getreports("passed")]
    for _, properties in passed:
        if "figure" in properties:
            terminalreporter.write_line(str(properties["figure"]))
    measured = [(properties["seconds"], test) for test, properties in passed if "seconds" in properties]
    if measured:
        most, test = max(measured)
        terminalreporter.write_line(f"{len(measured)} measured, at most {most:.1f} seconds: {test}")


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """The command line turns the garbage collector off for its short life; a run of tests is long."""
    yield
    gc.enable()


@pytest.fixture(scope="session")
def golden(request: pytest.FixtureRequest) -> Golden:
    return request.config.stash[GOLDEN]
