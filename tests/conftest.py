"""What all tests share: `--accept`, and property tests that try the same examples on every machine."""

import gc
import signal
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# A shell that starts the tests in the background has them ignore Ctrl-C, and all that they start would ignore it too.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
for number in (signal.SIGTERM, signal.SIGHUP):
    if signal.getsignal(number) == signal.SIG_IGN:
        signal.signal(number, signal.SIG_DFL)

settings.register_profile(
    "briefing",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("briefing")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the expectations of tests/sites/ with what is seen")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the long tests have measured: the figures of docs/reliability.md, and the slowest."""
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
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether expectations are to be rewritten."""
    return bool(request.config.getoption("--accept"))
