"""Random selections in the articles of the demonstration whose texts are here, made claims and taken back.

The documents of the demonstration are kept apart and are not in the repository. Where they are in content/texts/, each
is tried, and else the one article whose text is the desk's own.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.commands import REPOSITORY
from tests.demo.browsing import BOUND, chromium
from tests.edit.selecting import select_at_random
from tests.edit.served import served

pytestmark = pytest.mark.slow

# So many selections in each text.
COUNT = int(os.environ.get("BRIEFING_SELECTIONS", "12"))
ARTICLES = sorted(path.stem for path in (REPOSITORY / "content/articles").rglob("*.md"))
TEXTS = {path.stem for path in (REPOSITORY / "content/texts").rglob("*") if path.suffix in (".md", ".txt")}


def is_here(article: str) -> bool:
    """Whether words can be selected in it."""
    head = (REPOSITORY / f"content/articles/{article}.md").read_text(encoding="utf-8").split("---\n")[1]
    return article in TEXTS or "text: apart" not in head


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demonstration")
    for name in ("content", "templates"):
        shutil.copytree(REPOSITORY / name, folder / name)
    shutil.copy(REPOSITORY / "config.yaml", folder)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.mark.parametrize("article", [article for article in ARTICLES if is_here(article)])
def test_random_selections_are_quotes_that_are_found(address: str, site: Path, browser: Browser, article: str) -> None:
    """Each adds one block and nothing else, `check` finds it where it was selected, and undone all is as it was."""
    page = browser.new_context(base_url=address).new_page()
    page.set_default_timeout(BOUND)
    select_at_random(page, site, article, COUNT)
    page.context.close()
