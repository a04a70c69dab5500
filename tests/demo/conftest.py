"""The demonstration site, built once for all tests of it. Where it cannot be built, none of them is run."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from briefing.cli import main
from tests.commands import REPOSITORY
from tests.demo.browsing import Reader, chromium
from tests.demo.reading import ADDRESS
from tests.markup import parsed


@pytest.fixture(scope="session")
def told(site_and_told: tuple[Path, str]) -> str:
    """What the build of it prints."""
    return site_and_told[1]


@pytest.fixture(scope="session")
def site(site_and_told: tuple[Path, str]) -> Path:
    """The folder of the built site."""
    return site_and_told[0]


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Element]:
    """All its pages as a browser reads them."""
    return {path.relative_to(site).as_posix(): parsed(path) for path in sorted(site.rglob("*.html"))}


@pytest.fixture(scope="session", autouse=True)
def site_and_told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    return _built(tmp_path_factory.mktemp("demo") / "site")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site at an address, with what it has only there: feeds, and what pages tell those outside."""
    return _built(tmp_path_factory.mktemp("shared") / "site", "--base-url", ADDRESS)[0]


def _built(output: Path, *options: str) -> tuple[Path, str]:
    given = ["-C", str(REPOSITORY), "build", "--output", str(output), *options]
    result = CliRunner().invoke(main, given, catch_exceptions=False)
    if result.exit_code:
        pytest.fail(f"the demonstration is not built:\n{result.stderr}", pytrace=False)
    return output, result.output


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One for all tests here."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="package")
def reader(browser: Browser, site: Path) -> Reader:
    """Who reads the demonstration in it."""
    return Reader(browser, site)
